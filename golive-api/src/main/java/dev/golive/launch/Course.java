package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.internal.Ids;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Signal;
import dev.golive.time.Offset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A plan laid out: its steps in one row, and what follows from them. Immutable. */
final class Course {

    /** A step with its place in the plan. */
    record Step(String id, int index, int moment, Moment of, Moment.Step what) {

        boolean performs() {
            return what instanceof Moment.Step.Perform;
        }

        List<Action> actions() {
            return what.actions();
        }

        boolean deploys() {
            return actions().stream().anyMatch(Deploy.class::isInstance);
        }

        /** Whether nothing after it is carried out before it is over. */
        boolean bars() {
            return performs() || what instanceof Moment.Step.Identity || what instanceof Moment.Step.Gate;
        }

        Optional<Checklist> list() {
            if (what instanceof Moment.Step.Examine examine) {
                return Optional.of(examine.list());
            }
            return what instanceof Moment.Step.Gate gate ? Optional.of(gate.list()) : Optional.empty();
        }
    }

    /** An action with the key of its state and the ways it may go. */
    record Planned(String key, Action action, List<Action> ways, boolean goesOn) {

        static Planned of(String key, Action action, boolean goesOn) {
            return new Planned(
                    key, action, action.alternatives().isEmpty() ? List.of(action) : action.alternatives(), goesOn);
        }
    }

    static final String LAUNCH = "launch:";
    static final String DOWN = "down:";
    static final String BACK = "back:";

    private static final String RECOVERY_POINT = "recovery point";
    static final String RECOVERY_POINT_ITEM = "recovery-point";

    private final LaunchPlan plan;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Deploy> deploys = new LinkedHashMap<>();
    private final Map<String, Component> components = new LinkedHashMap<>();
    private final Map<String, Probe> probes = new LinkedHashMap<>();
    private final Map<String, MetricSource> sources = new LinkedHashMap<>();
    private final Map<String, Channel> channels;
    private final List<LaunchPlan.Escalation> levels;
    private final int lastLaunching;

    /** Of the whole runbook as text, which most of those who make a plan never ask for. */
    private volatile @Nullable String digest;

    Course(LaunchPlan plan) {
        this.plan = plan;
        int last = -1;
        int lastPerforming = -1;
        for (int m = 0; m < plan.moments().size(); m++) {
            Moment moment = plan.moments().get(m);
            boolean deploying = false;
            for (int s = 0; s < moment.steps().size(); s++) {
                Step step = new Step(
                        (m + 1) + "." + (s + 1),
                        steps.size(),
                        m,
                        moment,
                        moment.steps().get(s));
                steps.add(step);
                if (step.what() instanceof Moment.Step.Perform perform) {
                    lastPerforming = m;
                    for (Action action : perform.actions()) {
                        if (action instanceof Deploy deploy) {
                            deploying = true;
                            deploys.putIfAbsent(deploy.component().name(), deploy);
                            components.putIfAbsent(deploy.component().name(), deploy.component());
                        }
                    }
                }
            }
            last = deploying ? m : last;
        }
        this.lastLaunching = last >= 0 ? last : lastPerforming;
        plan.policy().ifPresent(policy -> policy.components().forEach(one -> components.putIfAbsent(one.name(), one)));
        plan.watch().ifPresent(watch -> {
            watch.probes().forEach(probe -> probes.putIfAbsent(probe.id(), probe));
            watch.sources().forEach(source -> sources.putIfAbsent(source.id(), source));
        });
        plan.policy().ifPresent(policy -> {
            for (Signal signal : policy.signals()) {
                if (signal instanceof Probe probe) {
                    probes.putIfAbsent(probe.id(), probe);
                } else if (signal instanceof MetricSource source) {
                    sources.putIfAbsent(source.id(), source);
                }
            }
        });
        this.channels = spokenOf();
        this.levels = plan.escalations().stream()
                .sorted(Comparator.comparing(LaunchPlan.Escalation::after))
                .toList();
    }

    LaunchPlan plan() {
        return plan;
    }

    List<Step> steps() {
        return steps;
    }

    String digest() {
        String known = digest;
        if (known == null) {
            known = Ids.digest(parameters());
            digest = known;
        }
        return known;
    }

    /** The first deployment of each component. */
    Map<String, Deploy> deploys() {
        return deploys;
    }

    /** Everything that is deployed or may be taken back. */
    Map<String, Component> components() {
        return components;
    }

    /** Every probe that the watch or a trigger refers to, once. */
    Map<String, Probe> probes() {
        return probes;
    }

    Map<String, MetricSource> sources() {
        return sources;
    }

    Optional<RollbackPolicy> policy() {
        return plan.policy();
    }

    /** The last moment that belongs to launching; what comes after it happens during the watch. */
    int lastLaunching() {
        return lastLaunching;
    }

    Optional<Step> firstPerforming() {
        return steps.stream().filter(Step::performs).findFirst();
    }

    /** The first step that changes something at T or later, for which the windows count. */
    Optional<Step> firstInWindow(State state) {
        return steps.stream()
                .filter(Step::performs)
                .filter(step -> {
                    Instant due = due(step.of().offset(), state);
                    return due == null || !due.isBefore(state.planned);
                })
                .findFirst();
    }

    static String key(Action action) {
        return LAUNCH + action.id();
    }

    /** When an offset is, if its anchor is known. */
    @Nullable
    Instant due(Offset offset, State state) {
        Instant anchor = offset.anchor() == Offset.Anchor.T ? state.planned : state.h;
        return anchor == null ? null : offset.from(anchor, plan.zone());
    }

    /** The ids of the items of the list of a name. */
    Set<String> itemsOf(String list) {
        if (list.equals(RECOVERY_POINT)) {
            return Set.of(RECOVERY_POINT_ITEM);
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Step step : steps) {
            step.list()
                    .filter(one -> one.name().equals(list))
                    .ifPresent(one -> one.items().forEach(item -> ids.add(item.id())));
        }
        return ids;
    }

    /** The lists of earlier steps, each once, and what the recovery point asks. */
    List<Effect.Listed> listsBefore(Step step, State state) {
        Map<String, Effect.Listed> lists = new LinkedHashMap<>();
        for (Step earlier : steps.subList(0, step.index())) {
            earlier.list().ifPresent(list -> {
                // what was not reached is no evidence, and what comes at the gate itself is not asked before
                if (earlier.what() instanceof Moment.Step.Examine
                        || state.step(earlier.id()).status() == StepStatus.DONE) {
                    lists.putIfAbsent(list.digest(), new Effect.Listed(earlier.id(), list));
                }
            });
        }
        plan.recoveryPoint().ifPresent(point -> {
            Checklist list = Checklist.named(RECOVERY_POINT)
                    .require(point.backup().as(RECOVERY_POINT_ITEM))
                    .build();
            lists.put(list.digest(), new Effect.Listed(RECOVERY_POINT_ITEM, list));
        });
        return List.copyOf(lists.values());
    }

    /** How long the launching part takes by the plan: to its last moment, and then what its actions should need. */
    Duration length() {
        Duration length = Duration.ZERO;
        Duration inMoment = Duration.ZERO;
        int moment = -1;
        Instant t = Instant.parse("2024-01-01T00:00:00Z");
        for (Step step : steps) {
            if (step.moment() > lastLaunching || !step.performs()) {
                continue;
            }
            inMoment = step.moment() == moment ? inMoment : Duration.ZERO;
            moment = step.moment();
            Duration until = Duration.between(t, step.of().offset().from(t, ZoneOffset.UTC));
            Duration longest = step.actions().stream()
                    .map(action ->
                            action.conduct().budget().orElse(action.conduct().deadline()))
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
            inMoment = inMoment.plus(longest);
            Duration end = until.isNegative() ? Duration.ZERO : until.plus(inMoment);
            length = length.compareTo(end) < 0 ? end : length;
        }
        return length;
    }

    /** The instants of the checkpoints and what is examined at each, in order. */
    NavigableMap<Instant, List<Effect.Listed>> checkpoints(Instant h) {
        NavigableMap<Instant, List<Effect.Listed>> slots = new TreeMap<>();
        Watch watch = plan.watch().orElse(null);
        if (watch == null) {
            return slots;
        }
        Instant from = h;
        boolean first = true;
        for (Watch.Phase phase : watch.phases()) {
            Instant until = phase.until().from(h, plan.zone());
            for (Instant at = first ? from : from.plus(phase.every());
                    !at.isAfter(until);
                    at = at.plus(phase.every())) {
                add(slots, at, phase.list());
            }
            from = until;
            first = false;
        }
        Instant end = watch.end().from(h, plan.zone());
        for (Watch.Daily daily : watch.daily()) {
            LocalDate lastDay = end.atZone(plan.zone()).toLocalDate();
            for (LocalDate day = h.atZone(plan.zone()).toLocalDate(); !day.isAfter(lastDay); day = day.plusDays(1)) {
                for (LocalTime time : daily.times()) {
                    Instant at = ZonedDateTime.of(day, time, plan.zone()).toInstant();
                    if (!at.isBefore(h) && !at.isAfter(end)) {
                        add(slots, at, daily.list());
                    }
                }
            }
        }
        return slots;
    }

    private static void add(NavigableMap<Instant, List<Effect.Listed>> slots, Instant at, Checklist list) {
        List<Effect.Listed> lists = slots.computeIfAbsent(at, any -> new ArrayList<>());
        if (lists.stream().noneMatch(one -> one.list().digest().equals(list.digest()))) {
            lists.add(new Effect.Listed("checkpoint", list));
        }
    }

    Optional<Instant> endOfWatch(State state) {
        Instant h = state.h;
        return h == null
                ? Optional.empty()
                : plan.watch().map(watch -> watch.end().from(h, plan.zone()));
    }

    /**
     * The groups of a rollback in their order: what the schema needs, the components, what the policy does then, and what
     * undoes the actions of the launch, the last one first.
     */
    List<List<Planned>> wayBack(List<String> back, State state) {
        RollbackPolicy policy = policy().orElse(null);
        if (policy == null) {
            return List.of();
        }
        List<List<Planned>> groups = new ArrayList<>();
        List<Action> sent = steps.stream()
                .flatMap(step -> step.actions().stream())
                .filter(action -> state.action(key(action)).everSent)
                .toList();
        for (Action action : sent) {
            Compatibility meaning = plan.migrations().get(action.id());
            if (meaning != null && meaning.down().isPresent()) {
                groups.add(List.of(Planned.of(DOWN + action.id(), meaning.down().get(), false)));
            }
        }
        List<Planned> together = new ArrayList<>();
        boolean takeDown = false;
        for (Component component : policy.components()) {
            if (!back.contains(component.name())) {
                continue;
            }
            Release frozen = state.frozen(component.name()).orElse(null);
            if (frozen == null) {
                takeDown = true;
                continue;
            }
            Action way = component.driver().backTo(frozen);
            List<Action> ways = new ArrayList<>(way.alternatives().isEmpty() ? List.of(way) : way.alternatives());
            policy.rebuild(component).ifPresent(ways::add);
            together.add(new Planned(BACK + component.name(), way, List.copyOf(ways), true));
        }
        if (policy.isInParallel() && !together.isEmpty()) {
            groups.add(List.copyOf(together));
        } else {
            together.forEach(one -> groups.add(List.of(one)));
        }
        if (takeDown) {
            policy.noPreviousRelease()
                    .forEach(action -> groups.add(List.of(Planned.of("take-down:" + action.id(), action, true))));
        }
        for (List<Action> group : policy.groups()) {
            groups.add(group.stream()
                    .map(action -> Planned.of(
                            "then:" + action.id(), action, action.conduct().onFailure() == Action.OnFailure.CONTINUE))
                    .toList());
        }
        List<List<Planned>> undone = new ArrayList<>();
        for (Action action : sent) {
            Action by = policy.undoes().get(action.id());
            if (by != null) {
                undone.add(0, List.of(Planned.of("undo:" + action.id(), by, true)));
            }
        }
        groups.addAll(undone);
        return groups;
    }

    /** Whose something is that has to be done after a rollback or an emergency. */
    String follower(String what) {
        return followUp(what)
                .map(RollbackPolicy.FollowUp::role)
                .or(() -> plan.emergency().map(Emergency::role))
                .orElse("");
    }

    /** What something that has to be done follows, in words. */
    String follows(String what) {
        return followUp(what).isPresent() ? "after the rollback" : "after the emergency";
    }

    private Optional<RollbackPolicy.FollowUp> followUp(String what) {
        return policy().flatMap(policy -> policy.followUps().stream()
                .filter(one -> one.what().equals(what))
                .findFirst());
    }

    /** Every component that a rollback of everything takes back. */
    List<String> everything() {
        return policy().map(policy ->
                        policy.components().stream().map(Component::name).toList())
                .orElse(List.of());
    }

    /** Every channel that the plan speaks of, by its name. */
    Map<String, Channel> channels() {
        return channels;
    }

    /** Who hears of what waits, the first one first. */
    List<LaunchPlan.Escalation> levels() {
        return levels;
    }

    private Map<String, Channel> spokenOf() {
        Map<String, Channel> all = new LinkedHashMap<>();
        plan.informed().forEach(channel -> all.putIfAbsent(channel.name(), channel));
        plan.escalations().forEach(escalation -> all.putIfAbsent(escalation.to().name(), escalation.to()));
        plan.headsTo().ifPresent(channel -> all.putIfAbsent(channel.name(), channel));
        for (Step step : steps) {
            if (step.what() instanceof Moment.Step.Announce announce) {
                Channel channel = announce.announcement().channel();
                all.putIfAbsent(channel.name(), channel);
            }
        }
        return all;
    }

    /** What each step does, by its id. */
    Map<String, String> contents() {
        Map<String, String> contents = new LinkedHashMap<>();
        for (Step step : steps) {
            StringBuilder text = new StringBuilder(step.what().getClass().getSimpleName());
            step.list().ifPresent(list -> text.append(' ').append(list.digest()));
            if (step.what() instanceof Moment.Step.Perform perform) {
                perform.actions()
                        .forEach(action ->
                                text.append(' ').append(action.id()).append(' ').append(action.sentence()));
            } else if (step.what() instanceof Moment.Step.Identity identity) {
                text.append(' ')
                        .append(identity.of().id())
                        .append(' ')
                        .append(identity.served().sentence());
            } else if (step.what() instanceof Moment.Step.Announce announce) {
                text.append(' ').append(announce.announcement());
            }
            contents.put(step.id(), Ids.digest(text.toString()));
        }
        return contents;
    }

    /** Ids of all actions that the plan performs, with the actions. */
    Map<String, Action> actions() {
        Map<String, Action> all = new LinkedHashMap<>();
        steps.forEach(step -> step.actions().forEach(action -> all.putIfAbsent(action.id(), action)));
        return all;
    }

    private String parameters() {
        StringBuilder text = new StringBuilder(plan.isDrill() ? "a drill\n" : "").append(plan.describe());
        Set<String> lists = new LinkedHashSet<>();
        for (Step step : steps) {
            text.append('\n').append(step.id()).append(' ').append(step.of().ending());
            step.list().ifPresent(list -> lists.add(list.digest()));
            if (step.what() instanceof Moment.Step.Perform perform) {
                perform.actions()
                        .forEach(action -> text.append(' ')
                                .append(action.id())
                                .append(' ')
                                .append(action.sentence())
                                .append(' ')
                                .append(action.conduct()));
            }
        }
        plan.watch().ifPresent(watch -> {
            watch.phases().forEach(phase -> lists.add(phase.list().digest()));
            watch.daily().forEach(daily -> lists.add(daily.list().digest()));
        });
        text.append('\n').append(lists);
        probes.forEach((id, probe) -> text.append('\n')
                .append(id)
                .append(' ')
                .append(probe.sentence())
                .append(probe.every()));
        sources.forEach((id, source) -> text.append('\n')
                .append(id)
                .append(' ')
                .append(source.slot())
                .append(' ')
                .append(source.settlesAfter()));
        plan.policy()
                .ifPresent(policy -> text.append('\n')
                        .append(policy)
                        .append(' ')
                        .append(Rollbacks.verification(policy).digest()));
        return text.toString();
    }
}
