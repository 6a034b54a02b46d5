package dev.golive.aws.internal.ecs;

import dev.golive.aws.internal.Calls;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** One revision of a task definition, which never changes. Nothing that is configured appears in a text. */
public final class Definition {

    private final TaskDefinition whole;
    private final String id;
    private final String status;
    private final List<TaskContainer> containers;

    private Definition(TaskDefinition whole, String id, String status, List<TaskContainer> containers) {
        this.whole = whole;
        this.id = id;
        this.status = status;
        this.containers = containers;
    }

    static Definition of(Calls calls, @Nullable TaskDefinition described) {
        TaskDefinition whole = calls.said(described, "the task definition");
        List<TaskContainer> containers = new ArrayList<>();
        for (ContainerDefinition container :
                calls.listed(whole.hasContainerDefinitions(), whole.containerDefinitions(), "containers")) {
            containers.add(TaskContainer.of(calls, container));
        }
        if (containers.isEmpty()) {
            throw ApiProblem.undecided("ECS described a task definition without containers");
        }
        return new Definition(
                whole,
                id(calls.said(whole.taskDefinitionArn(), "the ARN of the task definition")),
                calls.said(whole.statusAsString(), "the status of the task definition"),
                List.copyOf(containers));
    }

    /** Family and revision of an ARN. */
    static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** Its family and its revision. */
    public String id() {
        return id;
    }

    /** Its status, in the words of ECS. */
    public String status() {
        return status;
    }

    /** Whether tasks can be started with it. */
    public boolean isActive() {
        return status.equals("ACTIVE");
    }

    /** Its containers, at least one. */
    public List<TaskContainer> containers() {
        return containers;
    }

    /** The container of a name, or the only one if none is named. */
    public TaskContainer container(@Nullable String name) {
        if (name == null) {
            if (containers.size() == 1) {
                return containers.get(0);
            }
            throw ApiProblem.undecided(
                    id + " has the containers " + names() + ": say with container(..) which one is meant");
        }
        return containers.stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiProblem.undecided(id + " has no container " + name + ", but " + names()));
    }

    /** The container that stands for the whole task: the named one, or the first. */
    public TaskContainer main(@Nullable String name) {
        return name == null ? containers.get(0) : container(name);
    }

    private String names() {
        return String.join(", ", containers.stream().map(TaskContainer::name).toList());
    }

    /** What ECS described, for what is made from it. */
    TaskDefinition whole() {
        return whole;
    }

    /** What registers the same with another image of a container. */
    RegisterTaskDefinitionRequest with(String container, String image, List<Tag> tags) {
        List<ContainerDefinition> changed = new ArrayList<>();
        for (ContainerDefinition one : whole.containerDefinitions()) {
            changed.add(
                    container.equals(one.name()) ? one.toBuilder().image(image).build() : one);
        }
        return RegisterTaskDefinitionRequest.builder()
                .family(whole.family())
                .taskRoleArn(whole.taskRoleArn())
                .executionRoleArn(whole.executionRoleArn())
                .networkMode(whole.networkModeAsString())
                .containerDefinitions(changed)
                .volumes(whole.hasVolumes() ? whole.volumes() : null)
                .placementConstraints(whole.hasPlacementConstraints() ? whole.placementConstraints() : null)
                .requiresCompatibilitiesWithStrings(
                        whole.hasRequiresCompatibilities() ? whole.requiresCompatibilitiesAsStrings() : null)
                .cpu(whole.cpu())
                .memory(whole.memory())
                .pidMode(whole.pidModeAsString())
                .ipcMode(whole.ipcModeAsString())
                .proxyConfiguration(whole.proxyConfiguration())
                .inferenceAccelerators(whole.hasInferenceAccelerators() ? whole.inferenceAccelerators() : null)
                .ephemeralStorage(whole.ephemeralStorage())
                .runtimePlatform(whole.runtimePlatform())
                .enableFaultInjection(whole.enableFaultInjection())
                // an empty list of tags is refused
                .tags(tags.isEmpty() ? null : tags)
                .build();
    }

    /** Family and revision, without what is configured. */
    @Override
    public String toString() {
        return id;
    }
}
