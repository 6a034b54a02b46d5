package dev.golive.railway;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.lessThan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.rollback.MetricSource;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.railway.FakeRailway;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What may go wrong with what the fake Railway holds, and that the checks of this module find it. */
class DriftsTest {

    private static final String COMMIT = "aaaa111";

    /** What no check of this module looks at: a team has to know it in another way. */
    private static final Set<String> NOT_LOOKED_AT = Set.of(
            "incident",
            "api region ends",
            "api no pre-deploy command",
            "api another start command",
            "worker no schedule");

    /** A project in which all is well. */
    private static final class Shop implements AutoCloseable {
        final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        final FakeRailway fake = FakeRailway.start(time);
        final Railway railway = Railway.accountToken(fake.accountToken(), "shop", "production");

        Shop() {
            fake.in("production").shared("LOG_LEVEL", "info");
            fake.service("api")
                    .source("acme/api", "main")
                    .region("europe-west4-drams3a", 2)
                    .healthcheckPath("/health")
                    .configured("preDeployCommand", "migrate")
                    .configured("startCommand", "serve")
                    .variable("MODE", "production")
                    .variable("LEVEL", "${{shared.LOG_LEVEL}}")
                    .sealed("API_KEY", "0123456789abcdef")
                    .deployed("9999999")
                    .deployed(COMMIT)
                    .steadily("CPU_USAGE", 0.5)
                    .steadily("CPU_LIMIT", 8)
                    .steadily("MEMORY_USAGE_GB", 1)
                    .steadily("MEMORY_LIMIT_GB", 8)
                    .servedEachMinute(200, 60)
                    .logEvery(Duration.ofMinutes(1), "info", "all is well")
                    .usedEachDay("CPU_USAGE", 1440)
                    .usedEachDay("MEMORY_USAGE_GB", 1440)
                    .usedEachDay("NETWORK_TX_GB", 1)
                    .serviceDomain("api.up.railway.app")
                    .domain("api.shop.example");
            fake.service("postgres")
                    .image("postgres:16.4")
                    .variable("PGDATA", "/data")
                    .deployed("1");
            fake.volume("data")
                    .service("postgres")
                    .schedules("DAILY")
                    .backedUpBySchedule()
                    .steadily("DISK_USAGE_GB", 0.4);
            fake.service("worker")
                    .source("acme/api", "main")
                    .configured("cronSchedule", "0 3 * * *")
                    .deployed(COMMIT);
            fake.service("cache")
                    .image("redis:7.2")
                    .tcpProxy("a.proxy.rlwy.net", 20_000, 6379)
                    .deployed("1");
            fake.spent(40).usageLimit(80, 100);
            for (String one :
                    List.of("CPU_USAGE", "MEMORY_USAGE_GB", "NETWORK_TX_GB", "DISK_USAGE_GB", "BACKUP_USAGE_GB")) {
                fake.estimated(one, 1000);
            }
        }

        List<Check> checks() {
            RailwayService api = railway.service("api");
            RailwayService postgres = railway.service("postgres");
            RailwayVolume data = railway.volume("data");
            RailwayDomain domain = api.domain("api.shop.example");
            List<Check> all = new ArrayList<>(List.of(
                    railway.hasNoStagedChanges(),
                    railway.costs().isWithinUsageLimit(),
                    railway.costs().spentByWorkspace(atMost(new BigDecimal("50"))),
                    railway.costs().estimatedThisMonth(atMost(new BigDecimal("60"))),
                    railway.costs().ofTheLast(Duration.ofDays(1), atMost(new BigDecimal("1.40"))),
                    railway.sharedVariable("LOG_LEVEL").is("info"),
                    api.variable("MODE").is("production"),
                    api.variable("LEVEL").is("info"),
                    api.variable("API_KEY").isSealed(),
                    api.variables().areLive(),
                    postgres.variable("PGDATA").is("/data"),
                    api.commit(COMMIT),
                    api.branch("main"),
                    api.deploysFrom("main"),
                    api.region("europe-west4-drams3a"),
                    api.replicas(2),
                    api.healthcheckPath("/health"),
                    api.latestDeploymentSucceeded(),
                    api.hasNothingUnderWay(),
                    api.runsAllTheTime(),
                    api.hasServiceDomain(),
                    domain.isReady(),
                    domain.targetPort(8080),
                    domain.certificateExpiresIn(atLeast(Duration.ofDays(14)))));
            all.addAll(List.of(
                    postgres.imageVersion("16"),
                    postgres.replicas(1),
                    postgres.isClosedToTheWorld(),
                    data.isReady(),
                    data.isUsedLessThan(80),
                    data.isMountedAt("/data"),
                    data.backupSchedule().has(BackupKind.DAILY),
                    data.latestBackup().isYoungerThan(Duration.ofDays(1)),
                    api.cpu().percentOfLimit().average(lessThan(50.0), Duration.ofMinutes(15)),
                    api.memory().percentOfLimit().maximum(lessThan(50.0), Duration.ofMinutes(15)),
                    api.log().within(Duration.ofMinutes(5)).hasNoErrors(),
                    new Healthy(api.http()),
                    new GoesBack(api),
                    railway.service("cache").tcpProxy(6379).isActive()));
            for (String name : List.of("api", "postgres", "worker", "cache")) {
                RailwayService one = railway.service(name);
                all.add(one.isLive());
                if (!name.equals("api")) {
                    all.add(one.latestDeploymentSucceeded());
                    all.add(one.hasNothingUnderWay());
                }
            }
            RailwayService worker = railway.service("worker");
            all.addAll(List.of(
                    worker.commit(COMMIT),
                    worker.branch("main"),
                    worker.deploysFrom("main"),
                    worker.replicas(1),
                    worker.isClosedToTheWorld(),
                    postgres.runsAllTheTime(),
                    railway.service("cache").replicas(1),
                    railway.service("cache").runsAllTheTime(),
                    railway.service("cache").imageVersion("7.2"),
                    railway.service("cache").tcpProxy(6379).exists()));
            return all;
        }

        Outcome examine(Check check) {
            return Examine.once(check).through(fake.network()).on(time).outcome();
        }

        @Override
        public void close() {
            fake.close();
        }
    }

    /** What triggers make of a source: few errors, and quick answers. */
    private record Healthy(MetricSource source) implements Check {

        @Override
        public String sentence() {
            return source.id() + " are answered well";
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            Instant end = context.time().now().minusSeconds(120);
            MetricSource.Counts counts = source.between(end.minusSeconds(60), end, context);
            boolean quick = counts.percentiles().values().stream().allMatch(one -> one < 1000);
            return counts.bad() == 0 && quick ? Outcome.passed() : Outcome.failed(counts.toString());
        }

        @Override
        public Set<Permission> permissions() {
            return source.permissions();
        }

        @Override
        public Set<Secret> secrets() {
            return source.secrets();
        }

        @Override
        public Set<Subject> touches() {
            return source.touches();
        }
    }

    /** Whether a rollback would find what it goes back to. */
    private record GoesBack(RailwayService service) implements Check {

        @Override
        public String sentence() {
            return service + " can be rolled back";
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            return service.driver().available(service.driver().previous(context).orElseThrow(), context);
        }

        @Override
        public Set<Permission> permissions() {
            return service.driver().permissions();
        }

        @Override
        public Set<Secret> secrets() {
            return service.driver().secrets();
        }

        @Override
        public Set<Subject> touches() {
            return service.driver().touches();
        }
    }

    private static Map<String, Trouble> drifts(FakeRailway fake) {
        Map<String, Trouble> all = new LinkedHashMap<>();
        for (Trouble trouble : fake.troubles(Set.of())) {
            assertThat(all.put(trouble.id(), trouble)).as(trouble.id()).isNull();
        }
        return all;
    }

    private static boolean names(Trouble drift, String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return drift.about().stream().anyMatch(one -> small.contains(one.toLowerCase(Locale.ROOT)));
    }

    @Test
    void all_is_well_before_anything_happens() {
        try (Shop shop = new Shop()) {
            drifts(shop.fake);
            for (Check check : shop.checks()) {
                assertThat(shop.examine(check).finding().good())
                        .as(check.sentence() + ": " + shop.examine(check))
                        .isTrue();
            }
            shop.fake.verify();
        }
    }

    @Test
    void each_drift_is_found_by_a_check_that_names_it() {
        Set<String> unseen = new TreeSet<>();
        Set<String> ids;
        try (Shop shop = new Shop()) {
            ids = drifts(shop.fake).keySet();
        }
        for (String id : ids) {
            try (Shop shop = new Shop()) {
                Trouble drift = drifts(shop.fake).get(id);
                drift.happen();
                boolean seen = false;
                List<Check> checks = new ArrayList<>(shop.checks());
                // those that name it are asked first
                checks.sort(Comparator.comparing(check -> !names(drift, check.sentence())));
                for (Check check : checks) {
                    if (check.permissions().stream().map(Permission::action).anyMatch(drift::concerns)) {
                        Outcome outcome = shop.examine(check);
                        seen |= !outcome.finding().good() && names(drift, check.sentence() + " " + outcome);
                    }
                    if (seen) {
                        break;
                    }
                }
                if (!seen) {
                    unseen.add(id);
                }
                shop.fake.verify();
            }
        }
        assertThat(unseen).isEqualTo(new TreeSet<>(NOT_LOOKED_AT));
    }
}
