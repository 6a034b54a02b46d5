package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** route53. */
final class Route53Service extends FakeService {

    private final Map<String, FakeHostedZone> hostedZones = new LinkedHashMap<>();

    Route53Service(FakeAws aws) {
        super(aws, "route53", "https://route53.amazonaws.com/doc/2013-04-01/");
    }

    FakeHostedZone hostedZone(String name) {
        return hostedZones.computeIfAbsent(name, key -> new FakeHostedZone(aws(), name));
    }
}
