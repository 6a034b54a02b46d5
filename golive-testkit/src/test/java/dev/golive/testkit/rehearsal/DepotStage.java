package dev.golive.testkit.rehearsal;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;

import dev.golive.Approval;
import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.Outcome;
import dev.golive.Release;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Fake;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop whose things are held by depots, with what is asked before the launch, in it, and afterwards. */
class DepotStage implements Stage {

    static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);

    final VirtualTime time;
    final Depot depot;
    final Checklist.Builder before = Checklist.named("before");
    final Checklist.Builder afterSnapshot = Checklist.named("after the snapshot");
    final Checklist.Builder smoke = Checklist.named("smoke");
    final Checklist.Builder later = Checklist.named("later");
    final FakeComponent web;
    final FakeAction snapshot;
    final List<Fake> fakes = new ArrayList<>();
    private final AtomicInteger open;
    private boolean closed;
    private LaunchPlan plan;

    DepotStage(VirtualTime time) {
        this(time, new AtomicInteger());
    }

    DepotStage(VirtualTime time, AtomicInteger open) {
        this.time = time;
        this.open = open;
        open.incrementAndGet();
        depot = new Depot("the depot", time);
        fakes.add(depot);
        web = FakeComponent.named("web", time)
                .live("40")
                .deploysIn(Duration.ofSeconds(40))
                .rollsBackIn(Duration.ofSeconds(20));
        snapshot = FakeAction.named("snapshot", time).takes(Duration.ofMinutes(1));
        before.require(depot.says("database", "shop-db is private").as("B1"))
                .require(Confirmation.of("B2", "Is the team there?").freshFor(Duration.ofDays(1)))
                .require(Approval.named("B3").byTwoOf("ceo").freshFor(Duration.ofDays(1)));
        afterSnapshot.require(depot.says("disk", "the disk has room").as("D1"));
        smoke.require(depot.says("page", "a customer sees the page").as("S1"))
                .require(depot.says("release page", "the release is served").as("S2"));
        later.require(depot.says("invoice", "the first invoice was sent").as("L1"))
                .require(new Reads(web.deploy("41").release()).as("L2"));
    }

    /** A check that needs to know what was deployed. */
    private record Reads(Capture<Release> release) implements Check {
        @Override
        public String sentence() {
            return "the release is known";
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(release);
        }

        @Override
        public Outcome examine(CheckContext context) {
            return context.read(release).id().equals("41") ? Outcome.passed() : Outcome.failed("another release");
        }
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
            return live.equals(context.read(release).id()) ? Outcome.passed() : Outcome.failed("it serves " + live);
        }
    }

    @Override
    public synchronized LaunchPlan plan() {
        if (plan == null) {
            plan = planned();
        }
        return plan;
    }

    LaunchPlan planned() {
        Deploy deploy = web.deploy("41");
        Probe health =
                Probe.of("health", depot.says("health", "the shop is healthy")).every(Duration.ofSeconds(30));
        return LaunchPlan.named("Shop 1.0", ZoneId.of("Europe/Stockholm"))
                .role("ceo", "says GO")
                .role("incident-commander", "decides on rollback")
                .moment(Moment.at(T.minusMinutes(30)).check(before.build()))
                .moment(Moment.at(T.minusMinutes(10)).then(snapshot))
                .moment(Moment.at(T.minusMinutes(5)).check(afterSnapshot.build()))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, new Served(web, deploy.release()))
                        .gate(smoke.build()))
                .watch(Watch.probing(health)
                        .checkpoints(Duration.ofHours(2), H.plusHours(2), later.build())
                        .until(H.plusHours(2)))
                .rollback(RollbackPolicy.of(web)
                        .when(health.failingLongerThan(Duration.ofMinutes(3)))
                        .announce(FakeChannel.named("#launch", time))
                        .budget(Duration.ofMinutes(10))
                        .approvedBy("incident-commander")
                        .leaves(snapshot, "a snapshot harms nobody")
                        .verify(depot.says("health", "the shop is healthy"))
                        .build())
                .build();
    }

    @Override
    public Fakes fakes() {
        return Fakes.of(Environment.named("stage"), FakeNetwork.create(), fakes.toArray(Fake[]::new));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open.decrementAndGet();
        }
    }
}
