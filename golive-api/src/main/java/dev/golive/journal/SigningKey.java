package dev.golive.journal;

import dev.golive.GoLiveException;
import dev.golive.internal.Arguments;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The private key of one person, for signatures with Ed25519 (RFC 8032). It never shows itself.
 *
 * <p>Other tools make the same keys and signatures: {@code openssl genpkey -algorithm ed25519} writes a key that
 * {@link #fromPem(Path)} reads.
 *
 * <p>Immutable and thread-safe.
 */
public final class SigningKey {

    private static final String LABEL = "PRIVATE KEY";

    private final PrivateKey key;
    private final VerifyingKey verifyingKey;

    private SigningKey(PrivateKey key, VerifyingKey verifyingKey) {
        this.key = key;
        this.verifyingKey = verifyingKey;
    }

    /**
     * A new key.
     *
     * @return a key that nobody else has
     */
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), new VerifyingKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new GoLiveException("This Java runtime cannot make Ed25519 keys", e);
        }
    }

    /**
     * Reads an unencrypted key.
     *
     * @param pem a PKCS #8 key (RFC 5958) in PEM, a block {@code PRIVATE KEY}
     * @return the key
     * @throws IllegalArgumentException if it is not an Ed25519 key in that form
     */
    public static SigningKey fromPem(String pem) {
        byte[] content = Pem.read(pem, LABEL);
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(content));
            SigningKey signing = new SigningKey(key, publicKeyOf(key));
            if (!signing.verifyingKey.verifies("", signing.sign(""))) {
                throw new IllegalArgumentException("pem must be a key whose public key this Java runtime can derive");
            }
            return signing;
        } catch (GeneralSecurityException e) {
            // without the cause: its message may quote the key
            throw new IllegalArgumentException("pem must be an Ed25519 key in PKCS #8");
        }
    }

    /**
     * Reads an unencrypted key from a file.
     *
     * @param file a PKCS #8 key (RFC 5958) in PEM, a block {@code PRIVATE KEY}
     * @return the key
     * @throws GoLiveException if the file cannot be read, or is not an Ed25519 key in that form
     */
    public static SigningKey fromPem(Path file) {
        return Pem.fromFile(file, SigningKey::fromPem);
    }

    /** The JDK derives a public key only while it makes a pair, from random bytes; so it gets these. */
    private static VerifyingKey publicKeyOf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key does not show its bytes"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        return new VerifyingKey(generator.generateKeyPair().getPublic());
    }

    /** Gives known bytes in the place of random ones. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] to) {
            System.arraycopy(Arrays.copyOf(bytes, to.length), 0, to, 0, to.length);
        }
    }

    /**
     * What names the key in messages.
     *
     * @return the {@linkplain VerifyingKey#id() id} of its public key
     */
    public String id() {
        return verifyingKey.id();
    }

    /**
     * The public key, by which everybody can verify what this one signed.
     *
     * @return the key to hand out
     */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /**
     * Signs the UTF-8 bytes of a text, nothing more. {@link SignedAnswer} and {@link TextSignature} say in what they sign
     * what it is meant for, so that one cannot be taken for the other.
     *
     * @param text any text
     * @return the signature, 64 bytes in Base64
     * @throws IllegalArgumentException if the text has half of a surrogate pair, which UTF-8 cannot hold
     */
    public String sign(String text) {
        byte[] bytes = Arguments.utf8(text, "text");
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new GoLiveException("The text cannot be signed with key " + id(), e);
        }
    }

    /**
     * The private key as PKCS #8 in PEM, to be kept where only its person can read it.
     *
     * @return a block {@code PRIVATE KEY}
     */
    public String toSecretPem() {
        return Pem.write(LABEL, key.getEncoded());
    }

    /**
     * Never the key.
     *
     * @return the id of the public key
     */
    @Override
    public String toString() {
        return "signing key " + id();
    }
}
