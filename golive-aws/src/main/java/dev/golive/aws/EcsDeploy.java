package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Permission;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.ecr.EcrPort;
import dev.golive.aws.internal.ecs.EcsPort.ServiceDeployment;
import dev.golive.aws.internal.ecs.EcsSight;
import java.util.Optional;
import java.util.Set;

/** Puts something live on a service of ECS. It is at its target when its own deployment has succeeded and it runs. */
abstract class EcsDeploy extends EcsAction implements Deploy {

    private final Capture<Release> release;

    EcsDeploy(EcsPlace place, String sentence, Set<Permission> permissions) {
        super(place, sentence, permissions);
        this.release = Capture.given("release of " + place.name(), Release.class);
    }

    @Override
    public Capture<Release> release() {
        return release;
    }

    @Override
    public Component component() {
        return place().component();
    }

    /** Why a deployment of a task definition cannot begin, empty if it can. */
    static Optional<String> unusable(EcsSight sight, String definition, Release frozen) throws Exception {
        return sight.wanted().equals(definition)
                ? Optional.of("the deployment of " + definition + " is "
                        + sight.state().primary().state())
                : sight.unusable(definition, frozen.digest());
    }

    /** Puts a revision of a task definition live. */
    static final class OfDefinition extends EcsDeploy {

        private final String definition;

        OfDefinition(EcsPlace place, String definition) {
            super(place, "deploy task definition " + definition + " to " + place, place.changing("ecs:UpdateService"));
            this.definition = definition;
        }

        @Override
        boolean isReached(EcsSight sight, ActionContext context) {
            return sight.wanted().equals(definition);
        }

        @Override
        Optional<String> refusal(EcsSight sight) throws Exception {
            return unusable(sight, definition, Release.of(place().name(), definition));
        }

        @Override
        Begun begin(Calls calls, EcsSight sight) throws Exception {
            return Begun.definition(sight.update(definition, false), definition);
        }
    }

    /** Registers the task definition that is live with another image, and puts that live. */
    static final class OfImage extends EcsDeploy {

        private final String image;

        OfImage(EcsPlace place, String image) {
            super(place, "deploy image " + image + " to " + place, place.registering("ecs:UpdateService"));
            this.image = image;
        }

        /** The image that is configured, which does not run if its deployment has failed. */
        private static String current(EcsSight sight, EcsPlace place) {
            return sight.configured().container(place.container()).image();
        }

        /** The image that is meant, by its digest where that can be found out; empty if it is not there. */
        private Optional<ImageName> target(EcsSight sight) throws Exception {
            ImageName named = ImageName.of(image).besides(ImageName.of(current(sight, place())));
            if (!named.isPrivate()) {
                return Optional.of(named);
            }
            return sight.image(named).map(EcrPort.Image::digest).map(named::digest);
        }

        @Override
        boolean isReached(EcsSight sight, ActionContext context) throws Exception {
            Optional<String> put = putDefinition(sight, context);
            if (put.isPresent()) {
                return sight.wanted().equals(put.get());
            }
            Optional<ImageName> target = target(sight);
            return target.isPresent() && target.get().identifier().equals(current(sight, place()));
        }

        @Override
        Optional<String> refusal(EcsSight sight) throws Exception {
            Optional<ImageName> target = target(sight);
            if (target.isEmpty()) {
                return Optional.of("there is no image " + image);
            }
            return target.get().identifier().equals(current(sight, place())) ? sight.stuck() : Optional.empty();
        }

        @Override
        Begun begin(Calls calls, EcsSight sight) throws Exception {
            String definition = sight.register(target(sight).orElseThrow().identifier());
            return Begun.definition(sight.update(definition, false), definition);
        }
    }

    /** Starts all tasks anew. Whether it was done is told by its own deployment alone. */
    static final class Again extends EcsDeploy {

        Again(EcsPlace place) {
            super(place, "deploy what runs on " + place + " once more", place.changing("ecs:UpdateService"));
        }

        @Override
        public boolean isConvergent() {
            return false;
        }

        @Override
        boolean isReached(EcsSight sight, ActionContext context) {
            return own(sight, context).filter(ServiceDeployment::hasSucceeded).isPresent();
        }

        @Override
        Optional<String> refusal(EcsSight sight) {
            return Optional.empty();
        }

        @Override
        Begun begin(Calls calls, EcsSight sight) throws Exception {
            return Begun.definition(sight.update(null, true), sight.wanted());
        }
    }
}
