package dev.golive.testkit.rehearsal;

import dev.golive.Deploy;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Person;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Part;
import dev.golive.launch.PlanRefusedException;
import dev.golive.launch.Waiting;
import dev.golive.rollback.Sample;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A launch that is carried out with people who are willing up to the first thing that is otherwise than usual. It is watched for some minutes, and then what is looked at later is looked at once.
 */
final class DrillLaunch {

    private static final Duration WATCHED = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final String LAUNCH = "launch:";

    /**
     * What a launch does in which nothing goes wrong.
     *
     * @param between what is asked from the arming to the first step of the launch itself, for the most part by the items
     *     that come before it
     * @param otherwise what is asked besides
     */
    record Usual(
            Set<String> needs,
            Instant watching,
            Map<String, Integer> breaches,
            List<Set<String>> between,
            List<Set<String>> otherwise) {}

    private final DrillScene scene;
    private final LocalDateTime planned;
    private final Instant giveUp;
    private final @Nullable Usual usual;
    private final Set<String> needs = new LinkedHashSet<>();
    private final Map<String, Integer> breaches = new HashMap<>();
    private final List<DrillSight> seen = new ArrayList<>();
    private List<Integer> armed = List.of();
    private List<Integer> begun = List.of();
    private @Nullable Instant watching;

    private DrillLaunch(DrillScene scene, LocalDateTime planned, Instant giveUp, @Nullable Usual usual) {
        this.scene = scene;
        this.planned = planned;
        this.giveUp = giveUp;
        this.usual = usual;
    }

    /** Carries a launch out in which nothing goes wrong, and says what it is like. */
    static Usual usual(DrillScene scene, LocalDateTime planned, Instant giveUp) throws InterruptedException {
        DrillLaunch launch = new DrillLaunch(scene, planned, giveUp, null);
        launch.carryOut();
        Instant watching = launch.watching;
        if (watching == null || !launch.seen.isEmpty()) {
            throw new IllegalStateException("the launch of " + scene.plan.name()
                    + " does not go well on this stage although nothing goes wrong"
                    + (watching == null ? "; nothing came to be watched" : "")
                    + String.join(
                            "",
                            launch.seen.stream().map(one -> "\n- " + one.red()).toList()));
        }
        return new Usual(
                Set.copyOf(launch.needs),
                watching,
                Map.copyOf(launch.breaches),
                scene.askedBetween(launch.armed, launch.begun),
                scene.askedOutside(launch.armed, launch.begun));
    }

    /** Carries a launch out, and says what was otherwise than usual. */
    static List<DrillSight> noticed(DrillScene scene, LocalDateTime planned, Usual usual) throws InterruptedException {
        DrillLaunch launch = new DrillLaunch(scene, planned, usual.watching().plus(PATIENCE), usual);
        launch.carryOut();
        return launch.seen;
    }

    private void carryOut() throws InterruptedException {
        try (GoLive golive = scene.engine().build();
                TimeSource.Turn turn = scene.time.join("fire drill");
                DrillJournal journal = new DrillJournal(deploying(), () -> begun = scene.asked())) {
            Person operator = Cast.oneOf("", scene.plan);
            try (Launch launch =
                    scene.plan.arm(golive, journal, scene.stage.fakes().environment(), planned, operator)) {
                armed = scene.asked();
                drive(launch, new Acting(scene.plan, launch, scene.time, Cast.willing(), operator));
                // without a step that changes something nothing comes before it
                begun = begun.isEmpty() ? armed : begun;
                look(launch, golive);
            } catch (PlanRefusedException e) {
                e.problems().forEach(problem -> see("arming", "REFUSED", problem, "", Part.Phase.BEFORE));
            }
        }
    }

    /** The actions of the launch itself. */
    private Set<String> deploying() {
        return scene.parts.stream()
                .filter(part ->
                        part.phase() == Part.Phase.LAUNCH && part.action().isPresent())
                .map(Part::id)
                .collect(Collectors.toSet());
    }

    private void see(String id, String finding, String why, String text, Part.Phase phase) {
        seen.add(DrillSight.of(id, finding, why, text, phase));
    }

    // ---- on its way

    private void drive(Launch launch, Acting acting) throws InterruptedException {
        while (true) {
            Instant next = launch.advance();
            LaunchState state = launch.state();
            if (watching == null && (state == LaunchState.WATCHING || state == LaunchState.COMPLETED)) {
                watching = scene.time.now();
            }
            if (state.isFinal() || isGoingBack(state) || isInTheWay(launch)) {
                return;
            }
            Instant end = watching == null ? giveUp : watching.plus(WATCHED);
            if (acting.acts()) {
                continue;
            }
            if (!next.isBefore(end)) {
                return;
            }
            scene.time.sleepUntil(next);
        }
    }

    private static boolean isGoingBack(LaunchState state) {
        return state.isRollingBack()
                || state == LaunchState.DECIDING
                || state == LaunchState.AWAITING_APPROVAL
                || state == LaunchState.ABORTING
                || state == LaunchState.HELD;
    }

    /** Whether people are asked for something that they are not asked for when nothing goes wrong. */
    private boolean isInTheWay(Launch launch) {
        launch.waiting().forEach(one -> needs.add(one.key()));
        return usual != null && !unusual(launch).isEmpty();
    }

    private List<Waiting> unusual(Launch launch) {
        return launch.waiting().stream()
                .filter(one -> usual == null || !usual.needs().contains(one.key()))
                .filter(one -> usual != null || !isOrdinary(one.key()))
                .toList();
    }

    /** What people are asked for in any launch. */
    private static boolean isOrdinary(String key) {
        return key.equals("decision")
                || key.equals("window")
                || key.equals("baseline")
                || key.startsWith("permit:")
                || key.startsWith("blackout:")
                || key.startsWith("checkpoint:");
    }

    // ---- what there is to see

    private void look(Launch launch, GoLive golive) {
        LaunchReport report = launch.report();
        LaunchState state = launch.state();
        if (!report.lists().isEmpty()) {
            for (ItemResult result : launch.verdict().results()) {
                seen.addAll(DrillSight.of(result, phase(result, state)));
            }
        }
        actions(report);
        Part.Phase now = watching != null
                ? Part.Phase.WATCH
                : state == LaunchState.ARMED ? Part.Phase.BEFORE : Part.Phase.LAUNCH;
        signals(report, now);
        if (watching != null && !isGoingBack(state)) {
            later(report, golive);
        }
        if (seen.isEmpty()) {
            consequences(launch, report, now);
        }
    }

    /** What follows from something that is not in order, where that itself is not to be seen. */
    private void consequences(Launch launch, LaunchReport report, Part.Phase now) {
        LaunchState state = launch.state();
        if (isGoingBack(state) || (state.isFinal() && state != LaunchState.COMPLETED)) {
            see(scene.plan.name(), state.name(), report.why(), report.explain(), now);
        }
        for (Waiting one : unusual(launch)) {
            see(one.key(), "WAITS", one.what(), "", now);
        }
        if (watching == null && seen.isEmpty()) {
            see(scene.plan.name(), state.name(), "it does not come to be watched", "", now);
        }
    }

    private void actions(LaunchReport report) {
        for (LaunchReport.ActionResult action : report.actions()) {
            if (!isGood(action) && action.key().startsWith(LAUNCH)) {
                String id = action.key().substring(LAUNCH.length());
                Part part = scene.parts.stream()
                        .filter(one -> one.action().isPresent() && one.id().equals(id))
                        .findFirst()
                        .orElseThrow();
                see(id, action.status(), action.why(), part.sentence(), part.phase());
            }
        }
    }

    private static boolean isGood(LaunchReport.ActionResult action) {
        return action.status().equals("DONE") || action.status().equals("ALREADY");
    }

    private void signals(LaunchReport report, Part.Phase phase) {
        for (LaunchReport.Signal signal : report.signals()) {
            int bad = signal.breach() + signal.unknown();
            breaches.put(signal.id(), bad);
            if (usual != null && bad > usual.breaches().getOrDefault(signal.id(), 0)) {
                LaunchReport.Stretch stretch = signal.stretches().stream()
                        .filter(one -> one.reading() != Sample.Reading.OK)
                        .reduce((first, second) -> second)
                        .orElseThrow();
                String sentence = scene.parts.stream()
                        .filter(part ->
                                part.kind() == Part.Kind.PROBE && part.id().equals(signal.id()))
                        .map(Part::sentence)
                        .findFirst()
                        .orElse("");
                DrillReport.Red red =
                        new DrillReport.Red(signal.id(), stretch.reading().name(), stretch.why());
                boolean blames = stretch.reading() == Sample.Reading.BREACH;
                seen.add(new DrillSight(red, sentence, phase, blames));
            }
        }
    }

    /** Of a list that is examined in several phases it counts how far the launch has come. */
    private Part.Phase phase(ItemResult result, LaunchState state) {
        Set<Part.Phase> phases = new HashSet<>();
        for (Part part : scene.parts) {
            if (part.list().filter(list -> list.name().equals(result.list())).isPresent()) {
                phases.add(part.phase());
            }
        }
        if (state == LaunchState.ARMED || phases.equals(Set.of(Part.Phase.BEFORE))) {
            return Part.Phase.BEFORE;
        }
        return phases.equals(Set.of(Part.Phase.WATCH)) ? Part.Phase.WATCH : Part.Phase.LAUNCH;
    }

    /** Looks once at what a checkpoint or a later moment will look at. */
    private void later(LaunchReport report, GoLive golive) {
        List<Integer> which = DrillItems.automatic(scene.parts, Part.Phase.WATCH);
        if (which.isEmpty()) {
            return;
        }
        GoLive.Builder builder = golive.derive();
        report.launched().ifPresent(builder::launchedAt);
        List<String> done = report.actions().stream()
                .filter(action -> action.key().startsWith(LAUNCH) && isGood(action))
                .map(action -> action.key().substring(LAUNCH.length()))
                .toList();
        for (Part part : scene.parts) {
            part.action().ifPresent(action -> {
                if (action instanceof Deploy deploy) {
                    report.targets().stream()
                            .filter(target ->
                                    target.component().equals(deploy.component().name()))
                            .forEach(target -> {
                                if (target.launched() != null) {
                                    builder.given(deploy.release(), target.launched());
                                }
                            });
                }
            });
        }
        try (GoLive runner = builder.performed(done).build()) {
            for (ItemResult result : DrillItems.examine(scene, runner, which)) {
                seen.addAll(DrillSight.of(result, Part.Phase.WATCH));
            }
        }
    }
}
