package dev.golive.testkit.aws;

/**
 * A table of DynamoDB in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeDynamoDb {

    private final FakeAws aws;
    private final String table;

    FakeDynamoDb(FakeAws aws, String table) {
        this.aws = aws;
        this.table = table;
    }

    @Override
    public String toString() {
        return table + " of " + aws.account();
    }
}
