package dev.golive.testkit.aws;

/**
 * A security group of EC2 in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeSecurityGroup {

    private final FakeAws aws;
    private final String id;

    FakeSecurityGroup(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    @Override
    public String toString() {
        return id + " of " + aws.account();
    }
}
