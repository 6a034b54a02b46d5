package dev.golive.checks.internal.dns;

import dev.golive.Finding;

/**
 * What is thought of an answer.
 *
 * @param finding passed, failed or unknown
 * @param why the reason, a sentence without a full stop; blank for a pass
 */
public record Ruling(Finding finding, String why) {

    static final Ruling PASSED = new Ruling(Finding.PASSED, "");

    static Ruling failed(String why) {
        return new Ruling(Finding.FAILED, why);
    }

    static Ruling unknown(String why) {
        return new Ruling(Finding.UNKNOWN, why);
    }
}
