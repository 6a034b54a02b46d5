package dev.golive.testkit.rehearsal;

import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.launch.Part;
import dev.golive.testkit.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Something that was not in order: what a report says of it, and when it had its turn. */
record DrillSight(DrillReport.Red red, String text, Part.Phase phase, boolean blames) {

    /** How a report begins that tells of a mistake in a check: it has seen nothing. */
    private static final Pattern CRASHED = Pattern.compile(
            "the check threw (IllegalState|IllegalArgument|NullPointer|\\w*IndexOutOfBounds|ClassCast|NoSuchElement"
                    + "|Arithmetic|UnsupportedOperation)Exception\\b");

    /** What an item came to, if it is not in order. */
    static List<DrillSight> of(ItemResult result, Part.Phase phase) {
        if (!isRed(result)) {
            return List.of();
        }
        return List.of(new DrillSight(
                new DrillReport.Red(result.id(), result.status().name(), result.why()),
                result.sentence() + " " + result.because(),
                phase,
                result.status() == Status.FAILED));
    }

    static boolean isRed(ItemResult result) {
        return switch (result.status()) {
            case PASSED, NOT_APPLICABLE, WAIVED -> false;
            case PENDING -> !result.isNotYetDue();
            case WARNED, FAILED, UNKNOWN, BLOCKED, STALE -> true;
        };
    }

    /** Something that is no item, of which it is not asked whether it blames the world or its own view of it. */
    static DrillSight of(String id, String finding, String why, String text, Part.Phase phase) {
        return new DrillSight(new DrillReport.Red(id, finding, why), text, phase, false);
    }

    /** Those that are red by themselves; what is only blocked by another counts where nothing else is red. */
    static List<DrillSight> roots(List<DrillSight> all) {
        List<DrillSight> roots = all.stream()
                .filter(one -> !one.red.finding().equals(Status.BLOCKED.name()))
                .toList();
        return roots.isEmpty() ? all : roots;
    }

    /**
     * Whether what was seen says what is wrong. A fault hides the world: nobody may say that it is otherwise. A drift is
     * in the world: somebody must name what is.
     */
    static boolean rightlyBlame(Trouble trouble, List<DrillSight> seen) {
        if (trouble.kind() == Trouble.Kind.FAULT) {
            return seen.stream().noneMatch(DrillSight::blames);
        }
        return seen.isEmpty()
                || trouble.about().isEmpty()
                || trouble.about().stream().anyMatch(name -> seen.stream().anyMatch(one -> one.names(name)));
    }

    private boolean names(String what) {
        if (CRASHED.matcher(red.why()).lookingAt()) {
            return false;
        }
        String said = (red.id() + " " + red.why() + " " + text).toLowerCase(Locale.ROOT);
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(what.toLowerCase(Locale.ROOT)) + "(?![\\p{L}\\p{N}])")
                .matcher(said)
                .find();
    }

    static List<DrillReport.Red> reds(List<DrillSight> seen) {
        List<DrillReport.Red> all = new ArrayList<>();
        seen.forEach(one -> {
            if (!all.contains(one.red)) {
                all.add(one.red);
            }
        });
        return all;
    }
}
