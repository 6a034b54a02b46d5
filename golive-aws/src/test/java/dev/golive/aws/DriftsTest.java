package dev.golive.aws;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.is;
import static dev.golive.Expect.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.FakeAws;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What may become otherwise in the fake is seen by the real checks, as a fire drill would ask them. */
class DriftsTest {

    private static final String DIGEST = "sha256:" + "a1".repeat(32);
    private static final String CERTIFICATE = "arn:aws:acm:eu-north-1:123456789012:certificate/12345678-0000";
    private static final String LOGS = "/aws/apprunner/shop-web/1/application";
    private static final String KMS = "arn:aws:kms:eu-north-1:123456789012:key/1";
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    /** Drifts that no check of golive-aws can tell. */
    private static final Set<String> NO_CHECK = Set.of(
            "apprunner shop-web small",
            "cloudfront E1SHOP shop-files.s3.eu-north-1.amazonaws.com otherwise",
            // whom a security group still admits
            "ec2 sg-db tcp 5432 closed",
            "ec2 sg-office tcp 22 closed",
            "ecs front failed",
            // whom an alarm tells
            "monitoring shop-5xx other action",
            // nothing is asked of its age and length here
            "secretsmanager shop/db old",
            "secretsmanager shop/session-staging old",
            "secretsmanager shop/session-staging short");

    /** Drifts after which all that is known is that nothing is known. */
    private static final Set<String> NOT_CERTAIN = Set.of(
            "cloudfront E1SHOP in progress",
            "logs /aws/apprunner/shop-web/1/application silent",
            "logs /aws/apprunner/shop-web/1/application late",
            "monitoring Requests of shop-web silent",
            "s3 shop-files elsewhere",
            "s3 shop-files of somebody else",
            "secretsmanager shop/db deleted",
            "secretsmanager shop/db short",
            "secretsmanager shop/session-staging deleted");

    private static FakeAws stage(VirtualTime time) {
        FakeAws fake = FakeAws.start(time);
        fake.ecr("shop").image("1.0", DIGEST).scanned("1.0");
        fake.appRunner("shop-web")
                .image(fake.ecr("shop").uri("1.0"))
                .variable("LOGIN_MOCK", "false")
                .variable("BASE_URL", "https://shop.example")
                .secret("DATABASE_URL", "arn:aws:secretsmanager:eu-north-1:123456789012:secret:shop/db-AbCdEf")
                .healthCheck("/health")
                .instances(2, 10)
                .domain("shop.example");
        fake.rds("shop-db")
                .encrypted()
                .multiAz()
                .deletionProtection()
                .securityGroups("sg-db")
                .dailySnapshots();
        fake.securityGroup("sg-db").ingressFromGroup(5432, "sg-web");
        fake.securityGroup("sg-office").ingress(22, "192.0.2.0/24");
        fake.secret("shop/db").text("{\"username\":\"shop\",\"password\":\"correct-horse-battery-staple\"}");
        fake.secret("shop/session").text("0123456789abcdef0123456789abcdef");
        fake.secret("shop/session-staging").text("fedcba9876543210fedcba9876543210");
        fake.logGroup(LOGS).retention(90).logEvery(Duration.ofMinutes(1), "GET /health 200");
        fake.alarm("shop-5xx").state("OK").action("arn:aws:sns:eu-north-1:123456789012:alerts");
        fake.metric("AWS/AppRunner", "Requests", Map.of("ServiceName", "shop-web"))
                .steady(Duration.ofMinutes(1), 120);
        fake.topic("alerts").subscribe("email", "ops@shop.example").confirm("ops@shop.example");
        fake.certificate(CERTIFICATE).names("shop.example", "www.shop.example");
        fake.hostedZone("shop.example")
                .record("shop.example", "A", "192.0.2.10")
                .record("shop.example", "MX", "10 mail.shop.example")
                .alias("www.shop.example", "A", "d111.cloudfront.net");
        fake.bucket("shop-files")
                .versioned()
                .encryption("aws:kms")
                .policy(false)
                .cors("https://shop.example", "GET", "PUT")
                .expiring("drop-tmp", "tmp/", 7)
                .object("backups/1.sql", "insert into orders");
        fake.distribution("E1SHOP")
                .alias("shop.example")
                .certificate(CERTIFICATE, "TLSv1.2_2021")
                .bucket("shop-files.s3.eu-north-1.amazonaws.com", "OAC1", "");
        fake.ec2("i-0123456789abcdef0");
        fake.elasticIp("192.0.2.77").attachedTo("i-0123456789abcdef0");
        fake.keyPair("ops");
        fake.dynamoDb("orders")
                .key("orderId")
                .payPerRequest()
                .deletionProtection()
                .encryptedWith(KMS)
                .pointInTimeRecovery();
        fake.iamUser("deployer").accessKey(time.now().minus(Duration.ofDays(10)));
        fake.ecs("live", "worker").image("worker:1").variable("MODE", "live").circuitBreaker();
        fake.expressService("front").image("front:1").variable("MODE", "live");
        fake.lambda("mailer", "live").variable("MODE", "live");
        fake.costs().on(LocalDate.parse("2027-02-10"), "80").on(LocalDate.parse("2027-03-01"), "10");
        fake.budget("shop").limit("200").spent("20").forecast("90");
        return fake;
    }

    private static List<Check> checks(FakeAws fake) {
        Aws aws = Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());
        List<Check> all = new ArrayList<>();
        all.add(aws.callerIsOfAccount());

        AppRunnerService web = aws.appRunner("shop-web");
        all.addAll(List.of(
                web.isRunning(),
                web.lastOperationSucceeded(),
                web.image(fake.ecr("shop").uri("1.0")),
                web.variable("LOGIN_MOCK").is("false"),
                web.variable("BASE_URL").is("https://shop.example"),
                web.variable("DATABASE_URL").isSet(),
                web.variable("DATABASE_URL").comesFrom("shop/db"),
                web.doesNotDeployByItself(),
                web.minInstances(is(2)),
                web.maxInstances(is(10)),
                web.maxConcurrency(is(100)),
                web.healthCheckAsks("/health"),
                web.domain("shop.example").isActive(),
                web.domain("shop.example").isValidated()));
        RdsInstance db = aws.rds("shop-db");
        all.addAll(List.of(
                db.isAvailable(),
                db.version(is("15.4")),
                db.isNotPubliclyAccessible(),
                db.isEncrypted(),
                db.isMultiAz(),
                db.isDeletionProtected(),
                db.backupRetentionDays(atLeast(7)),
                db.isClosedToTheWorld(),
                db.latestAutomatedSnapshot().isYoungerThan(Duration.ofHours(25)),
                db.latestRestorableTime().isYoungerThan(HALF_AN_HOUR)));
        all.addAll(List.of(
                aws.securityGroup("sg-db").isClosedToTheWorld(5432),
                aws.securityGroup("sg-office").isClosedToTheWorld(22),
                aws.securityGroup("sg-office").admitsOnly(22, "192.0.2.0/24")));
        AwsSecret session = aws.secret("shop/session");
        all.addAll(List.of(
                aws.secret("shop/db").key("password").hasAtLeastCharacters(16),
                aws.secret("shop/db").key("username").hasAtLeastCharacters(4),
                session.exists(),
                session.hasAtLeastCharacters(32),
                session.differsFrom(aws.secret("shop/session-staging")),
                session.changedWithin(Duration.ofDays(90))));
        EcrRepository shop = aws.ecr("shop");
        all.addAll(List.of(
                shop.tag("1.0").exists(),
                shop.tag("1.0").hasDigest(DIGEST),
                shop.scan("1.0").hasNoneAbove(EcrRepository.Severity.MEDIUM),
                shop.scan("1.0").isYoungerThan(Duration.ofDays(30))));
        all.addAll(List.of(
                aws.logGroup(LOGS).exists(),
                aws.logGroup(LOGS).retentionDays(is(90)),
                aws.logGroup(LOGS).isStreaming(Duration.ofMinutes(5)),
                aws.logGroup(LOGS).hasNoMatch("ERROR", HALF_AN_HOUR)));
        all.addAll(List.of(aws.alarm("shop-5xx").isOk(), aws.alarm("shop-5xx").hasActions()));
        MetricValue requests = aws.metrics("AWS/AppRunner")
                .dimension("ServiceName", "shop-web")
                .metric("Requests");
        all.addAll(
                List.of(requests.maximum(atMost(500.0), HALF_AN_HOUR), requests.minimum(atLeast(100.0), HALF_AN_HOUR)));
        all.add(aws.topic("alerts").hasConfirmedSubscription("email"));
        Certificate certificate = aws.certificate(CERTIFICATE);
        all.addAll(List.of(
                certificate.isIssued(),
                certificate.expiresIn(atLeast(Duration.ofDays(21))),
                certificate.covers("shop.example"),
                certificate.covers("www.shop.example"),
                certificate.isRenewable()));
        HostedZone zone = aws.hostedZone("shop.example");
        all.addAll(List.of(
                zone.exists(),
                zone.hasOnly("shop.example", "A", "192.0.2.10"),
                zone.hasRecord("shop.example", "MX", is("10 mail.shop.example")),
                zone.hasAlias("www.shop.example", "A", "d111.cloudfront.net")));
        Bucket files = aws.bucket("shop-files");
        all.addAll(List.of(
                files.exists(),
                files.encryption(is("aws:kms")),
                files.isVersioned(),
                files.blocksPublicAccess(),
                files.policyIsNotPublic(),
                files.refusesPublicRead("backups/1.sql"),
                files.cors().allows("https://shop.example", "PUT"),
                files.cors().allowsOnly("https://shop.example"),
                files.hasLifecycleRule("drop-tmp"),
                files.expiresAfterDays("tmp/", is(7)),
                files.keepsForever("backups/"),
                files.newestObject("backups/").isYoungerThan(Duration.ofHours(25)),
                files.newestObject("backups/").size(atLeast(10L))));
        Distribution front = aws.distribution("E1SHOP");
        all.addAll(List.of(
                front.isDeployed(),
                front.hasAlias("shop.example"),
                front.usesCertificate(CERTIFICATE),
                front.minimumTls(is("TLSv1.2_2021")),
                front.servesHttpsOnly(),
                front.usesOriginAccessControl()));
        all.addAll(List.of(
                aws.ec2("i-0123456789abcdef0").isRunning(),
                aws.ec2("i-0123456789abcdef0").passesStatusChecks(),
                aws.elasticIp("192.0.2.77").isAttachedTo("i-0123456789abcdef0"),
                aws.keyPair("ops").isOfType("ed25519")));
        DynamoDbTable orders = aws.dynamoDb("orders");
        all.addAll(List.of(
                orders.isActive(),
                orders.hasKey("orderId"),
                orders.isPayPerRequest(),
                orders.isDeletionProtected(),
                orders.isEncryptedByKms(),
                orders.hasPointInTimeRecovery()));
        all.addAll(List.of(
                aws.iamUser("deployer").exists(),
                aws.iamUser("deployer").isNotAdministrator(),
                aws.iamUser("deployer").accessKeysYoungerThan(Duration.ofDays(90))));
        EcsService worker = aws.ecs("live", "worker");
        all.addAll(List.of(
                worker.isStable(),
                worker.runs(2),
                worker.image("worker:1"),
                worker.variable("MODE").is("live"),
                worker.circuitBreakerRollsBack(),
                worker.lastDeploymentSucceeded()));
        ExpressService express = aws.expressService("front");
        all.addAll(List.of(
                express.isActive(),
                express.image("front:1"),
                express.variable("MODE").is("live")));
        LambdaAlias mailer = aws.lambda("mailer", "live");
        all.addAll(List.of(
                mailer.pointsTo("1"),
                mailer.hasOneVersion(),
                mailer.isActive(),
                mailer.runtime(oneOf("java21")),
                mailer.variable("MODE").is("live")));
        all.addAll(List.of(
                aws.costs().monthToDate(atMost(new BigDecimal("100"))),
                aws.costs().lastMonth(atMost(new BigDecimal("100"))),
                aws.budget("shop").isBelowLimit(),
                aws.budget("shop").isForecastBelowLimit()));
        return all;
    }

    private static Outcome examine(Check check, FakeAws fake, VirtualTime time) {
        return Examine.once(check).through(fake.network()).on(time).outcome();
    }

    private static VirtualTime time() {
        return VirtualTime.startingAt("2027-03-02T09:00:00Z");
    }

    /** What each check asks while everything is as it should be. */
    private static Map<Integer, Set<String>> traces() {
        Map<Integer, Set<String>> traces = new LinkedHashMap<>();
        VirtualTime time = time();
        try (FakeAws fake = stage(time)) {
            List<Check> checks = checks(fake);
            for (int i = 0; i < checks.size(); i++) {
                int before = fake.asked().size();
                assertThat(examine(checks.get(i), fake, time))
                        .as(checks.get(i).sentence())
                        .matches(outcome -> outcome.finding() == Finding.PASSED);
                Set<String> trace = new LinkedHashSet<>();
                List<Asked> asked = fake.asked();
                asked.subList(before, asked.size()).forEach(one -> trace.add(one.what()));
                traces.put(i, trace);
            }
            fake.verify();
        }
        return traces;
    }

    @Test
    void every_drift_is_seen_by_a_check_that_names_what_is_otherwise() {
        Map<Integer, Set<String>> traces = traces();
        Set<String> asked = new TreeSet<>();
        traces.values().forEach(asked::addAll);
        Set<String> missed = new TreeSet<>();
        Set<String> uncertain = new TreeSet<>();
        for (String id : drifts(asked)) {
            VirtualTime time = time();
            try (FakeAws fake = stage(time)) {
                Trouble drift = trouble(fake, asked, id);
                drift.happen();
                Set<Finding> seen = seen(drift, traces, fake, time);
                if (seen.isEmpty()) {
                    missed.add(id);
                } else if (!seen.contains(Finding.FAILED)) {
                    uncertain.add(id);
                }
            }
        }
        assertThat(missed).isEqualTo(new TreeSet<>(NO_CHECK));
        assertThat(uncertain).isEqualTo(new TreeSet<>(NOT_CERTAIN));
    }

    /** What the checks say that a drift concerns and that name what is otherwise, up to the first that fails. */
    private static Set<Finding> seen(Trouble drift, Map<Integer, Set<String>> traces, FakeAws fake, VirtualTime time) {
        List<Check> checks = checks(fake);
        Set<Finding> seen = new TreeSet<>();
        for (Map.Entry<Integer, Set<String>> trace : traces.entrySet()) {
            if (!seen.contains(Finding.FAILED) && trace.getValue().stream().anyMatch(drift::concerns)) {
                Check check = checks.get(trace.getKey());
                Outcome outcome = examine(check, fake, time);
                String words = (check.sentence() + " " + outcome).toLowerCase(Locale.ROOT);
                if (outcome.finding() != Finding.PASSED
                        && drift.about().stream().anyMatch(name -> words.contains(name.toLowerCase(Locale.ROOT)))) {
                    seen.add(outcome.finding());
                }
            }
        }
        return seen;
    }

    private static Trouble trouble(FakeAws fake, Set<String> asked, String id) {
        return fake.troubles(asked).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> drifts(Set<String> asked) {
        try (FakeAws fake = stage(time())) {
            return fake.troubles(asked).stream()
                    .filter(one -> one.kind() == Trouble.Kind.DRIFT)
                    .map(Trouble::id)
                    .toList();
        }
    }

    @Test
    void a_drift_changes_nothing_that_it_does_not_concern() {
        Map<Integer, Set<String>> traces = traces();
        Set<String> asked = new TreeSet<>();
        traces.values().forEach(asked::addAll);
        List<String> drifts = drifts(asked);
        // all of them were tried once; these are of as many services
        for (int i = 7; i < drifts.size(); i += 40) {
            VirtualTime time = time();
            try (FakeAws fake = stage(time)) {
                Trouble drift = trouble(fake, asked, drifts.get(i));
                drift.happen();
                List<Check> checks = checks(fake);
                traces.forEach((index, trace) -> {
                    if (trace.stream().noneMatch(drift::concerns)) {
                        assertThat(examine(checks.get(index), fake, time))
                                .as("%s after %s", checks.get(index).sentence(), drift)
                                .matches(outcome -> outcome.finding() == Finding.PASSED);
                    }
                });
            }
        }
    }

    @Test
    void no_fault_makes_a_check_say_that_the_world_is_otherwise() {
        Set<String> asked = Set.of(
                "apprunner:DescribeService", "rds:DescribeDBInstances", "s3:GetBucketVersioning", "lambda:GetAlias");
        VirtualTime time = time();
        try (FakeAws fake = stage(time)) {
            Aws aws =
                    Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());
            List<Check> checks = List.of(
                    aws.appRunner("shop-web").image(fake.ecr("shop").uri("1.0")),
                    aws.lambda("mailer", "live").pointsTo("1"),
                    aws.rds("shop-db").isEncrypted(),
                    aws.bucket("shop-files").isVersioned());
            List<Trouble> faults = fake.troubles(asked).stream()
                    .filter(one -> one.kind() == Trouble.Kind.FAULT)
                    .toList();
            for (Trouble fault : faults) {
                Check check = checks.get(faults.indexOf(fault) * checks.size() / faults.size());
                fault.happen();
                assertThat(examine(check, fake, time))
                        .as(fault.id())
                        .matches(outcome ->
                                outcome.finding() == (fault.isHarmless() ? Finding.PASSED : Finding.UNKNOWN));
                fake.mend();
            }
            assertThat(faults).hasSize(40);
        }
    }
}
