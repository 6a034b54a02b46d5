package dev.golive.testkit.rehearsal;

import dev.golive.testkit.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a {@link FireDrill} came to: of each trouble, who noticed it first, and whether it blamed the right thing.
 *
 * <p>The same drill gives the same report, word by word. Immutable and thread-safe.
 */
public final class DrillReport {

    /** Who noticed a trouble first. */
    public enum Outcome {
        /** An item that is examined, or an action that is performed, before anything is deployed. */
        BEFORE,
        /** An action, a gate or a proof of the launch itself. */
        LAUNCH,
        /** A probe, a trigger or an item of a checkpoint, after the launch. */
        WATCH,
        /** Nobody. */
        NOBODY,
        /** Nobody had to: how things stand was found out all the same. */
        SURVIVED
    }

    /**
     * Something that was not in order because of a trouble.
     *
     * @param id the id of the item, the action or the probe, or what waits for people
     * @param finding what it came to, such as {@code FAILED}
     * @param why the reason it gave
     */
    public record Red(String id, String finding, String why) {

        /**
         * Refuses missing parts.
         *
         * @param id the id of the item, the action or the probe, or what waits for people
         * @param finding what it came to
         * @param why the reason it gave
         */
        public Red {
            Objects.requireNonNull(id, "id must not be null");
            Objects.requireNonNull(finding, "finding must not be null");
            Objects.requireNonNull(why, "why must not be null");
        }

        @Override
        public String toString() {
            return id + " " + finding + (why.isBlank() ? "" : ": " + why);
        }
    }

    /** A trouble and what became of it. */
    public static final class Line {

        private final String fake;
        private final Trouble trouble;
        private final Outcome outcome;
        private final List<Red> red;
        private final boolean rightlyBlamed;
        private final String remark;
        private final String explanation;

        Line(
                String fake,
                Trouble trouble,
                Outcome outcome,
                List<Red> red,
                boolean rightlyBlamed,
                String remark,
                String explanation) {
            this.fake = fake;
            this.trouble = trouble;
            this.outcome = outcome;
            this.red = List.copyOf(red);
            this.rightlyBlamed = rightlyBlamed;
            this.remark = remark;
            this.explanation = explanation;
        }

        Line explained(String why) {
            return new Line(fake, trouble, outcome, red, rightlyBlamed, remark, why);
        }

        /**
         * What the fake plays that the trouble befell.
         *
         * @return the words of the fake
         */
        public String fake() {
            return fake;
        }

        /**
         * What the trouble is called.
         *
         * @return the id, one of a kind within its fake
         */
        public String id() {
            return trouble.id();
        }

        /**
         * What went wrong.
         *
         * @return a sentence without a full stop
         */
        public String sentence() {
            return trouble.sentence();
        }

        /**
         * Where the trouble lay.
         *
         * @return the kind
         */
        public Trouble.Kind kind() {
            return trouble.kind();
        }

        /**
         * Who noticed first.
         *
         * @return the outcome
         */
        public Outcome outcome() {
            return outcome;
        }

        /**
         * What was not in order.
         *
         * @return it, in the order of the plan; empty if nobody noticed
         */
        public List<Red> red() {
            return red;
        }

        /**
         * Whether what was not in order says what is wrong: after a drift something names it, and after a fault nothing
         * says that it looked and found things otherwise than they are.
         *
         * @return {@code true} also if nothing was blamed
         */
        public boolean isRightlyBlamed() {
            return rightlyBlamed;
        }

        /**
         * What else there is to say, such as who looked and noticed nothing.
         *
         * @return the remark, blank if there is none
         */
        public String remark() {
            return remark;
        }

        /**
         * Why nobody need notice it, or why what is blamed will do.
         *
         * @return the reason that the drill was given, empty if it was given none
         */
        public Optional<String> explanation() {
            return explanation.isBlank() ? Optional.empty() : Optional.of(explanation);
        }

        boolean isDrift() {
            return trouble.kind() == Trouble.Kind.DRIFT;
        }

        boolean isMissed() {
            return outcome == Outcome.NOBODY;
        }

        /** Whether somebody should look at it. */
        boolean isOpen() {
            return isMissed() || !rightlyBlamed;
        }

        @Override
        public String toString() {
            return fake + ", " + id() + ": " + outcome
                    + (red.isEmpty() ? "" : " (" + red.get(0) + (red.size() > 1 ? ", ..." : "") + ")");
        }
    }

    private final String title;
    private final List<Line> lines;

    DrillReport(String title, List<Line> lines) {
        this.title = title;
        this.lines = List.copyOf(lines);
    }

    /**
     * Every trouble.
     *
     * @return the lines, by fake, in the order in which the fakes list their troubles
     */
    public List<Line> lines() {
        return lines;
    }

    /**
     * The troubles with an outcome, whether explained or not.
     *
     * @param outcome who noticed first
     * @return the lines
     */
    public List<Line> caught(Outcome outcome) {
        Objects.requireNonNull(outcome, "outcome must not be null");
        return where(line -> line.outcome == outcome);
    }

    /**
     * What nobody noticed, and nothing explains.
     *
     * @return the lines
     */
    public List<Line> missed() {
        return where(line -> line.isMissed() && line.explanation.isBlank());
    }

    /**
     * What was noticed by who blames something else, and nothing explains.
     *
     * @return the lines
     */
    public List<Line> wronglyBlamed() {
        return where(line -> !line.rightlyBlamed && line.explanation.isBlank());
    }

    /**
     * What nobody had to notice.
     *
     * @return the lines
     */
    public List<Line> survived() {
        return caught(Outcome.SURVIVED);
    }

    /**
     * What nobody noticed, or who noticed blames something else, with the reason why that will do.
     *
     * @return the lines
     */
    public List<Line> explained() {
        return where(line -> !line.explanation.isBlank());
    }

    /**
     * How much of what had to be noticed was noticed before the launch, and by its name: drifts, without those that harm
     * nobody and those that are missed for a reason. Faults are no part of it, since what they hide is as it should be.
     *
     * @return between 0 and 100 percent; 100 if there was nothing to notice
     */
    public double score() {
        return percent(drifts(Outcome.BEFORE));
    }

    /**
     * How much of what had to be noticed was noticed at all: before, by the launch, or by the watch.
     *
     * @return between 0 and 100 percent, never less than {@link #score()}
     */
    public double scoreWithWatch() {
        return percent(drifts(Outcome.BEFORE) + drifts(Outcome.LAUNCH) + drifts(Outcome.WATCH));
    }

    private int demanded() {
        return where(line -> line.isDrift()
                        && line.outcome != Outcome.SURVIVED
                        && !(line.isMissed() && !line.explanation.isBlank()))
                .size();
    }

    private int drifts(Outcome outcome) {
        return where(line -> line.isDrift() && line.outcome == outcome && line.rightlyBlamed)
                .size();
    }

    private double percent(int part) {
        int all = demanded();
        return all == 0 ? 100 : 100.0 * part / all;
    }

    private List<Line> where(Predicate<Line> of) {
        return lines.stream().filter(of).toList();
    }

    // ---- as text

    private List<String> summary() {
        int demanded = demanded();
        int unneeded = (int) explained().stream().filter(Line::isMissed).count();
        int faults = where(line -> !line.isDrift()).size();
        List<Line> passed = where(line -> !line.isDrift() && line.outcome == Outcome.SURVIVED);
        List<String> all = new ArrayList<>();
        all.add(counted(lines.size(), "trouble") + ", " + demanded + " of them drifts that somebody has to notice");
        all.add("noticed before the launch  " + drifts(Outcome.BEFORE) + " (" + share(score()) + ")");
        all.add("noticed by the launch      " + drifts(Outcome.LAUNCH));
        all.add("noticed by the watch       " + drifts(Outcome.WATCH) + " (" + share(scoreWithWatch()) + " by then)");
        all.add("noticed by nobody          " + missed().size()
                + (unneeded == 0 ? "" : ", and " + unneeded + " of which nobody need"));
        all.add("wrongly blamed             " + wronglyBlamed().size());
        all.add("faults on the way          " + faults + ", under " + passed.size()
                + " of which everything passed all the same");
        return all;
    }

    private static String share(double percent) {
        // what is not all must not read as all
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(percent * 10) / 10);
    }

    private static String counted(int many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }

    private List<DrillTable> tables() {
        List<DrillTable> all = new ArrayList<>();
        add(all, "Missed", missed(), "nobody noticed that", line -> List.of(line.sentence() + said(line.remark)));
        add(all, "Wrongly blamed", wronglyBlamed(), "what was said instead", DrillReport::reds);
        add(all, "Noticed by the launch only", caught(Outcome.LAUNCH), "by", DrillReport::reds);
        add(all, "Noticed by the watch only", caught(Outcome.WATCH), "by", DrillReport::reds);
        add(
                all,
                "Passed all the same",
                where(line -> !line.isDrift() && line.outcome == Outcome.SURVIVED && !line.trouble.isHarmless()),
                "although",
                line -> List.of(line.sentence()));
        add(all, "Explained", explained(), "why", line -> List.of(line.explanation));
        return all;
    }

    private static void add(
            List<DrillTable> to,
            String name,
            List<Line> lines,
            String last,
            java.util.function.Function<Line, List<String>> cell) {
        if (!lines.isEmpty()) {
            DrillTable table = new DrillTable(name + " (" + lines.size() + ")", "fake", "trouble", last);
            lines.forEach(line -> table.row(line.fake, line.id(), cell.apply(line)));
            to.add(table);
        }
    }

    private static List<String> reds(Line line) {
        List<String> all = new ArrayList<>();
        for (Red red : line.red.subList(0, Math.min(3, line.red.size()))) {
            all.add(DrillTable.cut(red.toString(), 160));
        }
        if (line.red.size() > 3) {
            all.add("and " + (line.red.size() - 3) + " more");
        }
        return all;
    }

    private static String said(String remark) {
        return remark.isBlank() ? "" : "; " + remark;
    }

    /**
     * The report as Markdown: the same tables.
     *
     * @return the text
     */
    public String toMarkdown() {
        StringBuilder text =
                new StringBuilder("# ").append(DrillTable.markdown(title)).append("\n\n");
        summary()
                .forEach(line ->
                        text.append("- ").append(line.replaceAll(" {2,}", ": ")).append('\n'));
        tables().forEach(table -> text.append('\n').append(table.markdown()));
        return text.toString();
    }

    /**
     * The report for a terminal of 120 columns.
     *
     * @return the text
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append('\n');
        summary().forEach(line -> text.append("  ").append(line).append('\n'));
        tables().forEach(table -> text.append('\n').append(table));
        return text.toString();
    }
}
