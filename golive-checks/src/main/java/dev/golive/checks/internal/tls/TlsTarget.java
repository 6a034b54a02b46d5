package dev.golive.checks.internal.tls;

import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Endpoint;
import java.security.cert.TrustAnchor;
import java.util.Set;

/**
 * What is to be looked at, and as whom.
 *
 * @param endpoint where to connect
 * @param serverName the name to ask for and to judge the certificate for
 * @param everyAddress whether all addresses of the host are looked at
 * @param trusted whom to trust; empty for the authorities of the network
 */
public record TlsTarget(Endpoint endpoint, String serverName, boolean everyAddress, Set<TrustAnchor> trusted) {

    /** The host on its TLS port, as the public sees it. */
    public static TlsTarget of(String host) {
        return new TlsTarget(Endpoint.of(host, 443), host, false, Set.of());
    }

    /** The same at another endpoint. */
    public TlsTarget with(Endpoint other) {
        return new TlsTarget(other, serverName, everyAddress, trusted);
    }

    /** Whether only what the public trusts counts. */
    boolean publicView() {
        return trusted.isEmpty();
    }

    /** For sentences: the host, and everything about it that is out of the ordinary. */
    public String text() {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        StringBuilder text = new StringBuilder(host);
        if (endpoint.port() != 443) {
            text.append(':').append(endpoint.port());
        }
        if (!serverName.equals(endpoint.host())) {
            text.append(" as ").append(serverName);
        }
        if (endpoint.pinned() != null) {
            text.append(" at ").append(Addresses.text(endpoint.pinned()));
        }
        switch (endpoint.family()) {
            case IPV4, IPV6 -> text.append(" over ").append(endpoint.family());
            case ANY -> {
                // the ordinary case goes without saying
            }
        }
        return everyAddress ? text.append(" at every address").toString() : text.toString();
    }
}
