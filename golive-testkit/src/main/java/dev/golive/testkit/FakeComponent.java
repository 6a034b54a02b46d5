package dev.golive.testkit;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Capture;
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
import dev.golive.testkit.Operations.Operation;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A component on a platform that exists in memory only: it keeps releases, puts one of them live, and takes its time
 * for that.
 *
 * <pre>{@code
 * FakeComponent web = FakeComponent.named("web", time).releases("39", "40").deploysIn(Duration.ofMinutes(2));
 * web.fault(LaunchFault.undone(Duration.ofMinutes(10)));
 *
 * // ... a launch performs web.deploy("41"), and a rollback web.driver().backTo(..) ...
 *
 * assertThat(web.liveNow()).contains(Release.of("web", "40"));
 * assertThat(web.changes()).hasSize(2);
 * }</pre>
 *
 * <ul>
 *   <li>Nothing is live at first unless {@link #live} or {@link #releases} says so. A deployment takes 1 minute, taking
 *       back 20 seconds, unless said otherwise.
 *   <li>A request is accepted at once, and the operation that it begins takes effect at its end. One operation goes on
 *       at a time: a request that comes meanwhile is refused, like by a platform that answers 409.
 *   <li>Requests under one idempotency key are one operation, unless it failed: then the next one begins another. The
 *       same key for another target is refused.
 *   <li>While an operation goes on, everybody who observes finds the component {@linkplain Observation.State#UNDER_WAY
 *       under way}, whatever is live: it may change any moment.
 *   <li>It has no timer: what is live is a function of the requests so far and of the time source's clock.
 * </ul>
 *
 * <p>Options change this object and return it; they are meant for the beginning of a test. Thread-safe.
 */
public final class FakeComponent implements Component, Fake {

    private static final Set<Call.Kind> ASKED = EnumSet.complementOf(EnumSet.of(Call.Kind.POST));
    private static final String SOMEBODY = "somebody else";
    private static final String TRIGGER = "a branch trigger";
    private static final String DEPLOY = "deployment of";
    private static final String BACK = "rollback to";
    private static final String REBUILD = "rebuild of";

    /**
     * The live release was put there, also if it was live already: that restarts it.
     *
     * @param by the idempotency key of the request, {@code somebody else} or {@code a branch trigger}
     * @param from what was live before, or {@code null} if nothing was
     * @param to what is live since then
     * @param at when
     */
    public record Change(String by, @Nullable Release from, Release to, Instant at) {

        /**
         * Refuses missing parts.
         *
         * @param by the idempotency key of the request, {@code somebody else} or {@code a branch trigger}
         * @param from what was live before, or {@code null} if nothing was
         * @param to what is live since then
         * @param at when
         */
        public Change {
            Objects.requireNonNull(by, "by must not be null");
            Objects.requireNonNull(to, "to must not be null");
            Objects.requireNonNull(at, "at must not be null");
        }
    }

    private final String name;
    private final TimeSource time;
    private final FakeCalls calls;
    private final Driver driver = new FakeDriver();
    private final Object lock = new Object();

    private final Operations operations;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> initial = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Instant> goneFrom = new HashMap<>();
    private final Map<String, Instant> keptUntil = new HashMap<>();
    private final Map<String, FakeDeploy> deploys = new HashMap<>();
    private final List<String> holds = new ArrayList<>();
    private final Set<Subject> touches = new LinkedHashSet<>();
    private final Set<Permission> permissions = new LinkedHashSet<>();
    private Duration deploysIn = Duration.ofMinutes(1);
    private Duration rollsBackIn = Duration.ofSeconds(20);
    private @Nullable Duration rebuildsIn;
    private boolean idempotent = true;

    private FakeComponent(String name, TimeSource time) {
        this.name = name;
        this.time = time;
        this.calls = new FakeCalls(name, time);
        this.operations = new Operations(name, calls, this::takeEffect);
    }

    /**
     * A component of which nothing is live yet.
     *
     * @param name what people call it; not blank
     * @param time the clock that its operations go by
     * @return a new component
     * @throws IllegalArgumentException if the name is blank
     */
    public static FakeComponent named(String name, TimeSource time) {
        return new FakeComponent(name, time);
    }

    // ---- what it is like

    /**
     * What is live at the beginning; it is kept.
     *
     * @param release the platform's id of the release; not blank
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent live(String release) {
        return releases(release);
    }

    /**
     * What was live one after the other before the beginning; all of them are kept, and the last one is live.
     *
     * @param oldestFirst the platform's ids of the releases; not blank
     * @return this component
     * @throws IllegalArgumentException if an id is blank
     */
    public FakeComponent releases(String... oldestFirst) {
        synchronized (lock) {
            for (String release : oldestFirst) {
                known.add(FakeCalls.requireText(release, "release"));
                initial.add(release);
            }
        }
        return this;
    }

    /**
     * How long a deployment takes.
     *
     * @param length from the request until it is live; not negative
     * @return this component
     * @throws IllegalArgumentException if it is negative
     */
    public FakeComponent deploysIn(Duration length) {
        FakeCalls.requireNotNegative(length, "length");
        synchronized (lock) {
            deploysIn = length;
        }
        return this;
    }

    /**
     * How long bringing a release back takes; its driver says so too, unless it is zero.
     *
     * @param length from the request until it is live; not negative
     * @return this component
     * @throws IllegalArgumentException if it is negative
     */
    public FakeComponent rollsBackIn(Duration length) {
        FakeCalls.requireNotNegative(length, "length");
        synchronized (lock) {
            rollsBackIn = length;
        }
        return this;
    }

    /**
     * Offers to build a release anew, which needs no image, as the other way back.
     *
     * @param length from the request until it is live; not negative
     * @return this component
     * @throws IllegalArgumentException if it is negative
     */
    public FakeComponent rebuildsIn(Duration length) {
        FakeCalls.requireNotNegative(length, "length");
        synchronized (lock) {
            rebuildsIn = length;
        }
        return this;
    }

    /**
     * How long a release is kept, of which its driver knows; from then on it is gone.
     *
     * @param release the platform's id of the release; not blank
     * @param until when it is removed
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent keeps(String release, Instant until) {
        prune(release, until);
        synchronized (lock) {
            keptUntil.put(release, until);
        }
        return this;
    }

    /**
     * Something that would undo a rollback.
     *
     * @param sentence what would; not blank
     * @return this component
     * @throws IllegalArgumentException if the sentence is blank
     */
    public FakeComponent holding(String sentence) {
        FakeCalls.requireText(sentence, "sentence");
        synchronized (lock) {
            holds.add(sentence);
        }
        return this;
    }

    /**
     * What its actions and its driver touch; nothing unless said otherwise.
     *
     * @param more hosts and accounts
     * @return this component
     */
    public FakeComponent touching(Subject... more) {
        synchronized (lock) {
            touches.addAll(List.of(more));
        }
        return this;
    }

    /**
     * What its actions and its driver must be allowed to do; nothing unless said otherwise.
     *
     * @param more the permissions
     * @return this component
     */
    public FakeComponent needing(Permission... more) {
        synchronized (lock) {
            permissions.addAll(List.of(more));
        }
        return this;
    }

    /**
     * The secret that its actions and its driver declare, and reveal in every call.
     *
     * @param token the secret
     * @return this component
     */
    public FakeComponent secret(Secret token) {
        calls.secret(token);
        return this;
    }

    /**
     * Takes every request for a new one: repeated ones are operations of their own, one after the other.
     *
     * @return this component
     */
    public FakeComponent withoutIdempotency() {
        synchronized (lock) {
            idempotent = false;
        }
        return this;
    }

    /**
     * Records its calls in a log together with others.
     *
     * @param shared the log
     * @return this component
     */
    public FakeComponent logging(CallLog shared) {
        calls.logging(shared);
        return this;
    }

    // ---- what goes wrong

    /**
     * Lets something go wrong from now on, until {@link #mend}.
     *
     * @param what the fault
     * @return this component
     * @throws IllegalStateException if the fault shows a secret and there is none
     */
    public FakeComponent fault(LaunchFault what) {
        Objects.requireNonNull(what, "what must not be null");
        settled();
        if (what instanceof LaunchFault.Gone gone) {
            return prune(gone.release(), gone.from());
        }
        if (what instanceof LaunchFault.Busy) {
            calls.faultNext(1, what);
            return this;
        }
        calls.fault(what);
        return this;
    }

    /**
     * Lets something go wrong with the next calls that it concerns; before anything that {@link #fault} said.
     *
     * @param times how many calls; at least 1
     * @param what the fault
     * @return this component
     * @throws IllegalArgumentException if it is less than 1
     * @throws IllegalStateException if the fault shows a secret and there is none
     */
    public FakeComponent faultNext(int times, LaunchFault.OfCall what) {
        calls.faultNext(times, what);
        return this;
    }

    /**
     * Lets something go wrong with the next operations; before anything that {@link #fault} said.
     *
     * @param times how many operations; at least 1
     * @param what the fault
     * @return this component
     * @throws IllegalArgumentException if it is less than 1
     */
    public FakeComponent faultNext(int times, LaunchFault.OfOperation what) {
        calls.faultNext(times, what);
        return this;
    }

    /**
     * Ends everything that goes wrong. What does not end, or is merely shown as being in progress, ends now; what was
     * pruned stays away.
     *
     * @return this component
     */
    public FakeComponent mend() {
        Instant now = settled();
        calls.mend();
        synchronized (lock) {
            operations.mend(now);
        }
        return this;
    }

    // ---- what others do

    /**
     * Somebody else puts a release live, now and at once.
     *
     * @param release the platform's id of the release; not blank
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent deployedBySomebody(String release) {
        return deployedBySomebody(release, time.now());
    }

    /**
     * Somebody else puts a release live at an instant.
     *
     * @param release the platform's id of the release; not blank
     * @param when the instant; one in the past means now
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent deployedBySomebody(String release, Instant when) {
        FakeCalls.requireText(release, "release");
        Objects.requireNonNull(when, "when must not be null");
        Instant now = settled();
        synchronized (lock) {
            operations.at(when.isBefore(now) ? now : when, at -> {
                known.add(release);
                put(SOMEBODY, release, at);
            });
            operations.settle(now);
        }
        return this;
    }

    /**
     * Somebody else begins a deployment, which takes as long as any, after those that go on.
     *
     * @param release the platform's id of the release; not blank
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent deployingBySomebody(String release) {
        FakeCalls.requireText(release, "release");
        Instant now = settled();
        synchronized (lock) {
            operations.start(DEPLOY, release, SOMEBODY, null, now, deploysIn, operations.last());
        }
        return this;
    }

    /**
     * Removes a release with its image and its configuration, now and for good.
     *
     * @param release the platform's id of the release; not blank
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent prune(String release) {
        return prune(release, Instant.MIN);
    }

    /**
     * Removes a release with its image and its configuration, for good.
     *
     * @param release the platform's id of the release; not blank
     * @param from when; an instant in the past means now
     * @return this component
     * @throws IllegalArgumentException if the id is blank
     */
    public FakeComponent prune(String release, Instant from) {
        FakeCalls.requireText(release, "release");
        Objects.requireNonNull(from, "from must not be null");
        settled();
        synchronized (lock) {
            goneFrom.put(release, from);
        }
        return this;
    }

    // ---- what has become of it

    /**
     * What is live, without a call that would be recorded.
     *
     * @return the live release, empty if nothing is live
     */
    public Optional<Release> liveNow() {
        settled();
        synchronized (lock) {
            return Optional.ofNullable(live()).map(this::release);
        }
    }

    /**
     * What was asked of it, also what was then refused.
     *
     * @return the calls in the order in which they arrived
     */
    public List<Call> calls() {
        return calls.calls();
    }

    /**
     * What was asked of it in order to change something, also what was then refused.
     *
     * @return the calls of {@link Action#apply} in the order in which they arrived
     */
    public List<Call> applied() {
        return calls.calls(Call.Kind.APPLY);
    }

    /**
     * What really changed, by whomever.
     *
     * @return the changes in their order
     */
    public List<Change> changes() {
        settled();
        synchronized (lock) {
            return List.copyOf(changes);
        }
    }

    /**
     * What the requests under one idempotency key really changed. More than one means that an action was not performed
     * once.
     *
     * @param key the key
     * @return the changes in their order
     */
    public List<Change> changes(String key) {
        Objects.requireNonNull(key, "key must not be null");
        return changes().stream().filter(change -> change.by().equals(key)).toList();
    }

    // ---- the component

    // ---- what a fire drill lets happen to it

    @Override
    public String plays() {
        return name;
    }

    /**
     * What it was asked: {@code live web}, {@code observe web}, {@code apply web} and so on, whatever the release.
     *
     * @return a copy
     */
    @Override
    public List<Asked> asked() {
        return calls.asked();
    }

    /**
     * The faults in {@link LaunchFault#catalogue} that concern what is asked. The release that is gone is the one that was
     * live at the beginning, to which a rollback leads; without one, none is.
     *
     * @param asked what is going to be asked
     * @return the faults; that which shows the secret only if it was given one
     */
    @Override
    public List<Trouble> troubles(Set<String> asked) {
        List<LaunchFault> faults = new ArrayList<>();
        for (LaunchFault fault : LaunchFault.catalogue()) {
            if (!(fault instanceof LaunchFault.Gone)) {
                faults.add(fault);
                continue;
            }
            synchronized (lock) {
                if (!initial.isEmpty()) {
                    faults.add(LaunchFault.gone(initial.get(initial.size() - 1)));
                }
            }
        }
        return new LaunchTroubles(name, calls, ASKED).among(faults, asked, this::fault);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Driver driver() {
        return driver;
    }

    /**
     * The action that puts a release live. It is {@code deploy-web-41} for release 41 of web.
     *
     * @param release the platform's id of the release, which need not be known before; not blank
     * @return the action, always the same for the same release
     * @throws IllegalArgumentException if the id is blank
     */
    public Deploy deploy(String release) {
        FakeCalls.requireText(release, "release");
        synchronized (lock) {
            return deploys.computeIfAbsent(release, FakeDeploy::new);
        }
    }

    /**
     * What people call it.
     *
     * @return the name
     */
    @Override
    public String toString() {
        return name;
    }

    // ---- the platform; all of it with the lock held

    /** Lets happen what is due, and says when that was. */
    private Instant settled() {
        // the clock may hand the turn to somebody else, so it is read outside of every lock
        Instant now = time.now();
        synchronized (lock) {
            operations.settle(now);
        }
        return now;
    }

    private Release release(String id) {
        return Release.of(name, id);
    }

    private @Nullable String live() {
        if (!changes.isEmpty()) {
            return changes.get(changes.size() - 1).to().id();
        }
        return initial.isEmpty() ? null : initial.get(initial.size() - 1);
    }

    /** What is shown as live, which may be what was live some time ago. */
    private @Nullable String shown(Instant now) {
        Instant seen = calls.has(LaunchFault.StaleRead.class)
                .map(stale -> now.minus(stale.age()))
                .orElse(now);
        String shown = initial.isEmpty() ? null : initial.get(initial.size() - 1);
        for (Change change : changes) {
            if (!change.at().isAfter(seen)) {
                shown = change.to().id();
            }
        }
        return shown;
    }

    private boolean isGone(String release, Instant now) {
        Instant from = goneFrom.get(release);
        return from != null && !from.isAfter(now);
    }

    private void put(String by, String release, Instant at) {
        String from = live();
        changes.add(new Change(by, from == null ? null : release(from), release(release), at));
    }

    private @Nullable String takeEffect(Operation operation, Instant at) {
        String target = operation.target();
        String missing = missing(operation.what(), target, at);
        if (missing != null) {
            return missing;
        }
        String before = live();
        known.add(target);
        if (operation.what().equals(REBUILD)) {
            goneFrom.remove(target);
        }
        put(operation.by(), target, at);
        if (!operation.what().equals(DEPLOY) && before != null && !before.equals(target)) {
            calls.has(LaunchFault.Undone.class)
                    .ifPresent(undone -> operations.at(at.plus(undone.after()), then -> put(TRIGGER, before, then)));
        }
        return null;
    }

    private Observation observed(String what, String target, Instant now, ActionContext context) {
        Optional<Operation> underWay = operations.inProgress();
        if (underWay.isPresent()) {
            return Observation.underWay(underWay.get().toString());
        }
        String shown = shown(now);
        String found = shown == null ? "nothing is live" : "release " + shown + " is live";
        if (target.equals(shown)) {
            return Observation.atTarget(found);
        }
        String key = context.idempotencyKey();
        if (isSomewhereElse(shown, key, context)) {
            return Observation.somewhereElse(found + ", which this launch did not put there");
        }
        String missing = missing(what, target, now);
        if (missing != null) {
            return Observation.refused(missing + "; " + found);
        }
        Optional<Operation> own = operations.of(key);
        if (own.isPresent() && own.get().state() == Operations.State.FAILED) {
            return Observation.refused(
                    what + " " + target + " failed: " + own.get().failure());
        }
        return Observation.notAtTarget(found);
    }

    /**
     * Whether what is live is nobody's that this launch knows of. As long as the launch has put nothing live, what is
     * there counts as what was there when it was armed.
     */
    private boolean isSomewhereElse(@Nullable String shown, String key, ActionContext context) {
        Optional<String> launched = context.launched(name).map(Release::id);
        if (launched.isPresent()) {
            return !launched.get().equals(shown);
        }
        return changes.stream()
                .filter(change -> change.by().equals(key))
                .reduce((former, latter) -> latter)
                .filter(own -> own.from() == null || !own.from().id().equals(shown))
                .isPresent();
    }

    private Receipt apply(String what, String target, Duration takes, ActionContext context) throws Exception {
        String key = context.idempotencyKey();
        Instant now = calls.enter(Call.Kind.APPLY, target, key, context);
        Operation operation;
        synchronized (lock) {
            operations.settle(now);
            operation = begun(what, target, takes, key, now);
        }
        calls.answer();
        return operation.receipt();
    }

    private Operation begun(String what, String target, Duration takes, String key, Instant now) throws IOException {
        Operation same = idempotent ? operations.of(key).orElse(null) : null;
        if (same != null && !(same.what().equals(what) && same.target().equals(target))) {
            throw new IOException("422: the key " + key + " was used for another request");
        }
        if (same != null && same.state() != Operations.State.FAILED) {
            return same;
        }
        String missing = missing(what, target, now);
        if (missing != null) {
            throw new IOException("404: " + missing);
        }
        if (operations.inProgress().isEmpty()
                && calls.take(LaunchFault.Busy.class).isPresent()) {
            operations.start(what, target, SOMEBODY, null, now, takes, null);
            throw new IOException("409: " + what + " " + target + " is in progress");
        }
        Optional<Operation> other = operations.inProgress();
        if (idempotent && other.isPresent()) {
            throw new IOException("409: " + other.get());
        }
        return operations.start(what, target, key, key, now, takes, operations.last());
    }

    /** Why that cannot be done with a release, or {@code null}: its image is needed for all but building it anew. */
    private @Nullable String missing(String what, String release, Instant now) {
        if (!what.equals(DEPLOY) && !known.contains(release)) {
            return "there is no release " + release + " of " + name;
        }
        if (!what.equals(REBUILD) && isGone(release, now)) {
            return "release " + release + " of " + name + " is gone";
        }
        return null;
    }

    private Outcome availability(String release, Instant now) {
        String missing = missing(BACK, release, now);
        if (missing != null) {
            return Outcome.failed(missing);
        }
        if (release.equals(live())
                && calls.has(LaunchFault.LiveIsNoTarget.class).isPresent()) {
            return Outcome.unknown(
                    "release " + release + " of " + name + " is live, so that it cannot be gone back to");
        }
        return Outcome.passed();
    }

    private Release ofThis(Release release) {
        if (!Objects.requireNonNull(release, "release must not be null")
                .component()
                .equals(name)) {
            throw new IllegalArgumentException("release must be one of " + name + " but was " + release);
        }
        return release;
    }

    private abstract class OnPlatform implements Action {
        final String what;
        final String target;

        OnPlatform(String what, String target) {
            this.what = what;
            this.target = target;
        }

        abstract Duration takes();

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            Instant now = calls.enter(Call.Kind.OBSERVE, target, context.idempotencyKey(), context);
            synchronized (lock) {
                operations.settle(now);
                return observed(what, target, now, context);
            }
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            return FakeComponent.this.apply(what, target, takes(), context);
        }

        @Override
        public Set<Subject> touches() {
            return driver.touches();
        }

        @Override
        public Set<Permission> permissions() {
            return driver.permissions();
        }

        @Override
        public Set<Secret> secrets() {
            return driver.secrets();
        }

        @Override
        public String toString() {
            return sentence();
        }
    }

    private final class FakeDeploy extends OnPlatform implements Deploy {
        private final Capture<Release> release;

        FakeDeploy(String target) {
            super(DEPLOY, target);
            this.release = Capture.given("release of " + name, Release.class);
        }

        @Override
        public String sentence() {
            return "deploy " + target + " to " + name;
        }

        @Override
        public String id() {
            return "deploy-" + name + "-" + target;
        }

        @Override
        public Capture<Release> release() {
            return release;
        }

        @Override
        public Component component() {
            return FakeComponent.this;
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            Observation observation = super.observe(context);
            return observation.state() == Observation.State.AT_TARGET
                    ? observation.yielding(FakeComponent.this.release(target))
                    : observation;
        }

        @Override
        Duration takes() {
            synchronized (lock) {
                return deploysIn;
            }
        }
    }

    private final class Back extends OnPlatform {
        Back(String target) {
            super(BACK, target);
        }

        @Override
        public String sentence() {
            return "take " + name + " back to " + target;
        }

        @Override
        public String id() {
            return "take-back-" + name + "-" + target;
        }

        @Override
        Duration takes() {
            synchronized (lock) {
                return rollsBackIn;
            }
        }
    }

    private final class Rebuild extends OnPlatform {
        private final Duration length;

        Rebuild(String target, Duration length) {
            super(REBUILD, target);
            this.length = length;
        }

        @Override
        public String sentence() {
            return "build " + target + " of " + name + " anew";
        }

        @Override
        public String id() {
            return "rebuild-" + name + "-" + target;
        }

        @Override
        Duration takes() {
            return length;
        }
    }

    private final class FakeDriver implements Driver {

        @Override
        public Optional<Release> live(CheckContext context) throws Exception {
            Instant now = enter(Call.Kind.LIVE, "", context);
            synchronized (lock) {
                return Optional.ofNullable(shown(now)).map(FakeComponent.this::release);
            }
        }

        @Override
        public Optional<Release> previous(CheckContext context) throws Exception {
            enter(Call.Kind.PREVIOUS, "", context);
            synchronized (lock) {
                List<String> all = new ArrayList<>(initial);
                changes.forEach(change -> all.add(change.to().id()));
                String live = FakeComponent.this.live();
                return all.stream()
                        .filter(id -> !id.equals(live))
                        .reduce((former, latter) -> latter)
                        .map(FakeComponent.this::release);
            }
        }

        @Override
        public Outcome available(Release release, CheckContext context) throws Exception {
            String id = ofThis(release).id();
            Instant now = enter(Call.Kind.AVAILABLE, id, context);
            synchronized (lock) {
                return availability(id, now);
            }
        }

        @Override
        public List<String> holds(CheckContext context) throws Exception {
            enter(Call.Kind.HOLDS, "", context);
            synchronized (lock) {
                List<String> all = new ArrayList<>(holds);
                calls.has(LaunchFault.Undone.class)
                        .ifPresent(undone -> all.add(TRIGGER + " deploys " + name + " on every push"));
                return List.copyOf(all);
            }
        }

        @Override
        public Action backTo(Release frozen) {
            String id = ofThis(frozen).id();
            synchronized (lock) {
                return rebuildsIn == null ? new Back(id) : Action.oneOf(new Back(id), new Rebuild(id, rebuildsIn));
            }
        }

        @Override
        public Optional<Instant> keptUntil(Release release, CheckContext context) throws Exception {
            String id = ofThis(release).id();
            enter(Call.Kind.KEPT_UNTIL, id, context);
            synchronized (lock) {
                return Optional.ofNullable(keptUntil.get(id));
            }
        }

        @Override
        public Optional<Duration> rollbackTakes() {
            synchronized (lock) {
                return rollsBackIn.isZero() ? Optional.empty() : Optional.of(rollsBackIn);
            }
        }

        @Override
        public String byHand(Release frozen) {
            return "console of the fake platform: " + name + ", Releases, "
                    + ofThis(frozen).id() + ", Make live";
        }

        @Override
        public Set<Permission> permissions() {
            synchronized (lock) {
                return Set.copyOf(permissions);
            }
        }

        @Override
        public Set<Subject> touches() {
            synchronized (lock) {
                return Set.copyOf(touches);
            }
        }

        @Override
        public Set<Secret> secrets() {
            return calls.secrets();
        }

        private Instant enter(Call.Kind kind, String target, CheckContext context) throws Exception {
            Instant now = calls.enter(kind, target, null, context);
            synchronized (lock) {
                operations.settle(now);
            }
            return now;
        }
    }
}
