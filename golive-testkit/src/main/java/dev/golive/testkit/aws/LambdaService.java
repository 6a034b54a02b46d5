package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** lambda. */
final class LambdaService extends FakeService {

    private final Map<String, FakeLambda> lambdas = new LinkedHashMap<>();

    LambdaService(FakeAws aws) {
        super(aws, "lambda", "");
    }

    FakeLambda lambda(String function, String alias, Instant now) {
        return lambdas.computeIfAbsent(function + "/" + alias, key -> new FakeLambda(aws(), function, alias));
    }
}
