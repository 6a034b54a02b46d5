package dev.golive.checks.internal.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells an answer out of a cache from one that the server itself gave. */
final class Caches {

    private static final List<String> STATUS_FIELDS =
            List.of("X-Cache", "CF-Cache-Status", "X-Vercel-Cache", "Cache-Status");

    private Caches() {}

    /** What says that the answer came from a cache; empty if nothing does. */
    static Optional<String> hit(Response response) {
        Optional<String> age = response.value("Age");
        if (age.isPresent() && age.get().matches("0*[1-9]\\d*")) {
            return Optional.of("Age: " + age.get());
        }
        for (String name : STATUS_FIELDS) {
            Optional<String> value = response.value(name);
            // RFC 9211 writes "hit" among parameters, content delivery networks write HIT in words of their own
            if (value.isPresent() && value.get().toLowerCase(Locale.ROOT).matches("(?s).*\\bhit\\b.*")) {
                return Optional.of(name + ": " + value.get());
            }
        }
        return Optional.empty();
    }
}
