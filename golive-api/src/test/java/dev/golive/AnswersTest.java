package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

    private static final Question QUESTION = new Question("W4", "Approved by boss", "abc", true);
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    Path dir;

    private List<Answer> fromFile(String json) throws Exception {
        Path file = dir.resolve("answers.json");
        Files.writeString(file, json);
        return Answers.fromFile(file).to(QUESTION);
    }

    @Test
    void a_file_gives_the_answers_to_the_item_asked_about() throws Exception {
        assertThat(fromFile("""
                        [{"item":"W4","kind":"APPROVED","by":"ann","roles":["boss"],"known":"SIGNED",
                          "at":"2027-01-01T00:00:00Z","digest":"abc","comment":"looks good"},
                         {"item":"W5","kind":"APPROVED","by":"ann","at":"2027-01-01T00:00:00Z","digest":"abc"}]
                        """))
                .containsExactly(
                        new Answer("W4", Answer.Kind.APPROVED, Person.human("ann", "boss"), NOW, "abc", "looks good"));
    }

    @Test
    void a_file_that_does_not_exist_holds_no_answers() throws Exception {
        assertThat(Answers.fromFile(dir.resolve("none.json")).to(QUESTION)).isEmpty();
    }

    @Test
    void automation_in_a_file_is_automation() throws Exception {
        String entry = "[{\"item\":\"W4\",\"kind\":\"APPROVED\",\"by\":\"bot\",\"at\":\"2027-01-01T00:00:00Z\","
                + "\"digest\":\"abc\",\"automation\":%s}]";
        assertThat(fromFile(entry.formatted("true")).get(0).by().automation()).isTrue();
        assertThatThrownBy(() -> fromFile(entry.formatted("\"yes\"")))
                .isInstanceOf(GoLiveException.class)
                .hasMessageContaining("\"automation\" must be true or false");
    }

    @Test
    void what_is_no_answer_is_refused_with_the_file_named() {
        for (String bad : List.of(
                "{}",
                "[{\"item\":\"W4\"}]",
                "[{\"item\":\"W4\",\"kind\":\"YES\",\"by\":\"ann\",\"at\":\"2027-01-01T00:00:00Z\"}]",
                "[{\"item\":\"W4\",\"kind\":\"APPROVED\",\"by\":\"ann\",\"at\":\"yesterday\"}]",
                "[{\"item\":\"W4\",\"kind\":\"APPROVED\",\"by\":\"ann\",\"roles\":\"boss\","
                        + "\"at\":\"2027-01-01T00:00:00Z\"}]")) {
            assertThatThrownBy(() -> fromFile(bad))
                    .as(bad)
                    .isInstanceOf(GoLiveException.class)
                    .hasMessageContaining("answers.json");
        }
        assertThatThrownBy(() -> fromFile("not json")).isNotNull();
    }

    private record Typed(List<Answer> answers, String shown) {}

    private static Typed typed(String input, Question question) throws Exception {
        StringWriter out = new StringWriter();
        List<Answer> answers = Answers.onTerminal(
                        new BufferedReader(new StringReader(input)),
                        new PrintWriter(out),
                        Person.human("ann", "boss"),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .to(question);
        return new Typed(answers, out.toString());
    }

    @Test
    void a_person_at_the_terminal_says_yes() throws Exception {
        Typed typed = typed("yes\n", QUESTION);
        assertThat(typed.answers())
                .containsExactly(new Answer("W4", Answer.Kind.APPROVED, Person.human("ann", "boss"), NOW, "abc", ""));
        assertThat(typed.shown()).contains("Approve W4", "Approved by boss", "digest abc", "ann (boss)");
        assertThat(typed("y\n", new Question("K", "so", "abc", false)).answers())
                .extracting(Answer::kind)
                .containsExactly(Answer.Kind.CONFIRMED);
    }

    @Test
    void a_no_is_a_refusal_with_its_reason() throws Exception {
        assertThat(typed("No\nnot tested\n", QUESTION).answers())
                .extracting(Answer::kind, Answer::comment)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Answer.Kind.REFUSED, "not tested"));
    }

    @Test
    void anything_else_leaves_it_open() throws Exception {
        for (String input : List.of("", "\n", "later\n", "yesterday\n", "nope\n")) {
            assertThat(typed(input, QUESTION).answers()).as(input).isEmpty();
        }
    }

    @Test
    void answers_of_two_places_are_joined() throws Exception {
        Answer one = new Answer("W4", Answer.Kind.APPROVED, Person.human("ann"), NOW, "abc", "");
        Answer two = new Answer("W4", Answer.Kind.REFUSED, Person.human("bob"), NOW, "abc", "");
        Answer other = new Answer("W5", Answer.Kind.REFUSED, Person.human("bob"), NOW, "abc", "");
        assertThat(Answers.of(one, other).and(Answers.of(two)).to(QUESTION)).containsExactly(one, two);
        assertThat(Answers.none().to(QUESTION)).isEmpty();
    }

    @Test
    void a_broken_answers_file_leaves_the_item_unknown() throws Exception {
        Path file = dir.resolve("answers.json");
        Files.writeString(file, "[");
        Report report = Canned.run(
                GoLive.builder().answers(Answers.fromFile(file)),
                Checklist.named("x")
                        .require(Approval.named("W4").by("boss").freshFor(Duration.ofDays(1)))
                        .build());
        assertThat(Canned.result(report, "W4").status()).isEqualTo(Status.UNKNOWN);
    }
}
