package dev.golive.testkit.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;

import dev.golive.Deploy;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.journal.Journal;
import dev.golive.launch.Ending;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Waiting;
import dev.golive.launch.Watch;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import dev.golive.testkit.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A launch of which everything is drawn by lot: its plan, what goes wrong, and what people say when. */
final class RandomLaunch implements AutoCloseable {

    private static final Duration AT_MOST = Duration.ofHours(3);

    /** Something that a person says at an instant. */
    private record Saying(Instant at, Person by, int what) {}

    final Scene scene = new Scene();
    final List<FakeComponent> components = new ArrayList<>();
    final List<FakeAction> actions = new ArrayList<>();
    final List<String> drawn = new ArrayList<>();
    final boolean automatic;
    final boolean proceeds;
    private final List<Saying> sayings = new ArrayList<>();
    private final Crowd crowd;
    private final LaunchPlan plan;
    private int said;
    Launch launch;
    LaunchState end = LaunchState.ARMED;

    /**
     * With the same seed the same launch.
     *
     * @param wild whether also things happen of which it matters in which second they do
     */
    RandomLaunch(long seed, boolean wild) {
        Random lot = new Random(seed);
        components.add(scene.web);
        for (String name : List.of("api", "worker").subList(0, lot.nextInt(3))) {
            components.add(scene.component(name, "40"));
        }
        components.forEach(component -> fault(component, lot, wild));
        automatic = lot.nextBoolean();
        RollbackPolicy.Builder policy = automatic
                ? RollbackPolicy.automatic(components.get(0), rest())
                : RollbackPolicy.of(components.get(0), rest());
        scene.policy(policy);
        proceeds = wild && lot.nextInt(4) == 0;
        if (proceeds) {
            policy.onTimeout(RollbackPolicy.OnTimeout.PROCEED);
        }
        policy.approvalTimeout(Duration.ofMinutes(10));
        draw("gate triggers", lot.nextBoolean(), () -> policy.whenGateFails("smoke"));
        draw("in parallel", lot.nextBoolean(), policy::inParallel);
        Moment launching = Moment.at(T);
        if (lot.nextBoolean()) {
            Deploy first = components.get(0).deploy("41");
            Deploy[] others =
                    components.stream().skip(1).map(one -> one.deploy("41")).toArray(Deploy[]::new);
            launching = launching.then(first, others);
            drawn.add("side by side");
        } else {
            for (FakeComponent component : components) {
                launching = launching.then(component.deploy("41"));
            }
        }
        for (FakeComponent component : components) {
            Deploy deploy = component.deploy("41");
            launching = launching.identity(deploy, new Scene.Served(component, deploy.release()));
        }
        for (int i = lot.nextInt(3); i > 0; i--) {
            FakeAction action = FakeAction.named("extra-" + i, scene.time).takes(Duration.ofSeconds(lot.nextInt(20)));
            draw(action + " must not be repeated", wild && lot.nextInt(3) == 0, action::notConvergent);
            FakeAction undo = FakeAction.named("undo-" + i, scene.time).takes(Duration.ofSeconds(lot.nextInt(20)));
            launching = launching.then(action);
            policy.undoes(action, undo);
            actions.add(action);
            actions.add(undo);
        }
        Ending ending = Ending.values()[lot.nextInt(Ending.values().length)];
        drawn.add("otherwise " + ending);
        LaunchPlan.Builder builder = scene.plan(
                        policy.build(),
                        launching.gate(scene.smokeList).ownedBy("engineer").otherwise(ending))
                .watch(Watch.probing(scene.probe)
                        .checkpoints(Duration.ofMinutes(15), H.plusMinutes(45), scene.smokeList)
                        .until(H.plusMinutes(45)));
        plan = builder.build();
        crowd = new Crowd(scene, actions.toArray(FakeAction[]::new));
        health(lot);
        int smoke = lot.nextInt(6);
        Instant sick = Scene.PLANNED_AT.plus(Duration.ofMinutes(smoke < 2 ? -60 : 300));
        scene.smoke = at -> at.isBefore(sick)
                ? Outcome.passed()
                : smoke == 0 ? Outcome.failed("nothing can be bought") : Outcome.unknown("the runner crashed");
        drawn.add("smoke " + (smoke == 0 ? "fails" : smoke == 1 ? "crashes" : "passes"));
        say(lot, wild);
    }

    private void draw(String what, boolean yes, Runnable then) {
        if (yes) {
            drawn.add(what);
            then.run();
        }
    }

    private FakeComponent[] rest() {
        return components.stream().skip(1).toArray(FakeComponent[]::new);
    }

    private void fault(FakeComponent component, Random lot, boolean wild) {
        switch (lot.nextInt(8)) {
            case 0 -> component.faultNext(1, LaunchFault.failsAfterEffect());
            case 1 -> component.faultNext(1, LaunchFault.fails("the health check of the new release failed"));
            case 2 -> component.faultNext(1, LaunchFault.slow(Duration.ofMinutes(2)));
            case 3 -> draw("refused once", wild, () -> component.faultNext(1, LaunchFault.refuses(Call.Kind.APPLY)));
            case 4 -> draw("not seen", wild, () -> component.faultNext(5, LaunchFault.refuses(Call.Kind.OBSERVE)));
            default -> {
                return;
            }
        }
        drawn.add("fault of " + component);
    }

    /** Healthy, or red or not to be seen for a while that is clearly too short or clearly long enough. */
    private void health(Random lot) {
        int kind = lot.nextInt(5);
        Instant from = Scene.PLANNED_AT.plus(Duration.ofMinutes(10 + lot.nextInt(15)));
        Instant to = from.plus(Duration.ofMinutes(kind == 1 ? 2 : 200));
        drawn.add(List.of("healthy", "a short red", "red", "not seen", "red whatever is live")
                .get(kind));
        scene.health = at -> {
            boolean during = !at.isBefore(from) && at.isBefore(to);
            boolean back = components.stream()
                    .allMatch(one -> one.liveNow().map(Release::id).orElse("").equals("40"));
            if (kind == 0 || !during || (back && kind != 4)) {
                return Outcome.passed();
            }
            return kind == 3 ? Outcome.unknown("no route") : Outcome.failed("500");
        };
    }

    private void say(Random lot, boolean wild) {
        List<Person> people = List.of(Scene.COMMANDER, Scene.ENGINEER, Scene.CEO, Person.automation("bot"));
        int many = wild ? lot.nextInt(7) : lot.nextInt(2);
        for (int i = 0; i < many; i++) {
            Instant at = Scene.PLANNED_AT.plusSeconds(wild ? -300 + lot.nextInt(3_000) : 2_000);
            Saying one = new Saying(at, people.get(wild ? lot.nextInt(people.size()) : 0), lot.nextInt(wild ? 10 : 3));
            sayings.add(one);
            if (lot.nextInt(3) == 0) {
                sayings.add(one);
            }
        }
        sayings.sort((a, b) -> a.at().compareTo(b.at()));
        draw("nobody answers", wild && lot.nextInt(4) == 0, () -> unanswered = true);
        sayings.forEach(one -> drawn.add(one.by().id() + " says " + one.what() + " at " + one.at()));
    }

    private boolean unanswered;

    private Reply say(LaunchControl control, Saying one) {
        return switch (one.what()) {
            case 0 -> control.report("WRONG_BALANCE", one.by(), "the sums are wrong");
            case 1 -> control.rollBackNow(one.by(), "I have seen enough");
            case 2 -> control.abort(one.by(), "we stop");
            case 3 -> control.report("COSMETIC", one.by(), "a wrong colour");
            case 4 -> control.hold(one.by(), "wait");
            case 5 -> control.resume(one.by(), "go on");
            case 6 -> control.approveRollback(one.by(), "yes");
            case 7 -> control.denyRollback(one.by(), "no");
            case 8 -> control.recheck(one.by(), "look again");
            default -> control.report("NO_SUCH_CODE", one.by(), "what");
        };
    }

    /** One process, until the launch is over, an instant has come, or it dies. Returns whether it was not the latter. */
    boolean live(Journal journal, Instant until) throws InterruptedException {
        GoLive golive = GoLive.builder().time(scene.time).build();
        launch = null;
        try {
            launch = plan.arm(golive, journal, scene.environment, Scene.PLANNED, Scene.ENGINEER);
            while (scene.time.now().isBefore(until)) {
                Instant next = launch.advance();
                if (speak() || (unanswered ? decided() : crowd.answer(launch))) {
                    continue;
                }
                if (launch.state().isFinal() && next.equals(Instant.MAX)) {
                    break;
                }
                Instant soon = scene.time.now().plus(Duration.ofMinutes(1));
                if (said < sayings.size() && sayings.get(said).at().isBefore(soon)) {
                    soon = sayings.get(said).at();
                }
                scene.time.sleepUntil(next.isBefore(soon) ? next : soon);
            }
            end = launch.state();
            return true;
        } catch (SimulatedCrash e) {
            return false;
        } finally {
            if (launch != null && !until.isBefore(end())) {
                CrashTest.Told.close(launch, golive);
            } else if (launch == null) {
                golive.close();
            } else {
                left = golive;
            }
        }
    }

    private GoLive left;

    /** Ends a process that was left at an instant. */
    void stop() throws InterruptedException {
        if (left != null) {
            launch.close();
            // what is under way comes to its end, and nobody hears of it
            scene.time.sleepUntil(scene.time.now().plusNanos(1));
            left.close();
            left = null;
        }
    }

    static Instant end() {
        return Scene.PLANNED_AT.plus(AT_MOST);
    }

    private boolean decided() {
        return launch.asksDecisionOn()
                .map(digest -> launch.control().decide(Scene.CEO, digest, "go").accepted())
                .orElse(false);
    }

    private boolean speak() {
        boolean any = false;
        while (said < sayings.size()
                && !scene.time.now().isBefore(sayings.get(said).at())) {
            say(launch.control(), sayings.get(said));
            said++;
            any = true;
        }
        return any;
    }

    /** What is different in the world afterwards. */
    List<String> changes() {
        List<String> all = new ArrayList<>();
        for (FakeComponent component : components) {
            component
                    .changes()
                    .forEach(change -> all.add(component + " " + change.to().id()));
        }
        actions.forEach(action -> action.effects().forEach(at -> all.add(action.id())));
        return all;
    }

    /** What a user sees of where it stands. */
    List<String> view() {
        List<String> view = new ArrayList<>();
        view.add(launch.state().name());
        launch.waiting().stream().map(Waiting::toString).sorted().forEach(view::add);
        view.add(launch.breakGlassCard());
        return view;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        scene.close();
    }

    @Override
    public String toString() {
        return components + (automatic ? " automatic " : " asks ") + actions + " " + drawn;
    }
}
