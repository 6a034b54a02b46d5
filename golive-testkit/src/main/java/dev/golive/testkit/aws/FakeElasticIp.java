package dev.golive.testkit.aws;

import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * An elastic IP address in {@link FakeAws}. Nothing has it until it is attached.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeElasticIp {

    private final FakeAws aws;
    private final String publicIp;
    private final String allocationId;
    private String instance = "";

    /** Made under its address or under the id of its allocation; it has the other one too. */
    FakeElasticIp(FakeAws aws, String address) {
        this.aws = aws;
        boolean allocation = address.startsWith("eipalloc-");
        int number = aws.number();
        this.publicIp = allocation ? "192.0.2." + number % 256 : address;
        this.allocationId = allocation ? address : String.format("eipalloc-%017x", number);
    }

    /**
     * Attaches it.
     *
     * @param instanceId the id of the instance
     * @return this
     */
    public FakeElasticIp attachedTo(String instanceId) {
        Objects.requireNonNull(instanceId, "instanceId must not be null");
        return aws.within(() -> {
            instance = instanceId;
            return this;
        });
    }

    /**
     * Takes it away from its instance.
     *
     * @return this
     */
    public FakeElasticIp detached() {
        return attachedTo("");
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("ec2", publicIp, toString(), allocationId).add("gone", "is released", gone);
        if (!instance.isEmpty()) {
            own.add("detached", "is attached to nothing", this::detached)
                    .add("elsewhere", "is attached to another instance", () -> attachedTo("i-0000000000otherone"));
        }
    }

    boolean is(String addressOrAllocation) {
        return publicIp.equals(addressOrAllocation) || allocationId.equals(addressOrAllocation);
    }

    Address describe() {
        Address.Builder address =
                Address.builder().publicIp(publicIp).allocationId(allocationId).domain("vpc");
        if (!instance.isEmpty()) {
            address.instanceId(instance)
                    .associationId("eipassoc-" + allocationId.substring(9))
                    .networkInterfaceId("eni-" + allocationId.substring(9));
        }
        return address.build();
    }

    @Override
    public String toString() {
        return "elastic IP address " + publicIp;
    }
}
