package dev.golive.checks.internal.http;

import dev.golive.CheckContext;
import dev.golive.checks.internal.net.Connection;
import java.util.List;

/** Speaks one version of HTTP over one connection. Used by one thread at a time. */
interface Wire extends AutoCloseable {

    /** What carries it. */
    Connection connection();

    /**
     * Sends a request and reads the response.
     *
     * @param headers all lines to send besides those that frame the message
     * @param headOnly whether to leave the body unread, after which the connection is of no more use
     * @throws BrokenExchangeException if there is no whole response
     */
    Received exchange(CheckContext context, RequestPlan plan, List<Field> headers, boolean headOnly)
            throws BrokenExchangeException;

    /** Whether another request may follow on the same connection. */
    boolean reusable();

    /** Closes the connection at once; any thread may. */
    @Override
    default void close() {
        connection().close();
    }
}
