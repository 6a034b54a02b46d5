package dev.golive.aws.internal.secretsmanager;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** What golive asks of Secrets Manager. */
public final class SecretsPort {

    private static final ClientType<SecretsManagerClientBuilder, SecretsManagerClient> CLIENT = ClientType.of(
            Service.SECRETS_MANAGER, SecretsManagerClient::builder, SecretsManagerClient.serviceMetadata());

    private static final Set<String> NO_SECRET = Set.of("ResourceNotFoundException");

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

    /** Keeps a text in a secret, which is made if there is none. */
    public void keep(String name, String text) throws Exception {
        boolean kept = calls.writing(() -> calls.found(
                        NO_SECRET,
                        () -> client.putSecretValue(
                                request -> request.secretId(name).secretString(text))))
                .isPresent();
        if (!kept) {
            calls.writing(
                    () -> client.createSecret(request -> request.name(name).secretString(text)));
        }
    }
}
