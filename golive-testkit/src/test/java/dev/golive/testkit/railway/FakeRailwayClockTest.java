package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes on by itself as the clock goes: backups, metrics, requests, lines and what is used. */
class FakeRailwayClockTest extends OnFakeRailway {

    private final FakeRailwayService api =
            fake.service("api").source("acme/api", "main").deployed("aaaa111");

    private List<String> backups(FakeRailwayVolume volume) throws Exception {
        return ask(
                        "query($v: String!) { volumeInstanceBackupList(volumeInstanceId: $v) { id createdAt } }",
                        "v",
                        volume.instanceId())
                .findValuesAsText("createdAt")
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void a_schedule_makes_a_backup_at_each_midnight_and_keeps_it_for_its_time() throws Exception {
        FakeRailwayVolume volume = fake.volume("data").schedules("DAILY").backedUpBySchedule();

        for (int day = 0; day < 14; day++) {
            List<String> all = backups(volume);
            assertThat(all).hasSize(6);
            Instant newest = Instant.parse(all.get(5));
            assertThat(Duration.between(newest, time.now())).isEqualTo(Duration.ofHours(9));
            pass(Duration.ofDays(1));
        }
        assertThat(volume.backups()).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void weekly_and_monthly_backups_are_made_on_their_days() throws Exception {
        FakeRailwayVolume volume =
                fake.volume("data").schedules("WEEKLY", "MONTHLY").backedUpBySchedule();

        assertThat(backups(volume))
                .containsExactly(
                        "2027-01-01T00:00:00.000Z",
                        "2027-02-01T00:00:00.000Z",
                        "2027-02-07T00:00:00.000Z",
                        "2027-02-14T00:00:00.000Z",
                        "2027-02-21T00:00:00.000Z",
                        "2027-02-28T00:00:00.000Z",
                        "2027-03-01T00:00:00.000Z");
    }

    @Test
    void a_schedule_that_ended_makes_no_more_backups() throws Exception {
        FakeRailwayVolume volume = fake.volume("data").schedules("DAILY").backedUpBySchedule();
        ask(
                "mutation($v: String!) { volumeInstanceBackupScheduleUpdate(volumeInstanceId: $v, kinds: []) }",
                "v",
                volume.instanceId());
        pass(Duration.ofDays(3));

        assertThat(backups(volume)).hasSize(3);
    }

    @Test
    void a_metric_has_its_value_each_minute_whenever_the_service_runs() throws Exception {
        api.steadily("CPU_USAGE", 0.5).steadily("CPU_USAGE", START.plusSeconds(600), 2);
        String document = "query($e: String, $s: String, $start: DateTime!, $m: [MetricMeasurement!]!, $rate: Int) {"
                + " metrics(environmentId: $e, serviceId: $s, startDate: $start, measurements: $m, sampleRateSeconds: $rate) {"
                + " values { ts value } } }";
        pass(Duration.ofMinutes(12));
        JsonNode minutes = ask(
                        document,
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id(),
                        "start",
                        START.toString(),
                        "m",
                        List.of("CPU_USAGE"),
                        "rate",
                        60)
                .at("/metrics/0/values");
        assertThat(minutes.findValuesAsText("value"))
                .containsExactly(
                        "0.5", "0.5", "0.5", "0.5", "0.5", "0.5", "0.5", "0.5", "0.5", "0.5", "2.0", "2.0", "2.0");
        api.crashed();
        pass(Duration.ofMinutes(5));
        JsonNode fives = ask(
                        document,
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id(),
                        "start",
                        START.toString(),
                        "m",
                        List.of("CPU_USAGE"),
                        "rate",
                        300)
                .at("/metrics/0/values");
        assertThat(fives.findValuesAsText("value")).containsExactly("0.5", "0.5", "2.0");
    }

    @Test
    void requests_come_each_minute_and_meet_502_while_nothing_runs() throws Exception {
        api.servedEachMinute(200, 100);
        pass(Duration.ofMinutes(2));
        api.crashed();
        pass(Duration.ofMinutes(1));
        JsonNode all = ask(
                        "query($e: String!, $s: String!, $from: DateTime!, $to: DateTime!) { httpMetricsGroupedByStatus("
                                + "environmentId: $e, serviceId: $s, startDate: $from, endDate: $to, stepSeconds: 60) {"
                                + " statusCode samples { ts value } } }",
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id(),
                        "from",
                        START.toString(),
                        "to",
                        time.now().toString())
                .get("httpMetricsGroupedByStatus");

        assertThat(all.findValuesAsText("statusCode")).containsExactly("200", "502");
        assertThat(all.at("/0/samples").findValuesAsText("value")).containsExactly("100.0", "100.0");
        assertThat(all.at("/1/samples").findValuesAsText("value")).containsExactly("100.0");
        assertThatThrownBy(() -> api.servedEachMinute(200, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_line_is_logged_again_and_again() throws Exception {
        api.logEvery(Duration.ofSeconds(30), "info", "tick").log("error", "boom");
        String document =
                "query($d: String!, $n: Int, $f: String) { deploymentLogs(deploymentId: $d, limit: $n, filter: $f)"
                        + " { timestamp message } }";
        String id = api.deployments().get(0).id();
        pass(Duration.ofMinutes(2));

        assertThat(ask(document, "d", id, "n", 2).findValuesAsText("timestamp"))
                .containsExactly("2027-03-02T09:01:00Z", "2027-03-02T09:01:30Z", "2027-03-02T09:02:00Z");
        assertThat(ask(document, "d", id, "n", 9, "f", "@level:error").findValuesAsText("message"))
                .containsExactly("boom");
        JsonNode ofAll = ask(
                "query($e: String!, $before: String) { environmentLogs(environmentId: $e, beforeDate: $before) {"
                        + " message } }",
                "e",
                fake.environmentId(),
                "before",
                START.plusSeconds(1).toString());
        assertThat(ofAll.findValuesAsText("message")).containsExactly("tick", "tick", "tick", "tick");
        assertThatThrownBy(() -> api.logEvery(Duration.ZERO, "info", "tick"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_used_each_day_is_used_evenly() throws Exception {
        api.usedEachDay("CPU_USAGE", 48).used("CPU_USAGE", START.minusSeconds(60), 1);
        String document = "query($from: DateTime, $to: DateTime, $m: [MetricMeasurement!]!) { usage(startDate: $from,"
                + " endDate: $to, measurements: $m) { value } }";

        assertThat(ask(
                                document,
                                "from",
                                START.minusSeconds(3600).toString(),
                                "to",
                                START.toString(),
                                "m",
                                List.of("CPU_USAGE"))
                        .at("/usage/0/value")
                        .asDouble())
                .isEqualTo(3.0);
    }
}
