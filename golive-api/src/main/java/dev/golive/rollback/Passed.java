package dev.golive.rollback;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Time has passed.
 *
 * @param now what the clock shows
 * @param down the times in which nobody watched
 * @param lanes how far each signal was heard
 */
record Passed(Instant now, Downtimes down, Map<String, Lane> lanes) {

    /** Up to when the silence of a signal was heard. */
    @Nullable
    Instant until(LeafSpec spec) {
        Lane lane = lanes.get(spec.id());
        return lane == null ? null : lane.heard();
    }
}
