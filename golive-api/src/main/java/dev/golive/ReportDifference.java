package dev.golive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changed between two reports. Immutable and thread-safe. */
public final class ReportDifference {

    /**
     * An item that stands differently, appeared or disappeared.
     *
     * @param id the id of the item
     * @param sentence what is asked
     * @param before where it stood, or {@code null} if it was not there
     * @param after where it stands, or {@code null} if it is no longer there
     * @param why why it stands there now, may be blank
     * @param facts what was seen differently
     */
    public record Change(
            String id,
            String sentence,
            @Nullable Status before,
            @Nullable Status after,
            String why,
            List<FactChange> facts) {

        /**
         * Copies the facts.
         *
         * @param id the id of the item
         * @param sentence what is asked
         * @param before where it stood, or {@code null} if it was not there
         * @param after where it stands, or {@code null} if it is no longer there
         * @param why why it stands there now, may be blank
         * @param facts what was seen differently
         */
        public Change {
            facts = List.copyOf(facts);
        }

        /**
         * Whether the item stands differently, rather than having other facts only.
         *
         * @return whether the status changed
         */
        public boolean statusChanged() {
            return before != after;
        }
    }

    /**
     * Something that was seen differently.
     *
     * @param name the name of the fact
     * @param before what was found, or {@code null} if there was no such fact
     * @param after what is found, or {@code null} if there is no such fact any more
     */
    public record FactChange(
            String name, @Nullable String before, @Nullable String after) {}

    private final Verdict before;
    private final Verdict after;
    private final List<Change> changes;

    private ReportDifference(Verdict before, Verdict after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = List.copyOf(changes);
    }

    static ReportDifference between(Report earlier, Report later) {
        Map<List<String>, ItemResult> old = new LinkedHashMap<>();
        earlier.results().forEach(result -> old.put(key(result), result));
        List<Change> changes = new ArrayList<>();
        for (ItemResult now : later.results()) {
            ItemResult was = old.remove(key(now));
            if (was == null) {
                changes.add(new Change(now.id(), now.sentence(), null, now.status(), now.why(), List.of()));
                continue;
            }
            List<FactChange> facts = facts(was, now);
            if (was.status() != now.status() || !facts.isEmpty()) {
                changes.add(new Change(now.id(), now.sentence(), was.status(), now.status(), now.why(), facts));
            }
        }
        for (ItemResult gone : old.values()) {
            changes.add(new Change(gone.id(), gone.sentence(), gone.status(), null, "", List.of()));
        }
        return new ReportDifference(earlier.verdict(), later.verdict(), changes);
    }

    private static List<String> key(ItemResult result) {
        return List.of(result.list(), result.id());
    }

    private static List<FactChange> facts(ItemResult was, ItemResult now) {
        Map<String, String> before = byName(was);
        Map<String, String> after = byName(now);
        List<FactChange> changes = new ArrayList<>();
        after.forEach((name, found) -> {
            if (!Objects.equals(before.remove(name), found)) {
                changes.add(new FactChange(name, byName(was).get(name), found));
            }
        });
        before.forEach((name, found) -> changes.add(new FactChange(name, found, null)));
        return changes;
    }

    /** How long something took differs in every run and is no change of the world. */
    private static Map<String, String> byName(ItemResult result) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Fact fact : result.facts()) {
            if (!fact.name().endsWith(" time")) {
                facts.merge(fact.name(), fact.found(), (one, other) -> one + ", " + other);
            }
        }
        return facts;
    }

    /**
     * The verdict of the earlier report.
     *
     * @return the verdict
     */
    public Verdict before() {
        return before;
    }

    /**
     * The verdict of the later report.
     *
     * @return the verdict
     */
    public Verdict after() {
        return after;
    }

    /**
     * What changed. Facts whose name ends in {@code time} are how long something took and are left out.
     *
     * @return the changes in the order of the later report, then what is no longer there
     */
    public List<Change> changes() {
        return changes;
    }

    /**
     * Whether nothing changed.
     *
     * @return whether there is no change and the verdict is the same
     */
    public boolean isEmpty() {
        return changes.isEmpty() && before == after;
    }

    /**
     * The difference as Markdown.
     *
     * @return a line for the verdict and one for each change
     */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder(
                before == after ? "Verdict unchanged: " + after : "Verdict " + before + " -> " + after);
        text.append('\n');
        for (Change change : changes) {
            text.append("- **").append(change.id()).append("** ");
            if (change.before() == null) {
                text.append("new: ").append(change.after());
            } else if (change.after() == null) {
                text.append("gone, was ").append(change.before());
            } else if (change.statusChanged()) {
                text.append(change.before()).append(" -> ").append(change.after());
            } else {
                text.append("still ").append(change.after());
            }
            text.append(": ").append(change.sentence());
            if (!change.why().isBlank()) {
                text.append(" - ").append(change.why());
            }
            for (FactChange fact : change.facts()) {
                text.append("\n  - ").append(fact.name()).append(": ");
                text.append(fact.before() == null ? "(none)" : fact.before());
                text.append(" -> ").append(fact.after() == null ? "(none)" : fact.after());
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return toMarkdown();
    }
}
