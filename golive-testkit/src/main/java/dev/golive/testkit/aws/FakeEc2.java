package dev.golive.testkit.aws;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;

/**
 * An instance of EC2 in {@link FakeAws}. It runs, and all of its status checks are passed, until it is said otherwise.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeEc2 {

    private static final String NOT_APPLICABLE = "not-applicable";

    private final FakeAws aws;
    private final String id;
    private String state = "running";
    private String instance = "ok";
    private String system = "ok";
    private @Nullable String volumes = "ok";

    FakeEc2(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * Its state. While it does not run, no status check applies.
     *
     * @param inItsWords for example {@code stopped} or {@code terminated}
     * @return this
     */
    public FakeEc2 state(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> state = inItsWords);
    }

    /**
     * What the check of the instance itself says.
     *
     * @param inItsWords for example {@code impaired} or {@code initializing}
     * @return this
     */
    public FakeEc2 instanceCheck(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> instance = inItsWords);
    }

    /**
     * What the check of the systems below it says.
     *
     * @param inItsWords for example {@code impaired} or {@code insufficient-data}
     * @return this
     */
    public FakeEc2 systemCheck(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> system = inItsWords);
    }

    /**
     * What the check of its volumes says.
     *
     * @param inItsWords for example {@code impaired}
     * @return this
     */
    public FakeEc2 volumeCheck(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> volumes = inItsWords);
    }

    /**
     * Says nothing about its volumes, as for instances that do not run on Nitro.
     *
     * @return this
     */
    public FakeEc2 withoutVolumeCheck() {
        return change(() -> volumes = null);
    }

    private FakeEc2 change(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("ec2", id, toString()).add("gone", "does not exist", gone);
        if (isRunning()) {
            own.add("stopped", "is stopped", () -> state("stopped"))
                    .add("impaired", "does not pass its own status check", () -> instanceCheck("impaired"))
                    .add("system impaired", "is on a host that is impaired", () -> systemCheck("impaired"));
            if (volumes != null) {
                own.add("volumes impaired", "has an impaired volume", () -> volumeCheck("impaired"));
            }
        }
    }

    boolean isRunning() {
        return state.equals("running");
    }

    InstanceStatus describe() {
        boolean applies = isRunning();
        InstanceStatus.Builder status = InstanceStatus.builder()
                .instanceId(id)
                .availabilityZone(aws.region() + "a")
                .instanceState(one -> one.name(state))
                .instanceStatus(one -> one.status(applies ? instance : NOT_APPLICABLE))
                .systemStatus(one -> one.status(applies ? system : NOT_APPLICABLE));
        String ofVolumes = volumes;
        if (ofVolumes != null) {
            status.attachedEbsStatus(one -> one.status(applies ? ofVolumes : NOT_APPLICABLE));
        }
        return status.build();
    }

    @Override
    public String toString() {
        return "instance " + id;
    }
}
