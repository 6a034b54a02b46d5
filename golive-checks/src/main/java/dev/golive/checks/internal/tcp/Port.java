package dev.golive.checks.internal.tcp;

import dev.golive.CheckContext;
import dev.golive.Finding;
import dev.golive.HostNotListedException;
import dev.golive.Outcome;
import dev.golive.checks.internal.net.Connection;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.net.Failures;
import dev.golive.checks.internal.net.NotConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * What a port turned out to be.
 *
 * @param state what it is
 * @param outcome what is known besides: the reason and the facts
 * @param connection the connection, of an open port only; to be closed by who asked
 */
record Port(State state, Outcome outcome, @Nullable Connection connection) {

    /** What a port can be. */
    enum State {
        /** Somebody listens. */
        OPEN,
        /** The host said that nobody listens: it is proof. */
        REFUSED,
        /** Nobody said anything, which may be anybody's fault. */
        SILENT,
        /** It could not be asked. */
        UNASKED
    }

    static Port ask(CheckContext context, Endpoint endpoint) throws Exception {
        try {
            Connection connection = context.shared(Connector.SHARED).open(context, endpoint, null);
            Outcome outcome = Outcome.passed()
                    .with(connection.facts())
                    .with(connection.phases().facts(""));
            return new Port(State.OPEN, outcome, connection);
        } catch (NotConnectedException e) {
            Throwable cause = e.getCause();
            boolean unasked = e.step() == NotConnectedException.Step.RESOLVE
                    || cause instanceof HostNotListedException
                    || cause != null && Failures.isOurOwn(cause)
                    || e.outcome().finding() == Finding.FAILED;
            boolean refused = cause != null && Failures.isRefused(cause);
            return new Port(unasked ? State.UNASKED : refused ? State.REFUSED : State.SILENT, e.outcome(), null);
        }
    }
}
