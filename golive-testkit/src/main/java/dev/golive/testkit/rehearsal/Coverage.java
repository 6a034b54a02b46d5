package dev.golive.testkit.rehearsal;

import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plan held against the page that it came from: which line became what, and which became nothing.
 *
 * <p>Parts of a plan are {@linkplain Part#tags() tagged} with the ids of the lines that they stand for, and with
 * {@code until:} and the name of a system where a person still says what golive could find out once it reaches that system.
 *
 * <pre>{@code
 * Coverage coverage = Coverage.of(plan).reaching("http", "dns", "tls").of(Requirement.read(csv));
 * assertThat(coverage.problems()).isEmpty();
 * }</pre>
 *
 * <p>A line is a problem if
 *
 * <ul>
 *   <li>nothing stands for it although it touches a system that is reached, or no system at all;
 *   <li>it touches a system that is reached, only people answer for it, and nobody wrote
 *       {@linkplain dev.golive.Item#because why};
 *   <li>a part says that it is there until a system is reached that is;
 *   <li>a tag looks like an id and is none;
 *   <li>a system is said to be reached that the page does not name.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Coverage {

    /** What a tag begins with that names the system which will take the place of a person. */
    public static final String UNTIL = "until:";

    /** How an id of a page looks, so that one that is mistyped is found. */
    private static final Pattern ID = Pattern.compile("\\p{Upper}{1,4}-?\\d{1,5}");

    /** What happens without a person. */
    private static final Set<Part.Kind> AUTOMATIC = EnumSet.of(
            Part.Kind.CHECK,
            Part.Kind.TRIAL,
            Part.Kind.ACTION,
            Part.Kind.DEPLOYMENT,
            Part.Kind.IDENTITY,
            Part.Kind.PROBE,
            Part.Kind.TRIGGER,
            Part.Kind.WATCH,
            Part.Kind.VERIFICATION,
            Part.Kind.ROLLBACK);

    /** A line of the page and what stands for it. */
    private record Line(Requirement requirement, List<Part> parts, boolean isInScope) {}

    private final String title;
    private final List<Line> lines;
    private final List<String> problems;

    private Coverage(String title, List<Line> lines, List<String> problems) {
        this.title = title;
        this.lines = lines;
        this.problems = problems;
    }

    /** A plan that is going to be held against a page. */
    public static final class Unmeasured {

        private final LaunchPlan plan;
        private final Set<String> reached;
        private final boolean complete;

        private Unmeasured(LaunchPlan plan, Set<String> reached, boolean complete) {
            this.plan = plan;
            this.reached = reached;
            this.complete = complete;
        }

        /**
         * The same with systems that are reached without a person.
         *
         * @param systems the systems, as the page names them
         * @return the same plan
         */
        public Unmeasured reaching(String... systems) {
            Set<String> all = new LinkedHashSet<>(reached);
            for (String system : systems) {
                all.add(Objects.requireNonNull(system, "systems must not hold null"));
            }
            return new Unmeasured(plan, all, complete);
        }

        /**
         * The same, and every line of the page must stand in the plan, also those of systems that are not reached.
         *
         * @return the same plan
         */
        public Unmeasured completely() {
            return new Unmeasured(plan, reached, true);
        }

        /**
         * How much of a page it covers.
         *
         * @param page the lines of the page
         * @return the coverage
         */
        public Coverage of(Collection<Requirement> page) {
            return measured(plan, List.copyOf(page), reached, complete);
        }
    }

    /**
     * Holds a plan against a page.
     *
     * @param plan the plan
     * @return the plan, which needs a page
     */
    public static Unmeasured of(LaunchPlan plan) {
        return new Unmeasured(Objects.requireNonNull(plan, "plan must not be null"), Set.of(), false);
    }

    private static Coverage measured(LaunchPlan plan, List<Requirement> page, Set<String> reached, boolean complete) {
        Map<String, List<Part>> byTag = new LinkedHashMap<>();
        for (Part part : plan.parts()) {
            part.tags()
                    .forEach(tag ->
                            byTag.computeIfAbsent(tag, any -> new ArrayList<>()).add(part));
        }
        List<Line> lines = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Requirement one : page) {
            ids.add(one.id());
            boolean touches = one.systems().stream().anyMatch(reached::contains);
            boolean inScope = complete || touches || isOfPeopleAlone(one);
            Line line = new Line(one, byTag.getOrDefault(one.id(), List.of()), inScope);
            lines.add(line);
            if (line.parts.isEmpty() && inScope) {
                problems.add(one + ": nothing stands for it");
            } else if (touches && !isAutomatic(line) && !isExplained(line)) {
                problems.add(one + ": only people answer for it, and nothing says why: " + line.parts.get(0));
            }
        }
        Set<String> named = new LinkedHashSet<>();
        page.forEach(one -> named.addAll(one.systems()));
        reached.stream()
                .filter(system -> !named.contains(system))
                .forEach(system -> problems.add("the page names no system " + system + " that could be reached"));
        byTag.forEach((tag, parts) -> {
            if (tag.startsWith(UNTIL) && reached.contains(tag.substring(UNTIL.length()))) {
                problems.add(
                        parts.get(0) + ": is there until " + tag.substring(UNTIL.length()) + " is reached, and it is");
            } else if (ID.matcher(tag).matches() && !ids.contains(tag)) {
                problems.add(parts.get(0) + ": stands for " + tag + ", which the page does not have");
            }
        });
        return new Coverage(plan.name(), List.copyOf(lines), List.copyOf(problems));
    }

    private static boolean isOfPeopleAlone(Requirement one) {
        return one.systems().isEmpty() || one.systems().equals(Set.of("manual"));
    }

    private static boolean isAutomatic(Line line) {
        return line.parts.stream().anyMatch(part -> AUTOMATIC.contains(part.kind()));
    }

    private static boolean isExplained(Line line) {
        return line.parts.stream().anyMatch(part -> !part.because().isBlank());
    }

    /**
     * What is wrong.
     *
     * @return a sentence for each; empty if nothing is
     */
    public List<String> problems() {
        return problems;
    }

    /**
     * The ids that something stands for.
     *
     * @return the ids in the order of the page
     */
    public List<String> covered() {
        return lines.stream()
                .filter(line -> !line.parts.isEmpty())
                .map(line -> line.requirement.id())
                .toList();
    }

    /**
     * The ids that something stands for which needs no person.
     *
     * @return the ids in the order of the page
     */
    public List<String> automatic() {
        return lines.stream()
                .filter(Coverage::isAutomatic)
                .map(line -> line.requirement.id())
                .toList();
    }

    /**
     * A table for people: each line of the page with what stands for it, and what is wrong.
     *
     * @return the table, then a sum, then the problems
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append('\n');
        for (Line line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-5s %-13s %-24s %s%n",
                    line.requirement.id(),
                    line.requirement.kind(),
                    String.join(";", line.requirement.systems()),
                    how(line)));
        }
        text.append(covered().size())
                .append(" of ")
                .append(lines.size())
                .append(" lines are covered, ")
                .append(automatic().size())
                .append(" of them without a person\n");
        problems.forEach(problem -> text.append("PROBLEM ").append(problem).append('\n'));
        return text.toString();
    }

    private static String how(Line line) {
        if (line.parts.isEmpty()) {
            return line.isInScope ? "NOTHING" : "waits for " + String.join(", ", line.requirement.systems());
        }
        return line.parts.stream().map(Coverage::how).distinct().collect(Collectors.joining("; "));
    }

    private static String how(Part part) {
        String until = part.tags().stream()
                .filter(tag -> tag.startsWith(UNTIL))
                .map(tag -> tag.substring(UNTIL.length()))
                .collect(Collectors.joining(", "));
        return part.kind().name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + part.id()
                + (until.isEmpty() ? "" : " until " + until);
    }
}
