package dev.golive.checks.internal.http;

import dev.golive.checks.HttpVersion;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response and what is to be judged about the way it came, all values.
 *
 * @param url what was asked last, after all redirects that were followed
 * @param status the status code
 * @param version the version it was sent in
 * @param fields the lines of its header, in order
 * @param body its content
 * @param firstByte from the end of the request to the first byte of the response
 * @param total from the lookup of the name to the end of the body
 * @param certificate the server's certificate, {@code null} without TLS
 * @param at when the response was there
 * @param hops the redirects that were followed
 */
public record Response(
        Url url,
        int status,
        HttpVersion version,
        List<Field> fields,
        Body body,
        Duration firstByte,
        Duration total,
        @Nullable X509Certificate certificate,
        Instant at,
        List<Hop> hops) {

    /** The values of a header, one for each line. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /** The value of a header; the values of several lines are one list (RFC 9110 section 5.3). */
    public Optional<String> value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** The body as text. */
    public String text() {
        return body.text(value("Content-Type").orElse(""));
    }

    /** Whether it says that it leads elsewhere. */
    boolean redirects() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> value("Location").isPresent();
            default -> false;
        };
    }

    Response after(List<Hop> followed, Duration before) {
        return new Response(
                url,
                status,
                version,
                fields,
                body,
                firstByte,
                total.plus(before),
                certificate,
                at,
                List.copyOf(followed));
    }
}
