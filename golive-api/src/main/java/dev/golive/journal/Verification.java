package dev.golive.journal;

import dev.golive.internal.Arguments;

/**
 * What an examination of a journal's chain found.
 *
 * @param intact whether every entry is as it was written
 * @param entries how many entries are intact, counted from the first up to the first bad one
 * @param firstBad the number that the first bad entry has or should have; 0 if there is none
 * @param because what is wrong with it, and in which line of the file; of an intact journal what is worth knowing, such
 *     as an unfinished last line, or empty
 * @param head the hash of the last intact entry, or {@link Journal#GENESIS}
 */
public record Verification(boolean intact, long entries, long firstBad, String because, String head) {

    /**
     * Refuses missing parts.
     *
     * @param intact whether every entry is as it was written
     * @param entries how many entries are intact, counted from the first up to the first bad one
     * @param firstBad the number that the first bad entry has or should have; 0 if there is none
     * @param because what is wrong with it, and in which line of the file; of an intact journal what is worth knowing,
     *     such as an unfinished last line, or empty
     * @param head the hash of the last intact entry, or {@link Journal#GENESIS}
     * @throws IllegalArgumentException if {@code entries} is negative, or {@code firstBad} is not 0 of an intact journal
     *     and {@code entries + 1} of another
     */
    public Verification {
        if (entries < 0) {
            throw new IllegalArgumentException("entries must not be negative but was " + entries);
        }
        long expected = intact ? 0 : entries + 1;
        if (firstBad != expected) {
            throw new IllegalArgumentException("firstBad must be " + expected + " of "
                    + (intact ? "an intact journal" : "a journal with " + entries + " intact entries") + " but was "
                    + firstBad);
        }
        Arguments.given(because, "because");
        Arguments.text(head, "head");
    }
}
