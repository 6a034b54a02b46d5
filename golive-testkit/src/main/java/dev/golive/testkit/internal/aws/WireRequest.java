package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param method its method, in capitals
 * @param rawPath its path as sent, with percent-encoding; starts with a slash
 * @param rawQuery its query as sent, without the question mark; empty if there is none
 * @param headers its header fields in their order
 * @param body its body; empty if there is none. It is not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared; a copy for each hand would be a waste
public record WireRequest(String method, String rawPath, String rawQuery, List<HttpHeader> headers, byte[] body) {

    /**
     * A request.
     *
     * @param method its method, in capitals
     * @param rawPath its path as sent, with percent-encoding; starts with a slash
     * @param rawQuery its query as sent, without the question mark; empty if there is none
     * @param headers its header fields in their order
     * @param body its body; empty if there is none. It is not copied: nobody may change it
     */
    public WireRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(rawPath, "rawPath");
        Objects.requireNonNull(rawQuery, "rawQuery");
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /**
     * The value of a header field.
     *
     * @param name its name; compared without regard to case
     * @return the value of the first field of that name, if there is one
     */
    public Optional<String> header(String name) {
        Objects.requireNonNull(name, "name");
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .findFirst();
    }

    /** Whether the media type of the body is this one, whatever its parameters are. */
    boolean isOfType(String mediaType) {
        String type = header("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(mediaType);
    }
}
