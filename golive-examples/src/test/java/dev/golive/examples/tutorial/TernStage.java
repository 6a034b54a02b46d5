package dev.golive.examples.tutorial;

import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Release;
import dev.golive.launch.LaunchPlan;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.Fakes;
import dev.golive.testkit.rehearsal.Stage;

/** The stage of docs/tutorial.md. */
// region stage
final class TernStage implements Stage {

    final FakeComponent web;
    final FakeChannel room;
    final FakeAction backup;
    final HttpFake shop;
    volatile boolean ill;

    final TernPlan tern;
    private final LaunchPlan plan;
    private final Fakes fakes;

    TernStage(VirtualTime time) {
        this(time, TernLists.well());
    }

    TernStage(VirtualTime time, Checklist well) {
        web = FakeComponent.named("web", time).live("40").deploysIn(seconds(90)).rollsBackIn(seconds(25));
        room = FakeChannel.named("#launch", time);
        backup = FakeAction.named("back up the orders", time).takes(minutes(2));
        shop = HttpFake.start(time).playing("the shop");
        shop.get("/").reply(Reply.html("<h1>Tern</h1>"));
        shop.get("/version").reply(request -> Reply.json("{\"release\":\"" + live() + "\"}"));
        shop.get("/health")
                .reply(request -> ill && live().equals("41")
                        ? Reply.json(503, "{\"status\":\"no database\"}")
                        : Reply.json("{\"status\":\"ok\"}"));
        FakeNetwork network =
                FakeNetwork.create().host("tern.example", "203.0.113.10").route("203.0.113.10", 80, shop.address());
        tern = new TernPlan(well, web, web.deploy("41"), backup, room);
        plan = tern.plan();
        fakes = Fakes.of(
                Environment.named("production (played)").host("tern.example"), network, shop, web, backup, room);
    }

    private String live() {
        return web.liveNow().map(Release::id).orElse("none");
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
        shop.close();
    }
}
// endregion
