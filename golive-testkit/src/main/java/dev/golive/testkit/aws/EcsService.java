package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** ecs. */
final class EcsService extends FakeService {

    private final Map<String, FakeExpressService> expressServices = new LinkedHashMap<>();
    private final Map<String, FakeEcs> ecss = new LinkedHashMap<>();

    EcsService(FakeAws aws) {
        super(aws, "ecs", "");
    }

    FakeExpressService expressService(String name) {
        return expressServices.computeIfAbsent(name, key -> new FakeExpressService(aws(), name));
    }

    FakeEcs ecs(String cluster, String service) {
        return ecss.computeIfAbsent(cluster + "/" + service, key -> new FakeEcs(aws(), cluster, service));
    }
}
