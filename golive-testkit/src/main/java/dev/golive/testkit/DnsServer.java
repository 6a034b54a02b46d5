package dev.golive.testkit;

import dev.golive.testkit.DnsQuery.Transport;
import dev.golive.testkit.DnsSockets.Endpoint;
import dev.golive.testkit.DnsWorld.Step;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * One name server of a {@link DnsFake}, known by its logical address: authoritative for the zones that named it, a
 * recursive resolver, or both.
 *
 * <p>Thread-safe; may be changed while queries are answered.
 */
public final class DnsServer {

    static final int PORT = 53;
    private static final long OVERRIDE_TTL_SECONDS = 300;

    private final DnsFake fake;
    private final InetAddress address;
    private final Endpoint endpoint;
    private final Set<Name> origins = ConcurrentHashMap.newKeySet();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<Key, Remembered> cache = new ConcurrentHashMap<>();
    private volatile Map<Key, Instead> overrides = Map.of();
    private volatile boolean recursive;
    private volatile boolean caching = true;

    DnsServer(DnsFake fake, InetAddress address, DnsSockets sockets, DnsResponder responder) {
        this.fake = fake;
        this.address = address;
        this.endpoint = sockets.open((message, reply) -> responder.receive(this, message, reply));
    }

    /** A name and a type. */
    record Key(Name name, int type) {}

    /** What this server says instead of its data; without a set, that there is none. */
    record Instead(@Nullable DnsRecordSet set) {}

    /** What a resolver keeps, for the least time to live of its sets. */
    record Remembered(Step step, Instant since) {}

    /** Old zones, and the version of the fake's script that they were worked out from. */
    private record Before(long version, DnsWorld world) {}

    /** A fault as it was set on this server. */
    static final class Rule {

        private final DnsFault.Scoped scope;
        private final @Nullable Name name;
        private final int type;
        private final Instant since;
        private final long lastChange;
        private final AtomicInteger left;
        private volatile @Nullable Before before;

        Rule(DnsFault.Scoped scope, Instant since, long lastChange) {
            this.scope = scope;
            String onlyName = scope.name();
            String onlyType = scope.type();
            this.name = onlyName == null ? null : DnsText.name("name", onlyName);
            this.type = onlyType == null ? -1 : DnsText.type("type", onlyType);
            this.since = since;
            this.lastChange = lastChange;
            this.left = new AtomicInteger(scope.first());
        }

        DnsFault fault() {
            return scope.fault();
        }

        /** The zones as they were when the fault was set; worked out again only if what was always there changes. */
        DnsWorld before(DnsFake fake) {
            Before known = before;
            long version = fake.version();
            if (known == null || known.version() != version) {
                known = new Before(version, fake.worldAfter(since, lastChange));
                before = known;
            }
            return known.world();
        }

        /** Whether this is for the query; if so, one of its turns is used. */
        boolean takes(Transport transport, Name asked, int askedType) {
            if ((scope.transport() != null && scope.transport() != transport)
                    || (name != null && !name.equals(asked))
                    || (type >= 0 && type != askedType)
                    || scope.fault() instanceof DnsFault.PortClosed) {
                return false;
            }
            return scope.first() == Integer.MAX_VALUE || left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }

        private boolean closes(Transport transport) {
            return scope.fault() instanceof DnsFault.PortClosed
                    && (scope.transport() == null || scope.transport() == transport);
        }
    }

    /**
     * The logical address: the one that glue records and configurations name.
     *
     * @return the address with port 53
     */
    public InetSocketAddress address() {
        return new InetSocketAddress(address, PORT);
    }

    /**
     * Where the server really listens, with UDP and TCP alike.
     *
     * @return an address of loopback with an ephemeral port
     */
    public InetSocketAddress realAddress() {
        return endpoint.address();
    }

    /**
     * Adds a fault. Of several faults that are for the same query, delays add up, the last one about old data counts,
     * and of all others the first one.
     *
     * @param fault what goes wrong from now on
     * @return this server
     * @throws IllegalStateException if the fake is closed
     */
    public DnsServer fault(DnsFault fault) {
        Objects.requireNonNull(fault, "fault");
        rules.add(new Rule(DnsFault.Scoped.of(fault), fake.now(), fake.lastChange()));
        listen();
        return this;
    }

    /**
     * Says something else than its data about one name and type, until {@link #heal()}: a server that missed a change,
     * a resolver that lies.
     *
     * @param name the name, also one that is in no zone
     * @param type the type
     * @param values the records, as in {@link DnsZone#record}; none says that there are none
     * @return this server
     * @throws IllegalArgumentException if a value is none of this type
     */
    public DnsServer override(String name, String type, String... values) {
        Name owner = DnsText.name("name", name);
        int number = DnsText.type("type", type);
        var records = DnsText.records(owner, number, OVERRIDE_TTL_SECONDS, values);
        Instead said =
                new Instead(records.isEmpty() ? null : DnsRecordSet.of(owner, number, OVERRIDE_TTL_SECONDS, records));
        synchronized (this) {
            Map<Key, Instead> changed = new HashMap<>(overrides);
            changed.put(new Key(owner, number), said);
            overrides = Map.copyOf(changed);
        }
        return this;
    }

    /**
     * Removes all faults and overrides. What a resolver has cached stays.
     *
     * @return this server
     * @throws IllegalStateException if the fake is closed
     */
    public DnsServer heal() {
        rules.clear();
        synchronized (this) {
            overrides = Map.of();
        }
        listen();
        return this;
    }

    /**
     * Makes a resolver look at the zones for every query, rather than keep answers for their time to live.
     *
     * @return this server
     */
    public DnsServer uncached() {
        caching = false;
        cache.clear();
        return this;
    }

    /**
     * Makes a resolver forget what it has cached so far.
     *
     * @return this server
     */
    public DnsServer flush() {
        cache.clear();
        return this;
    }

    /**
     * The queries that reached this server, in their order.
     *
     * @return a snapshot
     */
    public List<DnsQuery> queries() {
        String asked = address.getHostAddress();
        return fake.queries().stream().filter(q -> q.server().equals(asked)).toList();
    }

    @Override
    public String toString() {
        return "name server " + address.getHostAddress();
    }

    private synchronized void listen() {
        endpoint.listen(
                rules.stream().noneMatch(r -> r.closes(Transport.UDP)),
                rules.stream().noneMatch(r -> r.closes(Transport.TCP)));
    }

    InetAddress inetAddress() {
        return address;
    }

    void serve(Name origin) {
        origins.add(origin);
    }

    void recurse() {
        recursive = true;
    }

    boolean recursive() {
        return recursive;
    }

    Set<Name> origins() {
        return origins;
    }

    List<Rule> rules() {
        return rules;
    }

    @Nullable
    Instead insteadOf(Name name, int type) {
        Map<Key, Instead> now = overrides;
        return now.isEmpty() ? null : now.get(new Key(name, type));
    }

    void remember(Name name, int type, Step step, Instant now) {
        if (caching && step.ttl() > 0) {
            cache.put(new Key(name, type), new Remembered(step, now));
        }
    }

    @Nullable
    Remembered remembered(Name name, int type) {
        return caching ? cache.get(new Key(name, type)) : null;
    }
}
