package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics, requests, logs, what is paid for, and regions. */
class FakeRailwayMeasuredTest extends OnFakeRailway {

    private static final String METRICS = "query($e: String, $s: String, $start: DateTime!, $end: DateTime, $m:"
            + " [MetricMeasurement!]!, $by: [MetricTag!], $rate: Int) { metrics(environmentId: $e, serviceId: $s,"
            + " startDate: $start, endDate: $end, measurements: $m, groupBy: $by, sampleRateSeconds: $rate) {"
            + " measurement tags { serviceId deploymentId volumeId } values { ts value } } }";
    private static final String LOGS = "query($d: String!, $n: Int, $f: String, $from: DateTime) { deploymentLogs("
            + "deploymentId: $d, limit: $n, filter: $f, startDate: $from) { timestamp message severity attributes { key"
            + " value } tags { deploymentId } } }";

    private final FakeRailwayService api =
            fake.service("api").source("acme/api", "main").deployed("aaaa111");
    private final Instant from = START.minusSeconds(600);

    private JsonNode metrics(Object... more) throws Exception {
        Object[] all = new Object[more.length + 6];
        List<Object> fixed = List.of("e", fake.environmentId(), "start", from.toString(), "m", List.of("CPU_USAGE"));
        for (int i = 0; i < 6; i++) {
            all[i] = fixed.get(i);
        }
        System.arraycopy(more, 0, all, 6, more.length);
        return ask(METRICS, all).get("metrics");
    }

    @Test
    void a_metric_without_data_has_no_values() throws Exception {
        JsonNode metrics = metrics("s", api.id());

        assertThat(metrics).hasSize(1);
        assertThat(metrics.at("/0/measurement").asText()).isEqualTo("CPU_USAGE");
        assertThat(metrics.at("/0/values")).isEmpty();
        assertThat(metrics.at("/0/tags/serviceId").asText()).isEqualTo(api.id());
    }

    @Test
    void values_are_told_within_the_range_and_averaged_in_steps() throws Exception {
        api.metric("CPU_USAGE", from.minusSeconds(1), 9)
                .metric("CPU_USAGE", from, Duration.ofSeconds(30), 1, 3, 5)
                .metric("CPU_USAGE", START.plusSeconds(30), 9)
                .metric("MEMORY_USAGE_GB", from, 9);

        assertThat(metrics("s", api.id()).at("/0/values").findValuesAsText("value"))
                .containsExactly("1.0", "3.0", "5.0");
        JsonNode minutes = metrics("s", api.id(), "rate", 60).at("/0/values");
        assertThat(minutes.findValuesAsText("value")).containsExactly("2.0", "5.0");
        assertThat(minutes.at("/0/ts").asLong()).isEqualTo(from.getEpochSecond());
        assertThat(metrics("s", api.id(), "end", from.plusSeconds(30).toString())
                        .at("/0/values")
                        .findValuesAsText("value"))
                .containsExactly("1.0", "3.0");
    }

    @Test
    void values_of_several_are_added_up_or_told_apart() throws Exception {
        FakeRailwayService web = fake.service("web").source("acme/web", "main").deployed("c1");
        api.metric("CPU_USAGE", from, 1);
        web.metric("CPU_USAGE", from, 2);
        fake.in("staging").service("api").metric("CPU_USAGE", from, 4);

        assertThat(metrics().at("/0/values/0/value").asDouble()).isEqualTo(3);
        JsonNode apart = metrics("by", List.of("SERVICE_ID", "DEPLOYMENT_ID"));
        assertThat(apart.findValuesAsText("serviceId")).containsExactly(api.id(), web.id());
        assertThat(apart.at("/1/tags/deploymentId").asText())
                .isEqualTo(web.deployments().get(0).id());
    }

    @Test
    void a_bad_date_is_not_explained() throws Exception {
        assertThat(refusal(METRICS, "start", "yesterday", "m", List.of("CPU_USAGE")))
                .isEqualTo("Problem processing request");
    }

    @Test
    void requests_are_counted_by_status() throws Exception {
        api.served(from, 200, 100)
                .served(from.plusSeconds(10), 200, 20)
                .served(from.plusSeconds(61), 502, 3)
                .served(from, 200, 7, Duration.ofMillis(5), "POST", "/orders");
        String document = "query($e: String!, $s: String!, $from: DateTime!, $to: DateTime!, $method: String) {"
                + " httpMetricsGroupedByStatus(environmentId: $e, serviceId: $s, startDate: $from, endDate: $to,"
                + " stepSeconds: 60, method: $method) { statusCode samples { ts value } } }";
        JsonNode all = ask(
                        document,
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id(),
                        "from",
                        from.toString(),
                        "to",
                        START.toString())
                .get("httpMetricsGroupedByStatus");

        assertThat(all.findValuesAsText("statusCode")).containsExactly("200", "502");
        assertThat(all.at("/0/samples/0/value").asDouble()).isEqualTo(127);
        assertThat(all.at("/1/samples/0/ts").asLong())
                .isEqualTo(from.plusSeconds(60).getEpochSecond());
        assertThat(ask(
                                document,
                                "e",
                                fake.environmentId(),
                                "s",
                                api.id(),
                                "from",
                                from.toString(),
                                "to",
                                START.toString(),
                                "method",
                                "POST")
                        .at("/httpMetricsGroupedByStatus/0/samples/0/value")
                        .asDouble())
                .isEqualTo(7);
    }

    @Test
    void durations_are_told_as_percentiles_of_the_requests() throws Exception {
        api.served(from, 200, 94, Duration.ofMillis(10))
                .served(from, 200, 4, Duration.ofMillis(100))
                .served(from, 500, 2, Duration.ofMillis(2500));
        JsonNode sample = ask(
                        "query($e: String!, $s: String!, $from: DateTime!, $to: DateTime!) { httpDurationMetrics("
                                + "environmentId: $e, serviceId: $s, startDate: $from, endDate: $to) { samples { p50 p90 p95"
                                + " p99 } } }",
                        "e",
                        fake.environmentId(),
                        "s",
                        api.id(),
                        "from",
                        from.toString(),
                        "to",
                        START.toString())
                .at("/httpDurationMetrics/samples/0");

        assertThat(sample).hasToString("{\"p50\":10.0,\"p90\":10.0,\"p95\":100.0,\"p99\":2500.0}");
    }

    @Test
    void a_log_has_one_line_more_than_was_asked_for_and_the_newest() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.log(START.minusSeconds(10 - i), "info", "line " + i, Map.of());
        }
        String id = api.deployments().get(0).id();

        assertThat(ask(LOGS, "d", id, "n", 2).findValuesAsText("message"))
                .containsExactly("line 2", "line 3", "line 4");
        assertThat(ask(LOGS, "d", id, "from", START.minusSeconds(7).toString()).findValuesAsText("message"))
                .containsExactly("line 3", "line 4");
        assertThat(ask(LOGS, "d", id).findValuesAsText("deploymentId")).containsOnly(id);
    }

    @Test
    void lines_are_filtered_by_text_level_and_attribute() throws Exception {
        api.log(START, "error", "Database is gone", Map.of("code", "57P01"))
                .log(START, "info", "request answered", Map.of()).log(START, "error", "cache is cold", Map.of());
        String id = api.deployments().get(0).id();

        assertThat(messages(id, "\"is gone\"")).containsExactly("Database is gone");
        assertThat(messages(id, "@level:error")).containsExactly("Database is gone", "cache is cold");
        assertThat(messages(id, "@level:error AND -cache")).containsExactly("Database is gone");
        assertThat(messages(id, "@code:57P01 OR answered")).containsExactly("Database is gone", "request answered");
        assertThat(messages(id, "nothing")).isEmpty();
    }

    private List<String> messages(String deployment, String filter) throws Exception {
        return ask(LOGS, "d", deployment, "f", filter).findValuesAsText("message");
    }

    @Test
    void a_line_belongs_to_what_was_live_and_a_build_has_its_own() throws Exception {
        api.log("info", "of the first").deployedBySomebody("bbbb222").log("info", "of the second");
        api.buildLog("error", "cannot build");
        String second = api.deployment("bbbb222").id();

        assertThat(messages(api.deployment("aaaa111").id(), "")).containsExactly("of the first");
        assertThat(messages(second, "")).containsExactly("of the second");
        assertThat(ask("query($d: String!) { buildLogs(deploymentId: $d) { message } }", "d", second)
                        .findValuesAsText("message"))
                .containsExactly("cannot build");
        assertThat(ask(
                                "query($e: String!) { environmentLogs(environmentId: $e) { message } }",
                                "e",
                                fake.environmentId())
                        .findValuesAsText("message"))
                .containsExactly("of the first", "of the second");
    }

    @Test
    void what_was_used_and_what_it_costs_is_told_to_the_workspace() throws Exception {
        api.used("CPU_USAGE", START.minusSeconds(5), 10).used("CPU_USAGE", START.minusSeconds(4), 5);
        fake.service("web").used("CPU_USAGE", START.minusSeconds(5), 1);
        fake.spent(12.5).usageLimit(10, 12).estimated("CPU_USAGE", 100);

        assertThat(ask("{ usage(measurements: [CPU_USAGE]) { value } }")
                        .at("/usage/0/value")
                        .asDouble())
                .isEqualTo(16);
        assertThat(ask("{ usage(measurements: [CPU_USAGE], groupBy: [SERVICE_ID]) { value tags { serviceId } } }")
                        .get("usage"))
                .hasSize(2);
        assertThat(ask("{ estimatedUsage(measurements: [CPU_USAGE, NETWORK_TX_GB]) { estimatedValue } }")
                        .get("estimatedUsage"))
                .hasToString("[{\"estimatedValue\":100.0}]");
        JsonNode workspace = ask(
                        "query($w: String!) { workspace(workspaceId: $w) { plan customer { currentUsage billingPeriod {"
                                + " start end } usageLimit { isOverLimit } } } }",
                        "w",
                        fake.workspaceId())
                .get("workspace");
        assertThat(workspace.get("plan").asText()).isEqualTo("PRO");
        assertThat(workspace.at("/customer/usageLimit/isOverLimit").asBoolean()).isTrue();
        assertThat(workspace.at("/customer/billingPeriod/end").asText()).isEqualTo("2027-04-01T00:00:00.000Z");
    }

    @Test
    void a_region_may_end() throws Exception {
        fake.deprecatedRegion("us-west2", "us-east4-eqdc4a");
        JsonNode regions =
                ask("{ regions { name deploymentConstraints { deprecationInfo { isDeprecated replacementRegion }"
                                + " } } }")
                        .get("regions");

        assertThat(regions).hasSize(4);
        assertThat(regions.at("/0/deploymentConstraints/deprecationInfo/replacementRegion")
                        .asText())
                .isEqualTo("us-east4-eqdc4a");
        assertThat(regions.at("/1/deploymentConstraints/deprecationInfo").isNull())
                .isTrue();
    }

    @Test
    void a_project_that_was_deleted_is_told_but_not_listed() throws Exception {
        fake.projectDeleted();

        assertThat(ask("query($p: String!) { project(id: $p) { deletedAt } }", "p", fake.projectId())
                        .at("/project/deletedAt")
                        .isNull())
                .isFalse();
        assertThat(ask("{ projects { edges { node { name } } } }").at("/projects/edges"))
                .isEmpty();
    }
}
