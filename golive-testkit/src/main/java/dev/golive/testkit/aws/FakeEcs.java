package dev.golive.testkit.aws;

/**
 * A service of ECS in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeEcs {

    private final FakeAws aws;
    private final String cluster;
    private final String service;

    FakeEcs(FakeAws aws, String cluster, String service) {
        this.aws = aws;
        this.cluster = cluster;
        this.service = service;
    }

    @Override
    public String toString() {
        return cluster + "/" + service + " of " + aws.account();
    }
}
