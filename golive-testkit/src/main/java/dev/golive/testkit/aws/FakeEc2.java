package dev.golive.testkit.aws;

/**
 * An instance of EC2 in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeEc2 {

    private final FakeAws aws;
    private final String id;

    FakeEc2(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    @Override
    public String toString() {
        return id + " of " + aws.account();
    }
}
