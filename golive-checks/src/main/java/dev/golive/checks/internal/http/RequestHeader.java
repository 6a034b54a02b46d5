package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Secret;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A header line of a request, whose value may be known only when the check runs.
 *
 * @param name the name, as it is sent
 * @param value gives the value
 * @param secret whether it is sent to its own origin only, and only if that proved who it is
 * @param secrets the secrets it reveals
 * @param reads the captures it reads
 */
public record RequestHeader(
        String name, Function<CheckContext, String> value, boolean secret, Set<Secret> secrets, Set<Capture<?>> reads) {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Set<String> ALWAYS_SECRET =
            Set.of("authorization", "cookie", "proxy-authorization", "x-api-key");

    /** A value that may be shown. */
    public static RequestHeader plain(String name, String value) {
        requireName(name);
        requireValue(value, "value");
        if (name.equalsIgnoreCase("authorization")) {
            throw new IllegalArgumentException(
                    "name must not be Authorization with a plain text: give a Secret to basic(..) or bearer(..)");
        }
        return new RequestHeader(name, context -> value, isSecret(name), Set.of(), Set.of());
    }

    /** A secret value, with something before it. */
    public static RequestHeader secret(String name, Secret secret, Function<String, String> written) {
        requireName(name);
        return new RequestHeader(
                name,
                context -> requireValue(written.apply(context.reveal(secret)), secret.label()),
                true,
                Set.of(secret),
                Set.of());
    }

    /** A value that an earlier item captured. */
    public static RequestHeader captured(String name, Capture<?> capture, Function<String, String> written) {
        requireName(name);
        if (capture.type() != String.class && capture.type() != Secret.class) {
            throw new IllegalArgumentException("capture must be of type String or Secret, but " + capture.name()
                    + " is of type " + capture.type().getSimpleName());
        }
        return new RequestHeader(
                name,
                context -> {
                    Object found = context.read(capture);
                    String text = found instanceof Secret secret ? context.reveal(secret) : String.valueOf(found);
                    return requireValue(written.apply(text), capture.name());
                },
                capture.type() == Secret.class || isSecret(name),
                Set.of(),
                Set.of(capture));
    }

    private static boolean isSecret(String name) {
        return ALWAYS_SECRET.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Refuses what is no name of a header, or is one that the transport itself sends. */
    private static String requireName(String name) {
        requireToken(name);
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("name must not be " + name + ", which is set by the transport");
        }
        return name;
    }

    /** Refuses what is no name of a header. */
    public static String requireToken(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be the name of a header: letters, digits and !#$%&'*+.^_`|~-, but was " + name);
        }
        return name;
    }

    private static String requireValue(String value, String argument) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7f || c > 0xff)) {
                // the value itself may be secret, so only the place is told
                throw new IllegalArgumentException(argument
                        + " must be a header value: no line breaks, control characters or characters beyond"
                        + " ISO 8859-1, but has one at index " + i);
            }
        }
        return value.strip();
    }
}
