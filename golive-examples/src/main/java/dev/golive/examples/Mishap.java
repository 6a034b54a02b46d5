package dev.golive.examples;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can happen to the launch of {@link LaunchDay}. */
enum Mishap {
    ERROR_RATE("the error rate climbs twelve minutes after the launch"),
    NOTHING("nothing happens"),
    SMOKE_TEST_FAILS("customers cannot buy anything right after the deployment"),
    OLD_VERSION_SERVED("the deployment says it is done, and the old release is still served"),
    NOBODY_DECIDES("nobody says GO"),
    IMAGE_DELETED("the error rate climbs, and the image to go back to was deleted meanwhile"),
    STAYS_RED("the error rate climbs, and the old release is red too"),
    REDEPLOYED("the error rate climbs, and a branch trigger deploys the bad release again after the rollback"),
    METRICS_REFUSED("the metrics refuse our token"),
    CRASH("the error rate climbs, and the program that watches dies in the middle of the rollback");

    private final String sentence;

    Mishap(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    /** What it is called on a command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Mishap> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static String all() {
        return Arrays.stream(values())
                .map(one -> String.format("  %-20s %s%n", one.word(), one.sentence()))
                .collect(Collectors.joining());
    }

    /** Whether the error rate of the new release climbs. */
    boolean climbs() {
        return this == ERROR_RATE || this == IMAGE_DELETED || this == STAYS_RED || this == REDEPLOYED || this == CRASH;
    }
}
