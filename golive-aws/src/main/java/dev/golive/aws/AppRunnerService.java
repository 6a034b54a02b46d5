package dev.golive.aws;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.AppRunnerPort;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Domain;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Health;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Operation;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Scaling;
import dev.golive.aws.internal.apprunner.AppRunnerPort.State;
import dev.golive.aws.internal.apprunner.AppRunnerPort.ValidationRecord;
import dev.golive.aws.internal.apprunner.Configuration;
import dev.golive.aws.internal.apprunner.Sight;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service of AWS App Runner: what is known about it, what can be done with it, and how a launch takes it back.
 *
 * <pre>{@code
 * AppRunnerService web = aws.appRunner("shop-web").rememberedIn("golive/shop-web");
 *
 * web.isRunning();
 * web.variable("LOGIN_MOCK").isUnset();
 * web.deploy("shop:1.0").set("SHOP_URL", "https://shop.example").unset("LOGIN_MOCK");
 * }</pre>
 *
 * <ul>
 *   <li>Checks of image and variables ask what <em>runs</em>: while an operation goes on they are unknown, since a failed
 *       one is taken back by App Runner itself. {@link #configured()} asks what is configured, whether it runs or not.
 *   <li>A variable that is used when the frontend is built is proven by what is served only, not by any check here.
 *   <li>Image and variables change in one request. It has succeeded when its operation has, not when the service runs.
 *   <li>Its releases are an image, by its digest, with everything that is configured. A rollback brings back both.
 *       {@link #redeploy()} does not: it deploys what is configured once more.
 *   <li>App Runner keeps no history of configurations. golive remembers the one that it replaces as long as its {@code
 *       GoLive} lives; a rollback by another process, or after a crash, needs {@link #rememberedIn}.
 * </ul>
 *
 * <p>The image is asked for in ECR, for which {@code software.amazon.awssdk:ecr} must be on the class path too. Immutable
 * and thread-safe.
 */
public final class AppRunnerService implements Component {

    private static final String NOT_SHOWN = "the service runs code, of which the variables may not be shown";

    private final Aws aws;
    private final String name;
    private final @Nullable String memory;
    private final boolean configuredOnly;

    AppRunnerService(Aws aws, String name, @Nullable String memory, boolean configuredOnly) {
        this.aws = aws;
        this.name = name;
        this.memory = memory;
        this.configuredOnly = configuredOnly;
    }

    /**
     * The same, of which each deployment and rollback by golive first keeps what it replaces in a secret of Secrets
     * Manager, so that another process can bring it back. The text of the secret is golive's; it holds the values of the
     * variables. It is made if it is not there.
     *
     * @param secret the name of the secret
     * @return the new service
     */
    public AppRunnerService rememberedIn(String secret) {
        return new AppRunnerService(aws, name, Given.text(secret, "secret"), configuredOnly);
    }

    /**
     * The same, of which checks of image and variables ask what is configured, also while an operation goes on or the
     * service is paused.
     *
     * @return what is configured
     */
    public AppRunnerService configured() {
        return new AppRunnerService(aws, name, memory, true);
    }

    /**
     * Its name.
     *
     * @return the name
     */
    @Override
    public String name() {
        return name;
    }

    // ---- checks

    /**
     * Whether it runs, and nothing goes on with it.
     *
     * @return the check
     */
    public Check isRunning() {
        return status("RUNNING", "is running");
    }

    /**
     * Whether it is paused.
     *
     * @return the check
     */
    public Check isPaused() {
        return status("PAUSED", "is paused");
    }

    private Check status(String status, String words) {
        return check(this + " " + words, state -> Judge.is("status", status, state.status()));
    }

    /**
     * Whether the newest operation has succeeded. One that App Runner has taken back by itself has not, although the
     * service runs.
     *
     * @return the check
     */
    public Check lastOperationSucceeded() {
        return needing(AwsCheck.of(
                        aws, Service.APP_RUNNER, "the last operation of " + this + " has succeeded", calls -> {
                            Optional<Sight> sight = Sight.of(calls, name, memory);
                            if (sight.isEmpty()) {
                                return missing();
                            }
                            List<Operation> operations = sight.get().operations();
                            if (operations.isEmpty()) {
                                throw ApiProblem.incomplete(Service.APP_RUNNER.title(), "any operation of the service");
                            }
                            Operation last = operations.get(0);
                            if (last.isOpen()) {
                                throw ApiProblem.undecided(last.toString());
                            }
                            return Judge.holds(
                                    last.hasSucceeded(),
                                    last.toString(),
                                    Fact.of("operation", last.type()),
                                    Fact.of("status", "SUCCEEDED", last.status()),
                                    Fact.of("started", last.startedAt()));
                        }))
                .needing("apprunner:ListOperations", pattern());
    }

    /**
     * Which image it runs.
     *
     * @param expected what the image's name with its tag or digest should be
     * @return the check
     */
    public Check image(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return running(
                        "the image of " + this + verb() + expected.sentence(),
                        (calls, state) -> Judge.value(
                                "image", expected, state.configuration().image(), calls.context()))
                .reading(expected);
    }

    /**
     * Which image it runs.
     *
     * @param identifier the image's name with its tag or digest
     * @return the check
     */
    public Check image(String identifier) {
        return image(Expect.is(Given.text(identifier, "identifier")));
    }

    /**
     * One of its environment variables.
     *
     * @param variable the name of the variable
     * @return the variable
     */
    public Variable variable(String variable) {
        return new Variable(this, Given.text(variable, "variable"));
    }

    /**
     * Whether many variables have the values that they should have: the table of feature flags as one check, with a fact
     * for each. The values given here stand in its sentence, so that they must be no secrets; other values are not shown.
     *
     * @param values the values by the names of the variables
     * @return the check
     * @throws IllegalArgumentException if there are none
     */
    public Check variables(Map<String, String> values) {
        Map<String, String> expected = new TreeMap<>();
        Given.notNull(values, "values")
                .forEach((variable, value) -> expected.put(
                        Given.text(variable, "a key of values"), Given.notNull(value, "a value of values")));
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("values must not be empty");
        }
        return running(
                "the variables " + String.join(", ", expected.keySet()) + " of " + this
                        + (configuredOnly ? " are configured to be " : " are ") + String.join(", ", expected.values()),
                (calls, state) -> {
                    requireShown(state);
                    Map<String, String> wrong = new LinkedHashMap<>();
                    List<Fact> facts = new ArrayList<>();
                    expected.forEach((variable, value) -> {
                        String problem = differs(state.configuration(), variable, value);
                        facts.add(Fact.of(variable, value, problem == null ? "as expected" : problem));
                        if (problem != null) {
                            wrong.put(variable, problem);
                        }
                    });
                    List<String> words = new ArrayList<>();
                    wrong.forEach((variable, problem) -> words.add(variable + " " + problem));
                    return wrong.isEmpty()
                            ? Outcome.passed().with(facts)
                            : Outcome.failed(String.join(", ", words)).with(facts);
                });
    }

    /** The variables of code may stand in a file of its repository, where App Runner does not show them. */
    private static void requireShown(State state) {
        if (!state.configuration().isOfImage()) {
            throw ApiProblem.undecided(NOT_SHOWN);
        }
    }

    static @Nullable String differs(Configuration configuration, String variable, String value) {
        if (configuration.secrets().containsKey(variable)) {
            return "is a secret";
        }
        String found = configuration.variables().get(variable);
        if (found == null) {
            return "is not set";
        }
        return found.equals(value) ? null : "has another value";
    }

    /**
     * A domain that is associated with it.
     *
     * @param domain the name
     * @return the domain
     */
    public CustomDomain domain(String domain) {
        return new CustomDomain(this, Given.text(domain, "domain").toLowerCase(Locale.ROOT));
    }

    /**
     * How few instances there may be.
     *
     * @param expected what the least number should be
     * @return the check
     */
    public Check minInstances(Expectation<Integer> expected) {
        return scaling("least number of instances", expected, Scaling::least);
    }

    /**
     * How many instances there may be.
     *
     * @param expected what the greatest number should be
     * @return the check
     */
    public Check maxInstances(Expectation<Integer> expected) {
        return scaling("greatest number of instances", expected, Scaling::most);
    }

    /**
     * How many requests an instance takes at once before there is another.
     *
     * @param expected what the number should be
     * @return the check
     */
    public Check maxConcurrency(Expectation<Integer> expected) {
        return scaling("number of requests at once", expected, Scaling::concurrency);
    }

    private Check scaling(String what, Expectation<Integer> expected, Function<Scaling, Integer> number) {
        Given.notNull(expected, "expected");
        return running("the " + what + " of " + this + verb() + expected.sentence(), (calls, state) -> {
                    if (state.scalingArn().isEmpty()) {
                        throw ApiProblem.incomplete(Service.APP_RUNNER.title(), "the auto scaling of the service");
                    }
                    Scaling scaling = AppRunnerPort.of(calls).scaling(state.scalingArn());
                    return Judge.value(what, expected, number.apply(scaling), calls.context());
                })
                .reading(expected)
                .needing(
                        "apprunner:DescribeAutoScalingConfiguration",
                        aws.arn("apprunner", "autoscalingconfiguration/*"));
    }

    /**
     * Whether only somebody who deploys makes it run another image. One that deploys every push by itself changes what
     * was checked, and undoes a rollback.
     *
     * @return the check
     */
    public Check doesNotDeployByItself() {
        return running(this + " does not deploy by itself", (calls, state) -> {
            boolean automatic = state.configuration().deploysAutomatically();
            return Judge.holds(
                    !automatic,
                    automatic ? "it deploys every push by itself" : "it deploys when it is told to",
                    Fact.of("automatic deployments", "off", automatic ? "on" : "off"));
        });
    }

    /**
     * Whether App Runner asks a path to find out whether an instance is well. A check of the port alone, which is App
     * Runner's default, sees a process that hangs as well.
     *
     * @param path the path
     * @return the check
     */
    public Check healthCheckAsks(String path) {
        Given.text(path, "path");
        return running(
                "the health check of " + this + (configuredOnly ? " is configured to ask " : " asks ") + path,
                (calls, state) -> {
                    Health health = health(state);
                    return Judge.holds(
                            health.protocol().equals("HTTP") && health.path().equals(path),
                            health.protocol().equals("HTTP")
                                    ? "the health check asks " + health.path()
                                    : "the health check looks at the port alone (" + health.protocol() + ")",
                            facts(health));
                });
    }

    /**
     * After how long App Runner takes an instance for unwell: interval times the number of bad answers.
     *
     * @param expected what the time in seconds should be
     * @return the check
     */
    public Check healthCheckFailsAfterSeconds(Expectation<Integer> expected) {
        Given.notNull(expected, "expected");
        return running(
                        "the seconds after which the health check of " + this + " fails" + verb() + expected.sentence(),
                        (calls, state) -> {
                            Health health = health(state);
                            return Judge.value(
                                            "seconds",
                                            expected,
                                            health.intervalSeconds() * health.unhealthyThreshold(),
                                            calls.context())
                                    .with(facts(health));
                        })
                .reading(expected);
    }

    private static Health health(State state) {
        Health health = state.health();
        if (health == null) {
            throw ApiProblem.incomplete(Service.APP_RUNNER.title(), "the health check of the service");
        }
        return health;
    }

    private static Fact[] facts(Health health) {
        return new Fact[] {
            Fact.of("protocol", health.protocol()),
            Fact.of("path", health.path()),
            Fact.of("interval", health.intervalSeconds() + " s"),
            Fact.of("timeout", health.timeoutSeconds() + " s"),
            Fact.of("bad answers until unwell", health.unhealthyThreshold())
        };
    }

    // ---- actions

    /**
     * Puts an image live, together with the variables that are set or unset on the returned value.
     *
     * @param image its name with its tag or digest; without a registry it is one of the registry that is configured
     * @return the deployment
     */
    public AppRunnerDeploy deploy(String image) {
        return new AppRunnerDeploy(this, Given.text(image, "image"), VariableChanges.NONE);
    }

    /**
     * Changes variables, which are given on the returned value, and keeps the image.
     *
     * @return the deployment, which does nothing as it is
     */
    public AppRunnerDeploy reconfigure() {
        return new AppRunnerDeploy(this, null, VariableChanges.NONE);
    }

    /**
     * Deploys what is configured once more: what the tag stands for by now. It goes back to nothing.
     *
     * @return the deployment; it is not repeated when it is not known whether it was begun
     */
    public dev.golive.Deploy redeploy() {
        return new AppRunnerRedeploy(this);
    }

    /**
     * Stops it for the time being; it keeps its configuration and answers nobody.
     *
     * @return the action
     */
    public Action pause() {
        return new AppRunnerSwitch(this, "pause", "apprunner:PauseService", "PAUSED", "RUNNING", AppRunnerPort::pause);
    }

    /**
     * Lets it go on after a pause.
     *
     * @return the action
     */
    public Action resume() {
        return new AppRunnerSwitch(
                this, "resume", "apprunner:ResumeService", "RUNNING", "PAUSED", AppRunnerPort::resume);
    }

    /**
     * What a launch talks to.
     *
     * @return the driver
     */
    @Override
    public Driver driver() {
        return new AppRunnerDriver(this);
    }

    // ---- for its parts

    /** What is asked of a service that is there. */
    @FunctionalInterface
    interface Question {
        Outcome of(Calls calls, State state) throws Exception;
    }

    Aws aws() {
        return aws;
    }

    Optional<Sight> sight(Calls calls) throws Exception {
        return Sight.of(calls, name, memory);
    }

    @Nullable
    String memory() {
        return memory;
    }

    /** The ARNs that a service of this name may have; they end in an id that is not known before. */
    String pattern() {
        return aws.arn("apprunner", "service/" + name + "/*");
    }

    /** What is needed to look at it. */
    Set<Permission> looking() {
        Set<Permission> needed = new LinkedHashSet<>();
        needed.add(aws.permission("apprunner:ListServices", "*"));
        needed.add(aws.permission("apprunner:DescribeService", pattern()));
        needed.add(aws.permission("apprunner:ListOperations", pattern()));
        needed.add(aws.permission("ecr:DescribeImages", "*"));
        String secret = memory;
        if (secret != null) {
            needed.add(aws.permission("secretsmanager:GetSecretValue", secretArn(secret)));
        }
        return needed;
    }

    /** What is needed to change it. */
    Set<Permission> changing(String... actions) {
        Set<Permission> needed = looking();
        for (String action : actions) {
            needed.add(aws.permission(action, pattern()));
            if (action.equals("apprunner:UpdateService")) {
                // the roles of the service are a part of its configuration, which is sent whole
                needed.add(aws.permission("iam:PassRole", aws.globalArn("iam", "role/*")));
                for (String part : List.of(
                        "autoscalingconfiguration", "connection", "observabilityconfiguration", "vpcconnector")) {
                    needed.add(aws.permission(action, aws.arn("apprunner", part + "/*")));
                }
            }
        }
        String secret = memory;
        if (secret != null) {
            needed.add(aws.permission("secretsmanager:PutSecretValue", secretArn(secret)));
            needed.add(aws.permission("secretsmanager:CreateSecret", secretArn(secret)));
        }
        return needed;
    }

    private String secretArn(String secret) {
        return aws.arn("secretsmanager", "secret:" + secret + "-??????");
    }

    private AwsCheck needing(AwsCheck check) {
        return check.needing("apprunner:ListServices", "*").needing("apprunner:DescribeService", pattern());
    }

    Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    /** A question to which it does not matter whether an operation goes on. */
    AwsCheck asking(String sentence, Question question) {
        return needing(AwsCheck.of(aws, Service.APP_RUNNER, sentence, calls -> {
            Optional<State> state = AppRunnerPort.of(calls).service(name);
            return state.isEmpty() ? missing() : question.of(calls, state.get());
        }));
    }

    private AwsCheck check(String sentence, Function<State, Outcome> judge) {
        return asking(sentence, (calls, state) -> judge.apply(state));
    }

    /** A question about what runs, or about what is configured if only that is asked for. */
    AwsCheck running(String sentence, Question question) {
        return asking(sentence, (calls, state) -> {
            if (configuredOnly || state.status().equals("RUNNING")) {
                return question.of(calls, state).with(Fact.of("status", state.status()));
            } else if (state.isBusy()) {
                throw ApiProblem.undecided("an operation goes on, so that what is configured is not what runs");
            }
            return Outcome.failed("nothing runs: the service is " + state.status(), Fact.of("status", state.status()));
        });
    }

    String verb() {
        return configuredOnly ? " is configured to be " : " is ";
    }

    /**
     * What it is.
     *
     * @return for example {@code App Runner service shop-web in eu-north-1}
     */
    @Override
    public String toString() {
        return "App Runner service " + name + " in " + aws.region();
    }

    /** An environment variable of a service. Its value is never shown. Immutable and thread-safe. */
    public static final class Variable {

        private final AppRunnerService service;
        private final String variable;

        private final AwsVariable asked;

        private Variable(AppRunnerService service, String variable) {
            this.service = service;
            this.variable = variable;
            this.asked = new AwsVariable(
                    variable,
                    service,
                    service.configuredOnly,
                    (sentence, question) -> service.running(
                            sentence, (calls, state) -> question.of(calls, known(state.configuration()))));
        }

        private static KnownVariables known(Configuration configuration) {
            return new KnownVariables(
                    configuration.variables(),
                    configuration.secrets().keySet(),
                    configuration.isOfImage() ? null : NOT_SHOWN);
        }

        /**
         * Whether it is set, also as a secret from elsewhere, and not empty.
         *
         * @return the check
         */
        public Check isSet() {
            return asked.isSet();
        }

        /**
         * Whether it is not set: neither as a variable nor as a secret from elsewhere.
         *
         * @return the check
         */
        public Check isUnset() {
            return asked.isUnset();
        }

        /**
         * Whether it has a value.
         *
         * @param value the value
         * @return the check
         */
        public Check is(String value) {
            return asked.is(value);
        }

        /**
         * Whether it has one of several values.
         *
         * @param value one of them
         * @param more the others
         * @return the check
         */
        public Check isOneOf(String value, String... more) {
            return asked.isOneOf(value, more);
        }

        /**
         * What its value is. One that is a secret from elsewhere cannot be compared, and fails.
         *
         * @param expected what it should be
         * @return the check
         */
        public Check matches(Expectation<String> expected) {
            return asked.matches(expected);
        }

        /**
         * Whether it is read from a secret of Secrets Manager. Its value is not looked at.
         *
         * @param secret the name of the secret, or all of its ARN, as the service has it
         * @return the check
         */
        public Check comesFrom(String secret) {
            Given.text(secret, "secret");
            return service.running(this + " comes from the secret " + secret, (calls, state) -> {
                if (!state.configuration().isOfImage()) {
                    return Outcome.unknown(NOT_SHOWN);
                }
                String from = state.configuration().secrets().get(variable);
                return Judge.holds(
                        from != null && isOf(from, secret),
                        variable + (from == null ? " is not read from a secret" : " is read from " + from),
                        Fact.of("secret", secret, from == null ? "none" : from));
            });
        }

        /** An ARN ends with the name and six characters, after which the key of a JSON object may stand. */
        private static boolean isOf(String arn, String secret) {
            return arn.equals(secret) || arn.matches(".*:secret:" + Pattern.quote(secret) + "(-[A-Za-z0-9]{6})?(:.*)?");
        }

        /**
         * Gives it a value, and keeps the image.
         *
         * @param value the value
         * @return the deployment
         */
        public AppRunnerDeploy set(String value) {
            return service.reconfigure().set(variable, value);
        }

        /**
         * Takes it away, and keeps the image.
         *
         * @return the deployment
         */
        public AppRunnerDeploy unset() {
            return service.reconfigure().unset(variable);
        }

        /**
         * What it is.
         *
         * @return for example {@code variable LOGIN_MOCK of App Runner service shop-web in eu-north-1}
         */
        @Override
        public String toString() {
            return asked.toString();
        }
    }

    /** A domain that is associated with a service. Immutable and thread-safe. */
    public static final class CustomDomain {

        private final AppRunnerService service;
        private final String domain;

        private CustomDomain(AppRunnerService service, String domain) {
            this.service = service;
            this.domain = domain;
        }

        /**
         * Whether App Runner serves it.
         *
         * @return the check
         */
        public Check isActive() {
            return check(
                    this + " is active",
                    found -> Judge.is("status", "ACTIVE", found.status()).with(Fact.of("target", found.target())));
        }

        /**
         * Whether App Runner has seen every record that its certificate is validated by. The records that it waits for are
         * facts, to be entered in DNS.
         *
         * @return the check
         */
        public Check isValidated() {
            return check("the certificate of " + this + " is validated", found -> {
                if (found.records().isEmpty()) {
                    throw ApiProblem.incomplete(Service.APP_RUNNER.title(), "the validation records of the domain");
                }
                List<Fact> facts = new ArrayList<>();
                boolean validated = true;
                for (ValidationRecord record : found.records()) {
                    validated &= record.status().equals("SUCCESS");
                    facts.add(Fact.of(
                            "record",
                            record.name() + " " + record.type() + " " + record.value() + ": " + record.status()));
                }
                return (validated
                                ? Outcome.passed()
                                : Outcome.failed("not all validation records have been seen in DNS"))
                        .with(facts);
            });
        }

        private Check check(String sentence, Function<Domain, Outcome> judge) {
            return service.asking(sentence, (calls, state) -> {
                        for (Domain found : AppRunnerPort.of(calls).domains(state.arn())) {
                            if (found.name().equalsIgnoreCase(domain)) {
                                return judge.apply(found);
                            }
                        }
                        return Outcome.failed("the domain is not associated with the service");
                    })
                    .needing("apprunner:DescribeCustomDomains", service.pattern());
        }

        /**
         * What it is.
         *
         * @return for example {@code domain shop.example of App Runner service shop-web in eu-north-1}
         */
        @Override
        public String toString() {
            return "domain " + domain + " of " + service;
        }
    }
}
