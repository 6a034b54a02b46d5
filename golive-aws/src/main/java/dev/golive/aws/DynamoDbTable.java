package dev.golive.aws;

/** A table of DynamoDB. Immutable and thread-safe. */
public final class DynamoDbTable {

    private final Aws aws;
    private final String table;

    DynamoDbTable(Aws aws, String table) {
        this.aws = aws;
        this.table = table;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "table of DynamoDB " + table + " in " + aws.region();
    }
}
