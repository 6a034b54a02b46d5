package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.journal.Entry;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever people say and whatever is found, in whatever order: what never happens. */
class WhateverPeopleSayTest {

    private static final List<Person> PEOPLE =
            List.of(Scene.CEO, Scene.COMMANDER, Scene.ENGINEER, Person.automation("bot", "ceo", "incident-commander"));

    private static final List<Outcome> OUTCOMES =
            List.of(Outcome.passed(), Outcome.passed(), Outcome.failed("no"), Outcome.unknown("perhaps"));

    @Property(tries = 15)
    void nothing_is_applied_that_nobody_decided_and_nothing_goes_back_twice_or_unapproved(
            @ForAll @Size(min = 4, max = 40) List<@IntRange(max = 79) Integer> moves) throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.policy()
                            .whenGateFails("smoke")
                            .coolDown(Duration.ofMinutes(5))
                            .onClear(RollbackPolicy.OnClear.WITHDRAW)
                            .build())
                    .build();
            scene.arm(plan);
            scene.until(Duration.ofSeconds(1));
            if (moves.get(0) % 2 == 0) {
                scene.decide();
            }
            for (int move : moves) {
                if (!scene.launch.state().isFinal()) {
                    move(scene, plan, move / 4, move % 4);
                }
            }
            scene.until(scene.time.now().plus(Duration.ofHours(3)));
            List<Entry> entries = scene.entries();
            decidedBeforeDone(entries);
            approvedBeforeTakenBack(entries);
            assertThat(applied(scene, "41")).as(scene.log.toString()).isLessThanOrEqualTo(1);
            assertThat(applied(scene, "40")).as(scene.log.toString()).isLessThanOrEqualTo(1);
            endsAsItIs(scene, entries);
        }
    }

    private static void move(Scene scene, LaunchPlan plan, int what, int which) throws InterruptedException {
        LaunchControl control = scene.launch.control();
        Person by = PEOPLE.get(which);
        Outcome outcome = OUTCOMES.get(which);
        switch (what) {
            case 0, 1 ->
                scene.until(scene.time.now().plusSeconds(List.of(1, 20, 60, 240).get(which)));
            case 2, 3 ->
                scene.until(
                        scene.time.now().plusSeconds(List.of(45, 300, 600, 1200).get(which)));
            case 4 -> scene.before = at -> outcome;
            case 5 -> scene.smoke = at -> outcome;
            case 6 -> scene.health = at -> outcome;
            case 7, 8, 9 -> scene.launch.asksDecisionOn().ifPresent(digest -> control.decide(by, digest, ""));
            case 10 -> control.decide(by, "0".repeat(32), "");
            case 11 -> control.hold(by, "wait");
            case 12 -> control.resume(by, "");
            case 13 -> control.recheck(by, "");
            case 14 -> control.approveRollback(by, "");
            case 15 -> control.denyRollback(by, "no");
            case 16 -> control.report(which == 0 ? "COSMETIC" : "WRONG_BALANCE", by, "it is");
            case 17 -> {
                if (which == 0) {
                    control.abort(by, "enough");
                } else {
                    control.rollBackNow(by, "enough");
                }
            }
            case 18 -> control.reschedule(Scene.PLANNED.plusMinutes(10L * (which + 1)), Scene.ZONE, by, "later");
            default -> scene.takeUp(plan);
        }
    }

    /** Every action of the launch follows a good verdict and a person who said GO on it, for the T that holds. */
    private static void decidedBeforeDone(List<Entry> entries) {
        boolean decided = false;
        String cleared = "";
        for (Entry entry : entries) {
            switch (entry.type()) {
                case "Decided" -> {
                    assertThat(entry.actor()).isNotEqualTo("bot");
                    decided = true;
                }
                case "DecisionStale" -> decided = false;
                case "Cleared" -> cleared = entry.data();
                case "ActionStarted" -> {
                    if (entry.data().contains("\"launch:")) {
                        assertThat(decided).as("decided before " + entry).isTrue();
                        assertThat(cleared).containsAnyOf("\"verdict\":\"GO\"", "\"verdict\":\"CONDITIONAL_GO\"");
                    }
                }
                default -> {}
            }
        }
    }

    /** One rollback at most, which somebody in the role approved. */
    private static void approvedBeforeTakenBack(List<Entry> entries) {
        boolean approved = false;
        for (Entry entry : entries) {
            if (entry.type().equals("RollbackApproved")) {
                assertThat(approved).as("approved a second time").isFalse();
                assertThat(entry.actor()).isEqualTo(Scene.COMMANDER.id());
                approved = true;
            } else if (entry.type().equals("ActionStarted") && entry.data().contains("\"back:")) {
                assertThat(approved).as("approved before " + entry).isTrue();
            }
        }
    }

    private static long applied(Scene scene, String release) {
        return scene.log.of("web").stream()
                .filter(call -> call.kind() == Call.Kind.APPLY && call.target().equals(release))
                .count();
    }

    /** A launch that is said to have gone well is live and well. */
    private static void endsAsItIs(Scene scene, List<Entry> entries) {
        LaunchState state = scene.launch.state();
        String live = scene.web.liveNow().orElseThrow().id();
        Instant now = scene.time.now();
        String end = entries.stream()
                .filter(entry -> entry.type().equals("Ended"))
                .map(Entry::data)
                .findFirst()
                .orElse("");
        switch (state) {
            case COMPLETED -> {
                assertThat(live).isEqualTo("41");
                if (end.contains("\"verdict\":\"GO\"")) {
                    assertThat(scene.health.apply(now).finding().good()).isTrue();
                }
            }
            case ROLLED_BACK -> assertThat(live).isEqualTo("40");
            case CANCELLED -> assertThat(applied(scene, "41")).isZero();
            default -> {}
        }
    }
}
