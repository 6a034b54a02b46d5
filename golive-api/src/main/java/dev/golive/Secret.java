package dev.golive;

import dev.golive.internal.Arguments;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that must never be shown: a token, a password, a connection string.
 *
 * <p>It is obtained at first use and kept until the secret is garbage. It prints as {@code ***}; only a check can
 * {@linkplain CheckContext#reveal reveal} it, and what was revealed is redacted by value, also URL-encoded, in Base64
 * and as a JSON string, from everything that leaves the engine. A value shorter than
 * {@value #SHORT} characters cannot be cut out reliably: the whole text that contains it becomes {@code ***}.
 *
 * <p>Two secrets are equal only if they are the same object. Thread-safe.
 */
public final class Secret {

    static final int SHORT = 8;

    private final String label;
    private final Supplier<@Nullable String> source;
    private @Nullable String value;

    private Secret(String label, Supplier<@Nullable String> source) {
        this.label = label;
        this.source = source;
    }

    /**
     * A secret in an environment variable.
     *
     * @param name the name of the variable
     * @return the secret
     */
    public static Secret fromEnv(String name) {
        Arguments.text(name, "name");
        return new Secret("environment variable " + name, () -> System.getenv(name));
    }

    /**
     * A secret in a file, read as UTF-8 without the line break at its end.
     *
     * @param file the file
     * @return the secret
     */
    public static Secret fromFile(Path file) {
        Arguments.given(file, "file");
        return new Secret("file " + file, () -> {
            try {
                return Files.isReadable(file)
                        ? Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "")
                        : null;
            } catch (IOException e) {
                throw new GoLiveException("The secret in file " + file + " cannot be read", e);
            }
        });
    }

    /**
     * A secret that a person types at the terminal, without echo, when it is first needed.
     *
     * @param label what the person is asked for
     * @return the secret
     */
    public static Secret prompt(String label) {
        Arguments.text(label, "label");
        return new Secret(label, () -> readPassword(label));
    }

    @SuppressWarnings("SystemConsoleNull") // null on JDK 17 where there is no terminal; later ones read null there
    private static @Nullable String readPassword(String label) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s: ", label);
        return typed == null ? null : new String(typed);
    }

    /**
     * A secret from anywhere else, such as a vault's client.
     *
     * @param label names the secret in messages; not itself secret
     * @param source gives the value, or {@code null} if there is none; called once, may block
     * @return the secret
     */
    public static Secret from(String label, Supplier<@Nullable String> source) {
        return new Secret(Arguments.text(label, "label"), Arguments.given(source, "source"));
    }

    /**
     * A secret that a check found while running, such as a session token, to be captured for later checks.
     *
     * @param label names the secret in messages; not itself secret
     * @param value the value
     * @return the secret
     * @throws IllegalArgumentException if the value is empty
     */
    public static Secret found(String label, String value) {
        Arguments.text(label, "label");
        if (Arguments.given(value, "value").isEmpty()) {
            throw new IllegalArgumentException("value must not be empty");
        }
        return new Secret(label, () -> value);
    }

    /**
     * What names the secret in messages.
     *
     * @return for example {@code environment variable TOKEN}
     */
    public String label() {
        return label;
    }

    /** The value; only the engine calls this, and hands it to the redaction first. */
    synchronized String value() {
        String known = value;
        if (known == null) {
            known = source.get();
            if (known == null || known.isEmpty()) {
                throw new GoLiveException("There is no secret in " + label);
            }
            value = known;
        }
        return known;
    }

    /** Whether the value can be had; {@code null} means yes. */
    @Nullable
    String problem() {
        try {
            value();
            return null;
        } catch (RuntimeException e) {
            return e instanceof GoLiveException ? e.getMessage() : "The secret in " + label + " cannot be obtained";
        }
    }

    /**
     * Never the value.
     *
     * @return three asterisks
     */
    @Override
    public String toString() {
        return "***";
    }
}
