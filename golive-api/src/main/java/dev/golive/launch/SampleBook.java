package dev.golive.launch;

import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The samples of a launch, as a {@link Chronicle} reads them. */
final class SampleBook {

    /** So many changes of a signal are told; one that flaps would hide everything else. */
    private static final int MOST_CHANGES = 20;

    /** Times in which nobody was there to look. */
    private record Gap(Instant from, Instant until) {}

    private static final class Errors {
        private long bad;
        private long total;

        private void add(MetricSource.Counts counts) {
            bad = plus(bad, counts.bad());
            total = plus(total, counts.total());
        }

        private double rate() {
            return total == 0 ? 0 : (double) bad / total;
        }
    }

    private static final class Page {
        private final String signal;
        private final Set<Instant> slots = new HashSet<>();
        private final List<Sample> samples = new ArrayList<>();
        private final List<LaunchReport.Stretch> stretches = new ArrayList<>();
        private boolean cut = true;
        private int changes;
        private Errors errors = new Errors();
        private @Nullable Errors errorsBefore;

        private Page(String signal) {
            this.signal = signal;
        }

        private boolean isMetric() {
            return samples.stream().anyMatch(sample -> sample.counts() != null);
        }
    }

    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();

    /** Writes a sample down; says what is new about it, if anything is. */
    Optional<String> add(Sample sample) {
        Page page = pages.computeIfAbsent(sample.signal(), Page::new);
        if (!page.slots.add(sample.slotAt())) {
            // two samples of one slot are the same sample
            return Optional.empty();
        }
        page.samples.add(sample);
        MetricSource.Counts counts = sample.counts();
        if (counts != null && !sample.maintenance()) {
            page.errors.add(counts);
        }
        return stretch(page, sample);
    }

    private Optional<String> stretch(Page page, Sample sample) {
        int newest = page.stretches.size() - 1;
        LaunchReport.Stretch before = newest < 0 ? null : page.stretches.get(newest);
        boolean same =
                before != null && before.reading() == sample.reading() && before.maintenance() == sample.maintenance();
        if (before != null && same && !page.cut) {
            page.stretches.set(
                    newest,
                    new LaunchReport.Stretch(
                            before.from(),
                            sample.finishedAt(),
                            before.reading(),
                            before.maintenance(),
                            before.samples() + 1,
                            before.why()));
            return Optional.empty();
        }
        page.cut = false;
        page.stretches.add(new LaunchReport.Stretch(
                sample.startedAt(), sample.finishedAt(), sample.reading(), sample.maintenance(), 1, sample.why()));
        if (same || ++page.changes > MOST_CHANGES) {
            return Optional.empty();
        }
        return Optional.of(sample.signal() + " is " + (sample.kind() == null ? sample.reading() : sample.kind())
                + (sample.maintenance() ? " (maintenance)" : "")
                + (sample.why().isBlank() ? "" : ": " + sample.why())
                + (before == null ? "" : ", after " + before.samples() + " " + before.reading()));
    }

    /** A process took over; nobody was there since an instant, if it is given. */
    void pause(@Nullable Instant since, Instant until) {
        if (since != null && since.isBefore(until)) {
            gaps.add(new Gap(since, until));
        }
        pages.values().forEach(page -> page.cut = true);
    }

    /** What errors there were since the last checkpoint, where they have become more frequent. */
    List<String> errorsSinceLastCheckpoint() {
        List<String> rising = new ArrayList<>();
        for (Page page : pages.values()) {
            Errors before = page.errorsBefore;
            Errors now = page.errors;
            if (before != null && before.total > 0 && now.rate() > before.rate()) {
                rising.add(page.signal + " errors since the last checkpoint: " + before.bad + " of " + before.total
                        + " -> " + now.bad + " of " + now.total + " (rising)");
            }
            page.errorsBefore = now;
            page.errors = new Errors();
        }
        return rising;
    }

    List<String> remarks() {
        return pages.values().stream()
                .filter(page -> page.changes > MOST_CHANGES)
                .map(page -> page.signal + " changed " + (page.changes - 1) + " times; the first " + (MOST_CHANGES - 1)
                        + " changes are in the timeline")
                .toList();
    }

    List<LaunchReport.Signal> signals() {
        return pages.values().stream()
                .map(page -> new LaunchReport.Signal(
                        page.signal,
                        count(page.samples, Sample.Reading.OK),
                        count(page.samples, Sample.Reading.BREACH),
                        count(page.samples, Sample.Reading.UNKNOWN),
                        maintained(page.samples),
                        page.stretches))
                .toList();
    }

    private static int count(List<Sample> samples, Sample.Reading reading) {
        return (int) samples.stream()
                .filter(sample -> sample.reading() == reading && !sample.maintenance())
                .count();
    }

    private static int maintained(List<Sample> samples) {
        return (int) samples.stream().filter(Sample::maintenance).count();
    }

    // ---- the level of service

    LaunchReport.ServiceLevel serviceLevel(Instant from, Instant until) {
        Duration unwatched = Duration.ZERO;
        for (Gap gap : gaps) {
            Instant begin = gap.from().isBefore(from) ? from : gap.from();
            Instant end = gap.until().isAfter(until) ? until : gap.until();
            if (begin.isBefore(end)) {
                unwatched = unwatched.plus(Duration.between(begin, end));
            }
        }
        return new LaunchReport.ServiceLevel(
                from,
                until,
                unwatched,
                pages.values().stream().map(page -> service(page, from, until)).toList());
    }

    private static LaunchReport.Service service(Page page, Instant from, Instant until) {
        List<Sample> all = page.samples.stream()
                .filter(sample -> !sample.startedAt().isBefore(from)
                        && !sample.startedAt().isAfter(until))
                .sorted(Comparator.comparing(Sample::startedAt))
                .toList();
        List<Sample> counted =
                all.stream().filter(sample -> !sample.maintenance()).toList();
        int ok = count(all, Sample.Reading.OK);
        int breach = count(all, Sample.Reading.BREACH);
        Errors errors = new Errors();
        counted.forEach(sample -> {
            MetricSource.Counts counts = sample.counts();
            if (counts != null) {
                errors.add(counts);
            }
        });
        boolean metric = page.isMetric();
        return new LaunchReport.Service(
                page.signal,
                ok,
                breach,
                count(all, Sample.Reading.UNKNOWN),
                maintained(all),
                metric || ok + breach == 0 ? null : 100.0 * ok / ((double) ok + breach),
                errors.bad,
                errors.total,
                percentiles(counted),
                metric ? null : longestOutage(counted));
    }

    private static List<LaunchReport.Percentile> percentiles(List<Sample> samples) {
        Map<Double, List<Sample>> slots = new TreeMap<>();
        for (Sample sample : samples) {
            MetricSource.Counts counts = sample.counts();
            if (counts != null) {
                counts.percentiles()
                        .keySet()
                        .forEach(percentile -> slots.computeIfAbsent(percentile, any -> new ArrayList<>())
                                .add(sample));
            }
        }
        List<LaunchReport.Percentile> all = new ArrayList<>();
        slots.forEach((percentile, of) -> {
            List<Sample> sorted = of.stream()
                    .sorted(Comparator.comparingDouble(sample -> value(sample, percentile)))
                    .toList();
            Sample worst = sorted.get(sorted.size() - 1);
            all.add(new LaunchReport.Percentile(
                    percentile,
                    value(sorted.get(sorted.size() / 2), percentile),
                    value(worst, percentile),
                    worst.slotAt(),
                    sorted.size()));
        });
        return all;
    }

    private static double value(Sample sample, double percentile) {
        MetricSource.Counts counts = sample.counts();
        return counts == null ? 0 : counts.percentiles().getOrDefault(percentile, 0.0);
    }

    private static LaunchReport.@Nullable Outage longestOutage(List<Sample> samples) {
        LaunchReport.Outage longest = null;
        Instant down = null;
        Instant seen = null;
        for (Sample sample : samples) {
            if (sample.reading() == Sample.Reading.BREACH) {
                down = down == null ? sample.startedAt() : down;
                seen = sample.finishedAt();
            } else if (sample.reading() == Sample.Reading.OK && down != null) {
                longest = longer(longest, new LaunchReport.Outage(down, sample.startedAt(), true));
                down = null;
            }
        }
        return down == null || seen == null ? longest : longer(longest, new LaunchReport.Outage(down, seen, false));
    }

    private static LaunchReport.Outage longer(LaunchReport.@Nullable Outage one, LaunchReport.Outage other) {
        return one == null || one.lasted().compareTo(other.lasted()) < 0 ? other : one;
    }

    /** A sum that stops at the largest number: counts come from outside. */
    private static long plus(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
