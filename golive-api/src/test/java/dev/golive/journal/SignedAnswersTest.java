package dev.golive.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Answer;
import dev.golive.Approval;
import dev.golive.Assurance;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.GoLiveException;
import dev.golive.ItemResult;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.time.Spans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedAnswersTest {

    private static final SigningKey KIM = SigningKey.generate();
    private static final SigningKey SAM = SigningKey.generate();
    private static final SignedAnswers KEYS =
            SignedAnswers.of(Map.of("kim", KIM.verifyingKey(), "sam", SAM.verifyingKey()));
    private static final Answer ANSWER = new Answer(
            "W4",
            Answer.Kind.APPROVED,
            Person.human("kim", "boss", "engineer"),
            Instant.parse("2027-03-02T09:00:00.5Z"),
            "abc",
            "looks \"good\" ✓");

    @TempDir
    Path dir;

    @Test
    void what_a_person_signed_is_known_as_signed() {
        SignedAnswer signed = SignedAnswer.of(ANSWER, KIM);
        assertThat(KEYS.verified(signed))
                .isEqualTo(new Answer(
                        ANSWER.itemId(),
                        ANSWER.kind(),
                        ANSWER.by().known(Assurance.SIGNED),
                        ANSWER.at(),
                        ANSWER.digest(),
                        ANSWER.comment()));
    }

    @Test
    void nobody_is_known_as_signed_before_that() {
        Answer boasting = new Answer(
                "W4",
                Answer.Kind.APPROVED,
                ANSWER.by().known(Assurance.SIGNED),
                ANSWER.at(),
                ANSWER.digest(),
                ANSWER.comment());
        SignedAnswer signed = SignedAnswer.of(boasting, KIM);
        assertThat(signed.answer().by().known()).isEqualTo(Assurance.ASSERTED);
        assertThat(SignedAnswer.fromJson(signed.toJson()).answer().by().known()).isEqualTo(Assurance.ASSERTED);
        assertThat(KEYS.verified(signed).by().known()).isEqualTo(Assurance.SIGNED);
    }

    /** Every field with another value. */
    private static Map<String, Answer> changed() {
        Person kim = ANSWER.by();
        Map<String, Answer> changed = new LinkedHashMap<>();
        changed.put("item", new Answer("W5", ANSWER.kind(), kim, ANSWER.at(), "abc", ANSWER.comment()));
        changed.put("kind", new Answer("W4", Answer.Kind.REFUSED, kim, ANSWER.at(), "abc", ANSWER.comment()));
        changed.put("at", new Answer("W4", ANSWER.kind(), kim, ANSWER.at().plusNanos(1), "abc", ANSWER.comment()));
        changed.put("digest", new Answer("W4", ANSWER.kind(), kim, ANSWER.at(), "abd", ANSWER.comment()));
        changed.put("comment", new Answer("W4", ANSWER.kind(), kim, ANSWER.at(), "abc", ""));
        for (Person other : List.of(
                Person.human("sam", "boss", "engineer"),
                Person.human("kim", "boss"),
                Person.human("kim", "boss", "engineer", "security"),
                Person.human("kim", "boss\",\"engineer"),
                Person.automation("kim", "boss", "engineer"))) {
            changed.put("by " + other, new Answer("W4", ANSWER.kind(), other, ANSWER.at(), "abc", ANSWER.comment()));
        }
        return changed;
    }

    @Test
    void an_answer_with_any_field_changed_does_not_count() {
        SignedAnswer signed = SignedAnswer.of(ANSWER, KIM);
        changed().forEach((field, answer) -> {
            SignedAnswer forged = new SignedAnswer(answer, signed.keyId(), signed.signature());
            assertThatThrownBy(() -> KEYS.verified(forged))
                    .as(field)
                    .isInstanceOf(GoLiveException.class)
                    .hasMessageStartingWith("The answer " + answer.kind() + " to " + answer.itemId() + " of "
                            + answer.at() + " by " + answer.by().id() + " does not count: ");
        });
    }

    @Test
    void an_answer_counts_only_with_the_key_of_the_person_it_names() {
        assertThatThrownBy(() -> KEYS.verified(SignedAnswer.of(ANSWER, SAM)))
                .hasMessageEndingWith("the key of kim is " + KIM.id() + ", and not " + SAM.id());
        assertThatThrownBy(() -> KEYS.verified(new SignedAnswer(
                        ANSWER, KIM.id(), SignedAnswer.of(ANSWER, SAM).signature())))
                .hasMessageEndingWith("it is not what was signed with key " + KIM.id());
        SigningKey eve = SigningKey.generate();
        for (String name : List.of("eve", "Kim", " kim", "kim ")) {
            Answer answer = new Answer("W4", Answer.Kind.APPROVED, Person.human(name, "boss"), ANSWER.at(), "abc", "");
            assertThatThrownBy(() -> KEYS.verified(SignedAnswer.of(answer, eve)))
                    .hasMessageEndingWith("no key of " + name + " is known");
        }
    }

    @Test
    void the_signature_of_a_text_is_never_that_of_an_answer() {
        String covered = "golive-answer 1\n{\"item\":\"W4\",\"kind\":\"APPROVED\",\"by\":\"kim\",\"roles\":[\"boss\","
                + "\"engineer\"],\"automation\":false,\"at\":\"2027-03-02T09:00:00.500Z\",\"digest\":\"abc\","
                + "\"comment\":\"looks \\\"good\\\" ✓\"}";
        assertThat(SignedAnswer.of(ANSWER, KIM).signature()).isEqualTo(KIM.sign(covered));
        for (String text : List.of(covered, covered.lines().toList().get(1))) {
            SignedAnswer lured = new SignedAnswer(
                    ANSWER, KIM.id(), TextSignature.of(text, KIM).signature());
            assertThatThrownBy(() -> KEYS.verified(lured)).isInstanceOf(GoLiveException.class);
        }
    }

    @Test
    void a_person_answers_only_in_the_roles_that_were_given_to_it() {
        SignedAnswer signed = SignedAnswer.of(ANSWER, KIM);
        assertThat(KEYS.entitled("kim", "boss").entitled("kim", "engineer").verified(signed))
                .isNotNull();
        assertThat(KEYS.entitled("sam", "boss").verified(signed)).isNotNull();
        assertThatThrownBy(() -> KEYS.entitled("kim", "engineer").verified(signed))
                .hasMessageEndingWith("kim may answer as [engineer], and not as [boss, engineer]");
        assertThatThrownBy(() -> KEYS.entitled("kim").verified(signed)).isInstanceOf(GoLiveException.class);
        assertThatThrownBy(() -> KEYS.entitled("eve", "boss"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("personId must be one whose key is known but was eve");
    }

    @Test
    void two_persons_cannot_have_one_key() {
        assertThatThrownBy(() -> SignedAnswers.of(Map.of("kim", KIM.verifyingKey(), "sam", KIM.verifyingKey())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("keys must be different, but ");
    }

    private static Checklist list() {
        return Checklist.named("Launch")
                .require(Approval.named("W4")
                        .by("boss")
                        .atLeast(Assurance.SIGNED)
                        .freshFor(Spans.days(2)))
                .build();
    }

    private static ItemResult run(SignedAnswers answers) {
        try (GoLive golive = GoLive.builder().answers(answers).build()) {
            Report report = golive.run(list(), Environment.named("test"));
            return report.results().get(0);
        }
    }

    private static SignedAnswer now(Answer.Kind kind, SigningKey key, String id, String digest, Instant at) {
        return SignedAnswer.of(new Answer("W4", kind, Person.human(id, "boss"), at, digest, ""), key);
    }

    @Test
    void a_run_counts_what_is_signed_and_is_not_sure_when_anything_is_forged() throws Exception {
        ItemResult asked = run(KEYS);
        assertThat(asked.status()).isEqualTo(Status.PENDING);
        String digest = asked.digest().orElseThrow();
        Instant at = asked.startedAt().orElseThrow();
        SignedAnswer yes = now(Answer.Kind.APPROVED, KIM, "kim", digest, at);
        SignedAnswer no = now(Answer.Kind.REFUSED, SAM, "sam", digest, at);

        assertThat(run(KEYS.including(yes)).status()).isEqualTo(Status.PASSED);
        assertThat(run(KEYS.including(yes, no)).status()).isEqualTo(Status.FAILED);

        // a refusal that somebody made unreadable is not as if it had never been
        SignedAnswer spoilt = new SignedAnswer(no.answer(), no.keyId(), yes.signature());
        ItemResult unsure = run(KEYS.including(yes, spoilt));
        assertThat(unsure.status()).isEqualTo(Status.UNKNOWN);
        assertThat(unsure.why()).contains("The answer REFUSED to W4", "by sam does not count");

        Path file = dir.resolve("signed.jsonl");
        assertThat(run(KEYS.inFile(file)).status()).isEqualTo(Status.PENDING);
        Files.writeString(file, "\n" + yes.toJson() + "\r\n\n");
        assertThat(run(KEYS.inFile(file)).status()).isEqualTo(Status.PASSED);
        assertThat(run(KEYS.including(no).inFile(file)).status()).isEqualTo(Status.FAILED);
        Files.writeString(file, yes.toJson() + "\n" + no.toJson().substring(0, 100));
        assertThat(run(KEYS.inFile(file)).status()).isEqualTo(Status.UNKNOWN);
        assertThat(run(KEYS.inFile(file)).why()).contains(file.toString(), "has a bad line 2");
    }

    @Test
    void a_signed_answer_travels_as_one_line_and_comes_back() {
        SignedAnswer signed = SignedAnswer.of(ANSWER, KIM);
        assertThat(signed.toJson().lines()).hasSize(1);
        assertThat(SignedAnswer.fromJson(signed.toJson())).isEqualTo(signed);
        String rearranged = signed.toJson()
                .replace("\"digest\":\"abc\",", "")
                .replace("}", " , \n \"digest\" : \"abc\" }\n")
                .replace("✓", "\\u2713");
        assertThat(KEYS.verified(SignedAnswer.fromJson(rearranged)).comment()).isEqualTo(ANSWER.comment());
    }

    @Property(tries = 200)
    void any_answer_comes_back_and_verifies(
            @ForAll String comment, @ForAll String digest, @ForAll Set<String> roles, @ForAll boolean automation) {
        roles.removeIf(String::isBlank);
        Answer answer = new Answer(
                "W4",
                Answer.Kind.CONFIRMED,
                new Person("kim", roles, Assurance.ASSERTED, automation),
                ANSWER.at(),
                digest,
                comment);
        SignedAnswer signed = SignedAnswer.of(answer, KIM);
        assertThat(SignedAnswer.fromJson(signed.toJson())).isEqualTo(signed);
        assertThat(KEYS.verified(SignedAnswer.fromJson(signed.toJson())).comment())
                .isEqualTo(comment);
    }

    @Property(tries = 500)
    void a_changed_character_never_makes_another_answer_that_verifies(
            @ForAll @IntRange(max = 10_000) int where, @ForAll char other) {
        String json = SignedAnswer.of(ANSWER, KIM).toJson();
        int position = where % json.length();
        String forged = json.substring(0, position) + other + json.substring(position + 1);
        try {
            assertThat(KEYS.verified(SignedAnswer.fromJson(forged)).comment()).isEqualTo(ANSWER.comment());
            assertThat(SignedAnswer.fromJson(forged).answer())
                    .isEqualTo(SignedAnswer.of(ANSWER, KIM).answer());
        } catch (GoLiveException e) {
            assertThat(e)
                    .hasMessageMatching(
                            "(?s)(This is no signed answer: |This signed answer has version |The answer ).*");
        }
    }

    @Test
    void what_is_no_signed_answer_is_refused() {
        String good = SignedAnswer.of(ANSWER, KIM).toJson();
        List<String> bad = new ArrayList<>(List.of(
                "",
                " ",
                "null",
                "[]",
                "1",
                "{}",
                "{\"format\":\"golive-signed-answer\"}",
                good + good,
                good + "x",
                "[" + good + "]",
                good.substring(0, good.length() - 1),
                good.replace("golive-signed-answer", "golive-report"),
                good.replace("\"version\":1", "\"version\":2"),
                good.replace("\"version\":1", "\"version\":\"1\""),
                good.replace("\"version\":1", "\"version\":1.0"),
                good.replace("APPROVED", "YES"),
                good.replace("APPROVED", "approved"),
                good.replace("\"automation\":false", "\"automation\":\"no\""),
                good.replace("\"automation\":false", "\"automation\":null"),
                good.replace("[\"boss\",\"engineer\"]", "\"boss\""),
                good.replace("[\"boss\",\"engineer\"]", "[1]"),
                good.replace("[\"boss\",\"engineer\"]", "[\"boss\",\"boss\"]"),
                good.replace("[\"boss\",\"engineer\"]", "[\" \"]"),
                good.replace("\"by\":\"kim\"", "\"by\":\"\""),
                good.replace("\"by\":\"kim\"", "\"by\":[\"kim\"]"),
                good.replace("\"by\":\"kim\"", "\"by\":\"kim\",\"by\":\"kim\""),
                good.replace("\"by\":\"kim\"", "\"by\":\"kim\",\"known\":\"SIGNED\""),
                good.replace("2027-03-02T09:00:00.500Z", "yesterday"),
                good.replace("\"digest\":\"abc\",", ""),
                good.replace("\"item\":\"W4\"", "\"item\":\" \""),
                good.replaceAll("\"signature\":\"[^\"]*\"", "\"signature\":\"\""),
                "[".repeat(100_000),
                "{\"format\":".repeat(100_000),
                "{\"format\":\"" + "x".repeat(2_000_000) + "\"}"));
        for (String json : bad) {
            assertThatThrownBy(() -> SignedAnswer.fromJson(json))
                    .as(json.length() > 400 ? json.substring(0, 20) : json)
                    .isInstanceOf(GoLiveException.class)
                    .hasMessageStartingWith("This ");
        }
    }
}
