package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;

/** DynamoDB. */
final class DynamoDbService extends FakeService {

    private final Map<String, FakeDynamoDb> tables = new LinkedHashMap<>();

    DynamoDbService(FakeAws aws) {
        super(aws, "dynamodb", "");
        reads("DescribeTable", DescribeTableRequest::builder, this::table);
        reads("DescribeContinuousBackups", DescribeContinuousBackupsRequest::builder, this::backups);
    }

    FakeDynamoDb dynamoDb(String table) {
        return tables.computeIfAbsent(table, key -> new FakeDynamoDb(aws(), key));
    }

    private DescribeTableResponse table(DescribeTableRequest request, Instant now) {
        FakeDynamoDb table = tables.get(request.tableName());
        if (table == null) {
            throw new AwsError(
                    400,
                    "ResourceNotFoundException",
                    "Requested resource not found: Table: " + request.tableName() + " not found");
        }
        return DescribeTableResponse.builder().table(table.describe()).build();
    }

    private DescribeContinuousBackupsResponse backups(DescribeContinuousBackupsRequest request, Instant now) {
        FakeDynamoDb table = tables.get(request.tableName());
        if (table == null) {
            throw new AwsError(400, "TableNotFoundException", "Table not found: " + request.tableName());
        }
        return DescribeContinuousBackupsResponse.builder()
                .continuousBackupsDescription(table.describeBackups())
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        tables.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> tables.remove(key, one))));
    }
}
