package dev.golive.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Conduct;
import dev.golive.Deploy;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.testkit.Perform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * What every component promises to a launch. Whoever writes a driver extends this class, and says how to make the
 * component, how to call it, what happened at its platform, and how to bring the platform into a state.
 *
 * <pre>{@code
 * class LighthouseContract extends ComponentContract {
 *     private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
 *     private final LighthouseFake platform = LighthouseFake.start(time).releases("39", "40");
 *
 *     protected Component component() {
 *         return Lighthouse.at(token).lamp("east");
 *     }
 *
 *     protected Release live() {
 *         return Release.of("east", "40");
 *     }
 *
 *     protected Release earlier() {
 *         return Release.of("east", "39");
 *     }
 *
 *     protected Perform perform() {
 *         return Perform.on(time).through(FakeNetwork.create().route("lamps.example", 443, platform.address()));
 *     }
 *
 *     protected Collection<?> changes() {
 *         return platform.changes();
 *     }
 *
 *     protected boolean deployedBySomebody() {
 *         platform.deploy("42");
 *         return true;
 *     }
 *     // ... and the other states
 * }
 * }</pre>
 *
 * <p>Each test calls the methods anew; JUnit makes a new object of the class for each. Releases are compared by component
 * and id. What a component cannot be brought into is left out: the methods for states return whether they could.
 */
public abstract class ComponentContract {

    private static final String NO_SUCH = "no-such-release";

    private final Map<Secret, String> byDriver = new ConcurrentHashMap<>();
    private final Map<String, Map<Secret, String>> byAction = new ConcurrentHashMap<>();
    private final List<Object> read = new CopyOnWriteArrayList<>();

    /** For classes that state how to make their component. */
    protected ComponentContract() {}

    /**
     * A component of which {@link #live()} is live, after {@link #earlier()}, and nothing goes on. Called several times in
     * a test; each time it gives the same component.
     *
     * @return the component
     */
    protected abstract Component component();

    /**
     * What is live at the beginning of a test.
     *
     * @return the release
     */
    protected abstract Release live();

    /**
     * What was live before, and can be brought back.
     *
     * @return the release
     */
    protected abstract Release earlier();

    /**
     * What calls: with the clock, the network and the environment that the component needs.
     *
     * @return a value of which tests choose the key, the receipt and what was launched
     */
    protected abstract Perform perform();

    /**
     * What really changed at the platform since the test began: a restart or another deployment of what is live counts,
     * a request that the platform recognised as a repetition does not.
     *
     * @return the changes, which are shown if there are too many
     */
    protected abstract Collection<?> changes();

    /**
     * Lets somebody else put a third release live, at once.
     *
     * @return whether that is possible
     */
    protected abstract boolean deployedBySomebody();

    /**
     * Removes {@link #earlier()} from the platform, so that it cannot be brought back.
     *
     * @return whether that is possible
     */
    protected abstract boolean prune();

    /**
     * Lets somebody else begin a deployment that does not end within the test.
     *
     * @return whether that is possible
     */
    protected abstract boolean deploying();

    /**
     * Lets the platform answer nothing but errors from now on.
     *
     * @return whether that is possible
     */
    protected abstract boolean failing();

    /**
     * The deployment of a new release, for a component that is deployed by a launch.
     *
     * @return the same deployment each time, or empty unless overridden
     */
    protected Optional<Deploy> deploy() {
        return Optional.empty();
    }

    /**
     * Whether a request that is repeated under one key changes nothing more, since the platform recognises the key or the
     * driver looks first. What does not is safe only because a launch observes before it applies.
     *
     * @return {@code true} unless overridden
     */
    protected boolean recognisesRepetition() {
        return true;
    }

    private static void assume(boolean possible, String state) {
        if (!possible) {
            throw new TestAbortedException("the component cannot be brought into that state: " + state);
        }
    }

    private Deploy deployment() {
        return deploy().orElseThrow(() -> new TestAbortedException("the component is not deployed by a launch"));
    }

    private Component.Driver driver() {
        return component().driver();
    }

    /** The ways back; one that is made of alternatives is never performed itself. */
    private List<Action> ways(Release release) {
        Action action = driver().backTo(release);
        return action.alternatives().isEmpty() ? List.of(action) : action.alternatives();
    }

    private Action back(Release release) {
        return ways(release).get(0);
    }

    /** Calls in a launch that has put live what is live. */
    private Perform launched() {
        return perform().launched(live());
    }

    private static boolean same(Release one, Release other) {
        return one.component().equals(other.component()) && one.id().equals(other.id());
    }

    private void assertLive(Release expected, String when) throws Exception {
        Optional<Release> found = perform().ask(component(), Component.Driver::live);
        assertTrue(
                found.isPresent() && same(found.get(), expected),
                () -> expected + " must be live " + when + ", but live() gave " + found);
    }

    private void assertChanges(int count, String when) {
        Collection<?> changes = changes();
        assertEquals(count, changes.size(), () -> "changes at the platform " + when + ": " + changes);
    }

    /** The component has a name, which its releases carry. */
    @Test
    @DisplayName("has a name, which its releases carry")
    public final void hasName() {
        Component component = component();
        assertSentence(component.name(), "name()");
        assertEquals(component.name(), component().name(), "name() must be the same each time");
        assertEquals(component.name(), live().component(), "the component of its releases must be name()");
        assertNotNull(component.driver(), "driver() must not be null");
    }

    /**
     * The component knows what is live and what was live before.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("knows what is live and what was live before")
    public final void knowsReleases() throws Exception {
        assertLive(live(), "at the beginning");
        Optional<Release> previous = perform().ask(component(), Component.Driver::previous);
        assertTrue(
                previous.isPresent() && same(previous.get(), earlier()),
                () -> "previous() must give " + earlier() + ", but gave " + previous);
    }

    /**
     * The component knows which release can be brought back.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("knows which release can be brought back")
    public final void knowsWhatIsAvailable() throws Exception {
        Outcome there = available(earlier());
        assertTrue(
                there.finding().good(), () -> "available(..) must pass for a release that is kept, but was " + there);
        Outcome gone = available(Release.of(component().name(), NO_SUCH));
        assertFalse(gone.finding().good(), () -> "available(..) must not pass for a release that never was: " + gone);
    }

    private Outcome available(Release release) throws Exception {
        return perform().ask(component(), (driver, context) -> driver.available(release, context));
    }

    /**
     * The component says what would undo a rollback, how long it takes, and what a person does without this program.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("says what would undo a rollback, how long it takes, and what a person does")
    public final void saysWhatToKnow() throws Exception {
        for (String hold : perform().ask(component(), Component.Driver::holds)) {
            assertSentence(hold, "holds()");
        }
        driver().rollbackTakes()
                .ifPresent(span -> assertFalse(
                        span.isNegative() || span.isZero(),
                        () -> "rollbackTakes() must be longer than zero or empty, but was " + span));
        assertNotNull(
                perform().ask(component(), (driver, context) -> driver.keptUntil(earlier(), context)),
                "keptUntil(..) must not be null");
        String byHand = driver().byHand(earlier());
        assertFalse(byHand.isBlank(), "byHand(..) must not be blank");
        assertNotEquals(byHand, driver().byHand(live()), "byHand(..) must name the release");
    }

    /** The ways back are the same for the same release, and others for another. */
    @Test
    @DisplayName("has ways back that are the same for the same release")
    public final void backToIsStable() {
        Action action = driver().backTo(earlier());
        Action again = driver().backTo(earlier());
        Action other = driver().backTo(live());
        assertSentence(action.sentence(), "sentence() of backTo(..)");
        assertEquals(action.id(), again.id(), "id() of backTo(..) must be the same for the same release");
        assertEquals(
                action.sentence(), again.sentence(), "sentence() of backTo(..) must be the same for the same release");
        assertNotEquals(action.id(), other.id(), "id() of backTo(..) must tell releases apart");
        assertNotEquals(action.sentence(), other.sentence(), "sentence() of backTo(..) must tell releases apart");
        for (Action way : ways(earlier())) {
            assertSentence(way.sentence(), "sentence() of a way back");
            assertEquals(way.sentence(), way.toString(), "toString() of a way back must be its sentence");
            assertNotNull(way.kind(), "kind() of a way back must not be null");
        }
    }

    /** The component declares what it touches, needs and reveals, and its actions nothing else. */
    @Test
    @DisplayName("declares what it touches, needs and reveals, for its actions too")
    public final void declares() {
        Component.Driver driver = driver();
        assertFalse(driver.touches().isEmpty(), "touches() must name the hosts or accounts of the platform");
        assertEquals(driver.touches(), driver().touches(), "touches() must be the same each time");
        assertEquals(driver.permissions(), driver().permissions(), "permissions() must be the same each time");
        assertEquals(driver.secrets(), driver().secrets(), "secrets() must be the same each time");
        for (Action action : ways(earlier())) {
            assertWithin(driver.touches(), action.touches(), "touches() of " + action);
            assertWithin(driver.permissions(), action.permissions(), "permissions() of " + action);
            assertWithin(driver.secrets(), action.secrets(), "secrets() of " + action);
            assertTouches(action);
        }
        deploy().ifPresent(ComponentContract::assertTouches);
    }

    private static void assertTouches(Action action) {
        assertFalse(action.touches().isEmpty(), () -> "touches() of " + action + " must not be empty");
    }

    private static void assertWithin(Set<?> all, Set<?> some, String name) {
        assertTrue(all.containsAll(some), () -> name + " must be declared by the driver too: " + some);
    }

    /**
     * Looking changes nothing.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("changes nothing when it is only asked")
    public final void lookingChangesNothing() throws Exception {
        for (int i = 0; i < 3; i++) {
            lookAround(perform());
            lookAround(launched());
        }
        perform().await(back(live()));
        assertChanges(0, "after looking only");
        assertLive(live(), "after looking only");
    }

    private void lookAround(Perform perform) throws Exception {
        perform.ask(component(), Component.Driver::live);
        perform.ask(component(), Component.Driver::previous);
        perform.ask(component(), Component.Driver::holds);
        perform.ask(component(), (driver, context) -> driver.available(earlier(), context));
        perform.ask(component(), (driver, context) -> driver.keptUntil(earlier(), context));
        for (Action way : ways(earlier())) {
            perform.observe(way);
        }
        perform.observe(back(live()));
        if (deploy().isPresent()) {
            perform.observe(deployment());
        }
    }

    /**
     * What is live already needs no request.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("is at the target if that is live already")
    public final void alreadyAtTarget() throws Exception {
        for (Action way : ways(live())) {
            assertState(perform().observe(way), way, State.AT_TARGET);
            assertState(launched().observe(way), way, State.AT_TARGET);
        }
        assertChanges(0, "although the target is live already");
    }

    /**
     * The way back brings the release back, with one change.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("goes back with one change")
    public final void goesBack() throws Exception {
        Action way = back(earlier());
        assertState(launched().observe(way), way, State.NOT_AT_TARGET);
        Receipt receipt = launched().apply(way);
        assertState(launched().after(receipt).observe(way), way, State.UNDER_WAY, State.AT_TARGET);
        assertState(launched().after(receipt).toTheEnd(way), way, State.AT_TARGET);
        assertLive(earlier(), "after going back");
        assertChanges(1, "after going back");
    }

    /**
     * A launch that has put nothing live itself can go back too.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("goes back from what it did not launch itself, if that was live from the beginning")
    public final void goesBackWhenOnlyWatching() throws Exception {
        Action way = back(earlier());
        assertState(perform().observe(way), way, State.NOT_AT_TARGET);
        assertState(perform().toTheEnd(way), way, State.AT_TARGET);
        assertLive(earlier(), "after going back");
    }

    /**
     * The same request twice under one key is one change, also if its receipt was lost.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("makes one change of requests that are repeated under one key")
    public final void repeatedIsOne() throws Exception {
        Action way = back(earlier());
        launched().apply(way);
        String second = applyAgain(launched(), way);
        assertState(launched().await(way), way, State.AT_TARGET);
        String third = applyAgain(launched(), way);
        assertState(launched().await(way), way, State.AT_TARGET);
        assertLive(earlier(), "after a second request, " + second + ", and a third, " + third);
        if (recognisesRepetition()) {
            assertChanges(1, "after a second request, " + second + ", and a third, " + third);
        }
    }

    /**
     * Going back twice goes nowhere else.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("does not go anywhere else if it goes back twice")
    public final void targetIsAbsolute() throws Exception {
        Action way = back(earlier());
        Perform another = launched().key("another-key");
        assertState(launched().toTheEnd(way), way, State.AT_TARGET);
        String second = applyAgain(another, way);
        assertState(another.await(way), way, State.AT_TARGET);
        assertLive(earlier(), "after a second request under another key, " + second);
    }

    /** A platform may refuse what it recognises; whether it did the right thing is told by what changed. */
    private static String applyAgain(Perform perform, Action way) {
        try {
            return "which was answered with " + perform.apply(way);
        } catch (Exception e) {
            return "which was refused with " + e;
        }
    }

    /**
     * What somebody else put live is somewhere else.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("tells what somebody else put live from what the launch did")
    public final void noticesSomebodyElse() throws Exception {
        assume(deployedBySomebody(), "somebody else has deployed");
        Optional<Release> third = perform().ask(component(), Component.Driver::live);
        assertTrue(
                third.isPresent() && !same(third.get(), live()) && !same(third.get(), earlier()),
                () -> "live() must give what somebody else put live, but gave " + third);
        for (Action way : ways(earlier())) {
            assertState(launched().observe(way), way, State.SOMEWHERE_ELSE);
        }
    }

    /**
     * A release that is gone is refused.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("refuses to go back to what is gone")
    public final void noticesWhatIsGone() throws Exception {
        assume(prune(), "the release is gone");
        Outcome outcome = available(earlier());
        assertEquals(
                Finding.FAILED,
                outcome.finding(),
                () -> "available(..) must fail for a release that is gone, but was " + outcome);
        Action way = back(earlier());
        assertState(launched().observe(way), way, State.REFUSED);
        String answer = applyAgain(launched(), way);
        Observation after = launched().await(way);
        assertNotEquals(
                State.AT_TARGET,
                after.state(),
                () -> way + " cannot be done, but after a request, " + answer + ": " + text(after));
        assertLive(live(), "after a request to go back to what is gone, " + answer);
    }

    /**
     * As long as a deployment goes on, nothing is at its target: what is live may be replaced any moment.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("is under way while a deployment goes on, also back to what is live still")
    public final void noticesDeployment() throws Exception {
        assume(deploying(), "a deployment goes on");
        for (Release release : List.of(live(), earlier())) {
            for (Action way : ways(release)) {
                assertState(launched().observe(way), way, State.UNDER_WAY);
            }
        }
    }

    /** An error of the platform is no answer: nothing is found out, and nothing is said to be there or gone. */
    @Test
    @DisplayName("takes no error of the platform for an answer")
    public final void errorsAreNoAnswers() {
        List<Action> ways = ways(earlier());
        assume(failing(), "the platform answers nothing but errors");
        assertThrowsSomething("live(..)", () -> perform().ask(component(), Component.Driver::live));
        assertThrowsSomething("previous(..)", () -> perform().ask(component(), Component.Driver::previous));
        assertUnknown("available(..)", () -> available(earlier()), outcome -> outcome.finding() == Finding.UNKNOWN);
        for (Action way : ways) {
            assertUnknown("observe: " + way, () -> launched().observe(way), found -> found.state() == State.UNKNOWN);
            assertThrowsSomething("apply: " + way, () -> launched().apply(way));
        }
    }

    private static void assertThrowsSomething(String what, Callable<?> call) {
        assertUnknown(what, call, answer -> false);
    }

    private static <T> void assertUnknown(String what, Callable<T> call, Predicate<T> unknown) {
        T answer;
        try {
            answer = call.call();
        } catch (Exception e) {
            assertFalse(
                    e instanceof TimeoutException,
                    () -> what + " must come back when the platform answers with an error: " + e.getMessage());
            return;
        }
        assertTrue(
                unknown.test(answer),
                () -> what + " must throw or be unknown when the platform answers with an error, but gave " + answer);
    }

    /**
     * A deployment yields the release that it put live.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("yields the release that a deployment put live")
    public final void deploymentYields() throws Exception {
        Deploy deploy = deployment();
        assertSentence(deploy.sentence(), "sentence() of the deployment");
        assertEquals(deploy.sentence(), deploy.toString(), "toString() of the deployment must be its sentence");
        assertEquals(deploy.id(), deployment().id(), "id() of the same deployment must be the same");
        assertSame(deploy.release(), deploy.release(), "release() must be the same key each time");
        assertTrue(deploy.release().isGiven(), "release() must be made by Capture.given(..)");
        assertEquals(component().name(), deploy.component().name(), "component() of the deployment");
        assertState(perform().observe(deploy), deploy, State.NOT_AT_TARGET);

        Observation end = perform().toTheEnd(deploy);
        assertState(end, deploy, State.AT_TARGET);
        Release yielded = end.yielded()
                .orElseGet(() -> fail("a deployment at its target must yield what it put live, but was " + text(end)));
        assertEquals(component().name(), yielded.component(), "the component of what was yielded");
        assertFalse(same(yielded, live()), () -> "a deployment must yield a new release, but gave " + yielded);
        assertLive(yielded, "after its deployment");
        assertChanges(1, "after a deployment");
        Optional<Release> previous = perform().ask(component(), Component.Driver::previous);
        assertTrue(
                previous.isPresent() && same(previous.get(), live()),
                () -> "previous() must give " + live() + " after a deployment, but gave " + previous);
        Action way = back(live());
        assertState(perform().launched(yielded).toTheEnd(way), way, State.AT_TARGET);
        assertLive(live(), "after going back from a deployment");
    }

    /**
     * A deployment that is requested twice under one key is one.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("makes one deployment of requests that are repeated under one key")
    public final void repeatedDeploymentIsOne() throws Exception {
        Deploy deploy = deployment();
        assume(recognisesRepetition(), "repeated requests are recognised");
        perform().apply(deploy);
        String second = applyAgain(perform(), deploy);
        assertState(perform().await(deploy), deploy, State.AT_TARGET);
        assertChanges(1, "after a second request, " + second);
    }

    /**
     * The component never shows a secret, and reveals only what it declares.
     *
     * @throws Exception what the driver threw
     */
    @Test
    @DisplayName("never shows a secret, and reveals only what it declares")
    public final void keepsSecrets() throws Exception {
        List<String> said = new ArrayList<>();
        List<Action> actions = new ArrayList<>(ways(earlier()));
        deploy().ifPresent(actions::add);
        say(said, () -> driver().byHand(earlier()));
        askEverything(said, actions);
        say(said, () -> launched().apply(new WatchedAction(actions.get(0), this)));
        say(said, () -> launched().toTheEnd(new WatchedAction(actions.get(0), this)));
        if (failing()) {
            askEverything(said, actions);
            say(said, () -> launched().apply(new WatchedAction(actions.get(0), this)));
        }
        assertSilent(byDriver.values(), said);
        assertDeclared(driver().secrets(), byDriver.keySet(), "secrets() of the driver");
        for (Action action : actions) {
            Map<Secret, String> revealed = byAction.getOrDefault(action.id(), Map.of());
            assertSilent(revealed.values(), said);
            assertDeclared(action.secrets(), revealed.keySet(), "secrets() of " + action);
        }
    }

    private static void assertSilent(Collection<String> values, List<String> said) {
        for (String value : values) {
            for (String text : said) {
                if (text.contains(value)) {
                    fail("a secret is shown: " + text.replace(value, "***"));
                }
            }
        }
    }

    private void assertDeclared(Set<Secret> declared, Set<Secret> revealed, String name) {
        for (Secret secret : revealed) {
            assertTrue(
                    declared.contains(secret) || read.contains(secret),
                    () -> name + " must declare " + secret.label() + ", which is revealed");
        }
    }

    private void askEverything(List<String> said, List<Action> actions) {
        List<Perform.Question<?>> questions = List.of(
                (driver, context) -> driver.live(watched(context)),
                (driver, context) -> driver.previous(watched(context)),
                (driver, context) -> driver.holds(watched(context)),
                (driver, context) -> driver.available(earlier(), watched(context)),
                (driver, context) -> driver.keptUntil(earlier(), watched(context)));
        for (Perform.Question<?> question : questions) {
            say(said, () -> perform().ask(component(), question));
        }
        for (Action action : actions) {
            said.add(action.id() + " " + action.sentence());
            say(said, () -> launched().observe(new WatchedAction(action, this)));
        }
    }

    private static void say(List<String> said, Callable<?> call) {
        try {
            said.add(String.valueOf(call.call()));
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                said.add(cause.toString());
            }
        }
    }

    private Watched watched(CheckContext context) {
        return new Watched(context, byDriver, read);
    }

    private ActionContext watched(Action action, ActionContext context) {
        return new Watched.OfAction(
                context, byAction.computeIfAbsent(action.id(), id -> new ConcurrentHashMap<>()), read);
    }

    private static void assertState(Observation found, Action action, State expected, State... others) {
        assertTrue(
                EnumSet.of(expected, others).contains(found.state()),
                () -> action + " must be " + EnumSet.of(expected, others) + ", but was " + text(found));
    }

    private static String text(Observation found) {
        return found.state() + ": " + found.found();
    }

    private static void assertSentence(String text, String name) {
        assertNotNull(text, name + " must not be null");
        assertFalse(text.isBlank(), name + " must not be blank");
        assertEquals(text.strip(), text, name + " must not begin or end with white space");
        assertFalse(text.endsWith("."), () -> name + " must end without a full stop: " + text);
        assertFalse(text.contains("\n"), () -> name + " must be one line: " + text);
    }

    /** An action that notes what is revealed through its context. */
    private record WatchedAction(Action action, ComponentContract contract) implements Action {

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
        public Conduct conduct() {
            return action.conduct();
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            return action.observe(contract.watched(action, context));
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            return action.apply(contract.watched(action, context));
        }

        @Override
        public Set<Subject> touches() {
            return action.touches();
        }

        @Override
        public Set<Permission> permissions() {
            return action.permissions();
        }

        @Override
        public Set<Secret> secrets() {
            return action.secrets();
        }
    }
}
