package dev.golive.examples;

import dev.golive.CheckContext;
import dev.golive.Network;
import dev.golive.Release;
import dev.golive.rollback.MetricSource;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.LaunchFault;
import dev.golive.testkit.Reply;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fakes that play a small service: a platform that deploys it, the service itself on a real socket, its metrics, and the
 * rooms where people are told. What it answers depends on the release that is live, and on the mishap.
 */
final class LaunchStage implements AutoCloseable {

    static final String HOST = "tern.example";

    private static final String ADDRESS = "203.0.113.10";
    private static final String OLD = "40";
    private static final Duration UNTIL_IT_CLIMBS = Duration.ofMinutes(12);
    private static final long PER_MINUTE = 600;

    final FakeComponent web;
    final FakeChannel room;
    final FakeChannel onCall;
    final FakeChannel outside;
    final MetricSource traffic = new Traffic();

    private final TimeSource time;
    final Mishap mishap;
    private final HttpFake service;
    private volatile @Nullable Instant newReleaseSince;

    LaunchStage(TimeSource time, Mishap mishap) {
        this.time = time;
        this.mishap = mishap;
        FakeComponent platform = FakeComponent.named("web", time)
                .releases("39", OLD)
                .deploysIn(Duration.ofSeconds(90))
                .rollsBackIn(Duration.ofSeconds(25));
        this.web = mishap == Mishap.REDEPLOYED ? platform.holding("main deploys on push") : platform;
        this.room = FakeChannel.named("#launch", time);
        this.onCall = FakeChannel.named("on-call", time);
        this.outside = FakeChannel.named("outside", time);
        this.service = HttpFake.start(time);
        service.get("/health").host(HOST).reply(request -> Reply.json("{\"status\":\"ok\"}"));
        service.get("/version").host(HOST).reply(request -> Reply.json("{\"release\":\"" + served() + "\"}"));
        service.get("/buy")
                .host(HOST)
                .reply(request -> mishap == Mishap.SMOKE_TEST_FAILS && isNew()
                                || mishap == Mishap.STAYS_RED && bad(time.now()) > 3
                        ? Reply.text(500, "no such basket")
                        : Reply.json("{\"bought\":true}"));
    }

    Network network() {
        return FakeNetwork.create().host(HOST, ADDRESS).route(ADDRESS, 80, service.address());
    }

    private String live() {
        return web.liveNow().map(Release::id).orElse("none");
    }

    private String served() {
        return mishap == Mishap.OLD_VERSION_SERVED ? OLD : live();
    }

    private boolean isNew() {
        return !live().equals(OLD);
    }

    /** What happens to the platform once the new release is live. */
    void launched() {
        newReleaseSince = time.now();
        if (mishap == Mishap.IMAGE_DELETED) {
            web.prune(OLD, time.now().plus(UNTIL_IT_CLIMBS));
        } else if (mishap == Mishap.REDEPLOYED) {
            web.fault(LaunchFault.undone(Duration.ofMinutes(10)));
        }
    }

    /** Requests and errors of each minute. */
    private final class Traffic implements MetricSource {

        @Override
        public String id() {
            return "requests";
        }

        @Override
        public Duration slot() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration settlesAfter() {
            return Duration.ofSeconds(20);
        }

        @Override
        public Counts between(Instant from, Instant to, CheckContext context) throws IOException {
            if (mishap == Mishap.METRICS_REFUSED) {
                throw new IOException("the metrics answered 401 Unauthorized");
            }
            return new Counts(bad(from), PER_MINUTE, Map.of());
        }
    }

    private long bad(Instant at) {
        Instant since = newReleaseSince;
        boolean climbs = mishap.climbs() && since != null && (isNew() || mishap == Mishap.STAYS_RED);
        Instant begins = climbs && since != null ? since.plus(UNTIL_IT_CLIMBS) : Instant.MAX;
        long minutes =
                at.isBefore(begins) ? 0 : 1 + Duration.between(begins, at).toMinutes();
        return 3 + Math.min(minutes, 10) * 24;
    }

    @Override
    public void close() {
        service.close();
    }
}
