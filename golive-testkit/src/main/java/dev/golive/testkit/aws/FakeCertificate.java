package dev.golive.testkit.aws;

/**
 * A certificate of ACM in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeCertificate {

    private final FakeAws aws;
    private final String arn;

    FakeCertificate(FakeAws aws, String arn) {
        this.aws = aws;
        this.arn = arn;
    }

    @Override
    public String toString() {
        return arn + " of " + aws.account();
    }
}
