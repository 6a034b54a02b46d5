package dev.golive.checks;

import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.http.Url;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.tcp.Dialogue;
import java.util.List;

/**
 * Checks of TCP ports, the entry to all of them.
 *
 * <pre>{@code
 * Tcp.of("db.shop.example", 5432).isNotReachable().provenBy("shop.example", 443)
 * Tcp.of("mail.shop.example", 25).answers(startingWith("220 ")).saying("EHLO shop.example\r\n").answers(startingWith("250"))
 * }</pre>
 */
public final class Tcp {

    private Tcp() {}

    /**
     * A port of a host.
     *
     * @param host a host name, also an international one, or a literal address
     * @param port between 1 and 65535
     * @return the port, of which nothing is asserted yet
     * @throws IllegalArgumentException if it is no host or no port
     */
    public static TcpProbe of(String host, int port) {
        Given.between(port, 1, 65_535, "port");
        return new TcpProbe(new Dialogue(Endpoint.of(Url.host(Given.text(host, "host"), "host"), port), List.of()));
    }
}
