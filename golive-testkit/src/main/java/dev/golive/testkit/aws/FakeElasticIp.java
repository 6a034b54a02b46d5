package dev.golive.testkit.aws;

/**
 * An elastic IP address in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeElasticIp {

    private final FakeAws aws;
    private final String address;

    FakeElasticIp(FakeAws aws, String address) {
        this.aws = aws;
        this.address = address;
    }

    @Override
    public String toString() {
        return address + " of " + aws.account();
    }
}
