package dev.golive.aws.internal.lambda;

import dev.golive.GoLiveException;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;

/** What golive asks of Lambda. */
public final class LambdaPort {

    private static final ClientType<LambdaClientBuilder, LambdaClient> CLIENT =
            ClientType.of(Service.LAMBDA, LambdaClient::builder, LambdaClient.serviceMetadata());

    private static final Set<String> NOT_FOUND = Set.of("ResourceNotFoundException");

    /**
     * An alias of a function.
     *
     * @param version the version that it points to
     * @param revision changes with every change of the alias
     * @param others the other versions that get a part of the requests, with that part
     */
    public record Alias(String version, String revision, Map<String, Double> others) {

        /** Whether one version gets all requests. */
        public boolean isWhole() {
            return others.isEmpty();
        }

        @Override
        public String toString() {
            StringBuilder words = new StringBuilder("version " + version);
            others.forEach((other, part) -> words.append(", ")
                    .append(Math.round(part * 100))
                    .append(" % of the requests to ")
                    .append(other));
            return words.toString();
        }
    }

    /** A version of a function. The values of its variables never appear in a text. */
    public static final class Version {

        private final String version;
        private final String digest;
        private final String state;
        private final String lastUpdate;
        private final String runtime;
        private final boolean isImage;
        private final Map<String, String> variables;
        private final @Nullable String hidden;

        private Version(
                String version,
                String digest,
                String state,
                String lastUpdate,
                String runtime,
                boolean isImage,
                Map<String, String> variables,
                @Nullable String hidden) {
            this.version = version;
            this.digest = digest;
            this.state = state;
            this.lastUpdate = lastUpdate;
            this.runtime = runtime;
            this.isImage = isImage;
            this.variables = variables;
            this.hidden = hidden;
        }

        /** Its number, or {@code $LATEST}. */
        public String version() {
            return version;
        }

        /** The digest of its code. */
        public String digest() {
            return digest;
        }

        /** Its state, in the words of Lambda. */
        public String state() {
            return state;
        }

        /** How its last update went, in the words of Lambda; empty if it is not told. */
        public String lastUpdate() {
            return lastUpdate;
        }

        /** Its runtime, empty if it has none. */
        public String runtime() {
            return runtime;
        }

        /** Whether it is an image, which brings its runtime. */
        public boolean isImage() {
            return isImage;
        }

        /** The values of its variables by their names. */
        public Map<String, String> variables() {
            return variables;
        }

        /** Why the variables are not told, {@code null} if they are. */
        public @Nullable String hidden() {
            return hidden;
        }

        /** The number, without what is configured. */
        @Override
        public String toString() {
            return version;
        }
    }

    private final Calls calls;
    private final LambdaClient client;

    private LambdaPort(Calls calls, LambdaClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static LambdaPort of(Calls calls) throws Exception {
        return new LambdaPort(calls, calls.client(CLIENT));
    }

    /** An alias, empty if there is none, or no such function. */
    public Optional<Alias> alias(String function, String name) throws Exception {
        Optional<GetAliasResponse> found = calls.found(
                NOT_FOUND,
                () -> client.getAlias(request -> request.functionName(function).name(name)));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        GetAliasResponse alias = found.get();
        Map<String, Double> others = new LinkedHashMap<>();
        if (alias.routingConfig() != null) {
            alias.routingConfig().additionalVersionWeights().forEach((version, part) -> {
                if (part == null || part > 0) {
                    others.put(version, calls.said(part, "the part of the requests of a version"));
                }
            });
        }
        return Optional.of(new Alias(
                calls.said(alias.functionVersion(), "the version of the alias"),
                calls.said(alias.revisionId(), "the revision of the alias"),
                others));
    }

    /** A version of a function, empty if there is none. */
    public Optional<Version> version(String function, String version) throws Exception {
        Optional<GetFunctionConfigurationResponse> found = calls.found(
                NOT_FOUND,
                () -> client.getFunctionConfiguration(
                        request -> request.functionName(function).qualifier(version)));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        GetFunctionConfigurationResponse told = found.get();
        EnvironmentResponse environment = told.environment();
        return Optional.of(new Version(
                calls.said(told.version(), "the version of the function"),
                digest(calls.said(told.codeSha256(), "the digest of the code")),
                calls.said(told.stateAsString(), "the state of the function"),
                told.lastUpdateStatusAsString() == null ? "" : told.lastUpdateStatusAsString(),
                told.runtimeAsString() == null ? "" : told.runtimeAsString(),
                "Image".equals(told.packageTypeAsString()),
                // one without variables is told without an environment
                environment == null ? Map.of() : environment.variables(),
                environment == null || environment.error() == null
                        ? null
                        : "Lambda could not read the variables: "
                                + environment.error().errorCode()));
    }

    /** In the form in which digests are written elsewhere; Lambda gives base64 for archives and hex for images. */
    private static String digest(String sha256) {
        if (sha256.matches("[0-9a-f]{64}")) {
            return "sha256:" + sha256;
        }
        try {
            return "sha256:" + HexFormat.of().formatHex(Base64.getDecoder().decode(sha256));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.undecided("Lambda gave a digest of the code that cannot be read");
        }
    }

    /** The numbers of the published versions of a function. */
    public List<Long> versions(String function) {
        List<Long> versions = new ArrayList<>();
        for (ListVersionsByFunctionResponse page :
                client.listVersionsByFunctionPaginator(request -> request.functionName(function))) {
            for (FunctionConfiguration one : calls.listed(page.hasVersions(), page.versions(), "versions")) {
                String version = calls.said(one.version(), "the number of a version");
                if (version.matches("[1-9][0-9]{0,17}")) {
                    versions.add(Long.parseLong(version));
                }
            }
        }
        return versions;
    }

    /**
     * Points an alias to one version alone, if nobody has changed it since it was read; gives its new revision.
     *
     * @param read the revision that was read
     */
    public String point(String function, String alias, String version, String read) throws Exception {
        try {
            return calls.said(
                    calls.writing(() -> client.updateAlias(request -> request.functionName(function)
                                    .name(alias)
                                    .functionVersion(version)
                                    // without it, the parts of other versions stay as they are
                                    .routingConfig(AliasRoutingConfiguration.builder()
                                            .additionalVersionWeights(Map.of())
                                            .build())
                                    .revisionId(read)))
                            .revisionId(),
                    "the new revision of the alias");
        } catch (ApiProblem e) {
            if (e.code().equals("PreconditionFailedException")) {
                // without its cause, for which it would be taken
                throw new GoLiveException(
                        "somebody else has changed the alias " + alias + " of " + function + " meanwhile");
            }
            throw e;
        }
    }
}
