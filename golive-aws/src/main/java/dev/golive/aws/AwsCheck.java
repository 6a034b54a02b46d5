package dev.golive.aws;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Expectation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.aws.internal.AwsProblem;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A question to one service of AWS. What stands between it and an answer is unknown; only what it judges itself can fail.
 */
final class AwsCheck implements Check {

    /** With room for the start of a client and three exchanges that hang. */
    private static final Timing TIMING = Timing.standard().timeout(Duration.ofSeconds(30));

    private final Place place;
    private final Service service;
    private final String sentence;
    private final Set<Permission> permissions;
    private final Set<Expectation<?>> expectations;
    private final Set<Secret> secrets;
    private final Calls.Asking<Outcome> judge;

    private AwsCheck(
            Place place,
            Service service,
            String sentence,
            Set<Permission> permissions,
            Set<Expectation<?>> expectations,
            Set<Secret> secrets,
            Calls.Asking<Outcome> judge) {
        this.place = place;
        this.service = service;
        this.sentence = sentence;
        this.permissions = permissions;
        this.expectations = expectations;
        this.secrets = secrets;
        this.judge = judge;
    }

    /** A check that must be allowed nothing yet. */
    static AwsCheck of(Aws aws, Service service, String sentence, Calls.Asking<Outcome> judge) {
        return of(aws.place(), service, sentence, judge);
    }

    /** A check that must be allowed nothing yet. */
    static AwsCheck of(Place place, Service service, String sentence, Calls.Asking<Outcome> judge) {
        return new AwsCheck(place, service, sentence, Set.of(), Set.of(), Set.of(), judge);
    }

    /** The same, which must be allowed an action, written as {@code rds:DescribeDBInstances}, on a resource. */
    AwsCheck needing(String action, String resource) {
        Set<Permission> all = new LinkedHashSet<>(permissions);
        all.add(place.permission(action, resource));
        return new AwsCheck(place, service, sentence, all, expectations, secrets, judge);
    }

    /** The same, which reads what an expectation reads. */
    AwsCheck reading(Expectation<?> expectation) {
        Set<Expectation<?>> all = new LinkedHashSet<>(expectations);
        all.add(expectation);
        return new AwsCheck(place, service, sentence, permissions, all, secrets, judge);
    }

    /** The same, which reveals a secret. */
    AwsCheck revealing(Secret secret) {
        Set<Secret> all = new LinkedHashSet<>(secrets);
        all.add(secret);
        return new AwsCheck(place, service, sentence, permissions, expectations, all, judge);
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        try {
            return place.ask(service, context, judge);
        } catch (AwsProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    @Override
    public Timing timing() {
        return TIMING;
    }

    @Override
    public List<Check> preconditions() {
        return place.preconditions(this);
    }

    @Override
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new HashSet<>();
        expectations.forEach(expectation -> all.addAll(expectation.reads()));
        return all;
    }

    @Override
    public Set<Secret> secrets() {
        Set<Secret> all = new LinkedHashSet<>(place.secrets());
        all.addAll(secrets);
        return all;
    }

    @Override
    public Set<Permission> permissions() {
        return permissions;
    }

    @Override
    public Set<Subject> touches() {
        return place.touches();
    }

    @Override
    public String toString() {
        return sentence;
    }
}
