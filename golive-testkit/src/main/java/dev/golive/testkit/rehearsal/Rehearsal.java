package dev.golive.testkit.rehearsal;

import dev.golive.GoLive;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Part;
import dev.golive.testkit.FakeJournal;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.Offset;
import dev.golive.time.TimeSource;
import dev.golive.time.WindowOpening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A launch plan carried out from its first moment to the end of its watch, unchanged, against fakes, in virtual time and
 * with {@linkplain Cast people} who are played: weeks in seconds.
 *
 * <pre>{@code
 * Rehearsed end = Rehearsal.of(plan).against(fakes).in(time);
 * assertThat(end.verdict()).contains(Verdict.GO);
 * }</pre>
 *
 * <p>{@link #at} lets something happen on the way. The same plan, fakes and time give the same journal, byte by byte.
 * Immutable and thread-safe; what runs uses the fakes, so that they serve one rehearsal at a time.
 */
public final class Rehearsal {

    /** Something that happens on the way. */
    private record Incident(Offset when, String what, Consumer<LaunchControl> happening) {}

    private final LaunchPlan plan;
    private final Fakes fakes;
    private final @Nullable LocalDateTime planned;
    private final Cast cast;
    private final List<Incident> incidents;
    private final @Nullable Offset until;

    private Rehearsal(
            LaunchPlan plan,
            Fakes fakes,
            @Nullable LocalDateTime planned,
            Cast cast,
            List<Incident> incidents,
            @Nullable Offset until) {
        this.plan = plan;
        this.fakes = fakes;
        this.planned = planned;
        this.cast = cast;
        this.incidents = incidents;
        this.until = until;
    }

    /** A plan that needs something to be rehearsed against. */
    public static final class Unplaced {

        private final LaunchPlan plan;

        private Unplaced(LaunchPlan plan) {
            this.plan = plan;
        }

        /**
         * The rehearsal of the plan against fakes.
         *
         * @param fakes what it is rehearsed against
         * @return the rehearsal
         */
        public Rehearsal against(Fakes fakes) {
            return new Rehearsal(
                    plan,
                    Objects.requireNonNull(fakes, "fakes must not be null"),
                    null,
                    Cast.willing(),
                    List.of(),
                    null);
        }
    }

    /**
     * The rehearsal of a plan.
     *
     * @param plan the plan
     * @return what needs something to be rehearsed against
     */
    public static Unplaced of(LaunchPlan plan) {
        return new Unplaced(Objects.requireNonNull(plan, "plan must not be null"));
    }

    /**
     * The rehearsal of the plan of a stage, against its fakes.
     *
     * @param stage the stage, which stays the caller's to close
     * @return the rehearsal
     */
    public static Rehearsal on(Stage stage) {
        return of(stage.plan()).against(stage.fakes());
    }

    /**
     * The same for a launch at a given time. Unless it is said, T is the first full hour in the plan's windows that lets
     * every moment of the plan be in the future.
     *
     * @param t the local time of T in the zone of the plan
     * @return the new rehearsal
     */
    public Rehearsal planned(LocalDateTime t) {
        return new Rehearsal(plan, fakes, Objects.requireNonNull(t, "t must not be null"), cast, incidents, until);
    }

    /**
     * The same with other people.
     *
     * @param people the people, {@link Cast#willing()} unless said otherwise
     * @return the new rehearsal
     */
    public Rehearsal with(Cast people) {
        return new Rehearsal(
                plan, fakes, planned, Objects.requireNonNull(people, "people must not be null"), incidents, until);
    }

    /**
     * The same, and something happens on the way: what somebody does with the launch, or what becomes of a fake.
     *
     * @param when when it happens; what is counted from H does not if there never is one
     * @param what what happens, for people
     * @param happening makes it happen
     * @return the new rehearsal
     */
    public Rehearsal at(Offset when, String what, Consumer<LaunchControl> happening) {
        List<Incident> all = new ArrayList<>(incidents);
        all.add(new Incident(
                Objects.requireNonNull(when, "when must not be null"),
                Objects.requireNonNull(what, "what must not be null"),
                Objects.requireNonNull(happening, "happening must not be null")));
        return new Rehearsal(plan, fakes, planned, cast, List.copyOf(all), until);
    }

    /**
     * The same, left off at some point, whatever the launch is doing then.
     *
     * @param end when it is left off; if it is counted from H and there never is one, the launch is carried out to its end
     * @return the new rehearsal
     */
    public Rehearsal until(Offset end) {
        return new Rehearsal(
                plan, fakes, planned, cast, incidents, Objects.requireNonNull(end, "end must not be null"));
    }

    /**
     * Carries it out.
     *
     * @param time the time in which the fakes play
     * @return how it went
     * @throws dev.golive.GoLiveException naming every problem, if the plan cannot be armed
     * @throws IllegalStateException if the thread is interrupted
     */
    public Rehearsed in(VirtualTime time) {
        // the engine is closed last: its workers end only once nobody holds up the time
        try (GoLive golive = engine(time);
                FakeJournal journal = FakeJournal.empty()) {
            return carriedOut(golive, journal, time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the rehearsal of " + plan.name() + " was interrupted", e);
        }
    }

    private Rehearsed carriedOut(GoLive golive, FakeJournal journal, VirtualTime time) throws InterruptedException {
        try (TimeSource.Turn turn = time.join("rehearsal of " + plan.name())) {
            LocalDateTime t = planned == null ? soonest(time.now()) : planned;
            Person operator = Cast.oneOf("", plan);
            try (Launch launch = plan.arm(golive, journal, fakes.environment(), t, operator)) {
                Run run = new Run(launch, time, t.atZone(plan.zone()).toInstant(), operator);
                run.carryOut();
                Report found = launch.report().lists().isEmpty() ? null : launch.verdict();
                return new Rehearsed(plan, launch.state(), launch.report(), found, journal.entries(), run.missed());
            }
        }
    }

    private GoLive engine(VirtualTime time) {
        return GoLive.builder()
                .time(time)
                .network(fakes.network())
                .allowTrials(fakes.environment())
                .answers(cast.answers(plan, time))
                .build();
    }

    private LocalDateTime soonest(Instant now) {
        Instant anchor = now.truncatedTo(ChronoUnit.HOURS);
        Instant earliest = now;
        for (Part part : plan.parts()) {
            Instant due = part.offset()
                    .filter(offset -> offset.anchor() == Offset.Anchor.T)
                    .map(offset -> offset.from(anchor, plan.zone()))
                    .orElse(anchor);
            Instant needed = now.plus(Duration.between(due, anchor));
            earliest = needed.isAfter(earliest) ? needed : earliest;
        }
        Instant full = earliest.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        Instant permitted =
                plan.windows().nextPermitted(full).map(WindowOpening::at).orElse(full);
        return LocalDateTime.ofInstant(permitted, plan.zone());
    }

    /** One performance. */
    private final class Run {

        private final Launch launch;
        private final VirtualTime time;
        private final Instant t;
        private final Acting acting;
        private final List<Incident> open = new ArrayList<>(incidents);

        Run(Launch launch, VirtualTime time, Instant t, Person operator) {
            this.launch = launch;
            this.time = time;
            this.t = t;
            this.acting = new Acting(plan, launch, time, cast, operator);
        }

        void carryOut() throws InterruptedException {
            while (!launch.state().isFinal()) {
                Instant next = launch.advance();
                if (launch.state().isFinal() || isLeftOff()) {
                    return;
                }
                if (!happens() && !acting.acts()) {
                    Instant wake = earlier(earlier(next, nextIncident()), acting.patienceEnds());
                    time.sleepUntil(earlier(wake, end().orElse(Instant.MAX)));
                }
            }
        }

        /** What did not happen, since the launch never came so far. */
        List<String> missed() {
            return open.stream().map(Incident::what).toList();
        }

        private boolean isLeftOff() {
            return end().filter(end -> !time.now().isBefore(end)).isPresent();
        }

        private Optional<Instant> end() {
            return Optional.ofNullable(until).flatMap(this::instant);
        }

        private boolean happens() {
            List<Incident> due = open.stream()
                    .filter(one -> instant(one.when())
                            .filter(at -> !time.now().isBefore(at))
                            .isPresent())
                    .toList();
            open.removeAll(due);
            due.forEach(one -> one.happening().accept(launch.control()));
            return !due.isEmpty();
        }

        private Instant nextIncident() {
            return open.stream()
                    .flatMap(one -> instant(one.when()).stream())
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
        }

        private Optional<Instant> instant(Offset offset) {
            Optional<Instant> anchor = offset.anchor() == Offset.Anchor.T ? Optional.of(t) : launch.launched();
            return anchor.map(from -> offset.from(from, plan.zone()));
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }
}
