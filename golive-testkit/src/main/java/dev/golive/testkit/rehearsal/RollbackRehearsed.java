package dev.golive.testkit.rehearsal;

import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.rollback.Consequence;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link RollbackRehearsal} came to. Immutable and thread-safe. */
public final class RollbackRehearsed {

    /** One way into a rollback, and how it ended. */
    public static final class Tried {

        private final String cause;
        private final Consequence consequence;
        private final String failure;
        private final @Nullable LaunchState state;
        private final @Nullable Duration took;
        private final String why;
        private final List<String> problems;

        private Tried(
                String cause,
                Consequence consequence,
                String failure,
                @Nullable LaunchState state,
                @Nullable Duration took,
                String why,
                List<String> problems) {
            this.cause = cause;
            this.consequence = consequence;
            this.failure = failure;
            this.state = state;
            this.took = took;
            this.why = why;
            this.problems = List.copyOf(problems);
        }

        static Tried never(String cause, Consequence consequence, String problem) {
            return new Tried(cause, consequence, "", null, null, "", List.of(problem));
        }

        static Tried of(String cause, Consequence consequence, Rehearsed end, String failure, List<String> problems) {
            Duration took = end.report()
                    .rollback()
                    .flatMap(LaunchReport.Rollback::total)
                    .orElse(null);
            return new Tried(
                    cause, consequence, failure, end.state(), took, end.report().why(), problems);
        }

        /** The same with one more problem. */
        Tried but(String problem) {
            List<String> more = new ArrayList<>(problems);
            more.add(problem);
            return new Tried(cause, consequence, failure, state, took, why, more);
        }

        /**
         * What came true.
         *
         * @return the id of a trigger, the name of the list of a gate, or a code
         */
        public String cause() {
            return cause;
        }

        /**
         * What should follow from it.
         *
         * @return the consequence
         */
        public Consequence consequence() {
            return consequence;
        }

        /**
         * What was made to fail on the way.
         *
         * @return the id of the trouble; blank if nothing was
         */
        public String failure() {
            return failure;
        }

        /**
         * How the launch ended.
         *
         * @return the state, empty if it was never tried
         */
        public Optional<LaunchState> state() {
            return Optional.ofNullable(state);
        }

        /**
         * How long it took from the first evidence until it was verified.
         *
         * @return the time, empty unless something was rolled back and verified
         */
        public Optional<Duration> took() {
            return Optional.ofNullable(took);
        }

        /**
         * Why the launch ended as it did.
         *
         * @return the reason in words, blank if it did not end
         */
        public String why() {
            return why;
        }

        /**
         * What is not as it should be.
         *
         * @return a sentence for each; empty if everything is
         */
        public List<String> problems() {
            return problems;
        }

        /**
         * Whether everything is as it should be.
         *
         * @return whether there are no problems
         */
        public boolean isWell() {
            return problems.isEmpty();
        }

        @Override
        public String toString() {
            return cause + (failure.isEmpty() ? "" : " with " + failure) + ": "
                    + (state == null ? "never" : state.name())
                    + (took == null ? "" : ", in " + Spans.text(took))
                    + (isWell() ? "" : ": " + String.join("; ", problems));
        }
    }

    private static final int WIDEST = 70;

    private final String plan;
    private final List<Tried> all;

    RollbackRehearsed(String plan, List<Tried> all) {
        this.plan = plan;
        this.all = List.copyOf(all);
    }

    /**
     * Everything that was tried: first each cause, then each failure on the way back.
     *
     * @return what was tried
     */
    public List<Tried> tried() {
        return all;
    }

    /**
     * How it went when something came true and nothing failed on the way back.
     *
     * @param cause the id of a trigger, the name of the list of a gate, or a code
     * @return what was tried
     * @throws IllegalArgumentException if there is no such cause
     */
    public Tried of(String cause) {
        Objects.requireNonNull(cause, "cause must not be null");
        return all.stream()
                .filter(one -> one.cause.equals(cause) && one.failure.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing was tried that is called " + cause));
    }

    /**
     * What is not as it should be.
     *
     * @return a line for each cause or failure that has problems
     */
    public List<String> problems() {
        return all.stream().filter(one -> !one.isWell()).map(Tried::toString).toList();
    }

    /**
     * A table for people: each cause and each failure with its end.
     *
     * @return the table
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Rollback rehearsal of ")
                .append(plan)
                .append(": ")
                .append(all.stream().filter(Tried::isWell).count())
                .append(" of ")
                .append(all.size())
                .append(" end as they should\n");
        int widest = all.stream()
                .mapToInt(one -> (one.failure.isEmpty() ? one.cause : one.failure).length())
                .max()
                .orElse(1);
        String line = "%-9s %-" + Math.min(widest, WIDEST) + "s %-22s %s";
        for (Tried one : all) {
            text.append(String.format(
                            Locale.ROOT,
                            line,
                            one.failure.isEmpty()
                                    ? one.consequence
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', ' ')
                                    : "  fails",
                            one.failure.isEmpty() ? one.cause : one.failure,
                            one.state == null ? "NEVER TRIED" : one.state.name(),
                            one.isWell()
                                    ? one.took == null ? "" : "in " + Spans.text(one.took)
                                    : "PROBLEM: " + String.join("; ", one.problems))
                    .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }
}
