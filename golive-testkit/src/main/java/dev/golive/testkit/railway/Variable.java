package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A variable of a service, or one that an environment shares. */
record Variable(String id, String name, String value, boolean isSealed, Instant updatedAt) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\{([^{}]+)}}");
    private static final int DEPTH = 8;

    /** What a reference stands for. */
    @FunctionalInterface
    interface Known {
        /** The variable that is referred to, and where its own references are looked up; null if there is none. */
        @Nullable
        Found find(String reference);
    }

    /** A variable that is referred to. */
    record Found(Variable variable, Known known) {}

    /** What it refers to, for example {@code shared.LOG_LEVEL}. */
    List<String> references() {
        return REFERENCE
                .matcher(value)
                .results()
                .map(reference -> reference.group(1).strip())
                .toList();
    }

    boolean refersTo(String reference) {
        return references().contains(reference);
    }

    /** The value with that of what it refers to; what is not there or sealed stays a reference. */
    String rendered(Known known) {
        return rendered(known, DEPTH);
    }

    private String rendered(Known known, int depth) {
        Matcher reference = REFERENCE.matcher(value);
        StringBuilder text = new StringBuilder();
        while (reference.find()) {
            Found found = depth == 0 ? null : known.find(reference.group(1).strip());
            String replacement = found == null || found.variable().isSealed()
                    ? reference.group()
                    : found.variable().rendered(found.known(), depth - 1);
            reference.appendReplacement(text, Matcher.quoteReplacement(replacement));
        }
        return reference.appendTail(text).toString();
    }

    /** The values of those that are not sealed, by their names. */
    static Map<String, Object> values(Map<String, Variable> variables, Known known, boolean unrendered) {
        Map<String, Object> values = new LinkedHashMap<>();
        variables.forEach((name, variable) -> {
            if (!variable.isSealed()) {
                values.put(name, unrendered ? variable.value() : variable.rendered(known));
            }
        });
        return values;
    }
}
