package dev.golive.journal;

import dev.golive.GoLiveException;
import dev.golive.internal.Arguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as PEM (RFC 7468). No message repeats any of the text: it may be a private key. */
final class Pem {

    private static final int LARGEST = 1 << 16;
    private static final Pattern BLOCK = Pattern.compile(
            "\\s*-----BEGIN ([A-Z0-9 ]{1,40})-----\\s([A-Za-z0-9+/=\\s]*+)-----END ([A-Z0-9 ]{1,40})-----\\s*");

    private Pem() {}

    static String write(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    static byte[] read(String pem, String label) {
        Arguments.given(pem, "pem");
        if (pem.length() > LARGEST) {
            throw new IllegalArgumentException(
                    "pem must be at most " + LARGEST + " characters but has " + pem.length());
        }
        Matcher block = BLOCK.matcher(pem);
        if (!block.matches() || !block.group(1).equals(block.group(3))) {
            throw new IllegalArgumentException(
                    "pem must be one block from -----BEGIN " + label + "----- to -----END " + label + "-----");
        }
        if (!block.group(1).equals(label)) {
            throw new IllegalArgumentException("pem must be a " + label + " but is labelled " + block.group(1));
        }
        byte[] content;
        try {
            content = Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            content = new byte[0];
        }
        if (content.length == 0) {
            throw new IllegalArgumentException("pem must hold Base64 between its first and last line");
        }
        return content;
    }

    /** Reads a key from a file; what is wrong with the file is no fault of an argument. */
    static <T> T fromFile(Path file, Function<String, T> key) {
        Arguments.given(file, "file");
        try {
            if (Files.size(file) > LARGEST) {
                throw new GoLiveException(
                        "The key in " + file + " cannot be read: the file is larger than " + LARGEST + " bytes");
            }
            // as ISO 8859-1 every byte is a character, and one that is no PEM is refused as such
            return key.apply(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new GoLiveException("The key in " + file + " cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new GoLiveException("The key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
