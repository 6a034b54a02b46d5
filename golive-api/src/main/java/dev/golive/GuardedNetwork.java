package dev.golive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The network as one attempt sees it: only hosts of the environment, and every socket closed when it is given up. The
 * witness of our own network is something else by its nature, and is not held to the environment.
 */
final class GuardedNetwork implements Network {

    private final Attempt attempt;
    private final Network network;

    GuardedNetwork(Attempt attempt, Network network) {
        this.attempt = attempt;
        this.network = network;
    }

    @Override
    public InetSocketAddress route(String host, InetSocketAddress logical) throws IOException {
        Subject subject = Subject.host(host);
        if (!attempt.isWitness() && !attempt.environment().lists(subject)) {
            throw new HostNotListedException(host, attempt.environment());
        }
        return network.route(host, logical);
    }

    @Override
    public InetSocketAddress consult(InetSocketAddress service) throws IOException {
        return network.consult(service);
    }

    @Override
    public Socket newSocket() {
        Socket socket = network.newSocket();
        attempt.onCancel(() -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return socket;
    }

    @Override
    public Socket connect(String host, InetSocketAddress logical, Duration timeout) throws IOException {
        Duration left = Duration.between(attempt.time().now(), attempt.deadline());
        return Network.super.connect(host, logical, timeout.compareTo(left) < 0 ? timeout : left);
    }

    @Override
    public List<InetAddress> known(String host) {
        return network.known(host);
    }

    @Override
    public List<InetSocketAddress> resolvers() {
        return network.resolvers();
    }

    @Override
    public Set<TrustAnchor> anchors() {
        return network.anchors();
    }

    @Override
    public URI endpoint(URI provider) {
        return network.endpoint(provider);
    }
}
