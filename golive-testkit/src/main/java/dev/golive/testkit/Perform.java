package dev.golive.testkit;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Network;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.Status;
import dev.golive.Subject;
import dev.golive.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Calls an action, a channel or a component's driver in a test, outside of a launch, on a thread of the real engine and
 * with its deadline, its network and its secrets.
 *
 * <pre>{@code
 * Perform perform = Perform.on(time);
 * Receipt receipt = perform.apply(web.deploy("41"));
 * Observation observation = perform.after(receipt).observe(web.deploy("41"));
 * Optional<Release> live = perform.ask(web, Component.Driver::live);
 * Observation back = perform.launched(Release.of("web", "41")).toTheEnd(web.driver().backTo(Release.of("web", "40")));
 * }</pre>
 *
 * <p>Unless said otherwise the environment lists what is touched, the network leads nowhere, a call may take 10 minutes,
 * and the idempotency key is the same for every call of an action with the same id. What a call throws is passed on as
 * it is; nothing is redacted.
 *
 * <p>Immutable and thread-safe.
 */
public final class Perform {

    private static final String ID = "performed";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * Something that a driver is asked.
     *
     * @param <T> the type of the answer
     */
    @FunctionalInterface
    public interface Question<T> {

        /**
         * Asks it.
         *
         * @param driver the driver
         * @param context everything the driver may use
         * @return the answer, not {@code null}
         * @throws Exception if there is none
         */
        T ask(Component.Driver driver, CheckContext context) throws Exception;
    }

    /** What is done with a context. */
    private interface Call<T> {
        T in(Context context) throws Exception;
    }

    private final TimeSource time;
    private final Network network;
    private final @Nullable Environment environment;
    private final Duration patience;
    private final @Nullable String key;
    private final @Nullable Receipt receipt;
    private final Map<String, Release> launched;

    private Perform(
            TimeSource time,
            Network network,
            @Nullable Environment environment,
            Duration patience,
            @Nullable String key,
            @Nullable Receipt receipt,
            Map<String, Release> launched) {
        this.time = time;
        this.network = network;
        this.environment = environment;
        this.patience = patience;
        this.key = key;
        this.receipt = receipt;
        this.launched = launched;
    }

    /**
     * Calls on a clock.
     *
     * @param source the time source
     * @return what calls
     */
    public static Perform on(TimeSource source) {
        return new Perform(
                Objects.requireNonNull(source, "source must not be null"),
                FakeNetwork.create(),
                null,
                PATIENCE,
                null,
                null,
                Map.of());
    }

    /**
     * The same in an environment.
     *
     * @param place the environment, which must list what is touched
     * @return the new value
     */
    public Perform in(Environment place) {
        Objects.requireNonNull(place, "place must not be null");
        return new Perform(time, network, place, patience, key, receipt, launched);
    }

    /**
     * The same through a network.
     *
     * @param port the network
     * @return the new value
     */
    public Perform through(Network port) {
        Objects.requireNonNull(port, "port must not be null");
        return new Perform(time, port, environment, patience, key, receipt, launched);
    }

    /**
     * The same with another limit.
     *
     * @param limit how long a call, or everything up to the end, may take; longer than zero
     * @return the new value
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public Perform within(Duration limit) {
        Objects.requireNonNull(limit, "limit must not be null");
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be longer than zero but was " + limit);
        }
        return new Perform(time, network, environment, limit, key, receipt, launched);
    }

    /**
     * The same under an idempotency key.
     *
     * @param idempotencyKey the key, 1 to 36 letters, digits and hyphens
     * @return the new value
     * @throws IllegalArgumentException if it is no such key
     */
    public Perform key(String idempotencyKey) {
        Objects.requireNonNull(idempotencyKey, "idempotencyKey must not be null");
        if (!idempotencyKey.matches("[A-Za-z0-9-]{1,36}")) {
            throw new IllegalArgumentException(
                    "idempotencyKey must be 1 to 36 letters, digits and hyphens but was " + idempotencyKey);
        }
        return new Perform(time, network, environment, patience, idempotencyKey, receipt, launched);
    }

    /**
     * The same after a request that was answered with a receipt.
     *
     * @param earlier the receipt
     * @return the new value
     */
    public Perform after(Receipt earlier) {
        Objects.requireNonNull(earlier, "earlier must not be null");
        return new Perform(time, network, environment, patience, key, earlier, launched);
    }

    /**
     * The same in a launch that has put a release live.
     *
     * @param release the release; the last one for a component counts
     * @return the new value
     */
    public Perform launched(Release release) {
        Objects.requireNonNull(release, "release must not be null");
        Map<String, Release> all = new HashMap<>(launched);
        all.put(release.component(), release);
        return new Perform(time, network, environment, patience, key, receipt, Map.copyOf(all));
    }

    /**
     * Looks whether the world is at the target of an action.
     *
     * @param action the action, not one with alternatives
     * @return what was found
     * @throws TimeoutException if it did not come back in time
     * @throws Exception what the action threw
     */
    public Observation observe(Action action) throws Exception {
        return call("observe: " + action.sentence(), declared(action), action.id(), action::observe);
    }

    /**
     * Sends the request of an action.
     *
     * @param action the action, not one with alternatives
     * @return what the platform answered
     * @throws TimeoutException if it did not come back in time
     * @throws Exception what the action threw
     */
    public Receipt apply(Action action) throws Exception {
        return call("apply: " + action.sentence(), declared(action), action.id(), action::apply);
    }

    /**
     * Observes an action, as often as the action says, until it is no longer under way.
     *
     * @param action the action, not one with alternatives
     * @return the last that was found
     * @throws TimeoutException if it has come to no end in time
     * @throws Exception what the action threw
     */
    public Observation await(Action action) throws Exception {
        return call("await: " + action.sentence(), declared(action), action.id(), context -> {
            Observation found = action.observe(context);
            while (found.state() == Observation.State.UNDER_WAY) {
                pause(action, context);
                found = action.observe(context);
            }
            return found;
        });
    }

    private static void pause(Action action, Context context) throws InterruptedException {
        TimeSource clock = context.time();
        clock.sleepUntil(clock.now().plus(action.conduct().every()));
    }

    /**
     * Performs an action: observes, applies once if the world is not at the target, and observes, as often as the action
     * says, until it is neither under way nor as it was before.
     *
     * @param action the action, not one with alternatives
     * @return the last that was found
     * @throws TimeoutException if it has come to no end in time
     * @throws Exception what the action threw
     */
    public Observation toTheEnd(Action action) throws Exception {
        return call("perform: " + action.sentence(), declared(action), action.id(), first -> {
            Context context = first;
            boolean applied = false;
            Observation found = action.observe(context);
            while (found.state() == Observation.State.UNDER_WAY || found.state() == Observation.State.NOT_AT_TARGET) {
                if (!applied && found.state() == Observation.State.NOT_AT_TARGET) {
                    context = context.after(action.apply(context));
                    applied = true;
                } else {
                    pause(action, context);
                }
                found = action.observe(context);
            }
            return found;
        });
    }

    /**
     * Posts a text to a channel.
     *
     * @param channel the channel
     * @param text the text
     * @return what the channel answered
     * @throws TimeoutException if it did not come back in time
     * @throws Exception what the channel threw
     */
    public Receipt post(Channel channel, String text) throws Exception {
        Objects.requireNonNull(text, "text must not be null");
        return call(
                "post to " + channel.name(),
                new Declared(channel.touches(), channel.secrets(), channel.permissions()),
                channel.name() + " " + text,
                context -> channel.post(text, context));
    }

    /**
     * Asks a component's driver.
     *
     * @param component the component
     * @param question what it is asked, for example {@code Component.Driver::live}
     * @param <T> the type of the answer
     * @return the answer
     * @throws TimeoutException if it did not come back in time
     * @throws Exception what the driver threw
     */
    public <T> T ask(Component component, Question<T> question) throws Exception {
        Objects.requireNonNull(question, "question must not be null");
        Component.Driver driver = component.driver();
        return call(
                "ask " + component.name(),
                new Declared(driver.touches(), driver.secrets(), driver.permissions()),
                component.name(),
                context -> question.ask(driver, context));
    }

    private static Declared declared(Action action) {
        return new Declared(action.touches(), action.secrets(), action.permissions());
    }

    private <T> T call(String sentence, Declared declared, String subject, Call<T> call) throws Exception {
        String idempotencyKey = key != null
                ? key
                : UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8))
                        .toString();
        AtomicReference<@Nullable Ended<T>> ended = new AtomicReference<>();
        Check check = new Calling(sentence, declared, context -> {
            try {
                T value = call.in(new Context(context, idempotencyKey, receipt, launched));
                ended.set(new Ended<>(Objects.requireNonNull(value, "the answer must not be null"), null));
                return Outcome.passed();
            } catch (CancellationException | InterruptedException e) {
                // given up: the engine says why
                throw e;
            } catch (Exception e) {
                ended.set(new Ended<>(null, e));
                return Outcome.unknown("threw " + e.getClass().getSimpleName());
            }
        });
        Checklist list = Checklist.named("one call")
                .require(check.timeout(patience).as(ID))
                .build();
        ItemResult result;
        try (GoLive golive = GoLive.builder()
                .time(time)
                .network(network)
                .deadline(patience.plus(PATIENCE))
                .build()) {
            result = golive.run(list, environment == null ? Examine.listing(list) : environment)
                    .result(ID)
                    .orElseThrow();
        }
        Ended<T> end = result.status() == Status.PASSED || result.why().startsWith("threw ") ? ended.get() : null;
        if (end == null) {
            throw new TimeoutException(sentence + ": " + result.why());
        }
        if (end.thrown != null) {
            throw end.thrown;
        }
        return Objects.requireNonNull(end.value);
    }

    /** What a call came to: one of the two. */
    private record Ended<T>(@Nullable T value, @Nullable Exception thrown) {}

    /** What a call needs. */
    private record Declared(Set<Subject> touches, Set<Secret> secrets, Set<Permission> permissions) {}

    /** The check within which a call is made. */
    private record Calling(String sentence, Declared declared, Examination examination) implements Check {

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            return examination.examine(context);
        }

        @Override
        public Set<Subject> touches() {
            return declared.touches;
        }

        @Override
        public Set<Secret> secrets() {
            return declared.secrets;
        }

        @Override
        public Set<Permission> permissions() {
            return declared.permissions;
        }
    }

    /** The context of a check, with what makes repeating safe. */
    private static final class Context implements ActionContext {
        private final CheckContext context;
        private final String key;
        private final @Nullable Receipt receipt;
        private final Map<String, Release> launched;

        Context(CheckContext context, String key, @Nullable Receipt receipt, Map<String, Release> launched) {
            this.context = context;
            this.key = key;
            this.receipt = receipt;
            this.launched = launched;
        }

        Context after(Receipt answer) {
            return new Context(context, key, answer, launched);
        }

        @Override
        public String idempotencyKey() {
            return key;
        }

        @Override
        public Optional<Receipt> receipt() {
            return Optional.ofNullable(receipt);
        }

        @Override
        public Optional<Release> launched(String component) {
            return Optional.ofNullable(launched.get(component));
        }

        @Override
        public TimeSource time() {
            return context.time();
        }

        @Override
        public Network network() {
            return context.network();
        }

        @Override
        public Environment environment() {
            return context.environment();
        }

        @Override
        public Instant deadline() {
            return context.deadline();
        }

        @Override
        public int attempt() {
            return context.attempt();
        }

        @Override
        public RandomGenerator random() {
            return context.random();
        }

        @Override
        public <V> V read(Capture<V> capture) {
            return context.read(capture);
        }

        @Override
        public String reveal(Secret secret) {
            return context.reveal(secret);
        }

        @Override
        public <R extends AutoCloseable> R shared(Shared<R> resource) throws Exception {
            return context.shared(resource);
        }

        @Override
        public TimeSource.Alarm onCancel(Runnable abort) {
            return context.onCancel(abort);
        }

        @Override
        public <A, B> List<B> parallel(List<A> in, int width, Each<A, B> function) throws Exception {
            return context.parallel(in, width, function);
        }
    }
}
