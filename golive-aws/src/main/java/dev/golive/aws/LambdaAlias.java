package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.lambda.LambdaPort;
import dev.golive.aws.internal.lambda.LambdaPort.Alias;
import dev.golive.aws.internal.lambda.LambdaPort.Version;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An alias of a function of Lambda: what is known about it, what can be done with it, and how a launch takes it back.
 *
 * <pre>{@code
 * LambdaAlias checkout = aws.lambda("shop-checkout", "live");
 *
 * checkout.isActive();
 * checkout.variable("LOGIN_MOCK").isUnset();
 * checkout.deploy("12");
 * }</pre>
 *
 * <ul>
 *   <li>Its releases are the published versions of the function, which never change. {@code $LATEST} is none.
 *   <li>A deployment and a rollback point the alias to one version alone, and so end a canary. They are refused by Lambda
 *       if somebody has changed the alias since golive read it.
 *   <li>While several versions get requests, what runs is unknown.
 *   <li>Lambda keeps no history of an alias. What was live before the live version is taken to be the version published
 *       last before it, whether this alias has ever pointed to it or not. A launch that deploys does not need that: it
 *       goes back to what was live when it was armed.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class LambdaAlias implements Component {

    /** The number of a published version. */
    static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    /** What is asked of an alias that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Alias found) throws Exception;
    }

    /** What is asked of the only version that gets requests. */
    @FunctionalInterface
    private interface VersionQuestion {
        Outcome of(Calls calls, Version version) throws Exception;
    }

    private final Aws aws;
    private final String function;
    private final String alias;

    LambdaAlias(Aws aws, String function, String alias) {
        this.aws = aws;
        this.function = function;
        this.alias = alias;
    }

    /**
     * Its name.
     *
     * @return function and alias, as in {@code shop-checkout:live}
     */
    @Override
    public String name() {
        return function + ":" + alias;
    }

    // ---- checks

    /**
     * Which version gets the requests. It fails while others get a part of them.
     *
     * @param expected what the number of the version should be
     * @return the check
     */
    public Check pointsTo(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return asking("the version of " + this + " is " + expected.sentence(), (calls, found) -> {
                    Outcome outcome = Judge.value("version", expected, found.version(), calls.context());
                    return found.isWhole() || !outcome.finding().good()
                            ? outcome
                            : Outcome.failed("it points to " + found).with(outcome.facts());
                })
                .reading(expected);
    }

    /**
     * Which version gets the requests. It fails while others get a part of them.
     *
     * @param version the number of the version
     * @return the check
     */
    public Check pointsTo(String version) {
        return pointsTo(Expect.is(Given.text(version, "version")));
    }

    /**
     * Whether one version gets all requests: no canary goes on.
     *
     * @return the check
     */
    public Check hasOneVersion() {
        return asking(
                "one version gets all requests of " + this,
                (calls, found) ->
                        Judge.holds(found.isWhole(), "it points to " + found, Fact.of("versions", found.toString())));
    }

    /**
     * Whether its version can be called: it is active, and its last update was successful.
     *
     * @return the check
     */
    public Check isActive() {
        return running("the version of " + this + " is active", (calls, version) -> {
            String update = calls.said(version.lastUpdate(), "how the last update went");
            boolean active = version.state().equals("Active");
            return Judge.holds(
                    active && update.equals("Successful"),
                    active ? "its last update is " + update : "it is " + version.state(),
                    Fact.of("version", version.version()),
                    Fact.of("state", "Active", version.state()),
                    Fact.of("last update", "Successful", update));
        });
    }

    /**
     * Which runtime its version has. A version that is an image has none of Lambda's, and fails.
     *
     * @param expected what the runtime should be, as in {@code java21}
     * @return the check
     */
    public Check runtime(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return running("the runtime of " + this + " is " + expected.sentence(), (calls, version) -> {
                    if (version.isImage()) {
                        return Outcome.failed("it is an image, without a runtime of Lambda's");
                    }
                    return Judge.value(
                            "runtime", expected, calls.said(version.runtime(), "the runtime"), calls.context());
                })
                .reading(expected);
    }

    /**
     * Which runtime its version has. A version that is an image has none of Lambda's, and fails.
     *
     * @param runtime the runtime, as in {@code java21}
     * @return the check
     */
    public Check runtime(String runtime) {
        return runtime(Expect.is(Given.text(runtime, "runtime")));
    }

    /**
     * An environment variable of its version.
     *
     * @param variable the name of the variable
     * @return the variable
     */
    public AwsVariable variable(String variable) {
        return new AwsVariable(
                Given.text(variable, "variable"),
                this,
                (sentence, question) -> running(
                        sentence,
                        (calls, version) -> question.of(
                                calls, new KnownVariables(version.variables(), Set.of(), version.hidden()))));
    }

    // ---- actions

    /**
     * Lets a published version get all requests.
     *
     * @param version its number
     * @return the deployment
     * @throws IllegalArgumentException if it is no number, as {@code $LATEST}, which may be another one at any time
     */
    public Deploy deploy(String version) {
        return new LambdaDeploy(
                this, Given.form(version, "version", VERSION, "the number of a published version, and not $LATEST"));
    }

    /**
     * What a launch talks to.
     *
     * @return the driver
     */
    @Override
    public Driver driver() {
        return new LambdaDriver(this);
    }

    // ---- for its parts

    Aws aws() {
        return aws;
    }

    String function() {
        return function;
    }

    String alias() {
        return alias;
    }

    Optional<Alias> found(Calls calls) throws Exception {
        return LambdaPort.of(calls).alias(function, alias);
    }

    Optional<Version> version(Calls calls, String version) throws Exception {
        return LambdaPort.of(calls).version(function, version);
    }

    /** The function without a version. */
    private String arn() {
        return aws.arn("lambda", "function:" + function);
    }

    /** What is needed to look at it. */
    Set<Permission> looking() {
        Set<Permission> needed = new LinkedHashSet<>();
        needed.add(aws.permission("lambda:GetAlias", arn()));
        needed.add(aws.permission("lambda:GetFunctionConfiguration", arn() + ":*"));
        needed.add(aws.permission("lambda:ListVersionsByFunction", arn()));
        return needed;
    }

    /** What is needed to change it. */
    Set<Permission> changing() {
        Set<Permission> needed = looking();
        needed.add(aws.permission("lambda:UpdateAlias", arn()));
        return needed;
    }

    private AwsCheck asking(String sentence, Question question) {
        return AwsCheck.of(aws, Service.LAMBDA, sentence, calls -> {
                    Optional<Alias> found = found(calls);
                    return found.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, found.get());
                })
                .needing("lambda:GetAlias", arn());
    }

    private AwsCheck running(String sentence, VersionQuestion question) {
        return asking(sentence, (calls, found) -> {
                    if (!found.isWhole()) {
                        throw ApiProblem.undecided("several versions get requests: " + found);
                    }
                    Optional<Version> version = version(calls, found.version());
                    return version.isEmpty()
                            ? Outcome.failed("there is no version " + found.version())
                            : question.of(calls, version.get());
                })
                .needing("lambda:GetFunctionConfiguration", arn() + ":*");
    }

    /**
     * What it is.
     *
     * @return for example {@code Lambda function shop-checkout:live in eu-north-1}
     */
    @Override
    public String toString() {
        return "Lambda function " + function + ":" + alias + " in " + aws.region();
    }
}
