package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.dynamodb.DynamoDbPort;
import dev.golive.aws.internal.dynamodb.DynamoDbPort.Table;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table of DynamoDB, for example the one that keeps two runs of Terraform from changing the same state.
 *
 * <pre>{@code
 * DynamoDbTable locks = aws.dynamoDb("terraform-locks");
 *
 * locks.isActive();
 * locks.hasKey("LockID");
 * locks.isPayPerRequest();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class DynamoDbTable {

    private final Aws aws;
    private final String table;

    DynamoDbTable(Aws aws, String table) {
        this.aws = aws;
        this.table = table;
    }

    /**
     * Whether it is active. One that is being updated is not.
     *
     * @return the check
     */
    public Check isActive() {
        return check(this + " is active", found -> Judge.is("status", "ACTIVE", found.status()));
    }

    /**
     * Whether its key is one attribute, a string: it has this partition key, and no sort key.
     *
     * @param attribute the name of the attribute, for example {@code LockID}
     * @return the check
     */
    public Check hasKey(String attribute) {
        String expected = Given.text(attribute, "attribute") + " (S, HASH)";
        return check(this + " has the key " + attribute, found -> {
            List<String> key = found.key();
            String words = String.join(", ", key);
            return Judge.holds(key.equals(List.of(expected)), "its key is " + words, Fact.of("key", expected, words));
        });
    }

    /**
     * Whether it is paid for by request, and not by capacity that somebody must plan.
     *
     * @return the check
     */
    public Check isPayPerRequest() {
        return check(
                this + " is paid for by request",
                found -> Judge.is("billing mode", "PAY_PER_REQUEST", found.billing()));
    }

    /**
     * Whether it is protected from being deleted.
     *
     * @return the check
     */
    public Check isDeletionProtected() {
        return check(this + " is protected from deletion", found -> {
            boolean value = found.isDeletionProtected();
            return Judge.holds(value, "it can be deleted", Fact.of("deletion protection", true, value));
        });
    }

    /**
     * Whether it is encrypted with a key of KMS in the account. Every table is encrypted; without this the key is
     * DynamoDB's own.
     *
     * @return the check
     */
    public Check isEncryptedByKms() {
        return check(this + " is encrypted by KMS", found -> {
            String key = found.encryptionKey();
            return Judge.holds(
                    !key.isEmpty(),
                    "the key that it is encrypted with is DynamoDB's own",
                    Fact.of("key", "a key of KMS", key.isEmpty() ? "DynamoDB's own" : key));
        });
    }

    /**
     * Whether it can be brought back to any instant of the last days.
     *
     * @return the check
     */
    public Check hasPointInTimeRecovery() {
        return AwsCheck.of(aws, Service.DYNAMO_DB, this + " has point-in-time recovery", calls -> {
                    Optional<String> status = DynamoDbPort.of(calls).pointInTimeRecovery(table);
                    return status.isEmpty() ? missing() : Judge.is("point-in-time recovery", "ENABLED", status.get());
                })
                .needing("dynamodb:DescribeContinuousBackups", arn());
    }

    private Check check(String sentence, Function<Table, Outcome> judge) {
        return AwsCheck.of(aws, Service.DYNAMO_DB, sentence, calls -> {
                    Optional<Table> found = DynamoDbPort.of(calls).table(table);
                    return found.isEmpty() ? missing() : judge.apply(found.get());
                })
                .needing("dynamodb:DescribeTable", arn());
    }

    private Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    private String arn() {
        return aws.arn("dynamodb", "table/" + table);
    }

    /**
     * What it is.
     *
     * @return for example {@code DynamoDB table terraform-locks in eu-north-1}
     */
    @Override
    public String toString() {
        return "DynamoDB table " + table + " in " + aws.region();
    }
}
