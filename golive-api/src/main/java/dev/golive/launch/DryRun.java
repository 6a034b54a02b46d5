package dev.golive.launch;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.internal.Ids;
import dev.golive.rollback.RollbackPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks what the actions of a plan would do. Nothing in here holds an action when it is run: what it is given can look
 * and cannot do anything else.
 */
final class DryRun {

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final String BACK = "back-";

    private DryRun() {}

    /** All that is left of an action. */
    @FunctionalInterface
    private interface Look {
        Observation at(ActionContext context) throws Exception;
    }

    /** One way to an end, to be looked at. */
    private record Way(String sentence, Look look) {

        static List<Way> of(Action action) {
            List<Action> ways = action.alternatives().isEmpty() ? List.of(action) : action.alternatives();
            return ways.stream()
                    .map(way -> new Way(way.sentence(), way::observe))
                    .toList();
        }
    }

    /** Finds out the ways, which for a component depend on what is live. */
    @FunctionalInterface
    private interface Ways {
        List<Way> of(CheckContext context) throws Exception;
    }

    static Report of(LaunchPlan plan, GoLive golive, Environment environment) {
        Course course = plan.course();
        Checklist.Builder list = Checklist.named(plan.name() + " (dry run)");
        String key = Ids.digest("dry run " + plan.digest() + environment.name());
        int size = 0;
        for (Action action : course.actions().values()) {
            List<Way> ways = Way.of(action);
            list.require(new Looked(
                            action.sentence(),
                            Ids.digest(key + action.id()),
                            context -> ways,
                            Outcome.unknown("there is no way to do it"),
                            action.secrets(),
                            action.touches(),
                            action.permissions())
                    .as(action.id()));
            size++;
        }
        for (Component component : course.components().values()) {
            boolean deployed = course.deploys().containsKey(component.name());
            Component.Driver driver = component.driver();
            list.require(new Looked(
                            "bring back " + component.name(),
                            Ids.digest(key + BACK + component.name()),
                            context -> wayBack(deployed ? driver.live(context) : driver.previous(context), driver),
                            withoutRelease(plan, component),
                            driver.secrets(),
                            driver.touches(),
                            driver.permissions())
                    .as(BACK + component.name()));
            size++;
        }
        if (size == 0) {
            throw new GoLiveException(
                    plan.name() + " performs nothing and takes nothing back, so that there is nothing" + " to look at");
        }
        return golive.run(list.build(), environment);
    }

    private static List<Way> wayBack(Optional<Release> release, Component.Driver driver) {
        return release.map(frozen -> Way.of(driver.backTo(frozen))).orElse(List.of());
    }

    /** What it comes to if there is no release that a component could go back to. */
    private static Outcome withoutRelease(LaunchPlan plan, Component component) {
        String found = "there is no release of " + component.name() + " to go back to";
        RollbackPolicy policy = plan.policy()
                .filter(one ->
                        one.components().stream().anyMatch(mine -> mine.name().equals(component.name())))
                .orElse(null);
        if (policy == null) {
            return Outcome.warned(found + ", and no rollback policy takes it back", Fact.of("would", "nothing"));
        }
        List<String> takeDown =
                policy.noPreviousRelease().stream().map(Action::sentence).toList();
        if (!takeDown.isEmpty()) {
            return Outcome.passed(Fact.of("found", found), Fact.of("would", String.join(", then ", takeDown)));
        }
        return policy.fixForwardOnly()
                .map(role ->
                        Outcome.warned(found + "; fix forward only, accepted by " + role, Fact.of("would", "nothing")))
                .orElse(Outcome.failed(
                        found + ", and the policy does not say noPreviousRelease(..) or fixForwardOnly(..)",
                        Fact.of("would", "nothing")));
    }

    /** An action as a question: what would it do now? */
    private record Looked(
            String sentence,
            String key,
            Ways ways,
            Outcome ifNone,
            Set<Secret> secrets,
            Set<Subject> touches,
            Set<Permission> permissions)
            implements Check {

        @Override
        public Timing timing() {
            return Timing.standard().timeout(LOOK);
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            ActionContext observing = new CallContext(context, key, null, Map.of());
            List<Way> open = ways.of(context);
            if (open.isEmpty()) {
                return ifNone;
            }
            List<String> refused = new ArrayList<>();
            for (Way way : open) {
                Observation seen = way.look().at(observing);
                if (seen.state() != Observation.State.REFUSED) {
                    return outcome(way, seen, refused);
                }
                refused.add(open.size() == 1 ? seen.found() : way.sentence() + ": " + seen.found());
            }
            String why = String.join("; ", refused);
            return Outcome.failed(
                    why, Fact.of("state", Observation.State.REFUSED), Fact.of("found", why), Fact.of("would", "fail"));
        }

        private static Outcome outcome(Way way, Observation seen, List<String> refused) {
            List<Fact> facts = new ArrayList<>();
            facts.add(Fact.of("state", seen.state()));
            facts.add(Fact.of("found", seen.found()));
            refused.forEach(one -> facts.add(Fact.of("not open", one)));
            facts.add(Fact.of("would", would(way, seen)));
            Outcome outcome = switch (seen.state()) {
                case AT_TARGET, NOT_AT_TARGET -> Outcome.passed();
                case UNDER_WAY -> Outcome.warned("something is under way: " + seen.found());
                case SOMEWHERE_ELSE -> Outcome.failed("somebody else acted: " + seen.found());
                case REFUSED -> Outcome.failed(seen.found());
                case UNKNOWN -> Outcome.unknown(seen.found());
            };
            return outcome.with(facts);
        }

        private static String would(Way way, Observation seen) {
            return switch (seen.state()) {
                case AT_TARGET -> "nothing to do";
                case NOT_AT_TARGET -> way.sentence();
                case UNDER_WAY -> "wait for that, then " + way.sentence();
                case SOMEWHERE_ELSE -> "ask a person";
                case REFUSED -> "fail";
                case UNKNOWN -> "look again";
            };
        }

        @Override
        public String toString() {
            return sentence;
        }
    }
}
