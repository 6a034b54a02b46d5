package dev.golive.aws;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Fact;
import dev.golive.GoLiveException;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.Configuration;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.aws.internal.apprunner.Sight;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a launch asks a service of App Runner, and how it takes it back: to an image and a configuration. */
final class AppRunnerDriver implements Component.Driver {

    private final AppRunnerService web;

    AppRunnerDriver(AppRunnerService web) {
        this.web = web;
    }

    private <T> T ask(CheckContext context, Calls.Asking<T> asking) throws Exception {
        return web.aws().ask(Service.APP_RUNNER, context, asking);
    }

    private Sight sight(Calls calls) throws Exception {
        return web.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + web));
    }

    @Override
    public Optional<Release> live(CheckContext context) throws Exception {
        return ask(context, calls -> {
            Sight sight = sight(calls);
            if (sight.isBusy()) {
                throw ApiProblem.undecided("an operation of " + web + " goes on, so that it cannot be told what runs");
            }
            return sight.state().status().equals("RUNNING") ? Optional.of(sight.live()) : Optional.empty();
        });
    }

    @Override
    public Optional<Release> previous(CheckContext context) throws Exception {
        return ask(context, calls -> sight(calls).previous());
    }

    @Override
    public Outcome available(Release release, CheckContext context) throws Exception {
        ofThis(release);
        try {
            return ask(context, calls -> available(sight(calls), release));
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    private Outcome available(Sight sight, Release release) throws Exception {
        if (!sight.isBusy() && sight.state().status().equals("RUNNING")) {
            // what runs is remembered by looking at it, if it can be told
            sight.liveIfKnown();
        }
        Optional<String> gone = gone(sight, release);
        if (gone.isPresent()) {
            return Outcome.failed(gone.get());
        }
        Fact memory = Fact.of(
                "configuration remembered",
                web.memory() == null ? "by this process only" : "in secret " + web.memory());
        String digest = release.digest();
        return digest == null
                ? Outcome.warned(
                        "the image is not one of a private repository of ECR, so that nobody says whether it is kept",
                        memory)
                : Outcome.passed(memory, Fact.of("image", digest));
    }

    /** Why a release cannot be brought back, empty if it can. */
    private Optional<String> gone(Sight sight, Release release) throws Exception {
        Optional<Configuration> configuration = sight.recall(release);
        if (configuration.isEmpty()) {
            return Optional.of("nobody remembers the configuration of " + release
                    + (web.memory() == null ? "; rememberedIn(..) lets another process know it" : ""));
        }
        ImageName image = ImageName.of(configuration.get().image());
        return image.isPrivate() && sight.image(image).isEmpty()
                ? Optional.of("the image of " + release + " is gone from its repository")
                : Optional.empty();
    }

    @Override
    public List<String> holds(CheckContext context) throws Exception {
        return ask(context, calls -> {
            Configuration configuration = sight(calls).state().configuration();
            return configuration.deploysAutomatically()
                    ? List.of("App Runner deploys every push of " + configuration.image() + " to " + web.name()
                            + " by itself, until a rollback has turned that off")
                    : List.of();
        });
    }

    @Override
    public Action backTo(Release frozen) {
        return new Back(ofThis(frozen));
    }

    @Override
    public String byHand(Release frozen) {
        String digest = ofThis(frozen).digest();
        return "AWS console, App Runner, " + web.name() + ", Configuration, Edit: image "
                + (digest == null ? frozen.id() : "@" + digest)
                + " of its repository, automatic deployments off, and the"
                + " variables as they were in " + frozen.id()
                + (web.memory() == null ? "" : " (secret " + web.memory() + ")");
    }

    private Release ofThis(Release release) {
        if (!Given.notNull(release, "release").component().equals(web.name())) {
            throw new IllegalArgumentException("release must be one of " + web.name() + " but was " + release);
        }
        return release;
    }

    @Override
    public Set<Permission> permissions() {
        return web.changing("apprunner:UpdateService");
    }

    @Override
    public Set<Subject> touches() {
        return web.aws().touches();
    }

    @Override
    public Set<Secret> secrets() {
        return web.aws().secrets();
    }

    /** Brings an image and a configuration back, whole, in one request. */
    private final class Back extends AppRunnerAction {

        private final Release frozen;

        Back(Release frozen) {
            super(web, "take " + web + " back to " + frozen.id(), web.changing("apprunner:UpdateService"));
            this.frozen = frozen;
        }

        @Override
        boolean isReached(Sight sight, ActionContext context) throws Exception {
            return sight.liveIfKnown()
                    .filter(live -> live.id().equals(frozen.id()))
                    .isPresent();
        }

        @Override
        Optional<String> refusal(Sight sight) throws Exception {
            return gone(sight, frozen);
        }

        @Override
        Receipt begin(Sight sight) throws Exception {
            Configuration target = sight.recall(frozen)
                    .orElseThrow(() -> new GoLiveException("nobody remembers the configuration of " + frozen));
            return Receipt.of(sight.port().update(sight.state().arn(), target));
        }
    }
}
