package dev.golive.testkit.aws;

/**
 * A key pair of EC2 in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeKeyPair {

    private final FakeAws aws;
    private final String name;

    FakeKeyPair(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
