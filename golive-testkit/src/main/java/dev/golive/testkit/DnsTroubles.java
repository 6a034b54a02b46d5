package dev.golive.testkit;

import dev.golive.testkit.DnsQuery.Transport;
import dev.golive.testkit.DnsWorld.Builder.Host;
import dev.golive.testkit.DnsWorld.Kind;
import dev.golive.testkit.DnsWorld.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** What may go wrong with a {@link DnsFake}, as far as it concerns what is asked. */
final class DnsTroubles {

    private static final String NOBODY = "nobody.example";
    private static final long WEEK_SECONDS = 604_800;
    private static final int MAX_ALIASES = 16;

    private final DnsFake fake;
    private final Map<Name, DnsZone> scripts = new HashMap<>();
    private final DnsWorld world;
    private final List<Question> questions = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();

    /** A query that is going to be sent. */
    private record Question(String what, Name name, int type, DnsServer server) {}

    /** Records that somebody asks for, by their own name or by an alias, and where. */
    private record Target(DnsZone zone, DnsRecordSet set, Set<String> questions, Set<DnsServer> servers) {

        String name() {
            return DnsText.text(set.owner());
        }

        String type() {
            return Type.string(set.type());
        }

        String title() {
            return name() + " " + type();
        }
    }

    DnsTroubles(DnsFake fake, Set<String> asked) {
        this.fake = fake;
        fake.zones().forEach(zone -> scripts.put(zone.origin(), zone));
        this.world = fake.world(fake.now());
        // sorted, so that the order of a set does not matter
        for (String what : new TreeSet<>(asked)) {
            question(what).ifPresent(questions::add);
        }
    }

    /** What a query asks. */
    static String what(String type, String name, String server) {
        return type + " " + name + " at " + server;
    }

    private Optional<Question> question(String what) {
        String[] words = what.split(" ");
        if (words.length != 4 || !words[2].equals("at")) {
            return Optional.empty();
        }
        DnsServer server = fake.serverOrNull(words[3]);
        int type = Type.value(words[0]);
        if (server == null || type < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Question(what, DnsText.name("name", words[1]), type, server));
        } catch (IllegalArgumentException e) {
            // a question of something else that happens to look like one of ours
            return Optional.empty();
        }
    }

    List<Trouble> all() {
        Map<String, Target> targets = new LinkedHashMap<>();
        questions.forEach(question -> follow(question, targets));
        Set<String> names = new LinkedHashSet<>();
        for (Target target : targets.values()) {
            ofRecords(target);
            // that the target of an alias is denied concerns only who asks for it by its own name
            boolean byName = questions.stream()
                    .anyMatch(question -> question.name().equals(target.set().owner()));
            if (byName && names.add(target.name())) {
                ofName(target);
            }
        }
        Set<DnsServer> servers = new LinkedHashSet<>();
        questions.forEach(question -> servers.add(question.server()));
        Set<Name> seen = new HashSet<>();
        boolean resolverSeen = false;
        for (DnsServer server : servers) {
            if (server.origins().isEmpty()) {
                ofResolver(server, !resolverSeen);
                resolverSeen = true;
            } else {
                ofServer(server, seen.addAll(server.origins()));
            }
        }
        return List.copyOf(troubles);
    }

    /** Finds what answers a question: the records, and the aliases on the way to them. */
    private void follow(Question question, Map<String, Target> targets) {
        Name name = question.name();
        for (int aliases = 0; aliases < MAX_ALIASES; aliases++) {
            DnsWorld.Zone zone = world.enclosing(name, question.type());
            if (zone == null) {
                return;
            }
            Step step = zone.lookup(name, question.type());
            if (step.kind() != Kind.ANSWER && step.kind() != Kind.ALIAS) {
                return;
            }
            DnsZone script = scripts.get(zone.origin());
            if (script == null) {
                return;
            }
            for (DnsRecordSet set : step.sets()) {
                Target target = targets.computeIfAbsent(
                        DnsText.text(set.owner()) + " " + set.type(),
                        key -> new Target(script, set, new LinkedHashSet<>(), new LinkedHashSet<>()));
                target.questions().add(question.what());
                target.servers().add(question.server());
            }
            if (step.kind() != Kind.ALIAS) {
                return;
            }
            name = ((CNAMERecord) step.sets().get(0).records().get(0)).getTarget();
        }
    }

    // ---- records

    private void ofRecords(Target target) {
        String name = target.name();
        String type = target.type();
        if (target.set().type() == Type.SOA) {
            // nobody sees how old a zone is but who compares its servers
            SOARecord soa = (SOARecord) target.set().records().get(0);
            String older = soa.rdataToString().replaceFirst(" " + soa.getSerial() + " ", " " + older(soa) + " ");
            target.servers().stream()
                    .filter(server -> !server.origins().isEmpty())
                    .forEach(server -> ofRecordAt(target, server, "older", older));
            return;
        }
        // what a wildcard stands for is removed where it is written
        String written = written(target);
        if (written != null) {
            ofRecord(target, "missing", () -> target.zone().remove(written, type));
        }
        target.servers().forEach(server -> ofRecordAt(target, server, "missing"));
        other(target.set().type()).ifPresent(value -> {
            if (written != null) {
                ofRecord(target, "is " + value, () -> target.zone().replace(written, type, value));
            }
            target.servers().forEach(server -> ofRecordAt(target, server, "is " + value, value));
        });
        boolean kept =
                Set.of(Type.A, Type.AAAA, Type.CNAME).contains(target.set().type());
        if (kept && written != null && target.set().ttl() < WEEK_SECONDS) {
            troubles.add(Trouble.drift(
                            target.title() + " kept for a week",
                            target.title() + " may be kept for a week (time to live " + WEEK_SECONDS + " s)",
                            concerning(target.questions()),
                            () -> target.zone()
                                    .reviveFor(
                                            DnsText.name("name", written),
                                            target.set().type(),
                                            WEEK_SECONDS,
                                            target.set().records()))
                    .about(name)
                    .harmless());
        }
    }

    private void ofRecord(Target target, String how, Runnable happening) {
        troubles.add(Trouble.drift(
                        target.title() + " " + how,
                        target.title() + " " + how + " everywhere",
                        concerning(target.questions()),
                        happening)
                .about(target.name()));
    }

    private void ofRecordAt(Target target, DnsServer server, String how, String... values) {
        Predicate<String> there = concerning(target.questions());
        troubles.add(Trouble.drift(
                        target.title() + " " + how + " at " + label(server),
                        target.title() + " " + how + " at " + label(server) + " alone",
                        what -> there.test(what) && isAt(server, what),
                        () -> server.override(target.name(), target.type(), values))
                .about(target.name())
                .about(names(server)));
    }

    /** The name under which the zone has the records: its own, or that of a wildcard; null if it only follows from others. */
    private static @Nullable String written(Target target) {
        Name owner = target.set().owner();
        if (target.zone().isWritten(owner, target.set().type())) {
            return DnsText.text(owner);
        }
        for (int strip = 1; strip < owner.labels(); strip++) {
            Name wild = owner.wild(strip);
            if (target.zone().isWritten(wild, target.set().type())) {
                return DnsText.text(wild);
            }
        }
        return null;
    }

    /** Something else that records of that type can say. */
    private static Optional<String> other(int type) {
        return switch (type) {
            case Type.A -> Optional.of("198.51.100.66");
            case Type.AAAA -> Optional.of("2001:db8:bad::66");
            case Type.CNAME, Type.NS, Type.PTR -> Optional.of(NOBODY);
            case Type.MX -> Optional.of("10 " + NOBODY);
            case Type.SRV -> Optional.of("10 10 4242 " + NOBODY);
            case Type.CAA -> Optional.of("0 issue \"" + NOBODY + "\"");
            case Type.TXT -> Optional.of("something else");
            default -> Optional.empty();
        };
    }

    private static long older(SOARecord soa) {
        return (soa.getSerial() - 1) & 0xFFFF_FFFFL;
    }

    /** All servers say that there is no such name. */
    private void ofName(Target target) {
        String name = target.name();
        troubles.add(Trouble.drift(
                        name + " does not exist",
                        name + " does not exist, says every server",
                        what -> isOf(name, what),
                        () -> fake.servers()
                                .forEach(server ->
                                        server.fault(DnsFault.nxdomain().forName(name))))
                .about(name));
    }

    // ---- servers

    private void ofServer(DnsServer server, boolean inFull) {
        boolean changing = fake.zones().stream()
                .anyMatch(zone -> server.origins().contains(zone.origin()) && zone.changesAfter(fake.now()));
        for (DnsFault fault : DnsFault.catalogue()) {
            if (!inFull && !isDown(fault)) {
                continue;
            }
            Trouble trouble = Trouble.drift(
                            label(server) + " " + fault.sentence(),
                            "the name server " + label(server) + " " + fault.sentence(),
                            what -> isAt(server, what),
                            () -> server.fault(fault))
                    .about(names(server));
            for (Name origin : server.origins().stream().sorted().toList()) {
                trouble = trouble.about(DnsText.text(origin));
            }
            // old data are those of now, unless something is going to change
            boolean old = fault instanceof DnsFault.Stale || fault instanceof DnsFault.Lagging;
            troubles.add(isCopedWith(fault) || old && !changing ? trouble.harmless() : trouble);
        }
    }

    private void ofResolver(DnsServer server, boolean inFull) {
        Set<String> names = new TreeSet<>();
        questions.stream()
                .filter(question -> question.server() == server)
                .forEach(question -> names.add(DnsText.text(question.name())));
        for (DnsFault fault : DnsFault.catalogue()) {
            boolean nothing = fault instanceof DnsFault.NotAuthoritative
                    || fault instanceof DnsFault.Stale
                    || fault instanceof DnsFault.Lagging;
            if (nothing || !inFull && !isDown(fault)) {
                continue;
            }
            String id = label(server) + " " + fault.sentence();
            String sentence = "the " + label(server) + " " + fault.sentence();
            Runnable happening = () -> server.fault(fault);
            if (denies(fault)) {
                troubles.add(Trouble.drift(id, sentence, what -> isAt(server, what), happening)
                        .about(names(server))
                        .about(names.toArray(new String[0])));
            } else {
                troubles.add(Trouble.fault(id, sentence, what -> isAt(server, what), happening)
                        .about(names(server))
                        .harmless());
            }
        }
    }

    /** A fault in which a server says, wrongly but believably, that there is nothing: nobody then asks another one. */
    private static boolean denies(DnsFault fault) {
        return fault.equals(DnsFault.nxdomain());
    }

    /** Faults that are nearest to a server that is not there, or not set up. */
    private static boolean isDown(DnsFault fault) {
        return fault instanceof DnsFault.Silent
                || fault.equals(DnsFault.refused())
                || fault.equals(DnsFault.servfail());
    }

    /** Faults under which who follows the rules of DNS gets the right answer all the same. */
    private static boolean isCopedWith(DnsFault fault) {
        return fault instanceof DnsFault.Truncated
                || fault instanceof DnsFault.Late
                || fault instanceof DnsFault.FormerrToEdns
                || fault.equals(DnsFault.portClosed().over(Transport.TCP));
    }

    // ---- names

    private static Predicate<String> concerning(Set<String> questions) {
        Set<String> copy = Set.copyOf(questions);
        return copy::contains;
    }

    private static boolean isAt(DnsServer server, String what) {
        return what.endsWith(" at " + address(server));
    }

    private static boolean isOf(String name, String what) {
        return what.contains(" " + name + " at ");
    }

    private static String address(DnsServer server) {
        return server.inetAddress().getHostAddress();
    }

    /** The name of a server by the zones that it serves, and its address where the name is not enough. */
    private String label(DnsServer server) {
        Host host = host(server);
        if (host == null) {
            return (server.recursive() ? "resolver " : "") + address(server);
        }
        String name = DnsText.text(host.name());
        return host.addresses().size() == 1 ? name : name + " (" + address(server) + ")";
    }

    private String[] names(DnsServer server) {
        Host host = host(server);
        return host == null
                ? new String[] {address(server)}
                : new String[] {DnsText.text(host.name()), address(server)};
    }

    private @Nullable Host host(DnsServer server) {
        for (DnsZone zone : fake.zones()) {
            for (Host host : zone.hosts()) {
                if (host.addresses().contains(server.inetAddress())) {
                    return host;
                }
            }
        }
        return null;
    }
}
