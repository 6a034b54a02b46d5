package dev.golive.rollback;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Item;
import dev.golive.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong or doubtful about a policy. Each finding begins with the name of the rule that it breaks. */
final class PolicyRules {

    private final RollbackPolicy.Builder told;
    private final List<String> found = new ArrayList<>();

    private PolicyRules(RollbackPolicy.Builder told) {
        this.told = told;
    }

    static List<String> problems(RollbackPolicy.Builder told) {
        PolicyRules rules = new PolicyRules(told);
        rules.found.addAll(told.mistakes);
        rules.effect();
        rules.triggers();
        rules.signals();
        rules.codes();
        rules.components();
        rules.actions();
        return List.copyOf(rules.found);
    }

    static List<String> warnings(RollbackPolicy.Builder told) {
        PolicyRules rules = new PolicyRules(told);
        rules.alternating();
        rules.traffic();
        rules.budgets();
        rules.detection();
        return List.copyOf(rules.found);
    }

    private void effect() {
        boolean effective = told.rules.stream()
                        .anyMatch(rule -> rule.consequence() != Consequence.NOTIFY
                                && !rule.trigger().isDryRun())
                || !told.gates.isEmpty()
                || !told.reports.isEmpty();
        if (!effective) {
            found.add("no effective trigger: nothing leads to a rollback; give a trigger with when(..) or askWhen(..),"
                    + " a gate or a code that people may report");
        }
        if (told.verification.isEmpty()) {
            found.add("no verification: a rollback counts only once checks passed after it; name them with verify(..)");
        }
        Set<String> done = new HashSet<>();
        for (RollbackPolicy.FollowUp one : told.followUps) {
            if (!done.add(one.what())) {
                found.add("duplicate follow-up: \"" + one.what() + "\" is to be done twice");
            }
        }
        Set<String> verified = new HashSet<>();
        for (Item item : told.verification) {
            if (!verified.add(item.id())) {
                found.add("duplicate verification: two items have the id " + item.id());
            }
        }
        if (told.automatic && told.fixForward != null) {
            found.add("fix forward only: a policy without a way back cannot be automatic; use RollbackPolicy.of(..)");
        }
    }

    private void triggers() {
        Set<String> ids = new HashSet<>();
        for (Rule rule : told.rules) {
            String id = rule.trigger().id();
            if (!ids.add(id)) {
                found.add("duplicate trigger: \"" + id + "\" is used twice; give one of them an id with as(\"...\")");
            }
            leaves(rule.trigger()).forEach(leaf -> trigger(id, leaf));
        }
    }

    private void trigger(String id, Trigger leaf) {
        Signal signal = leaf.signals().iterator().next();
        Duration every = signal.every();
        if (leaf instanceof LastingTrigger lasting) {
            window(id, "the time", lasting.span, signal);
        } else if (leaf instanceof RateTrigger rate) {
            window(id, "the window", rate.window, signal);
            if (rate.limit.value() == 100) {
                found.add("unreachable limit: \"" + id + "\" can never fire, no share exceeds 100 %");
            }
        } else if (leaf instanceof SlotsTrigger slots) {
            if (slots.m > slots.n) {
                found.add("m of n: \"" + id + "\" can never fire, it needs " + slots.m + " of " + slots.n + " slots");
            }
            if (slots.m == 0) {
                found.add("unreachable limit: \"" + id + "\" would always fire, it needs 0 of " + slots.n + " slots");
            }
        }
        Duration gap = leaf.options.maxGap();
        if (gap != null && gap.compareTo(every) < 0) {
            found.add("gap: \"" + id + "\" takes every pause as missing data, its longest gap of " + Trigger.text(gap)
                    + " is shorter than the interval of " + signal.id() + ", " + Trigger.text(every));
        }
    }

    private void window(String id, String what, Duration span, Signal signal) {
        if (span.compareTo(signal.every().multipliedBy(2)) < 0) {
            found.add("window: " + what + " of \"" + id + "\", " + Trigger.text(span)
                    + ", must be at least two intervals of " + signal.id() + ", "
                    + Trigger.text(signal.every().multipliedBy(2)));
        }
    }

    private void signals() {
        Map<String, Signal> known = new HashMap<>();
        Set<String> named = new HashSet<>();
        told.rules.stream().flatMap(rule -> rule.trigger().signals().stream()).forEach(signal -> {
            Signal other = known.putIfAbsent(signal.id(), signal);
            if (other != null && !other.equals(signal) && named.add(signal.id())) {
                found.add("duplicate signal: two different signals are called \"" + signal.id() + "\"");
            }
            if (other == null && (signal.every().isNegative() || signal.every().isZero())) {
                found.add("interval: the slots of \"" + signal.id() + "\" must be longer than zero but are "
                        + signal.every());
            }
        });
    }

    private void codes() {
        Set<String> codes = new HashSet<>();
        for (RollbackPolicy.Reported report : told.reports) {
            if (!codes.add(report.code())) {
                found.add("duplicate code: " + report.code() + " is reported twice");
            } else if (told.never.containsKey(report.code())) {
                found.add("overlap: " + report.code() + " is both a reason to roll back and never one");
            }
        }
        Set<String> lists = new HashSet<>();
        told.gates.stream()
                .filter(gate -> !lists.add(gate.list()))
                .forEach(gate -> found.add("duplicate gate: \"" + gate.list() + "\" is named twice"));
    }

    private void components() {
        Set<String> names = new HashSet<>();
        for (Component component : told.components) {
            if (!names.add(component.name())) {
                found.add("duplicate component: \"" + component.name() + "\" is named twice");
            }
        }
        told.rules.forEach(rule -> rule.components().stream()
                .filter(component -> !names.contains(component.name()))
                .forEach(component -> found.add("no target: \"" + rule.trigger().id() + "\" takes back \""
                        + component.name() + "\", which is no component of the policy")));
        unknown(told.budgets.keySet(), names, "budget");
        unknown(told.rebuilds.keySet(), names, "rebuild");
    }

    private void unknown(Collection<String> given, Set<String> names, String what) {
        given.stream()
                .filter(name -> !names.contains(name))
                .forEach(name ->
                        found.add("no target: the " + what + " of \"" + name + "\" is for no component of the policy"));
    }

    private void actions() {
        Set<String> ids = new HashSet<>();
        Stream.of(
                        told.groups.stream().flatMap(List::stream),
                        told.undoes.values().stream(),
                        told.rebuilds.values().stream(),
                        told.takeDown.stream())
                .flatMap(actions -> actions)
                .map(Action::id)
                .filter(id -> !ids.add(id))
                .distinct()
                .forEach(id -> found.add(
                        "duplicate action: \"" + id + "\" is performed twice; give one an id with as(\"...\")"));
    }

    /** A service that fails every other time never fails for long. */
    private void alternating() {
        Set<String> counted = new HashSet<>();
        leaves().filter(SlotsTrigger.class::isInstance)
                .forEach(leaf -> leaf.signals().forEach(signal -> counted.add(signal.id())));
        leaves().filter(leaf -> leaf instanceof LastingTrigger lasting && lasting.breaches instanceof Breaches.Asked)
                .map(leaf -> leaf.signals().iterator().next().id())
                .filter(id -> !counted.contains(id))
                .distinct()
                .forEach(id -> found.add("alternating: if \"" + id + "\" fails every other time, it never fails for"
                        + " long; add a trigger such as failing(3, 5)"));
    }

    private void traffic() {
        Integer perMinute = told.traffic;
        if (perMinute == null) {
            return;
        }
        for (Rule rule : told.rules) {
            leaves(rule.trigger()).forEach(leaf -> {
                if (leaf instanceof RateTrigger rate) {
                    tooFew(
                            rule,
                            perMinute,
                            Math.max(rate.leastRequests, rate.leastBad),
                            rate.window,
                            "a trigger on a probe, or a rate with atLeastRequests(..) and atLeastBad(..)");
                } else if (leaf instanceof LastingTrigger lasting && lasting.breaches instanceof Breaches.Slow slow) {
                    tooFew(rule, perMinute, slow.least(), slow.signal().slot(), "a trigger on a probe or on a rate");
                } else if (leaf instanceof SlotsTrigger slots && slots.breaches instanceof Breaches.Slow slow) {
                    tooFew(rule, perMinute, slow.least(), slow.signal().slot(), "a trigger on a probe or on a rate");
                }
            });
        }
    }

    private void tooFew(Rule rule, int perMinute, long least, Duration span, String instead) {
        double expected = perMinute * (span.toMillis() / 60_000.0);
        if (expected < least) {
            found.add("traffic: \"" + rule.trigger().id() + "\" never fires, it needs " + least + " requests in "
                    + Trigger.text(span) + " and about " + (long) expected + " are expected; use " + instead
                    + " instead");
        }
    }

    private void budgets() {
        for (Component component : told.components) {
            Duration budget = told.budgets.get(component.name());
            Optional<Duration> takes = component.driver().rollbackTakes();
            if (budget != null && takes.isPresent() && budget.compareTo(takes.get()) < 0) {
                found.add("budget: " + component.name() + " has " + Trigger.text(budget)
                        + " to go back, but that takes " + Trigger.text(takes.get()));
            }
        }
        Duration budget = told.budget;
        Duration takes = execution(told.components);
        if (budget != null && budget.compareTo(takes) < 0) {
            found.add("budget: the rollback has " + Trigger.text(budget) + ", but going back takes "
                    + Trigger.text(takes));
        }
    }

    private void detection() {
        Duration budget = told.budget;
        if (budget == null) {
            return;
        }
        Duration verification = told.verification.stream()
                .flatMap(item -> item.check().stream())
                .map(Check::timing)
                .map(PolicyRules::longest)
                .reduce(Duration.ZERO, PolicyRules::longer);
        for (Rule rule : told.rules) {
            if (rule.consequence() == Consequence.NOTIFY) {
                continue;
            }
            Duration detection =
                    leaves(rule.trigger()).map(PolicyRules::worst).reduce(Duration.ZERO, PolicyRules::longer);
            Duration execution = execution(rule.components());
            Duration sum = detection.plus(execution).plus(verification);
            if (sum.compareTo(budget) > 0) {
                List<String> unknown = rule.components().stream()
                        .filter(component -> component.driver().rollbackTakes().isEmpty())
                        .map(Component::name)
                        .toList();
                found.add("budget: from the first failure on, \""
                        + rule.trigger().id() + "\" may need "
                        + Trigger.text(detection) + " to be found, " + Trigger.text(execution) + " to go back"
                        + (unknown.isEmpty() ? "" : " (not known for " + String.join(", ", unknown) + ")") + " and "
                        + Trigger.text(verification) + " to be verified, together " + Trigger.text(sum)
                        + ", which is more than the budget of " + Trigger.text(budget));
            }
        }
    }

    private Duration execution(List<Component> components) {
        Duration back = components.stream()
                .map(component -> component.driver().rollbackTakes().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, told.parallel ? PolicyRules::longer : Duration::plus);
        return told.groups.stream()
                .map(group -> group.stream()
                        .map(action -> action.conduct().budget().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, PolicyRules::longer))
                .reduce(back, Duration::plus);
    }

    /** From the first failure until it is found, if that begins just after a sample. */
    private static Duration worst(Trigger leaf) {
        Signal signal = leaf.signals().iterator().next();
        Duration lasts;
        if (leaf instanceof LastingTrigger lasting) {
            lasts = longer(lasting.span, signal.every().multipliedBy(lasting.minSamples - 1L));
        } else if (leaf instanceof RateTrigger rate) {
            lasts = rate.window;
        } else {
            lasts = signal.every().multipliedBy(Math.max(0, ((SlotsTrigger) leaf).m - 1L));
        }
        return signal.every().plus(lasts).plus(signal.arrivesAfter());
    }

    private static Duration longest(Timing timing) {
        return timing.timeout()
                .multipliedBy(timing.retries() + 1L)
                .plus(timing.eventually())
                .plus(timing.holdingFor());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private Stream<Trigger> leaves() {
        return told.rules.stream().flatMap(rule -> leaves(rule.trigger()));
    }

    private static Stream<Trigger> leaves(Trigger trigger) {
        return trigger instanceof CombinedTrigger combined
                ? combined.conditions.stream().flatMap(PolicyRules::leaves)
                : Stream.of(trigger);
    }
}
