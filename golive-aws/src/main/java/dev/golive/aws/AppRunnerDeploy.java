package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.aws.internal.apprunner.Configuration;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.apprunner.Sight;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts an image, variables or both live on a service of App Runner, with one request. It is at its target when the
 * operation has succeeded and the service runs what was asked for, for which there are 40 minutes unless said otherwise. A
 * tag of a private repository of ECR is configured by the digest that it stands for then, unless App Runner deploys every
 * push of it by itself: what runs stays the same, and can be told, whatever becomes of the tag. Immutable and thread-safe.
 */
public final class AppRunnerDeploy extends AppRunnerAction implements Deploy {

    private final @Nullable String image;
    private final VariableChanges variables;
    private final Capture<Release> release;

    AppRunnerDeploy(AppRunnerService web, @Nullable String image, VariableChanges variables) {
        super(
                web,
                (image == null ? "reconfigure " : "deploy " + image + " to ") + web + variables,
                web.changing("apprunner:UpdateService", "apprunner:StartDeployment"));
        this.image = image;
        this.variables = variables;
        this.release = Capture.given("release of " + web.name(), Release.class);
    }

    /**
     * The same, which also gives a variable a value. Values stand neither in the sentence nor in a journal.
     *
     * @param variable the name of the variable
     * @param value its value
     * @return the new deployment
     */
    public AppRunnerDeploy set(String variable, String value) {
        return new AppRunnerDeploy(web(), image, variables.setting(variable, value));
    }

    /**
     * The same, which also takes a variable away.
     *
     * @param variable the name of the variable
     * @return the new deployment
     */
    public AppRunnerDeploy unset(String variable) {
        return new AppRunnerDeploy(web(), image, variables.unsetting(variable));
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
    boolean isReached(Sight sight, ActionContext context) throws Exception {
        return hasVariables(sight.state().configuration())
                && hasImage(sight, context.receipt().map(Receipt::details).map(details -> details.get(IMAGE)));
    }

    /** What was asked for counts, and not what its tag stands for by now. */
    private boolean hasImage(Sight sight, Optional<String> asked) throws Exception {
        String wanted = image;
        String found = sight.state().configuration().image();
        if (wanted == null || asked.isPresent()) {
            return asked.isEmpty() || asked.get().equals(found) && !sight.isOutrun();
        }
        ImageName target = target(sight, wanted);
        return target.identifier().equals(found)
                ? !sight.isOutrun()
                : pinned(sight, target).identifier().equals(found);
    }

    private boolean hasVariables(Configuration found) {
        return variables.set().entrySet().stream()
                        .allMatch(one -> AppRunnerService.differs(found, one.getKey(), one.getValue()) == null)
                && variables.unset().stream()
                        .noneMatch(name -> found.variables().containsKey(name)
                                || found.secrets().containsKey(name));
    }

    /** The image that a tag stands for now, by its digest, so that it stays the same one whatever becomes of the tag. */
    private static ImageName pinned(Sight sight, ImageName target) throws Exception {
        if (target.isDigest() || !target.isPrivate()) {
            return target;
        }
        return sight.image(target).map(found -> target.digest(found.digest())).orElse(target);
    }

    private static ImageName target(Sight sight, String image) {
        return ImageName.of(image)
                .besides(ImageName.of(sight.state().configuration().image()));
    }

    @Override
    Optional<String> refusal(Sight sight) throws Exception {
        if (!sight.state().configuration().isOfImage()) {
            return Optional.of(web() + " runs code of a repository, not an image");
        }
        String wanted = image;
        if (wanted != null) {
            ImageName target = target(sight, wanted);
            if (target.isPrivate() && sight.image(target).isEmpty()) {
                return Optional.of("there is no image " + target.identifier());
            }
        }
        return Optional.empty();
    }

    @Override
    Receipt begin(Sight sight) throws Exception {
        Configuration target = sight.state().configuration();
        String wanted = image;
        if (wanted != null) {
            ImageName name = target(sight, wanted);
            // who has App Runner deploy every push of a tag wants the tag to stay
            target = target.image((target.deploysAutomatically() ? name : pinned(sight, name)).identifier());
        }
        for (Map.Entry<String, String> one : variables.set().entrySet()) {
            target = target.variable(one.getKey(), one.getValue());
        }
        for (String name : variables.unset()) {
            target = target.withoutVariable(name);
        }
        boolean nothingNew = hasVariables(sight.state().configuration())
                && target.image().equals(sight.state().configuration().image());
        String id = nothingNew
                ? sight.port().redeploy(sight.state().arn())
                : sight.port().update(sight.state().arn(), target);
        return new Receipt(id, Map.of(IMAGE, target.image()));
    }
}
