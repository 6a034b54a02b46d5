package dev.golive.checks.internal.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The content of a response, decoded, as far as it was read. Immutable; nobody changes the bytes it hands out. */
public final class Body {

    /** A response without content. */
    public static final Body NONE = new Body(new byte[0], 0, "", null, false);

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s;\"]+)");

    private final byte[] bytes;
    private final long wireBytes;
    private final String coding;
    private final @Nullable String problem;
    private final boolean broken;

    Body(byte[] bytes, long wireBytes, String coding, @Nullable String problem, boolean broken) {
        this.bytes = bytes;
        this.wireBytes = wireBytes;
        this.coding = coding;
        this.problem = problem;
        this.broken = broken;
    }

    /** The content, without its coding. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes of content were received. */
    public long wireBytes() {
        return wireBytes;
    }

    /** How it was compressed, in lower case; empty if it was not. */
    public String coding() {
        return coding;
    }

    /** Why the bytes are not the whole content; {@code null} if they are. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whether the problem is the server's: what it sent cannot be decoded. */
    public boolean broken() {
        return broken;
    }

    /** The content as text. */
    public String text(String contentType) {
        return new String(bytes, charset(contentType));
    }

    private static Charset charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        if (named.find()) {
            try {
                return Charset.forName(named.group(1));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                // a name that nobody knows: read it as what nearly everything is
                return StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
