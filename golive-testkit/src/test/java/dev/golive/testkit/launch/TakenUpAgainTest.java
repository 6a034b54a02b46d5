package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.GoLive;
import dev.golive.GoLiveException;
import dev.golive.Outcome;
import dev.golive.Release;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.JournalException;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Evidence;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Sample;
import dev.golive.rollback.Truth;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a launch makes of a journal, of another plan and of a clock that it finds when it is taken up. */
class TakenUpAgainTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static void redFrom(Scene scene, Instant red) {
        scene.health = at -> at.isBefore(red)
                        || scene.web.liveNow().map(Release::id).orElse("").equals("40")
                ? Outcome.passed()
                : Outcome.failed("500");
    }

    /** The next process, which takes the launch up. */
    private static Launch takeUp(Scene scene, LaunchPlan plan) {
        scene.launch.close();
        scene.journal = scene.journal.reopen();
        return scene.arm(plan);
    }

    private static Instant firstOf(Scene scene, String type) {
        return scene.entries().stream()
                .filter(entry -> entry.type().equals(type))
                .map(Entry::at)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type));
    }

    // ---- 4, 67: the same plan

    @Test
    void scenario_4_and_67_the_same_plan_taken_up_again_keeps_its_clocks_and_does_not_count_the_downtime()
            throws Exception {
        Duration late;
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            scene.watching(plan);
            Instant red = Scene.PLANNED_AT.plus(Duration.ofMinutes(10));
            redFrom(scene, red);
            scene.until(Duration.ofMinutes(12));
            scene.launch.close();
            scene.journal = scene.journal.reopen();
            scene.time.sleepUntil(scene.time.now().plus(Duration.ofSeconds(45)));
            scene.arm(plan);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.BREACHING);
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.ROLLED_BACK);
            late = Duration.between(red, firstOf(scene, "Deciding"));
            assertThat(scene.types("PlanChanged")).isEmpty();
        }
        // more than 3 minutes watched: with the downtime counted it would have been 3:30, and from new 5:45 and more
        assertThat(late).isBetween(Duration.ofSeconds(3 * 60 + 31), Duration.ofSeconds(5 * 60));
    }

    // ---- 66, 67: another plan

    @Test
    void scenario_67_another_plan_holds_the_launch_until_it_is_acknowledged() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            scene.arm(plan);
            scene.until(Duration.ofSeconds(1));
            LaunchPlan other = scene.plan(
                            scene.automatic().budget(Duration.ofMinutes(9)).build())
                    .build();
            takeUp(scene, other);

            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            scene.decide();
            scene.until(Duration.ofMinutes(5));
            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.launch.control().resume(Scene.ENGINEER, "").accepted())
                    .isFalse();

            assertThat(scene.launch
                            .control()
                            .acknowledge("plan-changed", Scene.ENGINEER, "the budget was wrong")
                            .accepted())
                    .isTrue();
            scene.until(Duration.ofMinutes(6));
            // the decision was about the other plan
            assertThat(scene.web.applied()).isEmpty();
            scene.decide();
            scene.until(state -> state == LaunchState.WATCHING);
            assertThat(scene.web.applied()).hasSize(1);

            takeUp(scene, other);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            assertThat(scene.types("PlanChanged")).hasSize(1);
            takeUp(scene, plan);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            takeUp(scene, other);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.WATCHING);
            scene.launch.advance();
        }
    }

    @Test
    void scenario_67_what_was_counted_for_another_policy_does_not_count() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            Instant red = Scene.PLANNED_AT.plus(Duration.ofMinutes(10));
            redFrom(scene, red);
            scene.until(Duration.ofMinutes(13));
            takeUp(
                    scene,
                    scene.plan(scene.automatic().budget(Duration.ofMinutes(9)).build())
                            .build());
            scene.launch.control().acknowledge("plan-changed", Scene.ENGINEER, "the budget was wrong");
            Instant acknowledged = scene.time.now();
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(firstOf(scene, "Deciding")).isAfter(acknowledged.plus(Duration.ofMinutes(3)));
        }
    }

    @Test
    void as_long_as_another_plan_is_not_acknowledged_nothing_goes_back_by_itself() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            redFrom(scene, Scene.PLANNED_AT.plus(Duration.ofMinutes(10)));
            scene.until(Duration.ofMinutes(9));
            takeUp(
                    scene,
                    scene.plan(scene.automatic().budget(Duration.ofMinutes(9)).build())
                            .build());
            scene.until(Duration.ofMinutes(20));
            assertThat(scene.launch.state()).isEqualTo(LaunchState.AWAITING_APPROVAL);
            assertThat(scene.web.applied()).hasSize(1);
        }
    }

    @Test
    void another_plan_during_a_rollback_performs_nothing_until_it_is_acknowledged() throws Exception {
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            redFrom(scene, Scene.PLANNED_AT.plus(Duration.ofMinutes(10)));
            scene.web.fault(dev.golive.testkit.LaunchFault.slow(Duration.ofMinutes(2)));
            scene.until(state -> state == LaunchState.ROLLING_BACK);
            takeUp(
                    scene,
                    scene.plan(scene.automatic().budget(Duration.ofMinutes(9)).build())
                            .build());
            int calls = scene.web.calls().size();
            scene.until(scene.time.now().plus(Duration.ofMinutes(5)));
            assertThat(scene.web.calls().subList(calls, scene.web.calls().size()))
                    .noneMatch(call -> call.kind() == Call.Kind.APPLY);
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ROLLING_BACK);
            scene.launch.control().acknowledge("plan-changed", Scene.ENGINEER, "the budget was wrong");
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }

    @Test
    void scenario_66_an_event_of_a_later_version_is_left_to_that_version() throws Exception {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            scene.watching(plan);
            scene.launch.close();
            scene.journal = scene.journal.reopen();
            scene.journal.append(List.of(new Journal.Draft(scene.time.now(), "golive", "Teleported", "{}")), true);
            List<Entry> before = scene.journal.entries();
            List<Call> calls = scene.web.calls();
            assertThatThrownBy(() -> scene.arm(plan))
                    .isInstanceOf(GoLiveException.class)
                    .hasMessageContaining("entry " + before.size())
                    .hasMessageContaining("Teleported");
            assertThat(scene.journal.entries()).isEqualTo(before);
            assertThat(scene.web.calls()).isEqualTo(calls);
        }
    }

    // ---- 68: a journal that cannot be written

    /** Refuses to append from some entry on. */
    private static Journal failing(FakeJournal inner, long from) {
        return (Journal) java.lang.reflect.Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("append")
                            && inner.size() + ((List<?>) Objects.requireNonNull(arguments)[0]).size() > from) {
                        throw new JournalException("the disk is full");
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void scenario_68_what_could_not_be_written_is_not_done_and_not_announced() throws Exception {
        List<Entry> whole;
        try (Scene scene = new Scene()) {
            scene.watching(scene.plan(scene.automatic().build()).build());
            whole = scene.entries();
        }
        int began = 0;
        while (!whole.get(began).type().equals("Phase")) {
            began++;
        }
        try (Scene scene = new Scene()) {
            scene.arm(scene.plan(scene.automatic().build()).build(), failing(scene.journal, began));
            scene.until(Duration.ofSeconds(1));
            assertThatThrownBy(() -> {
                        scene.decide();
                        scene.until(Duration.ofMinutes(2));
                    })
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("the disk is full");
            List<Call> calls = scene.log.calls();

            assertThat(scene.web.applied()).isEmpty();
            assertThat(scene.room.texts()).noneMatch(text -> text.contains("is being launched"));
            // and nothing goes on from there
            assertThatThrownBy(() -> scene.launch.advance()).hasMessageContaining("the disk is full");
            assertThatThrownBy(() -> scene.launch.control().abort(Scene.ENGINEER, "the disk is full"))
                    .hasMessageContaining("the disk is full");
            assertThat(scene.log.calls()).isEqualTo(calls);
            scene.launch.close();
            scene.launch = null;
        }
    }

    // ---- 70: a journal in memory

    @Test
    void scenario_70_a_journal_in_memory_is_said_to_be_lost_with_the_process() throws Exception {
        try (Scene scene = new Scene()) {
            Journal memory = Journal.inMemory();
            scene.arm(scene.plan(policy -> policy), memory);
            assertThat(scene.room.texts()).isEmpty();
            scene.until(Duration.ofSeconds(1));
            assertThat(scene.room.texts()).anySatisfy(text -> assertThat(text).contains("is armed", "in memory only"));
            String digest = scene.launch.asksDecisionOn().orElseThrow();
            assertThat(scene.launch.control().decide(Scene.CEO, digest, "go").accepted())
                    .isTrue();
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
            assertThat(memory.entries())
                    .filteredOn(entry -> entry.type().equals("Ended"))
                    .singleElement()
                    .satisfies(entry ->
                            assertThat(entry.data()).contains("CONDITIONAL_GO", "the journal was kept in memory only"));
        }
    }

    @Test
    void scenario_70_a_policy_that_rolls_back_by_itself_is_refused_on_a_journal_in_memory() {
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            assertThatThrownBy(() -> scene.arm(plan, Journal.inMemory()))
                    .isInstanceOf(GoLiveException.class)
                    .hasMessageContaining("kept in memory only");
        }
    }

    // ---- 73: a journal that was tampered with

    @Test
    void scenario_73_a_journal_that_was_tampered_with_is_not_taken_up_and_the_first_bad_entry_is_named(
            @TempDir Path folder) throws Exception {
        Path file = folder.resolve("shop.journal");
        try (Scene scene = new Scene()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            try (Journal journal = Journal.file(file)) {
                scene.arm(plan, journal);
                scene.until(Duration.ofSeconds(1));
                scene.launch.close();
                int bad = tamper(file, "\"actor\":\"golive\"", "\"actor\":\"nobody\"");

                assertThat(journal.verify().firstBad()).isEqualTo(bad);
                assertThatThrownBy(() -> scene.arm(plan, journal))
                        .isInstanceOf(GoLiveException.class)
                        .hasMessageContaining("entry " + bad);
                scene.launch = null;
            }
            byte[] before = Files.readAllBytes(file);
            assertThatThrownBy(() -> Journal.file(file)).isInstanceOf(JournalException.class);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(scene.web.applied()).isEmpty();
        }
    }

    /** Changes the fourth entry and says which one that is. */
    private static int tamper(Path file, String from, String to) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
        int entries = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("{\"number\":") && ++entries == 4) {
                assertThat(lines.get(i)).contains(from);
                lines.set(i, lines.get(i).replace(from, to));
            }
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
        return 4;
    }

    // ---- 74: a decision is explained by what it rested on

    @Test
    void scenario_74_what_a_decision_rested_on_leads_to_the_same_verdict_again() throws Exception {
        try (Scene scene = new Scene()) {
            RollbackPolicy policy = scene.automatic().build();
            scene.watching(scene.plan(policy).build());
            redFrom(scene, Scene.PLANNED_AT.plus(Duration.ofMinutes(10)));
            scene.until(LaunchState::isFinal);

            Entry decided = scene.entries().stream()
                    .filter(entry -> entry.type().equals("Deciding"))
                    .findFirst()
                    .orElseThrow();
            JsonNode data = JSON.readTree(decided.data());
            List<Sample> evidence = samples(data.get("evidence"));
            assertThat(evidence).hasSizeGreaterThanOrEqualTo(3);
            assertThat(data.get("why").asText()).contains("BREACH");
            String trigger = data.get("cause").asText().substring("trigger ".length());
            Instant began = firstOf(scene, "ProbingBegan");
            Instant armed = firstOf(scene, "TriggersArmed");

            // from what was frozen into the decision
            assertThat(policy.judge(new Evidence(trigger, began, armed, decided.at(), Map.of(), evidence, List.of()))
                            .truth())
                    .isEqualTo(Truth.TRUE);
            // from every sample of the journal until then
            List<Sample> all = new ArrayList<>();
            for (Entry entry : scene.entries()) {
                if (entry.type().equals("Sampled") && entry.number() < decided.number()) {
                    all.addAll(samples(JSON.readTree(entry.data()).get("samples")));
                }
            }
            assertThat(policy.judge(new Evidence(trigger, began, armed, decided.at(), Map.of(), all, List.of()))
                            .truth())
                    .isEqualTo(Truth.TRUE);
            // and one sample earlier it had not been decided
            List<Sample> fewer = all.subList(0, all.size() - 1);
            Instant before = all.get(all.size() - 2).finishedAt();
            assertThat(policy.judge(new Evidence(trigger, began, armed, before, Map.of(), fewer, List.of()))
                            .truth())
                    .isEqualTo(Truth.FALSE);
        }
    }

    private static List<Sample> samples(JsonNode nodes) {
        List<Sample> samples = new ArrayList<>();
        nodes.forEach(node -> {
            Instant slot = Instant.parse(node.get("slotAt").asText());
            Instant start = Instant.parse(node.get("startedAt").asText());
            Instant end = Instant.parse(node.get("finishedAt").asText());
            Outcome outcome = node.get("reading").asText().equals("OK")
                    ? Outcome.passed()
                    : Outcome.failed(node.get("why").asText());
            samples.add(Sample.of(node.get("signal").asText(), slot, start, end, outcome));
        });
        return samples;
    }

    // ---- 28: clocks

    /** Goes through a launch whose clock is set at some point, and says what happened. */
    private static List<String> withClock(Consumer<SetBackTime> set, boolean red) throws Exception {
        try (Scene scene = new Scene()) {
            SetBackTime time = new SetBackTime(scene.time);
            List<String> happened = new ArrayList<>();
            try (GoLive golive = GoLive.builder().time(time).build();
                    Launch launch = scene.plan(scene.automatic().build())
                            .build()
                            .arm(golive, scene.journal, scene.environment, Scene.PLANNED, Scene.ENGINEER)) {
                scene.launch = launch;
                Crowd crowd = new Crowd(scene);
                int[] begun = {0};
                Instant redFrom = Scene.PLANNED_AT.plus(Duration.ofMinutes(10));
                scene.health = at -> red
                                && !scene.time.now().isBefore(redFrom)
                                && !scene.web
                                        .liveNow()
                                        .map(Release::id)
                                        .orElse("")
                                        .equals("40")
                        ? Outcome.failed("500")
                        : Outcome.passed();
                boolean done = false;
                while (!launch.state().isFinal()) {
                    Instant next = launch.advance();
                    crowd.answer(launch);
                    if (!done && !scene.time.now().isBefore(Scene.PLANNED_AT.plus(Duration.ofMinutes(12)))) {
                        set.accept(time);
                        done = true;
                        next = launch.advance();
                    }
                    Instant longest = time.now().plus(Duration.ofSeconds(30));
                    time.sleepUntil(next.isBefore(longest) ? next : longest);
                    assertThat(begun[0]++).isLessThan(5_000);
                }
                happened.add(launch.state().name());
                happened.add(scene.web.changes().stream()
                        .map(change -> change.to().id() + " after "
                                + Duration.between(Scene.PLANNED_AT, change.at())
                                        .toMinutes() + " min")
                        .toList()
                        .toString());
                for (String type : List.of("Deciding", "RollbackApproved", "CheckpointExamined", "CheckpointMissed")) {
                    happened.add(type + " " + scene.types(type).size());
                }
                long minutes =
                        Duration.between(Scene.PLANNED_AT, scene.time.now()).toMinutes();
                happened.add("after " + minutes + " min");
            }
            scene.launch = null;
            return happened;
        }
    }

    @Test
    void scenario_28_a_clock_that_is_set_back_duplicates_and_skips_nothing() throws Exception {
        Consumer<SetBackTime> back = time -> time.set(Duration.ofHours(-1));
        assertThat(withClock(back, false)).isEqualTo(withClock(time -> {}, false));
        assertThat(withClock(back, true)).isEqualTo(withClock(time -> {}, true));
        assertThat(withClock(back, true)).contains("ROLLED_BACK", "Deciding 1", "RollbackApproved 1");
    }

    @Test
    void scenario_28_summer_time_moves_no_checkpoint() throws Exception {
        try (Scene scene = new Scene()) {
            LocalDateTime evening = LocalDateTime.of(2027, 3, 27, 23, 0);
            Instant planned = evening.atZone(Scene.ZONE).toInstant();
            LaunchPlan plan = LaunchPlan.named("Shop 1.0", Scene.ZONE)
                    .role("incident-commander", "decides on rollback")
                    .role("engineer", "operates")
                    .moment(Moment.at(T.minusMinutes(10))
                            .check(scene.beforeList)
                            .ownedBy("engineer"))
                    .moment(Moment.at(T)
                            .then(scene.deploy)
                            .identity(scene.deploy, new Scene.Served(scene.web, scene.deploy.release()))
                            .ownedBy("engineer"))
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofHours(1), H.plusHours(6), scene.smokeList)
                            .until(H.plusHours(6)))
                    .rollback(scene.policy().build())
                    .build();
            scene.time.sleepUntil(planned.minus(Duration.ofMinutes(20)));
            scene.launch = plan.arm(scene.golive, scene.journal, scene.environment, evening, Scene.ENGINEER);
            scene.until(planned.plus(Duration.ofSeconds(1)));
            scene.decide();
            assertThat(scene.until(LaunchState::isFinal)).isEqualTo(LaunchState.COMPLETED);
            Instant h = firstOf(scene, "Launched");
            assertThat(scene.entries().stream()
                            .filter(entry -> entry.type().equals("CheckpointExamined"))
                            .map(entry -> entry.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                            .toList())
                    .containsExactlyElementsOf(java.util.stream.IntStream.rangeClosed(0, 6)
                            .mapToObj(hour ->
                                    h.plus(Duration.ofHours(hour)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                            .toList());
        }
    }
}
