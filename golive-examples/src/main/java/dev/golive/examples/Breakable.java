package dev.golive.examples;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something that {@code --break} can spoil: a constant of an enum, with what it says in words. */
interface Breakable {

    /** What the constant is called. */
    String name();

    /** What is spoilt, in words. */
    String sentence();

    /** What it is called on the command line. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of a word, if there is one. */
    static <B extends Breakable> Optional<B> of(String word, B[] all) {
        return Arrays.stream(all).filter(one -> one.word().equals(word)).findFirst();
    }

    /** All of them for the help, each in a line. */
    static String help(Breakable[] all) {
        return Arrays.stream(all)
                .map(one -> String.format("  %-26s %s%n", one.word(), one.sentence()))
                .collect(Collectors.joining());
    }
}
