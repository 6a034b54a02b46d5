package dev.golive.launch;

import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.rollback.Sample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a launch learns. */
sealed interface Input {

    /**
     * What a list came to; {@code open} names what is not in order, {@code details} says why, {@code waits} if nothing but
     * people keeps it from being in order.
     */
    record ListResult(
            String step,
            String list,
            Verdict verdict,
            List<String> open,
            List<String> details,
            boolean waits,
            String report) {}

    /** Time has passed. */
    record Wake() implements Input {}

    /** The launch is armed. */
    record Armed(Event.Armed event) implements Input {}

    /** A process took the launch up. */
    record Opened(String instance, String host, @Nullable Instant silentSince, String digest, List<String> others)
            implements Input {}

    record Commanded(Command command) implements Input {}

    record Examined(String key, List<ListResult> results) implements Input {}

    record Observed(String key, Observation observation) implements Input {}

    record Applied(String key, Receipt receipt) implements Input {}

    record ApplyFailed(String key, String why) implements Input {}

    record Posted(String key, Receipt receipt) implements Input {}

    record PostFailed(String key, String why) implements Input {}

    record Sampled(String key, Sample sample) implements Input {}

    /** What is live: nothing if there is no release and no reason why it could not be found out. */
    record Looked(String key, String component, @Nullable Release release, String unknown) implements Input {}
}
