package dev.golive.checks.internal.net;

import dev.golive.Fact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An open connection and all that its opening has shown.
 *
 * <p>Used by one thread at a time; {@link #close} may be called by any, at any time, and ends whatever the connection is
 * used for.
 */
public final class Connection implements AutoCloseable {

    private final Endpoint endpoint;
    private final InetAddress address;
    private final Socket raw;
    private final Phases phases;
    private final @Nullable SSLSocket secure;
    private final List<X509Certificate> chain;
    private final ChainVerdict.@Nullable Judgement judgement;

    Connection(
            Endpoint endpoint,
            InetAddress address,
            Socket raw,
            Phases phases,
            @Nullable SSLSocket secure,
            List<X509Certificate> chain,
            ChainVerdict.@Nullable Judgement judgement) {
        this.endpoint = endpoint;
        this.address = address;
        this.raw = raw;
        this.phases = phases;
        this.secure = secure;
        this.chain = List.copyOf(chain);
        this.judgement = judgement;
    }

    /** Where it leads. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The logical address that answered. */
    public InetAddress address() {
        return address;
    }

    /** The TCP socket. */
    public Socket raw() {
        return raw;
    }

    /** The TLS socket over the TCP socket, after its handshake; {@code null} without TLS. */
    public @Nullable SSLSocket secure() {
        return secure;
    }

    /** How long its opening took. */
    public Phases phases() {
        return phases;
    }

    /** The certificates that the server showed, in its order; empty without TLS. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** What is to be thought of them; {@code null} without TLS. */
    public ChainVerdict.@Nullable Judgement judgement() {
        return judgement;
    }

    /** Whether what is secret may be sent: there is no TLS to judge, or the server proved who it is. */
    public boolean trusted() {
        ChainVerdict.Judgement judged = judgement;
        return judged == null || judged.trusted();
    }

    /** The application protocol that was agreed upon, empty for none. */
    public String applicationProtocol() {
        SSLSocket socket = secure;
        String agreed = socket == null ? null : socket.getApplicationProtocol();
        return agreed == null ? "" : agreed;
    }

    /** Who answered and how it is protected. */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("address", Addresses.text(address)));
        SSLSocket socket = secure;
        if (socket != null) {
            facts.add(Fact.of("tls version", socket.getSession().getProtocol()));
        }
        return facts;
    }

    /** Closes the TCP socket and nothing else, so that it never blocks: a TLS farewell could. */
    @Override
    public void close() {
        close(raw);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(Connection.class.getName())
                    .log(System.Logger.Level.DEBUG, "A socket did not close in good order", e);
        }
    }
}
