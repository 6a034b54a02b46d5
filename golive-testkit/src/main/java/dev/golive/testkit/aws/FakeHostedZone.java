package dev.golive.testkit.aws;

/**
 * A hosted zone of Route 53 in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeHostedZone {

    private final FakeAws aws;
    private final String name;

    FakeHostedZone(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
