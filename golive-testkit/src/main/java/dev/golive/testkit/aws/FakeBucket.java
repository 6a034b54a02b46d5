package dev.golive.testkit.aws;

/**
 * A bucket of S3 in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeBucket {

    private final FakeAws aws;
    private final String name;

    FakeBucket(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
