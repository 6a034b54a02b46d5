package dev.golive;

import dev.golive.internal.Ids;
import dev.golive.time.Offset;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of one list.
 *
 * <p>Everything to be examined is a {@link Node}; nodes need nodes. Workers take ready nodes from a queue until it is
 * empty and then end, so that a worker never waits. All state is guarded by one monitor, which is never held while a
 * check, a hook, a listener or a wait runs.
 */
final class Run {

    /** The name of the fact that tells of an attempt that was not good, before one that was. */
    static final String EARLIER = "earlier attempt";

    /** The name of the fact that tells that a trial was not performed again. */
    private static final String CARRIED_OVER = "carried over";

    /** How long a check that was given up may take to end. */
    private static final Duration LEAVING = Duration.ofMillis(500);

    private static final Duration WITNESS_FRESH = Duration.ofSeconds(1);

    enum Role {
        WITNESS,
        PRECONDITION,
        CONDITION,
        ITEM
    }

    /** When nodes may be examined: trials that exhaust a limit after everything else, approvals last. */
    private static final int PHASES = 3;

    static final int ORDINARY = 0;
    static final int EXHAUSTING = 1;
    static final int APPROVING = 2;

    /** Something to be examined, and how far that has come. */
    static final class Node {
        final String id;
        private final String sentence;
        private final Role role;
        private final Checklist.@Nullable Entry entry;
        private final @Nullable Check check;
        private final Timing timing;
        private boolean required;
        private final Set<Node> needs = new LinkedHashSet<>(2);
        private final List<Node> dependents = new ArrayList<>(0);
        private @Nullable Node condition;
        private int phase;
        private int waitingFor;

        private int attempts;
        private @Nullable Instant startedAt;
        private Duration startedElapsed = Duration.ZERO;
        private @Nullable Instant tryUntil;
        private @Nullable Duration goodSince;
        private @Nullable Outcome firstBad;
        private @Nullable Outcome lastBad;
        private @Nullable Outcome lastWhole;
        private @Nullable Outcome performed;
        private boolean cleaningUp;
        private boolean inconclusive;
        private @Nullable Outcome waitsForWitness;
        private TimeSource.@Nullable Alarm retry;
        private @Nullable Attempt attempt;
        private @Nullable ItemResult result;
        private Set<String> rootCauses = Set.of();
        private People.@Nullable Judgement judgement;
        private @Nullable String asked;

        private Node(String id, String sentence, Role role, Checklist.@Nullable Entry entry, @Nullable Check check) {
            this.id = id;
            this.sentence = sentence;
            this.role = role;
            this.entry = entry;
            this.check = check;
            this.timing = check == null ? Timing.standard() : check.timing();
        }

        private Item.Kind kind() {
            return entry == null ? Item.Kind.PRECONDITION : entry.item().kind();
        }

        private boolean asksPeople() {
            return kind() == Item.Kind.CONFIRMATION || kind() == Item.Kind.APPROVAL;
        }

        private @Nullable Trial trial() {
            return entry == null ? null : entry.item().trial().orElse(null);
        }

        private Set<Capture<?>> reads() {
            if (entry != null) {
                return entry.item().reads();
            }
            return check == null ? Set.of() : check.reads();
        }

        private Set<Capture<?>> writes() {
            return entry == null ? Set.of() : entry.item().captures();
        }

        private boolean touchesTheWorld() {
            Trial trial = trial();
            return check != null
                    ? !check.touches().isEmpty()
                    : trial != null && !trial.touches().isEmpty();
        }

        boolean isWitness() {
            return role == Role.WITNESS;
        }

        private boolean settled() {
            return result != null;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private final Engine engine;
    private final Settings settings;
    private final TimeSource time;
    private final Checklist list;
    private final Environment environment;
    private final @Nullable Release release;
    private final Consumer<Report> whenEnded;
    private final TimeSource.Gate done;
    private final Events events;

    private final Object monitor = new Object();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> witnesses = new ArrayList<>();
    private final Map<Capture<?>, Object> captured = new HashMap<>();
    private final Deque<Node> ready = new ArrayDeque<>();
    private final List<List<Node>> held = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final int[] unsettled = new int[PHASES];
    private final Set<Attempt> inFlight = new LinkedHashSet<>();
    private final List<Attempt> abandoned = new ArrayList<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private Instant startedAt = Instant.EPOCH;
    private Duration startedElapsed = Duration.ZERO;
    private Instant deadline = Instant.MAX;
    private int phase;
    private int workers;
    private int itemsDone;
    private int items;
    private TimeSource.@Nullable Alarm watch;
    private @Nullable Instant watchDue;
    private TimeSource.@Nullable Alarm deadlineAlarm;
    private TimeSource.@Nullable Alarm leaving;
    private boolean leavingIsOver;
    private @Nullable Duration settledElapsed;
    private @Nullable String cancelled;
    private @Nullable Instant witnessedAt;
    private boolean witnessGood;
    private String witnessWhy = "";
    private @Nullable String stateDigest;
    private @Nullable Report report;

    Run(Engine engine, Checklist list, Environment environment, @Nullable Release release, Consumer<Report> whenEnded) {
        this.engine = engine;
        this.settings = engine.settings();
        this.time = settings.time();
        this.list = list;
        this.environment = environment;
        this.release = release;
        this.whenEnded = whenEnded;
        this.done = time.gate();
        this.events = new Events(settings.listeners());
        plan();
    }

    // ---- what outsiders see

    Engine engine() {
        return engine;
    }

    TimeSource time() {
        return time;
    }

    Environment environment() {
        return environment;
    }

    Object captured(Capture<?> root) {
        synchronized (monitor) {
            Object value = root.isGiven() ? settings.given().get(root) : captured.get(root);
            if (value == null) {
                throw new GoLiveException(root + " is not there: the item that captures it did not run");
            }
            return value;
        }
    }

    boolean isDone() {
        synchronized (monitor) {
            return report != null;
        }
    }

    Report await() throws InterruptedException {
        boolean ended = false;
        while (!ended) {
            ended = done.await(time.now().plus(Duration.ofDays(1)));
        }
        synchronized (monitor) {
            return Objects.requireNonNull(report);
        }
    }

    /** Waits for trials that are still taking their test data away, which a closed runner would keep them from. */
    void awaitCleaningUp() throws InterruptedException {
        Duration longest = null;
        synchronized (monitor) {
            for (Node node : nodes) {
                Trial trial = node.trial();
                if (trial != null && node.cleaningUp && !node.settled()) {
                    longest = longest == null || longest.compareTo(trial.timeout()) < 0 ? trial.timeout() : longest;
                }
            }
        }
        if (longest != null) {
            try (TimeSource.Turn turn = time.join("closing")) {
                done.await(time.now().plus(longest));
            }
        }
    }

    void cancel(String reason) {
        List<Attempt> broken;
        synchronized (monitor) {
            if (report != null || cancelled != null) {
                return;
            }
            broken = giveUp("not examined: the run was cancelled, " + reason);
        }
        breakOff(broken);
        events.deliver();
    }

    // ---- planning

    private void plan() {
        Map<Check, Node> preconditions = new LinkedHashMap<>();
        Map<Check, Node> conditions = new HashMap<>();
        Map<String, Node> byId = new HashMap<>();
        Map<Capture<?>, Node> writers = new HashMap<>();
        List<Node> itemNodes = new ArrayList<>(list.entries().size());
        for (Check check : settings.witness()) {
            Node node = new Node("witness-" + Ids.from(check.sentence()), check.sentence(), Role.WITNESS, null, check);
            witnesses.add(node);
        }
        for (Checklist.Entry entry : list.entries()) {
            Item item = entry.item();
            Node node = new Node(
                    item.id(), item.sentence(), Role.ITEM, entry, item.check().orElse(null));
            node.required = entry.required();
            node.phase = ownPhase(item);
            itemNodes.add(node);
            byId.put(item.id(), node);
            for (Capture<?> capture : item.captures()) {
                writers.put(capture.root(), node);
            }
        }
        Set<String> ids = new HashSet<>(byId.keySet());
        for (Node node : itemNodes) {
            Checklist.Entry entry = Objects.requireNonNull(node.entry);
            for (Check check : Checklist.preconditionsOf(entry)) {
                need(node, precondition(check, preconditions, ids, node.required));
            }
            entry.item().condition().ifPresent(check -> {
                Node condition = conditions.computeIfAbsent(
                        check,
                        any -> new Node(
                                "only-if-" + Ids.from(check.sentence()),
                                check.sentence(),
                                Role.CONDITION,
                                null,
                                check));
                for (Check needed : check.preconditions()) {
                    need(condition, precondition(needed, preconditions, ids, node.required));
                }
                for (Capture<?> capture : check.reads()) {
                    if (!capture.isGiven()) {
                        need(condition, Objects.requireNonNull(writers.get(capture.root())));
                    }
                }
                node.condition = condition;
                need(node, condition);
            });
            for (String id : entry.item().after()) {
                need(node, Objects.requireNonNull(byId.get(id)));
            }
            node.reads().stream()
                    .filter(capture -> !capture.isGiven())
                    .map(capture -> Objects.requireNonNull(writers.get(capture.root())))
                    .filter(writer -> writer != node)
                    .forEach(writer -> need(node, writer));
        }
        nodes.addAll(preconditions.values());
        nodes.addAll(conditions.values());
        nodes.addAll(itemNodes);
        items = itemNodes.size() + preconditions.size();
        spreadPhases();
        for (Node node : nodes) {
            node.waitingFor = node.needs.size();
            unsettled[node.phase]++;
        }
    }

    /** The node of a precondition. A sentence alone does not make two one: it need not name the account or tenant. */
    private static Node precondition(Check check, Map<Check, Node> known, Set<String> ids, boolean required) {
        Node node = known.get(check);
        if (node == null) {
            String plain = "given-" + Ids.from(check.sentence());
            String id = plain;
            for (int i = 1; !ids.add(id); i++) {
                // results, waivers and root causes are told apart by their id
                id = plain + "-" + Ids.digest(check.sentence()).substring(0, 8) + (i == 1 ? "" : "-" + i);
            }
            node = new Node(id, check.sentence(), Role.PRECONDITION, null, check);
            known.put(check, node);
            for (Check deeper : check.preconditions()) {
                Node needed = precondition(deeper, known, ids, required);
                if (!reaches(needed, node)) {
                    need(node, needed);
                }
            }
        }
        if (required) {
            makeRequired(node);
        }
        return node;
    }

    /** Two preconditions that name each other are examined both, rather than never. */
    private static boolean reaches(Node from, Node to) {
        return from == to || from.needs.stream().anyMatch(node -> reaches(node, to));
    }

    private static void makeRequired(Node node) {
        if (!node.required) {
            node.required = true;
            node.needs.forEach(Run::makeRequired);
        }
    }

    private static void need(Node node, Node needed) {
        if (node != needed && node.needs.add(needed)) {
            needed.dependents.add(node);
        }
    }

    private static int ownPhase(Item item) {
        if (item.kind() == Item.Kind.APPROVAL) {
            return APPROVING;
        }
        return item.trial().map(Trial::exhaustsLimit).orElse(false) ? EXHAUSTING : ORDINARY;
    }

    /** A node comes no earlier than what it needs. */
    private void spreadPhases() {
        Deque<Node> changed = new ArrayDeque<>();
        nodes.stream().filter(node -> node.phase > ORDINARY).forEach(changed::add);
        for (Node node = changed.poll(); node != null; node = changed.poll()) {
            for (Node dependent : node.dependents) {
                if (dependent.phase < node.phase) {
                    dependent.phase = node.phase;
                    changed.add(dependent);
                }
            }
        }
    }

    // ---- the course of a run

    void start() {
        events.add(listener -> listener.started(list, environment));
        synchronized (monitor) {
            if (cancelled != null) {
                // the runner was closed a moment ago
                return;
            }
            startedAt = time.now();
            startedElapsed = time.elapsed();
            deadline = startedAt.plus(settings.deadline());
            deadlineAlarm = time.at(deadline, this::deadlinePassed);
            remarkOnWaivers();
            witnesses.forEach(ready::add);
            for (Node node : nodes) {
                if (node.waitingFor == 0 && !node.settled()) {
                    admit(node);
                }
            }
            openPhases();
            hire(0);
            finishIfSettled();
        }
        events.deliver();
    }

    private void deadlinePassed() {
        List<Attempt> broken;
        synchronized (monitor) {
            if (report != null || cancelled != null) {
                return;
            }
            broken = giveUp("not examined: the run's deadline of " + Spans.text(settings.deadline()) + " had passed");
        }
        breakOff(broken);
        events.deliver();
    }

    /**
     * Starts a worker if there is work for one more than {@code spare} workers that are about to look for some
     * themselves. It starts the next one in turn when it takes its work: work that is done at once is done by few.
     */
    private void hire(int spare) {
        int width = phase == EXHAUSTING ? 1 : settings.concurrency();
        if (ready.size() <= spare || workers >= width) {
            return;
        }
        workers++;
        try {
            time.start(engine.workers().checks(), "run of " + list, this::work);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter: the machine has no more threads
            workers--;
            if (workers == 0) {
                giveUpForLackOfThreads();
            }
        }
    }

    private void giveUpForLackOfThreads() {
        List<Attempt> broken =
                cancelled == null ? giveUp("not examined: no thread could be had to examine it") : List.of();
        for (Node node : List.copyOf(ready)) {
            ready.remove(node);
            if (node.cleaningUp && !node.settled()) {
                performed(node, Outcome.unknown("no thread could be had to clean up"));
            }
        }
        finishIfSettled();
        breakOffLater(broken);
        time.at(time.now(), events::deliver);
    }

    private void work() {
        Attempt attempt = next();
        while (attempt != null) {
            events.deliver();
            Outcome outcome = null;
            if (attempt.enter()) {
                try {
                    outcome = examine(attempt);
                    // in virtual time, a check that left before its answer was complete takes its turn again here
                    time.now();
                } finally {
                    attempt.leave();
                }
            }
            boolean givenUp;
            synchronized (monitor) {
                givenUp = !inFlight.remove(attempt);
                if (givenUp && time.cooperative()) {
                    // it is no longer part of virtual time: what it did or delivered now could come at any time
                    return;
                }
                if (!givenUp) {
                    attempt.end();
                    returned(attempt.node(), Objects.requireNonNull(outcome), false);
                    openPhases();
                    hire(1);
                }
                finishIfSettled();
            }
            events.deliver();
            if (givenUp) {
                // its place was taken by another worker
                return;
            }
            attempt = next();
        }
    }

    private @Nullable Attempt next() {
        synchronized (monitor) {
            // workers of the phase before may still be about; what exhausts a limit runs alone all the same
            Node node = phase == EXHAUSTING && !inFlight.isEmpty() ? null : ready.poll();
            if (node == null) {
                workers--;
                return null;
            }
            Attempt attempt = begin(node);
            hire(0);
            return attempt;
        }
    }

    private Attempt begin(Node node) {
        Instant now = time.now();
        if (node.startedAt == null) {
            node.startedAt = now;
            node.startedElapsed = time.elapsed();
            if (!node.timing.eventually().isZero()) {
                node.tryUntil = now.plus(node.timing.eventually());
            }
        }
        Attempt attempt =
                new Attempt(this, node, node.cleaningUp ? 1 : ++node.attempts, now, limit(node, now), node.reads());
        node.attempt = attempt;
        inFlight.add(attempt);
        watch(attempt.deadline());
        if (!node.cleaningUp && (node.role == Role.ITEM || node.role == Role.PRECONDITION)) {
            int number = node.attempts;
            String id = engine.redactor().cleanId(node.id);
            events.add(listener -> listener.attempting(id, number));
        }
        return attempt;
    }

    private Instant limit(Node node, Instant now) {
        Trial trial = node.trial();
        if (trial != null) {
            Instant end = now.plus(trial.timeout());
            // taking test data away again is worth more than being on time
            return node.cleaningUp ? end : earlier(end, deadline);
        }
        if (node.asksPeople()) {
            return deadline;
        }
        Instant end = earlier(now.plus(node.timing.timeout()), deadline);
        Instant until = node.tryUntil;
        return until == null || node.goodSince != null ? end : earlier(end, until);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Outcome examine(Attempt attempt) {
        Node node = attempt.node();
        Trial trial = node.trial();
        try {
            if (trial != null) {
                if (!node.cleaningUp) {
                    return checked(node, trial.perform(attempt));
                }
                trial.cleanUp(attempt);
                return Outcome.passed();
            }
            if (node.asksPeople()) {
                return askPeople(node);
            }
            return checked(node, Objects.requireNonNull(node.check).examine(attempt));
        } catch (Throwable e) { // whatever a check throws, the run goes on, and the item says what it was
            if (e instanceof InterruptedException) {
                return Outcome.unknown("interrupted");
            }
            if (e instanceof Error) {
                System.getLogger(GoLive.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                engine.redactor().clean("The check of " + node.id + " threw " + e));
            }
            return Outcome.unknown("the check threw " + describe(e));
        }
    }

    private static String describe(Throwable e) {
        StringBuilder text = new StringBuilder(e.getClass().getSimpleName());
        if (e.getMessage() != null) {
            text.append(": ").append(e.getMessage());
        }
        Throwable cause = e.getCause();
        for (int depth = 0; cause != null && depth < 3; cause = cause.getCause(), depth++) {
            text.append(", caused by ").append(cause.getClass().getSimpleName());
            if (cause.getMessage() != null) {
                text.append(": ").append(cause.getMessage());
            }
        }
        return text.toString();
    }

    /** An outcome that keeps its promises about captures. */
    private Outcome checked(Node node, @Nullable Outcome outcome) {
        if (outcome == null) {
            return Outcome.unknown("the check returned nothing");
        }
        for (Object value : outcome.captured().values()) {
            // first of all: what is refused below drops the values, but keeps the facts that may show them
            if (value instanceof Secret secret && secret.problem() == null) {
                engine.redactor().add(secret.value());
            }
        }
        if (!outcome.finding().good()) {
            return outcome;
        }
        for (Map.Entry<Capture<?>, Object> entry : outcome.captured().entrySet()) {
            // obtained here and not under the monitor: its source may block or throw
            String problem = entry.getValue() instanceof Secret secret ? secret.problem() : null;
            if (problem != null) {
                return Outcome.unknown(
                        "the check captured " + entry.getKey().name() + ", but: " + problem,
                        outcome.facts().toArray(new Fact[0]));
            }
        }
        for (Capture<?> capture : outcome.captured().keySet()) {
            if (!node.writes().contains(capture)) {
                return Outcome.unknown(
                        "the check captured " + capture.name() + " without declaring it",
                        outcome.facts().toArray(new Fact[0]));
            }
        }
        for (Capture<?> capture : node.writes()) {
            if (!outcome.captured().containsKey(capture)) {
                return Outcome.unknown(
                        "the check passed without capturing " + capture.name() + ", as it declares",
                        outcome.facts().toArray(new Fact[0]));
            }
        }
        return outcome;
    }

    // ---- what an attempt comes to; all of this is called with the monitor held

    private void returned(Node node, Outcome raw, boolean timedOut) {
        Outcome outcome = engine.redactor().clean(raw);
        boolean cutShort = node.attempt != null && wasCutShort(node, node.attempt);
        node.attempt = null;
        if (node.role == Role.WITNESS) {
            witnessed(node, outcome);
        } else if (node.trial() != null) {
            performed(node, outcome);
        } else if (node.asksPeople()) {
            answered(node, outcome);
        } else {
            examined(node, cutShort ? notTheTargets(node, outcome, timedOut) : outcome, timedOut && !cutShort);
            if (!cutShort) {
                node.lastWhole = outcome.finding().good() ? null : outcome;
            }
        }
    }

    /** Whether an attempt was given less time than its check asks for, and used up all of it. */
    private boolean wasCutShort(Node node, Attempt attempt) {
        if (node.check == null) {
            return false;
        }
        Duration wanted = node.timing.timeout();
        if (node.attempts == 1 && !node.timing.eventually().isZero()) {
            wanted = wanted.compareTo(node.timing.eventually()) < 0 ? wanted : node.timing.eventually();
        }
        // a check may give up a little before the engine does
        return attempt.limit().compareTo(wanted) < 0
                && !time.now().isBefore(attempt.deadline().minus(attempt.limit().dividedBy(10)));
    }

    /** That no answer came in what was left of the time is not the target's fault: what was seen before stands. */
    private static Outcome notTheTargets(Node node, Outcome outcome, boolean timedOut) {
        if (!timedOut && !outcome.isUnreachable()) {
            return outcome;
        }
        Outcome before = node.lastWhole;
        return before == null
                ? Outcome.of(Finding.UNKNOWN, outcome.why(), outcome.facts())
                : before.rewritten(before.finding(), outcome.why() + "; before that: " + before.why(), before.facts());
    }

    private void performed(Node node, Outcome outcome) {
        if (!node.cleaningUp) {
            node.performed = outcome;
            node.cleaningUp = true;
            ready.addFirst(node);
            return;
        }
        Outcome result = Objects.requireNonNull(node.performed);
        if (!outcome.finding().good()) {
            Fact remains = Fact.of("cleaning up", outcome.why());
            result = result.finding() == Finding.PASSED
                    ? result.rewritten(
                            Finding.WARNED, "passed, but what it wrote may remain: " + outcome.why(), result.facts())
                    : result.with(remains);
        }
        conclude(node, result);
    }

    private void examined(Node node, Outcome outcome, boolean timedOut) {
        Timing timing = node.timing;
        Instant now = time.now();
        boolean good = outcome.finding().good();
        if (!good) {
            if (node.firstBad == null) {
                node.firstBad = outcome;
            }
            if (!timedOut) {
                node.lastBad = outcome;
            }
        }
        if (cancelled != null) {
            conclude(node, outcome);
        } else if (good && !timing.holdingFor().isZero()) {
            Duration elapsed = time.elapsed();
            if (node.goodSince == null) {
                node.goodSince = elapsed;
            }
            Duration held = elapsed.minus(node.goodSince);
            Duration left = timing.holdingFor().minus(held);
            if (left.isNegative() || left.isZero()) {
                conclude(node, outcome.with(Fact.of("held for", Spans.text(held))));
            } else {
                again(node, left.compareTo(timing.every()) < 0 ? left : timing.every());
            }
        } else if (good) {
            conclude(node, outcome);
        } else if (node.tryUntil != null && now.plus(timing.every()).isBefore(node.tryUntil)) {
            node.goodSince = null;
            again(node, timing.every());
        } else if (node.goodSince != null) {
            Duration held = time.elapsed().minus(node.goodSince);
            conclude(
                    node,
                    because(
                            outcome,
                            "did not hold for " + Spans.text(timing.holdingFor()) + ", only for " + Spans.text(held)
                                    + ": "));
        } else if (node.tryUntil != null) {
            conclude(
                    node,
                    because(lastReal(node, outcome, timedOut), "not within " + Spans.text(timing.eventually()) + ": "));
        } else if (node.attempts <= timing.retries()) {
            again(node, pause(node));
        } else {
            conclude(node, lastReal(node, outcome, timedOut));
        }
    }

    private Duration pause(Node node) {
        long longest = Timing.pauseMillis(node.attempts);
        return Duration.ofMillis(longest / 2 + random(node, node.attempts).nextLong(longest / 2 + 1));
    }

    /** Random numbers that are the same for the same seed of the run, item and attempt. */
    RandomGenerator random(Node node, int attempt) {
        return new SplittableRandom(settings.seed() * 0x9E3779B97F4A7C15L + node.id.hashCode() * 31L + attempt);
    }

    private void again(Node node, Duration pause) {
        node.retry = time.at(time.now().plus(pause), () -> {
            synchronized (monitor) {
                if (node.settled() || node.retry == null) {
                    return;
                }
                node.retry = null;
                ready.add(node);
                hire(0);
            }
            events.deliver();
        });
    }

    /** What a timeout hides: the last attempt that had something to say. */
    private static Outcome lastReal(Node node, Outcome outcome, boolean timedOut) {
        Outcome real = node.lastBad;
        if (!timedOut || real == null) {
            return outcome;
        }
        return outcome.rewritten(outcome.finding(), outcome.why() + "; before that: " + real.why(), real.facts());
    }

    private static Outcome because(Outcome outcome, String prefix) {
        return outcome.rewritten(outcome.finding(), prefix + outcome.why(), outcome.facts());
    }

    // ---- the witness

    private void witnessed(Node node, Outcome outcome) {
        node.lastBad = outcome;
        node.startedAt = null;
        if (witnesses.stream().anyMatch(witness -> witness.attempt != null || ready.contains(witness))) {
            return;
        }
        witnessedAt = time.now();
        List<Node> bad = witnesses.stream()
                .filter(witness ->
                        witness.lastBad == null || !witness.lastBad.finding().good())
                .toList();
        witnessGood = bad.isEmpty();
        witnessWhy = bad.stream()
                .map(witness ->
                        witness.sentence + " - " + (witness.lastBad == null ? "not examined" : witness.lastBad.why()))
                .collect(Collectors.joining("; "));
        if (!witnessGood) {
            remarks.add("Our own network did not work at " + witnessedAt + ": " + witnessWhy);
        }
        for (Node waiting : nodes) {
            Outcome kept = waiting.waitsForWitness;
            if (kept != null) {
                waiting.waitsForWitness = null;
                conclude(waiting, kept);
            }
        }
    }

    /** Whether the outcome must wait for news of our own network; if so, sees to it that there will be some. */
    private boolean mustAskWitness(Node node, Outcome outcome) {
        if (witnesses.isEmpty() || outcome.finding().good() || cancelled != null) {
            return false;
        }
        if (!outcome.isUnreachable() && !node.touchesTheWorld()) {
            return false;
        }
        Instant at = witnessedAt;
        if (at != null && !at.plus(WITNESS_FRESH).isBefore(time.now())) {
            return false;
        }
        node.waitsForWitness = outcome;
        for (Node witness : witnesses) {
            if (witness.attempt == null && !ready.contains(witness)) {
                ready.addFirst(witness);
            }
        }
        return true;
    }

    private Outcome inTheLightOfTheWitness(Node node, Outcome outcome) {
        if (outcome.finding().good()) {
            return outcome;
        }
        if (witnesses.isEmpty() || witnessedAt == null) {
            return outcome.isUnreachable()
                    ? outcome.with(Fact.of("own network", "not known to work: the run has no witness"))
                    : outcome;
        }
        if (!witnessGood && (outcome.isUnreachable() || node.touchesTheWorld())) {
            return outcome.rewritten(Finding.UNKNOWN, "our own network does not work: " + witnessWhy, outcome.facts())
                    .with(Fact.of("seen nevertheless", outcome.why()));
        }
        // a condition that got no answer was not evaluated, whoever is to blame for that
        if (witnessGood && outcome.isUnreachable() && node.role != Role.CONDITION) {
            return outcome.rewritten(Finding.FAILED, outcome.why(), outcome.facts())
                    .with(Fact.of("own network", "works, by the witness of " + witnessedAt));
        }
        return outcome;
    }

    // ---- settling

    private void conclude(Node node, Outcome outcome) {
        if (mustAskWitness(node, outcome)) {
            return;
        }
        Outcome last = inTheLightOfTheWitness(node, outcome);
        if (last.finding().good()) {
            captured.putAll(last.captured());
        }
        node.inconclusive = last.isInconclusive();
        ItemResult.Draft draft = draft(node);
        draft.status = Status.valueOf(last.finding().name());
        draft.why = last.why();
        List<Fact> facts = new ArrayList<>(last.facts());
        if (node.attempts > 1) {
            facts.add(Fact.of("attempts", node.attempts));
            Outcome first = node.firstBad;
            if (first != null && !first.why().equals(outcome.why())) {
                facts.add(Fact.of(EARLIER, first.why()));
            }
        }
        draft.facts = facts;
        settle(node, draft);
    }

    private ItemResult.Draft draft(Node node) {
        ItemResult.Draft draft = new ItemResult.Draft(node.id, node.sentence);
        draft.list = list.name();
        draft.kind = node.kind();
        draft.required = node.required;
        draft.attempts = node.attempts;
        draft.startedAt = node.startedAt;
        draft.took = node.startedAt == null ? Duration.ZERO : time.elapsed().minus(node.startedElapsed);
        if (node.entry != null) {
            Item item = node.entry.item();
            draft.because = item.because();
            draft.tags = item.tags();
            draft.owner = item.owner().orElse(null);
            draft.due = item.due().map(Offset::toString).orElse(null);
            if (item.kind() == Item.Kind.CONFIRMATION) {
                draft.digest = confirmationDigest(item);
            }
        }
        return draft;
    }

    /** Settles a node and, one after the other, all that this settles in turn. */
    private void settle(Node first, ItemResult.Draft firstDraft) {
        record Settled(Node node, ItemResult.Draft draft) {}
        Deque<Settled> open = new ArrayDeque<>();
        open.add(new Settled(first, firstDraft));
        for (Settled next = open.poll(); next != null; next = open.poll()) {
            Node node = next.node;
            if (node.settled()) {
                continue;
            }
            ItemResult result = settleAlone(node, next.draft);
            if (!result.status().lets() && result.status() != Status.BLOCKED) {
                node.rootCauses = Set.of(node.id);
            }
            for (Node dependent : node.dependents) {
                if (--dependent.waitingFor == 0 && !dependent.settled()) {
                    ItemResult.Draft verdict = admission(dependent);
                    if (verdict == null) {
                        enqueue(dependent);
                    } else {
                        open.add(new Settled(dependent, verdict));
                    }
                }
            }
        }
    }

    private void admit(Node node) {
        ItemResult.Draft verdict = admission(node);
        if (verdict == null) {
            enqueue(node);
        } else {
            settle(node, verdict);
        }
    }

    private void enqueue(Node node) {
        if (node.phase <= phase) {
            ready.add(node);
        } else {
            held.get(node.phase).add(node);
        }
    }

    /** Whether a node whose needs are settled is to be examined ({@code null}), or where it stands without that. */
    private ItemResult.@Nullable Draft admission(Node node) {
        ItemResult.Draft draft = draft(node);
        Node condition = node.condition;
        if (condition != null) {
            ItemResult answer = Objects.requireNonNull(condition.result);
            if (answer.status() == Status.FAILED && !condition.inconclusive) {
                draft.status = Status.NOT_APPLICABLE;
                draft.why = "applies only if " + condition.sentence + ", but " + answer.why();
                draft.facts = answer.facts();
                return draft;
            }
            if (!answer.status().lets() && answer.status() != Status.BLOCKED) {
                draft.status = Status.UNKNOWN;
                draft.why = "applies only if " + condition.sentence + ", which could not be found out: " + answer.why();
                draft.facts = answer.facts();
                return draft;
            }
        }
        if (node.entry != null) {
            Item item = node.entry.item();
            String notDue = notYetDue(item);
            if (notDue != null) {
                draft.status = Status.PENDING;
                draft.why = notDue;
                draft.notYetDue = true;
                return draft;
            }
            String from = item.from().orElse(null);
            if (from != null && !from.equals(settings.vantagePoint())) {
                draft.status = Status.PENDING;
                draft.why = "must be examined from " + from + ", and this run looks from "
                        + (settings.vantagePoint() == null ? "a place without a name" : settings.vantagePoint());
                draft.elsewhere = from;
                return draft;
            }
            Trial trial = node.trial();
            if (trial != null && carriedOver(item, trial, draft)) {
                return draft;
            }
            if (trial != null && !settings.trialsAllowedIn().contains(environment)) {
                draft.status = Status.PENDING;
                draft.why = "writes " + trial.writes() + ", and trials are not allowed in " + environment.name();
                return draft;
            }
        }
        for (Capture<?> capture : node.reads()) {
            if (capture.isGiven() && !settings.given().containsKey(capture.root())) {
                draft.status = Status.UNKNOWN;
                draft.why = "needs " + capture.name() + ", which is not known yet";
                return draft;
            }
        }
        return blocked(node, draft);
    }

    /** Whether an earlier run tells where a trial stands, so that it need not or, if it is too old, cannot be performed. */
    private boolean carriedOver(Item item, Trial trial, ItemResult.Draft draft) {
        if (!trial.captures().isEmpty()) {
            // the values are gone, and later items need them
            return false;
        }
        boolean allowed = settings.trialsAllowedIn().contains(environment);
        boolean found = false;
        for (Report report : settings.evidence()) {
            ItemResult old = report.result(item.id()).orElse(null);
            if (old == null
                    || !old.list().equals(list.name())
                    || !old.sentence().equals(item.sentence())) {
                continue;
            }
            Instant at = old.startedAt().orElse(null);
            if (at == null || !old.status().examined()) {
                continue;
            }
            String staleBecause = null;
            if (!report.environment().equals(environment)) {
                staleBecause = "is of another environment, " + report.environment();
            } else if (report.sources().stream()
                    .noneMatch(one -> one.list().equals(list.name()) && Objects.equals(one.release(), release))) {
                staleBecause = "is of another release";
            } else if (at.isAfter(startedAt.plus(People.SKEW))) {
                staleBecause = "is dated in the future";
            } else if (at.plus(item.freshFor().orElse(Duration.ZERO)).isBefore(startedAt)) {
                staleBecause =
                        "is older than " + item.freshFor().map(Spans::text).orElse("allowed");
            }
            if (staleBecause == null) {
                draft.status = old.status();
                draft.why = old.why();
                draft.attempts = old.attempts();
                draft.startedAt = at;
                draft.took = old.took();
                List<Fact> facts = new ArrayList<>(old.facts());
                facts.removeIf(fact -> fact.name().equals(CARRIED_OVER));
                facts.add(Fact.of(CARRIED_OVER, "from the run of " + at));
                draft.facts = facts;
                found = true;
            } else if (!allowed && !found) {
                draft.status = Status.STALE;
                draft.why = "what was found at " + at + " " + staleBecause + ", and trials are not allowed in "
                        + environment.name();
                draft.facts = old.facts();
                found = true;
            }
        }
        return found;
    }

    private static ItemResult.@Nullable Draft blocked(Node node, ItemResult.Draft draft) {
        Set<String> causes = new TreeSet<>();
        List<String> words = new ArrayList<>();
        boolean byFailure = false;
        for (Node needed : node.needs) {
            ItemResult result = Objects.requireNonNull(needed.result);
            if (result.status().lets() || (needed == node.condition && result.status() != Status.BLOCKED)) {
                continue;
            }
            causes.addAll(needed.rootCauses);
            byFailure |= result.status() == Status.FAILED || result.isBlockedByFailure();
            if (result.status() != Status.BLOCKED) {
                words.add(
                        needed.id + " " + result.status() + (result.why().isBlank() ? "" : " (" + result.why() + ")"));
            } else {
                words.add(needed.id + ", itself blocked by " + String.join(", ", result.blockedBy()));
            }
        }
        if (causes.isEmpty()) {
            return null;
        }
        node.rootCauses = causes;
        draft.status = Status.BLOCKED;
        draft.why = "needs " + String.join(" and ", words);
        draft.blockedBy = List.copyOf(causes);
        draft.blockedByFailure = byFailure;
        return draft;
    }

    private @Nullable String notYetDue(Item item) {
        Action action = item.until().orElse(null);
        if (action != null && !settings.performed().contains(action.id())) {
            return "not before " + action.id() + " was performed: " + action.sentence();
        }
        Offset due = item.due().orElse(null);
        ZonedDateTime launch = settings.launchAt();
        if (due == null || launch == null) {
            return null;
        }
        Instant anchor = due.anchor() == Offset.Anchor.T ? launch.toInstant() : settings.launchedAt();
        if (anchor == null) {
            return "due at " + due + ", and nothing has been launched yet";
        }
        Instant at = due.from(anchor, launch.getZone());
        return at.isAfter(startedAt) ? "due at " + due + ", that is " + at : null;
    }

    private void openPhases() {
        while (phase < PHASES - 1 && unsettledUpTo(phase) == 0) {
            phase++;
            ready.addAll(held.get(phase));
            held.get(phase).clear();
        }
    }

    private int unsettledUpTo(int last) {
        int sum = 0;
        for (int i = 0; i <= last; i++) {
            sum += unsettled[i];
        }
        return sum;
    }

    private void finishIfSettled() {
        if (report != null || unsettledUpTo(PHASES - 1) > 0) {
            return;
        }
        closeAlarms();
        ready.clear();
        List<Attempt> idle = List.copyOf(inFlight);
        idle.forEach(this::takeBack);
        breakOffLater(idle);
        if (settledElapsed == null) {
            settledElapsed = time.elapsed();
        }
        if (mayStillLeave()) {
            return;
        }
        if (leaving != null) {
            leaving.close();
            leaving = null;
        }
        for (Attempt attempt : abandoned) {
            // in virtual time nobody waits for what was given up, so nobody can say whether it ends
            for (String thread : time.cooperative() ? List.<String>of() : attempt.stuck()) {
                remarks.add(attempt.node().id + " was given up, but its check ignores being cancelled and still holds"
                        + " the thread " + thread);
            }
        }
        Redactor redactor = engine.redactor();
        List<ItemResult> results = nodes.stream()
                .filter(node -> node.role != Role.CONDITION)
                .map(node -> redactor.clean(Objects.requireNonNull(node.result)))
                .toList();
        Duration took = settledElapsed.minus(startedElapsed);
        Report.Source source = new Report.Source(
                redactor.clean(list.name()), list.digest(), release, settings.vantagePoint(), startedAt, took);
        Report finished = new Report(
                environment,
                List.of(source),
                results,
                remarks.stream().map(redactor::clean).toList());
        report = finished;
        events.add(listener -> listener.ended(finished));
        // listeners hear of the end before anybody who waits for it goes on
        events.afterwards(() -> {
            engine.ended(this);
            whenEnded.accept(finished);
            done.open();
        });
    }

    /** Whether a check that was given up a moment ago has to be given the time to end before it is called stubborn. */
    private boolean mayStillLeave() {
        if (time.cooperative()
                || leavingIsOver
                || abandoned.stream().allMatch(attempt -> attempt.stuck().isEmpty())) {
            return false;
        }
        if (leaving == null) {
            leaving = time.at(time.now().plus(LEAVING), () -> {
                synchronized (monitor) {
                    leavingIsOver = true;
                    finishIfSettled();
                }
                events.deliver();
            });
        }
        return true;
    }

    private void closeAlarms() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (deadlineAlarm != null) {
            deadlineAlarm.close();
            deadlineAlarm = null;
        }
    }

    // ---- giving up

    /** One alarm for all attempts, set to the earliest deadline. */
    private void watch(Instant due) {
        if (watchDue != null && !due.isBefore(watchDue)) {
            return;
        }
        if (watch != null) {
            watch.close();
        }
        watchDue = due;
        watch = time.at(due, this::expire);
    }

    private void expire() {
        List<Attempt> expired = new ArrayList<>();
        synchronized (monitor) {
            watchDue = null;
            watch = null;
            if (report != null) {
                return;
            }
            Instant now = time.now();
            Instant earliest = null;
            for (Attempt attempt : List.copyOf(inFlight)) {
                if (!attempt.deadline().isAfter(now)) {
                    takeBack(attempt);
                    expired.add(attempt);
                } else if (earliest == null || attempt.deadline().isBefore(earliest)) {
                    earliest = attempt.deadline();
                }
            }
            if (earliest != null) {
                watch(earliest);
            }
            for (Attempt attempt : expired) {
                returned(attempt.node(), timedOut(attempt), true);
            }
            openPhases();
            hire(0);
            finishIfSettled();
        }
        breakOff(expired);
        events.deliver();
    }

    private void takeBack(Attempt attempt) {
        inFlight.remove(attempt);
        attempt.abandon();
        abandoned.add(attempt);
        workers--;
    }

    private static Outcome timedOut(Attempt attempt) {
        Node node = attempt.node();
        String why = "no result within " + Spans.text(attempt.limit());
        boolean target = node.check != null && node.check.touches().stream().anyMatch(Subject::isHost);
        return target ? Outcome.unreachable(why) : Outcome.unknown(why);
    }

    /** Fixes everything that is not settled yet; what is in flight is returned to be broken off. */
    private List<Attempt> giveUp(String why) {
        cancelled = why;
        List<Attempt> broken = new ArrayList<>();
        for (Attempt attempt : List.copyOf(inFlight)) {
            if (!attempt.node().cleaningUp) {
                takeBack(attempt);
                broken.add(attempt);
                attempt.node().attempt = null;
            }
        }
        for (Attempt attempt : broken) {
            if (attempt.node().trial() != null) {
                performed(attempt.node(), Outcome.unknown(why));
            }
        }
        ready.removeIf(node -> !node.cleaningUp);
        for (Node node : witnesses) {
            node.attempt = null;
        }
        for (Node node : nodes) {
            if (node.retry != null) {
                node.retry.close();
                node.retry = null;
            }
            if (!node.settled() && !node.cleaningUp) {
                ItemResult.Draft draft = draft(node);
                draft.why = why;
                Outcome last = node.waitsForWitness != null ? node.waitsForWitness : node.lastBad;
                if (last != null) {
                    draft.why = why + "; before that: " + last.why();
                    draft.facts = last.facts();
                }
                settleAlone(node, draft);
            }
        }
        phase = PHASES - 1;
        hire(0);
        finishIfSettled();
        return broken;
    }

    /** Settles a node without asking what that lets or blocks. */
    private ItemResult settleAlone(Node node, ItemResult.Draft draft) {
        waive(node, draft);
        ItemResult result = engine.redactor().clean(new ItemResult(draft));
        node.result = result;
        unsettled[node.phase]--;
        if (node.role != Role.CONDITION) {
            int number = ++itemsDone;
            events.add(listener -> listener.finished(result, number, items));
        }
        return result;
    }

    private void breakOffLater(List<Attempt> attempts) {
        if (!attempts.isEmpty()) {
            time.at(time.now(), () -> breakOff(attempts));
        }
    }

    /** Breaks off what hangs, on other threads: a hook may take its time, and nobody waits for it. */
    private void breakOff(Collection<Attempt> attempts) {
        Executor executor = engine.workers().hooks();
        for (Attempt attempt : attempts) {
            try {
                time.start(executor, "giving up on " + attempt.node(), attempt::breakOff);
            } catch (RejectedExecutionException e) {
                // the runner is being closed: its threads are interrupted anyway, the hooks are still owed
                attempt.breakOff();
            }
        }
    }

    // ---- people

    private Outcome askPeople(Node node) throws Exception {
        Item item = Objects.requireNonNull(node.entry).item();
        boolean approval = item.kind() == Item.Kind.APPROVAL;
        String digest = approval ? stateDigest() : confirmationDigest(item);
        Question question = new Question(item.id(), engine.redactor().clean(item.sentence()), digest, approval);
        List<Answer> answers = settings.answers().to(question);
        People.Judgement judgement = People.judge(item, question, answers, time.now());
        synchronized (monitor) {
            node.judgement = judgement;
            node.asked = digest;
        }
        return judgement.status() == Status.PASSED
                ? Outcome.of(Finding.PASSED, "", judgement.facts())
                : Outcome.of(Finding.UNKNOWN, judgement.why(), judgement.facts());
    }

    private void answered(Node node, Outcome outcome) {
        ItemResult.Draft draft = draft(node);
        draft.why = outcome.why();
        draft.facts = outcome.facts();
        // a finding has no word for pending and stale
        draft.status = node.judgement == null ? Status.UNKNOWN : node.judgement.status();
        draft.digest = node.asked;
        settle(node, draft);
    }

    private String confirmationDigest(Item item) {
        return Ids.digest(String.join(
                "\n", "confirmation", item.id(), item.sentence(), environment.canonicalText(), canonicalText(release)));
    }

    /** Every part of a release: the same tag may be built from another commit. */
    private static String canonicalText(@Nullable Release release) {
        return release == null
                ? "no release"
                : String.join(
                        "\n",
                        release.component(),
                        release.id(),
                        String.valueOf(release.commit()),
                        String.valueOf(release.digest()));
    }

    /** Of everything an approval covers, once everything but the approvals is settled. */
    private String stateDigest() {
        synchronized (monitor) {
            String known = stateDigest;
            if (known == null) {
                String open = nodes.stream()
                        .filter(node -> node.role != Role.CONDITION && node.phase < APPROVING)
                        .map(node -> Objects.requireNonNull(node.result))
                        .filter(result -> result.status() != Status.PASSED && result.status() != Status.NOT_APPLICABLE)
                        .map(result -> result.id() + " " + result.status())
                        .collect(Collectors.joining("\n"));
                String waivers = settings.waivers().stream()
                        .map(Waiver::toString)
                        .sorted()
                        .collect(Collectors.joining("\n"));
                known = Ids.digest(String.join(
                        "\n",
                        "approval",
                        list.digest(),
                        environment.canonicalText(),
                        canonicalText(release),
                        open,
                        waivers));
                stateDigest = known;
            }
            return known;
        }
    }

    // ---- waivers

    private void remarkOnWaivers() {
        for (Waiver waiver : settings.waivers()) {
            Node node = nodes.stream()
                    .filter(one -> one.role != Role.CONDITION && one.id.equals(waiver.itemId()))
                    .findFirst()
                    .orElse(null);
            if (node == null) {
                remarks.add("There is no item " + waiver.itemId() + " to waive");
                continue;
            }
            String refusal = refusal(waiver, node);
            if (refusal != null) {
                remarks.add("The waiver of " + waiver.itemId() + " by "
                        + waiver.by().id() + " does not count: " + refusal);
            }
        }
    }

    private @Nullable String refusal(Waiver waiver, Node node) {
        Item item = node.entry == null ? null : node.entry.item();
        Person by = waiver.by();
        if (item != null && !item.isWaivable()) {
            return "the item is not waivable";
        }
        if (by.automation()) {
            return by.id() + " is automation";
        }
        if (by.roles().isEmpty()) {
            return by.id() + " acts in no role";
        }
        if (item != null && item.owner().filter(by::isIn).isPresent()) {
            return by.id() + " acts as " + item.owner().get() + ", who owns the item";
        }
        if (!waiver.until().isAfter(time.now())) {
            return "it expired at " + waiver.until();
        }
        return null;
    }

    private void waive(Node node, ItemResult.Draft draft) {
        if (node.role == Role.CONDITION) {
            return;
        }
        for (Waiver waiver : settings.waivers()) {
            if (!waiver.itemId().equals(node.id)) {
                continue;
            }
            String refusal = refusal(waiver, node);
            if (refusal != null) {
                // also where the item needs no waiver: the run remarks on it, by name
                List<Fact> facts = new ArrayList<>(draft.facts);
                facts.add(Fact.of(People.NOT_COUNTED, waiver.by().id()));
                draft.facts = facts;
            }
            if (draft.status.lets() || draft.notYetDue) {
                continue;
            }
            if (refusal != null) {
                draft.why = draft.why + " (its waiver does not count: " + refusal + ")";
                continue;
            }
            List<Fact> facts = new ArrayList<>(draft.facts);
            facts.add(Fact.of("waived status", draft.status));
            facts.add(Fact.of(People.PERSON, waiver.by().id()));
            facts.add(Fact.of("waived by", waiver.by()));
            facts.add(Fact.of("waived until", waiver.until()));
            facts.add(Fact.of("waived because", waiver.reason()));
            draft.facts = Collections.unmodifiableList(facts);
            draft.why = "waived by " + waiver.by() + " until " + waiver.until() + ": " + waiver.reason()
                    + (draft.why.isBlank() ? "" : " (" + draft.status + ": " + draft.why + ")");
            draft.status = Status.WAIVED;
            return;
        }
    }
}
