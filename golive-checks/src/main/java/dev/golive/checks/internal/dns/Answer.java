package dev.golive.checks.internal.dns;

import dev.golive.time.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What is known of the records of one type of one name: the records, behind which aliases they were found, or that there
 * are none. A value without any way to the world; immutable.
 *
 * @param name the name that was asked about
 * @param type the type that was asked for
 * @param rcode the response code of the last answer
 * @param authoritative whether the first answer had the AA bit
 * @param authenticated whether a resolver says that it has validated the answer (AD)
 * @param denied whether an answer without records shows that there are none, by the authority of whoever said so
 * @param aliases the names that were followed, the name asked about first; only that one if it is no alias
 * @param circular whether the last alias leads back to one of the names before
 * @param values the values of the records, each once, in their canonical form, sorted
 * @param ttl the least time to live of the records and of the aliases before them, in seconds; 0 without records
 * @param addresses what the name has where it was asked for an alias and has none: its addresses
 * @param glue the addresses of name servers within the zone that came along with their names (RFC 1034 section 4.2.1)
 */
public record Answer(
        Name name,
        int type,
        int rcode,
        boolean authoritative,
        boolean authenticated,
        boolean denied,
        List<Name> aliases,
        boolean circular,
        List<String> values,
        long ttl,
        List<String> addresses,
        Map<String, List<String>> glue) {

    /** How many aliases are followed; more are as good as a circle. */
    static final int MAX_ALIASES = 16;

    /** Copies the lists. */
    public Answer {
        aliases = List.copyOf(aliases);
        values = List.copyOf(values);
        addresses = List.copyOf(addresses);
        glue = Map.copyOf(glue);
    }

    /** What a message says about a question. */
    static Answer of(Message message, Question question) {
        List<Record> section = message.getSection(Section.ANSWER);
        List<Name> aliases = new ArrayList<>(2);
        Name name = question.name();
        aliases.add(name);
        long ttl = Long.MAX_VALUE;
        boolean circular = false;
        boolean follows = question.type() != Type.CNAME && question.type() != Type.ANY;
        for (CNAMERecord alias = follows ? alias(section, name) : null; alias != null; alias = alias(section, name)) {
            name = alias.getTarget();
            ttl = Math.min(ttl, alias.getTTL());
            circular = aliases.contains(name) || aliases.size() > MAX_ALIASES;
            aliases.add(name);
            if (circular) {
                break;
            }
        }
        Set<String> values = new LinkedHashSet<>();
        if (!circular) {
            for (Record record : section) {
                if (record.getType() == question.type()
                        && record.getDClass() == DClass.IN
                        && record.getName().equals(name)) {
                    values.add(Presentation.of(record));
                    ttl = Math.min(ttl, record.getTTL());
                }
            }
        }
        if (values.isEmpty() && question.type() == Type.NS && !question.recursive()) {
            // a server above a zone cut tells the servers below it where it may: beside the answer
            addDelegation(message, name, values);
        }
        int rcode = message.getRcode();
        boolean authoritative = message.getHeader().getFlag(Flags.AA);
        return new Answer(
                question.name(),
                question.type(),
                rcode,
                authoritative,
                message.getHeader().getFlag(Flags.AD),
                denies(message, rcode, name, authoritative && aliases.size() == 1),
                aliases,
                circular,
                sorted(values),
                values.isEmpty() || ttl == Long.MAX_VALUE ? 0 : ttl,
                List.of(),
                glue(message, question, values));
    }

    /** Only names within the zone: what a server says of others is none of its business, and may be forged. */
    private static Map<String, List<String>> glue(Message message, Question question, Set<String> servers) {
        if (question.type() != Type.NS || question.recursive() || servers.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> glue = new HashMap<>();
        for (Record record : message.getSection(Section.ADDITIONAL)) {
            String host = Names.text(record.getName());
            boolean address = record.getType() == Type.A || record.getType() == Type.AAAA;
            if (address && record.getName().subdomain(question.name()) && servers.contains(host)) {
                glue.computeIfAbsent(host, name -> new ArrayList<>()).add(Presentation.of(record));
            }
        }
        return glue;
    }

    private static void addDelegation(Message message, Name name, Set<String> values) {
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record.getType() == Type.NS && record.getName().equals(name)) {
                values.add(Presentation.of(record));
            }
        }
    }

    private static @Nullable CNAMERecord alias(List<Record> section, Name name) {
        for (Record record : section) {
            if (record instanceof CNAMERecord alias && alias.getName().equals(name)) {
                return alias;
            }
        }
        return null;
    }

    /**
     * Whether an answer without records proves that there are none (RFC 2308): the name does not exist, or the SOA
     * record of its zone says who knows it, or the server itself is the authority.
     */
    private static boolean denies(Message message, int rcode, Name name, boolean authority) {
        return switch (rcode) {
            case Rcode.NXDOMAIN -> true;
            case Rcode.NOERROR ->
                authority
                        || message.getSection(Section.AUTHORITY).stream()
                                .anyMatch(record -> record.getType() == Type.SOA && name.subdomain(record.getName()));
            default -> false;
        };
    }

    private static List<String> sorted(Set<String> values) {
        if (values.size() == 1) {
            return List.of(values.iterator().next());
        }
        List<String> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted;
    }

    /** Where the aliases end. */
    public Name canonicalName() {
        return aliases.get(aliases.size() - 1);
    }

    /** Whether the name is an alias. */
    public boolean isAlias() {
        return aliases.size() > 1;
    }

    /** Whether it is certain that neither the name nor what it is an alias of exists. */
    public boolean isMissing() {
        return rcode == Rcode.NXDOMAIN;
    }

    /** Whether this says what is there or that nothing is, rather than that somebody could not find out. */
    public boolean isDefinite() {
        return !values.isEmpty() || circular || denied;
    }

    /** Whether the server stopped at an alias, which is for others to follow. */
    boolean stopsAtAlias() {
        return isAlias() && values.isEmpty() && !circular && !denied && rcode == Rcode.NOERROR;
    }

    /** The same, followed further by what is known of the name where it stopped. */
    Answer followedBy(Answer next) {
        List<Name> all = new ArrayList<>(aliases);
        Set<Name> seen = new HashSet<>(aliases);
        boolean circles = next.circular;
        for (Name name : next.aliases.subList(1, next.aliases.size())) {
            circles |= !seen.add(name);
            all.add(name);
        }
        circles |= all.size() > MAX_ALIASES + 1;
        return new Answer(
                name,
                type,
                next.rcode,
                authoritative,
                authenticated && next.authenticated,
                next.denied,
                all,
                circles,
                circles ? List.of() : next.values,
                next.ttl,
                next.addresses,
                Map.of());
    }

    /** The same as what is known of the first of these names, each of which is an alias of the next. */
    Answer along(List<Name> names, boolean inACircle) {
        return new Answer(
                names.get(0),
                type,
                rcode,
                authoritative,
                authenticated,
                denied,
                names,
                inACircle,
                List.of(),
                0,
                addresses,
                Map.of());
    }

    /** The same for somebody who asked for another name, of which this one is an ancestor. */
    Answer inheritedBy(Name asked) {
        return new Answer(
                asked,
                type,
                rcode,
                authoritative,
                authenticated,
                denied,
                aliases,
                circular,
                values,
                ttl,
                addresses,
                glue);
    }

    /** The same with what the name has instead of an alias. */
    Answer withAddresses(List<String> found) {
        return new Answer(
                name, type, rcode, authoritative, authenticated, denied, aliases, circular, values, ttl, found, glue);
    }

    /** The least time to live of the records. */
    public Duration timeToLive() {
        return Duration.ofSeconds(ttl);
    }

    /** The names that were followed, with arrows. */
    public String chain() {
        return String.join(" -> ", aliases.stream().map(Names::text).toList());
    }

    /** What is there, as a sentence: "shop.example has the A record 203.0.113.10". */
    public String sentence() {
        if (circular) {
            return "the aliases of " + Names.text(name) + " go round in a circle: " + chain();
        }
        String subject = Names.text(aliases.get(0));
        if (isAlias()) {
            subject += " is an alias of " + Names.text(canonicalName()) + ", which";
        }
        if (isMissing()) {
            return subject + " does not exist";
        }
        if (values.isEmpty()) {
            return subject + " has no " + typeText() + " record";
        }
        return subject
                + (values.size() == 1 ? " has the " + typeText() + " record " : " has the " + typeText() + " records ")
                + String.join(", ", values);
    }

    /** What was answered, as the value of a fact. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (isAlias()) {
            text.append(chain()).append(circular ? ", in a circle" : "").append("; ");
        } else if (!aliases.get(0).equals(name)) {
            text.append("from ").append(Names.text(aliases.get(0))).append("; ");
        }
        if (!values.isEmpty()) {
            text.append(typeText()).append(' ').append(String.join(", ", values));
            text.append("; TTL ").append(Spans.text(timeToLive()));
        } else {
            text.append("no ").append(typeText()).append(" record");
        }
        text.append("; ").append(Rcode.string(rcode));
        if (authoritative) {
            text.append("; authoritative");
        }
        if (authenticated) {
            text.append("; authenticated (DNSSEC)");
        }
        return text.toString();
    }

    /** The type by its mnemonic. */
    public String typeText() {
        return Type.string(type);
    }
}
