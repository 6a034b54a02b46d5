package dev.golive.aws.internal.ecs;

import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.PojoJson;
import dev.golive.aws.internal.apprunner.ImageName;
import dev.golive.provider.ApiProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayContainer;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayRepositoryCredentials;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceAwsLogsConfiguration;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateExpressGatewayServiceRequest;

/**
 * Everything that a service of Express Mode is configured with, kept as the request that would bring it back, whole:
 * it is not documented what happens to parts that a request leaves out. Nothing of it appears in a text. Immutable.
 */
public final class ExpressConfiguration {

    private static final int SHOWN_OF_DIGEST = 12;

    private final String revision;
    private final UpdateExpressGatewayServiceRequest whole;

    private ExpressConfiguration(String revision, UpdateExpressGatewayServiceRequest whole) {
        this.revision = revision;
        this.whole = whole;
    }

    static ExpressConfiguration of(Calls calls, ExpressGatewayServiceConfiguration configuration) {
        ExpressGatewayContainer container =
                calls.said(configuration.primaryContainer(), "the container of the service");
        calls.said(container.image(), "the image of the service");
        String revision = configuration.serviceRevisionArn();
        return new ExpressConfiguration(
                revision == null ? "" : revision,
                UpdateExpressGatewayServiceRequest.builder()
                        .primaryContainer(container)
                        .cpu(configuration.cpu())
                        .memory(configuration.memory())
                        .taskRoleArn(configuration.taskRoleArn())
                        .executionRoleArn(configuration.executionRoleArn())
                        .networkConfiguration(configuration.networkConfiguration())
                        .healthCheckPath(configuration.healthCheckPath())
                        .scalingTarget(configuration.scalingTarget())
                        .build());
    }

    UpdateExpressGatewayServiceRequest request(String arn) {
        return whole.toBuilder().serviceArn(arn).build();
    }

    private ExpressGatewayContainer container() {
        return whole.primaryContainer();
    }

    private ExpressConfiguration container(Consumer<ExpressGatewayContainer.Builder> change) {
        ExpressGatewayContainer.Builder container = container().toBuilder();
        change.accept(container);
        return new ExpressConfiguration(
                revision, whole.toBuilder().primaryContainer(container.build()).build());
    }

    // ---- what it says

    /** The ARN of the service revision that it was read from, empty if ECS does not name it. */
    public String revision() {
        return revision;
    }

    /** The name of the image with its tag or digest. */
    public String image() {
        return container().image();
    }

    /** The values of the variables by their names. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (KeyValuePair pair : container().environment()) {
            String value = pair.value() == null ? "" : pair.value();
            String other = variables.put(String.valueOf(pair.name()), value);
            if (other != null && !other.equals(value)) {
                throw ApiProblem.undecided(
                        "the variable " + pair.name() + " is there twice, so that its value cannot be told");
            }
        }
        return variables;
    }

    /** The variables of which the values are kept elsewhere. */
    public Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>();
        container().secrets().forEach(secret -> secrets.add(String.valueOf(secret.name())));
        return secrets;
    }

    // ---- others

    /** The same with another image. */
    public ExpressConfiguration image(String identifier) {
        return container(container -> container.image(identifier));
    }

    /** The same with another value of a variable, which is no secret from then on. */
    public ExpressConfiguration variable(String name, String value) {
        ExpressConfiguration without = withoutVariable(name);
        List<KeyValuePair> all = new ArrayList<>(without.container().environment());
        all.add(KeyValuePair.builder().name(name).value(value).build());
        return without.container(container -> container.environment(all));
    }

    /** The same without a variable, also if it is a secret. */
    public ExpressConfiguration withoutVariable(String name) {
        List<KeyValuePair> variables = new ArrayList<>(container().environment());
        variables.removeIf(pair -> name.equals(pair.name()));
        List<Secret> secrets = new ArrayList<>(container().secrets());
        secrets.removeIf(secret -> name.equals(secret.name()));
        return container(container -> container.environment(variables).secrets(secrets));
    }

    /**
     * The same with container, size and roles of a task definition that ran before. Network, health check and scaling
     * stand outside of it, and stay as they are.
     */
    public ExpressConfiguration with(Definition definition) {
        TaskDefinition task = definition.whole();
        return new ExpressConfiguration(
                revision,
                whole.toBuilder()
                        .primaryContainer(primary(definition))
                        .cpu(task.cpu())
                        .memory(task.memory())
                        .taskRoleArn(task.taskRoleArn())
                        .executionRoleArn(task.executionRoleArn())
                        .build());
    }

    private static ExpressGatewayContainer primary(Definition definition) {
        if (definition.containers().size() != 1) {
            throw ApiProblem.undecided("the tasks of " + definition
                    + " have several containers, of which Express Mode brings back the first alone");
        }
        ContainerDefinition one = definition.whole().containerDefinitions().get(0);
        LogConfiguration logs = one.logConfiguration();
        return ExpressGatewayContainer.builder()
                .image(one.image())
                .containerPort(
                        one.portMappings().isEmpty()
                                ? null
                                : one.portMappings().get(0).containerPort())
                .command(one.hasCommand() ? one.command() : null)
                .environment(one.hasEnvironment() ? one.environment() : null)
                .secrets(one.hasSecrets() ? one.secrets() : null)
                .repositoryCredentials(
                        one.repositoryCredentials() == null
                                ? null
                                : ExpressGatewayRepositoryCredentials.builder()
                                        .credentialsParameter(
                                                one.repositoryCredentials().credentialsParameter())
                                        .build())
                .awsLogsConfiguration(
                        logs == null
                                        || !"awslogs".equals(logs.logDriverAsString())
                                        || logs.options().get("awslogs-group") == null
                                ? null
                                : ExpressGatewayServiceAwsLogsConfiguration.builder()
                                        .logGroup(logs.options().get("awslogs-group"))
                                        .logStreamPrefix(logs.options().get("awslogs-stream-prefix"))
                                        .build())
                .build();
    }

    /**
     * What a task definition is called as a release of a service: by its image and by what else a rollback brings back,
     * so that it is the same release again although ECS has registered it anew.
     */
    public static Release release(String service, Definition definition, @Nullable String digest) {
        ImageName image = ImageName.of(primary(definition).image());
        String name = image.repository().substring(image.repository().lastIndexOf('/') + 1);
        String which = digest == null ? ":" + image.tag() : "@" + shown(digest);
        return new Release(service, name + which + "+" + fingerprint(definition), null, digest);
    }

    private static String shown(String digest) {
        String hex = digest.replace("sha256:", "");
        return hex.substring(0, Math.min(SHOWN_OF_DIGEST, hex.length()));
    }

    /**
     * It is too short to find out from it what a variable's value is, unless all the rest is known and the value is one
     * of few.
     */
    private static String fingerprint(Definition definition) {
        ExpressGatewayContainer container = primary(definition);
        List<KeyValuePair> variables = new ArrayList<>(container.environment());
        variables.sort(Comparator.comparing(pair -> String.valueOf(pair.name())));
        List<Secret> secrets = new ArrayList<>(container.secrets());
        secrets.sort(Comparator.comparing(secret -> String.valueOf(secret.name())));
        TaskDefinition task = definition.whole();
        UpdateExpressGatewayServiceRequest told = UpdateExpressGatewayServiceRequest.builder()
                .primaryContainer(container.toBuilder()
                        .image(null)
                        .environment(variables.isEmpty() ? null : variables)
                        .secrets(secrets.isEmpty() ? null : secrets)
                        .command(container.command().isEmpty() ? null : container.command())
                        .build())
                .cpu(task.cpu())
                .memory(task.memory())
                .taskRoleArn(task.taskRoleArn())
                .executionRoleArn(task.executionRoleArn())
                .build();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(PojoJson.write(told).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks SHA-256", e);
        }
    }

    /** The image, without what is configured. */
    @Override
    public String toString() {
        return image();
    }
}
