package dev.golive.aws;

import dev.golive.Action;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Fact;
import dev.golive.GoLiveException;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.lambda.LambdaPort;
import dev.golive.aws.internal.lambda.LambdaPort.Alias;
import dev.golive.aws.internal.lambda.LambdaPort.Version;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a launch asks an alias of a function, and how it takes it back: to a published version. */
final class LambdaDriver implements Component.Driver {

    private final LambdaAlias lambda;

    LambdaDriver(LambdaAlias lambda) {
        this.lambda = lambda;
    }

    private <T> T ask(CheckContext context, Calls.Asking<T> asking) throws Exception {
        return lambda.aws().ask(Service.LAMBDA, context, asking);
    }

    private Alias found(Calls calls) throws Exception {
        return lambda.found(calls).orElseThrow(() -> new GoLiveException("there is no " + lambda));
    }

    private Version live(Calls calls) throws Exception {
        Alias found = found(calls);
        if (!found.isWhole()) {
            throw ApiProblem.undecided("several versions of " + lambda + " get requests: " + found);
        } else if (!LambdaAlias.VERSION.matcher(found.version()).matches()) {
            throw new GoLiveException(lambda + " points to " + found.version() + ", which is no release: publish a "
                    + "version and point the alias to it");
        }
        return lambda.version(calls, found.version())
                .orElseThrow(() -> ApiProblem.undecided("there is no version " + found.version() + " of " + lambda));
    }

    @Override
    public Optional<Release> live(CheckContext context) throws Exception {
        return ask(context, calls -> Optional.of(LambdaAction.release(lambda, live(calls))));
    }

    @Override
    public Optional<Release> previous(CheckContext context) throws Exception {
        return ask(context, calls -> {
            long now = Long.parseLong(live(calls).version());
            Optional<Long> before = LambdaPort.of(calls).versions(lambda.function()).stream()
                    .filter(version -> version < now)
                    .max(Long::compare);
            return before.isEmpty()
                    ? Optional.empty()
                    : lambda.version(calls, before.get().toString())
                            .map(version -> LambdaAction.release(lambda, version));
        });
    }

    @Override
    public Outcome available(Release release, CheckContext context) throws Exception {
        ofThis(release);
        try {
            return ask(context, calls -> {
                Optional<String> gone = LambdaAction.unusable(lambda, calls, release.id(), release.digest());
                if (gone.isPresent()) {
                    return Outcome.failed(gone.get());
                }
                String state =
                        lambda.version(calls, release.id()).map(Version::state).orElse("gone");
                Fact fact = Fact.of("state", "Active", state);
                return state.equals("Active")
                        ? Outcome.passed(fact)
                        : Outcome.warned(
                                "version " + release.id() + " is " + state + ", and must get active first", fact);
            });
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    @Override
    public List<String> holds(CheckContext context) throws Exception {
        return ask(context, calls -> {
            Alias found = found(calls);
            return found.isWhole()
                    ? List.of()
                    : List.of("several versions of " + lambda.name() + " get requests (" + found
                            + "), and whoever shifts them may go on");
        });
    }

    @Override
    public Action backTo(Release frozen) {
        return new LambdaAction(
                lambda, "take " + lambda + " back to version " + ofThis(frozen).id(), frozen.id(), frozen.digest());
    }

    @Override
    public String byHand(Release frozen) {
        return "aws lambda update-alias --region " + lambda.aws().region() + " --function-name " + lambda.function()
                + " --name " + lambda.alias() + " --function-version "
                + ofThis(frozen).id()
                + " --routing-config AdditionalVersionWeights={}";
    }

    private Release ofThis(Release release) {
        if (!Given.notNull(release, "release").component().equals(lambda.name())) {
            throw new IllegalArgumentException("release must be one of " + lambda.name() + " but was " + release);
        }
        return release;
    }

    @Override
    public Set<Permission> permissions() {
        return lambda.changing();
    }

    @Override
    public Set<Subject> touches() {
        return lambda.aws().touches();
    }

    @Override
    public Set<Secret> secrets() {
        return lambda.aws().secrets();
    }
}
