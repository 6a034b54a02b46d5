package dev.golive.testkit.rehearsal;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;

import dev.golive.Approval;
import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Release;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.VirtualTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

/** A small plan from a week before to a week after, and what it is tried out against. */
final class LittleStage implements Stage {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
    static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);

    final FakeComponent web;
    final FakeChannel room;
    final FakeAction backup;
    final FakeAction gate;
    final FakeAction ungate;

    /** How many times the health was asked for. */
    volatile int looks;

    /** Whether the shop is unwell while its new release is live. */
    volatile boolean unwell;

    /** Whether it is unwell with its former release too. */
    volatile boolean unwellForEver;

    private final LaunchPlan plan;
    private final Fakes fakes;

    LittleStage(VirtualTime time) {
        web = FakeComponent.named("web", time).live("40").deploysIn(seconds(40)).rollsBackIn(seconds(20));
        room = FakeChannel.named("#launch", time);
        backup = FakeAction.named("back up", time).takes(minutes(2));
        gate = FakeAction.named("open the gate", time);
        ungate = FakeAction.named("close the gate", time);
        plan = made();
        fakes = Fakes.of(
                Environment.named("production, played"), FakeNetwork.create(), web, room, backup, gate, ungate);
    }

    private LaunchPlan made() {
        Deploy deploy = web.deploy("41").tagged("L3");
        Check healthy = Check.that("the shop is healthy", context -> {
            looks++;
            boolean isNew = web.liveNow().map(Release::id).filter("41"::equals).isPresent();
            return unwellForEver || (unwell && isNew) ? Outcome.failed("it answers 503") : Outcome.passed();
        });
        Probe health = Probe.of("health", healthy).every(seconds(30)).tagged("L4");
        Checklist before = Checklist.named("a week before")
                .require(healthy.as("healthy").tagged("L1"))
                .require(Confirmation.of("legal", "the terms are agreed")
                        .freshFor(days(30))
                        .ownedBy("owner")
                        .tagged("L2"))
                .require(Approval.named("security").by("auditor").freshFor(days(30)))
                .build();
        Checklist later = Checklist.named("a day later")
                .require(healthy.as("still healthy"))
                .build();
        return LaunchPlan.named("The little shop", ZONE)
                .role("owner", "says GO")
                .role("auditor", "has looked at it")
                .decision(T.minusHours(2), "owner")
                .moment(Moment.at(T.minusDays(7)).check(before))
                .moment(Moment.at(T.minusHours(1)).then(backup))
                .moment(Moment.at(T)
                        .announce(room, "{plan} goes live")
                        .then(deploy)
                        .identity(deploy, new Served(web, deploy.release()))
                        .then(gate)
                        .losing("orders since the deployment"))
                .moment(Moment.at(H.plusDays(1)).check(later))
                .watch(Watch.probing(health).probingUntil(H.plusHours(1)).until(H.plusDays(7)))
                .rollback(RollbackPolicy.automatic(web)
                        .when(health.failingLongerThan(minutes(3)).tagged("L5"))
                        .whenReported("BROKEN")
                        .tagged("L6")
                        .by("owner")
                        .undoes(gate, ungate)
                        .leaves(backup, "a backup harms nobody")
                        .announce(room)
                        .budget(minutes(5))
                        .aftercare(minutes(5))
                        .followUp("find out why", "owner", days(3), "L8")
                        .followUp("tell the customers", "owner", minutes(1), "L9")
                        .verify(healthy.as("healthy again").tagged("L7"))
                        .build())
                .build();
    }

    /** A check that compares what is live with what was deployed. */
    private record Served(FakeComponent component, Capture<Release> release) implements Check {
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

    @Override
    public LaunchPlan plan() {
        return plan;
    }

    @Override
    public Fakes fakes() {
        return fakes;
    }

    @Override
    public void close() {
        // nothing listens
    }
}
