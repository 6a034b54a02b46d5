package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Finding;
import dev.golive.testkit.aws.FakeLogGroup;
import dev.golive.testkit.aws.FakeMetric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes on by itself in the fake while weeks go by, as the real checks see it. */
class SteadyTest extends OnFakeAws {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final String LOGS = "/aws/apprunner/shop-web/1/application";

    /** What a check says over two weeks, at all times of day. */
    private List<Finding> forTwoWeeks(Check check) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            findings.add(examine(check).finding());
            time.advance(Duration.ofHours(7));
        }
        return findings;
    }

    private FakeMetric errors() {
        return fake.metric("AWS/AppRunner", "5xxStatusResponses", Map.of("ServiceName", "shop-web"));
    }

    private MetricValue seen() {
        return aws.metrics("AWS/AppRunner").dimension("ServiceName", "shop-web").metric("5xxStatusResponses");
    }

    @Test
    void a_database_with_daily_snapshots_always_has_a_recent_one() throws InterruptedException {
        fake.rds("shop-db").dailySnapshots();

        assertThat(forTwoWeeks(aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(24))))
                .containsOnly(Finding.PASSED);
    }

    @Test
    void daily_snapshots_begin_with_the_backup_window() throws InterruptedException {
        fake.rds("shop-db").dailySnapshots().backupWindow("08:30-09:00");
        Check check = aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(Duration.ofMinutes(31));

        assertThat(examine(check).finding()).isEqualTo(Finding.PASSED);
        time.advance(Duration.ofMinutes(2));
        assertThat(examine(check).finding()).isEqualTo(Finding.FAILED);
    }

    @Test
    void the_last_daily_snapshot_is_the_last_one() throws InterruptedException {
        fake.rds("shop-db").dailySnapshots().noDailySnapshotsAfter(time.now());
        Check check = aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(25));

        assertThat(examine(check).finding()).isEqualTo(Finding.PASSED);
        time.advance(Duration.ofDays(1));
        assertThat(examine(check).finding()).isEqualTo(Finding.FAILED);
    }

    @Test
    void daily_snapshots_are_not_kept_for_longer_than_backups() {
        Check check = aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(Duration.ofDays(30));

        fake.rds("shop-db").dailySnapshots().noDailySnapshotsAfter(time.now().minus(Duration.ofDays(6)));
        assertThat(examine(check).finding()).isEqualTo(Finding.PASSED);
        fake.rds("shop-db").noDailySnapshotsAfter(time.now().minus(Duration.ofDays(8)));
        assertThat(examine(check).finding()).isNotEqualTo(Finding.PASSED);
    }

    @Test
    void an_instance_that_was_made_anew_has_none_of_its_own_yet() throws InterruptedException {
        fake.rds("shop-db").dailySnapshots().madeAnew();
        Check check = aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(24));

        assertThat(examine(check).finding()).isNotEqualTo(Finding.PASSED);
        time.advance(Duration.ofDays(1));
        assertThat(examine(check).finding()).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_steady_metric_has_data_at_all_times() throws InterruptedException {
        errors().steady(MINUTE, 2, 1);

        assertThat(forTwoWeeks(seen().sum(Expect.is(90.0), HALF_AN_HOUR))).containsOnly(Finding.PASSED);
    }

    @Test
    void a_steady_metric_has_other_values_from_an_instant_on() throws InterruptedException {
        Instant worse = time.now().plus(Duration.ofHours(1));
        errors().steady(MINUTE, 0).steady(worse, MINUTE, 25);
        Check check = seen().maximum(Expect.atMost(0.0), HALF_AN_HOUR);

        assertThat(examine(check).finding()).isEqualTo(Finding.PASSED);
        time.advance(Duration.ofMinutes(100));
        assertThat(examine(check).finding()).isEqualTo(Finding.FAILED);
    }

    @Test
    void a_metric_that_is_steady_without_values_has_no_data() {
        errors().steady(MINUTE, 0).steady(time.now().minus(Duration.ofHours(2)), MINUTE);

        assertThat(examine(seen().maximum(Expect.atMost(0.0), HALF_AN_HOUR)).finding())
                .isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void single_values_come_on_top_of_steady_ones() {
        errors().steady(MINUTE, 1).add(time.now().minus(Duration.ofMinutes(10)), 7);

        assertThat(examine(seen().sum(Expect.is(37.0), HALF_AN_HOUR)).finding()).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_log_group_with_a_line_every_so_often_streams_at_all_times() throws InterruptedException {
        fake.logGroup(LOGS).logEvery(MINUTE, "GET /health 200");

        assertThat(forTwoWeeks(aws.logGroup(LOGS).isStreaming(Duration.ofMinutes(2))))
                .containsOnly(Finding.PASSED);
        assertThat(forTwoWeeks(aws.logGroup(LOGS).hasNoMatch("ERROR", HALF_AN_HOUR)))
                .containsOnly(Finding.PASSED);
        assertThat(examine(aws.logGroup(LOGS).hasNoMatch("health", HALF_AN_HOUR))
                        .finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void a_log_group_can_fall_silent() throws InterruptedException {
        FakeLogGroup group = fake.logGroup(LOGS).logEvery(MINUTE, "GET /health 200");
        group.silentFrom(time.now().plus(HALF_AN_HOUR));
        Check check = aws.logGroup(LOGS).isStreaming(Duration.ofMinutes(2));

        assertThat(examine(check).finding()).isEqualTo(Finding.PASSED);
        time.advance(Duration.ofHours(1));
        assertThat(examine(check).finding()).isNotEqualTo(Finding.PASSED);
    }

    @Test
    void nothing_goes_on_more_often_than_every_second() {
        Duration often = Duration.ofMillis(999);
        assertThatThrownBy(() -> errors().steady(often, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fake.logGroup(LOGS).logEvery(often, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
