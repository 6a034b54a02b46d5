package dev.golive.testkit;

import dev.golive.time.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A fake of the domain name system: any number of name servers with their zones, on loopback, over UDP and TCP (RFC
 * 1034, 1035, 6891, 7766).
 *
 * <pre>{@code
 * try (DnsFake dns = DnsFake.start(time)) {
 *     DnsZone shop = dns.zone("shop.example")
 *             .server("ns1.shop.example", "192.0.2.53")
 *             .server("ns2.shop.example", "192.0.2.54")
 *             .a("shop.example", "203.0.113.10")
 *             .cname("www.shop.example", "shop.example")
 *             .mx("shop.example", 10, "mail.shop.example")
 *             .caa("shop.example", "issue", "letsencrypt.org");
 *     dns.resolver("192.0.2.1");
 *     dns.at("192.0.2.54").fault(DnsFault.timeout().first(2));
 *     shop.replace("shop.example", "A", "203.0.113.20");                 // the switch
 *     InetSocketAddress real = dns.route(new InetSocketAddress("192.0.2.53", 53));
 * }
 * }</pre>
 *
 * <p>Each server has a logical address, which is what records, configurations and {@link DnsQuery#server()} show, and
 * one ephemeral port of 127.0.0.1, the same for UDP and TCP, to which {@link #route} leads.
 *
 * <ul>
 *   <li>An authoritative server answers for the zones that named it, with the AA bit: delegations with glue, aliases
 *       followed as far as it serves their target, wildcards, NXDOMAIN and empty answers with their SOA record. The root
 *       and top-level domains are zones like any other: {@code dns.zone(".")}.
 *   <li>A resolver answers from all zones, with the RA bit, and keeps answers for their time to live. It reads the zones
 *       themselves: faults of their servers do not reach it. Without the RD bit it refuses.
 *   <li>A name that is in no zone is refused at once; {@link #unscripted()} says what was missing.
 * </ul>
 *
 * <p>Time is that of the time source alone: a cache ages, and a change gets through, by its clock. A fault that delays
 * or does not answer sleeps there if threads take turns on it ({@link TimeSource#cooperative()}); otherwise no thread
 * waits. DNSSEC, zone transfers, updates and DNAME synthesis are not played.
 *
 * <p>Thread-safe. {@link #close()} ends all sockets and threads.
 */
public final class DnsFake implements AutoCloseable, Fake {

    /** Enough to see what went wrong; a broken socket can fail without end. */
    private static final int MAX_FAILURES = 16;

    private final TimeSource time;
    private final DnsSockets sockets;
    private final DnsResponder responder;
    private final Map<Name, DnsZone> zones = new ConcurrentSkipListMap<>();
    private final Map<InetAddress, DnsServer> servers = new ConcurrentHashMap<>();
    private final Queue<DnsQuery> queries = new ConcurrentLinkedQueue<>();
    private final Queue<String> unscripted = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    /** Held while sockets are opened, so never taken by the thread of the sockets. */
    private final Object serversLock = new Object();

    /** Held while the world is worked out, which the thread of the sockets does. */
    private final Object worldLock = new Object();

    private volatile @Nullable History history;
    private volatile String plays = "DNS";
    private volatile boolean closed;

    private DnsFake(TimeSource time) {
        this.time = time;
        this.responder = new DnsResponder(this, time);
        this.sockets = new DnsSockets(this::failed);
    }

    /**
     * Starts a fake without servers.
     *
     * @param time its clock and the only place where it waits
     * @return the fake, to be closed
     * @throws java.io.UncheckedIOException if the system gives no selector
     */
    public static DnsFake start(TimeSource time) {
        return new DnsFake(Objects.requireNonNull(time, "time"));
    }

    /**
     * The zone of that name; made if there is none yet.
     *
     * @param name the name, for example {@code shop.example}, {@code example} or {@code .}
     * @return the zone
     * @throws IllegalArgumentException if it is not a domain name
     */
    public DnsZone zone(String name) {
        DnsZone zone = zones.computeIfAbsent(DnsText.name("name", name), n -> new DnsZone(this, n));
        changed();
        return zone;
    }

    /**
     * A recursive resolver. A server that exists already at that address becomes one as well.
     *
     * @param address its logical address; an IPv4 or IPv6 literal
     * @return the resolver
     * @throws IllegalArgumentException if it is not an address
     * @throws IllegalStateException if the fake is closed
     */
    public DnsServer resolver(String address) {
        DnsServer server = serverAt(DnsText.address("address", address));
        server.recurse();
        return server;
    }

    /**
     * The server of that logical address.
     *
     * @param address an IPv4 or IPv6 literal
     * @return the server
     * @throws IllegalArgumentException if it is not an address, or no server has it
     */
    public DnsServer at(String address) {
        DnsServer server = servers.get(DnsText.address("address", address));
        if (server == null) {
            throw new IllegalArgumentException("address: " + address + " is no server of this fake; it has "
                    + (servers.isEmpty() ? "none" : addresses()));
        }
        return server;
    }

    /**
     * All servers.
     *
     * @return a snapshot, in no order
     */
    public Collection<DnsServer> servers() {
        return List.copyOf(servers.values());
    }

    /**
     * Where to connect to reach a server.
     *
     * @param logical its logical address with port 53
     * @return the real address, the same for UDP and TCP; {@code null} if no server of this fake has that address
     */
    public @Nullable InetSocketAddress route(InetSocketAddress logical) {
        InetAddress address = literal(logical);
        DnsServer server = address == null || logical.getPort() != DnsServer.PORT ? null : servers.get(address);
        return server == null ? null : server.realAddress();
    }

    /**
     * All queries so far, in the order in which they arrived. Messages that are no query are not among them.
     *
     * @return a snapshot
     */
    public List<DnsQuery> queries() {
        return List.copyOf(queries);
    }

    /**
     * The queries that this fake was not prepared for, each with what was missing.
     *
     * @return one sentence per different case, in the order of their first appearance; a snapshot
     */
    public List<String> unscripted() {
        return unscripted.stream().distinct().toList();
    }

    /**
     * Says what it plays, where there are several.
     *
     * @param what a few words, such as {@code the name servers}; not blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public DnsFake playing(String what) {
        plays = FakeCalls.requireText(what, "what");
        return this;
    }

    /**
     * What it plays: {@code DNS}, unless {@link #playing} said otherwise.
     *
     * @return a few words
     */
    @Override
    public String plays() {
        return plays;
    }

    /**
     * What it was asked so far: {@code A shop.example at 192.0.2.53} for each query, with the logical address of the
     * server that it reached. None of them asks for a change.
     *
     * @return a copy, in the order of arrival
     */
    @Override
    public List<Asked> asked() {
        return queries.stream()
                .map(query ->
                        new Asked(DnsTroubles.what(query.type(), query.name(), query.server()), false, query.at()))
                .toList();
    }

    /**
     * What may go wrong with the names that are asked for and with the servers that are asked: records that are missing
     * or other ones, everywhere or at one server, names that are denied, and the faults in {@link DnsFault#catalogue}, in
     * full for one server of each zone and one resolver, and of the others those of a server that is down or knows
     * nothing.
     *
     * <p>What concerns zones and their servers is drifts. That a resolver does not answer properly is a harmless fault: it
     * is not the product's, and there are others.
     *
     * @param asked what is going to be asked
     * @return the troubles
     */
    @Override
    public List<Trouble> troubles(Set<String> asked) {
        return new DnsTroubles(this, Objects.requireNonNull(asked, "asked")).all();
    }

    /** The zones, by name. */
    List<DnsZone> zones() {
        return List.copyOf(zones.values());
    }

    /** The server of that address, or null. */
    @Nullable
    DnsServer serverOrNull(String address) {
        InetAddress parsed = DnsText.addressOrNull(address);
        return parsed == null ? null : servers.get(parsed);
    }

    /** Forgets the recorded queries, scripted or not. */
    public void forgetQueries() {
        queries.clear();
        unscripted.clear();
    }

    /**
     * Ends all servers. When this returns, no socket and no thread of the fake is left. Closing again has no effect.
     *
     * @throws IllegalStateException if the fake itself failed meanwhile
     */
    @Override
    public void close() {
        synchronized (serversLock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sockets.close();
        responder.close();
        if (!failures.isEmpty()) {
            IllegalStateException failed = new IllegalStateException("the DnsFake failed", failures.peek());
            failures.stream().skip(1).forEach(failed::addSuppressed);
            throw failed;
        }
    }

    @Override
    public String toString() {
        return "DnsFake with " + served() + " at " + addresses();
    }

    Instant now() {
        return time.now();
    }

    void recorded(DnsQuery query) {
        queries.add(query);
    }

    void missing(String sentence) {
        unscripted.add(sentence);
    }

    void failed(Throwable failure) {
        if (failures.size() < MAX_FAILURES) {
            failures.add(failure);
        }
    }

    boolean closed() {
        return closed;
    }

    /** The names of the zones, for messages. */
    String served() {
        return zones.isEmpty()
                ? "no zone"
                : zones.values().stream().map(DnsZone::name).collect(Collectors.joining(", "));
    }

    DnsServer serverAt(InetAddress address) {
        synchronized (serversLock) {
            if (closed) {
                throw new IllegalStateException("the DnsFake is closed");
            }
            return servers.computeIfAbsent(address, a -> new DnsServer(this, a, sockets, responder));
        }
    }

    private String addresses() {
        return servers.keySet().stream()
                .map(InetAddress::getHostAddress)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static @Nullable InetAddress literal(InetSocketAddress logical) {
        Objects.requireNonNull(logical, "logical");
        return logical.isUnresolved() ? DnsText.addressOrNull(logical.getHostString()) : logical.getAddress();
    }

    /** Changes are numbered, as several may happen at one instant. */
    long nextChange() {
        return changes.incrementAndGet();
    }

    long lastChange() {
        return changes.get();
    }

    /** Something about the zones has changed: what follows from them is worked out again at the next query. */
    void changed() {
        version.incrementAndGet();
    }

    /** A number that is another one after {@link #changed()}. */
    long version() {
        return version.get();
    }

    /** The zones as they are at an instant. */
    DnsWorld world(Instant instant) {
        History current = history;
        if (current == null || current.version != version.get()) {
            current = renewed();
        }
        int era = current.era(instant);
        DnsWorld world = current.worlds.get(era);
        return world == null ? compiled(current, era) : world;
    }

    /** The zones as they were at an instant, when no more than so many changes had been made. */
    DnsWorld worldAfter(Instant instant, long lastChange) {
        DnsWorld.Builder builder = new DnsWorld.Builder();
        zones.values().forEach(zone -> builder.add(zone.contentAt(instant, lastChange)));
        return builder.build();
    }

    private History renewed() {
        synchronized (worldLock) {
            long seen = version.get();
            TreeSet<Instant> edges = new TreeSet<>();
            zones.values().forEach(zone -> zone.addEdges(edges));
            History renewed = new History(seen, edges.toArray(Instant[]::new));
            history = renewed;
            return renewed;
        }
    }

    private DnsWorld compiled(History current, int era) {
        synchronized (worldLock) {
            DnsWorld world = worldAfter(era == 0 ? Instant.MIN : current.edges[era - 1], Long.MAX_VALUE);
            current.worlds.set(era, world);
            return world;
        }
    }

    /** The eras between the changes of all zones, each worked out when it is first asked for. */
    private static final class History {

        private final long version;
        private final Instant[] edges;
        private final AtomicReferenceArray<@Nullable DnsWorld> worlds;

        History(long version, Instant[] edges) {
            this.version = version;
            this.edges = edges;
            this.worlds = new AtomicReferenceArray<>(edges.length + 1);
        }

        /** How many changes are past. The last era comes first: nearly all questions are about now. */
        int era(Instant instant) {
            int era = edges.length;
            while (era > 0 && edges[era - 1].isAfter(instant)) {
                era--;
            }
            return era;
        }
    }
}
