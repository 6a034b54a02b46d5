package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Answer;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No action of a launch without a person who says GO on what is known. */
@Timeout(60)
class DecisionTest {

    private static final Outcome NO = Outcome.failed("it is not");

    private final Scene scene = new Scene();
    private volatile Function<Instant, Outcome> first = at -> Outcome.passed();
    private volatile Function<Instant, Outcome> second = at -> Outcome.passed();

    private final Checklist nice = Checklist.named("nice to have")
            .require(new Scene.Asked("the domain resolves", at -> scene.before.apply(at)).as("N0"))
            .recommend(new Scene.Asked("the press is told", at -> first.apply(at)).as("N1"))
            .recommend(new Scene.Asked("the cake is there", at -> second.apply(at)).as("N2"))
            .build();

    private LaunchPlan.Builder plan(Checklist list) {
        return LaunchPlan.named("Shop 1.0", Scene.ZONE)
                .role("ceo", "says GO")
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .moment(Moment.at(T.minusMinutes(30)).check(list).ownedBy("engineer"))
                .moment(scene.launching())
                .watch(Watch.probing(scene.probe).until(H.plusHours(3)))
                .rollback(scene.policy().build())
                .inform(scene.room)
                .escalate(Duration.ofMinutes(30), scene.boss);
    }

    private void minutes(int afterT) throws InterruptedException {
        scene.until(Duration.ofMinutes(afterT));
    }

    private boolean asked() {
        return scene.waiting().containsKey("decision");
    }

    @Test
    void no_action_is_performed_without_a_decision() throws Exception {
        try (scene) {
            scene.arm(scene.plan(policy -> policy));
            minutes(60);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.waiting().get("decision"))
                    .contains("the verdict is GO; say GO on its digest " + scene.digest());
            assertThat(scene.room.texts())
                    .filteredOn(text -> text.contains("waits for a decision: GO, digest " + scene.digest()))
                    .hasSize(1);

            scene.decide();
            minutes(65);
            assertThat(scene.web.applied()).hasSize(1);
            assertThat(asked()).isFalse();
        }
    }

    @Test
    void a_decision_on_another_digest_or_by_no_person_is_refused_and_audited() throws Exception {
        try (scene) {
            scene.arm(scene.plan(policy -> policy));
            minutes(1);
            String digest = scene.digest();
            Reply other = scene.launch.control().decide(Scene.CEO, "0".repeat(32), "");
            Reply machine = scene.launch.control().decide(Person.automation("nightly", "ceo"), digest, "");
            minutes(2);
            assertThat(other.accepted()).isFalse();
            assertThat(other.because()).contains("0".repeat(32)).contains(digest);
            assertThat(machine.accepted()).isFalse();
            assertThat(machine.because()).contains("nightly").contains("automation");
            assertThat(scene.types("Commanded")).hasSize(2).allMatch(data -> data.contains("\"accepted\":false"));
            assertThat(scene.types("Decided")).isEmpty();
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    @Test
    void only_the_role_that_the_plan_names_decides_from_the_time_that_it_names() throws Exception {
        try (scene) {
            scene.arm(plan(scene.beforeList).decision(T.minusMinutes(20), "ceo").build());
            minutes(-21);
            assertThat(asked()).isFalse();
            minutes(-19);
            assertThat(asked()).isTrue();
            Reply reply = scene.launch.control().decide(Scene.COMMANDER, scene.digest(), "");
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.because()).isEqualTo("ada does not act as ceo");

            scene.decide();
            minutes(-1);
            assertThat(scene.web.applied()).isEmpty();
            minutes(1);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void an_item_that_is_not_in_order_since_makes_it_stale_and_it_is_asked_for_again() throws Exception {
        try (scene) {
            scene.arm(plan(nice).build());
            minutes(5);
            String before = scene.digest();
            second = at -> NO;
            scene.decide();
            minutes(6);
            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.types("DecisionStale"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("N2 FAILED");
            assertThat(scene.waiting().get("decision"))
                    .contains("no longer stands")
                    .contains("N2 FAILED");
            assertThat(scene.digest()).isNotEqualTo(before);
            assertThat(scene.launch.control().decide(Scene.CEO, before, "").accepted())
                    .isFalse();

            scene.decide();
            minutes(7);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void an_item_that_is_in_order_since_leaves_it_standing() throws Exception {
        try (scene) {
            first = at -> NO;
            second = at -> NO;
            scene.arm(plan(nice).build());
            minutes(5);
            assertThat(scene.waiting().get("decision"))
                    .contains("CONDITIONAL_GO")
                    .contains("N1 FAILED; N2 FAILED");
            first = at -> Outcome.passed();
            scene.decide();
            minutes(6);
            assertThat(scene.types("DecisionStale")).isEmpty();
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void a_verdict_of_NO_GO_cannot_be_decided() throws Exception {
        try (scene) {
            scene.before = at -> NO;
            scene.arm(plan(nice).build());
            minutes(1);
            assertThat(asked()).isFalse();
            assertThat(scene.waiting().get("verdict")).contains("NO_GO").contains("N0 FAILED (it is not)");
            assertThat(scene.launch
                            .control()
                            .decide(Scene.CEO, cleared(), "all the same")
                            .because())
                    .isEqualTo("nothing waits for a decision");
            minutes(30);
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    @Test
    void a_verdict_that_has_become_NO_GO_while_people_were_asked_cannot_be_decided_either() throws Exception {
        try (scene) {
            second = at -> NO;
            scene.arm(plan(nice).build());
            minutes(1);
            assertThat(asked()).isTrue();
            scene.before = at -> NO;
            scene.launch.control().recheck(Scene.ENGINEER, "");
            minutes(2);
            assertThat(asked()).isFalse();
            assertThat(scene.launch.control().decide(Scene.CEO, cleared(), "").accepted())
                    .isFalse();
            scene.before = at -> Outcome.passed();
            minutes(20);
            assertThat(scene.web.applied()).isEmpty();
            assertThat(asked()).isTrue();
        }
    }

    @Test
    void nothing_is_done_on_what_is_being_looked_at_again() throws Exception {
        try (scene) {
            scene.arm(plan(nice).build());
            scene.until(Duration.ofSeconds(1));
            assertThat(asked()).isTrue();
            scene.launch.control().recheck(Scene.ENGINEER, "");
            scene.before = at -> NO;
            scene.decide();
            minutes(5);
            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.waiting().get("verdict")).contains("NO_GO");
        }
    }

    @Test
    void also_when_it_was_asked_for_long_before_the_first_action() throws Exception {
        try (scene) {
            scene.arm(plan(nice).decision(T.minusMinutes(20), "ceo").build());
            minutes(-19);
            assertThat(asked()).isTrue();
            scene.before = at -> NO;
            scene.launch.control().recheck(Scene.ENGINEER, "");
            minutes(-18);
            assertThat(asked()).isFalse();
            assertThat(scene.launch.control().decide(Scene.CEO, cleared(), "").because())
                    .isEqualTo("nothing waits for a decision");
            scene.before = at -> Outcome.passed();
            minutes(-10);
            assertThat(asked()).isTrue();
        }
    }

    /** The digest of what was found last before the first action. */
    private String cleared() {
        String text = scene.types("Cleared").get(scene.types("Cleared").size() - 1);
        int at = text.indexOf("\"digest\":\"") + "\"digest\":\"".length();
        return text.substring(at, at + 32);
    }

    @Test
    void another_T_makes_it_stale() throws Exception {
        try (scene) {
            scene.arm(plan(scene.beforeList).decision(T.minusMinutes(20), "ceo").build());
            minutes(-19);
            String before = scene.digest();
            scene.decide();
            Reply reply = scene.launch
                    .control()
                    .reschedule(Scene.PLANNED.plusHours(1), Scene.ZONE, Scene.ENGINEER, "the printer is late");
            assertThat(reply.accepted()).isTrue();
            minutes(30);
            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.types("DecisionStale")).hasSize(1);
            assertThat(scene.room.texts()).anyMatch(text -> text.contains("planned for 2027-03-02T10:00:00Z"));

            minutes(41);
            assertThat(asked()).isTrue();
            assertThat(scene.digest()).isNotEqualTo(before);
            minutes(61);
            assertThat(scene.web.applied()).isEmpty();
            scene.decide();
            minutes(62);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void what_was_asked_for_another_T_is_no_longer_decided_on() throws Exception {
        try (scene) {
            scene.arm(scene.plan(policy -> policy));
            minutes(1);
            String before = scene.digest();
            scene.launch
                    .control()
                    .reschedule(Scene.PLANNED.plusMinutes(2), Scene.ZONE, Scene.ENGINEER, "two minutes more");
            assertThat(scene.launch.control().decide(Scene.CEO, before, "").because())
                    .isEqualTo("nothing waits for a decision");
            minutes(3);
            assertThat(asked()).isTrue();
            assertThat(scene.digest()).isNotEqualTo(before);
        }
    }

    @Test
    void what_a_person_confirms_is_heard_at_once() throws Exception {
        try (scene) {
            Checklist people = Checklist.named("people")
                    .require(new Scene.Asked("the backup is fresh", at -> scene.before.apply(at)).as("P1"))
                    .require(Confirmation.of("P2", "The support is on call").freshFor(Duration.ofDays(1)))
                    .build();
            scene.arm(plan(people).build());
            minutes(1);
            assertThat(asked()).isFalse();
            assertThat(scene.waiting().get("verdict")).contains("UNDECIDED").contains("P2 PENDING");
            assertThat(scene.waiting().get("list:1.1")).contains("P2 PENDING");

            assertThat(scene.launch
                            .control()
                            .answer(confirmed("somebody else", "P2"))
                            .accepted())
                    .isTrue();
            minutes(2);
            assertThat(asked()).as("an answer to another item").isFalse();

            Reply reply = scene.launch.control().answer(confirmed("P2", "P2"));
            assertThat(reply.accepted()).isTrue();
            scene.until(Duration.ofMinutes(2).plusSeconds(1));
            assertThat(asked()).isTrue();
            assertThat(scene.waiting()).doesNotContainKeys("verdict", "list:1.1");
            scene.decide();
            minutes(3);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    private Answer confirmed(String item, String question) {
        ItemResult result = scene.launch.verdict().result(question).orElseThrow();
        return new Answer(
                item,
                Answer.Kind.CONFIRMED,
                Scene.ENGINEER,
                scene.time.now(),
                result.digest().orElseThrow(),
                "I asked them");
    }

    @Test
    void what_a_person_waives_is_no_longer_in_the_way_and_is_known_to_who_decides() throws Exception {
        try (scene) {
            scene.before = at -> NO;
            Checklist owned = Checklist.named("owned")
                    .require(new Scene.Asked("the domain resolves", at -> Outcome.passed()).as("W0"))
                    .require(new Scene.Asked("the backup is fresh", at -> scene.before.apply(at))
                            .as("W1")
                            .ownedBy("engineer"))
                    .build();
            scene.arm(plan(owned).build());
            minutes(1);
            Instant until = Scene.PLANNED_AT.plus(Duration.ofDays(1));
            assertThat(scene.launch
                            .control()
                            .waive("W1", until, Scene.COMMANDER, "")
                            .accepted())
                    .isFalse();
            scene.launch.control().waive("W1", until, Scene.ENGINEER, "I know it is fine");
            scene.until(Duration.ofSeconds(62));
            assertThat(asked()).as("waived by its owner").isFalse();

            scene.launch.control().waive("W1", until, Scene.COMMANDER, "the old one will do");
            scene.until(Duration.ofSeconds(64));
            assertThat(scene.waiting().get("decision"))
                    .contains("CONDITIONAL_GO")
                    .contains("W1 WAIVED");
            scene.decide();
            minutes(3);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }
}
