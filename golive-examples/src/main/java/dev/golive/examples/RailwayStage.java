package dev.golive.examples;

import dev.golive.Network;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayPlan;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.FakeRailwayService;
import dev.golive.testkit.railway.FakeRailwayVolume;
import dev.golive.testkit.railway.RailwayDeployment;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The fakes that play a ledger in staging and a worker in production on loopback, as it should be but for one thing. */
final class RailwayStage implements AutoCloseable {

    /** What is pushed to the worker's branch. */
    static final String PUSHED = "2222bbb";

    /** What ran before that which is live. */
    static final String EARLIER = "aaaa111";

    /** What runs. */
    static final String OLD = "bbbb222";

    private static final String ADDRESS = "203.0.113.70";

    final FakeRailway railway;

    /** Whether a push to the worker's branch is told to Railway. */
    boolean pushes = true;

    /** Whether the worker's build is one that fails. */
    boolean buildsWorker = true;

    /** What staging answers. */
    volatile int answers = 200;

    /** Whether what is served is always the former deployment. */
    volatile boolean stuck;

    private final HttpFake site;
    private final TestCa ca;

    RailwayStage(TimeSource time, @Nullable RailwayMishap mishap) {
        this.railway = FakeRailway.start(time);
        this.site = HttpFake.start(time);
        this.ca = TestCa.create(time);
        playStaging(time);
        playProduction();
        if (mishap != null) {
            mishap.spoil(this);
        }
    }

    FakeRailwayService worker() {
        return railway.service("worker");
    }

    FakeRailwayService api() {
        return railway.in("staging").service("api");
    }

    FakeRailwayService database() {
        return railway.in("staging").service("postgres");
    }

    FakeRailwayVolume data() {
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

    /** What runs in staging: the commit of the API, and whether it has the variable of the practice. */
    String apiNow() {
        String commit = api().live().map(RailwayDeployment::commit).orElse("nothing");
        return commit + (api().variablesNow().containsKey("RELEASE_NAME") ? ", with" : ", without") + " RELEASE_NAME";
    }

    /** The way to the fakes, under the names that they play. */
    Network network() {
        return railway.on(FakeNetwork.create())
                .trusting(ca.anchors())
                .host("staging.kestrel.example", ADDRESS)
                .route(ADDRESS, 443, site.tlsAddress());
    }

    private void playStaging(TimeSource time) {
        database().image("postgres:15.8").deployed("v15");
        api().source("kestrel/api", "main")
                .healthcheckPath("/health")
                .variable("MODE", "staging")
                .variable("DATABASE_URL", "postgres://ledger@postgres.railway.internal/staging")
                .variable("SESSION_KEY", "staging-" + "s".repeat(40))
                .deployed(EARLIER)
                .deployed(OLD);
        data().service("postgres")
                .mountedAt("/var/lib/postgresql/data")
                .backupAt(time.now().minus(Duration.ofHours(8)), "nightly", 400);
        site.tls(ca.leaf("staging.kestrel.example").expiresIn(Duration.ofDays(80)));
        site.get("/health").reply(request -> health());
        site.get("/version").reply(request -> Reply.json("{\"deployment\":\"" + served() + "\"}"));
    }

    private void playProduction() {
        worker().source("kestrel/worker", "main").deployed("1111aaa");
        railway.usageLimit(40, 60).spent(12);
    }

    private Reply health() {
        if (api().live().isPresent()) {
            api().log("info", "GET /health");
        }
        return Reply.text(answers, "staging");
    }

    private String served() {
        return stuck
                ? api().deployment(OLD).id()
                : api().live().map(RailwayDeployment::id).orElse("none");
    }

    @Override
    public void close() {
        railway.close();
        site.close();
    }
}
