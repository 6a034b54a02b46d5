package dev.golive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The one place where results become a verdict. Pure functions. */
final class Verdicts {

    private Verdicts() {}

    static Verdict of(List<ItemResult> results) {
        boolean passed = false;
        boolean open = false;
        boolean reserved = false;
        for (ItemResult result : results) {
            if (result.isNotYetDue()) {
                continue;
            }
            Status status = result.status();
            boolean failed = status == Status.FAILED || (status == Status.BLOCKED && result.isBlockedByFailure());
            if (result.isRequired() && failed) {
                return Verdict.NO_GO;
            }
            if (result.isRequired() && !status.lets()) {
                open = true;
            }
            if (status != Status.PASSED && status != Status.NOT_APPLICABLE) {
                reserved = true;
            }
            if (counts(result)) {
                passed = true;
            }
        }
        if (open || !passed) {
            return Verdict.UNDECIDED;
        }
        return reserved ? Verdict.CONDITIONAL_GO : Verdict.GO;
    }

    /** Whether a result shows that something required of the list itself was examined and is good. */
    private static boolean counts(ItemResult result) {
        return result.isRequired()
                && result.kind() != Item.Kind.PRECONDITION
                && (result.status() == Status.PASSED || result.status() == Status.WARNED);
    }

    static String headline(List<ItemResult> results) {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        long notYetDue = 0;
        long required = 0;
        for (ItemResult result : results) {
            if (result.isNotYetDue()) {
                notYetDue++;
            } else {
                counts.merge(result.status(), 1L, Long::sum);
                required += result.isRequired() ? 1 : 0;
            }
        }
        List<String> parts = new ArrayList<>();
        String word = switch (of(results)) {
            case GO -> {
                add(parts, counts.getOrDefault(Status.PASSED, 0L), "passed");
                yield "GO";
            }
            case CONDITIONAL_GO -> {
                add(parts, counts.getOrDefault(Status.WARNED, 0L), "warned");
                add(parts, counts.getOrDefault(Status.WAIVED, 0L), "waived");
                add(parts, recommendedNotGood(results), "recommended not in order");
                yield "CONDITIONAL GO";
            }
            case UNDECIDED -> {
                long waiting = counts.getOrDefault(Status.PENDING, 0L);
                long notExamined = counts.getOrDefault(Status.UNKNOWN, 0L)
                        + counts.getOrDefault(Status.STALE, 0L)
                        + counts.getOrDefault(Status.BLOCKED, 0L);
                add(parts, notExamined, "not examined");
                add(parts, waiting, "waiting");
                if (parts.isEmpty()) {
                    parts.add(required == 0 ? "nothing is required" : "nothing required was examined");
                }
                yield "NOT YET";
            }
            case NO_GO -> {
                add(parts, counts.getOrDefault(Status.FAILED, 0L), "failed");
                add(parts, counts.getOrDefault(Status.BLOCKED, 0L), "blocked");
                yield "NO GO";
            }
        };
        add(parts, notYetDue, "not yet due");
        return parts.isEmpty() ? word : word + ": " + String.join(", ", parts);
    }

    private static long recommendedNotGood(List<ItemResult> results) {
        return results.stream()
                .filter(r -> !r.isRequired() && !r.isNotYetDue() && !r.status().lets())
                .count();
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** What stands in the way, the worst first; for a GO, nothing. */
    static List<ItemResult> inTheWay(List<ItemResult> results) {
        List<ItemResult> inTheWay = new ArrayList<>();
        List<Predicate<ItemResult>> order = List.of(
                r -> r.isRequired() && r.status() == Status.FAILED,
                r -> r.isRequired() && r.status() == Status.BLOCKED && r.isBlockedByFailure(),
                r -> r.isRequired() && r.status() == Status.UNKNOWN,
                r -> r.isRequired() && r.status() == Status.STALE,
                r -> r.isRequired() && r.status() == Status.PENDING,
                r -> r.isRequired() && r.status() == Status.BLOCKED && !r.isBlockedByFailure(),
                r -> r.isRequired() && r.status() == Status.WARNED,
                r -> r.isRequired() && r.status() == Status.WAIVED,
                r -> !r.isRequired() && r.status() != Status.PASSED && r.status() != Status.NOT_APPLICABLE);
        for (Predicate<ItemResult> group : order) {
            for (ItemResult result : results) {
                if (!result.isNotYetDue() && group.test(result)) {
                    inTheWay.add(result);
                }
            }
        }
        return List.copyOf(inTheWay);
    }

    static List<String> reasons(List<ItemResult> results) {
        List<ItemResult> inTheWay = inTheWay(results);
        if (inTheWay.isEmpty() && results.stream().noneMatch(Verdicts::counts)) {
            return List.of("nothing required was examined");
        }
        return inTheWay.stream().map(Verdicts::reason).toList();
    }

    private static String reason(ItemResult result) {
        return result.id() + " " + result.status() + (result.isRequired() ? "" : " (recommended)") + ": "
                + result.sentence() + (result.why().isBlank() ? "" : " - " + result.why());
    }
}
