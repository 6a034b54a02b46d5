package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** rds. */
final class RdsService extends FakeService {

    private final Map<String, FakeRds> rdss = new LinkedHashMap<>();

    RdsService(FakeAws aws) {
        super(aws, "rds", "http://rds.amazonaws.com/doc/2014-10-31/");
    }

    FakeRds rds(String id) {
        return rdss.computeIfAbsent(id, key -> new FakeRds(aws(), id));
    }
}
