package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** dynamodb. */
final class DynamoDbService extends FakeService {

    private final Map<String, FakeDynamoDb> dynamoDbs = new LinkedHashMap<>();

    DynamoDbService(FakeAws aws) {
        super(aws, "dynamodb", "");
    }

    FakeDynamoDb dynamoDb(String table) {
        return dynamoDbs.computeIfAbsent(table, key -> new FakeDynamoDb(aws(), table));
    }
}
