package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.ecr.EcrPort;
import dev.golive.aws.internal.ecs.EcsSight;
import dev.golive.aws.internal.ecs.ExpressConfiguration;
import dev.golive.aws.internal.ecs.ExpressPort;
import dev.golive.aws.internal.ecs.TaskContainer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts an image, variables or both live on a service of ECS Express Mode, with one request. It is at its target when its
 * own deployment has succeeded and the service runs what was asked for. It has 40 minutes for that unless its conduct is
 * given another deadline. Immutable and thread-safe.
 */
public final class ExpressDeploy extends EcsAction implements Deploy {

    private final ExpressService web;
    private final @Nullable String image;
    private final VariableChanges variables;
    private final Capture<Release> release;

    ExpressDeploy(ExpressService web, @Nullable String image, VariableChanges variables) {
        super(
                web.place(),
                (image == null ? "reconfigure " : "deploy " + image + " to ") + web + variables,
                web.changing());
        this.web = web;
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
    public ExpressDeploy set(String variable, String value) {
        return new ExpressDeploy(web, image, variables.setting(variable, value));
    }

    /**
     * The same, which also takes a variable away, also one that is a secret.
     *
     * @param variable the name of the variable
     * @return the new deployment
     */
    public ExpressDeploy unset(String variable) {
        return new ExpressDeploy(web, image, variables.unsetting(variable));
    }

    @Override
    public Capture<Release> release() {
        return release;
    }

    @Override
    public Component component() {
        return web;
    }

    /** The container that is configured, which does not run if its deployment has failed. */
    private static TaskContainer configured(EcsSight sight) {
        return sight.configured().container(null);
    }

    /** The image that is meant, by its digest where that can be found out; empty if it is not there. */
    private static Optional<ImageName> target(EcsSight sight, String image) throws Exception {
        ImageName named =
                ImageName.of(image).besides(ImageName.of(configured(sight).image()));
        return named.isPrivate()
                ? sight.image(named).map(EcrPort.Image::digest).map(named::digest)
                : Optional.of(named);
    }

    @Override
    boolean isReached(EcsSight sight, ActionContext context) throws Exception {
        return isConfigured(sight, putImage(sight, context));
    }

    private boolean isConfigured(EcsSight sight, Optional<String> put) throws Exception {
        TaskContainer found = configured(sight);
        return hasImage(sight, put, found)
                && variables.set().entrySet().stream()
                        .allMatch(one -> one.getValue().equals(found.variables().get(one.getKey()))
                                && !found.secrets().contains(one.getKey()))
                && variables.unset().stream()
                        .noneMatch(name -> found.variables().containsKey(name)
                                || found.secrets().contains(name));
    }

    private boolean hasImage(EcsSight sight, Optional<String> put, TaskContainer found) throws Exception {
        String wanted = image;
        if (wanted == null) {
            return true;
        }
        Optional<ImageName> target = put.isPresent() ? put.map(ImageName::of) : target(sight, wanted);
        if (target.isEmpty()) {
            return false;
        } else if (target.get().identifier().equals(found.image())) {
            return true;
        }
        ImageName there = ImageName.of(found.image());
        return target.get().isDigest()
                && target.get().registry().equals(there.registry())
                && target.get().repository().equals(there.repository())
                && target.get().tag().equals(sight.target().digest());
    }

    @Override
    Optional<String> refusal(EcsSight sight) throws Exception {
        String wanted = image;
        if (wanted != null && target(sight, wanted).isEmpty()) {
            return Optional.of("there is no image " + wanted);
        }
        return isConfigured(sight, Optional.empty()) ? sight.stuck() : Optional.empty();
    }

    @Override
    Begun begin(Calls calls, EcsSight sight) throws Exception {
        ExpressConfiguration target = web.configured(calls, sight);
        String wanted = image;
        String identifier =
                wanted == null ? null : target(sight, wanted).orElseThrow().identifier();
        if (identifier != null) {
            target = target.image(identifier);
        }
        for (Map.Entry<String, String> one : variables.set().entrySet()) {
            target = target.variable(one.getKey(), one.getValue());
        }
        for (String name : variables.unset()) {
            target = target.withoutVariable(name);
        }
        Begun begun = Begun.revision(ExpressPort.of(calls).update(place().arn(), target));
        return identifier == null ? begun : begun.image(identifier);
    }
}
