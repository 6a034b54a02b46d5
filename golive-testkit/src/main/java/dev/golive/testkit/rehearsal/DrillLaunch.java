package dev.golive.testkit.rehearsal;

import dev.golive.Checklist;
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
     * @param asked what is asked, also by items that come before it and are examined again
     * @param own what is asked by what is done in it, and by its own items and those of the watch
     */
    record Usual(
            Set<String> needs,
            Instant watching,
            Map<String, Integer> breaches,
            List<Set<String>> asked,
            List<Set<String>> own) {}

    private final DrillScene scene;
    private final LocalDateTime planned;
    private final Instant giveUp;
    private final @Nullable Usual usual;
    private final Set<String> needs = new LinkedHashSet<>();
    private final Map<String, Integer> breaches = new HashMap<>();
    private final List<DrillSight> seen = new ArrayList<>();
    private List<Set<String>> asked = List.of();
    private final List<Set<String>> own = new ArrayList<>();
    private @Nullable List<Integer> performing;
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
        return new Usual(Set.copyOf(launch.needs), watching, Map.copyOf(launch.breaches), launch.asked, launch.own);
    }

    /** Carries a launch out, and says what was otherwise than usual. */
    static List<DrillSight> noticed(DrillScene scene, LocalDateTime planned, Usual usual) throws InterruptedException {
        DrillLaunch launch = new DrillLaunch(scene, planned, usual.watching().plus(PATIENCE), usual);
        launch.carryOut();
        return launch.seen;
    }

    private void carryOut() throws InterruptedException {
        List<Integer> start = scene.asked();
        scene.fakes.forEach(fake -> own.add(new LinkedHashSet<>()));
        try (GoLive golive = scene.engine().build();
                TimeSource.Turn turn = scene.time.join("fire drill");
                DrillJournal journal = new DrillJournal(this::performs)) {
            Person operator = Cast.oneOf("", scene.plan);
            try (Launch launch =
                    scene.plan.arm(golive, journal, scene.stage.fakes().environment(), planned, operator)) {
                owns(start);
                drive(launch, new Acting(scene.plan, launch, scene.time, Cast.willing(), operator));
                look(launch, golive);
                asked = scene.askedSince(start);
                if (usual == null) {
                    alone(launch.report());
                }
            } catch (PlanRefusedException e) {
                e.problems().forEach(problem -> see("arming", "REFUSED", problem, "", Part.Phase.BEFORE));
            }
        }
    }

    private void performs(boolean begins) {
        List<Integer> since = performing;
        if (begins && since == null) {
            performing = scene.asked();
        } else if (!begins && since != null) {
            owns(since);
            performing = null;
        }
    }

    /** What was asked since then is asked by the launch itself. */
    private void owns(List<Integer> since) {
        List<Set<String>> more = scene.askedSince(since);
        for (int fake = 0; fake < more.size(); fake++) {
            own.get(fake).addAll(more.get(fake));
        }
    }

    /** Looks at what the launch and the watch look at, each by itself. */
    private void alone(LaunchReport report) {
        for (Part part : scene.parts) {
            boolean looks = part.phase() == Part.Phase.LAUNCH || part.phase() == Part.Phase.WATCH;
            if (!looks || (part.check().isEmpty() && part.kind() != Part.Kind.TRIAL)) {
                continue;
            }
            List<Integer> start = scene.asked();
            try (GoLive runner = after(report, scene.engine()).build()) {
                Checklist list = part.list().isPresent()
                        ? part.list().get().only(List.of(part.id()))
                        : Checklist.named(part.id())
                                .require(part.check().orElseThrow())
                                .build();
                runner.run(list, scene.stage.fakes().environment());
            }
            owns(start);
        }
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
            see(scene.plan.name(), state.name(), report.why(), "", now);
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
        try (GoLive runner = after(report, golive.derive()).build()) {
            for (ItemResult result : DrillItems.examine(scene, runner, which)) {
                seen.addAll(DrillSight.of(result, Part.Phase.WATCH));
            }
        }
    }

    /** A runner that knows what was done. */
    private GoLive.Builder after(LaunchReport report, GoLive.Builder builder) {
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
        return builder.performed(done);
    }
}
