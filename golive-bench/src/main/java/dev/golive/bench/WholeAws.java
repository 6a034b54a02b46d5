package dev.golive.bench;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Expect;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.Secret;
import dev.golive.Verdict;
import dev.golive.aws.AppRunnerService;
import dev.golive.aws.Aws;
import dev.golive.aws.Bucket;
import dev.golive.aws.RdsInstance;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures checks of AWS against the fake on loopback.
 *
 * <p>Arguments: {@code first}, a new process each time, from the first line of its program to the first answer, with the
 * fake in another process; {@code forty}, a list of forty checks of seven services, in a process that runs it again and
 * again; and how often (7 unless said otherwise).
 */
final class WholeAws {

    private static final String KEY = "fake-secret-access-key-of-the-testkit";

    private WholeAws() {}

    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "";
        String second = args.length > 1 ? args[1] : "7";
        switch (what) {
            case "first" -> first(Integer.parseInt(second));
            case "child" -> child(URI.create(second));
            case "forty" -> forty(Integer.parseInt(second));
            default -> throw new IllegalArgumentException("say first or forty");
        }
    }

    private static FakeAws fake() {
        FakeAws fake = FakeAws.start(TimeSource.system());
        Instant now = Instant.now();
        fake.appRunner("shop-web")
                .variable("MODE", "production")
                .domain("shop.example")
                .healthCheck("/health");
        fake.rds("shop-db").encrypted().automatedSnapshot(now.minus(Duration.ofHours(3)));
        fake.ecr("shop").image("1.0", "sha256:" + "a".repeat(64));
        fake.secret("shop/key").text("k".repeat(40));
        fake.bucket("shop-state").versioned();
        fake.alarm("errors").state("OK").action("arn:aws:sns:eu-north-1:123456789012:ops");
        fake.logGroup("/shop").log("started");
        return fake;
    }

    private static Aws account(FakeAws fake) {
        return Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());
    }

    private static void first(int times) throws IOException, InterruptedException {
        try (FakeAws fake = fake()) {
            for (int i = 0; i < times; i++) {
                Process child = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                WholeAws.class.getName(),
                                "child",
                                fake.uri().toString())
                        .redirectErrorStream(true)
                        .start();
                try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                    said.lines().forEach(System.out::println);
                }
                child.waitFor();
            }
        }
    }

    private static void child(URI fake) {
        long start = System.nanoTime();
        Aws aws = Aws.account("123456789012", "eu-north-1").credentials("AKIDFAKEAWSGOLIVE", Secret.found("key", KEY));
        Report report = run(
                Checklist.named("first").require(aws.callerIsOfAccount()).build(),
                FakeNetwork.create().endpoint(URI.create("https://*.amazonaws.com"), fake));
        long first = System.nanoTime();
        run(
                Checklist.named("second")
                        .require(aws.appRunner("shop-web").isRunning())
                        .build(),
                FakeNetwork.create().endpoint(URI.create("https://*.amazonaws.com"), fake));
        System.out.printf(
                "%s: first answer (STS) after %d ms, App Runner after %d ms more%n",
                report.verdict(), millis(start, first), millis(first, System.nanoTime()));
    }

    private static Report run(Checklist list, FakeNetwork network) {
        try (GoLive golive = GoLive.builder().network(network).build()) {
            return golive.run(list, Environment.named("bench").account("aws", "123456789012"));
        }
    }

    private static void forty(int times) {
        try (FakeAws fake = fake();
                GoLive golive = GoLive.builder().network(fake.network()).build()) {
            Aws aws = account(fake);
            Checklist list = forty(aws);
            for (int i = 0; i < times; i++) {
                int before = fake.requests().size();
                long start = System.nanoTime();
                Report report = golive.run(list, Environment.named("bench").account("aws", "123456789012"));
                System.out.printf(
                        "%s of %d checks in %d ms, %d requests%n",
                        report.verdict(),
                        report.results().size(),
                        millis(start, System.nanoTime()),
                        fake.requests().size() - before);
                if (report.verdict() != Verdict.GO) {
                    System.out.println(report.summary());
                }
            }
        }
    }

    private static Checklist forty(Aws aws) {
        AppRunnerService web = aws.appRunner("shop-web");
        RdsInstance db = aws.rds("shop-db");
        Bucket bucket = aws.bucket("shop-state");
        List<Check> checks = new ArrayList<>(List.of(
                web.isRunning(),
                web.lastOperationSucceeded(),
                web.domain("shop.example").isActive(),
                web.domain("shop.example").isValidated(),
                web.healthCheckAsks("/health"),
                web.minInstances(Expect.atLeast(1)),
                web.maxInstances(Expect.atMost(25)),
                web.variables(Map.of("MODE", "production")),
                db.isAvailable(),
                db.isEncrypted(),
                db.isNotPubliclyAccessible(),
                db.latestAutomatedSnapshot().isRecent(),
                aws.ecr("shop").hasTag("1.0"),
                aws.secret("shop/key").exists(),
                aws.secret("shop/key").hasAtLeastCharacters(32),
                bucket.isEncrypted(),
                bucket.isVersioned(),
                bucket.blocksPublicAccess(),
                bucket.policyIsNotPublic(),
                aws.alarm("errors").isOk(),
                aws.alarm("errors").hasActions(),
                aws.logGroup("/shop").hasNoMatch("ERROR", Duration.ofHours(1))));
        for (int i = checks.size(); i < 40; i++) {
            checks.add(
                    i % 2 == 0
                            ? web.variable("MOCK_" + i).isUnset()
                            : web.variable("MODE").isOneOf("x" + i, "production"));
        }
        Checklist.Builder list = Checklist.named("forty");
        checks.forEach(list::require);
        return list.build();
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }
}
