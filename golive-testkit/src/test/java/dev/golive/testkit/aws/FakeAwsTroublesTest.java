package dev.golive.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.testkit.Asked;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** What the fake was asked, and what it lists that may go wrong. */
class FakeAwsTroublesTest {

    private static final Set<String> ASKED = Set.of(
            "rds:DescribeDBInstances shop-db",
            "rds:DescribeDBInstances other-db",
            "rds:CreateDBSnapshot shop-db",
            "sts:GetCallerIdentity");

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");

    private FakeAws started() {
        FakeAws fake = FakeAws.start(time);
        fake.alarm("shop-5xx").state("OK").action("arn:aws:sns:eu-north-1:123456789012:alerts");
        fake.rds("shop-db").encrypted().dailySnapshots();
        fake.appRunner("shop-web").variable("LOGIN_MOCK", "false").domain("shop.example");
        fake.secret("shop/db").text("{\"password\":\"correct-horse\"}");
        fake.bucket("shop-files").versioned().object("a.txt", "a");
        fake.ecr("shop").image("1.0", "sha256:" + "a1".repeat(32));
        fake.logGroup("/shop").retention(30);
        fake.topic("alerts").subscribe("email", "ops@shop.example").confirm("ops@shop.example");
        fake.hostedZone("shop.example").record("shop.example", "A", "192.0.2.10");
        fake.lambda("mailer", "live").variable("MODE", "live");
        fake.ecs("live", "worker").variable("MODE", "live");
        fake.metric("AWS/AppRunner", "Requests", Map.of("ServiceName", "shop-web"))
                .steady(Duration.ofMinutes(1), 120);
        return fake;
    }

    private static List<String> told(List<Trouble> troubles) {
        return troubles.stream()
                .map(one ->
                        one.kind() + "|" + one.id() + "|" + one.sentence() + "|" + one.about() + "|" + one.isHarmless())
                .toList();
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
            FakeAws fake, SdkHttpClient http, B builder) {
        return builder.region(Region.of(fake.region()))
                .endpointOverride(fake.uri())
                .httpClient(http)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(fake.accessKeyId(), "fake-secret-access-key-of-the-testkit")))
                .build();
    }

    @Test
    void it_tells_what_it_was_asked_with_the_resource() {
        try (FakeAws fake = started();
                SdkHttpClient http = UrlConnectionHttpClient.create();
                RdsClient rds = client(fake, http, RdsClient.builder());
                StsClient sts = client(fake, http, StsClient.builder());
                CloudWatchClient monitoring = client(fake, http, CloudWatchClient.builder())) {
            sts.getCallerIdentity();
            rds.describeDBInstances(request -> request.dbInstanceIdentifier("shop-db"));
            rds.describeDBInstances();
            rds.createDBSnapshot(
                    request -> request.dbInstanceIdentifier("shop-db").dbSnapshotIdentifier("before-launch"));
            monitoring.describeAlarms(request -> request.alarmNames("shop-5xx", "shop-4xx"));

            assertThat(fake.asked())
                    .extracting(Asked::what)
                    .containsExactly(
                            "sts:GetCallerIdentity",
                            "rds:DescribeDBInstances shop-db",
                            "rds:DescribeDBInstances",
                            "rds:CreateDBSnapshot shop-db",
                            "monitoring:DescribeAlarms shop-5xx,shop-4xx");
            assertThat(fake.asked())
                    .filteredOn(Asked::changes)
                    .extracting(Asked::what)
                    .containsExactly("rds:CreateDBSnapshot shop-db");
            assertThat(fake.asked()).allMatch(asked -> asked.at().equals(time.now()));
            assertThat(fake.plays()).isEqualTo("AWS 123456789012");
        }
    }

    @Test
    void each_trouble_has_an_id_of_its_own() {
        try (FakeAws fake = started()) {
            assertThat(fake.troubles(ASKED)).hasSizeGreaterThan(90);
            assertThat(fake.troubles(ASKED)).extracting(Trouble::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void fakes_that_are_alike_list_alike_and_listing_changes_nothing() {
        try (FakeAws one = started();
                FakeAws other = started()) {
            List<String> first = told(one.troubles(ASKED));

            assertThat(told(one.troubles(ASKED))).isEqualTo(first);
            assertThat(told(other.troubles(ASKED))).isEqualTo(first);
            assertThat(one.number()).isEqualTo(other.number());
            assertThat(one.asked()).isEmpty();
        }
    }

    @Test
    void services_that_were_used_in_another_order_list_alike() {
        try (FakeAws one = FakeAws.start(time);
                FakeAws other = FakeAws.start(time)) {
            one.rds("shop-db");
            one.keyPair("ops");
            other.keyPair("ops");
            other.rds("shop-db");

            assertThat(told(one.troubles(Set.of()))).isEqualTo(told(other.troubles(Set.of())));
        }
    }

    @Test
    void there_is_one_of_each_fault_for_each_operation_that_is_asked() {
        try (FakeAws fake = FakeAws.start(time)) {
            assertThat(fake.troubles(ASKED))
                    .filteredOn(one -> one.kind() == Trouble.Kind.FAULT)
                    .extracting(Trouble::id)
                    .contains(
                            "rds:CreateDBSnapshot lost answer",
                            "rds:DescribeDBInstances access denied",
                            "rds:DescribeDBInstances stale by PT30S",
                            "sts:GetCallerIdentity throttled")
                    .doesNotContain("rds:CreateDBSnapshot stale by PT30S", "sts:GetCallerIdentity lost answer")
                    .hasSize(3 * (AwsFault.catalogue().size() - 1));
            assertThat(fake.troubles(Set.of())).isEmpty();
        }
    }

    @Test
    void the_catalogue_has_all_faults() {
        assertThat(AwsFault.catalogue())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrderElementsOf(List.of(AwsFault.class.getPermittedSubclasses()));
        assertThat(AwsFault.catalogue()).containsAll(AwsFault.noAnswers());
    }

    @Test
    void a_fault_concerns_its_operation_whatever_the_resource() {
        try (FakeAws fake = FakeAws.start(time)) {
            Trouble denied = trouble(fake, "rds:DescribeDBInstances access denied");

            assertThat(denied.concerns("rds:DescribeDBInstances shop-db")).isTrue();
            assertThat(denied.concerns("rds:DescribeDBInstances")).isTrue();
            assertThat(denied.concerns("rds:DescribeDBInstancesOfAll")).isFalse();
            assertThat(denied.concerns("rds:DescribeDBSnapshots shop-db")).isFalse();
        }
    }

    @Test
    void a_drift_concerns_who_asks_about_its_resource() {
        try (FakeAws fake = started()) {
            Trouble open = trouble(fake, "rds shop-db public");

            assertThat(open.concerns("rds:DescribeDBInstances shop-db")).isTrue();
            assertThat(open.concerns("rds:DescribeDBInstances SHOP-DB")).isTrue();
            assertThat(open.concerns("rds:DescribeDBInstances")).isTrue();
            assertThat(open.concerns("rds:DescribeDBInstances other")).isFalse();
            assertThat(open.concerns("ec2:DescribeSecurityGroups shop-db")).isFalse();
            assertThat(trouble(fake, "apprunner shop-web LOGIN_MOCK unset").concerns("apprunner:ListServices"))
                    .isFalse();
            assertThat(trouble(fake, "apprunner shop-web paused").concerns("apprunner:ListServices"))
                    .isTrue();
            assertThat(trouble(fake, "ecr shop 1.0 gone").concerns("apprunner:UpdateService arn:shop-web"))
                    .isTrue();
        }
    }

    @Test
    void what_only_an_operation_meets_is_listed_only_if_it_is_asked() {
        try (FakeAws fake = started()) {
            assertThat(fake.troubles(ASKED)).extracting(Trouble::id).contains("rds shop-db no new snapshot");
            assertThat(fake.troubles(Set.of("rds:CreateDBSnapshot other-db")))
                    .extracting(Trouble::id)
                    .doesNotContain("rds shop-db no new snapshot");
            assertThat(fake.troubles(Set.of())).extracting(Trouble::id).doesNotContain("rds shop-db no new snapshot");
        }
    }

    @Test
    void what_is_otherwise_already_is_no_drift() {
        try (FakeAws fake = started()) {
            fake.rds("shop-db").publiclyAccessible().status("stopped");
            fake.alarm("shop-5xx").actionsEnabled(false).state("ALARM");

            assertThat(fake.troubles(Set.of()))
                    .extracting(Trouble::id)
                    .doesNotContain(
                            "rds shop-db public",
                            "rds shop-db stopped",
                            "monitoring shop-5xx alarming",
                            "monitoring shop-5xx disabled");
        }
    }

    @Test
    void old_state_is_read_from_when_the_fault_began_at_the_earliest() throws InterruptedException {
        try (FakeAws fake = started();
                SdkHttpClient http = UrlConnectionHttpClient.create();
                RdsClient rds = client(fake, http, RdsClient.builder())) {
            fake.rds("shop-db").snapshotsIn(Duration.ofSeconds(5));
            trouble(fake, "rds:DescribeDBInstances stale by PT30S").happen();

            assertThat(rds.describeDBInstances().dbInstances()).hasSize(1);
            rds.createDBSnapshot(
                    request -> request.dbInstanceIdentifier("shop-db").dbSnapshotIdentifier("before-launch"));
            time.advance(Duration.ofSeconds(32));
            assertThat(rds.describeDBInstances().dbInstances().get(0).dbInstanceStatus())
                    .isEqualTo("backing-up");
            time.advance(Duration.ofSeconds(4));
            assertThat(rds.describeDBInstances().dbInstances().get(0).dbInstanceStatus())
                    .isEqualTo("available");
        }
    }

    @Test
    void no_trouble_tells_a_value() {
        try (FakeAws fake = started()) {
            assertThat(told(fake.troubles(ASKED))).noneMatch(text -> text.contains("correct-horse"));
        }
    }

    private static Trouble trouble(FakeAws fake, String id) {
        return fake.troubles(ASKED).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is none of " + fake.troubles(ASKED)));
    }
}
