package dev.golive.testkit;

import dev.golive.Network;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.TrustAnchor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network that leads to fakes: a checklist with its real host names, addresses and URLs runs against loopback,
 * unchanged, and its facts show the logical names.
 *
 * <p>Whatever has no route is refused, so that a test never reaches the world. Immutable: each method returns a new
 * network. Thread-safe.
 */
public final class FakeNetwork implements Network {

    private final Map<String, InetSocketAddress> routes;
    private final Map<String, List<InetAddress>> hosts;
    private final List<InetSocketAddress> resolvers;
    private final List<Function<InetSocketAddress, @Nullable InetSocketAddress>> nameServers;
    private final Set<TrustAnchor> anchors;
    private final Map<String, URI> endpoints;

    private FakeNetwork(
            Map<String, InetSocketAddress> routes,
            Map<String, List<InetAddress>> hosts,
            List<InetSocketAddress> resolvers,
            List<Function<InetSocketAddress, @Nullable InetSocketAddress>> nameServers,
            Set<TrustAnchor> anchors,
            Map<String, URI> endpoints) {
        this.routes = routes;
        this.hosts = hosts;
        this.resolvers = resolvers;
        this.nameServers = nameServers;
        this.anchors = anchors;
        this.endpoints = endpoints;
    }

    /**
     * A network that leads nowhere yet.
     *
     * @return the network
     */
    public static FakeNetwork create() {
        return new FakeNetwork(Map.of(), Map.of(), List.of(), List.of(), Set.of(), Map.of());
    }

    /**
     * The same with a way to a host: connections to its name and port, whatever address it has, go to a fake.
     *
     * @param host the logical host name or address
     * @param port the logical port
     * @param fake where the fake listens
     * @return the new network
     */
    public FakeNetwork route(String host, int port, InetSocketAddress fake) {
        Map<String, InetSocketAddress> all = new HashMap<>(routes);
        all.put(key(host, port), fake);
        return new FakeNetwork(all, hosts, resolvers, nameServers, anchors, endpoints);
    }

    /**
     * The same with an address for a name, as in a hosts file, so that no resolver is asked.
     *
     * @param name the name
     * @param address a literal IPv4 or IPv6 address, the logical one
     * @return the new network
     */
    public FakeNetwork host(String name, String address) {
        Map<String, List<InetAddress>> all = new HashMap<>(hosts);
        List<InetAddress> addresses = new ArrayList<>(all.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
        addresses.add(literal(address));
        all.put(name.toLowerCase(Locale.ROOT), List.copyOf(addresses));
        return new FakeNetwork(routes, all, resolvers, nameServers, anchors, endpoints);
    }

    /**
     * The same with a recursive resolver under its logical address.
     *
     * @param address a literal address; port 53
     * @return the new network
     */
    public FakeNetwork resolver(String address) {
        List<InetSocketAddress> all = new ArrayList<>(resolvers);
        all.add(new InetSocketAddress(literal(address), 53));
        return new FakeNetwork(routes, hosts, List.copyOf(all), nameServers, anchors, endpoints);
    }

    /**
     * The same with a way to services that are asked about what is examined, such as name servers.
     *
     * @param route gives the fake for a logical address, or {@code null} if it has none there
     * @return the new network
     */
    public FakeNetwork consulting(Function<InetSocketAddress, @Nullable InetSocketAddress> route) {
        List<Function<InetSocketAddress, @Nullable InetSocketAddress>> all = new ArrayList<>(nameServers);
        all.add(route);
        return new FakeNetwork(routes, hosts, resolvers, List.copyOf(all), anchors, endpoints);
    }

    /**
     * The same with more certificate authorities to trust; none is trusted otherwise.
     *
     * @param more the anchors
     * @return the new network
     */
    public FakeNetwork trusting(Set<TrustAnchor> more) {
        Set<TrustAnchor> all = new LinkedHashSet<>(anchors);
        all.addAll(more);
        return new FakeNetwork(routes, hosts, resolvers, nameServers, Set.copyOf(all), endpoints);
    }

    /**
     * The same with a fake of a provider's API.
     *
     * @param provider the public URL of the API, of which the scheme, host and port count; a host that begins with
     *     {@code *.} stands for every host below, as in {@code https://*.amazonaws.com}
     * @param fake the URL of the fake
     * @return the new network
     */
    public FakeNetwork endpoint(URI provider, URI fake) {
        Map<String, URI> all = new HashMap<>(endpoints);
        all.put(provider.getScheme() + "://" + provider.getAuthority(), fake);
        return new FakeNetwork(routes, hosts, resolvers, nameServers, anchors, all);
    }

    @Override
    public InetSocketAddress route(String host, InetSocketAddress logical) throws IOException {
        InetSocketAddress byAddress = logical.getAddress() == null
                ? null
                : routes.get(key(logical.getAddress().getHostAddress(), logical.getPort()));
        InetSocketAddress fake = byAddress != null ? byAddress : routes.get(key(host, logical.getPort()));
        if (fake == null) {
            throw new ConnectException(
                    "Connection refused: the fake network has no route to " + host + ":" + logical.getPort());
        }
        return fake;
    }

    @Override
    public InetSocketAddress consult(InetSocketAddress service) throws IOException {
        for (Function<InetSocketAddress, @Nullable InetSocketAddress> route : nameServers) {
            InetSocketAddress fake = route.apply(service);
            if (fake != null) {
                return fake;
            }
        }
        InetSocketAddress fake = routes.get(key(service.getHostString(), service.getPort()));
        if (fake == null) {
            throw new ConnectException("Connection refused: the fake network has no route to " + service);
        }
        return fake;
    }

    @Override
    public List<InetAddress> known(String host) {
        return hosts.getOrDefault(host.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public List<InetSocketAddress> resolvers() {
        // an empty list would mean the machine's own resolvers, and a test must not ask those
        return resolvers.isEmpty() ? List.of(new InetSocketAddress(literal("192.0.2.0"), 53)) : resolvers;
    }

    @Override
    public Set<TrustAnchor> anchors() {
        return anchors;
    }

    @Override
    public URI endpoint(URI provider) {
        URI fake = endpoints.get(provider.getScheme() + "://" + provider.getAuthority());
        for (int dot = provider.getAuthority().indexOf('.'); fake == null && dot >= 0; ) {
            fake = endpoints.get(
                    provider.getScheme() + "://*" + provider.getAuthority().substring(dot));
            dot = provider.getAuthority().indexOf('.', dot + 1);
        }
        if (fake == null) {
            throw new IllegalStateException("The fake network has no fake of " + provider.getHost());
        }
        return fake.resolve(
                provider.getRawPath() + (provider.getRawQuery() == null ? "" : "?" + provider.getRawQuery()));
    }

    private static String key(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private static InetAddress literal(String address) {
        if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new IllegalArgumentException("address must be a literal IPv4 or IPv6 address but was " + address);
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address must be a literal IPv4 or IPv6 address but was " + address, e);
        }
    }
}
