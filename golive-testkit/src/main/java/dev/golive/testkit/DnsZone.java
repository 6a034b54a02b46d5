package dev.golive.testkit;

import dev.golive.testkit.DnsWorld.Builder.Content;
import dev.golive.testkit.DnsWorld.Builder.Host;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * A zone of a {@link DnsFake}: its name servers and its records.
 *
 * <p>Two kinds of methods write it:
 *
 * <ul>
 *   <li>Those named after a type of record, and {@link #record}, say what has always been there.
 *   <li>{@link #replace}, {@link #add} and {@link #remove} change it at the current instant, and {@link #from(Instant)}
 *       at another one: a DNS switch. Servers and resolvers may see a change late ({@link DnsFault#staleUntil},
 *       {@link DnsFault#lagging}, caches).
 * </ul>
 *
 * <p>Names are always whole, in arguments and in values: {@code www.shop.example}, with or without a final dot;
 * {@code @} is the zone's own name; {@code *.shop.example} is a wildcard (RFC 4592). Names in other scripts are
 * converted (IDNA). The SOA record is made up unless one is given by {@code record("@", "SOA", ..)}; its serial number
 * grows by one with every change. A zone that contains the name of another zone of the same fake delegates it, with the
 * addresses of its servers as glue, unless it has NS records of its own for it.
 *
 * <p>Every method that writes returns this zone. All throw {@link NullPointerException} for a {@code null} argument and
 * {@link IllegalArgumentException}, with what is allowed, for a name, address, type or value that is none.
 *
 * <p>Thread-safe; may be changed while queries are answered.
 */
public final class DnsZone {

    private static final int DEFAULT_TTL_SECONDS = 300;

    private final DnsFake fake;
    private final Name origin;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<Name, Map<Integer, DnsRecordSet>> records = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long ttl = DEFAULT_TTL_SECONDS;
    private long serial = 1;

    DnsZone(DnsFake fake, Name origin) {
        this.fake = fake;
        this.origin = origin;
    }

    /** A change of all records of a name and type: the new ones, or with those before, or none. */
    private record Change(long number, Instant from, Act act, Name owner, int type, long ttl, List<Record> records) {}

    private enum Act {
        REPLACE,
        ADD,
        REMOVE
    }

    /**
     * The name of the zone.
     *
     * @return the name in lower case, without the final dot; the root is {@code .}
     */
    public String name() {
        return DnsText.text(origin);
    }

    /**
     * Starts a name server for this zone, with an NS record and, as far as its name is inside this zone, its address
     * records. A server that exists already, by its address, serves this zone as well.
     *
     * @param name the name of the server, for example {@code ns1.shop.example}
     * @param address its logical address; an IPv4 or IPv6 literal
     * @param more further addresses of the same server; each can be given faults of its own
     * @return this zone
     * @throws IllegalStateException if the fake is closed
     */
    public DnsZone server(String name, String address, String... more) {
        Name host = DnsText.name("name", name);
        Objects.requireNonNull(more, "more");
        List<InetAddress> addresses = new ArrayList<>();
        addresses.add(DnsText.address("address", address));
        for (String each : more) {
            addresses.add(DnsText.address("more", each));
        }
        for (InetAddress each : addresses) {
            fake.serverAt(each).serve(origin);
        }
        synchronized (this) {
            hosts.add(new Host(host, List.copyOf(addresses)));
            put(origin, Type.NS, List.of(new NSRecord(origin, DClass.IN, ttl, host)));
            if (host.subdomain(origin)) {
                for (InetAddress each : addresses) {
                    Record record = DnsText.addressRecord(host, ttl, each);
                    put(host, record.getType(), List.of(record));
                }
            }
        }
        return this;
    }

    /**
     * Sets the time to live of what is written after this call. At first it is 300.
     *
     * @param seconds the time to live, from 0 to 2147483647 (RFC 2181, section 8)
     * @return this zone
     */
    public synchronized DnsZone ttl(int seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("seconds: " + seconds + " is negative");
        }
        ttl = seconds;
        return this;
    }

    /**
     * Sets the serial number of the zone before any change. At first it is 1.
     *
     * @param number the serial number, an unsigned 32 bit number
     * @return this zone
     */
    public DnsZone serial(long number) {
        if (number < 0 || number > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("number: " + number + " is not within 0 to 4294967295");
        }
        synchronized (this) {
            serial = number;
        }
        fake.changed();
        return this;
    }

    /**
     * IPv4 addresses.
     *
     * @param name the name
     * @param addresses IPv4 literals
     * @return this zone
     */
    public DnsZone a(String name, String... addresses) {
        return record(name, "A", addresses);
    }

    /**
     * IPv6 addresses (RFC 3596).
     *
     * @param name the name
     * @param addresses IPv6 literals
     * @return this zone
     */
    public DnsZone aaaa(String name, String... addresses) {
        return record(name, "AAAA", addresses);
    }

    /**
     * An alias. It excludes all other records of its name.
     *
     * @param name the name
     * @param target what it stands for
     * @return this zone
     */
    public DnsZone cname(String name, String target) {
        Name owner = owner(name);
        Name canonical = DnsText.name("target", target);
        return always(owner, Type.CNAME, t -> new CNAMERecord(owner, DClass.IN, t, canonical));
    }

    /**
     * A mail exchanger.
     *
     * @param name the name
     * @param preference lower is tried first; from 0 to 65535
     * @param exchanger the host; {@code .} with preference 0 says that there is none (RFC 7505)
     * @return this zone
     */
    public DnsZone mx(String name, int preference, String exchanger) {
        Name owner = owner(name);
        int checked = unsigned16("preference", preference);
        Name host = DnsText.name("exchanger", exchanger);
        return always(owner, Type.MX, t -> new MXRecord(owner, DClass.IN, t, checked, host));
    }

    /**
     * A name server that this fake does not run: a stale NS record at the zone's own name, or a delegation.
     *
     * @param name the name; below the zone's own name it is delegated
     * @param server the name of the server
     * @return this zone
     */
    public DnsZone ns(String name, String server) {
        Name owner = owner(name);
        Name host = DnsText.name("server", server);
        return always(owner, Type.NS, t -> new NSRecord(owner, DClass.IN, t, host));
    }

    /**
     * Delegates a name to a server in words of this zone's own, whatever the zone of that name says: a delegation that
     * does not fit. Without any, a zone of the same fake is delegated as it was written.
     *
     * @param name the name of the other zone
     * @param server the name of its server
     * @param glue the addresses of the server, for the additional section; must be none if it is outside this zone
     * @return this zone
     */
    public DnsZone delegate(String name, String server, String... glue) {
        Name owner = owner(name);
        if (owner.equals(origin)) {
            throw new IllegalArgumentException("name: " + name + " is this zone itself; expected a name below");
        }
        Name host = DnsText.name("server", server);
        Objects.requireNonNull(glue, "glue");
        if (glue.length > 0 && !host.subdomain(origin)) {
            throw new IllegalArgumentException(
                    "glue: " + server + " is outside " + name() + ", which must not give its address");
        }
        ns(name, server);
        for (String address : glue) {
            InetAddress parsed = DnsText.address("glue", address);
            always(
                    host,
                    parsed.getAddress().length == 4 ? Type.A : Type.AAAA,
                    t -> DnsText.addressRecord(host, t, parsed));
        }
        return this;
    }

    /**
     * A text. More than 255 bytes (UTF-8) become several character-strings of one record.
     *
     * @param name the name
     * @param text the text as it is, without quotes
     * @return this zone
     */
    public DnsZone txt(String name, String text) {
        Name owner = owner(name);
        Objects.requireNonNull(text, "text");
        return always(owner, Type.TXT, t -> DnsText.txtRecord(owner, t, text));
    }

    /**
     * Who may issue certificates (RFC 8659); not critical. One with flags: {@code record(name, "CAA", "128 issue ..")}.
     *
     * @param name the name
     * @param tag the property, for example {@code issue}, {@code issuewild} or {@code iodef}
     * @param value its value, for example {@code letsencrypt.org}
     * @return this zone
     */
    public DnsZone caa(String name, String tag, String value) {
        Name owner = owner(name);
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(value, "value");
        if (tag.isEmpty() || tag.length() > 15 || !tag.chars().allMatch(DnsZone::isAsciiLetterOrDigit)) {
            throw new IllegalArgumentException("tag: \"" + tag + "\" is not 1 to 15 ASCII letters and digits");
        }
        return always(owner, Type.CAA, t -> new CAARecord(owner, DClass.IN, t, 0, tag, value));
    }

    /**
     * Where a service is (RFC 2782).
     *
     * @param name the name, for example {@code _sip._tcp.shop.example}
     * @param priority lower is tried first; from 0 to 65535
     * @param weight the share among equal priorities; from 0 to 65535
     * @param port the port; from 0 to 65535
     * @param target the host
     * @return this zone
     */
    public DnsZone srv(String name, int priority, int weight, int port, String target) {
        Name owner = owner(name);
        int p = unsigned16("priority", priority);
        int w = unsigned16("weight", weight);
        int q = unsigned16("port", port);
        Name host = DnsText.name("target", target);
        return always(owner, Type.SRV, t -> new SRVRecord(owner, DClass.IN, t, p, w, q, host));
    }

    /**
     * The name of an address.
     *
     * @param nameOrAddress a name below in-addr.arpa or ip6.arpa, or the address itself
     * @param target the name of the address
     * @return this zone
     */
    public DnsZone ptr(String nameOrAddress, String target) {
        Name owner = inside("nameOrAddress", DnsText.pointerName("nameOrAddress", nameOrAddress));
        Name host = DnsText.name("target", target);
        return always(owner, Type.PTR, t -> new PTRRecord(owner, DClass.IN, t, host));
    }

    /**
     * Records of any type.
     *
     * @param name the name
     * @param type the mnemonic, for example {@code SSHFP}, or {@code TYPE65280}
     * @param values one per record, in presentation format (RFC 1035, section 5; RFC 3597 for unknown types); a TXT
     *     value that does not start with a quote is taken as it is
     * @return this zone
     */
    public DnsZone record(String name, String type, String... values) {
        Name owner = owner(name);
        int number = DnsText.type("type", type);
        synchronized (this) {
            put(owner, number, some(DnsText.records(owner, number, ttl, values)));
        }
        return this;
    }

    /**
     * Replaces, as of now, all records of a name and type, and what cannot be beside the new ones: an alias replaces
     * all other records of its name, any other record the alias.
     *
     * @param name the name
     * @param type the type
     * @param values the new records, as in {@link #record}
     * @return this zone
     */
    public DnsZone replace(String name, String type, String... values) {
        from(fake.now()).replace(name, type, values);
        return this;
    }

    /**
     * Adds records as of now.
     *
     * @param name the name
     * @param type the type
     * @param values the further records, as in {@link #record}
     * @return this zone
     */
    public DnsZone add(String name, String type, String... values) {
        from(fake.now()).add(name, type, values);
        return this;
    }

    /**
     * Removes, as of now, all records of a name and type, if there are any.
     *
     * @param name the name
     * @param type the type
     * @return this zone
     */
    public DnsZone remove(String name, String type) {
        from(fake.now()).remove(name, type);
        return this;
    }

    /**
     * Changes that take effect at an instant, also one to come.
     *
     * @param instant from when the changes are there, by the time source of the fake
     * @return what to change
     */
    public Changes from(Instant instant) {
        return new Changes(this, Objects.requireNonNull(instant, "instant"));
    }

    @Override
    public String toString() {
        return "zone " + name();
    }

    /** Changes of a zone that take effect at one instant. Every method writes at once. Thread-safe. */
    public static final class Changes {

        private final DnsZone zone;
        private final Instant from;

        private Changes(DnsZone zone, Instant from) {
            this.zone = zone;
            this.from = from;
        }

        /**
         * As {@link DnsZone#replace}.
         *
         * @param name the name
         * @param type the type
         * @param values the new records
         * @return these changes
         */
        public Changes replace(String name, String type, String... values) {
            return change(Act.REPLACE, name, type, values);
        }

        /**
         * As {@link DnsZone#add}.
         *
         * @param name the name
         * @param type the type
         * @param values the further records
         * @return these changes
         */
        public Changes add(String name, String type, String... values) {
            return change(Act.ADD, name, type, values);
        }

        /**
         * As {@link DnsZone#remove}.
         *
         * @param name the name
         * @param type the type
         * @return these changes
         */
        public Changes remove(String name, String type) {
            return change(Act.REMOVE, name, type);
        }

        private Changes change(Act act, String name, String type, String... values) {
            Name owner = zone.owner(name);
            int number = DnsText.type("type", type);
            synchronized (zone) {
                List<Record> records = DnsText.records(owner, number, zone.ttl, values);
                if (act != Act.REMOVE) {
                    some(records);
                    zone.refuseAliasOfZone(owner, number);
                }
                zone.changes.add(new Change(zone.fake.nextChange(), from, act, owner, number, zone.ttl, records));
            }
            zone.fake.changed();
            return this;
        }
    }

    /** Gives the records of a name and type, as of now, another time to live. */
    void reviveFor(Name owner, int type, long seconds, List<Record> values) {
        Instant now = fake.now();
        synchronized (this) {
            changes.add(new Change(fake.nextChange(), now, Act.REPLACE, owner, type, seconds, List.copyOf(values)));
        }
        fake.changed();
    }

    /** Whether it is this zone's script that has such records, and not what follows from it or from others. */
    synchronized boolean isWritten(Name owner, int type) {
        return records.getOrDefault(owner, Map.of()).containsKey(type)
                || changes.stream().anyMatch(change -> change.owner().equals(owner) && change.type() == type);
    }

    Name origin() {
        return origin;
    }

    /** Its name servers, in the order in which they were written. */
    synchronized List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** Whether something is going to change by itself. */
    synchronized boolean changesAfter(Instant instant) {
        return changes.stream().anyMatch(change -> change.from().isAfter(instant));
    }

    /** When the content of this zone changes. */
    synchronized void addEdges(Set<Instant> edges) {
        changes.forEach(change -> edges.add(change.from()));
    }

    /** What this zone holds at an instant, as far as it comes from the changes up to a number. */
    synchronized Content contentAt(Instant instant, long lastChange) {
        Map<Name, Map<Integer, DnsRecordSet>> nodes = new HashMap<>();
        Set<Name> spoken = new HashSet<>(records.keySet());
        records.forEach((name, sets) -> nodes.put(name, new LinkedHashMap<>(sets)));
        int effective = 0;
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparing(Change::from));
        for (Change change : ordered) {
            if (!change.from().isAfter(instant) && change.number() <= lastChange) {
                effective++;
                apply(change, nodes);
                spoken.add(change.owner());
            }
        }
        Map<Integer, DnsRecordSet> apex = nodes.computeIfAbsent(origin, n -> new LinkedHashMap<>());
        DnsRecordSet soa = apex.get(Type.SOA);
        if (soa == null) {
            soa = DnsRecordSet.of(origin, Type.SOA, DEFAULT_TTL_SECONDS, List.of(authority(effective)));
            apex.put(Type.SOA, soa);
        }
        long minimum = ((SOARecord) soa.records().get(0)).getMinimum();
        return new Content(
                origin,
                nodes,
                new HashMap<>(),
                spoken,
                List.copyOf(hosts),
                soa.livingFor(Math.min(soa.ttl(), minimum)),
                ttl);
    }

    private static void apply(Change change, Map<Name, Map<Integer, DnsRecordSet>> nodes) {
        if (change.act() == Act.REMOVE) {
            Map<Integer, DnsRecordSet> node = nodes.get(change.owner());
            if (node != null && node.remove(change.type()) != null && node.isEmpty()) {
                nodes.remove(change.owner());
            }
            return;
        }
        Map<Integer, DnsRecordSet> node = nodes.computeIfAbsent(change.owner(), n -> new LinkedHashMap<>());
        DnsRecordSet before = node.get(change.type());
        if (change.act() == Act.ADD && before != null) {
            node.put(change.type(), before.plus(change.ttl(), change.records()));
            return;
        }
        if (change.type() == Type.CNAME) {
            node.clear();
        } else {
            node.remove(Type.CNAME);
        }
        node.put(change.type(), DnsRecordSet.of(change.owner(), change.type(), change.ttl(), change.records()));
    }

    private SOARecord authority(int effectiveChanges) {
        Name primary = hosts.isEmpty() ? origin : hosts.get(0).name();
        Name mailbox = DnsText.name("name", origin.labels() == 1 ? "hostmaster" : "hostmaster." + origin);
        long number = (serial + effectiveChanges) & 0xFFFF_FFFFL;
        return new SOARecord(
                origin, DClass.IN, DEFAULT_TTL_SECONDS, primary, mailbox, number, 7_200, 3_600, 1_209_600, 300);
    }

    private interface Recipe {
        Record make(long ttl);
    }

    private DnsZone always(Name owner, int type, Recipe recipe) {
        synchronized (this) {
            put(owner, type, List.of(recipe.make(ttl)));
        }
        return this;
    }

    private void put(Name owner, int type, List<Record> more) {
        refuseAliasOfZone(owner, type);
        Map<Integer, DnsRecordSet> node = records.getOrDefault(owner, Map.of());
        boolean alias = node.containsKey(Type.CNAME);
        if (alias || (type == Type.CNAME && (!node.isEmpty() || more.size() > 1))) {
            throw new IllegalArgumentException("name: " + DnsText.text(owner) + " would have an alias (CNAME) beside "
                    + Type.string(
                            alias
                                    ? type
                                    : node.isEmpty()
                                            ? Type.CNAME
                                            : node.keySet().iterator().next())
                    + "; an alias must be alone (RFC 1034, section 3.6.2)");
        }
        if (type == Type.SOA && (!owner.equals(origin) || more.size() > 1)) {
            throw new IllegalArgumentException("name: there is one SOA record, at " + name());
        }
        DnsRecordSet before = node.get(type);
        records.computeIfAbsent(owner, n -> new LinkedHashMap<>())
                .put(
                        type,
                        before == null || type == Type.SOA
                                ? DnsRecordSet.of(owner, type, ttl, more)
                                : before.plus(ttl, more));
        fake.changed();
    }

    private void refuseAliasOfZone(Name owner, int type) {
        if (type == Type.CNAME && owner.equals(origin)) {
            throw new IllegalArgumentException(
                    "name: " + name() + " is the zone itself, which has SOA and NS records and"
                            + " so cannot be an alias (RFC 1912, section 2.4); give it addresses, as a provider that flattens");
        }
    }

    private Name owner(String name) {
        Objects.requireNonNull(name, "name");
        return name.equals("@") ? origin : inside("name", DnsText.name("name", name));
    }

    private Name inside(String argument, Name name) {
        if (!name.subdomain(origin)) {
            throw new IllegalArgumentException(argument + ": " + DnsText.text(name) + " is not in the zone " + name()
                    + "; names are written whole, for example www." + name());
        }
        return name;
    }

    private static List<Record> some(List<Record> records) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("values: at least one is needed");
        }
        return records;
    }

    private static int unsigned16(String argument, int value) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException(argument + ": " + value + " is not within 0 to 65535");
        }
        return value;
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
