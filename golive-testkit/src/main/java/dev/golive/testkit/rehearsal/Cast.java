package dev.golive.testkit.rehearsal;

import dev.golive.Answer;
import dev.golive.Answers;
import dev.golive.Assurance;
import dev.golive.Item;
import dev.golive.Person;
import dev.golive.Question;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Part;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The people of a rehearsal: one for each role of the plan, called like the role, who does what the plan asks for unless
 * told otherwise.
 *
 * <p>Willing people confirm what they are asked, sign, say GO when the verdict allows it, approve a rollback, permit what
 * it destroys, and follow up. They waive nothing, take note of nothing, settle no checkpoint, override no window and do
 * not carry on with what has failed: after a while they abort. Immutable and thread-safe.
 */
public final class Cast {

    /** One who stands in for a role that the plan does not name. */
    private static final String ANYBODY = "somebody";

    private final Map<String, String> refusals;
    private final Set<String> silent;
    private final Duration patience;

    private Cast(Map<String, String> refusals, Set<String> silent, Duration patience) {
        this.refusals = Map.copyOf(refusals);
        this.silent = Set.copyOf(silent);
        this.patience = patience;
    }

    /**
     * People who do everything that is asked of them at once.
     *
     * @return the people
     */
    public static Cast willing() {
        return new Cast(Map.of(), Set.of(), Duration.ofHours(1));
    }

    /**
     * The same, but one thing is refused.
     *
     * @param item the id of a confirmation or approval
     * @param why what is said
     * @return the new people
     */
    public Cast refusing(String item, String why) {
        Map<String, String> more = new LinkedHashMap<>(refusals);
        more.put(text(item, "item"), text(why, "why"));
        return new Cast(more, silent, patience);
    }

    /**
     * The same, but nobody answers one thing.
     *
     * @param item the id of a confirmation or approval
     * @return the new people
     */
    public Cast silentOn(String item) {
        Set<String> more = new HashSet<>(silent);
        more.add(text(item, "item"));
        return new Cast(refusals, more, patience);
    }

    /**
     * The same with another patience: how long something that is not in order may wait for them until they abort the
     * launch, or in a rollback skip what does not go on.
     *
     * @param span how long, longer than zero; an hour unless said otherwise
     * @return the new people
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public Cast patience(Duration span) {
        if (Objects.requireNonNull(span, "span must not be null").isNegative() || span.isZero()) {
            throw new IllegalArgumentException("span must be longer than zero but was " + span);
        }
        return new Cast(refusals, silent, span);
    }

    /**
     * The one of a role, for what a rehearsal lets people do.
     *
     * @param role the role
     * @return a person who is known by a signature
     */
    public static Person person(String role) {
        return Person.human(text(role, "role"), role).known(Assurance.SIGNED);
    }

    Duration patience() {
        return patience;
    }

    /** The one who may speak for the roles of something that waits, as in {@code "ceo or owner"}. */
    static Person oneOf(String roles, LaunchPlan plan) {
        for (String role : roles.split(" or ")) {
            if (!role.isBlank()) {
                return person(role.strip());
            }
        }
        return person(plan.roles().keySet().stream().findFirst().orElse(ANYBODY));
    }

    /** What they say to what they are asked in a rehearsal. */
    Answers answers(LaunchPlan plan, TimeSource time) {
        Map<String, Item> items = new HashMap<>();
        for (Part part : plan.parts()) {
            part.item().ifPresent(item -> items.putIfAbsent(item.id(), item));
        }
        Map<String, List<Answer>> given = new HashMap<>();
        return question -> {
            Item item = items.get(question.itemId());
            if (item == null || silent.contains(question.itemId())) {
                return List.of();
            }
            Instant now = time.now();
            synchronized (given) {
                String key = question.itemId() + " " + question.digest();
                List<Answer> before = given.getOrDefault(key, List.of());
                boolean isStale = before.isEmpty()
                        || item.freshFor()
                                .filter(span -> before.get(0).at().plus(span).isBefore(now))
                                .isPresent();
                if (!isStale) {
                    return before;
                }
                List<Answer> anew = to(question, item, plan, now);
                given.put(key, anew);
                return anew;
            }
        };
    }

    private List<Answer> to(Question question, Item item, LaunchPlan plan, Instant now) {
        String role = item.approver().or(item::owner).orElse("");
        Person first = oneOf(role, plan);
        String why = refusals.get(question.itemId());
        Answer.Kind kind = why != null
                ? Answer.Kind.REFUSED
                : question.isApproval() ? Answer.Kind.APPROVED : Answer.Kind.CONFIRMED;
        List<Answer> all = new ArrayList<>();
        all.add(new Answer(question.itemId(), kind, first, now, question.digest(), why == null ? "" : why));
        if (question.isApproval() && why == null) {
            // an approval may need two, and never minds a second one
            Person second = new Person(first.id() + " (second)", first.roles(), first.known(), false);
            all.add(new Answer(question.itemId(), kind, second, now, question.digest(), ""));
        }
        return List.copyOf(all);
    }

    private static String text(String text, String name) {
        if (Objects.requireNonNull(text, name + " must not be null").isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }
}
