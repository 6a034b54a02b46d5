package dev.golive.aws.internal;

import dev.golive.CheckContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK does on this thread is done for an attempt: on its clock, within its time, and given up with it. The SDK
 * calls the HTTP client and the retry strategy on the thread of the caller, which is why a thread knows its guard.
 */
final class Guard {

    /** How long one exchange may take, so that one that hangs leaves time for another. */
    private static final Duration EXCHANGE = Duration.ofSeconds(8);

    private static final ThreadLocal<Guard> CURRENT = new ThreadLocal<>();

    private final CheckContext context;
    private final boolean writing;

    private Guard(CheckContext context, boolean writing) {
        this.context = context;
        this.writing = writing;
    }

    /** Does something under a guard. */
    static <T> T during(CheckContext context, boolean writing, Calls.Body<T> body) throws Exception {
        Guard before = CURRENT.get();
        CURRENT.set(new Guard(context, writing));
        try {
            return body.run();
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable Guard before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    static Guard current() {
        Guard guard = CURRENT.get();
        if (guard == null) {
            throw new IllegalStateException("AWS is asked outside of an attempt");
        }
        return guard;
    }

    CheckContext context() {
        return context;
    }

    /** Whether what is being done changes something, so that it is never repeated on a mere suspicion. */
    boolean isWriting() {
        return writing;
    }

    Instant deadline() {
        return context.deadline();
    }

    /** Until when the exchange that begins now may take. A write is not given up before its attempt is. */
    Instant exchangeUntil() {
        Instant longest = context.time().now().plus(EXCHANGE);
        return writing || deadline().isBefore(longest) ? deadline() : longest;
    }
}
