package dev.golive.railway;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.JoinedCheck;
import dev.golive.provider.ProviderCheck;
import dev.golive.railway.VariableSight.Found;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.railway.internal.VariablePort.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The variables of a service together: one check for a whole list, with a fact for each. What holds of a {@link
 * RailwayVariable} holds of all of them. Immutable and thread-safe.
 */
public final class RailwayVariables {

    private final RailwayService service;
    private final boolean configuredOnly;

    RailwayVariables(RailwayService service) {
        this(service, false);
    }

    private RailwayVariables(RailwayService service, boolean configuredOnly) {
        this.service = service;
        this.configuredOnly = configuredOnly;
    }

    /**
     * The same, of which checks ask what is configured, whether it runs or not.
     *
     * @return the new variables
     */
    public RailwayVariables configured() {
        return new RailwayVariables(service, true);
    }

    /**
     * Whether all of these are set, by their names, and what they refer to is there.
     *
     * @param name the name of a variable
     * @param more the names of others
     * @return the check
     * @throws IllegalArgumentException if a name is blank
     */
    public Check areSet(String name, String... more) {
        Set<String> names = new LinkedHashSet<>();
        Given.all(name, "name", more).forEach(one -> names.add(Given.text(one, "a name")));
        return service.asking(
                "the variables " + String.join(", ", names) + " of " + service
                        + (configuredOnly ? " are configured" : " are set"),
                (calls, instance) -> {
                    VariableSight sight = sight(calls, instance);
                    Findings findings = new Findings();
                    for (String one : names) {
                        findings.add(one, "set", () -> {
                            Optional<Named> found = sight.find(one);
                            if (found.isEmpty()) {
                                return "is not set";
                            }
                            sight.requireRunning(found.get());
                            return "";
                        });
                    }
                    return findings.outcome().with(sight.basis());
                },
                asked(Operation.VARIABLE_NAMES));
    }

    /**
     * Whether many variables have the values that they should have: the table of feature flags as one check. The values
     * given here stand in its sentence, so that they must be no secrets; other values are not shown.
     *
     * @param values the values by the names of the variables
     * @return the check
     * @throws IllegalArgumentException if there are none, or a name is blank
     */
    public Check are(Map<String, String> values) {
        Map<String, String> expected = new TreeMap<>();
        Given.notNull(values, "values")
                .forEach((variable, value) -> expected.put(
                        Given.text(variable, "a key of values"), Given.notNull(value, "a value of values")));
        if (expected.isEmpty()) {
            throw new IllegalArgumentException("values must not be empty");
        }
        return service.asking(
                "the variables " + String.join(", ", expected.keySet()) + " of " + service
                        + (configuredOnly ? " are configured to be " : " are ") + String.join(", ", expected.values()),
                (calls, instance) -> {
                    VariableSight sight = sight(calls, instance);
                    Findings findings = new Findings();
                    for (Map.Entry<String, String> one : expected.entrySet()) {
                        findings.add(one.getKey(), one.getValue(), () -> {
                            Found found = sight.value(one.getKey());
                            if (found.value() == null) {
                                return "is not set";
                            }
                            return found.value().equals(one.getValue()) ? "" : "has another value";
                        });
                    }
                    return findings.outcome();
                },
                asked(Operation.VARIABLE_NAMES, Operation.VARIABLES));
    }

    /**
     * Whether what runs was deployed with what is configured: with every variable of the service, in its value, and
     * without those that were deleted. It looks at the variables that Railway has kept with the live deployment, so that
     * it sees a rollback, too. A sealed variable, and one of which Railway kept a reference, counts by when it was
     * changed. Values are not shown.
     *
     * @return the check
     */
    public Check areLive() {
        return service.asking(
                "what runs of " + service + " has the variables that are configured",
                (calls, instance) -> {
                    VariableSight sight = VariableSight.running(calls, instance);
                    Findings findings = new Findings();
                    Set<String> names = new TreeSet<>();
                    for (Named one : sight.own()) {
                        names.add(one.name());
                        findings.add(one.name(), "as configured", () -> {
                            String stale = sight.staleness(one);
                            return stale == null ? "" : stale;
                        });
                    }
                    Set<String> deleted = new TreeSet<>();
                    sight.deployed().forEach(made -> deleted.addAll(made.keySet()));
                    deleted.removeIf(name -> names.contains(name) || VariableSight.isOfRailway(name));
                    for (String one : deleted) {
                        findings.add(one, "not set", () -> "is not configured, and what runs has it");
                    }
                    return findings.outcome();
                },
                Operation.VARIABLE_NAMES,
                Operation.VARIABLES,
                Operation.DEPLOYMENT_SNAPSHOT);
    }

    /**
     * Whether the same names are configured as for another service, for example the same one in another environment, so
     * that nothing was forgotten there or here. Neither values are compared nor what is shared. A project token opens one
     * environment only: the other service needs one of its own.
     *
     * @param other the other service
     * @param except names that need not be on both sides
     * @return the check
     */
    public Check haveTheNamesOf(RailwayService other, String... except) {
        Given.notNull(other, "other");
        Set<String> ignored = new TreeSet<>(Given.all(List.of(Given.notNull(except, "except")), "except"));
        return JoinedCheck.of(
                names(
                        service,
                        "the variables of " + service + " have the names of those of " + other
                                + (ignored.isEmpty() ? "" : ", except " + String.join(", ", ignored))),
                names(other, "the variables of " + other + " can be listed"),
                context -> {
                    Optional<Set<String>> own = names(context, service);
                    Optional<Set<String>> its = names(context, other);
                    if (own.isEmpty() || its.isEmpty()) {
                        return Outcome.failed("there is no " + (own.isEmpty() ? service : other));
                    }
                    Set<String> here = own.get();
                    Set<String> there = its.get();
                    if (without(here, Set.of(), ignored).isEmpty()
                            && without(there, Set.of(), ignored).isEmpty()) {
                        return Outcome.unknown("neither has a variable to compare");
                    }
                    Set<String> missing = without(there, here, ignored);
                    Set<String> additional = without(here, there, ignored);
                    List<Fact> facts = List.of(
                            Fact.of("only of " + other, "none", words(missing)),
                            Fact.of("only of " + service, "none", words(additional)),
                            Fact.of(
                                    "of both",
                                    without(here, additional, Set.of()).size()));
                    List<String> why = new ArrayList<>();
                    if (!missing.isEmpty()) {
                        why.add("missing: " + words(missing));
                    }
                    if (!additional.isEmpty()) {
                        why.add("additional: " + words(additional));
                    }
                    return (why.isEmpty() ? Outcome.passed() : Outcome.failed(String.join("; ", why))).with(facts);
                });
    }

    private static ProviderCheck<Calls> names(RailwayService of, String sentence) {
        return of.asking(sentence, (calls, instance) -> Outcome.passed(), Operation.VARIABLE_NAMES);
    }

    private static Optional<Set<String>> names(CheckContext context, RailwayService of) throws Exception {
        return of.railway().place().ask(context, calls -> {
            Optional<Instance> instance = of.instance(calls);
            if (instance.isEmpty()) {
                return Optional.<Set<String>>empty();
            }
            Set<String> names = new TreeSet<>();
            VariableSight.configured(calls, instance.get()).own().forEach(one -> names.add(one.name()));
            return Optional.of(names);
        });
    }

    private static Set<String> without(Set<String> all, Set<String> others, Set<String> more) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        rest.removeAll(more);
        return rest;
    }

    private static String words(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** What is asked besides if what runs is meant. */
    private Operation[] asked(Operation... always) {
        Set<Operation> all = new LinkedHashSet<>(List.of(always));
        if (!configuredOnly) {
            all.add(Operation.DEPLOYMENT_SNAPSHOT);
        }
        return all.toArray(Operation[]::new);
    }

    private VariableSight sight(Calls calls, Instance instance) throws InterruptedException {
        return configuredOnly ? VariableSight.configured(calls, instance) : VariableSight.running(calls, instance);
    }

    /** What is wrong with one variable. */
    @FunctionalInterface
    private interface Finding {
        /** What is wrong, empty if nothing is. */
        String look() throws InterruptedException;
    }

    /** One fact for each variable. What is wrong fails; else what cannot be told is unknown. */
    private static final class Findings {

        private final List<Fact> facts = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<String> open = new ArrayList<>();

        void add(String name, String expected, Finding finding) throws InterruptedException {
            try {
                String problem = finding.look();
                facts.add(Fact.of(name, expected, problem.isEmpty() ? "as expected" : problem));
                if (!problem.isEmpty()) {
                    wrong.add(name + " " + problem);
                }
            } catch (ApiProblem e) {
                // what Railway did not answer at all is the same for every variable
                if (e.kind() != ApiProblem.Kind.UNREADABLE) {
                    throw e;
                }
                facts.add(Fact.of(name, expected, "not known"));
                open.add(e.why());
            }
        }

        Outcome outcome() {
            Outcome outcome = !wrong.isEmpty()
                    ? Outcome.failed(String.join(", ", wrong))
                    : open.isEmpty() ? Outcome.passed() : Outcome.unknown(String.join("; ", new LinkedHashSet<>(open)));
            return outcome.with(facts);
        }
    }

    /**
     * What it is.
     *
     * @return for example {@code variables of Railway service api of shop/production}
     */
    @Override
    public String toString() {
        return "variables of " + service;
    }
}
