package dev.golive.testkit.aws;

/**
 * A distribution of CloudFront in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeDistribution {

    private final FakeAws aws;
    private final String id;

    FakeDistribution(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    @Override
    public String toString() {
        return id + " of " + aws.account();
    }
}
