package dev.golive.testkit.aws;

/**
 * A topic of SNS in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeTopic {

    private final FakeAws aws;
    private final String name;

    FakeTopic(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
