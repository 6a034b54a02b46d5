package dev.golive.aws.internal.dynamodb;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingModeSummary;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.SSEDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What golive asks of DynamoDB. */
public final class DynamoDbPort {

    private static final ClientType<DynamoDbClientBuilder, DynamoDbClient> CLIENT =
            ClientType.of(Service.DYNAMO_DB, DynamoDbClient::builder, DynamoDbClient.serviceMetadata());

    private static final Set<String> NO_TABLE = Set.of("ResourceNotFoundException", "TableNotFoundException");

    /** A table as it is described. What was not told is not there, and each question says what it needs. */
    public final class Table {

        private final TableDescription table;

        private Table(TableDescription table) {
            this.table = table;
        }

        /** Its status, in DynamoDB's words. */
        public String status() {
            return calls.said(table.tableStatusAsString(), "the status of the table");
        }

        /** Its key, each attribute as {@code LockID (S, HASH)}, the partition key first. */
        public List<String> key() {
            List<String> key = new ArrayList<>();
            for (KeySchemaElement element :
                    calls.listed(table.hasKeySchema(), table.keySchema(), "the attributes of the key")) {
                String name = calls.said(element.attributeName(), "the name of an attribute of the key");
                String role = calls.said(element.keyTypeAsString(), "the role of an attribute of the key");
                key.add(role.equals("HASH") ? 0 : key.size(), name + " (" + type(name) + ", " + role + ")");
            }
            if (key.isEmpty()) {
                throw ApiProblem.incomplete(Service.DYNAMO_DB.title(), "the key of the table");
            }
            return key;
        }

        private String type(String attribute) {
            for (AttributeDefinition definition : table.attributeDefinitions()) {
                if (attribute.equals(definition.attributeName())) {
                    return calls.said(definition.attributeTypeAsString(), "the type of an attribute of the key");
                }
            }
            throw ApiProblem.incomplete(Service.DYNAMO_DB.title(), "the type of the attribute " + attribute);
        }

        /** How it is paid for. A table that was always paid for by capacity tells its capacity only. */
        public String billing() {
            BillingModeSummary billing = table.billingModeSummary();
            if (billing != null) {
                return calls.said(billing.billingModeAsString(), "how the table is paid for");
            }
            ProvisionedThroughputDescription capacity = table.provisionedThroughput();
            Long units = capacity == null ? null : capacity.readCapacityUnits();
            if (units == null || units == 0) {
                throw ApiProblem.incomplete(Service.DYNAMO_DB.title(), "how the table is paid for");
            }
            return "PROVISIONED";
        }

        /** Whether it cannot be deleted. */
        public boolean isDeletionProtected() {
            return calls.said(table.deletionProtectionEnabled(), "whether the table is protected");
        }

        /** The ARN of the key of KMS that it is encrypted with, empty if the key is DynamoDB's own. */
        public String encryptionKey() {
            // every table is encrypted; one that says nothing of it is encrypted with a key of DynamoDB
            calls.said(table.tableArn(), "the ARN of the table");
            SSEDescription encryption = table.sseDescription();
            if (encryption == null || "DISABLED".equals(encryption.statusAsString())) {
                return "";
            }
            String status = calls.said(encryption.statusAsString(), "the status of the encryption");
            if (!status.equals("ENABLED")) {
                throw ApiProblem.undecided("the encryption of the table is " + status);
            }
            return calls.said(encryption.kmsMasterKeyArn(), "the key that the table is encrypted with");
        }
    }

    private final Calls calls;
    private final DynamoDbClient client;

    private DynamoDbPort(Calls calls, DynamoDbClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static DynamoDbPort of(Calls calls) throws Exception {
        return new DynamoDbPort(calls, calls.client(CLIENT));
    }

    /** The table of a name, empty if there is none. */
    public Optional<Table> table(String name) throws Exception {
        return calls.found(
                NO_TABLE,
                () -> new Table(calls.said(
                        client.describeTable(request -> request.tableName(name)).table(), "the table")));
    }

    /** Whether a table can be brought back to an instant, in DynamoDB's words; empty if there is no table. */
    public Optional<String> pointInTimeRecovery(String name) throws Exception {
        return calls.found(
                NO_TABLE,
                () -> calls.said(
                        calls.said(
                                        calls.said(
                                                        client.describeContinuousBackups(
                                                                        request -> request.tableName(name))
                                                                .continuousBackupsDescription(),
                                                        "the backups of the table")
                                                .pointInTimeRecoveryDescription(),
                                        "the point-in-time recovery of the table")
                                .pointInTimeRecoveryStatusAsString(),
                        "whether the table can be brought back"));
    }
}
