package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.internal.Ids;
import dev.golive.time.Spans;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Named items that must or should hold, with their order. A value that runs anywhere, any number of times.
 *
 * <p>{@link Builder#build()} refuses duplicate ids, unknown dependencies, cycles, and captures that nobody or more than
 * one item writes, all at once. Immutable and thread-safe.
 */
public final class Checklist {

    /** An item in a list, with what the list says about it. */
    record Entry(Item item, boolean required, List<Check> preconditions) {}

    private final String name;
    private final List<Entry> entries;
    private final Map<String, Entry> byId;
    private final String digest;

    private Checklist(String name, List<Entry> entries, Map<String, Entry> byId) {
        this.name = name;
        this.entries = entries;
        this.byId = byId;
        this.digest = Ids.digest(describe());
    }

    /**
     * A list under construction.
     *
     * @param name what the list is called in reports
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(Arguments.text(name, "name"));
    }

    /**
     * What the list is called.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Its items, those of included lists among them, in the order in which they were added.
     *
     * @return the items
     */
    public List<Item> items() {
        return entries.stream().map(Entry::item).toList();
    }

    /**
     * Whether an item must hold, rather than should.
     *
     * @param id the id of the item
     * @return whether it was added as required
     * @throws IllegalArgumentException if there is no such item
     */
    public boolean requires(String id) {
        return entry(id).required();
    }

    /**
     * The part of this list that some of its items need: they themselves, what they come after, whoever captures what
     * they read, and the preconditions of all those. For whoever wants to examine one thing without the others.
     *
     * @param ids the ids of the items, at least one
     * @return the shorter list, of the same name and in the same order
     * @throws IllegalArgumentException if there is no such item, or no id is given
     */
    public Checklist only(Collection<String> ids) {
        Map<Capture<?>, String> writers = new HashMap<>();
        for (Entry entry : entries) {
            entry.item()
                    .captures()
                    .forEach(capture -> writers.put(capture.root(), entry.item().id()));
        }
        Set<String> needed = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(Arguments.all(ids, "ids", 1));
        for (String id = open.poll(); id != null; id = open.poll()) {
            Item item = entry(id).item();
            if (needed.add(id)) {
                open.addAll(item.after());
                for (Capture<?> capture : item.reads()) {
                    String writer = writers.get(capture.root());
                    if (writer != null) {
                        open.add(writer);
                    }
                }
            }
        }
        Map<String, Entry> kept = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> needed.contains(entry.item().id()))
                .forEach(entry -> kept.put(entry.item().id(), entry));
        return new Checklist(name, List.copyOf(kept.values()), Collections.unmodifiableMap(kept));
    }

    /**
     * The least privilege that running this list needs.
     *
     * @return the permissions that its checks, trials, preconditions and conditions declare
     */
    public Set<Permission> permissions() {
        Set<Permission> all = new LinkedHashSet<>();
        for (Entry entry : entries) {
            checksOf(entry).forEach(check -> all.addAll(check.permissions()));
            entry.item().trial().ifPresent(trial -> all.addAll(trial.permissions()));
        }
        return Collections.unmodifiableSet(all);
    }

    /**
     * The hosts and accounts that running this list touches; an environment must list them.
     *
     * @return what its checks, trials, preconditions and conditions declare
     */
    public Set<Subject> touches() {
        Set<Subject> all = new LinkedHashSet<>();
        for (Entry entry : entries) {
            checksOf(entry).forEach(check -> all.addAll(check.touches()));
            entry.item().trial().ifPresent(trial -> all.addAll(trial.touches()));
        }
        return Collections.unmodifiableSet(all);
    }

    /**
     * The list as Markdown: what is asked, why, after what, and whose it is.
     *
     * @return the text, always the same for the same list
     */
    public String describe() {
        StringBuilder text = new StringBuilder("# ").append(name).append("\n\n");
        for (Entry entry : entries) {
            Item item = entry.item();
            text.append("- [ ] ").append(item.sentence()).append(" (").append(item.id());
            text.append(entry.required() ? ", required" : ", recommended");
            if (item.kind() != Item.Kind.CHECK) {
                text.append(", ").append(item.kind().name().toLowerCase(Locale.ROOT));
            }
            item.owner().ifPresent(owner -> text.append(", owner ").append(owner));
            item.due().ifPresent(due -> text.append(", due ").append(due));
            item.until().ifPresent(action -> text.append(", not before ").append(action.id()));
            item.from().ifPresent(from -> text.append(", from ").append(from));
            item.freshFor().ifPresent(age -> text.append(", fresh for ").append(Spans.text(age)));
            if (!item.isWaivable()) {
                text.append(", not waivable");
            }
            if (!item.after().isEmpty()) {
                text.append(", after ").append(String.join(", ", item.after()));
            }
            text.append(")\n");
            if (!item.because().isEmpty()) {
                text.append("  because ").append(item.because()).append('\n');
            }
            item.condition()
                    .ifPresent(check ->
                            text.append("  only if ").append(check.sentence()).append('\n'));
            for (Check precondition : preconditionsOf(entry)) {
                text.append("  given ").append(precondition.sentence()).append('\n');
            }
            item.check()
                    .filter(check -> !check.timing().equals(Timing.standard()))
                    .ifPresent(check ->
                            text.append("  with ").append(check.timing()).append('\n'));
            item.trial()
                    .ifPresent(trial -> text.append("  writes ")
                            .append(trial.writes())
                            .append("; costs ")
                            .append(trial.cost())
                            .append('\n'));
        }
        return text.toString();
    }

    /**
     * A digest of {@link #describe()}: two lists that ask the same in the same way have the same.
     *
     * @return 32 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    List<Entry> entries() {
        return entries;
    }

    Entry entry(String id) {
        Entry entry = byId.get(Arguments.given(id, "id"));
        if (entry == null) {
            throw new IllegalArgumentException("id must be one of the list's but was " + id);
        }
        return entry;
    }

    /** Every precondition of an entry, those of its check and of its condition among them. */
    static List<Check> preconditionsOf(Entry entry) {
        List<Check> all = new ArrayList<>(entry.preconditions());
        entry.item().check().ifPresent(check -> all.addAll(check.preconditions()));
        return all;
    }

    /** Every check that running an entry may examine. */
    static List<Check> checksOf(Entry entry) {
        List<Check> all = new ArrayList<>();
        Deque<Check> open = new ArrayDeque<>(preconditionsOf(entry));
        entry.item().check().ifPresent(open::add);
        entry.item().condition().ifPresent(open::add);
        for (Check check = open.poll(); check != null; check = open.poll()) {
            if (!all.contains(check)) {
                all.add(check);
                open.addAll(check.preconditions());
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Collects items. Not thread-safe. Its methods throw {@link NullPointerException} or
     * {@link IllegalArgumentException} for a bad argument at once; what concerns several items is found by
     * {@link #build()}.
     */
    public static final class Builder {

        private final String name;
        private final List<Check> preconditions = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Something that must hold for the whole list to make sense. It is examined once; if it does not pass, every
         * item of the list, also those added before, is blocked by this one root cause.
         *
         * @param precondition the check
         * @return this builder
         */
        public Builder given(Check precondition) {
            Arguments.text(Arguments.given(precondition, "precondition").sentence(), "the sentence of precondition");
            preconditions.add(precondition);
            return this;
        }

        /**
         * A check that must pass.
         *
         * @param check the check
         * @return this builder
         */
        public Builder require(Check check) {
            return require(Item.of(check));
        }

        /**
         * An item that must be in order.
         *
         * @param item the item
         * @return this builder
         */
        public Builder require(Item item) {
            entries.add(new Entry(Arguments.given(item, "item"), true, List.of()));
            return this;
        }

        /**
         * A check that should pass: if it does not, the verdict is at best conditional.
         *
         * @param check the check
         * @return this builder
         */
        public Builder recommend(Check check) {
            return recommend(Item.of(check));
        }

        /**
         * An item that should be in order: if it is not, the verdict is at best conditional.
         *
         * @param item the item
         * @return this builder
         */
        public Builder recommend(Item item) {
            entries.add(new Entry(Arguments.given(item, "item"), false, List.of()));
            return this;
        }

        /**
         * All items of another list, with that list's preconditions.
         *
         * @param other the other list
         * @return this builder
         */
        public Builder include(Checklist other) {
            entries.addAll(Arguments.given(other, "other").entries());
            return this;
        }

        /**
         * The list.
         *
         * @return the list
         * @throws InvalidChecklistException naming every problem, if the items do not fit together
         */
        public Checklist build() {
            List<Entry> complete = new ArrayList<>(entries.size());
            for (Entry entry : entries) {
                List<Check> all = new ArrayList<>(preconditions);
                all.addAll(entry.preconditions());
                complete.add(preconditions.isEmpty() ? entry : new Entry(entry.item(), entry.required(), all));
            }
            Map<String, Entry> byId = new LinkedHashMap<>();
            List<String> problems = new ArrayList<>();
            if (complete.isEmpty()) {
                problems.add("it has no items, so it asserts nothing");
            }
            for (Entry entry : complete) {
                Entry twin = byId.putIfAbsent(entry.item().id(), entry);
                if (twin != null) {
                    problems.add("the id " + entry.item().id() + " is given twice, to \""
                            + twin.item().sentence() + "\" and to \""
                            + entry.item().sentence()
                            + "\"; give one of them another with as(\"...\")");
                }
            }
            Map<Capture<?>, String> writers = writers(complete, problems);
            Map<String, Set<String>> needs = needs(complete, byId, writers, problems);
            findCycle(needs).ifPresent(problems::add);
            if (!problems.isEmpty()) {
                throw new InvalidChecklistException(name, problems);
            }
            return new Checklist(name, List.copyOf(complete), Collections.unmodifiableMap(byId));
        }

        /**
         * What the list is called.
         *
         * @return the name, and how many items it has so far
         */
        @Override
        public String toString() {
            return name + ", " + entries.size() + " items so far";
        }

        private static Map<Capture<?>, String> writers(List<Entry> entries, List<String> problems) {
            Map<Capture<?>, String> writers = new HashMap<>();
            for (Entry entry : entries) {
                for (Capture<?> capture : entry.item().captures()) {
                    if (capture.isGiven()) {
                        problems.add(entry.item().id() + " captures " + capture.name()
                                + ", which is given to the run and not captured by an item");
                        continue;
                    }
                    String other =
                            writers.putIfAbsent(capture.root(), entry.item().id());
                    if (other != null) {
                        problems.add(capture.name() + " is captured by both " + other + " and "
                                + entry.item().id() + "; only one item may capture it");
                    }
                }
            }
            return writers;
        }

        private static Map<String, Set<String>> needs(
                List<Entry> entries, Map<String, Entry> byId, Map<Capture<?>, String> writers, List<String> problems) {
            Map<String, Set<String>> needs = new LinkedHashMap<>();
            for (Entry entry : entries) {
                Item item = entry.item();
                Set<String> before = new LinkedHashSet<>();
                for (String id : item.after()) {
                    if (byId.containsKey(id)) {
                        before.add(id);
                    } else {
                        problems.add(item.id() + " comes after " + id + ", which is not in the list");
                    }
                }
                for (Capture<?> capture : item.reads()) {
                    String writer = writers.get(capture.root());
                    if (capture.isGiven()) {
                        continue;
                    }
                    if (writer != null) {
                        before.add(writer);
                    } else {
                        problems.add(item.id() + " reads " + capture.name() + ", which no item captures");
                    }
                }
                for (Check precondition : preconditionsOf(entry)) {
                    if (!precondition.reads().isEmpty()) {
                        problems.add("the precondition \"" + precondition.sentence() + "\" of " + item.id()
                                + " reads a captured value; preconditions come before every item");
                    }
                }
                needs.put(item.id(), before);
            }
            return needs;
        }

        /** Depth first, without recursion: a list may be a chain of 100,000 items. */
        private static Optional<String> findCycle(Map<String, Set<String>> needs) {
            Set<String> done = new LinkedHashSet<>();
            for (String start : needs.keySet()) {
                LinkedHashMap<String, Iterator<String>> path = new LinkedHashMap<>();
                Deque<String> stack = new ArrayDeque<>();
                if (done.contains(start)) {
                    continue;
                }
                path.put(start, needs.get(start).iterator());
                stack.push(start);
                while (!stack.isEmpty()) {
                    String at = stack.element();
                    Iterator<String> next = Objects.requireNonNull(path.get(at));
                    if (!next.hasNext()) {
                        done.add(at);
                        path.remove(at);
                        stack.pop();
                        continue;
                    }
                    String id = next.next();
                    if (path.containsKey(id)) {
                        List<String> cycle = new ArrayList<>(path.keySet());
                        cycle = cycle.subList(cycle.indexOf(id), cycle.size());
                        return Optional.of("these come after each other in a circle: " + String.join(" after ", cycle)
                                + " after " + id);
                    }
                    if (!done.contains(id)) {
                        path.put(id, needs.getOrDefault(id, Set.of()).iterator());
                        stack.push(id);
                    }
                }
            }
            return Optional.empty();
        }
    }
}
