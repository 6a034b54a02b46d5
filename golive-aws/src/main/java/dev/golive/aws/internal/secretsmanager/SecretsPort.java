package dev.golive.aws.internal.secretsmanager;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

/** What golive asks of Secrets Manager. */
public final class SecretsPort {

    private static final ClientType<SecretsManagerClientBuilder, SecretsManagerClient> CLIENT = ClientType.of(
            Service.SECRETS_MANAGER, SecretsManagerClient::builder, SecretsManagerClient.serviceMetadata());

    /** The label of the version that whoever asks gets. */
    private static final String CURRENT = "AWSCURRENT";

    private static final Set<String> NO_SECRET = Set.of("ResourceNotFoundException");

    /**
     * What is told of a secret without telling its value.
     *
     * @param hasValue whether it has a current version
     * @param deletedAt when it was given up, {@code null} if it was not
     * @param rotates whether it is rotated
     * @param rotatedAt when it was last rotated, {@code null} if never
     * @param rotatesAt when it will be rotated at the latest, {@code null} if it was not told
     */
    public record Description(
            boolean hasValue,
            @Nullable Instant deletedAt,
            boolean rotates,
            @Nullable Instant rotatedAt,
            @Nullable Instant rotatesAt) {}

    private final Calls calls;
    private final SecretsManagerClient client;

    private SecretsPort(Calls calls, SecretsManagerClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static SecretsPort of(Calls calls) throws Exception {
        return new SecretsPort(calls, calls.client(CLIENT));
    }

    /** The text of a secret, empty if there is no such secret. It never goes into a sentence or a fact. */
    public Optional<String> text(String name) throws Exception {
        Optional<GetSecretValueResponse> answer =
                calls.found(NO_SECRET, () -> client.getSecretValue(request -> request.secretId(name)));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(calls.said(answer.get().secretString(), "the text of the secret"));
    }

    /** What is told of a secret without telling its value, empty if there is no such secret. */
    public Optional<Description> description(String name) throws Exception {
        Optional<DescribeSecretResponse> answer =
                calls.found(NO_SECRET, () -> client.describeSecret(request -> request.secretId(name)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        DescribeSecretResponse secret = answer.get();
        calls.said(secret.arn(), "the ARN of the secret");
        return Optional.of(new Description(
                secret.versionIdsToStages().values().stream().anyMatch(stages -> stages.contains(CURRENT)),
                secret.deletedDate(),
                Boolean.TRUE.equals(secret.rotationEnabled()),
                secret.lastRotatedDate(),
                secret.nextRotationDate()));
    }

    /** When the current version was made, empty if there is no such secret. Its value is not read. */
    public Optional<Instant> changedAt(String name) throws Exception {
        return calls.found(NO_SECRET, () -> {
            for (ListSecretVersionIdsResponse page :
                    client.listSecretVersionIdsPaginator(request -> request.secretId(name))) {
                for (SecretVersionsListEntry version : calls.listed(page.hasVersions(), page.versions(), "versions")) {
                    if (version.versionStages().contains(CURRENT)) {
                        return calls.said(version.createdDate(), "when the current version was made");
                    }
                }
            }
            throw ApiProblem.incomplete(Service.SECRETS_MANAGER.title(), "the current version of the secret");
        });
    }

    /**
     * What a secret holds, empty if there is no such secret, or no such key in it.
     *
     * @param key which one of its values, {@code null} for the only one
     */
    public Optional<HeldValue> value(String name, @Nullable String key) throws Exception {
        Optional<GetSecretValueResponse> answer =
                calls.found(NO_SECRET, () -> client.getSecretValue(request -> request.secretId(name)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        GetSecretValueResponse secret = answer.get();
        if (secret.secretString() == null && secret.secretBinary() != null) {
            throw ApiProblem.undecided("the secret holds bytes and no text");
        }
        return Optional.ofNullable(HeldValue.of(calls.said(secret.secretString(), "the text of the secret"), key));
    }

    /** Keeps a text in a secret, which is made if there is none. */
    public void keep(String name, String text) throws Exception {
        boolean kept = calls.writingValues(() -> calls.found(
                        NO_SECRET,
                        () -> client.putSecretValue(
                                request -> request.secretId(name).secretString(text))))
                .isPresent();
        if (!kept) {
            calls.writingValues(
                    () -> client.createSecret(request -> request.name(name).secretString(text)));
        }
    }
}
