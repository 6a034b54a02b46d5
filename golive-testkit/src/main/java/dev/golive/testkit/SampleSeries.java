package dev.golive.testkit;

import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Sample;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples of a signal in a line of text, one word a slot, for tests of triggers and policies.
 *
 * <pre>{@code
 * SampleSeries.of("health", start, seconds(30), "4xOK B B ? B*3 _ OK").samples()
 * SampleSeries.of("latency", start, minutes(1), "0/1500,p99=1800 5x0/1500,p99=2500").samples()
 * }</pre>
 *
 * <ul>
 *   <li>{@code OK}: as it should be; {@code B}: a breach.
 *   <li>{@code ?} or {@code X}: missing; {@code E}: the check failed on our side; {@code L}: too few requests;
 *       {@code W}: too early.
 *   <li>{@code 5/100}: 5 of 100 requests were bad; {@code 5/100,p99=2500,p50=80} with percentiles.
 *   <li>{@code _}: no sample at all.
 *   <li>{@code (B)}: the same, during announced maintenance.
 *   <li>{@code 3xOK} or {@code OK*3}: three times.
 * </ul>
 *
 * <p>A sample of a probe starts and finishes at its slot; one with counts finishes at the end of its slot. Immutable.
 */
public final class SampleSeries {

    private static final int MOST = 1_000_000;
    private static final Pattern TIMES = Pattern.compile("(\\d{1,9})x(.+)|(.+)\\*(\\d{1,9})");
    private static final Pattern COUNTS = Pattern.compile("(\\d{1,18})/(\\d{1,18})((?:,p[^,]+=[^,]+)*)");
    private static final Pattern PERCENTILE =
            Pattern.compile(",p(\\d{1,3}(?:\\.\\d{1,9})?)=(-?\\d{1,15}(?:\\.\\d{1,9})?)");

    private final List<Sample> samples;
    private final Instant end;

    private SampleSeries(List<Sample> samples, Instant end) {
        this.samples = samples;
        this.end = end;
    }

    /**
     * The samples of a signal.
     *
     * @param signal the id of the signal
     * @param start the first slot
     * @param interval how far the slots are apart, longer than zero
     * @param notation one word a slot, separated by white space
     * @return the series
     * @throws IllegalArgumentException if a word means nothing, with the word and what is allowed, or there are more than
     *     1,000,000 slots
     */
    public static SampleSeries of(String signal, Instant start, Duration interval, String notation) {
        if (Objects.requireNonNull(signal, "signal must not be null").isBlank()) {
            throw new IllegalArgumentException("signal must not be blank");
        }
        Objects.requireNonNull(start, "start must not be null");
        if (Objects.requireNonNull(interval, "interval must not be null").isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval must be longer than zero but was " + interval);
        }
        List<Sample> samples = new ArrayList<>();
        Instant slot = start;
        long slots = 0;
        for (String word : Objects.requireNonNull(notation, "notation must not be null")
                .strip()
                .split("\\s+")) {
            if (word.isEmpty()) {
                continue;
            }
            Matcher times = TIMES.matcher(word);
            boolean repeated = times.matches();
            String what = !repeated ? word : times.group(2) == null ? times.group(3) : times.group(2);
            String number = !repeated ? "1" : times.group(1) == null ? times.group(4) : times.group(1);
            int count = Integer.parseInt(number);
            slots += count;
            if (slots > MOST) {
                throw new IllegalArgumentException(
                        "notation must have at most " + MOST + " slots but has more at \"" + word + "\"");
            }
            // also where it is repeated zero times, so that a typing error does not go unnoticed
            read(signal, start, interval, what);
            try {
                for (int i = 0; i < count; i++, slot = slot.plus(interval)) {
                    samples.addAll(read(signal, slot, interval, what));
                }
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException(
                        "notation must end within the years of the calendar but does not at \"" + word + "\"", e);
            }
        }
        return new SampleSeries(List.copyOf(samples), slot);
    }

    private static List<Sample> read(String signal, Instant slot, Duration interval, String word) {
        if (word.length() > 2 && word.startsWith("(") && word.endsWith(")")) {
            return read(signal, slot, interval, word.substring(1, word.length() - 1)).stream()
                    .map(Sample::duringMaintenance)
                    .toList();
        }
        return switch (word) {
            case "_" -> List.of();
            case "OK" -> List.of(Sample.ok(signal, slot));
            case "B" -> List.of(Sample.breach(signal, slot, "breach"));
            case "?", "X" -> List.of(Sample.unknown(signal, slot, Sample.Kind.MISSING, "no data"));
            case "E" -> List.of(Sample.unknown(signal, slot, Sample.Kind.CHECK_ERROR, "could not look"));
            case "L" -> List.of(Sample.unknown(signal, slot, Sample.Kind.LOW_SAMPLE, "too few requests"));
            case "W" -> List.of(Sample.unknown(signal, slot, Sample.Kind.WARM_UP, "too early"));
            default -> List.of(Sample.counts(signal, slot, interval, counts(word)));
        };
    }

    private static MetricSource.Counts counts(String word) {
        Matcher counts = COUNTS.matcher(word);
        if (!counts.matches()) {
            throw meaningless(word);
        }
        Map<Double, Double> percentiles = new TreeMap<>();
        String rest = counts.group(3);
        Matcher percentile = PERCENTILE.matcher(rest);
        int end = 0;
        while (percentile.find() && percentile.start() == end) {
            percentiles.put(Double.valueOf(percentile.group(1)), Double.valueOf(percentile.group(2)));
            end = percentile.end();
        }
        if (end != rest.length()) {
            throw meaningless(word);
        }
        try {
            return new MetricSource.Counts(
                    Long.parseLong(counts.group(1)), Long.parseLong(counts.group(2)), percentiles);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("notation: \"" + word + "\": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException meaningless(String word) {
        return new IllegalArgumentException("notation: \"" + word
                + "\" means nothing; allowed are OK, B, ?, X, E, L, W, _, 5/100 and 5/100,p99=2500, each in parentheses"
                + " for maintenance and repeated as in 3xOK or OK*3");
    }

    /**
     * The samples.
     *
     * @return the samples in the order of time
     */
    public List<Sample> samples() {
        return samples;
    }

    /**
     * Where it ends, and another series of the signal may go on.
     *
     * @return the slot after the last
     */
    public Instant end() {
        return end;
    }

    /**
     * This series and another, in the order in which the samples were finished.
     *
     * @param other the other, of this signal or another one
     * @return both
     */
    public SampleSeries and(SampleSeries other) {
        List<Sample> all = new ArrayList<>(samples);
        all.addAll(Objects.requireNonNull(other, "other must not be null").samples);
        all.sort(Comparator.comparing(Sample::finishedAt).thenComparing(Sample::slotAt));
        return new SampleSeries(List.copyOf(all), end.isAfter(other.end) ? end : other.end);
    }

    /**
     * For people.
     *
     * @return the samples, a line each
     */
    @Override
    public String toString() {
        return String.join("\n", samples.stream().map(Sample::toString).toList());
    }
}
