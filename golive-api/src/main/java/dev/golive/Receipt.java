package dev.golive;

import dev.golive.internal.Arguments;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a platform answered to a request: journaled, and handed back to {@link Action#observe} also after a crash. Holds
 * no secrets. Immutable.
 *
 * @param id the platform's id of the operation or the request
 * @param details anything else that finds the operation again, in the order of the keys
 */
public record Receipt(String id, Map<String, String> details) {

    /**
     * Refuses missing parts.
     *
     * @param id the platform's id of the operation or the request
     * @param details anything else that finds the operation again, in the order of the keys
     */
    public Receipt {
        Arguments.text(id, "id");
        Map<String, String> sorted = new TreeMap<>(Arguments.given(details, "details"));
        sorted.forEach((key, value) -> {
            Arguments.text(key, "a key of details");
            Arguments.given(value, "details of " + key);
        });
        details = Collections.unmodifiableMap(sorted);
    }

    /**
     * A receipt that is an id alone.
     *
     * @param id the platform's id of the operation or the request
     * @return the receipt
     */
    public static Receipt of(String id) {
        return new Receipt(id, Map.of());
    }
}
