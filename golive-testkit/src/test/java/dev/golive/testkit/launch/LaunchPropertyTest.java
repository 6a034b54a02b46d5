package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.Release;
import dev.golive.journal.Entry;
import dev.golive.launch.LaunchState;
import dev.golive.testkit.CrashingJournal;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

/** Whatever is planned, goes wrong and is said: what never happens, and what always does. */
class LaunchPropertyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    // ---- never two rollbacks, never one without a reason, never the word without the proof

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void there_is_at_most_one_rollback_and_it_has_a_reason(@ForAll long seed) throws Exception {
        justified(seed);
    }

    @Tag("long")
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void there_is_at_most_one_rollback_and_it_has_a_reason_many_times(@ForAll long seed) throws Exception {
        justified(seed);
    }

    private static void justified(long seed) throws Exception {
        try (RandomLaunch launch = new RandomLaunch(seed, true)) {
            FakeJournal journal = FakeJournal.empty();
            assertThat(launch.live(journal, RandomLaunch.end())).isTrue();
            List<Entry> entries = journal.entries();
            try {
                requireReason(launch, entries);
                requireProof(launch, entries);
                requireOnce(launch);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + launch + " ended " + launch.end, e);
            }
        }
    }

    private static void requireReason(RandomLaunch launch, List<Entry> entries) throws IOException {
        long approved = entries.stream()
                .filter(entry -> entry.type().equals("RollbackApproved"))
                .count();
        assertThat(approved).isLessThanOrEqualTo(1);
        String cause = "";
        boolean gateFailed = false;
        boolean stepFailed = false;
        Map<String, String> turned = new HashMap<>();
        String accepted = "";
        Instant rollingBack = Instant.MAX;
        for (Entry entry : entries) {
            JsonNode data = JSON.readTree(entry.data());
            switch (entry.type()) {
                case "Commanded" -> {
                    JsonNode command = data.get("command");
                    if (data.get("accepted").asBoolean()) {
                        accepted += command.get("kind").asText() + " by "
                                + command.get("by").get("id").asText() + "; ";
                    }
                }
                case "TriggerTurned" ->
                    turned.put(data.get("trigger").asText(), data.get("truth").asText());
                case "Examined" ->
                    gateFailed |= data.get("purpose").asText().equals("gate")
                            && data.get("verdict").asText().equals("NO_GO");
                case "StepEnded" -> stepFailed |= data.get("status").asText().equals("FAILED");
                case "Deciding" -> {
                    cause = data.get("cause").asText();
                    if (cause.startsWith("trigger ")) {
                        assertThat(turned.get(cause.substring("trigger ".length())))
                                .startsWith("TRUE");
                        assertThat(data.get("evidence")).hasSizeGreaterThanOrEqualTo(3);
                        data.get("evidence")
                                .forEach(sample -> assertThat(
                                                sample.get("reading").asText())
                                        .isEqualTo("BREACH"));
                        // the world was red then
                        for (JsonNode sample : data.get("evidence")) {
                            assertThat(launch.drawn).containsAnyOf("red", "red whatever is live");
                            assertThat(Instant.parse(sample.get("startedAt").asText()))
                                    .isAfterOrEqualTo(Scene.PLANNED_AT.plus(Duration.ofMinutes(10)));
                        }
                    } else if (cause.startsWith("gate ")) {
                        assertThat(gateFailed).isTrue();
                        assertThat(launch.drawn).contains("smoke fails", "gate triggers");
                    } else if (cause.startsWith("step ")) {
                        assertThat(stepFailed).isTrue();
                    } else if (cause.startsWith("report ")) {
                        assertThat(cause).isEqualTo("report WRONG_BALANCE");
                        assertThat(accepted).contains("REPORT by ada");
                    } else if (cause.equals("abort")) {
                        assertThat(accepted).contains("ABORT by ");
                    } else {
                        assertThat(cause).startsWith("person ");
                        assertThat(accepted).contains("ROLL_BACK by ada");
                    }
                }
                case "RollbackApproved" -> {
                    assertThat(cause).isNotEmpty();
                    rollingBack = entry.at();
                    boolean byPerson = !data.get("by").isNull();
                    if (byPerson) {
                        assertThat(data.get("by").get("id").asText()).isEqualTo("ada");
                        assertThat(accepted)
                                .containsAnyOf("APPROVE by ada", "ROLL_BACK by ada", "REPORT by ada", "ABORT by ada");
                    } else {
                        assertThat(launch.automatic || launch.proceeds).isTrue();
                    }
                }
                default -> {
                    // nothing that a rollback is begun by
                }
            }
            assertThat(accepted).doesNotContain("ROLL_BACK by bot", "ABORT by bot", "APPROVE by bot", "REPORT by bot");
        }
        for (FakeComponent component : launch.components) {
            for (FakeComponent.Change change : component.changes()) {
                if (change.to().id().equals("40")) {
                    assertThat(change.at()).isAfterOrEqualTo(rollingBack);
                }
            }
        }
        for (FakeAction action : launch.actions) {
            if (action.id().startsWith("undo-") && !action.effects().isEmpty()) {
                assertThat(action.effects().get(0)).isAfterOrEqualTo(rollingBack);
            }
        }
    }

    private static void requireProof(RandomLaunch launch, List<Entry> entries) throws IOException {
        if (launch.end == LaunchState.COMPLETED) {
            assertThat(entries).noneMatch(entry -> entry.type().equals("RollbackApproved"));
            return;
        }
        if (launch.end != LaunchState.ROLLED_BACK) {
            return;
        }
        boolean verified = false;
        for (Entry entry : entries) {
            if (entry.type().equals("ActionEnded") && entry.data().contains("\"back:")) {
                verified = false;
            } else if (entry.type().equals("Verified")) {
                String verdict = JSON.readTree(entry.data()).get("verdict").asText();
                verified = verdict.equals("GO") || verdict.equals("CONDITIONAL_GO");
            }
        }
        assertThat(verified).isTrue();
        assertThat(launch.components)
                .allMatch(one -> one.liveNow().map(Release::id).orElse("").equals("40"));
    }

    private static void requireOnce(RandomLaunch launch) {
        for (FakeComponent component : launch.components) {
            component
                    .changes()
                    .forEach(
                            change -> assertThat(component.changes(change.by())).hasSize(1));
        }
        launch.actions.forEach(action -> assertThat(action.effects()).hasSizeLessThanOrEqualTo(1));
    }

    // ---- a crash changes nothing

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void a_crash_leads_to_the_same_end(@ForAll long seed, @ForAll @LongRange(min = 0, max = 999) long where)
            throws Exception {
        crashed(seed, where);
    }

    @Tag("long")
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void a_crash_leads_to_the_same_end_many_times(@ForAll long seed, @ForAll @LongRange(min = 0, max = 999) long where)
            throws Exception {
        crashed(seed, where);
    }

    private static void crashed(long seed, long where) throws Exception {
        LaunchState end;
        List<String> changes;
        long entries;
        try (RandomLaunch whole = new RandomLaunch(seed, false)) {
            FakeJournal journal = FakeJournal.empty();
            assertThat(whole.live(journal, RandomLaunch.end())).isTrue();
            end = whole.end;
            changes = whole.changes();
            entries = journal.size();
        }
        long at = 1 + where / 2 * entries / 500;
        try (RandomLaunch broken = new RandomLaunch(seed, false)) {
            FakeJournal journal = FakeJournal.empty();
            CrashingJournal dying =
                    where % 2 == 0 ? CrashingJournal.after(journal, at) : CrashingJournal.before(journal, at);
            boolean through = broken.live(dying, RandomLaunch.end());
            if (!through) {
                assertThat(broken.live(journal.reopen(), RandomLaunch.end())).isTrue();
            }
            String how = "seed " + seed + ", where " + where + ", entry " + at + " of " + entries + ", " + broken;
            assertThat(broken.end).as(how).isEqualTo(end);
            assertThat(broken.changes()).as(how).isEqualTo(changes);
            requireOnce(broken);
        }
    }

    // ---- the journal tells where it stands

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void what_is_read_from_the_journal_is_where_it_stood(
            @ForAll long seed, @ForAll @LongRange(min = -600, max = 5_000) long second) throws Exception {
        replayed(seed, second);
    }

    @Tag("long")
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void what_is_read_from_the_journal_is_where_it_stood_many_times(
            @ForAll long seed, @ForAll @LongRange(min = -600, max = 5_000) long second) throws Exception {
        replayed(seed, second);
    }

    private static void replayed(long seed, long second) throws Exception {
        try (RandomLaunch launch = new RandomLaunch(seed, true)) {
            FakeJournal journal = FakeJournal.empty();
            Instant until = Scene.PLANNED_AT.plusSeconds(second);
            assertThat(launch.live(journal, until)).isTrue();
            // what is due at this very instant is done
            launch.launch.advance();
            List<String> before = launch.view();
            launch.stop();
            // nothing passes, and nothing is done yet
            assertThat(launch.live(journal.reopen(), scene(launch))).isTrue();
            assertThat(launch.view())
                    .as("seed " + seed + ", second " + second + ", " + launch)
                    .isEqualTo(before);
        }
    }

    private static Instant scene(RandomLaunch launch) {
        return launch.scene.time.now();
    }
}
