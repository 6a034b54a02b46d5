package dev.golive.aws;

import dev.golive.Action;
import dev.golive.ActionContext;
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
import dev.golive.aws.internal.ecs.EcsSight;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a launch asks a service of ECS, and how it takes it back: to a revision of a task definition. */
class EcsDriver implements Component.Driver {

    /** Family and revision. */
    static final Pattern DEFINITION = Pattern.compile("[A-Za-z0-9_-]{1,255}:[1-9][0-9]{0,9}");

    private final EcsPlace place;

    EcsDriver(EcsPlace place) {
        this.place = place;
    }

    final EcsPlace place() {
        return place;
    }

    final <T> T ask(CheckContext context, Calls.Asking<T> asking) throws Exception {
        return place.aws().ask(Service.ECS, context, asking);
    }

    final EcsSight sight(Calls calls) throws Exception {
        return place.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + place));
    }

    @Override
    public Optional<Release> live(CheckContext context) throws Exception {
        return ask(context, calls -> {
            EcsSight sight = sight(calls).ofEcs();
            boolean runs =
                    sight.state().status().equals("ACTIVE") && sight.state().desired() > 0;
            return runs ? Optional.of(sight.live()) : Optional.empty();
        });
    }

    @Override
    public Optional<Release> previous(CheckContext context) throws Exception {
        return ask(context, calls -> sight(calls).ofEcs().previous());
    }

    @Override
    public Outcome available(Release release, CheckContext context) throws Exception {
        ofThis(release);
        try {
            return ask(context, calls -> available(sight(calls).ofEcs(), release));
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    /** Whether a release can be brought back. */
    Outcome available(EcsSight sight, Release release) throws Exception {
        Optional<String> gone = gone(sight, release);
        if (gone.isPresent()) {
            return Outcome.failed(gone.get());
        }
        Fact definition = Fact.of("task definition", release.id());
        return sight.isPinned(release.id())
                ? Outcome.passed(definition)
                : Outcome.warned(
                        "an image of " + release.id() + " is named by a tag, which may stand for another by then",
                        definition);
    }

    /** Why a release cannot be brought back, empty if it can. */
    private static Optional<String> gone(EcsSight sight, Release release) throws Exception {
        return DEFINITION.matcher(release.id()).matches()
                ? sight.unusable(release.id(), release.digest())
                : Optional.of(release.id() + " is no revision of a task definition");
    }

    @Override
    public List<String> holds(CheckContext context) throws Exception {
        return ask(context, calls -> {
            EcsSight sight = sight(calls);
            return sight.isOfEcs()
                    ? List.of()
                    : List.of("the deployments of " + place.name() + " are made by "
                            + sight.state().controller() + ", not by ECS");
        });
    }

    @Override
    public Action backTo(Release frozen) {
        return new Back(place, ofThis(frozen));
    }

    @Override
    public String byHand(Release frozen) {
        return "aws ecs update-service --region " + place.aws().region() + " --cluster " + place.cluster()
                + " --service " + place.name() + " --task-definition "
                + ofThis(frozen).id();
    }

    final Release ofThis(Release release) {
        if (!Given.notNull(release, "release").component().equals(place.name())) {
            throw new IllegalArgumentException("release must be one of " + place.name() + " but was " + release);
        }
        return release;
    }

    @Override
    public Set<Permission> permissions() {
        return place.changing("ecs:UpdateService");
    }

    @Override
    public Set<Subject> touches() {
        return place.aws().touches();
    }

    @Override
    public Set<Secret> secrets() {
        return place.aws().secrets();
    }

    /** Brings a revision of a task definition back. */
    private static final class Back extends EcsAction {

        private final Release frozen;

        Back(EcsPlace place, Release frozen) {
            super(place, "take " + place + " back to " + frozen.id(), place.changing("ecs:UpdateService"));
            this.frozen = frozen;
        }

        @Override
        boolean isReached(EcsSight sight, ActionContext context) {
            return sight.wanted().equals(frozen.id());
        }

        @Override
        Optional<String> refusal(EcsSight sight) throws Exception {
            return DEFINITION.matcher(frozen.id()).matches()
                    ? EcsDeploy.unusable(sight, frozen.id(), frozen)
                    : gone(sight, frozen);
        }

        @Override
        Begun begin(Calls calls, EcsSight sight) throws Exception {
            return Begun.definition(sight.update(frozen.id(), false), frozen.id());
        }
    }
}
