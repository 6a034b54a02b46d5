package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Release;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Waiting;
import dev.golive.launch.Watch;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.CrashingJournal;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeJournal;
import dev.golive.testkit.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process may die at any entry of its journal: the next one ends the launch as if nothing had happened. */
class CrashTest {

    /** What is launched, and what happens to it. */
    enum Story {
        /** Nothing goes wrong. */
        HAPPY,
        /** Health turns red, and everything goes back by itself. */
        ROLLED_BACK,
        /** Health turns red, a person says go back, and another one permits what destroys. */
        RESTORED,
        /** The smoke test fails, and everything goes back. */
        GATE,
        /** Somebody aborts after the deployment. */
        ABORTED
    }

    /** A world in which a story is told, with as many processes as it takes. */
    static final class Told implements AutoCloseable {
        final Scene scene = new Scene();
        final FakeAction copy = FakeAction.named("copy-invoices", scene.time)
                .takes(Duration.ofSeconds(5))
                .notConvergent();
        final FakeAction flags = FakeAction.named("flags", scene.time)
                .takes(Duration.ofSeconds(3))
                .withoutIdempotency();
        final FakeAction unflag = FakeAction.named("unflag", scene.time)
                .takes(Duration.ofSeconds(3))
                .withoutIdempotency();
        final FakeAction restore = FakeAction.named("restore-db", scene.time)
                .takes(Duration.ofSeconds(30))
                .destructive()
                .withoutIdempotency();
        final Crowd crowd = new Crowd(scene, copy, flags, unflag, restore);
        final Story story;
        final LaunchPlan plan;
        boolean aborted;
        int processes;
        List<String> asked = List.of();
        LaunchState end = LaunchState.ARMED;

        Told(Story story) {
            this.story = story;
            scene.web.withoutIdempotency();
            RollbackPolicy.Builder policy =
                    story == Story.RESTORED || story == Story.ABORTED ? scene.policy() : scene.automatic();
            policy.undoes(flags, unflag).leaves(copy, "the copies do no harm");
            if (story == Story.RESTORED) {
                policy.then(restore).destructiveApprovedBy("incident-commander");
            }
            if (story == Story.GATE) {
                policy.whenGateFails("smoke");
            }
            plan = scene.plan(policy.build())
                    .watch(Watch.probing(scene.probe)
                            .checkpoints(Duration.ofMinutes(10), H.plusMinutes(20), scene.smokeList)
                            .until(H.plusMinutes(20)))
                    .moment(Moment.at(H.plusMinutes(1)).then(flags).then(copy).ownedBy("engineer"))
                    .build();
            Instant red = Scene.PLANNED_AT.plus(Duration.ofMinutes(8));
            if (story == Story.ROLLED_BACK || story == Story.RESTORED) {
                scene.health = at -> at.isBefore(red)
                                || scene.web
                                        .liveNow()
                                        .map(Release::id)
                                        .orElse("")
                                        .equals("40")
                        ? Outcome.passed()
                        : Outcome.failed("500");
            }
            if (story == Story.GATE) {
                scene.smoke = at -> Outcome.failed("no order could be placed");
            }
        }

        LaunchPlan plan() {
            return plan;
        }

        /** One process: arms, answers, carries on to the end, or dies. Returns whether it came to the end. */
        boolean live(Journal journal) throws InterruptedException {
            processes++;
            Launch launch = null;
            GoLive golive = GoLive.builder().time(scene.time).build();
            try {
                launch = plan.arm(golive, journal, scene.environment, Scene.PLANNED, Scene.ENGINEER);
                Instant giveUp = Scene.PLANNED_AT.plus(Duration.ofHours(6));
                while (scene.time.now().isBefore(giveUp)) {
                    Instant next = launch.advance();
                    if (crowd.answer(launch) || abort(launch)) {
                        continue;
                    }
                    if (launch.state().isFinal() && next.equals(Instant.MAX)) {
                        break;
                    }
                    Instant soon = scene.time.now().plus(Duration.ofMinutes(1));
                    scene.time.sleepUntil(next.isBefore(soon) ? next : soon);
                }
                end = launch.state();
                asked = launch.waiting().stream().map(Waiting::key).toList();
                return true;
            } catch (SimulatedCrash e) {
                return false;
            } finally {
                close(launch, golive);
            }
        }

        static void close(Launch launch, GoLive golive) {
            try (golive;
                    launch) {
                // what is left is written
            } catch (SimulatedCrash e) {
                // or not
            }
        }

        private boolean abort(Launch launch) {
            if (story != Story.ABORTED || aborted || launch.state() != LaunchState.WATCHING) {
                return false;
            }
            boolean said = launch.control()
                    .abort(Scene.COMMANDER, "the press release is wrong")
                    .accepted();
            aborted = true;
            return said;
        }

        /** What is different in the world afterwards. */
        List<String> changes() {
            List<String> all = new ArrayList<>();
            for (FakeComponent.Change change : scene.web.changes()) {
                all.add("web " + change.to().id());
            }
            for (FakeAction action : List.of(copy, flags, unflag, restore)) {
                action.effects().forEach(at -> all.add(action.id()));
            }
            return all;
        }

        /** What people were told, each once. */
        List<String> told() {
            return Stream.concat(scene.room.texts().stream(), scene.boss.texts().stream())
                    .filter(text -> text.contains(" ended "))
                    .map(text -> text.replaceAll(": .*", ""))
                    .distinct()
                    .collect(Collectors.toList());
        }

        @Override
        public void close() {
            scene.close();
        }
    }

    /** What a story comes to if no process dies. */
    private record Whole(List<Entry> entries, LaunchState end, List<String> changes, List<String> told) {

        static Whole of(Story story) throws InterruptedException {
            try (Told told = new Told(story)) {
                FakeJournal journal = FakeJournal.empty();
                assertThat(told.live(journal)).isTrue();
                assertThat(told.end.isFinal()).isTrue();
                return new Whole(journal.entries(), told.end, told.changes(), told.told());
            }
        }

        void requireSame(Told broken, String how) {
            assertThat(broken.end).as(how).isEqualTo(end);
            assertThat(broken.changes()).as(how).isEqualTo(changes);
            assertThat(broken.told()).as(how).isEqualTo(told);
        }
    }

    private static void dieAtEntries(Story story, int first, int step) throws InterruptedException {
        Whole whole = Whole.of(story);
        for (int i = first; i <= whole.entries().size(); i += step) {
            for (boolean after : new boolean[] {true, false}) {
                try (Told broken = new Told(story)) {
                    FakeJournal journal = FakeJournal.empty();
                    String how = story + " dies " + (after ? "after " : "before ") + i + ", "
                            + whole.entries().get(i - 1);
                    boolean ended =
                            broken.live(after ? CrashingJournal.after(journal, i) : CrashingJournal.before(journal, i));
                    assertThat(ended).as(how).isFalse();
                    assertThat(broken.live(journal.reopen())).as(how).isTrue();
                    whole.requireSame(broken, how);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void scenario_60_a_process_that_dies_at_an_entry_is_followed_by_one_that_ends_the_same(Story story)
            throws Exception {
        dieAtEntries(story, 1 + story.ordinal(), 7);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(Story.class)
    void scenario_60_the_same_at_every_entry(Story story) throws Exception {
        dieAtEntries(story, 1, 1);
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void scenario_60_processes_that_die_one_after_the_other_come_to_the_same_end(Story story) throws Exception {
        Whole whole = Whole.of(story);
        for (int lives : new int[] {11, 17, 30}) {
            try (Told broken = new Told(story)) {
                FakeJournal journal = FakeJournal.empty();
                while (!broken.live(CrashingJournal.after(journal, lives))) {
                    journal = journal.reopen();
                    assertThat(broken.processes).isLessThan(100);
                }
                assertThat(broken.processes).isGreaterThan(3);
                whole.requireSame(broken, "dies every " + lives);
            }
        }
    }

    /** How many entries there are when the step is written in which an action was begun. */
    private static int begun(List<Entry> entries, String action) {
        int at = 0;
        while (!entries.get(at).type().equals("ActionStarted")
                || !entries.get(at).data().contains(action)) {
            at++;
        }
        while (entries.get(at).data().contains("\"goesOn\":true")) {
            at++;
        }
        return at + 1;
    }

    @Test
    void scenario_62_an_action_that_may_be_repeated_is_observed_and_then_applied_once() throws Exception {
        int begun = begun(Whole.of(Story.HAPPY).entries(), "launch:flags");
        try (Told told = new Told(Story.HAPPY)) {
            FakeJournal journal = FakeJournal.empty();
            assertThat(told.live(CrashingJournal.after(journal, begun))).isFalse();
            assertThat(told.flags.applied()).isEmpty();
            int before = told.flags.calls().size();

            assertThat(told.live(journal.reopen())).isTrue();

            assertThat(told.flags.calls().subList(before, before + 2))
                    .extracting(Call::kind)
                    .containsExactly(Call.Kind.OBSERVE, Call.Kind.APPLY);
            assertThat(told.flags.applied()).hasSize(1);
            assertThat(told.flags.effects()).hasSize(1);
            assertThat(told.end).isEqualTo(LaunchState.COMPLETED);
        }
    }

    @Test
    void scenario_62_an_action_that_must_not_be_repeated_is_left_in_doubt_to_a_person() throws Exception {
        int begun = begun(Whole.of(Story.HAPPY).entries(), "launch:copy-invoices");
        try (Told told = new Told(Story.HAPPY)) {
            FakeJournal journal = FakeJournal.empty();
            assertThat(told.live(CrashingJournal.after(journal, begun))).isFalse();
            int before = told.copy.calls().size();
            told.crowd.silence();
            FakeJournal next = journal.reopen();
            told.live(next);

            assertThat(told.copy.calls().subList(before, told.copy.calls().size()))
                    .extracting(Call::kind)
                    .containsOnly(Call.Kind.OBSERVE);
            assertThat(next.entries())
                    .anySatisfy(entry -> assertThat(entry.type() + entry.data())
                            .contains("ActionEnded", "launch:copy-invoices", "IN_DOUBT"));
            assertThat(told.asked).contains("action:launch:copy-invoices");
            assertThat(told.end.isFinal()).isFalse();
        }
    }

    @Test
    void scenario_62_what_had_its_effect_before_the_crash_is_seen_to_be_done() throws Exception {
        int begun = begun(Whole.of(Story.HAPPY).entries(), "launch:copy-invoices");
        try (Told told = new Told(Story.HAPPY)) {
            FakeJournal journal = FakeJournal.empty();
            assertThat(told.live(CrashingJournal.before(journal, begun + 1))).isFalse();
            assertThat(told.copy.applied()).hasSize(1);

            assertThat(told.live(journal.reopen())).isTrue();

            assertThat(told.copy.applied()).hasSize(1);
            assertThat(told.copy.effects()).hasSize(1);
            assertThat(told.crowd.said()).doesNotContain("action:launch:copy-invoices");
            assertThat(told.end).isEqualTo(LaunchState.COMPLETED);
        }
    }

    @Test
    void a_command_of_which_only_the_beginning_was_written_can_be_given_again() throws Exception {
        List<Entry> whole = Whole.of(Story.ABORTED).entries();
        int said = 0;
        while (!whole.get(said).type().equals("Aborted")) {
            said++;
        }
        try (Told told = new Told(Story.ABORTED)) {
            FakeJournal journal = FakeJournal.empty();
            // the command is written, and what follows from it is not
            assertThat(told.live(CrashingJournal.after(journal, said))).isFalse();
            assertThat(told.aborted).isFalse();
            assertThat(told.live(journal.reopen())).isTrue();
            assertThat(told.end).isEqualTo(LaunchState.ROLLED_BACK);
        }
    }
}
