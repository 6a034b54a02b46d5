package dev.golive.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/** iam. */
final class IamService extends FakeService {

    private final Map<String, FakeIamUser> iamUsers = new LinkedHashMap<>();

    IamService(FakeAws aws) {
        super(aws, "iam", "https://iam.amazonaws.com/doc/2010-05-08/");
    }

    FakeIamUser iamUser(String name) {
        return iamUsers.computeIfAbsent(name, key -> new FakeIamUser(aws(), name));
    }
}
