package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Outcome;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.testkit.FakeChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When checkpoints are held, and what becomes of those that are not. */
class WatchScheduleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A check that takes its time. */
    private record Slow(Duration takes, AtomicInteger running, AtomicInteger most) implements Check {
        @Override
        public String sentence() {
            return "the books add up";
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            context.time().sleepUntil(context.time().now().plus(takes));
            running.decrementAndGet();
            return Outcome.passed();
        }
    }

    private static LaunchPlan watched(Scene scene, Watch watch) {
        return scene.plan(scene.automatic().build())
                .watch(watch.heartbeat(scene.outside, Duration.ofMinutes(5)))
                .build();
    }

    private static Watch seldom(Scene scene) {
        return Watch.probing(Probe.of("home", new Scene.Asked("the home page is there", at -> Outcome.passed()))
                .every(Duration.ofMinutes(30)));
    }

    private static Instant h(Scene scene) throws Exception {
        return Instant.parse(
                JSON.readTree(scene.types("Launched").get(0)).get("at").asText());
    }

    private static List<Instant> held(Scene scene) throws Exception {
        List<Instant> slots = new ArrayList<>();
        for (String data : scene.types("CheckpointExamined")) {
            slots.add(Instant.parse(JSON.readTree(data).get("slot").asText()));
        }
        return slots;
    }

    private static List<Instant> missed(Scene scene) throws Exception {
        List<Instant> slots = new ArrayList<>();
        for (String data : scene.types("CheckpointMissed")) {
            for (JsonNode slot : JSON.readTree(data).get("slots")) {
                slots.add(Instant.parse(slot.asText()));
            }
        }
        return slots;
    }

    private static List<Duration> since(Instant h, List<Instant> slots) {
        return slots.stream().map(slot -> Duration.between(h, slot)).toList();
    }

    private static String ending(Scene scene) throws Exception {
        JsonNode end = JSON.readTree(scene.types("Ended").get(0));
        return end.get("verdict").asText() + ": " + end.get("why").asText();
    }

    @Test
    void scenario_31_two_days_are_exactly_35_checkpoints() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = watched(
                    scene,
                    seldom(scene)
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(4), scene.smokeList)
                            .checkpoints(Duration.ofMinutes(60), H.plusHours(24), scene.smokeList)
                            .checkpoints(Duration.ofHours(4), H.plusHours(48), scene.smokeList));
            scene.watching(plan);
            scene.until(Duration.ofHours(49));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            List<Duration> expected = Stream.of(
                            IntStream.rangeClosed(0, 8).mapToObj(n -> Duration.ofMinutes(30L * n)),
                            IntStream.rangeClosed(5, 24).mapToObj(Duration::ofHours),
                            IntStream.rangeClosed(7, 12).mapToObj(n -> Duration.ofHours(4L * n)))
                    .flatMap(slots -> slots)
                    .toList();
            assertThat(expected).hasSize(35);
            assertThat(since(h(scene), held(scene))).containsExactlyElementsOf(expected);
            assertThat(missed(scene)).isEmpty();
            assertThat(ending(scene)).startsWith("GO");
        }
    }

    @Test
    void scenario_32_after_a_pause_the_newest_checkpoint_is_held_once_and_the_others_are_missed() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan =
                    watched(scene, seldom(scene).checkpoints(Duration.ofMinutes(30), H.plusHours(4), scene.smokeList));
            scene.watching(plan);
            Instant h = h(scene);
            scene.until(h.plus(Duration.ofMinutes(70)));
            scene.launch.close();
            scene.time.sleepUntil(h.plus(Duration.ofMinutes(160)));
            scene.takeUp(plan);
            scene.launch.advance();

            assertThat(since(h, missed(scene))).containsExactly(Duration.ofMinutes(90), Duration.ofMinutes(120));
            assertThat(since(h, held(scene)))
                    .containsExactly(
                            Duration.ZERO, Duration.ofMinutes(30), Duration.ofMinutes(60), Duration.ofMinutes(150));
            scene.until(h.plus(Duration.ofMinutes(179)));
            assertThat(held(scene)).as("no burst").hasSize(4);
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(held(scene)).hasSize(7);
            assertThat(ending(scene)).startsWith("CONDITIONAL_GO").contains("2 of 9 checkpoints were missed");
        }
    }

    @Test
    void scenario_33_a_checkpoint_that_takes_longer_than_its_interval_overlaps_with_none() throws Exception {
        try (Scene scene = new Scene()) {
            AtomicInteger most = new AtomicInteger();
            Checklist books = Checklist.named("books")
                    .require(new Slow(Duration.ofMinutes(8), new AtomicInteger(), most)
                            .timeout(Duration.ofMinutes(9))
                            .as("books"))
                    .build();
            LaunchPlan plan =
                    watched(scene, seldom(scene).checkpoints(Duration.ofMinutes(5), H.plusMinutes(30), books));
            scene.watching(plan);

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);

            assertThat(most).hasValue(1);
            Instant h = h(scene);
            assertThat(since(h, held(scene)))
                    .containsExactly(
                            Duration.ZERO,
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(15),
                            Duration.ofMinutes(20),
                            Duration.ofMinutes(30));
            assertThat(since(h, missed(scene))).containsExactly(Duration.ofMinutes(10), Duration.ofMinutes(25));
        }
    }

    @Test
    void fixed_times_of_day_keep_to_the_clock_on_the_wall_over_a_change_of_daylight_saving() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = watched(
                    scene,
                    seldom(scene)
                            .checkpoints(Duration.ofHours(16), H.plusHours(48), scene.beforeList)
                            .daily(scene.smokeList, LocalTime.of(8, 0), LocalTime.of(20, 0)));
            LocalDateTime saturday = LocalDateTime.of(2027, 3, 27, 10, 0);
            scene.launch = plan.arm(scene.golive, scene.journal, scene.environment, saturday, Scene.ENGINEER);
            scene.until(saturday.atZone(Scene.ZONE).toInstant().plusSeconds(1));
            scene.decide();
            scene.until(saturday.atZone(Scene.ZONE).toInstant().plus(Duration.ofHours(49)));

            assertThat(scene.launch.state()).isEqualTo(LaunchState.COMPLETED);
            Instant h = h(scene);
            assertThat(held(scene))
                    .containsExactly(
                            h,
                            Instant.parse("2027-03-27T19:00:00Z"),
                            h.plus(Duration.ofHours(16)),
                            Instant.parse("2027-03-28T06:00:00Z"),
                            h.plus(Duration.ofHours(32)),
                            Instant.parse("2027-03-28T18:00:00Z"),
                            Instant.parse("2027-03-29T06:00:00Z"),
                            h.plus(Duration.ofHours(48)));
        }
    }

    @Test
    void a_checkpoint_that_is_not_in_order_waits_for_a_person_who_says_what_it_is() throws Exception {
        for (LaunchControl.Seen outcome : LaunchControl.Seen.values()) {
            try (Scene scene = new Scene()) {
                scene.watching(scene.plan(policy -> policy));
                Instant h = h(scene);
                Instant slot = h.plus(Duration.ofMinutes(30));
                scene.smoke = at -> at.equals(slot) ? Outcome.failed("the basket is empty") : Outcome.passed();
                scene.until(h.plus(Duration.ofMinutes(31)));
                assertThat(scene.room.texts())
                        .anyMatch(text -> text.contains("checkpoint " + slot + " is NO_GO: S1 FAILED"));
                assertThat(scene.types("Needed")).anyMatch(data -> data.contains("checkpoint:" + slot));

                LaunchControl control = scene.launch.control();
                Reply early = control.checkpoint(slot.plusSeconds(1800), outcome, Scene.ENGINEER, "too early");
                assertThat(early.because()).contains("there was no checkpoint");
                Reply reply = control.checkpoint(slot, outcome, Scene.ENGINEER, "a known glitch of the test account");
                assertThat(reply.accepted()).isTrue();
                assertThat(scene.types("NoLongerNeeded")).anyMatch(data -> data.contains("checkpoint:" + slot));

                assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
                // what was not in order is a reservation, also when somebody says that it does not matter
                assertThat(ending(scene)).startsWith("CONDITIONAL_GO").contains(outcome + " (a known glitch");
            }
        }
    }

    @Test
    void a_last_checkpoint_that_failed_and_nobody_has_judged_is_no_go() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            Instant last = h(scene).plus(Duration.ofHours(2));
            scene.smoke = at -> at.isBefore(last) ? Outcome.passed() : Outcome.failed("the basket is empty");

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).startsWith("NO_GO").contains("the last checkpoint failed", last.toString());
        }
    }

    @Test
    void a_checkpoint_of_people_that_nobody_answers_leaves_the_end_undecided() throws Exception {
        try (Scene scene = new Scene()) {
            Checklist people = Checklist.named("people")
                    .require(Confirmation.of("support", "is the support line quiet")
                            .freshFor(Duration.ofHours(1)))
                    .build();
            LaunchPlan plan =
                    watched(scene, seldom(scene).checkpoints(Duration.ofMinutes(30), H.plusMinutes(60), people));
            scene.watching(plan);

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).startsWith("UNDECIDED").contains("was UNDECIDED");
        }
    }

    @Test
    void a_watch_without_data_is_undecided() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            scene.health = at -> Outcome.unknown("the name server does not answer");

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(ending(scene)).startsWith("UNDECIDED").contains("could not be judged");
        }
    }

    @Test
    void a_watch_of_which_most_checkpoints_were_missed_is_undecided() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(policy -> policy);
            scene.watching(plan);
            Instant h = h(scene);
            scene.until(h.plus(Duration.ofMinutes(1)));
            scene.launch.close();
            scene.time.sleepUntil(h.plus(Duration.ofMinutes(121)));
            scene.takeUp(plan);

            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            assertThat(since(h, missed(scene))).hasSize(3);
            assertThat(ending(scene)).startsWith("UNDECIDED").contains("3 of 5 checkpoints were missed");
        }
    }

    @Test
    void scenario_35_a_watch_that_stalls_raises_an_alarm_within_three_intervals() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build())
                    .watch(Watch.probing(
                                    scene.probe,
                                    Probe.of("home", new Scene.Asked("the home page is there", at -> Outcome.passed()))
                                            .every(Duration.ofMinutes(30)))
                            .checkpoints(Duration.ofMinutes(30), H.plusHours(2), scene.smokeList)
                            .heartbeat(scene.outside, Duration.ofMinutes(5)))
                    .build();
            scene.watching(plan);
            scene.until(scene.time.now().plus(Duration.ofMinutes(10)));
            Instant last = scene.time.now();
            int before = scene.boss.posts().size();

            scene.time.sleepUntil(last.plus(Duration.ofSeconds(91)));

            List<FakeChannel.Post> alarms =
                    scene.boss.posts().subList(before, scene.boss.posts().size());
            assertThat(alarms).singleElement().satisfies(post -> {
                assertThat(post.text()).contains("is not being watched").contains("nothing was looked at since");
                assertThat(post.at()).isBeforeOrEqualTo(last.plus(Duration.ofSeconds(90)));
            });
            assertThat(scene.room.texts()).anyMatch(text -> text.contains("is not being watched"));

            scene.until(scene.time.now().plus(Duration.ofMinutes(5)));
            scene.time.sleepUntil(scene.time.now().plus(Duration.ofMinutes(3)));
            assertThat(scene.boss.texts())
                    .as("the next stall is another alarm")
                    .filteredOn(text -> text.contains("is not being watched"))
                    .hasSize(2);
        }
    }

    @Test
    void a_watch_that_goes_on_is_not_called_stalled() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            assertThat(scene.end()).isEqualTo(LaunchState.COMPLETED);
            scene.time.sleepUntil(scene.time.now().plus(Duration.ofHours(1)));
            assertThat(scene.room.texts()).noneMatch(text -> text.contains("is not being watched"));
            assertThat(scene.boss.texts()).isEmpty();
        }
    }

    @Test
    void signs_of_life_go_outside_as_often_as_promised_and_stop_with_the_watch() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(policy -> policy));
            Instant from = scene.time.now();
            scene.until(from.plus(Duration.ofHours(1)));

            List<Instant> beats = scene.outside.posts().stream()
                    .map(FakeChannel.Post::at)
                    .filter(at -> !at.isBefore(from))
                    .toList();
            assertThat(beats).hasSize(12);
            for (int i = 1; i < beats.size(); i++) {
                assertThat(Duration.between(beats.get(i - 1), beats.get(i))).isEqualTo(Duration.ofMinutes(5));
            }
            scene.end();
            int all = scene.outside.posts().size();
            scene.time.sleepUntil(scene.time.now().plus(Duration.ofHours(1)));
            assertThat(scene.outside.posts()).hasSize(all);
        }
    }
}
