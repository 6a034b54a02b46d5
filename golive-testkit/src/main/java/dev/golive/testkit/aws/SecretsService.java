package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;

/** Secrets Manager. */
final class SecretsService extends FakeService {

    /** The labels of the newest version and of the one before. */
    private static final List<String> STAGES = List.of("AWSCURRENT", "AWSPREVIOUS");

    private final Map<String, FakeSecret> secrets = new LinkedHashMap<>();

    SecretsService(FakeAws aws) {
        super(aws, "secretsmanager", "");
        reads("GetSecretValue", GetSecretValueRequest::builder, this::get);
        reads("DescribeSecret", DescribeSecretRequest::builder, this::describe);
        reads("ListSecretVersionIds", ListSecretVersionIdsRequest::builder, this::versions);
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
        if (secret.deletedAt() != null) {
            throw deleted();
        }
        FakeSecret.Version version = secret.current(now)
                .orElseThrow(() -> new AwsError(
                        400,
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"));
        return GetSecretValueResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .versionId(version.id())
                .versionStages("AWSCURRENT")
                .secretString(version.text())
                .secretBinary(version.bytes())
                .createdDate(version.madeAt())
                .build();
    }

    private static AwsError deleted() {
        return new AwsError(
                400,
                "InvalidRequestException",
                "You can't perform this operation on the secret because it was marked for deletion.");
    }

    private DescribeSecretResponse describe(DescribeSecretRequest request, Instant now) {
        FakeSecret secret = find(request.secretId());
        DescribeSecretResponse.Builder answer = DescribeSecretResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .createdDate(secret.createdAt())
                .deletedDate(secret.deletedAt())
                .rotationEnabled(secret.isRotating() ? Boolean.TRUE : null)
                .lastRotatedDate(secret.lastRotated())
                .nextRotationDate(secret.nextRotation());
        List<FakeSecret.Version> versions = secret.versions(now);
        if (!versions.isEmpty()) {
            Map<String, List<String>> stages = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(2, versions.size()); i++) {
                stages.put(versions.get(i).id(), List.of(STAGES.get(i)));
            }
            answer.versionIdsToStages(stages).lastChangedDate(versions.get(0).madeAt());
        }
        return answer.build();
    }

    private ListSecretVersionIdsResponse versions(ListSecretVersionIdsRequest request, Instant now) {
        FakeSecret secret = find(request.secretId());
        List<FakeSecret.Version> all = secret.versions(now);
        List<SecretVersionsListEntry> staged = new ArrayList<>();
        // versions without a label are listed only to those who ask for them
        for (int i = 0; i < Math.min(2, all.size()); i++) {
            staged.add(SecretVersionsListEntry.builder()
                    .versionId(all.get(i).id())
                    .versionStages(STAGES.get(i))
                    .createdDate(all.get(i).madeAt())
                    .build());
        }
        // there is no order that a client may rely on
        Collections.reverse(staged);
        Page<SecretVersionsListEntry> page =
                page(staged, request.nextToken(), request.maxResults(), "InvalidNextTokenException");
        return ListSecretVersionIdsResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .versions(page.items())
                .nextToken(page.next())
                .build();
    }

    private PutSecretValueResponse put(PutSecretValueRequest request, Instant now) {
        FakeSecret secret = find(request.secretId());
        if (secret.deletedAt() != null) {
            throw deleted();
        }
        secret.put(request.secretString(), null, now);
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
        secret.put(request.secretString(), null, now);
        return CreateSecretResponse.builder()
                .arn(arn(secret))
                .name(secret.name())
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        secrets.forEach((key, one) -> {
            one.drifts(drifts, () -> aws().within(() -> secrets.remove(key, one)));
            secrets.values().stream()
                    .filter(other -> one.isLike(other, drifts.now()))
                    .findFirst()
                    .ifPresent(other -> one.driftsTo(drifts, other));
        });
    }
}
