package dev.golive.rollback;

import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a signal yielded. Two samples of one signal and one slot are the same sample.
 *
 * @param signal the id of the signal
 * @param slotAt the beginning of the slot that it belongs to
 * @param startedAt when the look began, which decides in which windows the sample is
 * @param finishedAt when the result was there
 * @param reading what was seen
 * @param kind why nothing was seen; {@code null} unless the reading is {@link Reading#UNKNOWN}
 * @param why what was wrong or what stood in the way; may be blank for {@link Reading#OK} only
 * @param counts what a metric source counted, {@code null} for a probe and where it could not be asked
 * @param maintenance whether the launch itself had announced maintenance, so that this is no evidence
 */
public record Sample(
        String signal,
        Instant slotAt,
        Instant startedAt,
        Instant finishedAt,
        Reading reading,
        @Nullable Kind kind,
        String why,
        MetricSource.@Nullable Counts counts,
        boolean maintenance) {

    /** What was seen. */
    public enum Reading {
        /** As it should be, or numbers that a trigger judges. */
        OK,
        /** Not as it should be. */
        BREACH,
        /** Nothing was seen. */
        UNKNOWN
    }

    /** Why nothing was seen. */
    public enum Kind {
        /** The signal had nothing to say: no data, no request, a slot that was missed. */
        MISSING,
        /** Looking failed on our side: our network, a refused login, a provider's error. Never evidence of a breach. */
        CHECK_ERROR,
        /** Too few requests to tell. */
        LOW_SAMPLE,
        /** Too early to tell. */
        WARM_UP
    }

    /**
     * Refuses what contradicts itself.
     *
     * @param signal the id of the signal
     * @param slotAt the beginning of the slot that it belongs to
     * @param startedAt when the look began
     * @param finishedAt when the result was there
     * @param reading what was seen
     * @param kind why nothing was seen
     * @param why what was wrong or what stood in the way
     * @param counts what a metric source counted
     * @param maintenance whether the launch itself had announced maintenance
     */
    public Sample {
        Arguments.text(signal, "signal");
        Arguments.instant(slotAt, "slotAt");
        Arguments.instant(startedAt, "startedAt");
        Arguments.instant(finishedAt, "finishedAt");
        Arguments.given(reading, "reading");
        if ((reading == Reading.UNKNOWN) != (kind != null)) {
            throw new IllegalArgumentException(
                    "kind must be given for UNKNOWN and only then but was " + kind + " for " + reading);
        }
        if (reading == Reading.OK) {
            Arguments.given(why, "why");
        } else {
            Arguments.text(why, "why");
        }
    }

    /**
     * All was as it should be.
     *
     * @param signal the id of the signal
     * @param at the slot and the time of the look
     * @return the sample
     */
    public static Sample ok(String signal, Instant at) {
        return new Sample(signal, at, at, at, Reading.OK, null, "", null, false);
    }

    /**
     * Something was not as it should be.
     *
     * @param signal the id of the signal
     * @param at the slot and the time of the look
     * @param why what was wrong
     * @return the sample
     */
    public static Sample breach(String signal, Instant at, String why) {
        return new Sample(signal, at, at, at, Reading.BREACH, null, why, null, false);
    }

    /**
     * Nothing was seen.
     *
     * @param signal the id of the signal
     * @param at the slot and the time of the look
     * @param kind why not, in a word
     * @param why what stood in the way
     * @return the sample
     */
    public static Sample unknown(String signal, Instant at, Kind kind, String why) {
        return new Sample(signal, at, at, at, Reading.UNKNOWN, Arguments.given(kind, "kind"), why, null, false);
    }

    /**
     * What a metric source counted in a slot. No request at all is {@link Kind#MISSING}.
     *
     * @param signal the id of the signal
     * @param slotAt the beginning of the slot
     * @param slot how long the slot is
     * @param counts what was counted
     * @return the sample
     */
    public static Sample counts(String signal, Instant slotAt, Duration slot, MetricSource.Counts counts) {
        Instant end = Arguments.instant(slotAt, "slotAt").plus(Arguments.positive(slot, "slot"));
        boolean none = Arguments.given(counts, "counts").total() == 0;
        return new Sample(
                signal,
                slotAt,
                slotAt,
                end,
                none ? Reading.UNKNOWN : Reading.OK,
                none ? Kind.MISSING : null,
                none ? "no requests" : "",
                counts,
                false);
    }

    /**
     * What a probe found. Passed and warned are {@link Reading#OK}, failed is {@link Reading#BREACH}; what could not be
     * found out is a {@link Kind#CHECK_ERROR}, also a target that is unreachable as long as no witness has shown that
     * our own network works.
     *
     * @param signal the id of the probe
     * @param slotAt the beginning of the slot
     * @param startedAt when the check began
     * @param finishedAt when its outcome was there
     * @param outcome the outcome
     * @return the sample
     */
    public static Sample of(String signal, Instant slotAt, Instant startedAt, Instant finishedAt, Outcome outcome) {
        Finding finding = Arguments.given(outcome, "outcome").finding();
        Reading reading =
                finding == Finding.FAILED ? Reading.BREACH : finding == Finding.UNKNOWN ? Reading.UNKNOWN : Reading.OK;
        return new Sample(
                signal,
                slotAt,
                startedAt,
                finishedAt,
                reading,
                reading == Reading.UNKNOWN ? Kind.CHECK_ERROR : null,
                outcome.why(),
                null,
                false);
    }

    /**
     * The same, taken during maintenance that the launch itself had announced. It is shown and is no evidence.
     *
     * @return the new sample
     */
    public Sample duringMaintenance() {
        return new Sample(signal, slotAt, startedAt, finishedAt, reading, kind, why, counts, true);
    }

    /** The same on a clock that was set back: everything later by so much. */
    Sample later(Duration shift) {
        return shift.isZero()
                ? this
                : new Sample(
                        signal,
                        slotAt.plus(shift),
                        startedAt.plus(shift),
                        finishedAt.plus(shift),
                        reading,
                        kind,
                        why,
                        counts,
                        maintenance);
    }

    /**
     * For people.
     *
     * @return for example {@code health at 2027-03-02T09:03:00Z BREACH: status was 500}
     */
    @Override
    public String toString() {
        return signal + " at " + startedAt + " " + (kind == null ? reading : kind)
                + (counts == null
                        ? ""
                        : " " + counts.bad() + "/" + counts.total()
                                + (counts.percentiles().isEmpty() ? "" : " " + counts.percentiles()))
                + (why.isBlank() ? "" : ": " + why) + (maintenance ? " (maintenance)" : "");
    }
}
