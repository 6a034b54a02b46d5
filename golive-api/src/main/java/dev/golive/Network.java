package dev.golive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The way to the world: every socket, resolver, trust anchor and provider URL that a check uses comes from here. A
 * rehearsal swaps this one port, and the checklist stays unchanged.
 *
 * <p>Addresses are <em>logical</em>: what DNS says, what a report shows. {@link #route} turns a logical address into
 * the one to connect to; on the real network they are the same.
 *
 * <p>Implementations are thread-safe and own no thread.
 */
public interface Network {

    /**
     * Where to connect for a host under examination.
     *
     * @param host the logical host name
     * @param logical the address that the name has, and the port
     * @return the address to connect to
     * @throws IOException if this network has no way there
     */
    InetSocketAddress route(String host, InetSocketAddress logical) throws IOException;

    /**
     * Where to connect for a service that is not under examination but is asked about what is: a name server, an OCSP
     * responder, a certificate revocation list.
     *
     * @param service the logical address
     * @return the address to connect to
     * @throws IOException if this network has no way there
     */
    InetSocketAddress consult(InetSocketAddress service) throws IOException;

    /**
     * A socket that is not yet connected. A network behind a SOCKS proxy overrides this.
     *
     * @return a new socket
     */
    default Socket newSocket() {
        return new Socket(Proxy.NO_PROXY);
    }

    /**
     * Connects to a host under examination: no proxy, no delay of small writes, no retry, one address.
     *
     * @param host the logical host name
     * @param logical the address that the name has, and the port
     * @param timeout how long connecting may take
     * @return the connected socket, owned by the caller
     * @throws IOException if it cannot be connected
     */
    default Socket connect(String host, InetSocketAddress logical, Duration timeout) throws IOException {
        InetSocketAddress target = route(host, logical);
        Socket socket = newSocket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(target, Math.toIntExact(Math.max(1, Math.min(timeout.toMillis(), Integer.MAX_VALUE))));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * The addresses of a name that are known without asking DNS, as by a hosts file.
     *
     * @param host the name
     * @return its addresses, empty to ask DNS
     */
    List<InetAddress> known(String host);

    /**
     * The recursive resolvers to ask.
     *
     * @return their logical addresses, empty for those that the machine is configured to use
     */
    List<InetSocketAddress> resolvers();

    /**
     * The certificate authorities to trust.
     *
     * @return the anchors
     */
    Set<TrustAnchor> anchors();

    /**
     * Where the API of a provider is.
     *
     * @param provider its public URL
     * @return the URL to use
     */
    URI endpoint(URI provider);

    /**
     * The real network: the machine's resolvers, hosts file and trust store.
     *
     * @return the network
     */
    static Network real() {
        return RealNetwork.INSTANCE;
    }
}
