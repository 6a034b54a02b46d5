package dev.golive.aws;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Fact;
import dev.golive.GoLiveException;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.ecs.Definition;
import dev.golive.aws.internal.ecs.EcsSight;
import dev.golive.aws.internal.ecs.ExpressConfiguration;
import dev.golive.aws.internal.ecs.ExpressPort;
import java.util.Optional;
import java.util.Set;

/**
 * What a launch asks a service of ECS Express Mode, and how it takes it back: to an image and a configuration, through
 * Express Mode itself, so that what Express Mode shows is what runs.
 */
final class ExpressDriver extends EcsDriver {

    private final ExpressService web;

    ExpressDriver(ExpressService web) {
        super(web.place());
        this.web = web;
    }

    /** The image of a release, by its digest where it is known. */
    private static ImageName image(Definition definition, Release release) {
        ImageName image = ImageName.of(definition.main(null).image());
        String digest = release.digest();
        return digest == null ? image : image.digest(digest);
    }

    /** Why a release cannot be brought back, empty if it can. */
    private static Optional<String> gone(EcsSight sight, Release release) throws Exception {
        Optional<Definition> definition = sight.recall(release.id());
        if (definition.isEmpty()) {
            return Optional.of("ECS remembers no deployment of " + release);
        }
        ImageName image = image(definition.get(), release);
        return image.isPrivate() && sight.image(image).isEmpty()
                ? Optional.of("the image of " + release + " is gone from its repository")
                : Optional.empty();
    }

    @Override
    Outcome available(EcsSight sight, Release release) throws Exception {
        Optional<String> gone = gone(sight, release);
        if (gone.isPresent()) {
            return Outcome.failed(gone.get());
        }
        Definition definition = sight.recall(release.id()).orElseThrow();
        ImageName image = image(definition, release);
        Fact told = Fact.of("task definition", definition.id());
        return image.isPrivate() && image.isDigest()
                ? Outcome.passed(told, Fact.of("image", image.tag()))
                : Outcome.warned(
                        "the image is not one of a private repository of ECR, so that nobody says whether it is kept",
                        told);
    }

    @Override
    public Action backTo(Release frozen) {
        return new Back(web, ofThis(frozen));
    }

    @Override
    public String byHand(Release frozen) {
        String digest = ofThis(frozen).digest();
        return "AWS console, ECS, Express Mode, " + web.name() + ", Update: image "
                + (digest == null ? frozen.id() : "@" + digest)
                + " of its repository, and the rest as in the service revision that ran as " + frozen.id();
    }

    @Override
    public Set<Permission> permissions() {
        return web.changing();
    }

    /** Brings an image and a configuration back, whole, in one request. */
    private static final class Back extends EcsAction {

        private final ExpressService web;
        private final Release frozen;

        Back(ExpressService web, Release frozen) {
            super(web.place(), "take " + web + " back to " + frozen.id(), web.changing());
            this.web = web;
            this.frozen = frozen;
        }

        @Override
        boolean isReached(EcsSight sight, ActionContext context) {
            return sight.live().id().equals(frozen.id());
        }

        @Override
        Optional<String> refusal(EcsSight sight) throws Exception {
            return gone(sight, frozen);
        }

        @Override
        Begun begin(Calls calls, EcsSight sight) throws Exception {
            Definition definition = sight.recall(frozen.id())
                    .orElseThrow(() -> new GoLiveException("ECS remembers no deployment of " + frozen));
            ExpressConfiguration target = web.configured(calls, sight)
                    .with(definition)
                    .image(image(definition, frozen).identifier());
            return Begun.revision(ExpressPort.of(calls).update(place().arn(), target));
        }
    }
}
