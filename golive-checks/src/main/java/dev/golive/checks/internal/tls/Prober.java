package dev.golive.checks.internal.tls;

import dev.golive.CheckContext;
import dev.golive.checks.TlsVersion;
import dev.golive.checks.internal.net.Connection;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.net.Failures;
import dev.golive.checks.internal.net.NotConnectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which versions and cipher suites one server accepts, each by a connection that ends after the server's first
 * message. For one attempt of one check, on its thread.
 */
final class Prober {

    /** How many forbidden suites are listed at most; one is enough for a verdict. */
    private static final int MOST_LISTED = 4;

    private final CheckContext context;
    private final Connector connector;
    private final Endpoint endpoint;
    private final Connector.Found found;
    private final String serverName;
    private final RandomGenerator random;
    private @Nullable TlsVersion known;
    private final Map<TlsVersion, ServerHello.Answer> answers = new EnumMap<>(TlsVersion.class);

    Prober(
            CheckContext context,
            Connector connector,
            Endpoint endpoint,
            Connector.Found found,
            String serverName,
            RandomGenerator random) {
        this.context = context;
        this.connector = connector;
        this.endpoint = endpoint;
        this.found = found;
        this.serverName = serverName;
        this.random = random;
    }

    /**
     * Whether the server speaks a version.
     *
     * @throws NotConnectedException if there is no connection
     * @throws IOException if something else than TLS answers, or nothing before time was up
     * @throws Exception if the attempt was given up
     */
    boolean offers(TlsVersion version) throws Exception {
        ServerHello.Answer answer = answers.get(version);
        if (answer == null) {
            answer = answer(version, suites(version, Set.of()));
            answers.put(version, answer);
        }
        return answer instanceof ServerHello.Chosen chosen && chosen.version() == version.code();
    }

    /**
     * The suites that a server accepts although they are not allowed.
     *
     * @param version the version to ask with
     * @param allowed what is not to be asked for
     * @return the names of the first few, empty if it accepts none
     * @throws Exception as {@link #offers}
     */
    List<String> accepted(TlsVersion version, Set<String> allowed) throws Exception {
        List<String> accepted = new ArrayList<>();
        Set<String> excluded = new HashSet<>(allowed);
        while (accepted.size() < MOST_LISTED) {
            List<Integer> rest = suites(version, excluded);
            if (rest.isEmpty()
                    || !(answer(version, rest) instanceof ServerHello.Chosen chosen)
                    || chosen.version() != version.code()
                    || !excluded.add(CipherSuites.name(chosen.suite()))) {
                return accepted;
            }
            accepted.add(CipherSuites.name(chosen.suite()));
        }
        return accepted;
    }

    private static List<Integer> suites(TlsVersion version, Set<String> excluded) {
        return version == TlsVersion.TLS_1_3
                ? CipherSuites.tls13(name -> !excluded.contains(name))
                : CipherSuites.classic(name -> !excluded.contains(name));
    }

    /** Notes a version that the server is known to speak. */
    void knows(TlsVersion version) {
        known = version;
    }

    /**
     * Asks, and makes sure that a server that hung up meant the offer: one that is out of order, or that has had enough
     * of our connections, would hang up on an offer of what it speaks too.
     */
    private ServerHello.Answer answer(TlsVersion version, List<Integer> suites) throws Exception {
        ServerHello.Answer answer = ask(version, suites);
        TlsVersion control = known;
        if (control != null
                && answer instanceof ServerHello.Declined declined
                && !declined.said()
                && !(ask(control, suites(control, Set.of())) instanceof ServerHello.Chosen)) {
            throw new IOException(declined.how() + " at an offer of " + version + ", but also at one of " + control
                    + ", which it speaks");
        }
        return answer;
    }

    private ServerHello.Answer ask(TlsVersion version, List<Integer> suites) throws Exception {
        byte[] hello = ClientHello.bytes(version, suites, serverName, random);
        try (Connection connection =
                connector.open(context, endpoint, found, null, context.network().anchors())) {
            ServerHello.Answer answer = context.time().within(Connector.due(context), connection::close, () -> {
                try {
                    OutputStream out = connection.raw().getOutputStream();
                    out.write(hello);
                    out.flush();
                    return ServerHello.read(connection.raw().getInputStream());
                } catch (IOException e) {
                    if (Failures.isReset(e)) {
                        return new ServerHello.Declined("it reset the connection", false);
                    }
                    throw new IOException(
                            Failures.isClosedByUs(e)
                                    ? "it did not answer an offer of " + version + " in time"
                                    : "an offer of " + version + " failed: " + Failures.text(e),
                            e);
                }
            });
            if (answer instanceof ServerHello.NotTls other) {
                throw new IOException(other.what() + " to an offer of " + version);
            }
            return answer;
        }
    }
}
