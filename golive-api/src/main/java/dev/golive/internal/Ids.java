package dev.golive.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Ids derived from sentences, and digests. */
public final class Ids {

    private static final int LONGEST = 64;

    /** How much of a longer one is kept, before part of its digest. */
    private static final int KEPT = LONGEST - 9;

    /** From how many characters on the beginning of a secret counts as showing it. */
    private static final int SHOWN = 6;

    private Ids() {}

    /** The words of a sentence in lower case, joined by hyphens; a long one is cut and ends in part of its digest. */
    public static String from(String sentence) {
        String id = words(sentence);
        if (id.isEmpty() || id.length() > LONGEST) {
            int kept = Math.min(id.length(), KEPT);
            return (kept == 0 ? "item" : id.substring(0, kept)) + "-"
                    + digest(sentence).substring(0, 8);
        }
        return id;
    }

    /** The words of a text in lower case, joined by hyphens. */
    public static String words(String text) {
        StringBuilder id = new StringBuilder(text.length());
        boolean gap = false;
        String lower = text.toLowerCase(Locale.ROOT);
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
        return id.toString();
    }

    /** Whether a derived id may show some words, also where it was cut within them. */
    public static boolean shows(String id, String words) {
        if (id.contains(words)) {
            return true;
        }
        int end = id.lastIndexOf('-');
        if (end < KEPT) {
            return false;
        }
        String kept = id.substring(0, end);
        for (int length = Math.min(words.length(), kept.length()); length >= SHOWN; length--) {
            if (kept.endsWith(words.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** The first 128 bits of a SHA-256, in hexadecimal. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
