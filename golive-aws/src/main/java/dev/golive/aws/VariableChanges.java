package dev.golive.aws;

import dev.golive.provider.Given;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which environment variables a deployment sets and which it takes away; what is said last counts. No text shows a value.
 *
 * @param set the values by the names
 * @param unset the names of those that are taken away
 */
record VariableChanges(Map<String, String> set, Set<String> unset) {

    static final VariableChanges NONE = new VariableChanges(Map.of(), Set.of());

    VariableChanges {
        set = Collections.unmodifiableMap(new TreeMap<>(set));
        unset = Collections.unmodifiableSet(new LinkedHashSet<>(unset));
    }

    VariableChanges setting(String variable, String value) {
        Map<String, String> more = new TreeMap<>(set);
        more.put(Given.text(variable, "variable"), Given.notNull(value, "value"));
        Set<String> less = new LinkedHashSet<>(unset);
        less.remove(variable);
        return new VariableChanges(more, less);
    }

    VariableChanges unsetting(String variable) {
        Map<String, String> less = new TreeMap<>(set);
        less.remove(Given.text(variable, "variable"));
        Set<String> more = new LinkedHashSet<>(unset);
        more.add(variable);
        return new VariableChanges(less, more);
    }

    /** What follows the rest of a deployment's sentence. */
    @Override
    public String toString() {
        return (set.isEmpty() ? "" : ", set " + String.join(", ", set.keySet()))
                + (unset.isEmpty() ? "" : ", unset " + String.join(", ", unset));
    }
}
