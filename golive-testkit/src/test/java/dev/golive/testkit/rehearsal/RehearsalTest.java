package dev.golive.testkit.rehearsal;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Environment;
import dev.golive.Verdict;
import dev.golive.journal.Journal;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {

    private static final Instant PLANNED =
            LittleStage.PLANNED.atZone(LittleStage.ZONE).toInstant();

    private static VirtualTime aWeekBefore() {
        return VirtualTime.startingAt(
                LittleStage.PLANNED.minusDays(8).atZone(LittleStage.ZONE).toInstant());
    }

    private static Rehearsal rehearsal(LittleStage stage) {
        return Rehearsal.on(stage).planned(LittleStage.PLANNED);
    }

    @Test
    void a_plan_is_carried_out_from_its_first_moment_to_the_end_of_its_watch() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = Rehearsal.of(stage.plan())
                .against(stage.fakes())
                .planned(LittleStage.PLANNED)
                .in(time);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.COMPLETED);
        assertThat(end.verdict()).contains(Verdict.GO);
        assertThat(stage.backup.effects()).hasSize(1);
        assertThat(stage.web.liveNow().orElseThrow().id()).isEqualTo("41");
        assertThat(end.report().planned()).contains(PLANNED);
        assertThat(end.report().ended().orElseThrow())
                .isAfter(PLANNED.plusSeconds(7 * 86_400))
                .isBefore(PLANNED.plusSeconds(7 * 86_400 + 900));
    }

    @Test
    void probes_end_with_the_continuous_part_of_the_watch() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage).in(time);

        // two hours and a bit of thirty seconds each, and not a week of them
        assertThat(stage.looks).isBetween(220, 270);
        assertThat(end.report().timeline())
                .extracting(LaunchReport.Line::text)
                .contains("signals are no longer sampled; the watch goes on with its checkpoints");
    }

    @Test
    void probing_goes_on_beyond_its_end_while_a_trigger_is_in_breach() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage)
                .at(H.plusMinutes(59), "the shop falls ill", control -> stage.unwell = true)
                .in(time);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
        assertThat(end.report().rollback().orElseThrow().cause()).contains("health-fails");
    }

    @Test
    void the_journal_is_the_same_byte_by_byte() {
        VirtualTime first = aWeekBefore();
        String one = rehearsal(new LittleStage(first)).in(first).journal();
        VirtualTime second = aWeekBefore();
        String other = rehearsal(new LittleStage(second)).in(second).journal();

        assertThat(one).isEqualTo(other).hasLineCount(other.split("\n", -1).length - 1);
    }

    @Test
    void what_happens_on_the_way_happens_at_its_time() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage)
                .at(H.plusMinutes(10), "the shop falls ill", control -> stage.unwell = true)
                .at(H.plusDays(2), "nobody is there any more", control -> {})
                .in(time);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
        assertThat(end.report().rollback().orElseThrow().total().orElseThrow()).isLessThan(minutes(5));
        assertThat(stage.ungate.effects()).hasSize(1);
        assertThat(end.missed()).containsExactly("nobody is there any more");
        assertThat(end.toString()).contains("did not happen: nobody is there any more");
    }

    @Test
    void what_people_do_after_a_rollback_is_asked_for_once_it_is_overdue_and_named_at_the_end() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage)
                .at(H.plusMinutes(10), "the shop falls ill", control -> stage.unwell = true)
                .in(time);

        assertThat(end.report().followUps())
                .extracting(LaunchReport.FollowUp::what)
                .containsExactly("find out why", "tell the customers");
        assertThat(end.report().why()).endsWith("; still to be done: find out why");
        assertThat(end.toString()).contains("followed up: tell the customers");
    }

    @Test
    void people_report_what_is_broken() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage)
                .at(
                        H.plusMinutes(10),
                        "the owner sees it",
                        control -> assertThat(control.report("BROKEN", Cast.person("owner"), "the prices are wrong"))
                                .matches(reply -> reply.accepted()))
                .in(time);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
    }

    @Test
    void what_somebody_refuses_ends_the_launch_before_anything_is_done() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage)
                .with(Cast.willing().refusing("legal", "the terms are those of last year"))
                .in(time);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.CANCELLED);
        assertThat(end.toString()).contains("the terms are those of last year");
        assertThat(stage.backup.effects()).isEmpty();
    }

    @Test
    void what_nobody_answers_ends_the_launch_once_people_are_out_of_patience() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage)
                .with(Cast.willing().silentOn("security").patience(minutes(20)))
                .in(time);

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.CANCELLED);
        assertThat(stage.backup.effects()).isEmpty();
    }

    @Test
    void it_can_be_left_off() {
        VirtualTime time = aWeekBefore();
        LittleStage stage = new LittleStage(time);

        Rehearsed end = rehearsal(stage).until(T.minusMinutes(10)).in(time);

        assertThat(end.state()).isEqualTo(LaunchState.LAUNCHING);
        assertThat(end.verdict()).isEmpty();
        assertThat(time.now()).isEqualTo(PLANNED.minusSeconds(600));
    }

    @Test
    void without_a_time_it_is_planned_so_that_every_moment_is_still_to_come() {
        VirtualTime time = VirtualTime.startingAt("2027-02-22T08:20:00Z");
        LittleStage stage = new LittleStage(time);

        Rehearsed end = Rehearsal.of(stage.plan())
                .against(stage.fakes())
                .until(T.minusDays(1))
                .in(time);

        assertThat(end.report().planned()).contains(Instant.parse("2027-03-01T09:00:00Z"));
    }

    @Test
    void what_is_written_can_be_read_and_is_intact(@TempDir Path folder) throws IOException {
        VirtualTime time = aWeekBefore();
        Rehearsed end = rehearsal(new LittleStage(time)).in(time);

        assertThat(end.writeTo(folder)).allSatisfy(file -> assertThat(file).isNotEmptyFile());

        assertThat(Journal.verify(folder.resolve("rehearsal.journal"))).matches(one -> one.intact());
        assertThat(LaunchReport.of(folder.resolve("rehearsal.journal")).state()).contains(LaunchState.COMPLETED);
    }

    @Test
    void the_course_of_it_reads_like_a_diary() {
        VirtualTime time = aWeekBefore();
        Rehearsed end = rehearsal(new LittleStage(time)).in(time);

        assertThat(end.toString())
                .startsWith("Rehearsal of The little shop in production, played: COMPLETED, GO\n")
                .contains("\nT-7d ")
                .contains("\nT-1:00:00 ")
                .contains("\nH+1d ")
                .contains("\nH+7d ");
        assertThat(end.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void production_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fakes.of(Environment.production("prod"), FakeNetwork.create()))
                .withMessageContaining("production");
    }
}
