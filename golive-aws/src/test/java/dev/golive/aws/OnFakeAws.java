package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.AwsRequest;
import dev.golive.testkit.aws.FakeAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** A fake AWS in virtual time, and what most tests ask of it. */
abstract class OnFakeAws {

    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("budgets:DescribeBudget", "budgets:ViewBudget"),
            Map.entry("s3:CopyObject", "s3:PutObject"),
            Map.entry("s3:GetBucketCors", "s3:GetBucketCORS"),
            Map.entry("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
            Map.entry("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
            Map.entry("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
            Map.entry("s3:HeadBucket", "s3:ListBucket"),
            Map.entry("s3:HeadObject", "s3:GetObject"),
            Map.entry("s3:ListObjectVersions", "s3:ListBucketVersions"),
            Map.entry("s3:ListObjectsV2", "s3:ListBucket"));

    final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    final FakeAws fake = FakeAws.start(time);
    final Aws aws = Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());

    @AfterEach
    final void stop() {
        fake.close();
        fake.verify();
    }

    final Outcome examine(Check check) {
        int before = fake.requests().size();
        Outcome outcome = Examine.once(check).through(fake.network()).on(time).outcome();
        assertDeclared(check.permissions(), before, check.sentence());
        return outcome;
    }

    /** Whatever is asked of AWS must be declared, or the policy that golive prints would not be enough. */
    private void assertDeclared(Set<Permission> declared, int before, String by) {
        Set<String> actions = new TreeSet<>();
        declared.forEach(permission -> actions.add(permission.action()));
        List<AwsRequest> all = fake.requests();
        assertThat(all.subList(before, all.size()))
                .as("what is asked by: %s", by)
                .allSatisfy(request -> {
                    if (!request.service().equals("sts")) {
                        assertThat(actions).contains(action(request));
                    }
                });
    }

    /** What IAM calls the permission for a request; the same, for most. */
    private static String action(AwsRequest request) {
        return OTHER_NAMES.getOrDefault(request.toString(), request.toString().replace("monitoring:", "cloudwatch:"));
    }

    final Perform perform() {
        return Perform.on(time).through(fake.network());
    }

    final Observation toTheEnd(Action action) throws Exception {
        int before = fake.requests().size();
        Observation end = perform().toTheEnd(action);
        assertDeclared(action.permissions(), before, action.sentence());
        return end;
    }

    /** What a check says for each fault after which nothing is known: it must be unknown for all of them. */
    final List<String> notUnknown(String service, Check check) {
        List<String> wrong = new ArrayList<>();
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault(service, fault);
            Outcome outcome = examine(check);
            fake.mend();
            if (outcome.finding() != Finding.UNKNOWN) {
                wrong.add(fault + " gave " + outcome);
            }
        }
        return wrong;
    }
}
