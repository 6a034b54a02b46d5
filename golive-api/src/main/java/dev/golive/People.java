package dev.golive;

import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What answers of people come to. Pure functions. */
final class People {

    /** The name of facts that hold the id of a person. */
    static final String PERSON = "person";

    /** The name of facts that hold the id of a person whose word did not count. */
    static final String NOT_COUNTED = "not counted";

    /** The facts by which {@link Sharing} knows the names of persons. */
    static final Set<String> NAMES = Set.of(PERSON, NOT_COUNTED);

    /** Clocks of different machines differ a little; an answer from later than this is not believed. */
    static final Duration SKEW = Duration.ofMinutes(1);

    record Judgement(Status status, String why, List<Fact> facts) {}

    private People() {}

    static Judgement judge(Item item, Question question, List<Answer> all, Instant now) {
        boolean approval = item.kind() == Item.Kind.APPROVAL;
        Answer.Kind yes = approval ? Answer.Kind.APPROVED : Answer.Kind.CONFIRMED;
        String role = approval ? item.approval().role() : item.owner().orElse("");
        int needed = approval ? item.approval().persons() : 1;
        Assurance atLeast = approval ? item.approval().atLeast() : Assurance.ASSERTED;
        Duration freshFor = item.freshFor().orElse(Duration.ZERO);

        List<String> notCounted = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        int good = 0;
        String stale = "";
        for (Answer answer : lastOfEach(
                all,
                item.id(),
                answer -> notEntitled(answer, role, atLeast, now).isEmpty())) {
            Person by = answer.by();
            if (answer.kind() == Answer.Kind.WITHDRAWN) {
                continue;
            }
            String ignored = notEntitled(answer, role, atLeast, now);
            if (!ignored.isEmpty()) {
                notCounted.add(ignored);
                facts.add(Fact.of(NOT_COUNTED, by.id()));
                continue;
            }
            if (!answer.digest().equals(question.digest())) {
                stale = (answer.kind() == Answer.Kind.REFUSED ? "the refusal" : "the answer") + " of " + by.id()
                        + " was given to another state of " + (approval ? "the checklist" : "the question");
                facts.add(Fact.of(NOT_COUNTED, by.id()));
                continue;
            }
            if (answer.kind() == Answer.Kind.REFUSED) {
                return new Judgement(
                        Status.FAILED,
                        "refused by " + by + (answer.comment().isBlank() ? "" : ": " + answer.comment()),
                        List.of(Fact.of(PERSON, by.id()), Fact.of("refused at", answer.at())));
            }
            if (answer.kind() != yes) {
                notCounted.add(by.id() + " answered " + answer.kind() + ", which is no answer to this");
                facts.add(Fact.of(NOT_COUNTED, by.id()));
                continue;
            }
            if (answer.at().plus(freshFor).isBefore(now)) {
                stale = "the answer of " + by.id() + " of " + answer.at() + " is older than " + Spans.text(freshFor);
                facts.add(Fact.of(NOT_COUNTED, by.id()));
                continue;
            }
            good++;
            facts.add(Fact.of(PERSON, by.id()));
            facts.add(Fact.of(
                    "answered",
                    answer.at() + ", " + by.known() + (answer.comment().isBlank() ? "" : ", " + answer.comment())));
        }
        if (good >= needed) {
            return new Judgement(Status.PASSED, "", facts);
        }
        String besides = notCounted.isEmpty() ? "" : " (" + String.join("; ", notCounted) + ")";
        if (!stale.isEmpty()) {
            return new Judgement(Status.STALE, stale + besides, facts);
        }
        String who = role.isEmpty() ? "a person" : role;
        String waits = needed == 1
                ? "waits for " + who
                : "waits for " + (good == 0 ? "two different persons" : "a second person") + " of " + who;
        return new Judgement(Status.PENDING, waits + besides, facts);
    }

    private static String notEntitled(Answer answer, String role, Assurance atLeast, Instant now) {
        Person by = answer.by();
        if (by.automation()) {
            return by.id() + " is automation and does not count as a person";
        }
        if (!role.isEmpty() && !by.isIn(role)) {
            return by.id() + " does not act as " + role;
        }
        if (by.known().compareTo(atLeast) < 0) {
            return by.id() + " is known only as " + by.known() + ", " + atLeast + " is needed";
        }
        if (answer.at().isAfter(now.plus(SKEW))) {
            return "the answer of " + by.id() + " is dated in the future";
        }
        return "";
    }

    /**
     * What each person said last; at the same instant a refusal or withdrawal counts, not the yes. A refusal that
     * counts is taken back only by an answer that counts too: anybody can type a name.
     */
    private static List<Answer> lastOfEach(List<Answer> all, String itemId, Predicate<Answer> counts) {
        Map<String, Answer> last = new LinkedHashMap<>();
        all.stream()
                .filter(answer -> answer.itemId().equals(itemId))
                .sorted(Comparator.comparing(Answer::at).thenComparing(Answer::kind))
                .forEach(answer -> last.merge(
                        // one who signs in as Ann at one place and as ann at another is not two persons
                        answer.by().id().strip().toLowerCase(Locale.ROOT),
                        answer,
                        (before, after) ->
                                before.kind() == Answer.Kind.REFUSED && counts.test(before) && !counts.test(after)
                                        ? before
                                        : after));
        return List.copyOf(last.values());
    }
}
