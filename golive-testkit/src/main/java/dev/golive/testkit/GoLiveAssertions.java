package dev.golive.testkit;

import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import java.util.Objects;

/**
 * Assertions on what golive finds, whose failure text lists what was there. They need no assertion library, and stand
 * beside the {@code assertThat} of one without a clash.
 *
 * <pre>{@code
 * assertThat(report).isNoGo().hasStatus("C12", Status.FAILED);
 * assertThat(report).item("C12").hasWhyContaining("503").hasFact("status", 503);
 * }</pre>
 */
public final class GoLiveAssertions {

    private GoLiveAssertions() {}

    /**
     * Asserts something of a report.
     *
     * @param report the report
     * @return assertions on it
     */
    public static ReportAssert assertThat(Report report) {
        return new ReportAssert(Objects.requireNonNull(report, "report must not be null"));
    }

    /**
     * Asserts something of the result of an item.
     *
     * @param result the result
     * @return assertions on it
     */
    public static ItemResultAssert assertThat(ItemResult result) {
        return new ItemResultAssert(Objects.requireNonNull(result, "result must not be null"));
    }

    /**
     * Asserts something of an outcome.
     *
     * @param outcome the outcome
     * @return assertions on it
     */
    public static OutcomeAssert assertThat(Outcome outcome) {
        return new OutcomeAssert(Objects.requireNonNull(outcome, "outcome must not be null"));
    }
}
