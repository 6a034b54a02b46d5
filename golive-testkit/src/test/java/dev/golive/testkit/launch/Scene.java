package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.CallLog;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeJournal;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A shop that is launched in virtual time: what every scenario begins with, and what it can change. */
final class Scene implements AutoCloseable {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
    static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);
    static final Instant START = PLANNED.minusHours(1).atZone(ZONE).toInstant();
    static final Instant PLANNED_AT = PLANNED.atZone(ZONE).toInstant();

    static final Person CEO = Person.human("eve", "ceo");
    static final Person COMMANDER = Person.human("ada", "incident-commander");
    static final Person ENGINEER = Person.human("bob", "engineer");

    final VirtualTime time = VirtualTime.startingAt(START);
    final TimeSource.Turn turn = time.join("test");
    final CallLog log = new CallLog();
    final FakeComponent web = FakeComponent.named("web", time)
            .live("40")
            .deploysIn(Duration.ofSeconds(40))
            .rollsBackIn(Duration.ofSeconds(20))
            .logging(log);
    final FakeChannel room = FakeChannel.named("#launch", time).logging(log);
    final FakeChannel boss = FakeChannel.named("boss", time).logging(log);
    final FakeChannel outside = FakeChannel.named("outside", time);
    final Environment environment = Environment.named("staging");
    final GoLive golive;
    final Deploy deploy = web.deploy("41");

    /** What a look at the shop's health says, by the instant at which it is looked at. */
    volatile Function<Instant, Outcome> health = at -> Outcome.passed();

    /** What is served, and what the smoke test says. */
    volatile Function<Instant, Outcome> smoke = at -> Outcome.passed();

    volatile Function<Instant, Outcome> before = at -> Outcome.passed();

    final Check healthy = new Asked("the shop is healthy", at -> health.apply(at));
    final Probe probe = Probe.of("health", healthy).every(Duration.ofSeconds(30));
    final Checklist smokeList = Checklist.named("smoke")
            .require(new Asked("a customer can buy", at -> smoke.apply(at)).as("S1"))
            .build();
    final Checklist beforeList = Checklist.named("before")
            .require(new Asked("the backup is fresh", at -> before.apply(at)).as("B1"))
            .build();

    FakeJournal journal = FakeJournal.empty();
    Launch launch;

    /** Without and with checks that tell whether our own network works. */
    Scene(Check... witness) {
        golive = GoLive.builder().time(time).witness(witness).build();
    }

    /** A check that answers by the clock. */
    record Asked(String sentence, Function<Instant, Outcome> answer) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            return answer.apply(context.time().now());
        }
    }

    /** A check that compares what is live with what was deployed. */
    record Served(FakeComponent component, Capture<Release> release) implements Check {
        @Override
        public String sentence() {
            return component.name() + " serves what was deployed";
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(release);
        }

        @Override
        public Outcome examine(CheckContext context) {
            String live = component.liveNow().map(Release::id).orElse("nothing");
            String expected = context.read(release).id();
            Fact fact = Fact.of("version", expected, live);
            return live.equals(expected) ? Outcome.passed(fact) : Outcome.failed("it serves " + live, fact);
        }
    }

    RollbackPolicy.Builder policy() {
        return policy(RollbackPolicy.of(web));
    }

    RollbackPolicy.Builder automatic() {
        return policy(RollbackPolicy.automatic(web));
    }

    RollbackPolicy.Builder policy(RollbackPolicy.Builder builder) {
        return builder.when(probe.failingLongerThan(Duration.ofMinutes(3)))
                .whenReported("WRONG_BALANCE")
                .by("incident-commander")
                .neverFor("COSMETIC", "open a ticket; fix forward")
                .announce(room)
                .budget(Duration.ofMinutes(10))
                .approvedBy("incident-commander")
                .aftercare(Duration.ofMinutes(5))
                .verify(healthy);
    }

    Moment launching() {
        return Moment.at(T)
                .then(deploy)
                .identity(deploy, new Served(web, deploy.release()))
                .gate(smokeList)
                .ownedBy("engineer");
    }

    LaunchPlan.Builder plan(RollbackPolicy policy) {
        return plan(policy, launching());
    }

    LaunchPlan.Builder plan(RollbackPolicy policy, Moment launching) {
        return LaunchPlan.named("Shop 1.0", ZONE)
                .role("ceo", "says GO")
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .moment(Moment.at(T.minusMinutes(30)).check(beforeList).ownedBy("engineer"))
                .moment(launching)
                .watch(Watch.probing(probe)
                        .checkpoints(Duration.ofMinutes(30), H.plusHours(2), smokeList)
                        .until(H.plusHours(2))
                        .heartbeat(outside, Duration.ofMinutes(5)))
                .rollback(policy)
                .inform(room)
                .escalate(Duration.ofMinutes(30), boss);
    }

    LaunchPlan plan(UnaryOperator<RollbackPolicy.Builder> changes) {
        return plan(changes.apply(policy()).build()).build();
    }

    Launch arm(LaunchPlan plan) {
        return arm(plan, journal);
    }

    Launch arm(LaunchPlan plan, Journal on) {
        launch = plan.arm(golive, on, environment, PLANNED, ENGINEER);
        return launch;
    }

    /** Another component of the shop. */
    FakeComponent component(String name, String live) {
        return FakeComponent.named(name, time)
                .live(live)
                .deploysIn(Duration.ofSeconds(40))
                .rollsBackIn(Duration.ofSeconds(20))
                .logging(log);
    }

    /** The launch of several components side by side, each proven. */
    Moment launching(Deploy first, Deploy... more) {
        Moment moment = Moment.at(T).then(first, more).identity(first, served(first));
        for (Deploy other : more) {
            moment = moment.identity(other, served(other));
        }
        return moment.gate(smokeList).ownedBy("engineer");
    }

    private static Served served(Deploy deploy) {
        return new Served((FakeComponent) deploy.component(), deploy.release());
    }

    /** Health is red from a while after now on, except while a component runs a release. */
    Instant redIn(Duration after, FakeComponent of, String good) {
        Instant red = time.now().plus(after);
        health = at -> at.isBefore(red)
                        || of.liveNow().map(Release::id).filter(good::equals).isPresent()
                ? Outcome.passed()
                : Outcome.failed("500");
        return red;
    }

    /** Carries the launch on to its end. */
    LaunchState end() throws InterruptedException {
        return until(LaunchState::isFinal);
    }

    /** When something was journaled first. */
    Instant at(String type) {
        return entries().stream()
                .filter(entry -> entry.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in the journal"))
                .at();
    }

    /** What became of an action, as the journal has it. */
    List<String> ended(String action) {
        return types("ActionEnded").stream()
                .filter(data -> data.contains("\"action\":\"" + action + "\""))
                .toList();
    }

    /** Carries the launch on to an instant. */
    LaunchState until(Instant end) throws InterruptedException {
        while (true) {
            Instant next = launch.advance();
            if (launch.state().isFinal() && next.equals(Instant.MAX) || !next.isBefore(end)) {
                break;
            }
            time.sleepUntil(next);
        }
        if (time.now().isBefore(end) && !launch.state().isFinal()) {
            time.sleepUntil(end);
            launch.advance();
        }
        return launch.state();
    }

    LaunchState until(Duration afterT) throws InterruptedException {
        return until(PLANNED_AT.plus(afterT));
    }

    /** Carries the launch on until it is in a state, for a day at most. */
    LaunchState until(Predicate<LaunchState> reached) throws InterruptedException {
        Instant end = time.now().plus(Duration.ofDays(1));
        while (!reached.test(launch.state()) && time.now().isBefore(end)) {
            Instant next = launch.advance();
            if (reached.test(launch.state()) || launch.state().isFinal() && next.equals(Instant.MAX)) {
                break;
            }
            time.sleepUntil(next.isBefore(end) ? next : end);
        }
        return launch.state();
    }

    /** The digest of the verdict on which a decision was asked for last. */
    String digest() {
        return launch.asksDecisionOn().orElseThrow();
    }

    /** Says GO on the verdict that waits. */
    void decide() {
        var reply = launch.control().decide(CEO, digest(), "looks good");
        if (!reply.accepted()) {
            throw new AssertionError(reply.toString());
        }
    }

    /** Armed, decided, deployed, proven, and watched. */
    void watching(LaunchPlan plan) throws InterruptedException {
        arm(plan);
        until(Duration.ofSeconds(1));
        decide();
        until(state -> state == LaunchState.WATCHING);
    }

    List<Entry> entries() {
        launch.report();
        return journal.entries();
    }

    /** What waits for people, by its key. */
    Map<String, String> waiting() {
        Map<String, String> waiting = new LinkedHashMap<>();
        launch.waiting().forEach(one -> waiting.put(one.key(), one.what()));
        return waiting;
    }

    /** Closes the launch as the end of a process would, and takes it up from what the journal holds. */
    Launch takeUp(LaunchPlan plan) {
        launch.close();
        journal = journal.reopen();
        return arm(plan, journal);
    }

    /** The data of all entries of a type. */
    List<String> types(String type) {
        return entries().stream()
                .filter(entry -> entry.type().equals(type))
                .map(Entry::data)
                .toList();
    }

    @Override
    public void close() {
        if (launch != null) {
            launch.close();
        }
        // whoever is still to run has to have a turn to end
        turn.close();
        golive.close();
    }
}
