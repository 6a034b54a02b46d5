package dev.golive.checks.internal.tcp;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.checks.internal.net.Connection;
import dev.golive.checks.internal.net.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a port is open, refused, or answers nothing.
 *
 * @param endpoint the port
 * @param wanted what it should be
 * @param control a port that must be open for silence to mean something
 */
public record Reachability(
        Endpoint endpoint, Wanted wanted, @Nullable Endpoint control) {

    /** What a port should be. */
    public enum Wanted {
        /** Open. */
        OPEN("is open"),
        /** Refused by its host. */
        REFUSED("is refused"),
        /** Dropped on the way. */
        FILTERED("is filtered"),
        /** Refused or dropped. */
        NOT_REACHABLE("is not reachable");

        private final String words;

        Wanted(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Asks, the control first: then there is time for it even if the port uses up all that is left. */
    public Outcome run(CheckContext context) throws Exception {
        Fact controlled = null;
        if (control != null) {
            Port known = Port.ask(context, control);
            close(known);
            controlled = Fact.of(
                    "control " + text(control),
                    known.state() == Port.State.OPEN ? "open" : known.outcome().why());
            if (known.state() != Port.State.OPEN) {
                return Outcome.unknown(
                        "the control " + text(control) + " is not open, so an answer of " + text(endpoint)
                                + " would mean nothing",
                        controlled);
            }
        }
        Port port = Port.ask(context, endpoint);
        close(port);
        Outcome outcome = judge(port);
        return controlled == null ? outcome : outcome.with(controlled);
    }

    private static void close(Port port) {
        Connection connection = port.connection();
        if (connection != null) {
            connection.close();
        }
    }

    private Outcome judge(Port port) {
        List<Fact> facts = port.outcome().facts();
        return switch (port.state()) {
            case UNASKED -> port.outcome();
            case OPEN -> found(wanted == Wanted.OPEN, "open").with(facts);
            case REFUSED ->
                wanted == Wanted.OPEN
                        ? port.outcome().with(state("refused"))
                        : found(wanted != Wanted.FILTERED, "refused").with(facts);
            case SILENT -> silent(port).with(facts);
        };
    }

    private Outcome silent(Port port) {
        if (wanted == Wanted.OPEN || wanted == Wanted.REFUSED) {
            return Outcome.unreachable(port.outcome().why(), state("silent"));
        }
        // our own network may have lost the packets; only a connection next to it shows that it did not
        return control != null
                ? found(true, "filtered")
                : Outcome.unknown(
                        port.outcome().why() + ", which is no proof that the port is closed to us;"
                                + " name a port that is open with provenBy(..)",
                        state("silent"));
    }

    private Outcome found(boolean met, String state) {
        return met
                ? Outcome.passed(state(state))
                : Outcome.failed(text(endpoint) + " was " + state + ", expected that it " + wanted, state(state));
    }

    private Fact state(String found) {
        return Fact.of("port", wanted, found);
    }

    static String text(Endpoint endpoint) {
        String host = endpoint.host();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + endpoint.port();
    }

    /** What is asked. */
    public String sentence() {
        return "TCP " + text(endpoint) + " " + wanted;
    }
}
