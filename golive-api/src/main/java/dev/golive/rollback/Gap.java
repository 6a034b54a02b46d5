package dev.golive.rollback;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a signal has told nothing. All instants are of the clock that stands still while nobody watches.
 *
 * @param known when it last told something, or the beginning
 * @param informed whether it has told something that still counts
 * @param fine when there was last no reason to worry about not knowing
 * @param heard how far time has come
 * @param error the newest sample since then that was no silence, with its time
 * @param newest the newest sample since then
 */
record Gap(
        Instant known,
        boolean informed,
        Instant fine,
        Instant heard,
        @Nullable Timed error,
        @Nullable Sample newest) {

    record Timed(Sample sample, Instant clock) {}

    static Gap from(Instant beginning) {
        return new Gap(beginning, false, beginning, beginning, null, null);
    }

    Duration silence() {
        return Duration.between(known, heard);
    }

    Duration unclear() {
        return Duration.between(fine, heard);
    }

    /**
     * Time has passed. An error within a pause that has become too long is a new beginning: neither the failures before
     * it nor the silence before it are connected with what comes after it.
     */
    Gap reach(Instant clock, LeafSpec spec) {
        Instant later = clock.isAfter(heard) ? clock : heard;
        Timed broken = error;
        if (broken != null
                && spec.missing() != MissingData.IGNORE
                && Duration.between(known, later).compareTo(spec.maxGap()) > 0) {
            return new Gap(broken.clock(), false, fine, later, null, newest);
        }
        return later.equals(heard) ? this : new Gap(known, informed, fine, later, error, newest);
    }

    Gap told(Instant clock) {
        return new Gap(clock, true, clock, clock.isAfter(heard) ? clock : heard, null, null);
    }

    Gap untold(Sample sample, Instant clock, Breaches.Read read, LeafSpec spec) {
        boolean silence = read == Breaches.Read.MISSING;
        boolean worry = read == Breaches.Read.CHECK_ERROR || silence && spec.missing() == MissingData.INCONCLUSIVE;
        return new Gap(
                        known,
                        informed,
                        worry || fine.isAfter(clock) ? fine : clock,
                        heard,
                        silence ? error : new Timed(sample, clock),
                        sample)
                .reach(clock, spec);
    }
}
