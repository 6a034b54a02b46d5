package dev.golive.checks.internal.tls;

import java.security.PublicKey;
import java.util.Optional;
import java.util.OptionalInt;

/** Which keys are too short. */
final class Strength {

    static final int LEAST_RSA = 2048;
    static final int LEAST_EC = 256;

    private Strength() {}

    /** What is wrong with a key, to follow "has"; empty if nothing is. */
    static Optional<String> weakness(PublicKey key) {
        OptionalInt bits = Certificates.keyBits(key);
        return switch (Certificates.keyType(key)) {
            case "RSA" -> tooShort("an RSA", bits, LEAST_RSA);
            case "EC" -> tooShort("an EC", bits, LEAST_EC);
            case "DSA" -> Optional.of("a DSA key, which clients no longer accept");
            default -> Optional.empty();
        };
    }

    private static Optional<String> tooShort(String kind, OptionalInt bits, int least) {
        return bits.isPresent() && bits.getAsInt() < least
                ? Optional.of(kind + " key of only " + bits.getAsInt() + " bits; at least " + least + " are needed")
                : Optional.empty();
    }
}
