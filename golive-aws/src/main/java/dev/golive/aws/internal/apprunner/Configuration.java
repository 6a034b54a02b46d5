package dev.golive.aws.internal.apprunner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.golive.aws.internal.PojoJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/**
 * Everything that makes a service of App Runner what it is: image, variables, secrets, instance, network, scaling, health
 * check. It is kept as the request that would bring it back, whole, since it is not documented what happens to parts that
 * a request leaves out. Immutable.
 */
public final class Configuration {

    private static final String SOURCE = "SourceConfiguration";
    private static final String IMAGE = "ImageRepository";

    private final UpdateServiceRequest whole;

    private Configuration(UpdateServiceRequest whole) {
        this.whole = whole;
    }

    /** What a service is configured with. */
    static Configuration of(Service service) {
        AutoScalingConfigurationSummary scaling = service.autoScalingConfigurationSummary();
        return new Configuration(UpdateServiceRequest.builder()
                .sourceConfiguration(service.sourceConfiguration())
                .instanceConfiguration(service.instanceConfiguration())
                .healthCheckConfiguration(service.healthCheckConfiguration())
                .networkConfiguration(service.networkConfiguration())
                .observabilityConfiguration(service.observabilityConfiguration())
                .autoScalingConfigurationArn(scaling == null ? null : scaling.autoScalingConfigurationArn())
                .build());
    }

    /** The configuration that was written as this JSON. */
    static Configuration read(JsonNode json) {
        UpdateServiceRequest.Builder builder = UpdateServiceRequest.builder();
        PojoJson.read(json, builder);
        return new Configuration(builder.build());
    }

    /** All of it, with the values of the variables: never for people. */
    ObjectNode json() {
        return PojoJson.write(whole);
    }

    UpdateServiceRequest request(String arn) {
        return whole.toBuilder().serviceArn(arn).build();
    }

    /** Whether it runs an image, and not code that App Runner builds. */
    public boolean isOfImage() {
        return repository() != null;
    }

    /** The image, with its tag or its digest; empty if it runs code. */
    public String image() {
        ImageRepository repository = repository();
        return repository == null || repository.imageIdentifier() == null ? "" : repository.imageIdentifier();
    }

    /** The variables by name. Their values are never shown. */
    public Map<String, String> variables() {
        ImageConfiguration image = imageConfiguration();
        return image == null ? Map.of() : image.runtimeEnvironmentVariables();
    }

    /** The variables of which the values are secrets elsewhere, by name, with the ARNs of those. */
    public Map<String, String> secrets() {
        ImageConfiguration image = imageConfiguration();
        return image == null ? Map.of() : image.runtimeEnvironmentSecrets();
    }

    /** Whether a push of the image's tag is deployed at once. */
    public boolean deploysAutomatically() {
        SourceConfiguration source = whole.sourceConfiguration();
        return source != null && Boolean.TRUE.equals(source.autoDeploymentsEnabled());
    }

    /** The same with another image. */
    public Configuration image(String identifier) {
        return source(source -> source.imageRepository(
                current(source).toBuilder().imageIdentifier(identifier).build()));
    }

    /** The same with a variable, which is then no secret from elsewhere. */
    public Configuration variable(String name, String value) {
        return variables(
                variables -> {
                    variables.put(name, value);
                    return variables;
                },
                name);
    }

    /** The same without a variable, also if its value is a secret from elsewhere. */
    public Configuration withoutVariable(String name) {
        return variables(
                variables -> {
                    variables.remove(name);
                    return variables;
                },
                name);
    }

    /** The same, without deployments that nobody asked for. */
    public Configuration withoutAutomaticDeployments() {
        return source(source -> source.autoDeploymentsEnabled(false));
    }

    private Configuration variables(UnaryOperator<Map<String, String>> change, String notSecret) {
        return source(source -> {
            ImageRepository repository = current(source);
            ImageConfiguration image = repository.imageConfiguration() == null
                    ? ImageConfiguration.builder().build()
                    : repository.imageConfiguration();
            Map<String, String> secrets = new TreeMap<>(image.runtimeEnvironmentSecrets());
            secrets.remove(notSecret);
            source.imageRepository(repository.toBuilder()
                    .imageConfiguration(image.toBuilder()
                            .runtimeEnvironmentVariables(
                                    change.apply(new TreeMap<>(image.runtimeEnvironmentVariables())))
                            .runtimeEnvironmentSecrets(secrets)
                            .build())
                    .build());
        });
    }

    private Configuration source(Consumer<SourceConfiguration.Builder> change) {
        SourceConfiguration.Builder source = whole.sourceConfiguration().toBuilder();
        change.accept(source);
        return new Configuration(
                whole.toBuilder().sourceConfiguration(source.build()).build());
    }

    private static ImageRepository current(SourceConfiguration.Builder source) {
        return source.build().imageRepository();
    }

    private @Nullable ImageRepository repository() {
        SourceConfiguration source = whole.sourceConfiguration();
        return source == null ? null : source.imageRepository();
    }

    private @Nullable ImageConfiguration imageConfiguration() {
        ImageRepository repository = repository();
        return repository == null ? null : repository.imageConfiguration();
    }

    /**
     * Tells configurations apart, whatever their image and however they are deployed. It is too short to find out from it
     * what a variable's value is, unless all the rest is known and the value is one of few.
     */
    String fingerprint() {
        ObjectNode json = json();
        if (json.get(SOURCE) instanceof ObjectNode source) {
            source.remove("AutoDeploymentsEnabled");
            if (source.get(IMAGE) instanceof ObjectNode image) {
                image.remove("ImageIdentifier");
            }
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(json.toString().getBytes(StandardCharsets.UTF_8));
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
