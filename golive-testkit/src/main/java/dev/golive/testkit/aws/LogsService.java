package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** logs. */
final class LogsService extends FakeService {

    private final Map<String, FakeLogGroup> logGroups = new LinkedHashMap<>();

    LogsService(FakeAws aws) {
        super(aws, "logs", "");
    }

    FakeLogGroup logGroup(String name) {
        return logGroups.computeIfAbsent(name, key -> new FakeLogGroup(aws(), name));
    }
}
