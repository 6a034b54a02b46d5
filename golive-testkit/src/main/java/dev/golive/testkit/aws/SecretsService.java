package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;

/** Secrets Manager. */
final class SecretsService extends FakeService {

    private final Map<String, FakeSecret> secrets = new LinkedHashMap<>();

    SecretsService(FakeAws aws) {
        super(aws, "secretsmanager", "");
        reads("GetSecretValue", GetSecretValueRequest::builder, this::get);
        changes("PutSecretValue", PutSecretValueRequest::builder, this::put);
        changes("CreateSecret", CreateSecretRequest::builder, this::create);
    }

    FakeSecret named(String name, Instant now) {
        return secrets.computeIfAbsent(name, key -> new FakeSecret(aws(), key, now));
    }

    private String arn(FakeSecret secret) {
        return arn("secret:" + secret.name() + "-AbCdEf");
    }

    private FakeSecret find(String nameOrArn) {
        return secrets.values().stream()
                .filter(secret -> secret.name().equals(nameOrArn) || arn(secret).equals(nameOrArn))
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    private GetSecretValueResponse get(GetSecretValueRequest request, Instant now) {
        FakeSecret secret = find(request.secretId());
        String text = secret.held()
                .orElseThrow(() -> new AwsError(
                        400,
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"));
        return GetSecretValueResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .secretString(text)
                .createdDate(secret.changedAt())
                .build();
    }

    private PutSecretValueResponse put(PutSecretValueRequest request, Instant now) {
        FakeSecret secret = find(request.secretId());
        secret.put(request.secretString(), now);
        return PutSecretValueResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .build();
    }

    private CreateSecretResponse create(CreateSecretRequest request, Instant now) {
        if (secrets.containsKey(request.name())) {
            throw new AwsError(
                    400,
                    "ResourceExistsException",
                    "The operation failed because the secret " + request.name() + " already exists.");
        }
        FakeSecret secret = named(request.name(), now);
        secret.put(request.secretString(), now);
        return CreateSecretResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .build();
    }
}
