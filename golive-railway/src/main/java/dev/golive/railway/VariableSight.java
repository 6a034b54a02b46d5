package dev.golive.railway;

import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Words;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.railway.internal.VariablePort;
import dev.golive.railway.internal.VariablePort.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a service, or those that an environment shares, as one attempt sees them: by their names, and by their
 * values only once one is needed.
 */
final class VariableSight {

    /** Railway gives variables of these names to what runs, without listing all of them. */
    private static final String OWN_OF_RAILWAY = "RAILWAY_";

    private static final String REFERENCE = "${{";

    private final Calls calls;
    private final VariablePort port;
    private final @Nullable Instance instance;
    private final @Nullable String serviceId;
    private final List<Named> all;
    private @Nullable Map<String, String> values;
    private @Nullable List<Map<String, String>> deployed;
    private boolean withheld;

    private VariableSight(Calls calls, @Nullable Instance instance, @Nullable String serviceId)
            throws InterruptedException {
        this.calls = calls;
        this.port = VariablePort.of(calls);
        this.instance = instance;
        this.serviceId = serviceId;
        this.all = port.names();
    }

    /** What is configured for a service. */
    static VariableSight configured(Calls calls, Instance instance) throws InterruptedException {
        return new VariableSight(calls, null, instance.serviceId());
    }

    /** What is configured for a service, as far as what runs has it. */
    static VariableSight running(Calls calls, Instance instance) throws InterruptedException {
        return new VariableSight(calls, instance, instance.serviceId());
    }

    /** What the environment shares. */
    static VariableSight shared(Calls calls) throws InterruptedException {
        return new VariableSight(calls, null, null);
    }

    /** The variables of this owner, in the order of their names. */
    List<Named> own() {
        return all.stream()
                .filter(one -> Objects.equals(one.serviceId(), serviceId))
                .sorted(Comparator.comparing(Named::name))
                .toList();
    }

    Optional<Named> find(String name) {
        Optional<Named> found = find(serviceId, name);
        if (found.isEmpty() && name.startsWith(OWN_OF_RAILWAY)) {
            throw ApiProblem.undecided(
                    name + " is not among the variables of the service, but Railway itself may provide it");
        }
        return found;
    }

    private Optional<Named> find(@Nullable String owner, String name) {
        return all.stream()
                .filter(one ->
                        Objects.equals(one.serviceId(), owner) && one.name().equals(name))
                .max(Comparator.comparing(Named::isSealed).thenComparing(Named::updatedAt));
    }

    /**
     * Confirms that what a variable refers to is there and, if what runs is asked about, that this has the variable: it was
     * begun after the variable was changed, and was made with it. A token that may not see with what it was made goes by
     * the dates alone, which {@link #basis()} says.
     *
     * @throws ApiProblem if nobody knows what runs has
     */
    void requireRunning(Named one) throws InterruptedException {
        changedAt(one);
        if (instance == null) {
            return;
        }
        requireBefore(one.name(), one.updatedAt(), begun());
        if (withheld) {
            return;
        }
        try {
            requireAmong(one);
        } catch (ApiProblem e) {
            if (e.kind() != ApiProblem.Kind.DENIED) {
                throw e;
            }
            withheld = true;
        }
    }

    /** By what less than the variables of the live deployment it was judged what runs has. */
    List<Fact> basis() {
        return withheld
                ? List.of(Fact.of(
                        "what runs",
                        "judged by names and dates, which do not see a rollback: Railway does not let this token see with"
                                + " which variables the live deployment was made"))
                : List.of();
    }

    private void requireAmong(Named one) throws InterruptedException {
        for (Map<String, String> made : deployed()) {
            if (!made.containsKey(one.name()) && !one.isSealed()) {
                throw ApiProblem.undecided(one.name()
                        + " is configured, and not among the variables that the live deployment was made with");
            }
        }
    }

    /** The same for its value, which may be made of others. */
    private void requireRunningValue(Named one, String value) throws InterruptedException {
        if (instance == null) {
            return;
        }
        requireBefore(one.name(), changedAt(one), begun());
        requireAmong(one);
        for (Map<String, String> made : deployed()) {
            String ran = made.getOrDefault(one.name(), "");
            if (!ran.contains(REFERENCE) && !ran.equals(value)) {
                throw ApiProblem.undecided(
                        one.name() + " is configured with another value than the live deployment was made with");
            }
        }
    }

    private static void requireBefore(String name, Instant changed, Instant begun) {
        if (changed.isAfter(begun)) {
            throw ApiProblem.undecided(name + " was changed at " + changed
                    + ", after the live deployment was begun at " + begun
                    + ": it is configured, and what runs may not have it");
        }
    }

    /** What serves, or ran last and is still the active one. */
    List<Deployment> live() {
        List<Deployment> live = instance == null
                ? List.of()
                : instance.active().stream()
                        .filter(one -> one.stage() == Deployment.Stage.LIVE)
                        .toList();
        if (live.isEmpty()) {
            throw ApiProblem.undecided(
                    "no deployment of the service is live, so that its variables are only configured");
        }
        return live;
    }

    private Instant begun() {
        return live().stream()
                .map(Deployment::createdAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** When its value changed last, be it that of another variable that it refers to. */
    Instant changedAt(Named one) throws InterruptedException {
        return changedAt(one, new HashSet<>());
    }

    private Instant changedAt(Named one, Set<Named> seen) throws InterruptedException {
        Instant changed = one.updatedAt();
        if (!seen.add(one)) {
            return changed;
        }
        for (String reference : one.references()) {
            Optional<Named> target = target(one, reference);
            Instant its = target.isPresent() ? changedAt(target.get(), seen) : changed;
            changed = its.isAfter(changed) ? its : changed;
        }
        return changed;
    }

    /** What is referred to; empty if Railway provides it. */
    private Optional<Named> target(Named from, String reference) throws InterruptedException {
        String path = reference.replace(REFERENCE, "").replace("}}", "").strip();
        int dot = path.lastIndexOf('.');
        String owner = dot < 0 ? "" : path.substring(0, dot);
        String name = path.substring(dot + 1);
        Optional<String> service = owner.isEmpty()
                ? Optional.ofNullable(from.serviceId())
                : owner.equals("shared") ? Optional.empty() : calls.service(owner);
        boolean isShared = owner.equals("shared") || owner.isEmpty() && from.serviceId() == null;
        Optional<Named> found =
                isShared || service.isPresent() ? find(isShared ? null : service.get(), name) : Optional.empty();
        boolean isOfNobody = !isShared && service.isEmpty();
        if (found.isEmpty() && (isOfNobody || !name.startsWith(OWN_OF_RAILWAY))) {
            throw ApiProblem.undecided(
                    from.name() + " refers to " + Words.line(path) + ", which Railway does not list");
        }
        return found;
    }

    /** What a check needs of a value: the value, or the reason why the check has failed without it. */
    record Found(@Nullable String value, String why) {

        Outcome failed() {
            return Outcome.failed(why);
        }
    }

    /**
     * The value of a variable.
     *
     * @throws ApiProblem if it cannot be told, or is not that of what runs
     */
    Found value(String name) throws InterruptedException {
        Optional<Named> named = find(name);
        if (named.isEmpty()) {
            return new Found(null, name + " is not set");
        } else if (named.get().isSealed()) {
            throw ApiProblem.undecided(name + " is sealed: Railway never tells its value, which cannot be compared");
        }
        Map<String, String> known = values();
        String value = known.get(name);
        if (value == null) {
            throw ApiProblem.undecided("Railway lists " + name + " and does not tell its value");
        } else if (value.contains(REFERENCE)) {
            throw ApiProblem.undecided(name + " refers to something that Railway did not put in its place");
        }
        requireRunningValue(named.get(), value);
        return new Found(value, "");
    }

    Map<String, String> values() throws InterruptedException {
        Map<String, String> known = values;
        if (known == null) {
            known = port.values(serviceId);
            values = known;
        }
        return known;
    }

    /** What live deployments were made with. */
    List<Map<String, String>> deployed() throws InterruptedException {
        List<Map<String, String>> known = deployed;
        if (known == null) {
            known = new ArrayList<>();
            for (Deployment one : live()) {
                known.add(port.ofDeployment(one.id()));
            }
            deployed = known;
        }
        return known;
    }

    /**
     * Whether what runs was made with a variable as it is configured.
     *
     * @return the reason why it was not, {@code null} if it was
     * @throws ApiProblem if that cannot be told
     */
    @Nullable
    String staleness(Named one) throws InterruptedException {
        String configured = one.isSealed() ? null : values().get(one.name());
        for (Map<String, String> made : deployed()) {
            String ran = made.get(one.name());
            if (configured != null && ran != null && !configured.contains(REFERENCE) && !ran.contains(REFERENCE)) {
                if (!configured.equals(ran)) {
                    return "has another value in what runs";
                }
            } else if (ran == null && !one.isSealed()) {
                return "is not in what runs";
            } else if (changedAt(one).isAfter(begun())) {
                return "was changed after the live deployment was begun";
            }
        }
        return null;
    }

    static boolean isOfRailway(String name) {
        return name.startsWith(OWN_OF_RAILWAY);
    }
}
