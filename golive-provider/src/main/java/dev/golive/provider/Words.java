package dev.golive.provider;

import java.util.regex.Pattern;

/** Words of others, fit to stand in a sentence of golive. */
public final class Words {

    private static final int LONGEST = 300;
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

    private Words() {}

    /**
     * A text in one line of bounded length.
     *
     * @param text the text
     * @return at most 302 characters without line breaks and control characters
     */
    public static String line(String text) {
        String line =
                WHITE_SPACE.matcher(Given.notNull(text, "text")).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..";
    }
}
