package dev.golive.testkit.railway;

import dev.golive.testkit.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How many requests are answered: so many an hour, and ten a second of those whose URL says nothing of who asks. */
final class RateLimits {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int AT_THE_EDGE = 10;

    private final Deque<Instant> plain = new ArrayDeque<>();
    private @Nullable Instant end;
    private int limit;
    private int used;
    private boolean asText;

    RateLimits(int limit) {
        this.limit = limit;
    }

    void limit(int perHour) {
        limit = perHour;
    }

    void resetsAsText() {
        asText = true;
    }

    /** Whether a request is stopped at the edge. */
    boolean isStoppedAtTheEdge(String query, Instant now) {
        if (!query.isEmpty()) {
            return false;
        }
        plain.removeIf(one -> !one.plusSeconds(1).isAfter(now));
        if (plain.size() >= AT_THE_EDGE) {
            return true;
        }
        plain.addLast(now);
        return false;
    }

    /** Counts a request; false if it was one too many. */
    boolean count(Instant now) {
        if (end == null || !now.isBefore(end)) {
            end = now.plus(WINDOW);
            used = 0;
        }
        if (used >= limit) {
            return false;
        }
        used++;
        return true;
    }

    void useUp(Instant now) {
        if (end == null || !now.isBefore(end)) {
            end = now.plus(WINDOW);
        }
        used = limit;
    }

    static Reply edge() {
        return Reply.text(429, "error code: 1015");
    }

    /** An answer that says when the next attempt is welcome. */
    Reply tooMany(Instant now, @Nullable Duration retryAfter) {
        Duration wait = retryAfter == null ? Duration.between(now, endAt(now)) : retryAfter;
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return headed(Reply.text(429, "Too Many Requests").header("Retry-After", Long.toString(seconds)), now);
    }

    /** The answer with the headers that all answers of Railway itself have. */
    Reply headed(Reply reply, Instant now) {
        Instant reset = endAt(now);
        return reply.header("X-RateLimit-Limit", Integer.toString(limit))
                .header("X-RateLimit-Remaining", Integer.toString(Math.max(0, limit - used)))
                .header("X-RateLimit-Reset", asText ? RailwayGraph.text(reset) : Long.toString(reset.getEpochSecond()))
                .header("RateLimit-Policy", limit + ";w=" + WINDOW.toSeconds());
    }

    private Instant endAt(Instant now) {
        return end == null ? now.plus(WINDOW) : end;
    }
}
