package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked in whatever order: one key, one change; looking changes nothing; nobody looking changes nothing. */
class FakeComponentPropertyTest {

    private static final Instant START = Instant.parse("2027-03-02T09:00:00Z");

    /** Something that happens: an action under a key, a look, time passing, somebody else. */
    private record Step(int kind, int release, int key, int seconds) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(38, 43),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 90))
                .as(Step::new)
                .list()
                .ofMaxSize(25);
    }

    private static ActionContext context(String key) {
        return (ActionContext) Proxy.newProxyInstance(
                ActionContext.class.getClassLoader(),
                new Class<?>[] {ActionContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "idempotencyKey" -> key;
                    case "receipt", "launched" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A component, and everything that it answered. */
    private static final class World {
        private final JumpTime time = new JumpTime(START);
        private final FakeComponent web = FakeComponent.named("web", time)
                .releases("39", "40")
                .deploysIn(Duration.ofSeconds(60))
                .rollsBackIn(Duration.ofSeconds(20));
        private final List<String> answers = new ArrayList<>();

        private void take(Step step, boolean looking) throws Exception {
            String id = Integer.toString(step.release);
            Action deploy = web.deploy(id);
            Action back = web.driver().backTo(Release.of("web", id));
            ActionContext context = context("k-" + step.key);
            if (looking) {
                look(back);
                look(deploy);
            }
            switch (step.kind) {
                case 0, 1 -> apply(step.kind == 0 ? deploy : back, context);
                case 2, 3 -> time.sleepUntil(time.now().plusSeconds(step.seconds));
                case 4 -> web.deployedBySomebody(id, time.now().plusSeconds(step.seconds));
                case 5 -> web.prune(id, time.now().plusSeconds(step.seconds));
                default -> web.faultNext(1, LaunchFault.failsAfterEffect());
            }
        }

        private void apply(Action action, ActionContext context) throws Exception {
            try {
                Receipt receipt = action.apply(context);
                answers.add(action.id() + " " + receipt.id());
            } catch (IOException e) {
                answers.add(action.id() + " " + e.getMessage());
            }
        }

        private void look(Action action) throws Exception {
            Observation found = action.observe(context("nobody"));
            assertThat(found.state()).isNotEqualTo(Observation.State.UNKNOWN);
            assertThat(found.state() == Observation.State.AT_TARGET)
                    .isEqualTo(found.found().equals("release " + target(action) + " is live"));
            web.liveNow();
            web.changes();
        }

        private static String target(Action action) {
            return action.id().substring(action.id().lastIndexOf('-') + 1);
        }
    }

    @Property(tries = 400)
    void one_key_never_changes_anything_twice(@ForAll("steps") List<Step> steps) throws Exception {
        World world = new World();
        for (Step step : steps) {
            world.take(step, false);
        }
        world.time.sleepUntil(world.time.now().plusSeconds(1_000));
        Set<String> keys = new HashSet<>();
        for (FakeComponent.Change change : world.web.changes()) {
            assertThat(change.by().startsWith("k-") && !keys.add(change.by()))
                    .as("%s in %s", change, world.web.changes())
                    .isFalse();
        }
    }

    @Property(tries = 400)
    void it_never_matters_whether_somebody_looked(@ForAll("steps") List<Step> steps) throws Exception {
        World seen = new World();
        World unseen = new World();
        for (Step step : steps) {
            seen.take(step, true);
            unseen.take(step, false);
        }
        assertThat(seen.answers).isEqualTo(unseen.answers);
        assertThat(seen.web.changes()).isEqualTo(unseen.web.changes());
        assertThat(seen.web.liveNow()).isEqualTo(unseen.web.liveNow());
    }

    @Property(tries = 400)
    void what_is_live_is_always_what_the_last_change_put_there(@ForAll("steps") List<Step> steps) throws Exception {
        World world = new World();
        Release live = Release.of("web", "40");
        Instant last = START;
        for (Step step : steps) {
            world.take(step, false);
        }
        for (FakeComponent.Change change : world.web.changes()) {
            assertThat(change.from()).isEqualTo(live);
            assertThat(change.at()).isBetween(last, world.time.now());
            live = change.to();
            last = change.at();
        }
        assertThat(world.web.liveNow()).contains(live);
    }
}
