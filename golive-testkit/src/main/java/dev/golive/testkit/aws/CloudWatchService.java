package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** monitoring. */
final class CloudWatchService extends FakeService {

    private final Map<String, FakeAlarm> alarms = new LinkedHashMap<>();

    CloudWatchService(FakeAws aws) {
        super(aws, "monitoring", "http://monitoring.amazonaws.com/doc/2010-08-01/");
    }

    FakeAlarm alarm(String name) {
        return alarms.computeIfAbsent(name, key -> new FakeAlarm(aws(), name));
    }
}
