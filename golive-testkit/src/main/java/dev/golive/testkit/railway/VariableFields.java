package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Variables of services, and those that an environment shares. */
final class VariableFields extends RailwayFields {

    /** A variable and whose it is. */
    private record Owned(Variable variable, @Nullable FakeRailwayService of) {}

    VariableFields(FakeRailway railway) {
        super(railway);
    }

    @Override
    void register(Map<String, RailwayGraph.Handler> handlers) {
        handlers.put("variables", this::values);
        handlers.put("variablesForServiceDeployment", this::forDeployment);
        handlers.put("variableUpsert", this::upsert);
        handlers.put("variableCollectionUpsert", this::upsertAll);
        handlers.put("variableDelete", this::delete);
    }

    /** The names of all variables of an environment. */
    static Object names(FakeRailway railway, FakeRailwayEnvironment environment, Instant seen, Args args) {
        List<Owned> all = new ArrayList<>();
        environment.shared.at(seen).values().forEach(one -> all.add(new Owned(one, null)));
        for (FakeRailwayService service : environment.services.values()) {
            if (!service.isDeleted(seen)) {
                service.variables.at(seen).values().forEach(one -> all.add(new Owned(one, service)));
            }
        }
        return Connections.page(
                all,
                one -> one.variable().id(),
                one -> object(
                        "id", one.variable().id(),
                        "name", one.variable().name(),
                        "isSealed", one.variable().isSealed(),
                        "references", one.variable().references(),
                        "environmentId", environment.id(),
                        "serviceId", one.of() == null ? null : one.of().id(),
                        "updatedAt", one.variable().updatedAt()),
                args,
                railway.pageSize(),
                railway.hasEndlessPages());
    }

    private Object values(Args args, Asking asking) {
        project(args.text("projectId"), asking);
        FakeRailwayEnvironment environment = environment(args.text("environmentId"), asking);
        boolean unrendered = args.flag("unrendered");
        if (!args.has("serviceId")) {
            return Variable.values(environment.shared.at(asking.seen()), reference -> null, unrendered);
        }
        FakeRailwayService service = instance(args, asking);
        return Variable.values(
                service.variables.at(asking.seen()), environment.known(service, asking.seen()), unrendered);
    }

    private Object forDeployment(Args args, Asking asking) {
        project(args.text("projectId"), asking);
        FakeRailwayService service = instance(args, asking);
        FakeRailwayEnvironment environment = service.environment();
        Map<String, Object> values = new LinkedHashMap<>(
                Variable.values(service.variables.at(asking.seen()), environment.known(service, asking.seen()), false));
        values.put("RAILWAY_PROJECT_ID", railway.projectId());
        values.put("RAILWAY_PROJECT_NAME", "shop");
        values.put("RAILWAY_ENVIRONMENT_ID", environment.id());
        values.put("RAILWAY_ENVIRONMENT_NAME", environment.name());
        values.put("RAILWAY_SERVICE_ID", service.id());
        values.put("RAILWAY_SERVICE_NAME", service.name());
        values.put("RAILWAY_PRIVATE_DOMAIN", service.name() + ".railway.internal");
        service.subdomains.keySet().stream()
                .findFirst()
                .ifPresent(domain -> values.put("RAILWAY_PUBLIC_DOMAIN", domain));
        return values;
    }

    private Object upsert(Args args, Asking asking) {
        Args input = args.inside("input");
        return change(input, Map.of(input.text("name"), input.text("value")), false, input.flag("skipDeploys"), asking);
    }

    private Object upsertAll(Args args, Asking asking) {
        Args input = args.inside("input");
        Map<String, String> values = new TreeMap<>();
        input.map("variables").forEach((name, value) -> values.put(name.toString(), String.valueOf(value)));
        return change(input, values, input.flag("replace"), input.flag("skipDeploys"), asking);
    }

    private Object delete(Args args, Asking asking) {
        Args input = args.inside("input");
        History<Map<String, Variable>> variables = variables(input, asking);
        Map<String, Variable> before = variables.at(asking.now());
        if (!before.containsKey(input.text("name"))) {
            throw RailwayError.problem();
        }
        variables.put(asking.now(), FakeRailwayService.minus(before, input.text("name")));
        redeploy(input, Map.of(input.text("name"), ""), asking);
        return true;
    }

    private Object change(Args input, Map<String, String> values, boolean replace, boolean skipDeploys, Asking asking) {
        History<Map<String, Variable>> variables = variables(input, asking);
        Map<String, Variable> before = variables.at(asking.now());
        Map<String, Variable> after = new TreeMap<>(replace ? Map.of() : before);
        values.forEach((name, value) -> {
            Variable known = before.get(name);
            after.put(
                    name,
                    new Variable(
                            known == null ? railway.id(0x7a) : known.id(),
                            name,
                            value,
                            known != null && known.isSealed(),
                            asking.now()));
        });
        variables.put(asking.now(), Collections.unmodifiableMap(after));
        if (!skipDeploys) {
            redeploy(input, values, asking);
        }
        return true;
    }

    /** The variables that a request is about: those of a service, or those that an environment shares. */
    private History<Map<String, Variable>> variables(Args input, Asking asking) {
        project(input.text("projectId"), asking);
        return input.has("serviceId")
                ? instance(input, asking).variables
                : environment(input.text("environmentId"), asking).shared;
    }

    /** Deploys what is concerned: the service, or those that refer to what is shared. */
    private void redeploy(Args input, Map<String, String> values, Asking asking) {
        if (input.has("serviceId")) {
            instance(input, asking).redeploy(asking.now());
            return;
        }
        FakeRailwayEnvironment environment = environment(input.text("environmentId"), asking);
        for (FakeRailwayService service : environment.services.values()) {
            boolean concerned = service.variables.at(asking.now()).values().stream()
                    .anyMatch(one -> values.keySet().stream().anyMatch(name -> one.refersTo("shared." + name)));
            if (concerned && !service.isDeleted(asking.now())) {
                service.redeploy(asking.now());
            }
        }
    }
}
