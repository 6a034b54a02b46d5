package dev.golive.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the fake knows of a connection that it accepted. Thread-safe. */
public final class ReceivedConnection {

    private final int number;
    private final boolean secure;
    private volatile @Nullable ClientHello hello;
    private volatile @Nullable IOException end;

    ReceivedConnection(int number, boolean secure) {
        this.number = number;
        this.secure = secure;
    }

    void said(ClientHello first) {
        this.hello = first;
    }

    synchronized void endedBy(IOException reason) {
        if (end == null) {
            end = reason;
        } else if (!end.equals(reason)) {
            end.addSuppressed(reason);
        }
    }

    /**
     * Which connection of the fake it is.
     *
     * @return its number; the first is 1
     */
    public int number() {
        return number;
    }

    /**
     * Whether it came to the TLS port.
     *
     * @return whether it is meant to be encrypted
     */
    public boolean secure() {
        return secure;
    }

    /**
     * The name that the TLS client asked for (RFC 6066, SNI).
     *
     * @return the name; empty if it named none
     */
    public Optional<String> serverName() {
        ClientHello said = hello;
        return said == null ? Optional.empty() : said.serverName();
    }

    /**
     * The application protocols that the TLS client offered (RFC 7301, ALPN).
     *
     * @return the protocols, for example {@code h2}; empty if it offered none
     */
    public List<String> offeredProtocols() {
        ClientHello said = hello;
        return said == null ? List.of() : said.protocols();
    }

    /**
     * What ended the connection early, for example that the client did not trust the certificate.
     *
     * @return the reason; empty if it is open or ended in good order
     */
    public Optional<IOException> failure() {
        return Optional.ofNullable(end);
    }

    /**
     * The connection in words.
     *
     * @return its number, and the name it asked for
     */
    @Override
    public String toString() {
        return "connection " + number + serverName().map(name -> " to " + name).orElse("");
    }
}
