package dev.golive.aws;

import dev.golive.provider.ApiProblem;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that a platform tells of. No text shows a value.
 *
 * @param values the values by the names
 * @param secrets the names of those of which the value is kept elsewhere
 * @param hidden why there may be others that are not told, {@code null} if there are none
 */
record KnownVariables(
        Map<String, String> values,
        Set<String> secrets,
        @Nullable String hidden) {

    KnownVariables {
        values = Map.copyOf(values);
        secrets = Set.copyOf(secrets);
    }

    /** Whether the value is kept elsewhere. */
    boolean isSecret(String variable) {
        return secrets.contains(variable);
    }

    /** The value, {@code null} if it is not set; what may be set out of sight is not known. */
    @Nullable
    String value(String variable) {
        String value = values.get(variable);
        if (value == null && hidden != null) {
            throw ApiProblem.undecided(hidden);
        }
        return value;
    }

    @Override
    public String toString() {
        return "variables " + values.keySet();
    }
}
