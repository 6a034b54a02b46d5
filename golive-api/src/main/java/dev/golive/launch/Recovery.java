package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Conduct;
import dev.golive.Timing;
import dev.golive.rollback.Consequence;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Rule;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long it takes at worst by a plan until users are served as before, part by part. */
record Recovery(List<Part> parts) {

    /** One after the other. */
    record Part(String what, Duration atMost, String because) {}

    /** The parts; empty for a plan without a rollback policy. */
    static Optional<Recovery> of(LaunchPlan plan) {
        return plan.policy().map(policy -> {
            List<Part> parts = new ArrayList<>();
            Rule slowest = policy.rules().stream()
                    .filter(rule -> rule.consequence() != Consequence.NOTIFY
                            && !rule.trigger().isDryRun())
                    .max(Comparator.comparing(
                            rule -> rule.trigger().firesWithin().plus(decision(plan, policy, rule))))
                    .orElse(null);
            parts.add(
                    slowest == null
                            ? new Part("detection", Duration.ZERO, "no trigger; begins with a report or a gate")
                            : new Part(
                                    "detection",
                                    slowest.trigger().firesWithin(),
                                    slowest.trigger().sentence()));
            Duration decision = decision(plan, policy, slowest);
            parts.add(new Part(
                    "decision",
                    decision,
                    decision.isZero() ? "nobody is asked" : "a person approves, and is waited for so long"));
            execution(plan, policy, parts);
            parts.add(new Part("verification", verification(policy), "the slowest check of the verification"));
            return new Recovery(List.copyOf(parts));
        });
    }

    Duration sum() {
        return parts.stream().map(Part::atMost).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public String toString() {
        return parts.stream()
                        .filter(part -> !part.atMost().isZero())
                        .map(part -> part.what() + " " + Spans.text(part.atMost()))
                        .reduce((a, b) -> a + " + " + b)
                        .orElse("nothing")
                + " = " + Spans.text(sum());
    }

    private static Duration decision(LaunchPlan plan, RollbackPolicy policy, @Nullable Rule rule) {
        boolean asks = !policy.isAutomatic()
                || (rule != null && rule.consequence() == Consequence.ASK)
                || plan.moments().stream().anyMatch(Moment::isPointOfNoReturn);
        return asks ? policy.approvalTimeout() : Duration.ZERO;
    }

    private static void execution(LaunchPlan plan, RollbackPolicy policy, List<Part> parts) {
        Duration budget = policy.budget().orElse(null);
        if (budget != null) {
            parts.add(new Part("execution", budget, "the budget of the policy"));
            return;
        }
        for (Moment.Step step : (Iterable<Moment.Step>) steps(plan)::iterator) {
            for (Action action : step.actions()) {
                Compatibility meaning = plan.migrations().get(action.id());
                if (meaning != null) {
                    meaning.down().ifPresent(down -> parts.add(part(down)));
                }
            }
        }
        List<Part> back = policy.components().stream()
                .map(component -> part(policy, component))
                .toList();
        if (policy.isInParallel()) {
            back.stream().max(Comparator.comparing(Part::atMost)).ifPresent(parts::add);
        } else {
            parts.addAll(back);
        }
        for (Moment.Step step : (Iterable<Moment.Step>) steps(plan)::iterator) {
            for (Action action : step.actions()) {
                Action by = policy.undoes().get(action.id());
                if (by != null) {
                    parts.add(part(by));
                }
            }
        }
        policy.groups()
                .forEach(group -> group.stream()
                        .map(Recovery::part)
                        .max(Comparator.comparing(Part::atMost))
                        .ifPresent(parts::add));
    }

    private static Stream<Moment.Step> steps(LaunchPlan plan) {
        return plan.moments().stream().flatMap(moment -> moment.steps().stream());
    }

    /** How long a component takes to go back, and who says so. */
    static Part part(RollbackPolicy policy, Component component) {
        String what = component.name() + " goes back";
        Optional<Duration> budget = policy.budget(component);
        Optional<Duration> takes = component.driver().rollbackTakes();
        if (budget.isPresent()) {
            return new Part(what, budget.get(), "its budget");
        }
        return takes.isPresent()
                ? new Part(what, takes.get(), "what the platform takes")
                : new Part(what, Conduct.standard().deadline(), "not known, so the limit of an attempt is taken");
    }

    private static Part part(Action action) {
        Conduct conduct = action.conduct();
        return conduct.budget().isPresent()
                ? new Part(action.id(), conduct.budget().get(), "its budget")
                : new Part(
                        action.id(), conduct.deadline().multipliedBy(conduct.attempts()), "the limit of its attempts");
    }

    private static Duration verification(RollbackPolicy policy) {
        return policy.verification().stream()
                .flatMap(item -> item.check().stream())
                .map(Check::timing)
                .map(Recovery::longest)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration longest(Timing timing) {
        return timing.timeout()
                .multipliedBy(timing.retries() + 1L)
                .plus(timing.eventually())
                .plus(timing.holdingFor());
    }
}
