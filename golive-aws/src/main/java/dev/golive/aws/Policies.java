package dev.golive.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.golive.GoLiveException;
import dev.golive.Permission;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The policy document of IAM: which actions are allowed on which resources. */
final class Policies {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Policies() {}

    /** One statement for all actions that are allowed on the same resources, in the order of the resources. */
    static String document(Collection<Permission> permissions) {
        Map<String, Set<String>> resources = new TreeMap<>();
        for (Permission permission : permissions) {
            if (permission.system().equals(Aws.SYSTEM)) {
                resources
                        .computeIfAbsent(permission.action(), action -> new TreeSet<>())
                        .add(permission.resource());
            }
        }
        Map<String, Set<String>> actions = new TreeMap<>();
        resources.forEach((action, on) -> actions.computeIfAbsent(
                        on.contains("*") ? "*" : String.join("\n", on), none -> new TreeSet<>())
                .add(action));

        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        actions.forEach((on, allowed) -> {
            ObjectNode statement = statements.addObject().put("Effect", "Allow");
            allowed.forEach(statement.putArray("Action")::add);
            ArrayNode list = statement.putArray("Resource");
            on.lines().forEach(list::add);
        });
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new GoLiveException("The policy document cannot be written", e);
        }
    }
}
