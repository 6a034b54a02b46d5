package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.provider.Given;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.railway.internal.VariablePort;
import dev.golive.railway.internal.VariablePort.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sets variables of a service and takes others away.
 *
 * <pre>{@code
 * api.changeVariables().set("MODE", "production").set("API_KEY", Secret.fromEnv("API_KEY")).withoutDeploying();
 * }</pre>
 *
 * <ul>
 *   <li>It is at its target when they are configured so. Railway deploys the service for it unless {@link
 *       #withoutDeploying} was said; that this deployment goes live is not waited for, but asked by {@link
 *       RailwayVariables#areLive()}.
 *   <li>All that are set are set in one request. Each that is taken away is one more, before it. What is there already is
 *       not touched.
 *   <li>Values stand neither in the sentence nor in a receipt or a journal. A value may refer to other variables.
 *   <li>Railway never tells the value of a sealed variable: it is set in any case, and then Railway's word counts that it
 *       was. It stays sealed.
 *   <li>The values from before are not kept. Whoever only sets can set them back; taking away is destructive.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayVariableChange extends VariableAction {

    private static final String SEALED = "sealed";

    /**
     * What becomes of variables; of one that was named twice, what was said last.
     *
     * @param plain values by names
     * @param secret secret values by names
     * @param unset names of those that are taken away
     * @param deploys whether Railway deploys the service for it
     */
    private record Changes(Map<String, String> plain, Map<String, Secret> secret, Set<String> unset, boolean deploys) {

        static final Changes NONE = new Changes(Map.of(), Map.of(), Set.of(), true);

        private Changes without(String name) {
            Changes copy = new Changes(new TreeMap<>(plain), new TreeMap<>(secret), new TreeSet<>(unset), deploys);
            copy.plain.remove(name);
            copy.secret.remove(name);
            copy.unset.remove(name);
            return copy;
        }

        Set<String> set() {
            Set<String> names = new TreeSet<>(plain.keySet());
            names.addAll(secret.keySet());
            return names;
        }

        /** The values, to be forgotten at once. */
        Map<String, String> values(ActionContext context) {
            Map<String, String> values = new TreeMap<>(plain);
            secret.forEach((name, value) -> values.put(name, context.reveal(value)));
            return values;
        }

        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            if (!set().isEmpty()) {
                words.add("set " + String.join(", ", set()));
            }
            if (!unset.isEmpty()) {
                words.add("unset " + String.join(", ", unset));
            }
            if (!deploys) {
                words.add("without deploying");
            }
            return words.isEmpty() ? "" : ": " + String.join(", ", words);
        }
    }

    private final RailwayService service;
    private final Changes changes;

    RailwayVariableChange(RailwayService service) {
        this(service, Changes.NONE);
    }

    private RailwayVariableChange(RailwayService service, Changes changes) {
        super(
                service.railway(),
                changes.unset.isEmpty() ? Kind.REVERSIBLE : Kind.DESTRUCTIVE,
                "change variables of " + service + changes,
                service.railway().permissions(operations(changes)));
        this.service = service;
        this.changes = changes;
    }

    private static Operation[] operations(Changes changes) {
        Set<Operation> all =
                new LinkedHashSet<>(List.of(Operation.SERVICES, Operation.SERVICE_INSTANCE, Operation.VARIABLE_NAMES));
        if (!changes.set().isEmpty()) {
            all.addAll(List.of(Operation.VARIABLES, Operation.VARIABLE_COLLECTION_UPSERT));
        }
        if (!changes.unset.isEmpty()) {
            all.add(Operation.VARIABLE_DELETE);
        }
        return all.toArray(Operation[]::new);
    }

    /**
     * The same, which also gives a variable a value.
     *
     * @param variable the name of the variable
     * @param value its value
     * @return the new change
     * @throws IllegalArgumentException if the name is blank
     */
    public RailwayVariableChange set(String variable, String value) {
        Changes more = changes.without(Given.text(variable, "variable"));
        more.plain.put(variable, Given.notNull(value, "value"));
        return new RailwayVariableChange(service, more);
    }

    /**
     * The same, which also gives a variable a secret value, obtained when it is sent.
     *
     * @param variable the name of the variable
     * @param value its value
     * @return the new change
     * @throws IllegalArgumentException if the name is blank
     */
    public RailwayVariableChange set(String variable, Secret value) {
        Changes more = changes.without(Given.text(variable, "variable"));
        more.secret.put(variable, Given.notNull(value, "value"));
        return new RailwayVariableChange(service, more);
    }

    /**
     * The same, which also takes a variable away.
     *
     * @param variable the name of the variable
     * @return the new change
     * @throws IllegalArgumentException if the name is blank, or nothing is to be deployed: Railway has no way to delete a
     *     variable and promise that
     */
    public RailwayVariableChange unset(String variable) {
        Changes more = changes.without(Given.text(variable, "variable"));
        more.unset.add(variable);
        requirePromise(more);
        return new RailwayVariableChange(service, more);
    }

    /**
     * The same, for which Railway does not deploy the service: what runs stays as it is until the next deployment.
     *
     * @return the new change
     * @throws IllegalArgumentException if a variable is taken away, for which Railway has no way to promise that
     */
    public RailwayVariableChange withoutDeploying() {
        Changes more = new Changes(changes.plain, changes.secret, changes.unset, false);
        requirePromise(more);
        return new RailwayVariableChange(service, more);
    }

    private static void requirePromise(Changes changes) {
        if (!changes.deploys && !changes.unset.isEmpty()) {
            throw new IllegalArgumentException("a variable cannot be unset without deploying: "
                    + String.join(", ", changes.unset) + "; make it a change of its own");
        }
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofMinutes(5)).observedEvery(Duration.ofSeconds(5));
    }

    @Override
    protected Set<Secret> reveals() {
        return Set.copyOf(changes.secret.values());
    }

    /** What is not as it should be. */
    private record Sight(Set<String> toSet, Set<String> toUnset, Set<String> sealed) {}

    private Sight sight(Calls calls, Instance instance, ActionContext context) throws InterruptedException {
        VariableSight found = VariableSight.configured(calls, instance);
        Set<String> sealed = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (Named one : found.own()) {
            names.add(one.name());
            if (one.isSealed()) {
                sealed.add(one.name());
            }
        }
        Set<String> toUnset = new TreeSet<>(changes.unset);
        toUnset.retainAll(names);
        Set<String> toSet = new TreeSet<>(changes.set());
        Set<String> ofThose = new TreeSet<>(toSet);
        ofThose.retainAll(sealed);
        if (!toSet.isEmpty()) {
            Map<String, String> configured = VariablePort.of(calls).written(instance.serviceId());
            changes.values(context).forEach((name, value) -> {
                if (!sealed.contains(name) && names.contains(name) && value.equals(configured.get(name))) {
                    toSet.remove(name);
                }
            });
        }
        return new Sight(toSet, toUnset, ofThose);
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        Optional<Instance> instance = service.instance(calls);
        if (instance.isEmpty()) {
            return Observation.refused("there is no " + service);
        }
        Sight sight = sight(calls, instance.get(), context);
        Set<String> toSet = new TreeSet<>(sight.toSet());
        // of these nobody ever sees more than that Railway took what was sent
        Set<String> taken = new TreeSet<>(sight.sealed());
        taken.retainAll(context.receipt()
                .map(receipt ->
                        Set.of(receipt.details().getOrDefault(SEALED, "").split(", ")))
                .orElse(Set.of()));
        toSet.removeAll(taken);
        List<String> words = new ArrayList<>();
        if (!toSet.isEmpty()) {
            words.add("not set as wanted: " + String.join(", ", toSet));
        }
        if (!sight.toUnset().isEmpty()) {
            words.add("still set: " + String.join(", ", sight.toUnset()));
        }
        if (words.isEmpty()) {
            return Observation.atTarget("the variables are as wanted"
                    + (taken.isEmpty() ? "" : "; sealed, and taken at Railway's word: " + String.join(", ", taken)));
        }
        String found = String.join("; ", words);
        // what was taken is seen some time later
        return context.receipt().isPresent() ? Observation.underWay(found) : Observation.notAtTarget(found);
    }

    @Override
    Receipt begin(Calls calls, ActionContext context) throws Exception {
        Instance instance = service.instance(calls).orElseThrow(() -> new GoLiveException("there is no " + service));
        Sight sight = sight(calls, instance, context);
        VariablePort port = VariablePort.of(calls);
        for (String name : sight.toUnset()) {
            port.delete(instance.serviceId(), name);
        }
        if (!sight.toSet().isEmpty()) {
            Map<String, String> values = changes.values(context);
            values.keySet().retainAll(sight.toSet());
            port.set(instance.serviceId(), values, changes.deploys);
        }
        return new Receipt("variables of " + instance.serviceId(), Map.of(SEALED, String.join(", ", sight.sealed())));
    }
}
