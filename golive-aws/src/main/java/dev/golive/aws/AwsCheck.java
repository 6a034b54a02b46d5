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
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ProviderCheck;
import java.util.List;
import java.util.Set;

/** A question to one service of AWS, which knows how AWS writes what it must be allowed. */
final class AwsCheck implements Check {

    private final Place place;
    private final ProviderCheck<Calls> check;

    private AwsCheck(Place place, ProviderCheck<Calls> check) {
        this.place = place;
        this.check = check;
    }

    /** A check that must be allowed nothing yet. */
    static AwsCheck of(Aws aws, Service service, String sentence, Calls.Asking<Outcome> judge) {
        return of(aws.place(), service, sentence, judge);
    }

    /** A check that must be allowed nothing yet. */
    static AwsCheck of(Place place, Service service, String sentence, Calls.Asking<Outcome> judge) {
        return new AwsCheck(place, ProviderCheck.of(new ServicePlace(place, service), sentence, judge::ask));
    }

    /** The same, which must be allowed an action, written as {@code rds:DescribeDBInstances}, on a resource. */
    AwsCheck needing(String action, String resource) {
        return new AwsCheck(place, check.needing(place.permission(action, resource)));
    }

    /** The same, which reads what an expectation reads. */
    AwsCheck reading(Expectation<?> expectation) {
        return new AwsCheck(place, check.reading(expectation));
    }

    /** The same, which reveals a secret. */
    AwsCheck revealing(Secret secret) {
        return new AwsCheck(place, check.revealing(secret));
    }

    @Override
    public String sentence() {
        return check.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return check.examine(context);
    }

    @Override
    public Timing timing() {
        return check.timing();
    }

    @Override
    public List<Check> preconditions() {
        return place.preconditions(this);
    }

    @Override
    public Set<Capture<?>> reads() {
        return check.reads();
    }

    @Override
    public Set<Secret> secrets() {
        return check.secrets();
    }

    @Override
    public Set<Permission> permissions() {
        return check.permissions();
    }

    @Override
    public Set<Subject> touches() {
        return check.touches();
    }

    @Override
    public String toString() {
        return check.toString();
    }
}
