package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** sns. */
final class SnsService extends FakeService {

    private final Map<String, FakeTopic> topics = new LinkedHashMap<>();

    SnsService(FakeAws aws) {
        super(aws, "sns", "http://sns.amazonaws.com/doc/2010-03-31/");
    }

    FakeTopic topic(String name) {
        return topics.computeIfAbsent(name, key -> new FakeTopic(aws(), name));
    }
}
