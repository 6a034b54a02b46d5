package dev.golive.testkit.rehearsal;

import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Rule;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Fake;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.RollbackRehearsed.Tried;
import dev.golive.time.Offset;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every way into a rollback tried out, and every failure on its way.
 *
 * <pre>{@code
 * RollbackRehearsed tried = RollbackRehearsal.of(ShopStage::new)
 *         .planned(LocalDateTime.of(2027, 3, 2, 10, 0))
 *         .coming("health-fails-for-longer-than-3-min", stage -> stage.failWithTheNewRelease())
 *         .coming("smoke", stage -> stage.breakPurchases())
 *         .run();
 * assertThat(tried.problems()).isEmpty();
 * }</pre>
 *
 * <ul>
 *   <li>Each trigger, each gate and each code of the plan's {@link RollbackPolicy} comes true once, on a stage of its own:
 *       a trigger some minutes after H by what {@link #coming} does to the stage, a gate by what that does before the
 *       launch, a code because somebody reports it. It must lead to what the policy says, and a rollback must be verified
 *       within its budget.
 *   <li>Whatever a rollback changes is then made to fail, once with each {@linkplain Trouble.Kind#FAULT fault} of the fake
 *       that it asks. Such a rollback may end well if it found another way; else it must end as one that did not, and name
 *       what failed.
 * </ul>
 *
 * <p>Everything runs in virtual time, several stages side by side. Immutable and thread-safe.
 *
 * @param <S> the stage
 */
public final class RollbackRehearsal<S extends Stage> {

    /** A way into a rollback. */
    private record Cause(
            String id, Consequence consequence, Kind kind, Duration firesWithin, String sentence, String reporter) {

        enum Kind {
            TRIGGER,
            GATE,
            REPORT
        }
    }

    /** Something that a rollback changes, and what goes wrong with it. */
    private record Failing(int fake, String what, String trouble, Set<String> asked) {}

    private static final Duration SETTLED = Duration.ofMinutes(10);

    private final StageMaker<? extends S> maker;
    private final @Nullable LocalDateTime planned;
    private final Duration before;
    private final int most;
    private final Map<String, Consumer<S>> ways;
    private final Map<String, String> refusals;

    private RollbackRehearsal(
            StageMaker<? extends S> maker,
            @Nullable LocalDateTime planned,
            Duration before,
            int most,
            Map<String, Consumer<S>> ways,
            Map<String, String> refusals) {
        this.maker = maker;
        this.planned = planned;
        this.before = before;
        this.most = most;
        this.ways = ways;
        this.refusals = refusals;
    }

    /**
     * A rehearsal of the rollback of a stage's plan. It still needs to know {@linkplain #planned when} the launch is.
     *
     * @param maker makes the stage anew each time; is called by several threads at once
     * @param <S> the stage
     * @return the rehearsal
     */
    public static <S extends Stage> RollbackRehearsal<S> of(StageMaker<? extends S> maker) {
        return new RollbackRehearsal<>(
                Objects.requireNonNull(maker, "maker must not be null"),
                null,
                Duration.ofHours(3),
                Runtime.getRuntime().availableProcessors(),
                Map.of(),
                Map.of());
    }

    /**
     * The same with the planned time of the launch.
     *
     * @param t the local time of T in the zone of the plan
     * @return the new rehearsal
     */
    public RollbackRehearsal<S> planned(LocalDateTime t) {
        return new RollbackRehearsal<>(
                maker, Objects.requireNonNull(t, "t must not be null"), before, most, ways, refusals);
    }

    /**
     * The same, beginning another while before T.
     *
     * @param span how long before, longer than zero; 3 hours unless said otherwise
     * @return the new rehearsal
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public RollbackRehearsal<S> before(Duration span) {
        if (Objects.requireNonNull(span, "span must not be null").isNegative() || span.isZero()) {
            throw new IllegalArgumentException("span must be longer than zero but was " + span);
        }
        return new RollbackRehearsal<>(maker, planned, span, most, ways, refusals);
    }

    /**
     * The same with so many stages at once.
     *
     * @param stages how many at most, between 1 and 64; as many as there are processors unless said otherwise
     * @return the new rehearsal
     * @throws IllegalArgumentException if {@code stages} is not between 1 and 64
     */
    public RollbackRehearsal<S> atMost(int stages) {
        if (stages < 1 || stages > 64) {
            throw new IllegalArgumentException("stages must be between 1 and 64 but was " + stages);
        }
        return new RollbackRehearsal<>(maker, planned, before, stages, ways, refusals);
    }

    /**
     * The same with how a trigger or a gate comes true. It should be so because of the new release, and no longer be so
     * once that is not live.
     *
     * @param what the id of a trigger, or the name of the list of a gate
     * @param way what happens to the stage: ten minutes after H for a trigger, before the launch for a gate
     * @return the new rehearsal
     * @throws IllegalArgumentException if there is a way for it already
     */
    public RollbackRehearsal<S> coming(String what, Consumer<S> way) {
        Map<String, Consumer<S>> all = new LinkedHashMap<>(ways);
        Objects.requireNonNull(way, "way must not be null");
        if (all.put(Objects.requireNonNull(what, "what must not be null"), way) != null) {
            throw new IllegalArgumentException("what must have one way only but has two: " + what);
        }
        return new RollbackRehearsal<>(maker, planned, before, most, Map.copyOf(all), refusals);
    }

    /**
     * The same with how a gate fails that people make: one of them says no.
     *
     * @param gate the name of the list of the gate
     * @param item the id of a confirmation in it
     * @return the new rehearsal
     */
    public RollbackRehearsal<S> refused(String gate, String item) {
        Map<String, String> all = new LinkedHashMap<>(refusals);
        all.put(
                Objects.requireNonNull(gate, "gate must not be null"),
                Objects.requireNonNull(item, "item must not be null"));
        return new RollbackRehearsal<>(maker, planned, before, most, ways, Map.copyOf(all));
    }

    /**
     * Carries it out.
     *
     * @return what it came to
     * @throws IllegalStateException if it was not said when the launch is planned, if the plan has no rollback policy, if
     *     a way is given for something that the policy does not have, or if the thread is interrupted
     */
    public RollbackRehearsed run() {
        if (planned == null) {
            throw new IllegalStateException("say with planned(..) when the launch is");
        }
        try (SideBySide threads = new SideBySide("rollback-rehearsal", most)) {
            return rehearsed(planned, threads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the rollback rehearsal was interrupted", e);
        }
    }

    private RollbackRehearsed rehearsed(LocalDateTime when, SideBySide threads) throws InterruptedException {
        LaunchPlan plan = got(threads.all(List.<Callable<LaunchPlan>>of(() -> {
                    try (S stage = maker.make(VirtualTime.startingAt(when.toInstant(ZoneOffset.UTC)))) {
                        return stage.plan();
                    }
                }))
                .get(0));
        RollbackPolicy policy = plan.policy()
                .orElseThrow(() -> new IllegalStateException(plan.name() + " has no rollback policy to be rehearsed"));
        List<Cause> causes = causes(policy);
        Stream.concat(ways.keySet().stream(), refusals.keySet().stream())
                .filter(what -> causes.stream().noneMatch(cause -> cause.id.equals(what)))
                .findFirst()
                .ifPresent(what -> {
                    throw new IllegalStateException("there is no trigger and no gate that is called " + what
                            + "; there are "
                            + causes.stream().map(Cause::id).toList());
                });
        List<Tried> all = new ArrayList<>();
        List<Cause> possible = new ArrayList<>();
        for (Cause cause : causes) {
            if (cause.kind == Cause.Kind.REPORT || ways.containsKey(cause.id) || refusals.containsKey(cause.id)) {
                possible.add(cause);
            } else {
                all.add(Tried.never(
                        cause.id, cause.consequence, "nobody says how it comes true: say coming(..) or refused(..)"));
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (SideBySide.Came<Outcome> came : threads.all(possible.stream()
                .map(cause -> (Callable<Outcome>) () -> tried(when, plan.zone(), policy, cause, null))
                .toList())) {
            Outcome outcome = got(came);
            outcomes.add(outcome);
            all.add(outcome.tried);
        }
        Optional<Outcome> model = outcomes.stream()
                .filter(outcome -> outcome.cause.kind != Cause.Kind.GATE
                        && outcome.cause.consequence != Consequence.NOTIFY
                        && outcome.tried.isWell())
                .findFirst();
        if (model.isEmpty()) {
            all.add(Tried.never(
                    "failures on the way back",
                    Consequence.ROLL_BACK,
                    "no trigger and no code leads to a rollback that ends well, so nothing could be made to fail"));
        }
        if (model.isPresent()) {
            List<Callable<Outcome>> failures = model.get().failing.stream()
                    .map(failing ->
                            (Callable<Outcome>) () -> tried(when, plan.zone(), policy, model.get().cause, failing))
                    .toList();
            for (SideBySide.Came<Outcome> came : threads.all(failures)) {
                all.add(got(came).tried);
            }
        }
        return new RollbackRehearsed(plan.name(), all);
    }

    private static <V> V got(SideBySide.Came<V> came) {
        if (came.value() == null) {
            throw new IllegalStateException("the rollback rehearsal failed: " + came.failure(), came.failure());
        }
        return came.value();
    }

    private static List<Cause> causes(RollbackPolicy policy) {
        List<Cause> causes = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            if (!rule.trigger().isDryRun()) {
                causes.add(new Cause(
                        rule.trigger().id(),
                        rule.consequence(),
                        Cause.Kind.TRIGGER,
                        rule.trigger().firesWithin(),
                        rule.trigger().sentence(),
                        ""));
            }
        }
        for (RollbackPolicy.Gate gate : policy.gates()) {
            causes.add(new Cause(gate.list(), gate.consequence(), Cause.Kind.GATE, Duration.ZERO, "", ""));
        }
        for (RollbackPolicy.Reported report : policy.reports()) {
            causes.add(new Cause(
                    report.code(),
                    report.consequence(),
                    Cause.Kind.REPORT,
                    Duration.ZERO,
                    "",
                    report.roles().iterator().next()));
        }
        return causes;
    }

    // ---- one of them

    private record Outcome(Cause cause, Tried tried, List<Failing> failing) {}

    private Outcome tried(
            LocalDateTime when, ZoneId zone, RollbackPolicy policy, Cause cause, @Nullable Failing failing)
            throws Exception {
        VirtualTime time = VirtualTime.startingAt(when.atZone(zone).toInstant().minus(before));
        try (S stage = maker.make(time)) {
            Offset then = Offset.H.plusMinutes((int) SETTLED.toMinutes());
            Rehearsal rehearsal = Rehearsal.on(stage).planned(when);
            if (failing != null) {
                rehearsal = rehearsal.at(then, failing.trouble, control -> happens(stage, failing));
            }
            Consumer<S> way = ways.get(cause.id);
            String refused = refusals.get(cause.id);
            if (cause.kind == Cause.Kind.GATE && refused != null) {
                rehearsal = rehearsal.with(Cast.willing().refusing(refused, "as rehearsed"));
            } else if (cause.kind == Cause.Kind.GATE && way != null) {
                way.accept(stage);
            } else if (cause.kind == Cause.Kind.TRIGGER && way != null) {
                rehearsal = rehearsal.at(then, cause.id, control -> way.accept(stage));
            } else {
                rehearsal = rehearsal.at(
                        then,
                        cause.id,
                        control -> control.report(cause.id, Cast.person(cause.reporter), "as rehearsed"));
            }
            if (cause.consequence == Consequence.NOTIFY) {
                Duration end = SETTLED.plus(cause.firesWithin).plus(SETTLED);
                rehearsal = rehearsal.until(Offset.H.plusMinutes((int) end.toMinutes()));
            }
            Rehearsed end = rehearsal.in(time);
            Tried tried = failing == null ? judged(cause, policy, end) : judged(cause, failing, end);
            if (!end.missed().isEmpty()) {
                tried = tried.but(
                        "the launch never came so far that this happened: " + String.join(", ", end.missed()));
            }
            return new Outcome(cause, tried, failing == null ? changes(stage, end) : List.of());
        }
    }

    private static void happens(Stage stage, Failing failing) {
        stage.fakes().all().get(failing.fake).troubles(failing.asked).stream()
                .filter(trouble -> trouble.id().equals(failing.trouble))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the stage was made otherwise than before: there is no trouble " + failing.trouble))
                .happen();
    }

    /** Everything that the rollback has changed, with every way in which that may fail. */
    private static List<Failing> changes(Stage stage, Rehearsed end) {
        Instant decided =
                end.report().rollback().map(LaunchReport.Rollback::decided).orElse(Instant.MAX);
        List<Failing> all = new ArrayList<>();
        List<Fake> fakes = stage.fakes().all();
        for (int i = 0; i < fakes.size(); i++) {
            int fake = i;
            Set<String> changes = new LinkedHashSet<>();
            for (Asked asked : fakes.get(i).asked()) {
                if (asked.changes() && !asked.at().isBefore(decided)) {
                    changes.add(asked.what());
                }
            }
            for (Trouble trouble :
                    changes.isEmpty() ? List.<Trouble>of() : fakes.get(i).troubles(changes)) {
                if (trouble.kind() == Trouble.Kind.FAULT && !trouble.isHarmless()) {
                    changes.stream()
                            .filter(trouble::concerns)
                            .findFirst()
                            .ifPresent(what -> all.add(new Failing(fake, what, trouble.id(), changes)));
                }
            }
        }
        return all;
    }

    // ---- whether it ended as it should

    private static Tried judged(Cause cause, RollbackPolicy policy, Rehearsed end) {
        List<String> problems = new ArrayList<>();
        LaunchReport report = end.report();
        if (cause.consequence == Consequence.NOTIFY) {
            boolean told = report.turns().stream()
                    .anyMatch(turn ->
                            turn.trigger().equals(cause.id) && turn.truth().startsWith("TRUE"));
            if (!told) {
                problems.add("it never came true");
            }
            if (report.rollback().isPresent()) {
                problems.add("something is rolled back");
            }
            return Tried.of(cause.id, cause.consequence, end, "", problems);
        }
        boolean asked = end.report().timeline().stream()
                .anyMatch(line -> line.kind() == LaunchReport.Kind.WAITING
                        && line.text().contains("roll back?")
                        && line.text().contains(cause.sentence));
        if (cause.consequence == Consequence.ASK && cause.kind == Cause.Kind.TRIGGER && !asked) {
            problems.add("nobody is asked because of it");
        }
        if (end.state() != LaunchState.ROLLED_BACK) {
            problems.add("it ends " + end.state() + ": " + report.why());
        }
        report.rollback().ifPresent(rollback -> {
            String by = rollback.cause();
            boolean because = by.equals("trigger " + cause.id)
                    || by.startsWith("gate " + cause.id)
                    || by.contains(cause.id) && cause.kind == Cause.Kind.REPORT;
            if (cause.consequence == Consequence.ROLL_BACK && !because) {
                problems.add("it is rolled back because of " + by);
            }
            Instant verified = rollback.verified();
            Duration took = verified == null ? Duration.ZERO : Duration.between(rollback.decided(), verified);
            policy.budget()
                    .filter(budget -> took.compareTo(budget) > 0)
                    .ifPresent(budget -> problems.add("from the decision on it took " + Spans.text(took)
                            + ", and the budget is " + Spans.text(budget)));
        });
        return Tried.of(cause.id, cause.consequence, end, "", problems);
    }

    /** A rollback with a failure in it: it says that it went well only if it did. */
    private static Tried judged(Cause cause, Failing failing, Rehearsed end) {
        List<String> problems = new ArrayList<>();
        LaunchReport report = end.report();
        List<LaunchReport.ActionResult> bad = report.actions().stream()
                .filter(action -> !action.key().startsWith("launch:"))
                .filter(action ->
                        !action.status().equals("DONE") && !action.status().equals("ALREADY"))
                .toList();
        switch (end.state()) {
            case ROLLED_BACK ->
                bad.forEach(
                        action -> problems.add("it ends ROLLED_BACK, and " + action.key() + " is " + action.status()));
            case PARTIALLY_ROLLED_BACK, ROLLBACK_FAILED, TIMED_OUT -> {
                if (!bad.isEmpty()
                        && bad.stream().noneMatch(action -> report.why().contains(action.key()))) {
                    problems.add("its end does not name what failed: " + report.why());
                }
            }
            default -> problems.add("it ends " + end.state() + ": " + report.why());
        }
        return Tried.of(cause.id, cause.consequence, end, failing.trouble, problems);
    }
}
