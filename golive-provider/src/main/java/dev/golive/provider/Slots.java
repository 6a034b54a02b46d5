package dev.golive.provider;

import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Slots of the same length, one after the other, in which a provider counts. All slots of a length are counted from 1970,
 * so that those of a launch are those of the provider, unless somebody has set the clock back.
 *
 * @param begin the beginning of the first
 * @param length how long each is, whole seconds
 * @param count how many there are, at least one
 */
public record Slots(Instant begin, Duration length, int count) {

    /**
     * Refuses what are no slots.
     *
     * @param begin the beginning of the first
     * @param length how long each is, whole seconds
     * @param count how many there are, at least one
     * @throws IllegalArgumentException if the length is not whole seconds, longer than zero, if the beginning is not that of
     *     a slot, or if there is none
     */
    public Slots {
        if (!floor(begin, length).equals(begin)) {
            throw new IllegalArgumentException(
                    "begin must be the beginning of a slot of " + Spans.text(length) + " but was " + begin);
        }
        Given.between(count, 1, Integer.MAX_VALUE, "count");
    }

    /**
     * The slots of a span.
     *
     * @param from the beginning; one that is not that of a slot is moved back to it
     * @param to the end, whole slots after the beginning
     * @param length how long a slot is, whole seconds
     * @return the slots
     * @throws IllegalArgumentException if the span is not one of whole slots
     */
    public static Slots between(Instant from, Instant to, Duration length) {
        Instant begin = floor(from, length);
        Duration span = Duration.between(from, Given.notNull(to, "to"));
        long count = span.toSeconds() / length.toSeconds();
        if (count < 1
                || count > Integer.MAX_VALUE
                || !length.multipliedBy(count).equals(span)) {
            throw new IllegalArgumentException(
                    "to must be whole slots of " + Spans.text(length) + " after from but was " + span);
        }
        return new Slots(begin, length, (int) count);
    }

    /**
     * The beginning of the slot that an instant lies in.
     *
     * @param at the instant
     * @param length how long a slot is, whole seconds
     * @return the beginning
     * @throws IllegalArgumentException if the length is not whole seconds, longer than zero
     */
    public static Instant floor(Instant at, Duration length) {
        Given.notNull(at, "at");
        Duration whole = Duration.ofSeconds(Given.positive(length, "length").toSeconds());
        if (!whole.equals(length)) {
            throw new IllegalArgumentException("length must be whole seconds but was " + length);
        }
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }

    /**
     * The beginning of one of them.
     *
     * @param index which, from 0
     * @return the instant
     * @throws IndexOutOfBoundsException if there is none
     */
    public Instant at(int index) {
        return begin.plus(length.multipliedBy(Objects.checkIndex(index, count)));
    }

    /**
     * The end of the last.
     *
     * @return the instant
     */
    public Instant end() {
        return begin.plus(length.multipliedBy(count));
    }
}
