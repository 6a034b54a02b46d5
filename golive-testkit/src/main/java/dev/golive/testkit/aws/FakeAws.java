package dev.golive.testkit.aws;

/** x. */
public final class FakeAws {
    private FakeAws() {}
}
