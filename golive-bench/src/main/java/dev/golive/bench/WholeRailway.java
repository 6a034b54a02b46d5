package dev.golive.bench;

import static dev.golive.Expect.lessThan;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayService;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures checks of Railway against the fake on loopback: a list of forty checks, in a process that runs it again and
 * again, as often as the argument says (7 unless said otherwise).
 */
final class WholeRailway {

    private static final String COMMIT = "cefef4c7f35d21938d5f144bdff214ffdc492c2d";

    private WholeRailway() {}

    public static void main(String[] args) throws InterruptedException {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        long start = System.nanoTime();
        try (FakeRailway fake = FakeRailway.start(TimeSource.system())) {
            fake.service("api")
                    .source("acme/api", "main")
                    .variable("MODE", "production")
                    .healthcheckPath("/health")
                    .deployed(COMMIT);
            fake.service("api").domain("api.shop.example");
            fake.volume("data").service("api").backupAt(Instant.now().minus(Duration.ofHours(3)));
            Railway shop = Railway.projectToken(fake.projectToken(), "shop", "production");
            try (GoLive golive = GoLive.builder().network(fake.network()).build()) {
                Checklist list = forty(shop);
                System.out.printf(
                        "%d ms until the fake is there, %d requests are told%n", since(start), shop.requestsOf(list));
                for (int i = 0; i < times; i++) {
                    // what was asked in the second before would not be asked again
                    TimeSource.system().sleepUntil(Instant.now().plusSeconds(2));
                    int before = fake.requests().size();
                    long begun = System.nanoTime();
                    Report report = golive.run(list, Environment.named("bench").account("railway", "shop/production"));
                    System.out.printf(
                            "%s of %d checks in %d ms, %d requests%n",
                            report.verdict(),
                            report.results().size(),
                            since(begun),
                            fake.requests().size() - before);
                    if (report.verdict() != Verdict.GO) {
                        System.out.println(report.summary());
                    }
                }
            }
        }
    }

    private static Checklist forty(Railway shop) {
        RailwayService api = shop.service("api");
        List<Check> checks = new ArrayList<>(List.of(
                api.isLive(),
                api.commit(COMMIT),
                api.healthcheckPath("/health"),
                api.hasNothingUnderWay(),
                api.latestDeploymentSucceeded(),
                api.domain("api.shop.example").isReady(),
                api.log().hasNoErrors(),
                api.tcpProxy(5432).doesNotExist(),
                shop.volume("data").isReady(),
                shop.volume("data").latestBackup().isYoungerThan(Duration.ofHours(24)),
                shop.volume("data").sizeMegabytes(lessThan(1_000_000L)),
                shop.hasNoStagedChanges()));
        for (int i = checks.size(); i < 40; i++) {
            checks.add(
                    i % 2 == 0
                            ? api.variable("MOCK_" + i).isUnset()
                            : api.variable("MODE").isOneOf("x" + i, "production"));
        }
        Checklist.Builder list = Checklist.named("forty");
        checks.forEach(list::require);
        return list.build();
    }

    private static long since(long from) {
        return (System.nanoTime() - from) / 1_000_000;
    }
}
