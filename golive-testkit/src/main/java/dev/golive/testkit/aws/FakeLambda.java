package dev.golive.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.EnvironmentError;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/**
 * An alias of a function of Lambda in {@link FakeAws}.
 *
 * <pre>{@code
 * fake.lambda("shop-checkout", "live").variable("LOGIN_MOCK", "true").publish().variable("LOGIN_MOCK", "false");
 * }</pre>
 *
 * <ul>
 *   <li>It points to version 1 from the beginning, which is active, without variables. Aliases of the same function share
 *       its versions.
 *   <li>Every change of the alias gives it another revision; a request that names an older one is refused with {@code
 *       PreconditionFailedException}.
 *   <li>An update without a routing leaves the parts of other versions as they are.
 * </ul>
 *
 * <p>Options change this object and return it; those of runtime, state and variables change the newest version in its
 * place. Thread-safe.
 */
public final class FakeLambda {

    /**
     * The alias was changed.
     *
     * @param version the version that it points to since then
     * @param at when
     */
    public record Change(String version, Instant at) {

        /**
         * Refuses missing parts.
         *
         * @param version the version that it points to since then
         * @param at when
         */
        public Change {
            Objects.requireNonNull(version, "version must not be null");
            Objects.requireNonNull(at, "at must not be null");
        }
    }

    /** What an alias points to. */
    record Pointing(String version, Map<String, Double> others, String revision, Instant since) {

        @Nullable
        AliasRoutingConfiguration routing() {
            return others.isEmpty()
                    ? null
                    : AliasRoutingConfiguration.builder()
                            .additionalVersionWeights(others)
                            .build();
        }
    }

    /** A version, and as long as it is there. */
    static final class Version {
        FunctionConfiguration configuration;
        final Instant since;

        @Nullable
        Instant until;

        Version(FunctionConfiguration configuration, Instant since) {
            this.configuration = configuration;
            this.since = since;
        }

        boolean isThere(Instant now) {
            Instant end = until;
            return !since.isAfter(now) && (end == null || end.isAfter(now));
        }
    }

    /** A function with its versions, which its aliases share. */
    static final class Function {
        final String arn;
        final String name;
        final List<Version> versions = new ArrayList<>();

        Function(String arn, String name) {
            this.arn = arn;
            this.name = name;
        }

        /** Publishes the next version, as the newest one with other code. */
        void publish(Instant now) {
            int number = versions.size() + 1;
            FunctionConfiguration.Builder next = versions.isEmpty()
                    ? FunctionConfiguration.builder()
                            .functionName(name)
                            .runtime("java21")
                            .packageType("Zip")
                            .state("Active")
                            .lastUpdateStatus("Successful")
                    : newest().configuration.toBuilder();
            byte[] code = String.format("%-32s", "code of " + number).getBytes(StandardCharsets.US_ASCII);
            versions.add(new Version(
                    next.version(String.valueOf(number))
                            .functionArn(arn + ":" + number)
                            .codeSha256(Base64.getEncoder().encodeToString(code))
                            .revisionId("00000000-0000-4000-9000-" + String.format("%012d", number))
                            .build(),
                    now));
        }

        Version newest() {
            return versions.get(versions.size() - 1);
        }

        /** The unpublished one, which has what the newest one has, and the others, the oldest first. */
        List<FunctionConfiguration> versions(Instant now) {
            List<FunctionConfiguration> all = new ArrayList<>();
            all.add(newest().configuration.toBuilder()
                    .version("$LATEST")
                    .functionArn(arn)
                    .build());
            for (Version version : versions) {
                if (version.isThere(now)) {
                    all.add(version.configuration);
                }
            }
            return all;
        }

        Optional<FunctionConfiguration> version(String number, Instant now) {
            return versions(now).stream()
                    .filter(one -> one.version().equals(number))
                    .findFirst();
        }
    }

    private final FakeAws aws;
    private final Function function;
    private final String alias;
    private final List<Pointing> history = new ArrayList<>();
    private @Nullable Instant busyUntil;

    FakeLambda(FakeAws aws, Function function, String alias, Instant now) {
        this.aws = aws;
        this.function = function;
        this.alias = alias;
        point("1", Map.of(), now);
    }

    // ---- what it is like

    /**
     * A variable of the newest version.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeLambda variable(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return newest(configuration -> {
            Map<String, String> variables = new TreeMap<>(
                    configuration.environment() == null
                            ? Map.of()
                            : configuration.environment().variables());
            variables.put(variable, value);
            return configuration.toBuilder()
                    .environment(
                            EnvironmentResponse.builder().variables(variables).build())
                    .build();
        });
    }

    /**
     * Lets the variables of the newest version be unreadable, as without permission for their key.
     *
     * @return this
     */
    public FakeLambda unreadableVariables() {
        return newest(configuration -> configuration.toBuilder()
                .environment(EnvironmentResponse.builder()
                        .error(EnvironmentError.builder()
                                .errorCode("AccessDeniedException")
                                .message("Lambda was unable to decrypt your environment variables")
                                .build())
                        .build())
                .build());
    }

    /**
     * The runtime of the newest version; {@code java21} unless said otherwise.
     *
     * @param inItsWords the runtime
     * @return this
     */
    public FakeLambda runtime(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return newest(
                configuration -> configuration.toBuilder().runtime(inItsWords).build());
    }

    /**
     * Makes the newest version an image, without a runtime of Lambda's.
     *
     * @return this
     */
    public FakeLambda isImage() {
        return newest(configuration -> configuration.toBuilder()
                .packageType("Image")
                .runtime((String) null)
                .build());
    }

    /**
     * The state of the newest version.
     *
     * @param inItsWords for example {@code Pending} or {@code Failed}
     * @return this
     */
    public FakeLambda state(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return newest(
                configuration -> configuration.toBuilder().state(inItsWords).build());
    }

    /**
     * How the last update of the newest version went.
     *
     * @param inItsWords for example {@code InProgress} or {@code Failed}
     * @return this
     */
    public FakeLambda lastUpdate(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return newest(configuration ->
                configuration.toBuilder().lastUpdateStatus(inItsWords).build());
    }

    /**
     * Publishes a further version, as the newest one with other code. The alias does not point to it by that.
     *
     * @return this
     */
    public FakeLambda publish() {
        Instant now = aws.time().now();
        return change(() -> function.publish(now));
    }

    /**
     * Deletes a version.
     *
     * @param version its number
     * @return this
     */
    public FakeLambda delete(int version) {
        Instant now = aws.time().now();
        return change(() -> function.versions.get(version - 1).until = now);
    }

    // ---- what goes wrong, and what others do

    /**
     * Somebody else points the alias to a version, or to {@code $LATEST}.
     *
     * @param version the version
     * @return this
     */
    public FakeLambda pointedBySomebody(String version) {
        Objects.requireNonNull(version, "version must not be null");
        Instant now = aws.time().now();
        return change(() -> point(version, Map.of(), now));
    }

    /**
     * Somebody else lets another version get a part of the requests, as in a canary.
     *
     * @param version the other version
     * @param part the part of the requests, between 0 and 1
     * @return this
     */
    public FakeLambda canary(String version, double part) {
        Objects.requireNonNull(version, "version must not be null");
        Instant now = aws.time().now();
        return change(() -> point(pointing(now).version(), Map.of(version, part), now));
    }

    /**
     * Lets changes of the alias be refused with {@code ResourceConflictException} for some time.
     *
     * @param length how long from now
     * @return this
     */
    public FakeLambda busyFor(Duration length) {
        Objects.requireNonNull(length, "length must not be null");
        Instant now = aws.time().now();
        return change(() -> busyUntil = now.plus(length));
    }

    // ---- what has become of it

    /**
     * The version that it points to.
     *
     * @return its number
     */
    public String versionNow() {
        Instant now = aws.time().now();
        return aws.within(() -> pointing(now).version());
    }

    /**
     * The other versions that get a part of the requests.
     *
     * @return the parts by the versions
     */
    public Map<String, Double> canaryNow() {
        Instant now = aws.time().now();
        return aws.within(() -> pointing(now).others());
    }

    /**
     * The changes of the alias, by whomever.
     *
     * @return the changes in their order, without its beginning
     */
    public List<Change> changes() {
        return aws.within(() -> history.stream()
                .skip(1)
                .map(one -> new Change(one.version(), one.since()))
                .toList());
    }

    @Override
    public String toString() {
        return function.name + ":" + alias + " of " + aws.account();
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Instant now = drifts.now();
        Pointing pointing = pointing(now);
        String words = "alias " + alias + " of function " + function.name;
        Drifts.Of own = drifts.of("lambda", function.name + ":" + alias, words, function.name)
                .add("gone", "does not exist", gone)
                .add("other version", "points to another version", () -> pointedBySomebody(otherVersion(pointing)));
        if (pointing.others().isEmpty()) {
            own.add("two versions", "sends a tenth to another version", () -> canary(otherVersion(pointing), 0.1));
        }
        FunctionConfiguration live = function.version(pointing.version(), now).orElse(null);
        if (live == null) {
            return;
        }
        String version = pointing.version();
        if ("Active".equals(live.stateAsString())) {
            own.add("inactive", "points to a version that is not active", () -> live(version, to -> to.state("Failed")))
                    .add(
                            "half updated",
                            "points to a version whose update failed",
                            () -> live(version, to -> to.lastUpdateStatus("Failed")));
        }
        if (live.runtimeAsString() != null) {
            own.add(
                    "runtime",
                    "has another runtime",
                    () -> live(
                            version, to -> to.runtime("java17".equals(live.runtimeAsString()) ? "java11" : "java17")),
                    "runtime");
        }
        Map<String, String> variables = live.environment() == null
                ? Map.of()
                : new TreeMap<>(live.environment().variables());
        variables.forEach((variable, value) -> own.add(
                        variable + " unset",
                        "has no variable " + variable,
                        () -> variables(version, all -> all.remove(variable)),
                        variable)
                .add(
                        variable + " otherwise",
                        "has another value of " + variable,
                        () -> variables(version, all -> all.put(variable, Drifts.otherThan(value))),
                        variable));
    }

    /** Another version than the one that it points to, which is published if there is none. */
    private String otherVersion(Pointing pointing) {
        Instant now = aws.time().now();
        return aws.within(() -> {
            for (Version version : function.versions) {
                if (version.isThere(now) && !version.configuration.version().equals(pointing.version())) {
                    return version.configuration.version();
                }
            }
            function.publish(now);
            return function.newest().configuration.version();
        });
    }

    private void variables(String version, Consumer<Map<String, String>> change) {
        live(version, to -> {
            Map<String, String> variables =
                    new TreeMap<>(to.build().environment().variables());
            change.accept(variables);
            to.environment(EnvironmentResponse.builder().variables(variables).build());
        });
    }

    private void live(String version, Consumer<FunctionConfiguration.Builder> change) {
        change(() -> {
            for (Version one : function.versions) {
                if (one.configuration.version().equals(version)) {
                    one.configuration = one.configuration.copy(change);
                }
            }
        });
    }

    String arn() {
        return function.arn + ":" + alias;
    }

    boolean isBusy(Instant now) {
        Instant until = busyUntil;
        return until != null && now.isBefore(until);
    }

    Pointing pointing(Instant now) {
        Pointing pointing = history.get(0);
        for (Pointing one : history) {
            if (!one.since().isAfter(now)) {
                pointing = one;
            }
        }
        return pointing;
    }

    Pointing point(String version, Map<String, Double> others, Instant now) {
        Pointing pointing = new Pointing(
                version,
                new LinkedHashMap<>(others),
                "00000000-0000-4000-a000-" + String.format("%012d", aws.number()),
                now);
        history.add(pointing);
        return pointing;
    }

    private FakeLambda newest(UnaryOperator<FunctionConfiguration> change) {
        return change(() -> {
            Version newest = function.newest();
            newest.configuration = change.apply(newest.configuration);
        });
    }

    private FakeLambda change(Runnable change) {
        aws.within(() -> {
            change.run();
            return this;
        });
        return this;
    }
}
