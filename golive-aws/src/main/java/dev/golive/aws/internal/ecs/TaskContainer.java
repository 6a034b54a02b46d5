package dev.golive.aws.internal.ecs;

import dev.golive.aws.internal.Calls;
import dev.golive.provider.ApiProblem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;

/** A container of a task definition. The values of its variables never appear in a text. */
public final class TaskContainer {

    private final String name;
    private final String image;
    private final Map<String, String> variables;
    private final Set<String> secrets;
    private final boolean hasFiles;

    private TaskContainer(
            String name, String image, Map<String, String> variables, Set<String> secrets, boolean hasFiles) {
        this.name = name;
        this.image = image;
        this.variables = variables;
        this.secrets = secrets;
        this.hasFiles = hasFiles;
    }

    static TaskContainer of(Calls calls, ContainerDefinition definition) {
        String name = calls.said(definition.name(), "the name of a container");
        Map<String, String> variables = new LinkedHashMap<>();
        for (KeyValuePair pair : definition.environment()) {
            String variable = calls.said(pair.name(), "the name of a variable");
            String value = pair.value() == null ? "" : pair.value();
            String other = variables.put(variable, value);
            if (other != null && !other.equals(value)) {
                throw ApiProblem.undecided("container " + name + " has the variable " + variable
                        + " twice, so that its value cannot be told");
            }
        }
        Set<String> secrets = new LinkedHashSet<>();
        for (Secret secret : definition.secrets()) {
            secrets.add(calls.said(secret.name(), "the name of a secret"));
        }
        return new TaskContainer(
                name,
                calls.said(definition.image(), "the image of container " + name),
                variables,
                secrets,
                !definition.environmentFiles().isEmpty());
    }

    /** Its name within the task. */
    public String name() {
        return name;
    }

    /** The name of its image with the tag or the digest. */
    public String image() {
        return image;
    }

    /** The values of its variables by their names. */
    public Map<String, String> variables() {
        return variables;
    }

    /** The variables of which the values are kept elsewhere. */
    public Set<String> secrets() {
        return secrets;
    }

    /** Whether more variables come from files that ECS does not show. */
    public boolean hasFiles() {
        return hasFiles;
    }

    /** The name, without what is configured. */
    @Override
    public String toString() {
        return name;
    }
}
