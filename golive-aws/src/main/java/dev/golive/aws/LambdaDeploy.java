package dev.golive.aws;

import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;

/** Lets a published version get all requests of an alias. */
final class LambdaDeploy extends LambdaAction implements Deploy {

    private final Capture<Release> release;

    LambdaDeploy(LambdaAlias lambda, String version) {
        super(lambda, "deploy version " + version + " to " + lambda, version, null);
        this.release = Capture.given("release of " + lambda.name(), Release.class);
    }

    @Override
    public Capture<Release> release() {
        return release;
    }

    @Override
    public Component component() {
        return lambda();
    }
}
