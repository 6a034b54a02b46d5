package dev.golive.testkit.aws;

/**
 * A log group of CloudWatch in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeLogGroup {

    private final FakeAws aws;
    private final String name;

    FakeLogGroup(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
