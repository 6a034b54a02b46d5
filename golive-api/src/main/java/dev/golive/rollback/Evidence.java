package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a judgement rests on, enough to judge again: {@link RollbackPolicy#judge}.
 *
 * @param trigger the id of the trigger
 * @param beganAt when the evaluation heard something for the first time
 * @param armedAt when triggers on the launched system began to count, {@code null} if they had not
 * @param at how far the clock had come
 * @param heardUntil up to when the silence of each signal had been heard, by the id of the signal
 * @param samples the samples that decide, in the order of time
 * @param downtimes the times in which nobody watched
 */
public record Evidence(
        String trigger,
        Instant beganAt,
        @Nullable Instant armedAt,
        Instant at,
        Map<String, Instant> heardUntil,
        List<Sample> samples,
        List<Downtime> downtimes) {

    /**
     * Copies the lists.
     *
     * @param trigger the id of the trigger
     * @param beganAt when the evaluation heard something for the first time
     * @param armedAt when triggers on the launched system began to count
     * @param at how far the clock had come
     * @param heardUntil up to when the silence of each signal had been heard, by the id of the signal
     * @param samples the samples that decide
     * @param downtimes the times in which nobody watched
     */
    public Evidence {
        Arguments.text(trigger, "trigger");
        Arguments.instant(beganAt, "beganAt");
        if (armedAt != null) {
            Arguments.instant(armedAt, "armedAt");
        }
        Arguments.instant(at, "at");
        Map<String, Instant> copy = new LinkedHashMap<>();
        Arguments.given(heardUntil, "heardUntil")
                .forEach((signal, until) ->
                        copy.put(Arguments.text(signal, "heardUntil"), Arguments.instant(until, "heardUntil")));
        heardUntil = Collections.unmodifiableMap(copy);
        samples = Arguments.all(samples, "samples", 0);
        downtimes = Arguments.all(downtimes, "downtimes", 0);
    }
}
