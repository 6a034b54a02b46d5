package dev.golive.testkit.aws;

/**
 * A user of IAM in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeIamUser {

    private final FakeAws aws;
    private final String name;

    FakeIamUser(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
