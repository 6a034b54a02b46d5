package dev.golive.testkit.railway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a request is not kept: the values of variables and passwords. */
final class Withheld {

    private static final String HIDDEN = "***";

    private Withheld() {}

    /** The variables of a request without what is secret. */
    static Map<String, @Nullable Object> from(Map<?, ?> variables) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        variables.forEach((key, value) -> {
            String name = key.toString();
            if (name.equals("value") || name.equals("password")) {
                shown.put(name, HIDDEN);
            } else if (name.equals("variables") && value instanceof Map<?, ?> values) {
                Map<String, @Nullable Object> names = new LinkedHashMap<>();
                values.keySet().forEach(one -> names.put(one.toString(), HIDDEN));
                shown.put(name, names);
            } else {
                shown.put(name, value instanceof Map<?, ?> map ? from(map) : value);
            }
        });
        return shown;
    }
}
