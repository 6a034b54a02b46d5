package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** ec2. */
final class Ec2Service extends FakeService {

    private final Map<String, FakeEc2> ec2s = new LinkedHashMap<>();
    private final Map<String, FakeElasticIp> elasticIps = new LinkedHashMap<>();
    private final Map<String, FakeKeyPair> keyPairs = new LinkedHashMap<>();
    private final Map<String, FakeSecurityGroup> securityGroups = new LinkedHashMap<>();

    Ec2Service(FakeAws aws) {
        super(aws, "ec2", "http://ec2.amazonaws.com/doc/2016-11-15/");
    }

    FakeEc2 ec2(String id) {
        return ec2s.computeIfAbsent(id, key -> new FakeEc2(aws(), id));
    }

    FakeElasticIp elasticIp(String address) {
        return elasticIps.computeIfAbsent(address, key -> new FakeElasticIp(aws(), address));
    }

    FakeKeyPair keyPair(String name) {
        return keyPairs.computeIfAbsent(name, key -> new FakeKeyPair(aws(), name));
    }

    FakeSecurityGroup securityGroup(String id) {
        return securityGroups.computeIfAbsent(id, key -> new FakeSecurityGroup(aws(), id));
    }
}
