package dev.golive.testkit.aws;

/**
 * An instance of RDS in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeRds {

    private final FakeAws aws;
    private final String id;

    FakeRds(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    @Override
    public String toString() {
        return id + " of " + aws.account();
    }
}
