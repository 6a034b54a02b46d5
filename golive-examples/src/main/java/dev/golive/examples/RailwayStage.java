package dev.golive.examples;

import dev.golive.Network;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayPlan;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.FakeRailwayDomain;
import dev.golive.testkit.railway.FakeRailwayEnvironment;
import dev.golive.testkit.railway.FakeRailwayService;
import dev.golive.testkit.railway.FakeRailwayVolume;
import dev.golive.testkit.railway.RailwayDeployment;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The fakes that play a ledger on Railway on loopback, in production and in staging, as it should be but for one thing. */
final class RailwayStage implements AutoCloseable {

    /** What is pushed to the worker's branch. */
    static final String PUSHED = "2222bbb";

    /** What is launched. */
    static final String NEW = "cccc333";

    private static final String ADDRESS = "203.0.113.70";
    private static final String REGION = "europe-west4-drams3a";

    /** What ran before that which is live. */
    static final String EARLIER = "aaaa111";

    /** What ran before the launch. */
    static final String OLD = "bbbb222";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    final FakeRailway railway;

    /** What the API uses: processors of two, and gigabytes of two. */
    double processors = 0.5;

    double gigabytes = 0.6;

    /** What it uses from ten minutes after its launch on. */
    double processorsLater = 0.6;

    double gigabytesLater = 0.7;

    /** What it answers from then on: of two hundred requests in a minute, and how long one takes. */
    int errorsLater;

    Duration answersLater = Duration.ofMillis(60);

    /** How old the newest backup is. */
    Duration backupAge = Duration.ofHours(10);

    /** How bad what its build, and the worker's, say is, and what it says itself. */
    volatile String built = "info";

    volatile String said = "info";

    /** Whether a push to the worker's branch is told to Railway. */
    boolean pushes = true;

    /** Whether the worker's build is one that fails. */
    boolean buildsWorker = true;

    /** What staging answers. */
    volatile int staging = 200;

    /** Whether the API is unwell once its new deployment is live. */
    volatile boolean unwell;

    /** What somebody does as soon as the new deployment is live. */
    volatile Runnable onceLive = () -> {};

    /** Whether what is served is always the former deployment. */
    volatile boolean stuck;

    private final AtomicBoolean isAwaited = new AtomicBoolean(true);
    private final TimeSource time;
    private final Instant launch;
    private final HttpFake site;
    private final TestCa ca;

    RailwayStage(TimeSource time, Instant launch, @Nullable RailwayMishap mishap) {
        this.time = time;
        this.launch = launch;
        this.railway = FakeRailway.start(time);
        this.site = HttpFake.start(time);
        this.ca = TestCa.create(time);
        play(railway.in("production"), "production");
        play(railway.in("staging"), "staging");
        playProduction();
        playSites();
        if (mishap != null) {
            mishap.spoil(this);
        }
        data().scheduledBackupAt(now().minus(backupAge), "DAILY");
        measure();
    }

    Instant now() {
        return time.now();
    }

    FakeRailwayService api() {
        return railway.service("api");
    }

    FakeRailwayService worker() {
        return railway.service("worker");
    }

    FakeRailwayService database() {
        return railway.service("postgres");
    }

    FakeRailwayVolume data() {
        return railway.volume("postgres-data");
    }

    FakeRailwayDomain domain() {
        return api().domain("api.kestrel.example");
    }

    FakeRailwayService stagingApi() {
        return railway.in("staging").service("api");
    }

    FakeRailwayVolume stagingData() {
        return railway.in("staging").volume("postgres-data");
    }

    /** Railway takes a kind of request no more. */
    void refuse(String field) {
        railway.fault(field, RailwayFault.problemProcessing());
    }

    /** Production as the program knows it. */
    Railway production() {
        return Railway.projectToken(railway.projectToken(), "shop", "production")
                .plan(RailwayPlan.PRO);
    }

    /** Staging as the program knows it: another token, which opens nothing else. */
    Railway staging() {
        return Railway.projectToken(railway.projectToken("staging"), "shop", "staging")
                .plan(RailwayPlan.PRO);
    }

    /** Production as its owner knows it, with a token that opens the workspace. */
    Railway workspace() {
        return Railway.workspaceToken(railway.workspaceToken(), "shop", "production");
    }

    /** Somebody pushes to the main branch of the worker. */
    void push() {
        if (!pushes) {
            return;
        }
        worker().pushed(PUSHED);
        worker().buildLog(buildsWorker ? "info" : "error", "the worker is built");
    }

    /** How many requests Railway has got. */
    int requests() {
        return railway.requests().size();
    }

    /** What runs in production: the commit of the API, and whether it has the variable of the launch. */
    String apiNow() {
        String commit = api().live().map(RailwayDeployment::commit).orElse("nothing");
        return commit + (api().variablesNow().containsKey("RELEASE_NAME") ? ", with" : ", without") + " RELEASE_NAME";
    }

    /** The way to the fakes, under the names that they play. */
    Network network() {
        return railway.on(FakeNetwork.create())
                .trusting(ca.anchors())
                .host("api.kestrel.example", ADDRESS)
                .host("staging.kestrel.example", ADDRESS)
                .route(ADDRESS, 443, site.tlsAddress());
    }

    /** What production and staging have in common. */
    private void play(FakeRailwayEnvironment environment, String mode) {
        environment.service("postgres").image("postgres:15.8").region(REGION, 1).deployed("v15");
        FakeRailwayService api = environment.service("api");
        if (mode.equals("production")) {
            api.variable("MAIL_KEY", "mail-key-of-production")
                    .variable("STORE_ENDPOINT", "https://store.example")
                    .variable("STORE_KEY_ID", "ledger-receipts")
                    .sealed("STORE_SECRET", "x".repeat(40))
                    .variable("ERRORS_DSN", "https://errors.example/7");
        }
        api.source("kestrel/api", "main")
                .region(REGION, 1)
                .limits(2, 2L << 30)
                .healthcheckPath("/health")
                .variable("MODE", mode)
                .variable("PORT", "8080")
                .variable("ALLOWED_ORIGINS", "https://kestrel.example")
                .variable("DATABASE_URL", "postgres://ledger@postgres.railway.internal/" + mode)
                .variable("SESSION_KEY", mode + "-" + "s".repeat(40))
                .variable("REFRESH_KEY", mode + "-" + "r".repeat(40))
                .deployed(EARLIER)
                .deployed(OLD)
                .commit(NEW);
        environment
                .volume("postgres-data")
                .service("postgres")
                .mountedAt("/var/lib/postgresql/data")
                .schedules("DAILY", "WEEKLY", "MONTHLY");
    }

    private void playProduction() {
        domain();
        worker().source("kestrel/worker", "main").deployed("1111aaa");
        api().log("info", "the ledger is open");
        stagingData().backupAt(now().minus(Duration.ofHours(8)), "nightly", 400);
        railway.estimated("MEMORY_USAGE_GB", 0.7 * 43_200)
                .estimated("CPU_USAGE", 0.3 * 43_200)
                .estimated("DISK_USAGE_GB", 43_200)
                .estimated("NETWORK_TX_GB", 10)
                .usageLimit(40, 60)
                .spent(12);
    }

    private void playSites() {
        site.tls(ca.leaf("api.kestrel.example", "staging.kestrel.example").expiresIn(Duration.ofDays(80)));
        site.get("/health").host("api.kestrel.example").reply(request -> health());
        site.get("/version").host("api.kestrel.example").reply(request -> {
            if (isNew() && isAwaited.getAndSet(false)) {
                api().buildLog(built, "the ledger is built");
                onceLive.run();
            }
            return version(api());
        });
        site.get("/health").host("staging.kestrel.example").reply(request -> Reply.text(staging, "staging"));
        site.get("/version").host("staging.kestrel.example").reply(request -> version(stagingApi()));
    }

    private boolean isNew() {
        return api().live().map(RailwayDeployment::commit).filter(NEW::equals).isPresent();
    }

    private Reply health() {
        if (api().live().isPresent()) {
            api().log(said, "GET /health");
        }
        if (!unwell || !isNew()) {
            return Reply.json("{\"status\":\"ok\"}");
        }
        return Reply.text(503, "no");
    }

    private Reply version(FakeRailwayService service) {
        String id = stuck
                ? service.deployment(OLD).id()
                : service.live().map(RailwayDeployment::id).orElse("none");
        return Reply.json("{\"deployment\":\"" + id + "\"}");
    }

    /** A sample of each minute, of the day so far and of the hours to come. */
    private void measure() {
        Instant later = launch.plus(Duration.ofMinutes(5));
        Instant end = launch.plus(Duration.ofHours(4));
        for (Instant at = launch.minus(Duration.ofHours(5)); at.isBefore(end); at = at.plus(MINUTE)) {
            boolean isLater = !at.isBefore(later);
            api().metric("CPU_USAGE", at, isLater ? processorsLater : processors)
                    .metric("CPU_LIMIT", at, 2)
                    .metric("MEMORY_USAGE_GB", at, isLater ? gigabytesLater : gigabytes)
                    .metric("MEMORY_LIMIT_GB", at, 2);
            int errors = isLater ? errorsLater : 0;
            api().served(at, 200, 200 - errors, isLater ? answersLater : Duration.ofMillis(60));
            if (errors > 0) {
                api().served(at, 500, errors);
            }
        }
    }

    @Override
    public void close() {
        railway.close();
        site.close();
    }
}
