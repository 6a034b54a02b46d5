package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Watch;
import dev.golive.rollback.MetricSource;
import dev.golive.testkit.LaunchFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is sampled when, and what a sample counts for. */
class SignalsTest {

    /** Counts requests of five minutes that are known a minute later. */
    private static final class Requests implements MetricSource {
        final List<Instant> asked = new ArrayList<>();
        final List<Instant> askedAt = new ArrayList<>();
        Function<Instant, Counts> counts = from -> Counts.of(0, 1_000);

        @Override
        public String id() {
            return "requests";
        }

        @Override
        public Duration slot() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration settlesAfter() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Counts between(Instant from, Instant to, CheckContext context) {
            assertThat(Duration.between(from, to)).isEqualTo(slot());
            asked.add(from);
            askedAt.add(context.time().now());
            return counts.apply(from);
        }
    }

    private static LaunchPlan measuring(Scene scene, Requests requests) {
        return scene.plan(scene.automatic().build())
                .watch(Watch.probing(scene.probe)
                        .measuring(requests)
                        .checkpoints(Duration.ofMinutes(30), H.plusHours(2), scene.smokeList)
                        .heartbeat(scene.outside, Duration.ofMinutes(5)))
                .build();
    }

    @Test
    void every_slot_of_a_metric_is_asked_for_once_after_it_has_settled() throws Exception {
        try (Scene scene = new Scene()) {
            Requests requests = new Requests();
            scene.watching(measuring(scene, requests));
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);

            assertThat(requests.asked).hasSizeGreaterThan(24).doesNotHaveDuplicates();
            for (int i = 0; i < requests.asked.size(); i++) {
                Instant slot = requests.asked.get(i);
                assertThat(requests.askedAt.get(i)).isEqualTo(slot.plus(Duration.ofMinutes(6)));
                assertThat(slot.getEpochSecond() % 300).isZero();
                if (i > 0) {
                    assertThat(slot).isEqualTo(requests.asked.get(i - 1).plus(Duration.ofMinutes(5)));
                }
            }
        }
    }

    @Test
    void after_a_restart_the_slots_go_on_without_a_gap() throws Exception {
        try (Scene scene = new Scene()) {
            Requests requests = new Requests();
            LaunchPlan plan = measuring(scene, requests);
            scene.watching(plan);
            scene.until(Duration.ofMinutes(40));
            scene.launch.close();
            scene.time.sleepUntil(scene.time.now().plus(Duration.ofMinutes(23)));
            scene.takeUp(plan);
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);

            List<Instant> asked = requests.asked;
            assertThat(asked).doesNotHaveDuplicates();
            for (int i = 1; i < asked.size(); i++) {
                assertThat(asked.get(i)).isEqualTo(asked.get(i - 1).plus(Duration.ofMinutes(5)));
            }
        }
    }

    @Test
    void a_slot_that_could_not_be_asked_for_is_unknown_and_the_next_ones_come() throws Exception {
        try (Scene scene = new Scene()) {
            Requests requests = new Requests();
            scene.watching(measuring(scene, requests));
            Instant broken = scene.time.now().plus(Duration.ofMinutes(20));
            requests.counts = from -> {
                if (from.isAfter(broken) && from.isBefore(broken.plus(Duration.ofMinutes(11)))) {
                    throw new IllegalStateException("429: slow down");
                }
                return MetricSource.Counts.of(0, 1_000);
            };
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);

            assertThat(requests.asked).doesNotHaveDuplicates();
            assertThat(scene.types("Sampled"))
                    .anyMatch(data -> data.contains("429: slow down") && data.contains("\"requests\""));
        }
    }

    @Test
    void scenario_81_when_our_own_network_is_down_nothing_is_rolled_back_then_or_later() throws Exception {
        AtomicReference<Function<Instant, Outcome>> reference = new AtomicReference<>(at -> Outcome.passed());
        try (Scene scene = new Scene(new Scene.Asked(
                "the reference address answers", at -> reference.get().apply(at)))) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            Instant down = scene.time.now().plus(Duration.ofMinutes(10));
            Instant up = down.plus(Duration.ofMinutes(4));
            Function<Instant, Outcome> network = at ->
                    at.isBefore(down) || !at.isBefore(up) ? Outcome.passed() : Outcome.unreachable("connect timed out");
            reference.set(at ->
                    at.isBefore(down) || !at.isBefore(up) ? Outcome.passed() : Outcome.unknown("connect timed out"));
            scene.health = network;
            scene.until(up.plus(Duration.ofMinutes(20)));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.types("Sampled"))
                    .anyMatch(data -> data.contains("CHECK_ERROR") && data.contains("connect timed out"))
                    .noneMatch(data -> data.contains("BREACH"));
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void scenario_82_a_target_that_refuses_while_our_own_network_works_is_rolled_back() throws Exception {
        try (Scene scene = new Scene(new Scene.Asked("the reference address answers", at -> Outcome.passed()))) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            Instant down = scene.time.now().plus(Duration.ofMinutes(10));
            scene.health = at ->
                    at.isBefore(down) || scene.web.liveNow().orElseThrow().id().equals("40")
                            ? Outcome.passed()
                            : Outcome.unreachable("connection refused");

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(Duration.between(down, scene.at("Deciding"))).isLessThanOrEqualTo(Duration.ofMinutes(4));
            assertThat(scene.types("Deciding").get(0)).contains("connection refused");
        }
    }

    @Test
    void without_a_witness_a_target_that_refuses_is_not_found_out_and_people_hear_of_it() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            Instant down = scene.time.now().plus(Duration.ofMinutes(10));
            scene.health = at -> at.isBefore(down) ? Outcome.passed() : Outcome.unreachable("connection refused");
            scene.until(down.plus(Duration.ofMinutes(40)));

            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.room.texts()).anyMatch(text -> text.contains("cannot be judged"));
            assertThat(scene.types("Needed")).anyMatch(data -> data.contains("inconclusive:"));
        }
    }

    @Test
    void maintenance_that_was_announced_is_no_evidence_and_ends_when_it_should() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.until(Duration.ofMinutes(15));
            Instant until = scene.time.now().plus(Duration.ofMinutes(10));
            assertThat(scene.launch
                            .control()
                            .maintenance(until, Scene.ENGINEER, "the index is rebuilt")
                            .accepted())
                    .isTrue();
            scene.health = at -> scene.web.liveNow().orElseThrow().id().equals("40")
                    ? Outcome.passed()
                    : Outcome.failed("503 maintenance");
            scene.until(until.minusSeconds(1));
            assertThat(scene.types("Deciding")).isEmpty();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);

            assertThat(scene.end()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(scene.at("Deciding"))
                    .as("what was seen meanwhile is not added to what comes after")
                    .isAfter(until.plus(Duration.ofMinutes(3)));
        }
    }

    @Test
    void a_platform_that_does_not_say_what_is_live_is_given_up_and_the_watch_goes_on() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            scene.web.fault(LaunchFault.hangs(dev.golive.testkit.Call.Kind.LIVE));
            scene.until(Duration.ofMinutes(45));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("LiveSeen")).anyMatch(data -> data.contains("\"release\":null"));
        }
    }
}
