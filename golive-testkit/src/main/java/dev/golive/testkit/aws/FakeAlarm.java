package dev.golive.testkit.aws;

/**
 * An alarm of CloudWatch in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeAlarm {

    private final FakeAws aws;
    private final String name;

    FakeAlarm(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
