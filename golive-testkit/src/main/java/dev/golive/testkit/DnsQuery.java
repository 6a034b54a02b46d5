package dev.golive.testkit;

import java.net.InetAddress;
import java.time.Instant;

/**
 * A question that reached a server of a {@link DnsFake}. Immutable.
 *
 * @see DnsFake#queries()
 */
public final class DnsQuery {

    private final InetAddress server;
    private final Transport transport;
    private final String name;
    private final String type;
    private final boolean recursionDesired;
    private final boolean edns;
    private final Instant at;

    DnsQuery(
            InetAddress server,
            Transport transport,
            String name,
            String type,
            boolean recursionDesired,
            boolean edns,
            Instant at) {
        this.server = server;
        this.transport = transport;
        this.name = name;
        this.type = type;
        this.recursionDesired = recursionDesired;
        this.edns = edns;
        this.at = at;
    }

    /** How a query travelled. */
    public enum Transport {
        /** One datagram for the query, one for the answer. */
        UDP,
        /** A connection that may carry several queries, each with its length in front (RFC 7766). */
        TCP
    }

    /**
     * The logical address of the server that was asked.
     *
     * @return the address as text, for example {@code 192.0.2.53}
     */
    public String server() {
        return server.getHostAddress();
    }

    /**
     * How the query travelled.
     *
     * @return UDP or TCP
     */
    public Transport transport() {
        return transport;
    }

    /**
     * The name that was asked for.
     *
     * @return the name in lower case, without the final dot; the root is {@code .}
     */
    public String name() {
        return name;
    }

    /**
     * The type that was asked for.
     *
     * @return the mnemonic, for example {@code AAAA}; {@code TYPE65280} where there is none
     */
    public String type() {
        return type;
    }

    /**
     * Whether the client asked for recursion (the RD bit).
     *
     * @return the RD bit
     */
    public boolean recursionDesired() {
        return recursionDesired;
    }

    /**
     * Whether the query carried an OPT record (RFC 6891).
     *
     * @return whether the client speaks EDNS
     */
    public boolean edns() {
        return edns;
    }

    /**
     * When the query arrived, by the time source of the fake.
     *
     * @return the instant of arrival
     */
    public Instant at() {
        return at;
    }

    @Override
    public String toString() {
        return type + " " + name + " at " + server() + " over " + transport + (recursionDesired ? ", RD" : "") + ", "
                + at;
    }
}
