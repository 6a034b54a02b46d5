package dev.golive.testkit.aws;

/**
 * An alias of a function of Lambda in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeLambda {

    private final FakeAws aws;
    private final String function;
    private final String alias;

    FakeLambda(FakeAws aws, String function, String alias) {
        this.aws = aws;
        this.function = function;
        this.alias = alias;
    }

    @Override
    public String toString() {
        return function + "/" + alias + " of " + aws.account();
    }
}
