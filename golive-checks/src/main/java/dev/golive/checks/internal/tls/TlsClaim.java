package dev.golive.checks.internal.tls;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import java.util.Set;

/** One assertion about a server. Immutable and thread-safe. */
public interface TlsClaim {

    /** What is asserted, to follow the host: "covers www.shop.example". */
    String sentence();

    /**
     * Judges what was seen, and may ask the server more.
     *
     * @throws dev.golive.checks.internal.net.NotConnectedException if asking more found no connection
     * @throws java.io.IOException if asking more did not succeed
     * @throws Exception if the attempt was given up
     */
    Outcome judge(Sight sight, CheckContext context) throws Exception;

    /** Whether the assertion says how near the end may be, so that the default warning of it is not wanted. */
    default boolean judgesEnd() {
        return false;
    }

    /** Whether it must be found out that the certificate is not revoked. */
    default boolean needsRevocation() {
        return false;
    }

    /** The protocol to offer by ALPN for this, empty for none: a strict server refuses a client that offers others. */
    default String offeredProtocol() {
        return "";
    }

    /** The values of earlier items that it reads. */
    default Set<Capture<?>> reads() {
        return Set.of();
    }
}
