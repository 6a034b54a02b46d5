package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Channel;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.GoLiveException;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.internal.Arguments;
import dev.golive.journal.Journal;
import dev.golive.rollback.Sample;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A launch that is armed: a plan, an environment, a planned instant and a journal.
 *
 * <p>{@link #run} carries it out to its end. A host that has other things to do calls {@link #advance} instead, which does
 * what is due and says when there is something to do again. {@link #control} is what people have. Whatever happens is
 * journaled before anything follows from it; arming the same plan with the same journal again takes the launch up where
 * it was, also after a crash.
 *
 * <p>Thread-safe. Only one thread at a time carries the launch on; the others wait for it.
 */
public final class Launch implements AutoCloseable {

    /** How long what was merely seen may wait to be written. */
    private static final Duration UNWRITTEN = Duration.ofMinutes(1);

    /** How many entries that were merely seen may wait to be written. */
    private static final int UNWRITTEN_ENTRIES = 64;

    /** How long a stop of everything may last until it is an alarm of its own, where nothing is sampled. */
    private static final Duration STALLED = Duration.ofMinutes(1);

    /** How long what could not be posted is tried again after the launch is over. */
    private static final Duration LAST_WORDS = Duration.ofMinutes(15);

    /** A stop that is shorter is nobody's concern: a machine may be busy. */
    private static final Duration SPURIOUS = Duration.ofSeconds(15);

    /** How old the board beside the journal may be. */
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);

    private final Course course;
    private final GoLive golive;
    private final Journal journal;
    private final TimeSource time;
    private final Machine machine;
    private final Performer performer;
    private final @Nullable Inbox inbox;
    private final Object monitor = new Object();
    private final Deque<Input> arrived = new ArrayDeque<>();
    private final List<Journal.Draft> unwritten = new ArrayList<>();
    private final List<Sample> unwrittenSamples = new ArrayList<>();
    private final Object driving = new Object();
    private State state;

    /** The newest time that this launch went by, and how far it is ahead of a clock that was set back. */
    private Instant latest;

    private volatile Duration shift = Duration.ZERO;
    private Instant wake = Instant.MIN;
    private Instant unwrittenSince = Instant.MAX;
    private String shownGist = "";
    private Instant shownAt = Instant.MIN;
    private TimeSource.@Nullable Gate sleeping;
    private TimeSource.@Nullable Alarm heartbeat;
    private @Nullable Instant advancedAt;
    private @Nullable RuntimeException broken;
    private boolean closed;

    private Launch(Course course, GoLive golive, Journal journal, Environment environment, State state) {
        this.course = course;
        this.golive = golive;
        this.journal = journal;
        this.time = golive.time();
        this.machine = new Machine(course);
        this.performer = new Performer(course, golive, environment, this::arrive, () -> shift);
        this.inbox = journal.file().map(Inbox::of).orElse(null);
        this.state = state;
        this.latest = state.last;
    }

    // ---- the time that it goes by

    /**
     * The clock's time, but never an earlier one than before: after a clock was set back, everything goes on as if it had
     * not been, and nothing is waited for an hour longer or done again.
     */
    private Instant clock() {
        Instant now = time.now().plus(shift);
        if (now.isBefore(latest)) {
            shift = shift.plus(Duration.between(now, latest));
            now = latest;
        }
        latest = now;
        return now;
    }

    /** What the clock will show at an instant of this launch. */
    private Instant shown(Instant at) {
        return at.equals(Instant.MAX) || at.equals(Instant.MIN) ? at : at.minus(shift);
    }

    // ---- arming

    static Launch arm(
            LaunchPlan plan,
            GoLive golive,
            Journal journal,
            Environment environment,
            LocalDateTime planned,
            Person operator) {
        Instant t = planned.atZone(plan.zone()).toInstant();
        try (TimeSource.Turn turn = golive.time().join("arming " + plan.name())) {
            boolean fresh = journal.size() == 0;
            State state = Arming.replay(plan, journal);
            Arming.refuseWhatCannotWork(plan, golive, journal, environment, t, fresh ? null : state);
            Launch launch = new Launch(plan.course(), golive, journal, environment, state);
            if (fresh) {
                Event.Armed armed = Arming.freeze(plan, golive, journal, environment, t, operator);
                launch.take(new Input.Armed(armed));
            }
            if (!state.isOver()) {
                launch.take(new Input.Opened(
                        Arming.instance(journal, golive.time()),
                        Arming.host(golive.time()),
                        fresh ? null : state.last,
                        plan.digest(),
                        Arming.others(journal, plan, environment)));
            }
            return launch;
        }
    }

    // ---- carrying on

    /**
     * Does what is due, waits for what that leads to, and returns.
     *
     * @return when there is something to do again; {@link Instant#MAX} if the launch is over or waits for people alone
     * @throws dev.golive.journal.JournalException if the journal cannot be written; nothing more is done then
     * @throws IllegalStateException if the launch is closed
     */
    public Instant advance() {
        synchronized (driving) {
            try (TimeSource.Turn turn = time.join("launch of " + course.plan().name())) {
                boolean waiting = true;
                while (waiting) {
                    waiting = settle();
                }
                showBoard();
                synchronized (monitor) {
                    return state.isOver() && state.inFlight.isEmpty() && nothingToPost() ? Instant.MAX : shown(wake);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return time.now();
            }
        }
    }

    /** Takes what has arrived and what is due; returns whether something is still under way. */
    private boolean settle() throws InterruptedException {
        readInbox();
        Input next = next();
        take(next == null ? new Input.Wake() : next);
        TimeSource.Gate gate;
        Instant until;
        synchronized (monitor) {
            if (!arrived.isEmpty()) {
                return true;
            }
            if (state.inFlight.isEmpty()) {
                return false;
            }
            gate = time.gate();
            sleeping = gate;
            until = shown(wake);
        }
        showBoard();
        Instant longest = time.now().plus(inbox == null ? Duration.ofHours(1) : Inbox.EVERY);
        gate.await(until.isBefore(longest) ? until : longest);
        return true;
    }

    private boolean nothingToPost() {
        return wake.equals(Instant.MAX);
    }

    /**
     * Carries the launch on until it is over. What could not be posted then is tried again for a quarter of an hour.
     *
     * @return how it ended
     * @throws InterruptedException if the thread is interrupted; the launch can be carried on afterwards
     * @throws dev.golive.journal.JournalException if the journal cannot be written; nothing more is done then
     * @throws IllegalStateException if the launch is closed
     */
    public LaunchState run() throws InterruptedException {
        return run(null);
    }

    /**
     * Carries the launch on until it is over, waits for nothing but people, or has nothing to do for a while. For a job
     * that exits then and is started again later: arming with the same journal takes the launch up.
     *
     * @param longestPause how long it may have nothing to do, longer than zero
     * @return where the launch stands
     * @throws InterruptedException if the thread is interrupted; the launch can be carried on afterwards
     * @throws dev.golive.journal.JournalException if the journal cannot be written; nothing more is done then
     * @throws IllegalStateException if the launch is closed
     */
    public LaunchState runUntilWaiting(Duration longestPause) throws InterruptedException {
        return run(Arguments.positive(longestPause, "longestPause"));
    }

    private LaunchState run(@Nullable Duration longestPause) throws InterruptedException {
        try (TimeSource.Turn turn = time.join("running " + course.plan().name())) {
            Instant over = Instant.MAX;
            while (true) {
                Instant next = advance();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                State now = now();
                if (now.isOver() && over.equals(Instant.MAX)) {
                    over = time.now().plus(LAST_WORDS);
                }
                boolean leave = longestPause != null
                        && (waitsForPeopleAlone(now) || next.isAfter(time.now().plus(longestPause)));
                // nobody should miss how it ended because a room could not be reached in that minute
                boolean said = next.equals(Instant.MAX) || !time.now().isBefore(over);
                if (now.isOver() ? said : leave) {
                    return now.state();
                }
                awaitNews(next);
            }
        }
    }

    /** Whether no step can go on, no signal is sampled and nothing is rolled back until somebody says something. */
    private static boolean waitsForPeopleAlone(State now) {
        return !now.needs.isEmpty() && now.probingSince == null && now.row == null;
    }

    private void awaitNews(Instant known) throws InterruptedException {
        TimeSource.Gate gate;
        Instant next;
        synchronized (monitor) {
            if (!arrived.isEmpty()) {
                return;
            }
            gate = time.gate();
            sleeping = gate;
            // somebody may have said something meanwhile that makes something due sooner
            Instant due = shown(wake);
            next = due.isBefore(known) ? due : known;
        }
        Instant longest = time.now().plus(inbox == null ? Duration.ofHours(1) : Inbox.EVERY);
        gate.await(next.isBefore(longest) ? next : longest);
    }

    private @Nullable Input next() {
        synchronized (monitor) {
            return arrived.poll();
        }
    }

    private void arrive(Input input) {
        TimeSource.Gate gate;
        synchronized (monitor) {
            arrived.add(input);
            gate = sleeping;
        }
        if (gate != null) {
            gate.open();
        }
    }

    private void readInbox() {
        if (inbox != null && !now().isOver()) {
            for (Command command : inbox.take()) {
                take(new Input.Commanded(clean(command)));
                inbox.done(command);
            }
        }
    }

    /**
     * The board beside the journal is for people: it follows at once what became of the launch and of what they said, and
     * everything else in a second. It is written when there is time, and not before something is reacted to.
     */
    private void showBoard() {
        if (inbox == null) {
            return;
        }
        List<String> board;
        synchronized (monitor) {
            String gist = state.state() + " " + state.needs.keySet() + " " + state.commands.size();
            Instant now = clock();
            if (gist.equals(shownGist) && now.isBefore(shownAt.plus(SHOWN_EVERY))) {
                return;
            }
            shownGist = gist;
            shownAt = now;
            board = board();
        }
        inbox.show(board);
    }

    // ---- one step

    /** Applies the function: what happened is journaled, then what follows is begun. */
    private void take(Input input) {
        synchronized (monitor) {
            if (broken != null) {
                throw broken;
            }
            if (closed) {
                throw new IllegalStateException("the launch is closed");
            }
            Instant now = clock();
            Machine.Result result = machine.step(state, input, now);
            write(result.events(), now);
            state = result.state();
            wake = result.wake();
            if (unwrittenSince.isBefore(Instant.MAX)
                    && unwrittenSince.plus(UNWRITTEN).isBefore(wake)
                    && !state.isOver()) {
                wake = unwrittenSince.plus(UNWRITTEN);
            }
            for (Effect effect : result.effects()) {
                performer.perform(effect, state, journal.head());
            }
            beat(now);
        }
    }

    private void write(List<Event> events, Instant now) {
        boolean durable = false;
        int last = events.size() - 1;
        while (last >= 0 && events.get(last) instanceof Event.Sampled) {
            last--;
        }
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (event instanceof Event.Sampled sampled) {
                unwrittenSamples.addAll(sampled.samples());
            } else {
                gatherSamples(now);
                unwritten.add(Replay.draft(event, now, i < last));
            }
            if (unwrittenSince.equals(Instant.MAX)) {
                unwrittenSince = now;
            }
            durable |= event.durable();
        }
        boolean old = !unwrittenSince.equals(Instant.MAX) && !now.isBefore(unwrittenSince.plus(UNWRITTEN));
        if (durable || old || unwritten.size() + unwrittenSamples.size() > UNWRITTEN_ENTRIES) {
            flush(now, durable);
        }
    }

    private void flush(Instant now, boolean durable) {
        gatherSamples(now);
        if (!unwritten.isEmpty()) {
            try {
                journal.append(List.copyOf(unwritten), durable);
            } catch (RuntimeException | Error e) {
                // what is not journaled must not be done: nothing follows from this step, or from any later one
                broken = e instanceof RuntimeException failed
                        ? failed
                        : new GoLiveException("the journal could not be written: " + e, e);
                throw e;
            }
            unwritten.clear();
        }
        unwrittenSince = Instant.MAX;
    }

    /** Samples that nothing came between are one entry. */
    private void gatherSamples(Instant now) {
        if (!unwrittenSamples.isEmpty()) {
            unwritten.add(Replay.draft(new Event.Sampled(List.copyOf(unwrittenSamples)), now, false));
            unwrittenSamples.clear();
        }
    }

    /** An alarm of its own for the case that nobody carries the launch on any more. */
    private void beat(Instant now) {
        advancedAt = now;
        if (heartbeat != null) {
            heartbeat.close();
            heartbeat = null;
        }
        if (state.probingSince == null || state.isOver()) {
            return;
        }
        if (state.probingEnded != null) {
            // nothing is sampled any more, but what is due next has to happen
            heartbeat = wake.equals(Instant.MAX) ? null : time.at(shown(wake.plus(STALLED)), this::stalled);
            return;
        }
        Duration longest = Stream.concat(course.probes().values().stream(), course.sources().values().stream())
                .map(signal -> signal.every().multipliedBy(3))
                .min(Duration::compareTo)
                .orElse(STALLED);
        Instant due = now.plus(longest.compareTo(SPURIOUS) < 0 ? SPURIOUS : longest);
        heartbeat = time.at(shown(due), this::stalled);
    }

    private void stalled() {
        synchronized (monitor) {
            if (closed || state.isOver()) {
                return;
            }
            String text = course.plan().name() + " is not being watched: nothing was looked at since " + advancedAt;
            Map<String, Channel> told = new LinkedHashMap<>();
            course.plan().informed().forEach(channel -> told.put(channel.name(), channel));
            course.plan().escalations().forEach(one -> told.put(one.to().name(), one.to()));
            told.forEach(
                    (name, channel) -> performer.perform(new Effect.Beat("stalled@" + name, channel, text), state, ""));
        }
    }

    // ---- what people have

    /**
     * What people do to this launch.
     *
     * @return the control of this launch
     */
    public LaunchControl control() {
        return new LaunchControl(this::tell, this::board, time, journal::size);
    }

    private LaunchControl.Reply tell(Command command) {
        try (TimeSource.Turn turn = time.join("telling " + course.plan().name())) {
            Command clean = clean(command);
            take(new Input.Commanded(clean));
            TimeSource.Gate gate;
            Event.Commanded told;
            synchronized (monitor) {
                gate = sleeping;
                told = Objects.requireNonNull(state.commands.get(clean.id()));
            }
            if (gate != null) {
                gate.open();
            }
            return new LaunchControl.Reply(told.accepted(), told.because());
        }
    }

    private Command clean(Command command) {
        Map<String, String> details = new LinkedHashMap<>();
        command.details().forEach((name, value) -> details.put(name, golive.redacted(value)));
        Answer said = command.answer();
        Answer answer = said == null
                ? null
                : new Answer(
                        said.itemId(),
                        said.kind(),
                        said.by(),
                        said.at(),
                        said.digest(),
                        golive.redacted(said.comment()));
        return new Command(
                command.id(), command.kind(), command.by(), golive.redacted(command.reason()), details, answer);
    }

    // ---- what can be seen

    State now() {
        synchronized (monitor) {
            return state;
        }
    }

    Course course() {
        return course;
    }

    /**
     * Where the launch stands.
     *
     * @return the state
     */
    public LaunchState state() {
        return now().state();
    }

    /**
     * H: when the first deployment was confirmed.
     *
     * @return the instant, empty as long as there is none
     */
    public Optional<Instant> launched() {
        return Optional.ofNullable(now().h);
    }

    /**
     * What waits for people.
     *
     * @return everything that does, the longest waiting first
     */
    public List<Waiting> waiting() {
        return now().needs.values().stream()
                .map(need -> new Waiting(need.key(), need.what(), need.owner(), need.since()))
                .toList();
    }

    /**
     * The digest that a {@linkplain LaunchControl#decide decision} has to quote.
     *
     * @return the digest of the verdict that waits for a decision, empty if none does
     */
    public Optional<String> asksDecisionOn() {
        return Commands.asked(now()).map(State.Clearance::digest);
    }

    /**
     * What everything that was examined comes to, the newest report of each list.
     *
     * @return the reports as one
     * @throws GoLiveException if nothing was examined yet
     */
    public Report verdict() {
        State now = now();
        Map<String, Report> newest = new LinkedHashMap<>();
        now.lists.values().stream()
                .filter(list -> !list.report().isEmpty())
                .sorted(Comparator.comparing(State.ListState::at))
                .map(list -> Report.fromJson(list.report()))
                .forEach(report -> newest.put(report.sources().get(0).list(), report));
        if (newest.isEmpty()) {
            throw new GoLiveException("nothing was examined yet");
        }
        return Report.merge(List.copyOf(newest.values()));
    }

    /**
     * Everything that happened: the timeline, who decided what on which evidence, budgets and measured times.
     *
     * @return the report so far
     */
    public LaunchReport report() {
        synchronized (monitor) {
            if (broken == null && !closed) {
                flush(clock(), false);
            }
            return LaunchReport.of(journal);
        }
    }

    /**
     * What is due, overdue and next, and what waits for whom.
     *
     * @return some lines for people
     */
    public String explain() {
        synchronized (monitor) {
            return Explanation.of(course, state, clock());
        }
    }

    /**
     * What a person needs to take everything back by hand: frozen ids, commands, order, verification, roles.
     *
     * @return one page
     */
    public String breakGlassCard() {
        return BreakGlass.card(course, now());
    }

    private List<String> board() {
        synchronized (monitor) {
            return Board.of(course, state, journal, clock());
        }
    }

    /** Writes what is still to be written. What is under way is left to the next one who arms this launch. */
    @Override
    public void close() {
        synchronized (monitor) {
            if (closed) {
                return;
            }
            if (heartbeat != null) {
                heartbeat.close();
            }
            if (broken == null) {
                flush(clock(), true);
            }
            closed = true;
        }
    }
}
