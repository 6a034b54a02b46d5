package dev.golive.testkit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** All zones of a fake as they are at one instant. Immutable once made, so that queries read it without a lock. */
final class DnsWorld {

    private final Map<Name, Zone> zones;

    private DnsWorld(Map<Name, Zone> zones) {
        this.zones = zones;
    }

    /** What a zone says about one name and type (RFC 1034, section 4.3.2). */
    enum Kind {
        ANSWER,
        ALIAS,
        NO_DATA,
        NO_NAME,
        REFERRAL
    }

    /** One step of answering: sets for the answer, or for the authority section, and glue. */
    record Step(Kind kind, List<DnsRecordSet> sets, List<DnsRecordSet> glue) {

        static Step of(Kind kind, DnsRecordSet set) {
            return new Step(kind, List.of(set), List.of());
        }

        /** The least time to live of the sets, in seconds. */
        long ttl() {
            long least = Long.MAX_VALUE;
            for (DnsRecordSet set : sets) {
                least = Math.min(least, set.ttl());
            }
            return sets.isEmpty() ? 0 : least;
        }

        /** The same step some seconds later, as a cache gives it. */
        Step aged(long seconds) {
            if (seconds == 0) {
                return this;
            }
            List<DnsRecordSet> older = new ArrayList<>(sets.size());
            for (DnsRecordSet set : sets) {
                older.add(set.livingFor(Math.max(0, set.ttl() - seconds)));
            }
            return new Step(kind, older, glue);
        }
    }

    /** The zone that is asked for a name: the one with the longest name that contains it, or null. */
    @Nullable
    Zone enclosing(Name name, int type) {
        return enclosing(name, zones.keySet(), type);
    }

    /** The same among some zones. For DS, which lives in the parent, a zone does not contain its own name. */
    @Nullable
    Zone enclosing(Name name, Set<Name> origins, int type) {
        Zone apex = null;
        for (int strip = 0; strip < name.labels(); strip++) {
            Name origin = strip == 0 ? name : new Name(name, strip);
            Zone zone = origins.contains(origin) ? zones.get(origin) : null;
            if (zone == null) {
                continue;
            }
            if (strip > 0 || type != Type.DS) {
                return zone;
            }
            apex = zone;
        }
        return apex;
    }

    /** One zone: its names, the names above them that hold nothing, and glue that is not part of its data. */
    static final class Zone {

        private final Name origin;
        private final Map<Name, Map<Integer, DnsRecordSet>> nodes;
        private final Map<Name, List<DnsRecordSet>> glue;
        private final DnsRecordSet negative;
        private final boolean delegates;

        Zone(
                Name origin,
                Map<Name, Map<Integer, DnsRecordSet>> nodes,
                Map<Name, List<DnsRecordSet>> glue,
                DnsRecordSet negative) {
            this.origin = origin;
            this.nodes = nodes;
            this.glue = glue;
            this.negative = negative;
            this.delegates = nodes.entrySet().stream()
                    .anyMatch(e ->
                            e.getValue().containsKey(Type.NS) && !e.getKey().equals(origin));
        }

        Name origin() {
            return origin;
        }

        /** The SOA record set as it stands in negative answers (RFC 2308, section 3). */
        DnsRecordSet negative() {
            return negative;
        }

        Step lookup(Name name, int type) {
            DnsRecordSet cut = cut(name, type);
            if (cut != null) {
                return new Step(Kind.REFERRAL, List.of(cut), addresses(cut));
            }
            Map<Integer, DnsRecordSet> node = nodes.get(name);
            if (node != null) {
                return at(node, name, type);
            }
            for (int strip = 1; strip <= name.labels() - origin.labels(); strip++) {
                Name encloser = new Name(name, strip);
                if (nodes.containsKey(encloser)) {
                    Map<Integer, DnsRecordSet> wild = nodes.get(name.wild(strip));
                    return wild == null ? Step.of(Kind.NO_NAME, negative) : at(wild, name, type);
                }
            }
            return Step.of(Kind.NO_NAME, negative);
        }

        /** The addresses that this zone knows of the targets of a set of NS records, glue included. */
        List<DnsRecordSet> addresses(DnsRecordSet servers) {
            List<DnsRecordSet> found = new ArrayList<>();
            for (Record server : servers.records()) {
                Name target = ((NSRecord) server).getTarget();
                Map<Integer, DnsRecordSet> node = nodes.get(target);
                if (node != null) {
                    addIfPresent(found, node.get(Type.A));
                    addIfPresent(found, node.get(Type.AAAA));
                }
                found.addAll(glue.getOrDefault(target, List.of()));
            }
            return found;
        }

        private static void addIfPresent(List<DnsRecordSet> sets, @Nullable DnsRecordSet set) {
            if (set != null) {
                sets.add(set);
            }
        }

        private @Nullable DnsRecordSet cut(Name name, int type) {
            if (!delegates) {
                return null;
            }
            for (int strip = name.labels() - origin.labels() - 1; strip >= 0; strip--) {
                Map<Integer, DnsRecordSet> node = nodes.get(strip == 0 ? name : new Name(name, strip));
                DnsRecordSet servers = node == null ? null : node.get(Type.NS);
                if (servers != null) {
                    return strip == 0 && type == Type.DS ? null : servers;
                }
            }
            return null;
        }

        private Step at(Map<Integer, DnsRecordSet> node, Name name, int type) {
            if (type == Type.ANY && !node.isEmpty()) {
                List<DnsRecordSet> all = new ArrayList<>(node.size());
                node.values().forEach(set -> all.add(set.as(name)));
                return new Step(Kind.ANSWER, all, List.of());
            }
            DnsRecordSet set = node.get(type);
            if (set != null) {
                // A name server gives the addresses of the servers it names without being asked (RFC 1034, 4.3.2).
                return new Step(
                        Kind.ANSWER, List.of(set.as(name)), type == Type.NS ? addresses(set) : List.<DnsRecordSet>of());
            }
            DnsRecordSet alias = node.get(Type.CNAME);
            return alias != null ? Step.of(Kind.ALIAS, alias.as(name)) : Step.of(Kind.NO_DATA, negative);
        }
    }

    /** Collects what the zones hold, and adds what follows from it: delegations, glue, addresses of hosts. */
    static final class Builder {

        private final Map<Name, Content> contents = new LinkedHashMap<>();

        /** A name server of a zone, as its {@code server(..)} was written. */
        record Host(Name name, List<InetAddress> addresses) {
            List<DnsRecordSet> sets(long ttl) {
                List<Record> four = new ArrayList<>();
                List<Record> six = new ArrayList<>();
                for (InetAddress address : addresses) {
                    (address.getAddress().length == 4 ? four : six).add(DnsText.addressRecord(name, ttl, address));
                }
                List<DnsRecordSet> sets = new ArrayList<>(2);
                if (!four.isEmpty()) {
                    sets.add(DnsRecordSet.of(name, Type.A, ttl, four));
                }
                if (!six.isEmpty()) {
                    sets.add(DnsRecordSet.of(name, Type.AAAA, ttl, six));
                }
                return sets;
            }
        }

        /** One zone: {@code spoken} are the names about which its script says something, present or removed. */
        record Content(
                Name origin,
                Map<Name, Map<Integer, DnsRecordSet>> nodes,
                Map<Name, List<DnsRecordSet>> glue,
                Set<Name> spoken,
                List<Host> hosts,
                DnsRecordSet negative,
                long ttl) {}

        void add(Content content) {
            contents.put(content.origin(), content);
        }

        DnsWorld build() {
            contents.values().forEach(this::publishHosts);
            contents.values().forEach(this::delegate);
            Map<Name, Zone> zones = new HashMap<>();
            for (Content content : contents.values()) {
                fillGaps(content);
                zones.put(
                        content.origin(),
                        new Zone(content.origin(), content.nodes(), content.glue(), content.negative()));
            }
            return new DnsWorld(zones);
        }

        /** A server outside its own zone has its address in the zone where its name is, unless that says otherwise. */
        private void publishHosts(Content content) {
            for (Host host : content.hosts()) {
                Content home = enclosing(host.name(), 0);
                if (home != null && !home.spoken().contains(host.name())) {
                    Map<Integer, DnsRecordSet> node =
                            home.nodes().computeIfAbsent(host.name(), n -> new LinkedHashMap<>());
                    host.sets(home.ttl())
                            .forEach(set -> node.merge(set.type(), set, (a, b) -> a.plus(b.ttl(), b.records())));
                }
            }
        }

        /** The closest zone above delegates, from what was written, not from what the child says of itself by now. */
        private void delegate(Content child) {
            Content parent = child.origin().labels() == 1 ? null : enclosing(child.origin(), 1);
            if (parent == null || child.hosts().isEmpty()) {
                return;
            }
            Map<Integer, DnsRecordSet> node =
                    parent.nodes().computeIfAbsent(child.origin(), n -> new LinkedHashMap<>());
            if (node.containsKey(Type.NS)) {
                return;
            }
            List<Record> servers = new ArrayList<>();
            for (Host host : child.hosts()) {
                servers.add(DnsText.record(
                        child.origin(), Type.NS, parent.ttl(), host.name().toString()));
                if (host.name().subdomain(parent.origin()) && !parent.nodes().containsKey(host.name())) {
                    parent.glue().put(host.name(), host.sets(parent.ttl()));
                }
            }
            node.put(Type.NS, DnsRecordSet.of(child.origin(), Type.NS, parent.ttl(), servers));
        }

        private @Nullable Content enclosing(Name name, int from) {
            for (int strip = from; strip < name.labels(); strip++) {
                Content content = contents.get(strip == 0 ? name : new Name(name, strip));
                if (content != null) {
                    return content;
                }
            }
            return null;
        }

        /** Names that hold nothing but have something below exist all the same (RFC 4592, section 2.2.2). */
        private static void fillGaps(Content content) {
            for (Name name : List.copyOf(content.nodes().keySet())) {
                for (int strip = 1; strip < name.labels() - content.origin().labels(); strip++) {
                    content.nodes().putIfAbsent(new Name(name, strip), new LinkedHashMap<>());
                }
            }
        }
    }
}
