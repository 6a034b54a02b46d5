package dev.golive.checks;

import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.dns.Names;
import dev.golive.checks.internal.net.Addresses;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Checks of the domain name system.
 *
 * <pre>{@code
 * Dns.of("shop.example").type(A).exactly("203.0.113.10").ttl(atMost(minutes(5)))
 * Dns.of("shop.example").type(CAA).exists()
 * Dns.of("www.shop.example").everywhere().resolvesTo("203.0.113.10")
 * Dns.of("www.shop.example").pointsTo("shop.cdn.example")
 * Dns.of("_dmarc.shop.example").type(TXT).matching(startingWith("v=DMARC1"))
 * Dns.zone("shop.example").serversAgree()
 * }</pre>
 *
 * <p>No answer is never taken for a wrong one: a server that is silent, that answers SERVFAIL or REFUSED, or whose answer
 * cannot be read leaves a check unknown. That a name or a record does not exist is an answer (RFC 2308).
 */
public final class Dns {

    private Dns() {}

    /**
     * A name to ask about.
     *
     * @param name a domain name, with or without a final dot, other scripts included (they are converted by IDNA 2003,
     *     RFC 3490); or an IPv4 or IPv6 address, whose PTR records are asked for
     * @return the name, to be followed by what is expected of it
     * @throws IllegalArgumentException if it is not a domain name (RFC 1035: labels of at most 63, at most 253 octets)
     */
    public static DnsProbe of(String name) {
        Given.given(name, "name");
        Optional<InetAddress> address = Addresses.literal(name);
        if (address.isPresent()) {
            return DnsProbe.of(Names.reverse(address.get()), Addresses.text(address.get()), RecordType.PTR);
        }
        var parsed = Names.parse(name, "name");
        return DnsProbe.of(parsed, Names.text(parsed), RecordType.A);
    }

    /**
     * A zone to ask about.
     *
     * @param name the name of the zone
     * @return the zone, to be followed by what is expected of it
     * @throws IllegalArgumentException if it is not a domain name
     */
    public static DnsZoneProbe zone(String name) {
        return new DnsZoneProbe(Names.parse(name, "name"));
    }
}
