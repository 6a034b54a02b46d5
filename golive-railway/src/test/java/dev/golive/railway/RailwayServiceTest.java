package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.railway.FakeRailwayService;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RailwayServiceTest extends OnFakeRailway {

    private static final String V1 = "aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1";
    private static final String V2 = "bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2";

    private final RailwayService api = railway.service("api");
    private final RailwayService db = railway.service("postgres");

    @BeforeEach
    void deploy() {
        api().source("acme/api", "main")
                .healthcheckPath("/health")
                .region("europe-west4-drams3a", 2)
                .deployed(V1)
                .deployed(V2);
        fake.service("postgres")
                .image("ghcr.io/railwayapp-templates/postgres-ssl:15.4")
                .deployed("first");
    }

    private FakeRailwayService api() {
        return fake.service("api");
    }

    private void assertPasses(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome.finding()).as(outcome.toString()).isEqualTo(Finding.PASSED);
    }

    private String failing(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome.finding()).as(outcome.toString()).isEqualTo(Finding.FAILED);
        return outcome.why();
    }

    private String unknown(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome.finding()).as(outcome.toString()).isEqualTo(Finding.UNKNOWN);
        return outcome.why();
    }

    private List<Check> passing() {
        return List.of(
                api.exists(),
                api.isLive(),
                api.commit("bbbb222"),
                api.commit(V2.toUpperCase(Locale.ROOT)),
                api.commit(Expect.startingWith("bbbb")),
                api.imageDigest(api().live().orElseThrow().digest()),
                api.region("europe-west4-drams3a"),
                api.region(Expect.startingWith("europe-")),
                api.replicas(Expect.is(2)),
                api.healthcheckPath("/health"),
                api.repository("acme/api"),
                api.branch("main"),
                api.deploysFrom("main"),
                api.hasNothingUnderWay(),
                api.hasDeploymentOf("bbbb222"),
                api.isReadyToDeploy("main"),
                api.latestDeploymentSucceeded(),
                api.runsAllTheTime(),
                db.exists(),
                db.image("ghcr.io/railwayapp-templates/postgres-ssl:15.4"),
                db.image(Expect.containing("postgres")),
                db.imageVersion("15"));
    }

    @Test
    void what_is_as_it_should_be_passes() {
        passing().forEach(this::assertPasses);
    }

    @Test
    void faults_are_unknown() {
        for (Check check : passing()) {
            assertThat(notUnknown(check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void a_list_that_ends_with_a_fault_is_unknown() {
        fake.fault("deployments", RailwayFault.problemProcessing());
        unknown(api.hasNothingUnderWay());
        unknown(api.isReadyToDeploy("main"));
        fake.mend();
        fake.fault("deploymentTriggers", RailwayFault.nullData());
        unknown(api.deploysFrom("main"));
        unknown(api.isReadyToDeploy("main"));
    }

    @Test
    void what_is_otherwise_fails_and_says_how() {
        assertThat(failing(api.commit("cccc333"))).contains(V2);
        assertThat(failing(api.commit(Expect.startingWith("cccc")))).contains(V2);
        assertThat(failing(api.imageDigest("sha256:" + "0".repeat(64)))).contains("sha256:");
        assertThat(failing(api.region("us-west2"))).contains("europe-west4-drams3a");
        assertThat(failing(api.replicas(Expect.atLeast(3)))).contains("2");
        assertThat(failing(api.healthcheckPath("/"))).contains("/health");
        assertThat(failing(api.repository("acme/web"))).contains("acme/api");
        assertThat(failing(api.branch("develop"))).contains("main");
        assertThat(failing(api.deploysFrom("develop"))).contains("main");
        assertThat(failing(api.isReadyToDeploy("develop"))).contains("develop");
        assertThat(failing(api.image("acme/api"))).contains("what Railway built from acme/api");
        assertThat(failing(api.imageVersion("15"))).contains("what Railway built");
        assertThat(failing(db.image("postgres:15"))).contains("postgres-ssl");
        assertThat(failing(db.deploysFrom("main"))).isEqualTo("no push is deployed");
    }

    @Test
    void a_service_that_is_not_there_fails_all_of_them() {
        RailwayService nowhere = railway.service("nowhere");
        for (Check check : List.of(
                nowhere.exists(),
                nowhere.isLive(),
                nowhere.commit("bbbb222"),
                nowhere.image("x"),
                nowhere.region("x"),
                nowhere.replicas(Expect.is(1)),
                nowhere.healthcheckPath("/"),
                nowhere.repository("x"),
                nowhere.deploysFrom("main"),
                nowhere.hasNothingUnderWay(),
                nowhere.isReadyToDeploy("main"),
                nowhere.latestDeploymentSucceeded(),
                nowhere.runsAllTheTime())) {
            assertThat(failing(check)).isEqualTo("there is no Railway service nowhere of shop/production");
        }
    }

    @Test
    void a_service_that_was_deleted_here_does_not_exist() {
        api().deleted();

        failing(api.exists());
    }

    @Test
    void sentences_name_the_service() {
        assertThat(api.exists().sentence()).isEqualTo("Railway service api of shop/production exists");
        assertThat(db.imageVersion("15").sentence())
                .isEqualTo("the version of the image of Railway service postgres of shop/production is 15");
    }

    // ---- versions

    @ParameterizedTest
    @CsvSource({
        "15, postgres:15, PASSED",
        "15, postgres:15.4, PASSED",
        "15, postgres:15-alpine, PASSED",
        "15, postgres:15.4-alpine3.20, PASSED",
        "15, registry.example:5000/postgres:15, PASSED",
        "15.4, postgres:15.4.1, PASSED",
        "15, postgres:150, FAILED",
        "15, postgres:16, FAILED",
        "15, postgres:16-15, FAILED",
        "15.4, postgres:15.40, FAILED",
        "15.4, postgres:15, UNKNOWN",
        "15, postgres:latest, UNKNOWN",
        "15, postgres:alpine15, UNKNOWN",
        "15, postgres, UNKNOWN",
        "15, registry.example:15/postgres, UNKNOWN",
    })
    void a_version_is_that_of_the_tag(String version, String image, Finding expected) {
        fake.service("other").image(image).deployed("first");

        assertThat(examine(railway.service("other").imageVersion(version)).finding())
                .isEqualTo(expected);
    }

    @Test
    void a_tag_before_a_digest_is_read_and_a_digest_alone_tells_no_version() {
        String digest = "@sha256:" + "a".repeat(64);
        fake.service("one").image("postgres:15.4" + digest).deployed("first");
        fake.service("two").image("postgres" + digest).deployed("first");

        assertPasses(railway.service("one").imageVersion("15"));
        unknown(railway.service("two").imageVersion("15"));
    }

    @Test
    void what_is_no_version_commit_or_digest_is_refused_where_it_is_written() {
        assertThatThrownBy(() -> db.imageVersion("latest")).hasMessageContaining("version must be a number");
        assertThatThrownBy(() -> db.imageVersion("15.")).hasMessageContaining("version must be a number");
        assertThatThrownBy(() -> api.commit("abc")).hasMessageContaining("7 to 64 hexadecimal");
        assertThatThrownBy(() -> api.imageDigest("sha256:abc")).hasMessageContaining("64 hexadecimal");
        assertThatThrownBy(() -> api.region(" ")).hasMessageContaining("blank");
    }

    @Test
    void what_is_configured_for_later_is_not_what_runs() throws InterruptedException {
        fake.service("postgres").image("postgres:17").pushed("second");
        failing(db.imageVersion("17"));
        assertPasses(db.imageVersion("15"));

        time.advance(Duration.ofMinutes(5));
        assertPasses(db.imageVersion("17"));
    }

    // ---- what is not told

    @Test
    void what_is_not_told_is_not_proven() {
        fake.service("bare").deployed(V1);
        api().withoutDigests();

        unknown(railway.service("bare").region("us-west2"));
        assertPasses(railway.service("bare").replicas(Expect.is(1)));
        unknown(api.imageDigest("sha256:" + "0".repeat(64)));
        unknown(db.commit("bbbb222"));
        unknown(db.branch("main"));
        failing(railway.service("bare").healthcheckPath("/health"));
    }

    @Test
    void an_older_deployment_tells_its_one_region() {
        fake.service("old").configured("region", "us-west1").replicas(3).deployed(V1);

        assertPasses(railway.service("old").region("us-west1"));
        assertPasses(railway.service("old").replicas(Expect.is(3)));
    }

    @Test
    void all_regions_are_judged_and_counted() {
        fake.service("wide")
                .region("us-west2", 1)
                .region("europe-west4-drams3a", 2)
                .deployed(V1);
        RailwayService wide = railway.service("wide");

        assertThat(failing(wide.region("europe-west4-drams3a"))).isEqualTo("it runs in us-west2");
        assertPasses(wide.region(Expect.oneOf("us-west2", "europe-west4-drams3a")));
        assertPasses(wide.replicas(Expect.is(3)));
    }

    @Test
    void regions_and_replicas_that_make_no_sense_are_not_proven() {
        Map<String, Object> regions = new HashMap<>();
        regions.put("us-west2", Map.of());
        regions.put("us-east4-eqdc4a", null);
        fake.service("odd").configured("multiRegionConfig", regions).deployed(V1);
        fake.service("less")
                .configured("multiRegionConfig", Map.of("us-west2", Map.of("numReplicas", -1)))
                .deployed(V1);
        fake.service("none").configured("multiRegionConfig", Map.of()).deployed(V1);

        assertPasses(railway.service("odd").region("us-west2"));
        unknown(railway.service("odd").replicas(Expect.is(1)));
        unknown(railway.service("less").replicas(Expect.atMost(5)));
        unknown(railway.service("none").region("us-west2"));
        unknown(railway.service("none").replicas(Expect.atMost(5)));
    }

    @Test
    void nothing_that_runs_is_asked_about_where_nothing_runs() {
        fake.service("empty");
        RailwayService empty = railway.service("empty");

        assertThat(failing(empty.commit("bbbb222"))).contains("no deployment is active");
        assertThat(failing(empty.latestDeploymentSucceeded())).isEqualTo("nothing was deployed");
        assertThat(failing(empty.runsAllTheTime())).contains("nothing runs");
        assertThat(failing(empty.isLive())).contains("no deployment is active");
    }

    @Test
    void details_that_come_as_text_are_read_like_an_object() {
        fake.metaAsText();

        passing().forEach(this::assertPasses);
    }

    @Test
    void pages_are_read_to_their_end() {
        fake.pageSize(1);
        api().pushedElsewhere("cccc333").pushedElsewhere("dddd444");

        assertPasses(api.latestDeploymentSucceeded());
        assertPasses(api.isReadyToDeploy("main"));
        fake.endlessPages();
        unknown(api.deploysFrom("main"));
    }

    // ---- statuses

    /** The newest deployment has a status; what was live before it goes on. */
    @ParameterizedTest
    @CsvSource({
        "QUEUED, UNKNOWN, FAILED",
        "WAITING, UNKNOWN, FAILED",
        "INITIALIZING, UNKNOWN, FAILED",
        "BUILDING, UNKNOWN, FAILED",
        "DEPLOYING, UNKNOWN, FAILED",
        "NEEDS_APPROVAL, UNKNOWN, FAILED",
        "FAILED, FAILED, PASSED",
        "CRASHED, FAILED, PASSED",
        "REMOVING, FAILED, PASSED",
        "REMOVED, FAILED, PASSED",
        "SKIPPED, PASSED, PASSED",
        "SUCCESS, PASSED, PASSED",
        "SLEEPING, PASSED, PASSED",
        "CANCELLED, FAILED, PASSED",
        "HIBERNATING, UNKNOWN, UNKNOWN",
        "Success, UNKNOWN, UNKNOWN",
    })
    void every_status_of_the_newest_deployment_has_its_meaning(String status, Finding succeeded, Finding quiet) {
        api().pushedElsewhere("cccc333").status(status);

        assertThat(examine(api.latestDeploymentSucceeded()).finding()).isEqualTo(succeeded);
        assertThat(examine(api.hasNothingUnderWay()).finding()).isEqualTo(quiet);
        assertThat(examine(api.isReadyToDeploy("main")).finding()).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, PASSED",
        "SLEEPING, PASSED",
        "CRASHED, FAILED",
        "FAILED, FAILED",
        "REMOVING, FAILED",
        "REMOVED, FAILED",
        "SKIPPED, FAILED",
        "QUEUED, FAILED",
        "WAITING, FAILED",
        "INITIALIZING, FAILED",
        "BUILDING, FAILED",
        "DEPLOYING, FAILED",
        "NEEDS_APPROVAL, FAILED",
    })
    void every_status_of_the_only_deployment_says_whether_it_is_live(String status, Finding expected) {
        fake.service("single").deployed(V1).status(status);

        assertThat(examine(railway.service("single").isLive()).finding()).isEqualTo(expected);
        assertThat(examine(railway.service("single").commit(V1)).finding()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushed", "building", "approval"})
    void what_waits_or_builds_is_named(String how) {
        switch (how) {
            case "pushed" -> api().waitingForChecks().pushed("cccc333");
            case "approval" -> api().needingApproval().pushed("cccc333");
            default -> api().deployingBySomebody("cccc333");
        }

        assertThat(failing(api.hasNothingUnderWay())).contains("deployment ");
        assertThat(unknown(api.latestDeploymentSucceeded())).contains("under way");
        assertPasses(api.isLive());
        assertPasses(api.commit(V2));
    }

    @Test
    void a_push_has_begun_a_deployment_however_far_it_is_unless_it_was_skipped() {
        String pushed = "cccc333cccc333cccc333cccc333cccc333cccc3";
        assertThat(failing(api.hasDeploymentOf(pushed))).isEqualTo("there is no deployment of the commit");

        api().pushedElsewhere(pushed);
        assertThat(failing(api.hasDeploymentOf(pushed))).contains("skipped");

        api().waitingForChecks().pushed(pushed);
        assertPasses(api.hasDeploymentOf("cccc333"));
        api().status("HIBERNATING");
        unknown(api.hasDeploymentOf("cccc333"));
    }

    @Test
    void a_failed_deployment_fails_though_the_one_before_is_live() throws InterruptedException {
        api().failingBuilds().pushed("cccc333");
        time.advance(Duration.ofMinutes(5));

        assertThat(failing(api.latestDeploymentSucceeded())).contains("build");
        assertPasses(api.isLive());
        assertPasses(api.hasNothingUnderWay());
    }

    @Test
    void what_crashed_with_some_instances_running_is_live_and_what_crashed_wholly_is_not() {
        api().crashed(1);
        assertPasses(api.isLive());
        assertPasses(api.latestDeploymentSucceeded());

        api().crashed();
        failing(api.isLive());
        failing(api.latestDeploymentSucceeded());
    }

    @Test
    void a_process_that_has_ended_does_not_serve() {
        api().completed();

        failing(api.isLive());
        assertThat(failing(api.latestDeploymentSucceeded())).contains("process has ended");
        failing(api.runsAllTheTime());
    }

    @Test
    void a_worker_with_a_schedule_or_one_that_sleeps_does_not_run_all_the_time() {
        fake.service("cron").configured("cronSchedule", "0 3 * * *").deployed(V1);
        fake.service("lazy").configured("sleepApplication", true).deployed(V1);

        assertThat(failing(railway.service("cron").runsAllTheTime())).contains("0 3 * * *");
        assertThat(failing(railway.service("lazy").runsAllTheTime())).contains("sleeps");
    }

    @Test
    void what_runs_on_a_schedule_has_succeeded_when_its_process_has_ended() {
        fake.service("cron")
                .configured("cronSchedule", "0 3 * * *")
                .deployed(V1)
                .completed();

        assertPasses(railway.service("cron").latestDeploymentSucceeded());
        assertPasses(railway.service("cron").commit(V1));
        failing(railway.service("cron").isLive());
    }
}
