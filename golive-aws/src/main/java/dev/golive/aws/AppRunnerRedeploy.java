package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.aws.internal.apprunner.Sight;
import java.util.Optional;

/** Deploys what is configured once more. Whether it was done is told by its own operation alone. */
final class AppRunnerRedeploy extends AppRunnerAction implements Deploy {

    private final Capture<Release> release;

    AppRunnerRedeploy(AppRunnerService web) {
        super(web, "deploy what is configured on " + web + " once more", web.changing("apprunner:StartDeployment"));
        this.release = Capture.given("release of " + web.name(), Release.class);
    }

    @Override
    public Capture<Release> release() {
        return release;
    }

    @Override
    public Component component() {
        return web();
    }

    @Override
    public boolean isConvergent() {
        return false;
    }

    @Override
    boolean isReached(Sight sight, ActionContext context) {
        Optional<String> own = context.receipt().map(Receipt::id);
        return own.isPresent()
                && sight.operations().stream()
                        .anyMatch(operation -> operation.id().equals(own.get()) && operation.hasSucceeded());
    }

    @Override
    Optional<String> refusal(Sight sight) {
        return Optional.empty();
    }

    @Override
    Receipt begin(Sight sight) throws Exception {
        return Receipt.of(sight.port().redeploy(sight.state().arn()));
    }
}
