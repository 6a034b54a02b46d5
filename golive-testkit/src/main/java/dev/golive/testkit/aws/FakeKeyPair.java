package dev.golive.testkit.aws;

import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;

/**
 * A key pair of EC2 in {@link FakeAws}, of type {@code ed25519} until it is said otherwise.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeKeyPair {

    private final FakeAws aws;
    private final String name;
    private final String id;
    private String type = "ed25519";

    FakeKeyPair(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
        this.id = String.format("key-%017x", aws.number());
    }

    /**
     * Its type.
     *
     * @param inItsWords {@code ed25519} or {@code rsa}
     * @return this
     */
    public FakeKeyPair type(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return aws.within(() -> {
            type = inItsWords;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        String other = type.equals("rsa") ? "ed25519" : "rsa";
        drifts.of("ec2", name, toString())
                .add("gone", "does not exist", gone)
                .add("type", "is of another type", () -> type(other));
    }

    KeyPairInfo describe() {
        return KeyPairInfo.builder().keyPairId(id).keyName(name).keyType(type).build();
    }

    @Override
    public String toString() {
        return "key pair " + name;
    }
}
