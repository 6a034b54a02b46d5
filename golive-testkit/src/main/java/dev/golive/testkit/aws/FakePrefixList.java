package dev.golive.testkit.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A managed prefix list of EC2 in {@link FakeAws}: networks that security groups name together. It has none until it is
 * given some, and belongs to the fake's account.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakePrefixList {

    private final FakeAws aws;
    private final String id;
    private final List<String> networks = new ArrayList<>();
    private boolean keptByAws;

    FakePrefixList(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * Adds a network.
     *
     * @param cidr the network
     * @return this
     */
    public FakePrefixList entry(String cidr) {
        Objects.requireNonNull(cidr, "cidr must not be null");
        return aws.within(() -> {
            networks.add(cidr);
            return this;
        });
    }

    /**
     * Lets it be one of those that AWS itself keeps.
     *
     * @return this
     */
    public FakePrefixList keptByAws() {
        return aws.within(() -> {
            keptByAws = true;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        drifts.of("ec2", id, toString())
                .add("gone", "does not exist", gone)
                .add("open", "holds the whole world", () -> entry("0.0.0.0/0"));
    }

    String id() {
        return id;
    }

    String owner() {
        return keptByAws ? "AWS" : aws.account();
    }

    List<String> networks() {
        return List.copyOf(networks);
    }

    @Override
    public String toString() {
        return "prefix list " + id;
    }
}
