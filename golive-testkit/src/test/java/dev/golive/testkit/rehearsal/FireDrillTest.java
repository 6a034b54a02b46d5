package dev.golive.testkit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.golive.Check;
import dev.golive.Item;
import dev.golive.testkit.LaunchFault;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.rehearsal.DrillReport.Line;
import dev.golive.testkit.rehearsal.DrillReport.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FireDrillTest {

    private static FireDrill drill(Consumer<DepotStage> changes) {
        return FireDrill.of(time -> {
                    DepotStage stage = new DepotStage(time);
                    changes.accept(stage);
                    return stage;
                })
                .planned(DepotStage.PLANNED);
    }

    private static Line line(DrillReport report, String id) {
        return report.lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + report.lines()));
    }

    // ---- who notices

    @Test
    void a_drift_that_an_item_before_the_launch_asks_about_is_noticed_by_it() {
        Line line =
                line(drill(stage -> stage.depot.holding("database", "shop-db")).run(), "database spoilt");
        assertThat(line.outcome()).isEqualTo(Outcome.BEFORE);
        assertThat(line.red()).containsExactly(new DrillReport.Red("B1", "FAILED", "something is wrong"));
        assertThat(line.isRightlyBlamed()).isTrue();
        assertThat(line.fake()).isEqualTo("the depot");
        assertThat(line.kind()).isEqualTo(Trouble.Kind.DRIFT);
        assertThat(line.sentence()).isEqualTo("the database is not as it was");
    }

    @Test
    void a_drift_that_only_the_gate_of_the_launch_asks_about_is_noticed_by_the_launch() {
        Line line = line(drill(stage -> stage.depot.holding("page")).run(), "page spoilt");
        assertThat(line.outcome()).isEqualTo(Outcome.LAUNCH);
        assertThat(line.red()).containsExactly(new DrillReport.Red("S1", "FAILED", "something is wrong"));
    }

    @Test
    void a_drift_that_only_a_probe_asks_about_is_noticed_by_the_watch() {
        Line line = line(drill(stage -> stage.depot.holding("health")).run(), "health spoilt");
        assertThat(line.outcome()).isEqualTo(Outcome.WATCH);
        assertThat(line.red()).extracting(DrillReport.Red::id).containsExactly("health");
        assertThat(line.red().get(0).finding()).isEqualTo("BREACH");
    }

    @Test
    void a_drift_that_only_a_checkpoint_asks_about_hours_later_is_noticed_by_the_watch() {
        Line line = line(drill(stage -> stage.depot.holding("invoice")).run(), "invoice spoilt");
        assertThat(line.outcome()).isEqualTo(Outcome.WATCH);
        assertThat(line.red()).extracting(DrillReport.Red::id).containsExactly("L1");
    }

    @Test
    void a_drift_that_nobody_asks_about_is_missed() {
        DrillReport report = drill(stage -> stage.depot.holding("backup")).run();
        assertThat(report.missed()).extracting(Line::id).containsExactly("backup spoilt");
        assertThat(report.missed().get(0).remark()).isEqualTo("nobody asks");
        assertThat(report.missed().get(0).red()).isEmpty();
    }

    @Test
    void a_drift_that_who_looks_takes_no_notice_of_is_missed_and_says_who_looked() {
        DrillReport report = drill(stage -> {
                    stage.before.require(stage.depot.shrugsAt("certificate").as("B4"));
                    stage.depot.holding("certificate");
                })
                .run();
        assertThat(report.missed()).extracting(Line::id).containsExactly("certificate spoilt");
        assertThat(report.missed().get(0).remark()).isEqualTo("looked at by B4");
    }

    @Test
    void a_drift_that_the_launch_asks_about_and_takes_no_notice_of_is_missed() {
        DrillReport report = drill(stage -> {
                    stage.smoke.require(stage.depot.shrugsAt("certificate").as("S4"));
                    stage.depot.holding("certificate");
                })
                .run();
        assertThat(line(report, "certificate spoilt").outcome()).isEqualTo(Outcome.NOBODY);
        assertThat(line(report, "certificate spoilt").remark()).isEqualTo("the launch asks, and goes on");
    }

    @Test
    void a_fault_that_leaves_an_item_in_the_dark_is_noticed_and_blames_nobody() {
        Line line = line(drill(stage -> {}).run(), "database silent");
        assertThat(line.outcome()).isEqualTo(Outcome.BEFORE);
        assertThat(line.red()).extracting(DrillReport.Red::finding).containsExactly("UNKNOWN");
        assertThat(line.isRightlyBlamed()).isTrue();
    }

    @Test
    void a_fault_under_which_everybody_finds_out_all_the_same_is_survived() {
        DrillReport report = drill(stage ->
                        stage.before.require(stage.depot.shrugsAt("certificate").as("B4")))
                .run();
        assertThat(report.survived()).extracting(Line::id).containsExactly("certificate silent");
        assertThat(report.missed()).isEmpty();
    }

    @Test
    void what_is_harmless_need_not_be_noticed_asked_or_not() {
        DrillReport report = drill(stage -> stage.depot
                        .with(Trouble.drift("slow", "it is slow", "database"::equals, () -> {})
                                .harmless())
                        .with(Trouble.drift("far", "it is far away", "nothing"::equals, () -> {})
                                .harmless()))
                .run();
        assertThat(report.survived()).extracting(Line::id).containsExactly("slow", "far");
    }

    @Test
    void an_action_that_fails_in_the_launch_is_noticed_by_the_launch() {
        Line line = line(
                drill(stage -> stage.depot.with(Trouble.drift(
                                "no room",
                                "there is no room",
                                "page"::equals,
                                () -> stage.web.fault(LaunchFault.fails("it is full")))))
                        .run(),
                "no room");
        assertThat(line.outcome()).isEqualTo(Outcome.LAUNCH);
        assertThat(line.red()).extracting(DrillReport.Red::id).containsExactly("deploy-web-41");
    }

    @Test
    void an_action_that_fails_before_anything_is_deployed_is_noticed_before_the_launch() {
        Line line = line(
                drill(stage -> stage.depot.with(Trouble.drift(
                                "no disk",
                                "there is no disk",
                                "page"::equals,
                                () -> stage.snapshot.fault(LaunchFault.fails("it is full")))))
                        .run(),
                "no disk");
        assertThat(line.outcome()).isEqualTo(Outcome.BEFORE);
        assertThat(line.red()).extracting(DrillReport.Red::id).containsExactly("snapshot");
    }

    @Test
    void an_item_that_holds_only_once_something_was_done_has_its_turn_in_the_launch() {
        DrillReport report = drill(stage -> {
                    stage.afterSnapshot.require(new SnapshotIsThere(stage).as("A1"));
                    stage.before.require(Item.of(stage.depot.says("copy", "the copy is there"))
                            .as("A2")
                            .until(stage.snapshot));
                    stage.depot.holding("copy");
                })
                .run();
        assertThat(report.lines()).extracting(Line::id).contains("copy spoilt", "copy silent");
        assertThat(line(report, "copy spoilt").outcome()).isEqualTo(Outcome.BEFORE);
    }

    private record SnapshotIsThere(DepotStage stage) implements Check {
        @Override
        public String sentence() {
            return "the snapshot is there";
        }

        @Override
        public dev.golive.Outcome examine(dev.golive.CheckContext context) {
            return stage.snapshot.effects().isEmpty()
                    ? dev.golive.Outcome.failed("there is none")
                    : dev.golive.Outcome.passed();
        }
    }

    @Test
    void of_items_that_need_each_other_only_the_one_that_is_red_by_itself_is_named() {
        DrillReport report = drill(stage -> {
                    Item first = stage.depot.says("queue", "the queue is there").as("Q1");
                    stage.before
                            .require(first)
                            .require(stage.depot
                                    .says("worker", "the worker works")
                                    .as("Q2")
                                    .after(first));
                    stage.depot.holding("queue");
                })
                .run();
        assertThat(line(report, "queue spoilt").red())
                .extracting(DrillReport.Red::id)
                .containsExactly("Q1");
        assertThat(line(report, "worker silent").red())
                .extracting(DrillReport.Red::id)
                .containsExactly("Q2");
    }

    // ---- whom it blames

    @Test
    void a_drift_is_rightly_blamed_if_a_red_item_names_what_is_wrong_in_whatever_it_says() {
        DrillReport report = drill(stage -> stage.depot
                        .with(stage.depot.drift("database").about("SHOP-DB"))
                        .with(another(stage, "by id", "b1"))
                        .with(another(stage, "by why", "something"))
                        .with(another(stage, "by nothing in particular"))
                        .with(another(stage, "by one of two", "the moon", "private"))
                        .with(another(stage, "by nobody", "the moon")))
                .run();
        assertThat(report.wronglyBlamed()).extracting(Line::id).containsExactly("by nobody");
        assertThat(line(report, "by nobody").outcome()).isEqualTo(Outcome.BEFORE);
    }

    private static Trouble another(DepotStage stage, String id, String... about) {
        return Trouble.drift(id, "as it says", "database"::equals, () -> stage.depot.spoil("database"))
                .about(about);
    }

    @Test
    void a_drift_is_rightly_blamed_by_the_reason_why_an_item_is_in_the_list() {
        DrillReport report = drill(stage -> {
                    stage.before.require(stage.depot
                            .says("queue", "all is well")
                            .as("Q1")
                            .because("orders are lost without the jobs queue"));
                    stage.depot.holding("queue", "jobs");
                })
                .run();
        assertThat(report.wronglyBlamed()).isEmpty();
    }

    @Test
    void an_item_that_takes_silence_for_bad_news_blames_wrongly() {
        DrillReport report = drill(stage ->
                        stage.before.require(stage.depot.panicsAt("key").as("B4")))
                .run();
        assertThat(report.wronglyBlamed()).extracting(Line::id).containsExactly("key silent");
        assertThat(report.wronglyBlamed().get(0).red())
                .containsExactly(new DrillReport.Red("B4", "FAILED", "the key is gone"));
    }

    // ---- what is explained

    @Test
    void what_is_explained_is_neither_missed_nor_wrongly_blamed() {
        DrillReport report = drill(stage -> {
                    stage.before.require(stage.depot.panicsAt("key").as("B4"));
                    stage.depot.holding("backup (old)").holding("backup (new)");
                })
                .explained("backup (*) spoilt", "it is not used yet")
                .explained("key*", "silence is bad news here")
                .run();
        assertThat(report.missed()).isEmpty();
        assertThat(report.wronglyBlamed()).isEmpty();
        assertThat(report.explained())
                .extracting(line -> line.explanation().orElseThrow())
                .containsExactly("it is not used yet", "it is not used yet", "silence is bad news here");
        assertThat(report.caught(Outcome.NOBODY)).hasSize(2);
    }

    @Test
    void an_explanation_that_explains_nothing_any_more_fails_the_drill() {
        FireDrill drill = drill(stage -> stage.depot.holding("database", "shop-db"))
                .explained("database spoilt", "nobody need know");
        assertThatIllegalStateException()
                .isThrownBy(drill::run)
                .withMessageContaining("database spoilt")
                .withMessageContaining("nobody need know")
                .withMessageContaining("noticed before the launch");
    }

    @Test
    void a_pattern_means_what_it_says_apart_from_its_stars() {
        FireDrill drill = drill(stage -> stage.depot.holding("backup1")).explained("backup. spoilt", "no");
        assertThatIllegalStateException().isThrownBy(drill::run).withMessageContaining("backup. spoilt");
        assertThat(drill(stage -> stage.depot.holding("backup1"))
                        .explained("*up1*", "yes")
                        .run()
                        .missed())
                .isEmpty();
    }

    // ---- what fails a drill

    @Test
    void a_stage_on_which_something_is_not_in_order_is_refused_with_what_and_why() {
        FireDrill drill = drill(stage -> stage.depot.spoil("database"));
        assertThatIllegalStateException()
                .isThrownBy(drill::run)
                .withMessageContaining("B1 is FAILED: something is wrong");
    }

    @Test
    void a_stage_on_which_the_launch_does_not_go_well_is_refused_with_what_is_in_the_way() {
        FireDrill drill = drill(stage -> stage.depot.spoil("page"));
        assertThatIllegalStateException()
                .isThrownBy(drill::run)
                .withMessageContaining("does not go well")
                .withMessageContaining("S1 FAILED");
    }

    @Test
    void a_stage_on_which_a_checkpoint_is_red_is_refused() {
        FireDrill drill = drill(stage -> stage.depot.spoil("invoice"));
        assertThatIllegalStateException().isThrownBy(drill::run).withMessageContaining("L1 FAILED");
    }

    @Test
    void a_trouble_that_cannot_happen_fails_the_drill_which_goes_on_with_the_others() {
        FireDrill drill = drill(stage -> stage.depot
                .with(Trouble.drift("broken", "it breaks", "database"::equals, () -> {
                    throw new UnsupportedOperationException("not here");
                }))
                .holding("backup"));
        IllegalStateException failed = catchThrowableOfType(IllegalStateException.class, drill::run);
        assertThat(failed)
                .hasMessageContaining("broken: java.lang.UnsupportedOperationException: not here")
                .hasMessageContaining("backup spoilt");
        assertThat(failed.getSuppressed()).hasExactlyElementsOfTypes(UnsupportedOperationException.class);
    }

    @Test
    void a_stage_that_cannot_be_made_or_closed_fails_the_drill() {
        AtomicInteger made = new AtomicInteger();
        FireDrill first = FireDrill.of(time -> {
                    throw new java.io.IOException("no socket");
                })
                .planned(DepotStage.PLANNED);
        assertThatIllegalStateException().isThrownBy(first::run).withMessageContaining("no socket");
        FireDrill later = FireDrill.of(time -> {
                    if (made.incrementAndGet() > 5) {
                        throw new java.io.IOException("no more sockets");
                    }
                    return new DepotStage(time);
                })
                .planned(DepotStage.PLANNED);
        assertThatIllegalStateException().isThrownBy(later::run).withMessageContaining("no more sockets");
        FireDrill open = FireDrill.of(time -> new DepotStage(time) {
                    @Override
                    public void close() {
                        throw new IllegalStateException("a thread is left");
                    }
                })
                .planned(DepotStage.PLANNED);
        assertThatIllegalStateException().isThrownBy(open::run).withMessageContaining("a thread is left");
    }

    @Test
    void a_stage_that_is_made_otherwise_each_time_fails_the_drill() {
        AtomicInteger made = new AtomicInteger();
        FireDrill drill = drill(stage -> {
            if (made.incrementAndGet() < 5) {
                stage.depot.holding("database");
            }
        });
        assertThatIllegalStateException().isThrownBy(drill::run).withMessageContaining("made otherwise than before");
    }

    @Test
    void two_troubles_of_one_name_are_refused() {
        FireDrill drill = drill(stage -> stage.depot.holding("database").holding("database"));
        assertThatIllegalStateException().isThrownBy(drill::run).withMessageContaining("two troubles");
    }

    @Test
    void every_stage_is_closed_also_when_troubles_fail() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        FireDrill drill = FireDrill.of(time -> {
                    DepotStage stage = new DepotStage(time, open);
                    made.incrementAndGet();
                    stage.depot.with(Trouble.drift("broken", "it breaks", "page"::equals, () -> {
                        throw new UnsupportedOperationException("not here");
                    }));
                    return stage;
                })
                .planned(DepotStage.PLANNED);
        assertThatIllegalStateException().isThrownBy(drill::run);
        assertThat(made.get()).isGreaterThan(8);
        assertThat(open).hasValue(0);
    }

    @Test
    void an_interrupt_ends_the_drill_and_is_kept() {
        FireDrill drill = drill(stage -> stage.depot.holding("backup"));
        Thread.currentThread().interrupt();
        assertThatIllegalStateException().isThrownBy(drill::run).withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    // ---- how it runs

    @Test
    void a_launch_is_carried_out_only_for_what_the_launch_itself_or_the_watch_asks() {
        AtomicInteger made = new AtomicInteger();
        DrillReport report = drill(stage -> {
                    made.incrementAndGet();
                    stage.before.require(stage.depot.shrugsAt("certificate").as("B4"));
                    stage.depot.holding("certificate").holding("backup");
                })
                .run();
        assertThat(report.lines())
                .extracting(Line::id)
                .containsExactlyInAnyOrder(
                        "certificate spoilt",
                        "backup spoilt",
                        "database silent",
                        "certificate silent",
                        "disk silent",
                        "page silent",
                        "release page silent",
                        "health silent",
                        "invoice silent");
        // four to know what it is like, one for each trouble, and a launch for each of the last four
        assertThat(made).hasValue(4 + 9 + 4);
    }

    @Test
    void the_report_is_the_same_however_many_stages_there_are_at_once() {
        Consumer<DepotStage> all = stage -> stage.depot
                .holding("database", "shop-db")
                .holding("page")
                .holding("invoice")
                .holding("health")
                .holding("backup");
        String one = drill(all).atMost(1).run().toString();
        assertThat(drill(all).atMost(7).run()).hasToString(one);
    }

    @Test
    void no_thread_of_the_drill_is_left() {
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        drill(stage -> stage.depot.holding("page")).run();
        Set<Thread> left = ConcurrentHashMap.newKeySet();
        left.addAll(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        assertThat(left)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("fire-drill") || name.startsWith("golive"));
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        FireDrill drill = drill(stage -> {});
        assertThatIllegalArgumentException().isThrownBy(() -> drill.atMost(0)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> drill.atMost(65)).withMessageContaining("65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drill.before(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> drill.explained(" ", "why"));
        assertThatIllegalArgumentException().isThrownBy(() -> drill.explained("x", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drill.explained("x", "why").explained("x", "therefore"))
                .withMessageContaining("x");
        assertThatIllegalStateException()
                .isThrownBy(() -> FireDrill.of(DepotStage::new).run())
                .withMessageContaining("planned(..)");
    }
}
