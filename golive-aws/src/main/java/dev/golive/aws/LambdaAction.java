package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.lambda.LambdaPort;
import dev.golive.aws.internal.lambda.LambdaPort.Alias;
import dev.golive.aws.internal.lambda.LambdaPort.Version;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Points an alias to one version, unless somebody else has pointed it elsewhere. */
class LambdaAction extends AwsAction {

    /** The revision of the alias that was replaced: seen again, it is an old answer. */
    private static final String BEFORE = "before";

    /** The states of a version to which an alias may point; an inactive one gets active when it is called. */
    private static final Set<String> USABLE = Set.of("Active", "Inactive", "Pending");

    private final LambdaAlias lambda;
    private final String version;
    private final @Nullable String digest;

    LambdaAction(LambdaAlias lambda, String sentence, String version, @Nullable String digest) {
        super(lambda.aws(), Service.LAMBDA, Kind.REVERSIBLE, sentence, lambda.changing());
        this.lambda = lambda;
        this.version = version;
        this.digest = digest;
    }

    final LambdaAlias lambda() {
        return lambda;
    }

    /** What a version is as a release. */
    static Release release(LambdaAlias lambda, Version version) {
        return new Release(lambda.name(), version.version(), null, version.digest());
    }

    /** Why an alias cannot point to a version, empty if it can. */
    static Optional<String> unusable(LambdaAlias lambda, Calls calls, String version, @Nullable String digest)
            throws Exception {
        if (!LambdaAlias.VERSION.matcher(version).matches()) {
            return Optional.of(version + " is no published version");
        }
        Optional<Version> found = lambda.version(calls, version);
        if (found.isEmpty()) {
            return Optional.of("there is no version " + version + " of " + lambda.function());
        } else if (digest != null && !digest.equals(found.get().digest())) {
            // a function that was deleted and made again counts from 1
            return Optional.of("version " + version + " of " + lambda.function() + " has other code by now");
        } else if (!USABLE.contains(found.get().state())) {
            return Optional.of("version " + version + " of " + lambda.function() + " is "
                    + found.get().state());
        }
        return Optional.empty();
    }

    private boolean isReached(Alias found) {
        return found.isWhole() && found.version().equals(version);
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        Optional<Alias> there = lambda.found(calls);
        if (there.isEmpty()) {
            return Observation.refused("there is no " + lambda);
        }
        Alias found = there.get();
        Optional<String> refusal = unusable(lambda, calls, version, digest);
        if (isReached(found) && refusal.isEmpty()) {
            Version live = lambda.version(calls, version).orElseThrow();
            return live.state().equals("Pending")
                    ? Observation.underWay(found + " is Pending")
                    : Observation.atTarget(found + " gets all requests").yielding(release(lambda, live));
        } else if (isReached(found)) {
            // nobody has pointed it elsewhere: it is the version itself that cannot serve
            return Observation.refused(found + " gets all requests, but " + refusal.get());
        }
        Optional<Receipt> receipt =
                context.receipt().filter(own -> own.details().containsKey(BEFORE));
        if (receipt.isPresent()) {
            return found.revision().equals(receipt.get().details().get(BEFORE))
                    ? Observation.underWay(found + ", and the alias does not show the change yet")
                    : Observation.somewhereElse(found + ", by a later change of somebody else");
        }
        Optional<Release> launched = context.launched(lambda.name());
        if (launched.isPresent() && (!found.isWhole() || !launched.get().id().equals(found.version()))) {
            return Observation.somewhereElse(found + ", which this launch did not put there");
        }
        return refusal.isPresent() ? Observation.refused(refusal.get()) : Observation.notAtTarget(found.toString());
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        Alias found = lambda.found(calls).orElseThrow(() -> new GoLiveException("there is no " + lambda));
        Optional<String> refusal = unusable(lambda, calls, version, digest);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get());
        } else if (isReached(found)) {
            // a request that is repeated, or one that nobody needs
            return Receipt.of(found.revision());
        }
        String revision = LambdaPort.of(calls).point(lambda.function(), lambda.alias(), version, found.revision());
        return new Receipt(revision, Map.of(BEFORE, found.revision()));
    }
}
