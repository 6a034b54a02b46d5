package dev.golive.checks;

import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.dns.Demand;
import dev.golive.checks.internal.dns.Names;
import dev.golive.checks.internal.dns.Server;
import dev.golive.checks.internal.dns.Where;
import dev.golive.checks.internal.net.Addresses;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * A name to ask about, before anything is expected of it: which type of record, and whom to ask.
 *
 * <ul>
 *   <li>The type is {@link RecordType#A} unless said otherwise; for an address it is {@link RecordType#PTR}.
 *   <li>Unless said otherwise the resolvers of the run are asked, one after the other until one has an answer.
 *   <li>CAA records are inherited (RFC 8659, section 3): if the name has none, those of the nearest name above that has
 *       some apply. {@link #notInherited()} looks at the name alone.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class DnsProbe extends DnsAssertions {

    private final Name name;
    private final String text;
    private final RecordType type;
    private final Where where;
    private final boolean inheriting;

    private DnsProbe(Name name, String text, RecordType type, Where where, boolean inheriting) {
        this.name = name;
        this.text = text;
        this.type = type;
        this.where = where;
        this.inheriting = inheriting;
    }

    static DnsProbe of(Name name, String text, RecordType type) {
        return new DnsProbe(name, text, type, Where.ANY_RESOLVER, true);
    }

    /**
     * The type of record to ask for.
     *
     * @param other the type
     * @return the new probe
     */
    public DnsProbe type(RecordType other) {
        return new DnsProbe(name, text, Given.given(other, "other"), where, inheriting);
    }

    /**
     * Asks each of these resolvers, and what is expected must be true of the answer of each.
     *
     * @param resolver the address of a recursive resolver, which is asked on port 53
     * @param more further ones
     * @return the new probe
     * @throws IllegalArgumentException if one is not an IPv4 or IPv6 address
     */
    public DnsProbe at(String resolver, String... more) {
        List<Server> servers = new ArrayList<>();
        servers.add(server(resolver, "resolver"));
        Given.given(more, "more");
        for (String one : more) {
            servers.add(server(one, "more"));
        }
        Where.Kind kind = where.kind() == Where.Kind.ANY_RESOLVER ? Where.Kind.EACH_RESOLVER : where.kind();
        return new DnsProbe(name, text, type, new Where(kind, servers), inheriting);
    }

    /**
     * Asks every name server of the zone that the name is in, without recursion; each must answer with authority, and
     * what is expected must be true of the answer of each. The zone, its servers and their addresses are found by way of
     * the resolvers. What lies behind an alias that leads out of the zone is asked at the resolvers.
     *
     * @return the new probe
     */
    public DnsProbe atEveryAuthoritativeServer() {
        return new DnsProbe(name, text, type, where.kind(Where.Kind.EACH_AUTHORITY), inheriting);
    }

    /**
     * Asks every resolver, those of {@link #at} or else those of the run, and every name server of the zone: what is
     * expected has propagated if it is true of the answer of each. The answers need not be equal.
     *
     * @return the new probe
     */
    public DnsProbe everywhere() {
        return new DnsProbe(name, text, type, where.kind(Where.Kind.EVERYWHERE), inheriting);
    }

    /**
     * Looks at the name alone, also for a type that is inherited from the names above.
     *
     * @return the new probe
     */
    public DnsProbe notInherited() {
        return new DnsProbe(name, text, type, where, false);
    }

    private static Server server(String address, String argument) {
        Given.given(address, argument);
        return Server.resolver(Addresses.literal(address)
                .orElseThrow(() -> new IllegalArgumentException(
                        argument + " must be an IPv4 or IPv6 address but was \"" + address + '"')));
    }

    @Override
    DnsProbe probe() {
        return this;
    }

    @Override
    DnsCheck and(List<Demand> demands) {
        return new DnsCheck(this, demands);
    }

    Name name() {
        return name;
    }

    RecordType type() {
        return type;
    }

    Where where() {
        return where;
    }

    boolean inherits() {
        return inheriting && type.equals(RecordType.CAA);
    }

    String host() {
        return Names.host(text);
    }

    /**
     * What is asked about.
     *
     * @return the name and the type
     */
    @Override
    public String toString() {
        return type + " of " + text + where.words();
    }

    String text() {
        return text;
    }
}
