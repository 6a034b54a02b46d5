package dev.golive.testkit;

import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import java.util.Objects;

/** Assertions on a report; see {@link GoLiveAssertions}. Each throws {@link AssertionError} and lists every item. */
public final class ReportAssert {

    private final Report report;

    ReportAssert(Report report) {
        this.report = report;
    }

    /**
     * The verdict is GO.
     *
     * @return this assertion
     */
    public ReportAssert isGo() {
        return hasVerdict(Verdict.GO);
    }

    /**
     * The verdict is CONDITIONAL_GO.
     *
     * @return this assertion
     */
    public ReportAssert isConditionalGo() {
        return hasVerdict(Verdict.CONDITIONAL_GO);
    }

    /**
     * The verdict is UNDECIDED.
     *
     * @return this assertion
     */
    public ReportAssert isUndecided() {
        return hasVerdict(Verdict.UNDECIDED);
    }

    /**
     * The verdict is NO_GO.
     *
     * @return this assertion
     */
    public ReportAssert isNoGo() {
        return hasVerdict(Verdict.NO_GO);
    }

    /**
     * The verdict is this one.
     *
     * @param expected the verdict
     * @return this assertion
     */
    public ReportAssert hasVerdict(Verdict expected) {
        if (report.verdict() != Objects.requireNonNull(expected, "expected must not be null")) {
            throw Wording.unexpected(expected.toString(), "was " + report.verdict(), Wording.all(report));
        }
        return this;
    }

    /**
     * An item has this status.
     *
     * @param id the id of the item
     * @param expected the status
     * @return this assertion
     */
    public ReportAssert hasStatus(String id, Status expected) {
        Objects.requireNonNull(expected, "expected must not be null");
        ItemResult result = find(id);
        if (result.status() != expected) {
            throw Wording.unexpected(
                    id + " to be " + expected,
                    "it was " + result.status() + Wording.facts(result.facts()),
                    Wording.all(report));
        }
        return this;
    }

    /**
     * Every item, preconditions among them, has this status.
     *
     * @param expected the status
     * @return this assertion
     */
    public ReportAssert hasOnly(Status expected) {
        Objects.requireNonNull(expected, "expected must not be null");
        report.results().forEach(result -> hasStatus(result.id(), expected));
        return this;
    }

    /**
     * So many items, preconditions among them, have this status.
     *
     * @param expected how many
     * @param status the status
     * @return this assertion
     */
    public ReportAssert hasCount(int expected, Status status) {
        int found = report.results(status).size();
        if (found != expected) {
            throw Wording.unexpected(expected + " items " + status, "there were " + found, Wording.all(report));
        }
        return this;
    }

    /**
     * One of the reasons has this in it.
     *
     * @param part the part
     * @return this assertion
     */
    public ReportAssert hasReasonContaining(String part) {
        Wording.contains("a reason", String.join("\n", report.reasons()), part, Wording.all(report));
        return this;
    }

    /**
     * One of the remarks has this in it.
     *
     * @param part the part
     * @return this assertion
     */
    public ReportAssert hasRemarkContaining(String part) {
        Wording.contains("a remark", String.join("\n", report.remarks()), part, Wording.all(report));
        return this;
    }

    /**
     * There are no remarks.
     *
     * @return this assertion
     */
    public ReportAssert hasNoRemarks() {
        if (!report.remarks().isEmpty()) {
            throw Wording.unexpected("no remarks", "there were some", Wording.all(report));
        }
        return this;
    }

    /**
     * Goes on with one item.
     *
     * @param id the id of the item
     * @return assertions on its result
     */
    public ItemResultAssert item(String id) {
        return new ItemResultAssert(find(id));
    }

    private ItemResult find(String id) {
        return report.result(Objects.requireNonNull(id, "id must not be null"))
                .orElseThrow(() -> Wording.unexpected("an item " + id, "there is none", Wording.all(report)));
    }
}
