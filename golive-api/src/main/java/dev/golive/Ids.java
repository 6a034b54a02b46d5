package dev.golive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Ids derived from sentences, and digests. */
final class Ids {

    private static final int LONGEST = 64;

    private Ids() {}

    /** The words of a sentence in lower case, joined by hyphens; a long one is cut and ends in part of its digest. */
    static String from(String sentence) {
        StringBuilder id = new StringBuilder(sentence.length());
        boolean gap = false;
        String lower = sentence.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '.' || c == '_') {
                if (gap && id.length() > 0) {
                    id.append('-');
                }
                gap = false;
                id.append(c);
            } else {
                gap = true;
            }
        }
        if (id.length() == 0 || id.length() > LONGEST) {
            int kept = Math.min(id.length(), LONGEST - 9);
            return (kept == 0 ? "item" : id.substring(0, kept)) + "-"
                    + digest(sentence).substring(0, 8);
        }
        return id.toString();
    }

    /** The first 128 bits of a SHA-256, in hexadecimal. */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
