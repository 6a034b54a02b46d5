package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.cloudfront.CloudFrontPort;
import dev.golive.aws.internal.cloudfront.CloudFrontPort.Invalidation;
import dev.golive.provider.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the caches of a distribution forget paths. */
final class DistributionInvalidation extends AwsAction {

    /** Some take a quarter of an hour. */
    private static final Conduct CONDUCT = Conduct.standard().deadline(Duration.ofMinutes(20));

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int SHOWN = 3;

    private final Distribution distribution;
    private final List<String> paths;

    DistributionInvalidation(Distribution distribution, List<String> paths) {
        super(
                distribution.aws(),
                Service.CLOUD_FRONT,
                Kind.REVERSIBLE,
                "invalidate " + shown(paths) + " of " + distribution,
                Set.of(
                        distribution.aws().permission("cloudfront:CreateInvalidation", distribution.arn()),
                        distribution.aws().permission("cloudfront:GetDistribution", distribution.arn()),
                        distribution.aws().permission("cloudfront:GetInvalidation", distribution.arn())));
        this.distribution = distribution;
        this.paths = paths;
    }

    private static String shown(List<String> paths) {
        String some = String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())));
        return paths.size() <= SHOWN ? some : some + " and " + (paths.size() - SHOWN) + " more";
    }

    @Override
    public Conduct conduct() {
        return CONDUCT;
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        CloudFrontPort port = CloudFrontPort.of(calls);
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isEmpty()) {
            return port.distribution(distribution.id()).isEmpty()
                    ? Observation.refused("there is no " + distribution)
                    : Observation.notAtTarget("nothing was invalidated yet");
        }
        String id = receipt.get().id();
        Optional<Invalidation> found = port.invalidation(distribution.id(), id);
        if (found.isEmpty()) {
            return Observation.unknown("there is no invalidation " + id + " of " + distribution);
        }
        String words = "invalidation " + id + " is " + found.get().status();
        return found.get().isCompleted() ? Observation.atTarget(words) : Observation.underWay(words);
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        CloudFrontPort port = CloudFrontPort.of(calls);
        String reference = "golive-" + context.idempotencyKey();
        while (true) {
            try {
                Invalidation made = port.invalidate(distribution.id(), paths, reference);
                return new Receipt(made.id(), Map.of("caller reference", reference));
            } catch (ApiProblem e) {
                Instant due = context.time().now().plus(PAUSE);
                // it was not looked at, so that asking again repeats nothing
                if (!e.code().equals("TooManyInvalidationsInProgress") || !due.isBefore(context.deadline())) {
                    throw e;
                }
                context.time().sleepUntil(due);
            }
        }
    }
}
