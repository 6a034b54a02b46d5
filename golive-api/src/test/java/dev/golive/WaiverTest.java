package dev.golive;

import static dev.golive.Canned.failing;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static dev.golive.Canned.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaiverTest {

    private static final Person BOSS = Person.human("ann", "boss");
    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));
    private static final Item FAILED = failing("a").as("A");

    private static Report runWith(Item item, Waiver... waivers) {
        return run(
                GoLive.builder().waivers(waivers),
                Checklist.named("list").require(item).require(passing("b")).build());
    }

    private static void doesNotHelp(Item item, Waiver waiver, String because) {
        Report report = runWith(item, waiver);
        assertThat(result(report, "A").status()).isEqualTo(Status.FAILED);
        assertThat(result(report, "A").why()).contains("its waiver does not count", because);
        assertThat(report.remarks()).singleElement().asString().contains("does not count", because);
        assertThat(report.verdict()).isEqualTo(Verdict.NO_GO);
    }

    @Test
    void a_waived_failure_says_by_whom_why_until_when_and_what_it_was() {
        Report report = runWith(FAILED, Waiver.of(FAILED, BOSS, "known and harmless", TOMORROW));
        ItemResult waived = result(report, "A");
        assertThat(waived.status()).isEqualTo(Status.WAIVED);
        assertThat(waived.why())
                .contains("waived by ann (boss)", TOMORROW.toString(), "known and harmless", "FAILED: a is wrong");
        assertThat(waived.fact("waived status")).contains("FAILED");
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
        assertThat(report.remarks()).isEmpty();
    }

    @Test
    void a_waiver_helps_what_could_not_be_found_out_too() {
        Item item = unknown("a").as("A");
        Report report = runWith(item, Waiver.of(item, BOSS, "fine", TOMORROW));
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL_GO);
    }

    @Test
    void an_expired_waiver_no_longer_helps_and_says_so() {
        doesNotHelp(FAILED, Waiver.of(FAILED, BOSS, "fine", Instant.now().minusSeconds(1)), "it expired at");
    }

    @Test
    void nobody_waives_an_item_of_their_own_role() {
        doesNotHelp(FAILED.ownedBy("boss"), Waiver.of(FAILED, BOSS, "fine", TOMORROW), "who owns the item");
    }

    @Test
    void automation_waives_nothing() {
        doesNotHelp(FAILED, Waiver.of(FAILED, Person.automation("bot", "boss"), "fine", TOMORROW), "bot is automation");
    }

    @Test
    void a_person_without_a_role_waives_nothing() {
        doesNotHelp(FAILED, Waiver.of(FAILED, Person.human("joe"), "fine", TOMORROW), "acts in no role");
    }

    @Test
    void an_item_that_is_not_waivable_is_not_helped() {
        doesNotHelp(FAILED.notWaivable(), Waiver.of(FAILED, BOSS, "fine", TOMORROW), "not waivable");
    }

    @Test
    void one_good_waiver_beside_a_bad_one_helps() {
        Report report = runWith(
                FAILED,
                Waiver.of(FAILED, Person.human("joe"), "no role", TOMORROW),
                Waiver.of(FAILED, BOSS, "fine", TOMORROW));
        assertThat(result(report, "A").status()).isEqualTo(Status.WAIVED);
    }

    @Test
    void a_waiver_of_something_that_passed_changes_nothing() {
        Item item = passing("a").as("A");
        Report report = runWith(item, Waiver.of(item, BOSS, "fine", TOMORROW));
        assertThat(report.verdict()).isEqualTo(Verdict.GO);
    }

    @Test
    void a_waiver_of_an_item_that_is_not_there_is_remarked() {
        Report report = runWith(passing("a").as("A"), Waiver.of("Z", BOSS, "fine", TOMORROW));
        assertThat(report.remarks()).containsExactly("There is no item Z to waive");
    }

    @Test
    void what_is_waived_lets_what_comes_after_it_go_ahead() {
        Report report = run(
                GoLive.builder().waivers(Waiver.of(FAILED, BOSS, "fine", TOMORROW)),
                Checklist.named("list")
                        .require(FAILED)
                        .require(passing("b").as("B").after(FAILED))
                        .build());
        assertThat(result(report, "B").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void waivers_alone_never_come_to_a_go() {
        Report report = run(
                GoLive.builder().waivers(Waiver.of(FAILED, BOSS, "fine", TOMORROW)),
                Checklist.named("list").require(FAILED).build());
        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void a_waived_item_that_failed_twice_is_not_flaky() {
        Item item = Canned.inTurn("a", Outcome.failed("one"), Outcome.failed("two"))
                .retrying(1)
                .as("A");
        Report report = runWith(item, Waiver.of(item, BOSS, "fine", TOMORROW));
        assertThat(result(report, "A").status()).isEqualTo(Status.WAIVED);
        assertThat(result(report, "A").isFlaky()).isFalse();
    }

    @Test
    void an_item_without_an_explicit_id_cannot_be_waived() {
        assertThatThrownBy(() -> Waiver.of(Item.of(passing("a")), BOSS, "fine", TOMORROW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("item must have an explicit id");
    }
}
