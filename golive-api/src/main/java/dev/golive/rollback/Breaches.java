package dev.golive.rollback;

import dev.golive.time.Spans;
import java.math.BigDecimal;
import java.time.Duration;

/** How a sample of a signal reads for a trigger that judges slots one by one. */
sealed interface Breaches permits Breaches.Asked, Breaches.Slow {

    /** What a trigger sees in a sample. */
    enum Read {
        OK,
        BREACH,
        MISSING,
        CHECK_ERROR,
        LOW_SAMPLE,
        WARM_UP,
        MAINTENANCE;

        static Read of(Sample sample) {
            if (sample.maintenance()) {
                return MAINTENANCE;
            }
            Sample.Kind kind = sample.kind();
            if (kind == null) {
                return sample.reading() == Sample.Reading.OK ? OK : BREACH;
            }
            return switch (kind) {
                case MISSING -> MISSING;
                case CHECK_ERROR -> CHECK_ERROR;
                case LOW_SAMPLE -> LOW_SAMPLE;
                case WARM_UP -> WARM_UP;
            };
        }
    }

    Signal signal();

    Read read(Sample sample);

    /** The beginning of a sentence that goes on with "for 3 min" or "in 3 of 5 slots". */
    String subject();

    /** What else a slot must be like to count, and a comma; mostly nothing. */
    default String settings() {
        return "";
    }

    /** What a probe's check says. */
    record Asked(Probe signal) implements Breaches {

        @Override
        public Read read(Sample sample) {
            return Read.of(sample);
        }

        @Override
        public String subject() {
            return signal.id() + " fails";
        }
    }

    /** A percentile of each slot on its own; percentiles of several slots have no mean. */
    record Slow(MetricSource signal, double percentile, double limit, long least) implements Breaches {

        @Override
        public Read read(Sample sample) {
            Read read = Read.of(sample);
            if (read != Read.OK) {
                return read;
            }
            MetricSource.Counts counts = sample.counts();
            if (counts == null) {
                return Read.CHECK_ERROR;
            }
            Double value = counts.percentiles().get(percentile);
            if (value == null) {
                return Read.MISSING;
            }
            return counts.total() < least ? Read.LOW_SAMPLE : value > limit ? Read.BREACH : Read.OK;
        }

        @Override
        public String subject() {
            return "p" + plain(percentile) + " of " + signal.id() + " is above " + plain(limit);
        }

        @Override
        public String settings() {
            return "at least " + least + " requests a slot, ";
        }

        /** So many requests must be in a slot before so few as the slowest of them mean anything. */
        static long least(double percentile) {
            BigDecimal rest = BigDecimal.valueOf(100).subtract(BigDecimal.valueOf(percentile));
            return BigDecimal.valueOf(1000)
                    .divide(rest, 0, java.math.RoundingMode.CEILING)
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValue();
        }
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static String text(Duration span) {
        return Spans.text(span);
    }
}
