package dev.golive.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that an {@link HttpFake} has received in full.
 *
 * <p>Immutable and thread-safe.
 */
public final class ReceivedRequest {

    private final ReceivedConnection connection;
    private final int number;
    private final Instant at;
    private final HttpFake.Version version;
    private final String method;
    private final String target;
    private final String authority;
    private final List<HttpHeader> headers;
    private final byte[] body;

    ReceivedRequest(
            ReceivedConnection connection,
            int number,
            Instant at,
            HttpFake.Version version,
            String method,
            String target,
            String authority,
            List<HttpHeader> headers,
            byte[] body) {
        this.connection = connection;
        this.number = number;
        this.at = at;
        this.version = version;
        this.method = method;
        this.target = target;
        this.authority = authority;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /**
     * The method.
     *
     * @return the method, for example {@code GET}
     */
    public String method() {
        return method;
    }

    /**
     * The request target as it was sent.
     *
     * @return the target, for example {@code /search?q=a%20b}
     */
    public String target() {
        return target;
    }

    /**
     * The path of the target, not decoded.
     *
     * @return what is before the question mark
     */
    public String path() {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    /**
     * The query of the target, not decoded.
     *
     * @return what is after the question mark; empty if there is none
     */
    public Optional<String> query() {
        int end = target.indexOf('?');
        return end < 0 ? Optional.empty() : Optional.of(target.substring(end + 1));
    }

    /**
     * The host that was asked for, from the header Host or the pseudo-header field {@code :authority}, without its port.
     *
     * @return the host; empty text if the client named none
     */
    public String host() {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(0, end + 1);
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /**
     * The host that was asked for, as it was sent.
     *
     * @return the host, usually with its port; empty text if the client named none
     */
    public String authority() {
        return authority;
    }

    /**
     * All header fields in the order in which they were sent, without those of HTTP/2 that begin with a colon.
     *
     * @return the header fields
     */
    public List<HttpHeader> headers() {
        return headers;
    }

    /**
     * The first header field of that name.
     *
     * @param name the name, in any case
     * @return its value; empty if there is none
     */
    public Optional<String> header(String name) {
        Objects.requireNonNull(name, "name");
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(HttpHeader::value)
                .findFirst();
    }

    /**
     * The values of all header fields of that name.
     *
     * @param name the name, in any case
     * @return the values, in the order in which they were sent
     */
    public List<String> headers(String name) {
        Objects.requireNonNull(name, "name");
        return headers.stream()
                .filter(header -> header.isNamed(name))
                .map(HttpHeader::value)
                .toList();
    }

    /**
     * The body.
     *
     * @return a copy of the body; empty if there was none
     */
    public byte[] body() {
        return body.clone();
    }

    /**
     * The body as UTF-8.
     *
     * @return the body; empty if there was none
     */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The HTTP version of the request.
     *
     * @return the version
     */
    public HttpFake.Version version() {
        return version;
    }

    /**
     * The connection on which the request came.
     *
     * @return the connection
     */
    public ReceivedConnection connection() {
        return connection;
    }

    /**
     * Which request of its connection it is.
     *
     * @return its number; the first is 1
     */
    public int number() {
        return number;
    }

    /**
     * When the request was complete, by the fake's time source.
     *
     * @return the instant
     */
    public Instant at() {
        return at;
    }

    /**
     * The request in one line.
     *
     * @return method, host, target and version
     */
    @Override
    public String toString() {
        return method + " " + (connection.secure() ? "https" : "http") + "://" + host() + target + " (" + version + ")";
    }
}
