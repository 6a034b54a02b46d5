package dev.golive.checks;

import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.dns.Demand;
import dev.golive.checks.internal.dns.Demands;
import dev.golive.checks.internal.dns.Names;
import dev.golive.checks.internal.dns.Presentation;
import dev.golive.checks.internal.net.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.Rcode;

/**
 * What can be expected of a name. Each method gives a check that expects this as well as all that was expected before.
 *
 * <p>Values are written as in a zone file (RFC 1035, section 5) and compared by what they mean: {@code 203.0.113.10},
 * {@code 2001:db8::1}, {@code shop.example}, {@code 10 mail.shop.example}, {@code 0 issue "letsencrypt.org"}. Letter case
 * and the final dot of names do not matter. The strings of a TXT record are joined, and its value is written without
 * quotation marks. Aliases are followed: the records of a name that is an alias are those of its target.
 *
 * <p>All methods throw {@link NullPointerException} or {@link IllegalArgumentException} for a bad argument. Immutable and
 * thread-safe.
 */
public abstract sealed class DnsAssertions permits DnsProbe, DnsCheck {

    DnsAssertions() {}

    abstract DnsProbe probe();

    abstract DnsCheck and(List<Demand> demands);

    private DnsCheck and(Demand demand) {
        return and(List.of(demand));
    }

    /**
     * There is at least one record.
     *
     * @return the check
     */
    public DnsCheck exists() {
        return and(Demands.exists(type()));
    }

    /**
     * There is no record of the type, and somebody who knows says so: the name does not exist, or the zone's SOA record
     * came with the empty answer, or the server is authoritative (RFC 2308).
     *
     * @return the check
     */
    public DnsCheck doesNotExist() {
        return and(Demands.doesNotExist(type()));
    }

    /**
     * There are these records and no others.
     *
     * @param values the values, in any order; at least one
     * @return the check
     */
    public DnsCheck exactly(String... values) {
        return and(Demands.exactly(type(), values(values)));
    }

    /**
     * There are these records, whatever else there is.
     *
     * @param values the values; at least one
     * @return the check
     */
    public DnsCheck contains(String... values) {
        return and(Demands.contains(type(), values(values)));
    }

    /**
     * None of these records is there.
     *
     * @param values the values; at least one
     * @return the check
     */
    public DnsCheck containsNone(String... values) {
        return and(Demands.containsNone(type(), values(values)));
    }

    /**
     * There are so many records.
     *
     * @param number how many
     * @return the check
     */
    public DnsCheck count(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("number must not be negative but was " + number);
        }
        return count(Expect.is(number));
    }

    /**
     * There are so many records.
     *
     * @param number how many
     * @return the check
     */
    public DnsCheck count(Expectation<Integer> number) {
        return and(Demands.count(type(), of(Integer.class, number, "number")));
    }

    /**
     * At least one record has such a value.
     *
     * @param value what the value should be, as text in the form described above
     * @return the check
     */
    public DnsCheck matching(Expectation<String> value) {
        return and(Demands.matching(type(), of(String.class, value, "value")));
    }

    /**
     * The records may be kept so long: the least time to live of the records and of the aliases before them. A resolver
     * counts it down; what the zone says is told by {@link DnsProbe#atEveryAuthoritativeServer()}.
     *
     * @param ttl the time to live
     * @return the check
     */
    public DnsCheck ttl(Duration ttl) {
        return ttl(Expect.is(ttl));
    }

    /**
     * The records may be kept so long, see {@link #ttl(Duration)}.
     *
     * @param ttl the time to live
     * @return the check
     */
    public DnsCheck ttl(Expectation<Duration> ttl) {
        return and(Demands.ttl(type(), of(Duration.class, ttl, "ttl")));
    }

    /**
     * The response has this code. With this expectation SERVFAIL and REFUSED are answers too, for example to show that a
     * server does not resolve for strangers.
     *
     * @param code its mnemonic, for example {@code NXDOMAIN}
     * @return the check
     */
    public DnsCheck rcode(String code) {
        String known = Given.given(code, "code").toUpperCase(Locale.ROOT);
        if (Rcode.value(known) < 0) {
            throw new IllegalArgumentException(
                    "code must be a DNS response code, such as NOERROR or NXDOMAIN, but was \"" + code + '"');
        }
        return rcode(Expect.is(known));
    }

    /**
     * The response has such a code, see {@link #rcode(String)}.
     *
     * @param code its mnemonic
     * @return the check
     */
    public DnsCheck rcode(Expectation<String> code) {
        return and(Demands.rcode(type(), of(String.class, code, "code")));
    }

    /**
     * The name is an alias of that name, directly or by way of other aliases, and their end exists. The type that was
     * chosen does not matter. A provider that flattens aliases or proxies never shows them; prove such a name by what is
     * served.
     *
     * @param target the name that it should lead to
     * @return the check
     */
    public DnsCheck pointsTo(String target) {
        return and(Demands.pointsTo(Names.parse(target, "target")));
    }

    /**
     * If the name is an alias, what it is an alias of exists: nobody else can register it and take over the name. A name
     * that does not exist itself fails. The type that was chosen does not matter.
     *
     * @return the check
     */
    public DnsCheck noDanglingCname() {
        return and(Demands.noDanglingAlias());
    }

    /**
     * The name has these addresses and no others, at the end of all aliases. Only the families of which an address is
     * given are asked for. The type that was chosen does not matter.
     *
     * @param addresses IPv4 or IPv6 addresses; at least one
     * @return the check
     */
    public DnsCheck resolvesTo(String... addresses) {
        List<InetAddress> parsed = new ArrayList<>();
        for (String address : someOf(addresses, "addresses")) {
            parsed.add(Addresses.literal(address)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "addresses must be IPv4 or IPv6 addresses but one was \"" + address + '"')));
        }
        return and(Demands.resolvesTo(parsed));
    }

    private int type() {
        return probe().type().number();
    }

    private List<String> values(String... values) {
        return someOf(values, "values").stream()
                .map(value -> Presentation.expected(type(), value, "values"))
                .toList();
    }

    private static List<String> someOf(String[] values, String argument) {
        Given.given(values, argument);
        if (values.length == 0) {
            throw new IllegalArgumentException(argument + " must not be empty");
        }
        for (String value : values) {
            Given.given(value, argument);
        }
        return List.of(values);
    }

    private static <V> Expectation<V> of(Class<V> type, Expectation<V> expectation, String argument) {
        Given.given(expectation, argument);
        if (!expectation.type().equals(type)) {
            throw new IllegalArgumentException(argument + " must be an expectation of a " + type.getSimpleName());
        }
        return expectation;
    }
}
