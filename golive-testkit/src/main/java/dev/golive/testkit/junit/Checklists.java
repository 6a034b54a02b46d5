package dev.golive.testkit.junit;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A checklist as the tests of a test factory: one dynamic test for each item, in list order.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> staging_is_ready() {
 *     return Checklists.tests(launch, staging);
 * }
 * }</pre>
 *
 * <table>
 * <caption>What becomes of an item, required or recommended</caption>
 * <tr><th>status</th><th>test</th></tr>
 * <tr><td>PASSED</td><td>passes</td></tr>
 * <tr><td>WARNED, WAIVED</td><td>passes, with the words in its name</td></tr>
 * <tr><td>FAILED, UNKNOWN, STALE, BLOCKED</td><td>fails, with the reason and every fact</td></tr>
 * <tr><td>PENDING, NOT_APPLICABLE</td><td>is aborted, with the reason</td></tr>
 * </table>
 *
 * <p>If every test would be aborted, one more test fails and says so: a list that examined nothing is no success. The
 * list is run once, before the first test. Shared preconditions are no items; what they block says why.
 */
public final class Checklists {

    private Checklists() {}

    /**
     * Runs a list with a runner of its own.
     *
     * @param list the checklist
     * @param environment where
     * @return a test for each item
     * @throws dev.golive.InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public static Stream<DynamicTest> tests(Checklist list, Environment environment) {
        try (GoLive golive = GoLive.create()) {
            return tests(list, environment, golive);
        }
    }

    /**
     * Runs a list with a runner of the test's.
     *
     * @param list the checklist
     * @param environment where
     * @param golive the runner, which stays the caller's to close
     * @return a test for each item
     * @throws dev.golive.InvalidChecklistException if the list cannot work in this environment, naming every problem
     */
    public static Stream<DynamicTest> tests(Checklist list, Environment environment, GoLive golive) {
        Objects.requireNonNull(list, "list must not be null");
        Objects.requireNonNull(environment, "environment must not be null");
        return tests(Objects.requireNonNull(golive, "golive must not be null").run(list, environment));
    }

    /**
     * The tests that a run comes to.
     *
     * @param report what the run found
     * @return a test for each item
     */
    public static Stream<DynamicTest> tests(Report report) {
        List<ItemResult> items = Objects.requireNonNull(report, "report must not be null").results().stream()
                .filter(result -> result.kind() != Item.Kind.PRECONDITION)
                .toList();
        Stream<DynamicTest> tests =
                items.stream().map(result -> DynamicTest.dynamicTest(name(result), () -> judge(report, result)));
        return items.stream().allMatch(Checklists::isAborted)
                ? Stream.concat(tests, Stream.of(nothingExamined(report)))
                : tests;
    }

    private static DynamicTest nothingExamined(Report report) {
        return DynamicTest.dynamicTest("something of " + report.title() + " was examined", () -> {
            throw new AssertionFailedError("nothing was examined\n" + report.summary());
        });
    }

    private static boolean isAborted(ItemResult result) {
        return result.status() == Status.PENDING || result.status() == Status.NOT_APPLICABLE;
    }

    private static String name(ItemResult result) {
        String name = result.id() + ": " + result.sentence();
        return result.status() == Status.WARNED || result.status() == Status.WAIVED
                ? name + " (" + result.status() + ": " + result.why() + ")"
                : name;
    }

    private static void judge(Report report, ItemResult result) {
        switch (result.status()) {
            case PASSED, WARNED, WAIVED -> {}
            case PENDING, NOT_APPLICABLE -> throw new TestAbortedException(result.status() + ": " + result.why());
            case FAILED, UNKNOWN, STALE, BLOCKED -> throw new AssertionFailedError(text(report, result));
        }
    }

    private static String text(Report report, ItemResult result) {
        StringBuilder text = new StringBuilder()
                .append(result.status())
                .append(result.isRequired() ? "" : " (recommended)")
                .append(" in ")
                .append(report.environment().name())
                .append(": ")
                .append(result.sentence());
        if (!result.why().isBlank()) {
            text.append("\n  ").append(result.why());
        }
        if (!result.because().isBlank()) {
            text.append("\n  matters because ").append(result.because());
        }
        for (Fact fact : result.facts()) {
            text.append("\n  - ").append(fact);
        }
        for (String id : result.blockedBy()) {
            report.result(id).ifPresent(cause -> text.append("\n  root cause: ").append(cause));
        }
        return text.toString();
    }
}
