package dev.golive.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A good driver keeps the contract; each bad one breaks the rule that is meant for it. */
class ComponentContractTest {

    private static final String VALUE = "very-secret-token";
    private static final Secret TOKEN = Secret.found("token", VALUE);

    static class Good extends ComponentContract {
        final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        final FakeComponent web = FakeComponent.named("web", time)
                .releases("39", "40")
                .touching(new Subject("fake", "shop"))
                .needing(new Permission("fake", "deploy", "web"))
                .secret(TOKEN);

        @Override
        protected Component component() {
            return web;
        }

        @Override
        protected Release live() {
            return Release.of("web", "40");
        }

        @Override
        protected Release earlier() {
            return Release.of("web", "39");
        }

        @Override
        protected Perform perform() {
            return Perform.on(time);
        }

        @Override
        protected Collection<?> changes() {
            return web.changes();
        }

        @Override
        protected boolean deployedBySomebody() {
            web.deployedBySomebody("77");
            return true;
        }

        @Override
        protected boolean prune() {
            web.prune("39");
            return true;
        }

        @Override
        protected boolean deploying() {
            web.deployingBySomebody("77");
            return true;
        }

        @Override
        protected boolean failing() {
            web.fault(LaunchFault.refuses());
            return true;
        }

        @Override
        protected Optional<Deploy> deploy() {
            return Optional.of(web.deploy("41"));
        }
    }

    /** With another way back for the case that the short one is closed. */
    static class Rebuilding extends Good {
        Rebuilding() {
            web.rebuildsIn(Duration.ofMinutes(5));
        }
    }

    /** Cannot be brought into any state, does not recognise keys and is not deployed by a launch. */
    static class Modest extends Good {
        Modest() {
            web.withoutIdempotency();
        }

        @Override
        protected boolean deployedBySomebody() {
            return false;
        }

        @Override
        protected boolean prune() {
            return false;
        }

        @Override
        protected boolean deploying() {
            return false;
        }

        @Override
        protected boolean failing() {
            return false;
        }

        @Override
        protected Optional<Deploy> deploy() {
            return Optional.empty();
        }

        @Override
        protected boolean recognisesRepetition() {
            return false;
        }
    }

    private static final int RULES = 19;

    @Test
    void a_good_driver_keeps_the_contract() {
        assertThat(Launched.run(Good.class).results())
                .hasSize(RULES)
                .allSatisfy((name, result) -> assertThat(result).as(name).isEqualTo("SUCCESSFUL"));
    }

    @Test
    void a_driver_with_two_ways_back_keeps_the_contract() {
        assertThat(Launched.run(Rebuilding.class).results())
                .hasSize(RULES)
                .allSatisfy((name, result) -> assertThat(result).as(name).isEqualTo("SUCCESSFUL"));
    }

    @Test
    void what_a_component_cannot_be_brought_into_is_left_out() {
        Map<String, String> results = Launched.run(Modest.class).results();
        assertThat(results).hasSize(RULES);
        assertThat(results.values()).filteredOn("SUCCESSFUL"::equals).hasSize(RULES - 6);
        assertThat(results.values())
                .filteredOn(result -> result.startsWith("ABORTED"))
                .hasSize(6);
    }

    /** A component of which a test bends one thing. */
    abstract static class Bent extends Good {

        @Override
        protected Component component() {
            return new Component() {
                @Override
                public String name() {
                    return web.name();
                }

                @Override
                public Driver driver() {
                    return bend(web.driver());
                }
            };
        }

        abstract Component.Driver bend(Component.Driver driver);
    }

    /** A driver that does what another does. */
    private static class Same implements Component.Driver {
        final Component.Driver driver;

        Same(Component.Driver driver) {
            this.driver = driver;
        }

        @Override
        public Optional<Release> live(CheckContext context) throws Exception {
            return driver.live(context);
        }

        @Override
        public Optional<Release> previous(CheckContext context) throws Exception {
            return driver.previous(context);
        }

        @Override
        public Outcome available(Release release, CheckContext context) throws Exception {
            return driver.available(release, context);
        }

        @Override
        public List<String> holds(CheckContext context) throws Exception {
            return driver.holds(context);
        }

        @Override
        public Action backTo(Release frozen) {
            return driver.backTo(frozen);
        }

        @Override
        public Optional<Instant> keptUntil(Release release, CheckContext context) throws Exception {
            return driver.keptUntil(release, context);
        }

        @Override
        public Optional<Duration> rollbackTakes() {
            return driver.rollbackTakes();
        }

        @Override
        public String byHand(Release frozen) {
            return driver.byHand(frozen);
        }

        @Override
        public Set<Permission> permissions() {
            return driver.permissions();
        }

        @Override
        public Set<Subject> touches() {
            return driver.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return driver.secrets();
        }
    }

    /** An action that does what another does. */
    private static class SameAction implements Action {
        final Action action;

        SameAction(Action action) {
            this.action = action;
        }

        @Override
        public String sentence() {
            return action.sentence();
        }

        @Override
        public String id() {
            return action.id();
        }

        @Override
        public Kind kind() {
            return action.kind();
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            return action.observe(context);
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            return action.apply(context);
        }

        @Override
        public Set<Permission> permissions() {
            return action.permissions();
        }

        @Override
        public Set<Subject> touches() {
            return action.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return action.secrets();
        }

        @Override
        public String toString() {
            return sentence();
        }
    }

    private static void breaks(Class<?> contract, String rule, String says) {
        assertThat(Launched.run(contract, rule).failures().values())
                .singleElement()
                .asString()
                .contains(says)
                .doesNotContain(VALUE);
    }

    private static final String KNOWS = "knowsReleases";
    private static final String AVAILABLE = "knowsWhatIsAvailable";
    private static final String SAYS = "saysWhatToKnow";
    private static final String STABLE = "backToIsStable";
    private static final String DECLARES = "declares";
    private static final String LOOKS = "lookingChangesNothing";
    private static final String ALREADY = "alreadyAtTarget";
    private static final String GOES_BACK = "goesBack";
    private static final String ONLY_WATCHING = "goesBackWhenOnlyWatching";
    private static final String REPEATED = "repeatedIsOne";
    private static final String ABSOLUTE = "targetIsAbsolute";
    private static final String SOMEBODY = "noticesSomebodyElse";
    private static final String GONE = "noticesWhatIsGone";
    private static final String DEPLOYING = "noticesDeployment";
    private static final String ERRORS = "errorsAreNoAnswers";
    private static final String SECRETS = "keepsSecrets";
    private static final String DEPLOYED_ONCE = "repeatedDeploymentIsOne";

    static class Configured extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Optional<Release> live(CheckContext context) {
                    return Optional.of(Release.of("web", "the one that is configured"));
                }
            };
        }
    }

    static class AllThere extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Outcome available(Release release, CheckContext context) {
                    return Outcome.passed();
                }
            };
        }
    }

    static class SameByHand extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public String byHand(Release frozen) {
                    return "click Back";
                }
            };
        }
    }

    @Test
    void a_driver_that_does_not_know_its_releases_is_caught() {
        breaks(Configured.class, KNOWS, "web 40 must be live at the beginning");
        breaks(AllThere.class, AVAILABLE, "must not pass for a release that never was");
        breaks(AllThere.class, GONE, "must fail for a release that is gone");
        breaks(SameByHand.class, SAYS, "byHand(..) must name the release");
    }

    static class Numbered extends Bent {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Action backTo(Release frozen) {
                    return super.backTo(frozen).as("back-" + count.incrementAndGet());
                }
            };
        }
    }

    static class Relative extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Action backTo(Release frozen) {
                    return new SameAction(super.backTo(frozen)) {
                        @Override
                        public String sentence() {
                            return "take web back to the previous release";
                        }

                        @Override
                        public Receipt apply(ActionContext context) throws Exception {
                            Release previous = driver.previous(context).orElseThrow();
                            return driver.backTo(previous).apply(context);
                        }
                    };
                }
            };
        }
    }

    static class Undeclared extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Set<Subject> touches() {
                    return Set.of(Subject.host("fake.example"));
                }
            };
        }
    }

    @Test
    void a_way_back_that_changes_is_relative_or_is_not_declared_is_caught() {
        breaks(Numbered.class, STABLE, "id() of backTo(..) must be the same");
        breaks(Relative.class, STABLE, "must tell releases apart");
        breaks(Relative.class, ABSOLUTE, "must be [AT_TARGET], but was NOT_AT_TARGET");
        breaks(Undeclared.class, DECLARES, "must be declared by the driver too");
    }

    /** Bends what is observed and done on the way back. */
    abstract static class BentWay extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Action backTo(Release frozen) {
                    Action way = super.backTo(frozen);
                    return new SameAction(way) {
                        @Override
                        public Observation observe(ActionContext context) throws Exception {
                            return BentWay.this.observe(way, frozen, context);
                        }

                        @Override
                        public Receipt apply(ActionContext context) throws Exception {
                            return BentWay.this.apply(way, context);
                        }
                    };
                }
            };
        }

        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            return way.observe(context);
        }

        Receipt apply(Action way, ActionContext context) throws Exception {
            return way.apply(context);
        }
    }

    static class Eager extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            Observation found = way.observe(context);
            if (found.state() == Observation.State.NOT_AT_TARGET) {
                way.apply(context);
            }
            return found;
        }
    }

    static class Impatient extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            Observation found = way.observe(context);
            return found.state() == Observation.State.UNDER_WAY
                            && context.receipt().isPresent()
                    ? Observation.notAtTarget(found.found())
                    : found;
        }
    }

    static class Suspicious extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            Observation found = way.observe(context);
            return found.state() == Observation.State.NOT_AT_TARGET
                            && context.launched("web").isEmpty()
                    ? Observation.somewhereElse(found.found())
                    : found;
        }
    }

    static class Blind extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            Observation found = way.observe(context);
            return found.state() == Observation.State.SOMEWHERE_ELSE || found.state() == Observation.State.REFUSED
                    ? Observation.notAtTarget(found.found())
                    : found;
        }
    }

    static class OnlyLive extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            boolean there = web.driver().live(context).equals(Optional.of(frozen));
            return there ? Observation.atTarget("it is live") : way.observe(context);
        }
    }

    static class Unsure extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            return web.driver().live(context).equals(Optional.of(frozen))
                    ? Observation.unknown("cannot tell")
                    : way.observe(context);
        }
    }

    static class TwoOperations extends Good {
        TwoOperations() {
            web.withoutIdempotency();
        }
    }

    @Test
    void a_driver_that_acts_when_it_looks_or_takes_one_state_for_another_is_caught() {
        breaks(Eager.class, LOOKS, "after looking only");
        breaks(Impatient.class, GOES_BACK, "must be [AT_TARGET, UNDER_WAY]");
        breaks(Suspicious.class, ONLY_WATCHING, "must be [NOT_AT_TARGET]");
        breaks(Blind.class, SOMEBODY, "must be [SOMEWHERE_ELSE]");
        breaks(Blind.class, GONE, "must be [REFUSED]");
        breaks(OnlyLive.class, DEPLOYING, "must be [UNDER_WAY]");
        breaks(Unsure.class, ALREADY, "must be [AT_TARGET]");
    }

    @Test
    void a_platform_that_does_not_recognise_a_repetition_is_caught() {
        breaks(TwoOperations.class, REPEATED, "changes at the platform after a second request");
        breaks(TwoOperations.class, DEPLOYED_ONCE, "changes at the platform after a second request");
    }

    static class Optimist extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Optional<Release> live(CheckContext context) throws Exception {
                    try {
                        return driver.live(context);
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                }
            };
        }
    }

    static class Pessimist extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Outcome available(Release release, CheckContext context) throws Exception {
                    try {
                        return driver.available(release, context);
                    } catch (IOException e) {
                        return Outcome.failed("not there: " + e.getMessage());
                    }
                }
            };
        }
    }

    static class Defeatist extends BentWay {
        @Override
        Observation observe(Action way, Release frozen, ActionContext context) throws Exception {
            try {
                return way.observe(context);
            } catch (IOException e) {
                return Observation.refused(e.getMessage());
            }
        }
    }

    @Test
    void a_driver_that_takes_an_error_for_an_answer_is_caught() {
        breaks(Optimist.class, ERRORS, "live(..) must throw or be unknown");
        breaks(Pessimist.class, ERRORS, "available(..) must throw or be unknown");
        breaks(Defeatist.class, ERRORS, "must throw or be unknown");
    }

    static class Talkative extends BentWay {
        @Override
        Receipt apply(Action way, ActionContext context) throws Exception {
            return new Receipt(way.apply(context).id(), Map.of("sent", "Bearer " + context.reveal(TOKEN)));
        }
    }

    static class Leaking extends Good {
        @Override
        protected boolean failing() {
            web.fault(LaunchFault.leaks());
            return true;
        }
    }

    static class SlyWay extends BentWay {
        private static final Secret OTHER = Secret.found("other token", "another-secret-token");

        @Override
        Receipt apply(Action way, ActionContext context) throws Exception {
            assertThat(context.reveal(OTHER)).isNotBlank();
            return way.apply(context);
        }
    }

    static class Sly extends Bent {
        @Override
        Component.Driver bend(Component.Driver driver) {
            return new Same(driver) {
                @Override
                public Set<Secret> secrets() {
                    return Set.of();
                }
            };
        }
    }

    @Test
    void a_driver_that_shows_a_secret_or_does_not_declare_it_is_caught() {
        breaks(Talkative.class, SECRETS, "a secret is shown");
        breaks(Leaking.class, SECRETS, "a secret is shown");
        breaks(Sly.class, SECRETS, "secrets() of the driver must declare token");
        breaks(SlyWay.class, SECRETS, "secrets() of take web back to 39 must declare other token");
    }
}
