package dev.golive.testkit.rehearsal;

import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.launch.Part;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.rehearsal.DrillReport.Line;
import dev.golive.testkit.rehearsal.DrillReport.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets everything go wrong that may go wrong with what a plan is tried out against, one thing at a time, and finds out
 * who notices: the items before the launch, the launch itself, only the watch, or nobody.
 *
 * <pre>{@code
 * DrillReport drill = FireDrill.of(ShopStage::new)
 *         .on(LocalDateTime.of(2027, 3, 2, 10, 0))
 *         .explained("site slow body*", "the page is served slowly and completely; users see it")
 *         .run();
 * assertThat(drill.missed()).isEmpty();
 * assertThat(drill.wronglyBlamed()).isEmpty();
 * }</pre>
 *
 * <ol>
 *   <li>On a first stage every check and trial that has its turn before the deployment is examined by itself, two hours
 *       before T, so that it is known which of them asks what. All must pass. What holds only once something was done
 *       (an item {@linkplain dev.golive.Item#until until} an action, one after an action) has its turn in the launch.
 *   <li>On a second one the launch is carried out by people who are willing, and watched for some minutes.
 *   <li>For each trouble of each fake a stage of its own is made, the trouble happens, and those items are examined that
 *       ask what it concerns. If they notice nothing, and the launch asks something that it concerns, a launch is carried
 *       out on another stage with this trouble, up to the first thing that is otherwise than usual.
 * </ol>
 *
 * <p>A {@linkplain Trouble.Kind#DRIFT drift} must be noticed, and something that is then not in order must name what is
 * wrong. A {@linkplain Trouble.Kind#FAULT fault} must not make anything say that the world is otherwise: an item is
 * unknown, or passes because it found out all the same. Confirmations and approvals are given as they are asked for.
 *
 * <p>Everything runs in virtual time, several stages side by side; the result does not depend on how many. Immutable and
 * thread-safe.
 */
public final class FireDrill {

    /** How long before T a launch is armed: what was due before is done at once then, and little is probed before T. */
    private static final Duration LAUNCHED = Duration.ofMinutes(30);

    /** Something that may go wrong, by what tells it from everything else. */
    private record Task(int fake, Trouble trouble) {}

    private record Explanation(String pattern, String why) {

        boolean covers(Line line) {
            String expression =
                    Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            return Pattern.compile(expression, Pattern.DOTALL)
                    .matcher(line.id())
                    .matches();
        }
    }

    /** What is known of a plan before anything goes wrong. */
    private record Baseline(
            Map<Integer, List<Set<String>>> traces,
            List<Set<String>> launch,
            DrillLaunch.Usual usual,
            List<Task> tasks,
            String name,
            ZoneId zone) {

        /** What is asked by anybody. */
        Set<String> asked(int fake) {
            Set<String> all = new LinkedHashSet<>();
            traces.values().forEach(trace -> all.addAll(trace.get(fake)));
            all.addAll(launch.get(fake));
            return all;
        }

        List<Integer> concerned(Task task) {
            return traces.entrySet().stream()
                    .filter(one -> one.getValue().get(task.fake()).stream().anyMatch(task.trouble()::concerns))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** Whether the launch asks something that a trouble concerns. */
        boolean concernsLaunch(Task task) {
            return launch.get(task.fake()).stream().anyMatch(task.trouble()::concerns);
        }

        /** Whether the launch asks something that a trouble concerns and that nobody asks before. */
        boolean concernsLaunchAlone(Task task) {
            Set<String> before = new LinkedHashSet<>();
            traces.values().forEach(trace -> before.addAll(trace.get(task.fake())));
            return launch.get(task.fake()).stream()
                    .filter(what -> !before.contains(what))
                    .anyMatch(task.trouble()::concerns);
        }
    }

    private final StageMaker<?> maker;
    private final @Nullable LocalDateTime planned;
    private final Duration before;
    private final int most;
    private final List<Explanation> explanations;

    private FireDrill(
            StageMaker<?> maker,
            @Nullable LocalDateTime planned,
            Duration before,
            int most,
            List<Explanation> explanations) {
        this.maker = maker;
        this.planned = planned;
        this.before = before;
        this.most = most;
        this.explanations = explanations;
    }

    /**
     * A drill of a stage's plan. It still needs to know {@linkplain #planned when} the launch is planned.
     *
     * @param maker makes the stage anew for each trouble; is called by several threads at once
     * @return the drill
     */
    public static FireDrill of(StageMaker<?> maker) {
        return new FireDrill(
                Objects.requireNonNull(maker, "maker must not be null"),
                null,
                Duration.ofHours(2),
                Runtime.getRuntime().availableProcessors(),
                List.of());
    }

    /**
     * The same with the planned time of the launch.
     *
     * @param when T in the plan's zone
     * @return the new drill
     */
    public FireDrill planned(LocalDateTime when) {
        return new FireDrill(maker, Objects.requireNonNull(when, "when must not be null"), before, most, explanations);
    }

    /**
     * The same, looking another while before T.
     *
     * @param span how long before, longer than zero; 2 hours unless said otherwise
     * @return the new drill
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public FireDrill before(Duration span) {
        if (Objects.requireNonNull(span, "span must not be null").isNegative() || span.isZero()) {
            throw new IllegalArgumentException("span must be longer than zero but was " + span);
        }
        return new FireDrill(maker, planned, span, most, explanations);
    }

    /**
     * The same with so many stages at once.
     *
     * @param stages how many at most, between 1 and 64; as many as there are processors unless said otherwise
     * @return the new drill
     * @throws IllegalArgumentException if {@code stages} is not between 1 and 64
     */
    public FireDrill atMost(int stages) {
        if (stages < 1 || stages > 64) {
            throw new IllegalArgumentException("stages must be between 1 and 64 but was " + stages);
        }
        return new FireDrill(maker, planned, before, stages, explanations);
    }

    /**
     * The same with the reason why nobody need notice some troubles, or why what is blamed for them will do. A reason
     * that is given for nothing that was missed or wrongly blamed fails the drill, as does one that covers something
     * that was noticed: it is no longer true, or says too much.
     *
     * @param pattern the id of the trouble, in which {@code *} stands for any text
     * @param why the reason
     * @return the new drill
     * @throws IllegalArgumentException if one of the texts is blank, or there is a reason for this pattern already
     */
    public FireDrill explained(String pattern, String why) {
        if (Objects.requireNonNull(pattern, "pattern must not be null").isBlank()) {
            throw new IllegalArgumentException("pattern must not be blank");
        }
        if (Objects.requireNonNull(why, "why must not be null").isBlank()) {
            throw new IllegalArgumentException("why must not be blank");
        }
        if (explanations.stream().anyMatch(one -> one.pattern.equals(pattern))) {
            throw new IllegalArgumentException("pattern must be given one reason only but has two: " + pattern);
        }
        List<Explanation> all = new ArrayList<>(explanations);
        all.add(new Explanation(pattern, why));
        return new FireDrill(maker, planned, before, most, List.copyOf(all));
    }

    // ---- carried out

    /**
     * Carries the drill out. If the thread is interrupted, the drill ends as soon as it can, and the thread's interrupt
     * status is set.
     *
     * @return what it came to
     * @throws IllegalStateException naming what is wrong, if it was not said when the launch is planned, if something is
     *     not in order on the stage although nothing went wrong, if a stage could not be made or a trouble could not
     *     happen, or if a reason was given for what needs none
     */
    public DrillReport run() {
        if (planned == null) {
            throw new IllegalStateException("say with planned(..) when the launch is planned");
        }
        try (SideBySide threads = new SideBySide("fire-drill", most)) {
            return drilled(planned, threads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the fire drill was interrupted", e);
        }
    }

    private DrillReport drilled(LocalDateTime when, SideBySide threads) throws InterruptedException {
        Baseline baseline = got(threads.one(() -> baseline(when)), "the stage");
        List<Callable<Line>> work = new ArrayList<>();
        for (Task task : baseline.tasks) {
            work.add(() -> line(when, baseline, task));
        }
        List<Line> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        List<SideBySide.Came<Line>> all = threads.all(work);
        for (int i = 0; i < all.size(); i++) {
            Line line = all.get(i).value();
            Throwable cause = all.get(i).failure();
            if (line != null) {
                lines.add(line);
            } else if (cause != null) {
                wrong.add(baseline.tasks.get(i).trouble() + ": "
                        + cause.toString().lines().findFirst().orElse(""));
                causes.add(cause);
            }
        }
        DrillReport report = report(when, baseline, lines, wrong);
        if (!wrong.isEmpty()) {
            IllegalStateException failed = new IllegalStateException("the fire drill failed:"
                    + wrong.stream().map(one -> "\n- " + one).collect(Collectors.joining()) + "\n\n" + report);
            causes.forEach(failed::addSuppressed);
            throw failed;
        }
        return report;
    }

    private DrillReport report(LocalDateTime when, Baseline baseline, List<Line> lines, List<String> wrong) {
        Set<Explanation> used = new LinkedHashSet<>();
        List<Line> all = new ArrayList<>();
        for (Line line : lines) {
            Optional<Explanation> explanation = explanations.stream()
                    .filter(one -> line.isOpen() && one.covers(line))
                    .findFirst();
            explanation.ifPresent(used::add);
            all.add(explanation.map(one -> line.explained(one.why)).orElse(line));
        }
        for (Explanation one : used) {
            lines.stream()
                    .filter(line -> !line.isOpen() && one.covers(line))
                    .findFirst()
                    .ifPresent(line -> wrong.add("the reason given for \"" + one.pattern + "\" covers \"" + line.id()
                            + "\" too, which was noticed: say it of what it is about alone"));
        }
        explanations.stream()
                .filter(one -> !used.contains(one))
                .forEach(one -> wrong.add("a reason is given for \"" + one.pattern
                        + "\", and no trouble of that name was missed or wrongly blamed: " + one.why));
        String title = "Fire drill of " + baseline.name + ", planned for "
                + when.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")) + " " + baseline.zone;
        return new DrillReport(title, all);
    }

    private static <V> V got(SideBySide.Came<V> came, String what) {
        V value = came.value();
        if (value == null) {
            Throwable cause = came.failure();
            String said = cause instanceof IllegalStateException ? cause.getMessage() : what + " failed: " + cause;
            throw new IllegalStateException(said, cause);
        }
        return value;
    }

    // ---- with nothing wrong

    private Baseline baseline(LocalDateTime when) throws Exception {
        ZoneId zone;
        try (DrillScene scene = DrillScene.at(when.toInstant(ZoneOffset.UTC), maker, when)) {
            zone = scene.plan.zone();
        }
        Instant t = when.atZone(zone).toInstant();
        Map<Integer, List<Set<String>>> traces = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        String name;
        try (DrillScene scene = DrillScene.at(t.minus(before), maker, when)) {
            name = scene.plan.name();
            for (int at : DrillItems.automatic(scene.parts, Part.Phase.BEFORE)) {
                List<Integer> start = scene.asked();
                // a runner of its own, since what one item has fetched the next one would not ask
                List<ItemResult> red;
                boolean due;
                try (GoLive golive = scene.engine().build()) {
                    List<ItemResult> results = DrillItems.examine(scene, golive, List.of(at));
                    red = results.stream().filter(DrillSight::isRed).toList();
                    due = results.stream().noneMatch(ItemResult::isNotYetDue);
                }
                if (red.isEmpty() && due) {
                    traces.put(at, scene.askedSince(start));
                } else if (!DrillItems.comesAfterAnAction(scene.parts, at)) {
                    red.forEach(one -> wrong.add(
                            one.id() + " is " + one.status() + (one.why().isBlank() ? "" : ": " + one.why())));
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("not everything is in order on the stage although nothing went wrong:"
                    + wrong.stream().distinct().map(one -> "\n- " + one).collect(Collectors.joining()));
        }
        DrillLaunch.Usual usual;
        try (DrillScene scene = DrillScene.at(opening(t), maker, when)) {
            usual = DrillLaunch.usual(scene, when, t.plus(Duration.ofDays(1)));
        }
        List<Set<String>> launch = new ArrayList<>();
        for (int fake = 0; fake < usual.asked().size(); fake++) {
            Set<String> asked = new LinkedHashSet<>(usual.asked().get(fake));
            for (List<Set<String>> trace : traces.values()) {
                // what the items before the launch ask is examined without a launch
                asked.removeAll(trace.get(fake));
            }
            asked.addAll(usual.own().get(fake));
            launch.add(asked);
        }
        List<Task> tasks = new ArrayList<>();
        Baseline known = new Baseline(traces, launch, usual, List.of(), name, zone);
        try (DrillScene scene = DrillScene.at(t.minus(before), maker, when)) {
            for (int fake = 0; fake < scene.fakes.size(); fake++) {
                for (Trouble trouble : scene.troubles(fake, known.asked(fake))) {
                    tasks.add(new Task(fake, trouble));
                }
            }
        }
        return new Baseline(traces, launch, usual, List.copyOf(tasks), name, zone);
    }

    private Instant opening(Instant t) {
        return t.minus(before.compareTo(LAUNCHED) < 0 ? before : LAUNCHED);
    }

    // ---- with one thing wrong

    private Line line(LocalDateTime when, Baseline baseline, Task task) throws Exception {
        Instant t = when.atZone(baseline.zone).toInstant();
        List<Integer> concerned = baseline.concerned(task);
        String plays;
        List<DrillSight> seen = new ArrayList<>();
        String looked = "";
        try (DrillScene scene = DrillScene.at(t.minus(before), maker, when)) {
            plays = scene.fakes.get(task.fake).plays();
            looked = concerned.stream()
                    .map(at -> scene.parts.get(at).id())
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!concerned.isEmpty()) {
                scene.trouble(task.fake, task.trouble.id(), baseline.asked(task.fake))
                        .happen();
                try (GoLive golive = scene.engine().build()) {
                    for (ItemResult result : DrillItems.examine(scene, golive, concerned)) {
                        seen.addAll(DrillSight.of(result, Part.Phase.BEFORE));
                    }
                }
            }
        }
        Trouble trouble = task.trouble;
        boolean mayBeSurvived = trouble.isHarmless() || trouble.kind() == Trouble.Kind.FAULT;
        boolean launched = seen.isEmpty()
                && (mayBeSurvived && !concerned.isEmpty()
                        ? baseline.concernsLaunchAlone(task)
                        : baseline.concernsLaunch(task));
        if (launched) {
            try (DrillScene scene = DrillScene.at(opening(t), maker, when)) {
                scene.trouble(task.fake, trouble.id(), baseline.asked(task.fake))
                        .happen();
                seen.addAll(DrillLaunch.noticed(scene, when, baseline.usual));
            }
        }
        boolean asked = !concerned.isEmpty() || baseline.concernsLaunch(task);
        Outcome outcome = seen.stream()
                .map(DrillSight::phase)
                .min(Part.Phase::compareTo)
                .map(FireDrill::by)
                .orElse(
                        trouble.isHarmless() || (trouble.kind() == Trouble.Kind.FAULT && asked)
                                ? Outcome.SURVIVED
                                : Outcome.NOBODY);
        List<DrillSight> roots = DrillSight.roots(seen);
        String remark = outcome != Outcome.NOBODY
                ? ""
                : !asked ? "nobody asks" : looked.isEmpty() ? "the launch asks, and goes on" : "looked at by " + looked;
        return new Line(
                plays, trouble, outcome, DrillSight.reds(roots), DrillSight.rightlyBlame(trouble, roots), remark, "");
    }

    private static Outcome by(Part.Phase phase) {
        return switch (phase) {
            case BEFORE -> Outcome.BEFORE;
            case LAUNCH -> Outcome.LAUNCH;
            case WATCH, ROLLBACK -> Outcome.WATCH;
        };
    }

    @Override
    public String toString() {
        return "fire drill" + (planned == null ? "" : " of a launch planned for " + planned);
    }
}
