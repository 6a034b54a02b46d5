package dev.golive.aws.internal.s3;

import dev.golive.CheckContext;
import dev.golive.CheckContext.Each;
import dev.golive.GoLiveException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sends requests as long as the attempt has time for them. What is left is for the next attempt, which an exception leads
 * to: the engine takes a receipt for a word that everything was sent.
 */
public final class Sending {

    /** What is begun must have the time to come to its end. */
    private static final Duration RESERVE = Duration.ofSeconds(5);

    private final CheckContext context;
    private final Instant until;
    private final int all;
    private int sent;

    /** Sends a number of requests from now on. */
    public Sending(CheckContext context, int all) {
        this.context = context;
        this.all = all;
        Duration quarter =
                Duration.between(context.time().now(), context.deadline()).dividedBy(4);
        this.until = context.deadline().minus(quarter.compareTo(RESERVE) < 0 ? quarter : RESERVE);
    }

    /** Sends some of them, so many at a time. */
    public <A> void each(List<A> some, int width, Each<A, ?> request) throws Exception {
        List<Boolean> done = context.parallel(some, width, one -> {
            if (!context.time().now().isBefore(until)) {
                return false;
            }
            request.apply(one);
            return true;
        });
        sent += (int) done.stream().filter(one -> one).count();
        if (done.contains(false)) {
            throw new GoLiveException("there was time for " + sent + " of " + all
                    + " requests; the next attempt goes on with the others");
        }
    }
}
