package dev.golive.testkit.aws;

import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A table of DynamoDB in {@link FakeAws}. It is active, has the partition key {@code id} of strings, is paid for by
 * capacity, encrypted with a key of DynamoDB's own, not protected, and without point-in-time recovery.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeDynamoDb {

    private final FakeAws aws;
    private final String table;
    private final Withheld withheld = new Withheld();
    private String status = "ACTIVE";
    private String key = "id";
    private String keyType = "S";
    private String sortKey = "";
    private boolean payPerRequest;
    private boolean deletionProtection;
    private String kmsKey = "";
    private String encryption = "ENABLED";
    private String recovery = "DISABLED";

    FakeDynamoDb(FakeAws aws, String table) {
        this.aws = aws;
        this.table = table;
    }

    /**
     * Its status.
     *
     * @param inItsWords for example {@code CREATING} or {@code UPDATING}
     * @return this
     */
    public FakeDynamoDb status(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> status = inItsWords);
    }

    /**
     * Its partition key, of strings.
     *
     * @param name the name of the attribute
     * @return this
     */
    public FakeDynamoDb key(String name) {
        return key(name, "S");
    }

    /**
     * Its partition key.
     *
     * @param name the name of the attribute
     * @param type {@code S}, {@code N} or {@code B}
     * @return this
     */
    public FakeDynamoDb key(String name, String type) {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(type, "type must not be null");
        return change(() -> {
            key = name;
            keyType = type;
        });
    }

    /**
     * Its sort key, of strings.
     *
     * @param name the name of the attribute
     * @return this
     */
    public FakeDynamoDb sortKey(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return change(() -> sortKey = name);
    }

    /**
     * Lets it be paid for by request.
     *
     * @return this
     */
    public FakeDynamoDb payPerRequest() {
        return change(() -> payPerRequest = true);
    }

    /**
     * Protects it from being deleted.
     *
     * @return this
     */
    public FakeDynamoDb deletionProtection() {
        return change(() -> deletionProtection = true);
    }

    /**
     * Encrypts it with a key of KMS.
     *
     * @param keyArn the ARN of the key
     * @return this
     */
    public FakeDynamoDb encryptedWith(String keyArn) {
        return encryptedWith(keyArn, "ENABLED");
    }

    /**
     * Encrypts it with a key of KMS, as far as that has come.
     *
     * @param keyArn the ARN of the key
     * @param inItsWords for example {@code ENABLED} or {@code UPDATING}
     * @return this
     */
    public FakeDynamoDb encryptedWith(String keyArn, String inItsWords) {
        Objects.requireNonNull(keyArn, "keyArn must not be null");
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> {
            kmsKey = keyArn;
            encryption = inItsWords;
        });
    }

    /**
     * Lets it be brought back to any instant of the last 35 days.
     *
     * @return this
     */
    public FakeDynamoDb pointInTimeRecovery() {
        return change(() -> recovery = "ENABLED");
    }

    /**
     * Leaves something out of its description.
     *
     * @param members what, named as in the API of DynamoDB, for example {@code TableStatus}
     * @return this
     */
    public FakeDynamoDb silentAbout(String... members) {
        String[] names = members.clone();
        return change(() -> withheld.add(names));
    }

    private FakeDynamoDb change(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        String other = Drifts.otherThan(key);
        Drifts.Of own = drifts.of("dynamodb", table, toString())
                .add("gone", "does not exist", gone)
                .add("other key", "has another key", () -> key(other));
        if (status.equals("ACTIVE")) {
            own.add("being made", "is being made", () -> status("CREATING"))
                    .add(
                            "archived",
                            "cannot be read for want of its encryption key",
                            () -> status("INACCESSIBLE_ENCRYPTION_CREDENTIALS"));
        }
        if (payPerRequest) {
            own.add("provisioned", "is paid for by capacity", () -> change(() -> payPerRequest = false));
        }
        if (deletionProtection) {
            own.add("unprotected", "may be deleted", () -> change(() -> deletionProtection = false));
        }
        if (!kmsKey.isEmpty()) {
            own.add("other encryption", "is not encrypted by a key of KMS", () -> change(() -> kmsKey = ""));
        }
        if (recovery.equals("ENABLED")) {
            own.add("no recovery", "cannot be brought back to an instant", () -> change(() -> recovery = "DISABLED"));
        }
    }

    TableDescription describe() {
        TableDescription.Builder description = TableDescription.builder()
                .tableName(table)
                .tableStatus(status)
                .tableArn("arn:aws:dynamodb:" + aws.region() + ":" + aws.account() + ":table/" + table)
                .itemCount(0L)
                .deletionProtectionEnabled(deletionProtection)
                .provisionedThroughput(throughput -> throughput
                        .readCapacityUnits(payPerRequest ? 0L : 5L)
                        .writeCapacityUnits(payPerRequest ? 0L : 5L));
        KeySchemaElement hash =
                KeySchemaElement.builder().attributeName(key).keyType("HASH").build();
        AttributeDefinition ofHash = AttributeDefinition.builder()
                .attributeName(key)
                .attributeType(keyType)
                .build();
        if (sortKey.isEmpty()) {
            description.keySchema(hash).attributeDefinitions(ofHash);
        } else {
            description
                    .keySchema(
                            hash,
                            KeySchemaElement.builder()
                                    .attributeName(sortKey)
                                    .keyType("RANGE")
                                    .build())
                    .attributeDefinitions(
                            ofHash,
                            AttributeDefinition.builder()
                                    .attributeName(sortKey)
                                    .attributeType("S")
                                    .build());
        }
        if (payPerRequest) {
            // a table that was always paid for by capacity has no summary
            description.billingModeSummary(summary -> summary.billingMode("PAY_PER_REQUEST"));
        }
        if (!kmsKey.isEmpty()) {
            description.sseDescription(SSEDescription.builder()
                    .status(encryption)
                    .sseType("KMS")
                    .kmsMasterKeyArn(kmsKey)
                    .build());
        }
        return withheld.from(description).build();
    }

    ContinuousBackupsDescription describeBackups() {
        ContinuousBackupsDescription.Builder description = ContinuousBackupsDescription.builder()
                .continuousBackupsStatus("ENABLED")
                .pointInTimeRecoveryDescription(one -> one.pointInTimeRecoveryStatus(recovery));
        return withheld.from(description).build();
    }

    @Override
    public String toString() {
        return "table " + table;
    }
}
