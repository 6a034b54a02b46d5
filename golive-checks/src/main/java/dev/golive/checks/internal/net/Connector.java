package dev.golive.checks.internal.net;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.HostNotListedException;
import dev.golive.Network;
import dev.golive.Outcome;
import dev.golive.Shared;
import dev.golive.Subject;
import dev.golive.checks.internal.dns.AddressLookup;
import dev.golive.checks.internal.net.NotConnectedException.Step;
import dev.golive.checks.internal.tls.StrictVerdict;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: finds the address, connects, shakes hands. One address is tried, once, and whatever goes wrong says
 * which step it was and how long the others took.
 *
 * <p>Thread-safe. One per {@link dev.golive.GoLive}, by {@link #SHARED}.
 */
public final class Connector implements AutoCloseable {

    /** The one connector of a {@link dev.golive.GoLive}. */
    public static final Shared<Connector> SHARED =
            Shared.of("connector", (network, time) -> new Connector(network, new AddressLookup(), new StrictVerdict()));

    private final Network network;
    private final NameResolver resolver;
    private final ChainVerdict verdict;
    private final SecureRandom random = new SecureRandom();

    /** The network makes the sockets; everything else about the world comes from the context of each check. */
    Connector(Network network, NameResolver resolver, ChainVerdict verdict) {
        this.network = network;
        this.resolver = resolver;
        this.verdict = verdict;
    }

    /**
     * When to stop waiting: a little before the engine does, so that the check can still say what it has seen.
     *
     * @return the instant, at most the deadline of the attempt
     */
    public static Instant due(CheckContext context) {
        Instant deadline = context.deadline();
        Duration left = Duration.between(context.time().now(), deadline);
        return left.isNegative() ? deadline : deadline.minus(left.dividedBy(50));
    }

    /** An address of a host, how long finding it took, and whether it had been found for another check. */
    public record Found(InetAddress address, @Nullable Duration took, boolean shared) {}

    /**
     * Finds the address to connect to.
     *
     * @throws NotConnectedException if there is none, none could be found out, or none of the public view
     * @throws Exception if the attempt was given up
     */
    public Found resolve(CheckContext context, Endpoint endpoint) throws Exception {
        InetAddress pinned = endpoint.pinned();
        if (pinned != null) {
            return new Found(pinned, null, false);
        }
        String host = endpoint.host();
        if (!context.environment().lists(Subject.host(host))) {
            // not even a name server hears of a host that is none of ours
            throw new NotConnectedException(
                    Step.RESOLVE,
                    Outcome.unknown(host + " is not a host that the environment " + context.environment() + " lists"),
                    null);
        }
        Duration start = context.time().elapsed();
        Resolved resolved = addresses(context, host, endpoint.family());
        Duration took = context.time().elapsed().minus(start);
        mustBePublic(context, host, resolved.addresses());
        return new Found(resolved.addresses().get(0), took, resolved.shared());
    }

    /**
     * Finds every address of a host, IPv4 and IPv6 unless the endpoint wants one of them only.
     *
     * @throws NotConnectedException if there is none, some could not be found out, or none is of the public view
     * @throws Exception if the attempt was given up
     */
    public List<Found> resolveAll(CheckContext context, Endpoint endpoint) throws Exception {
        Found first = resolve(context, endpoint);
        if (endpoint.pinned() != null) {
            return List.of(first);
        }
        List<InetAddress> all = new ArrayList<>();
        List<Family> families =
                endpoint.family() == Family.ANY ? List.of(Family.IPV4, Family.IPV6) : List.of(endpoint.family());
        for (Family family : families) {
            all.addAll(addressesIfAny(context, endpoint.host(), family));
        }
        return all.stream()
                .distinct()
                .map(address -> new Found(address, first.took(), first.shared()))
                .toList();
    }

    /**
     * Finds the address of a service that is not under examination, such as an OCSP responder.
     *
     * @throws IOException if there is none or it could not be found out
     * @throws Exception if the attempt was given up
     */
    public InetAddress resolveService(CheckContext context, String host) throws Exception {
        return resolver.resolve(context, host, Family.ANY).addresses().get(0);
    }

    private List<InetAddress> addressesIfAny(CheckContext context, String host, Family family) throws Exception {
        try {
            return resolver.resolve(context, host, family).addresses();
        } catch (NoAddressException e) {
            // a host of one family only is an ordinary one, and that it has an address at all is known by now
            return List.of();
        } catch (UnresolvedException e) {
            throw new NotConnectedException(Step.RESOLVE, Outcome.unknown(message(e)), e);
        }
    }

    private Resolved addresses(CheckContext context, String host, Family family) throws Exception {
        try {
            return resolver.resolve(context, host, family);
        } catch (NoAddressException e) {
            throw new NotConnectedException(Step.RESOLVE, Outcome.failed(message(e)), e);
        } catch (UnresolvedException e) {
            throw new NotConnectedException(Step.RESOLVE, Outcome.unknown(message(e)), e);
        }
    }

    private static void mustBePublic(CheckContext context, String host, List<InetAddress> addresses)
            throws NotConnectedException {
        if (Addresses.isPublicName(host)
                && addresses.stream()
                        .allMatch(one -> Addresses.isPrivate(one)
                                && !context.environment().lists(Subject.host(Addresses.text(one))))
                && context.network().known(host).isEmpty()) {
            String all =
                    String.join(", ", addresses.stream().map(Addresses::text).toList());
            throw new NotConnectedException(
                    Step.RESOLVE,
                    Outcome.unknown(
                            host + " has only private addresses here, so this is not the public view",
                            Fact.of("addresses", all)),
                    null);
        }
    }

    /**
     * Opens a connection; finds the address first.
     *
     * @param offer how to shake hands; {@code null} for no TLS
     * @throws NotConnectedException if there is no connection
     * @throws Exception if the attempt was given up
     */
    public Connection open(CheckContext context, Endpoint endpoint, @Nullable TlsOffer offer) throws Exception {
        return open(
                context,
                endpoint,
                resolve(context, endpoint),
                offer,
                context.network().anchors());
    }

    /**
     * Opens a connection to an address. The connection is closed when the attempt is given up before this returns, and
     * from then on belongs to the caller.
     *
     * @param offer how to shake hands; {@code null} for no TLS
     * @param anchors whom to trust
     * @throws NotConnectedException if there is no connection
     * @throws Exception if the attempt was given up
     */
    public Connection open(
            CheckContext context, Endpoint endpoint, Found found, @Nullable TlsOffer offer, Set<TrustAnchor> anchors)
            throws Exception {
        Socket raw = network.newSocket();
        Runnable abort = () -> Connection.close(raw);
        boolean opened = false;
        try (TimeSource.Alarm hook = context.onCancel(abort)) {
            Connection connection = context.time()
                    .within(due(context), abort, () -> open(context, endpoint, found, offer, anchors, raw));
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                abort.run();
            }
        }
    }

    private Connection open(
            CheckContext context,
            Endpoint endpoint,
            Found found,
            @Nullable TlsOffer offer,
            Set<TrustAnchor> anchors,
            Socket raw)
            throws NotConnectedException, GeneralSecurityException {
        TimeSource time = context.time();
        Duration start = time.elapsed();
        InetAddress address = found.address();
        try {
            InetSocketAddress target =
                    context.network().route(endpoint.host(), new InetSocketAddress(address, endpoint.port()));
            raw.setTcpNoDelay(true);
            raw.connect(target);
        } catch (HostNotListedException e) {
            throw new NotConnectedException(Step.CONNECT, Outcome.unknown(message(e)), e);
        } catch (IOException e) {
            Phases phases = new Phases(found.took(), found.shared(), null, null);
            String why =
                    Failures.connecting(endpoint, address, e, time.elapsed().minus(start));
            Outcome outcome = Failures.isOurOwn(e)
                    ? Outcome.unknown("this machine itself could not ask: " + why)
                    : Outcome.unreachable(why);
            throw new NotConnectedException(Step.CONNECT, outcome.with(facts(address, phases)), e);
        }
        Duration connected = time.elapsed();
        Duration tcp = connected.minus(start);
        if (offer == null) {
            return new Connection(
                    endpoint, address, raw, new Phases(found.took(), found.shared(), tcp, null), null, List.of(), null);
        }
        RecordingTrust trust = new RecordingTrust();
        try {
            SSLSocket secure = shakeHands(raw, endpoint, offer, trust);
            Phases phases =
                    new Phases(found.took(), found.shared(), tcp, time.elapsed().minus(connected));
            ChainVerdict.Judgement judgement = verdict.judge(trust.chain(), endpoint.host(), time.now(), anchors);
            return new Connection(endpoint, address, raw, phases, secure, trust.chain(), judgement);
        } catch (IOException e) {
            List<Fact> facts = facts(address, new Phases(found.took(), found.shared(), tcp, null));
            if (!trust.chain().isEmpty()) {
                facts.addAll(Failures.certificate(trust.chain().get(0), time.now()));
            }
            throw new NotConnectedException(
                    Step.HANDSHAKE,
                    Failures.handshake(endpoint, e, time.elapsed().minus(connected))
                            .with(facts),
                    e);
        }
    }

    private SSLSocket shakeHands(Socket raw, Endpoint endpoint, TlsOffer offer, RecordingTrust trust)
            throws IOException, GeneralSecurityException {
        // a context of its own for every handshake: no session is ever resumed, so every chain is one served now
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, random);
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(raw, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setServerNames(
                offer.serverName().isEmpty() ? List.of() : List.of(new SNIHostName(offer.serverName())));
        parameters.setApplicationProtocols(offer.applicationProtocols().toArray(String[]::new));
        if (!offer.versions().isEmpty()) {
            parameters.setProtocols(offer.versions().toArray(String[]::new));
        }
        if (!offer.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(offer.cipherSuites().toArray(String[]::new));
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static List<Fact> facts(InetAddress address, Phases phases) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("address", Addresses.text(address)));
        facts.addAll(phases.facts(""));
        return facts;
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    /** Owns nothing that stays open. */
    @Override
    public void close() {}
}
