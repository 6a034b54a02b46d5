package dev.golive.checks;

import static dev.golive.checks.internal.Given.between;
import static dev.golive.checks.internal.Given.given;

import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.net.Family;
import dev.golive.checks.internal.tls.HostNames;
import dev.golive.checks.internal.tls.TlsClaim;
import dev.golive.checks.internal.tls.TlsTarget;
import java.net.InetAddress;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A server whose TLS is to be looked at. Not a check yet: its first assertion is.
 *
 * <p>Immutable and thread-safe: each method returns a new value.
 */
public final class TlsProbe extends TlsAssertions {

    private final TlsTarget target;

    TlsProbe(TlsTarget target) {
        this.target = target;
    }

    /**
     * At another port than 443.
     *
     * @param port the port, from 1 to 65535
     * @return the new probe
     * @throws IllegalArgumentException if there is no such port
     */
    public TlsProbe port(int port) {
        Endpoint endpoint = target.endpoint();
        return with(
                new Endpoint(endpoint.host(), between(port, 1, 65_535, "port"), endpoint.family(), endpoint.pinned()));
    }

    /**
     * At this address, whatever DNS says: the origin behind a proxy, or the new server before DNS is switched. The name
     * asked for and judged stays the host's.
     *
     * @param address a literal IPv4 or IPv6 address
     * @return the new probe
     * @throws IllegalArgumentException if it is no literal address, or not of the family asked for
     */
    public TlsProbe at(String address) {
        InetAddress literal = Addresses.literal(given(address, "address"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "address must be a literal IPv4 or IPv6 address but was \"" + address + '"'));
        return with(new Endpoint(
                target.endpoint().host(),
                target.endpoint().port(),
                target.endpoint().family(),
                literal));
    }

    /**
     * Asks for another name than the host's (SNI), and judges the certificate for it.
     *
     * @param name a host name
     * @return the new probe
     * @throws IllegalArgumentException if it is no host name
     */
    public TlsProbe serverName(String name) {
        String canonical = HostNames.canonical(given(name, "name"), "name");
        return new TlsProbe(new TlsTarget(target.endpoint(), canonical, target.everyAddress(), target.trusted()));
    }

    /**
     * At an IPv4 address of the host.
     *
     * @return the new probe
     * @throws IllegalArgumentException if an IPv6 address was pinned
     */
    public TlsProbe ipv4() {
        return with(Family.IPV4);
    }

    /**
     * At an IPv6 address of the host.
     *
     * @return the new probe
     * @throws IllegalArgumentException if an IPv4 address was pinned
     */
    public TlsProbe ipv6() {
        return with(Family.IPV6);
    }

    /**
     * At every address that the host has, IPv4 and IPv6; the worst counts.
     *
     * @return the new probe
     */
    public TlsProbe everyAddress() {
        return new TlsProbe(new TlsTarget(target.endpoint(), target.serverName(), true, target.trusted()));
    }

    /**
     * Trusts these certificates and nobody else, instead of the authorities of the network: a private authority, or the
     * server's own certificate. The limits for the lifetime of public certificates then give way to 825 days.
     *
     * @param certificate whom to trust
     * @param more further ones
     * @return the new probe
     */
    public TlsProbe trusting(X509Certificate certificate, X509Certificate... more) {
        Set<TrustAnchor> anchors = new LinkedHashSet<>();
        anchors.add(new TrustAnchor(given(certificate, "certificate"), null));
        for (X509Certificate one : given(more, "more")) {
            anchors.add(new TrustAnchor(given(one, "more"), null));
        }
        return new TlsProbe(
                new TlsTarget(target.endpoint(), target.serverName(), target.everyAddress(), Set.copyOf(anchors)));
    }

    private TlsProbe with(Family family) {
        Endpoint endpoint = target.endpoint();
        return with(new Endpoint(endpoint.host(), endpoint.port(), family, endpoint.pinned()));
    }

    private TlsProbe with(Endpoint endpoint) {
        InetAddress pinned = endpoint.pinned();
        if (pinned != null && !endpoint.family().includes(pinned)) {
            throw new IllegalArgumentException("address must be an " + endpoint.family()
                    + " address, as asked for, but was " + Addresses.text(pinned));
        }
        return new TlsProbe(target.with(endpoint));
    }

    @Override
    TlsCheck and(TlsClaim claim) {
        return new TlsCheck(target, List.of(claim));
    }

    @Override
    public String toString() {
        return "TLS of " + target.text();
    }
}
