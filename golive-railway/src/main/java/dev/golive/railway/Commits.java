package dev.golive.railway;

import dev.golive.provider.Given;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of commits, which may be abbreviated. */
final class Commits {

    private static final Pattern SHA = Pattern.compile("[0-9a-fA-F]{7,64}");

    private Commits() {}

    /** A name of a commit that says enough. */
    static String given(String sha) {
        return Given.form(sha, "sha", SHA, "7 to 64 hexadecimal digits").toLowerCase(Locale.ROOT);
    }

    /** Whether both name the same commit. */
    static boolean same(String wanted, @Nullable String found) {
        if (found == null || !SHA.matcher(found).matches()) {
            return false;
        }
        String lower = found.toLowerCase(Locale.ROOT);
        return lower.startsWith(wanted) || wanted.startsWith(lower);
    }
}
