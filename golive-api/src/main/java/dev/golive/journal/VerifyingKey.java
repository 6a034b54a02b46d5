package dev.golive.journal;

import dev.golive.GoLiveException;
import dev.golive.internal.Arguments;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The public key of one person, for signatures with Ed25519 (RFC 8032). Immutable and thread-safe. */
public final class VerifyingKey {

    private static final String LABEL = "PUBLIC KEY";

    private final PublicKey key;
    private final byte[] encoded;

    VerifyingKey(PublicKey key) {
        this.key = key;
        this.encoded = key.getEncoded();
    }

    /**
     * Reads a key.
     *
     * @param pem a SubjectPublicKeyInfo (RFC 8410) in PEM, a block {@code PUBLIC KEY}
     * @return the key
     * @throws IllegalArgumentException if it is not an Ed25519 key in that form
     */
    public static VerifyingKey fromPem(String pem) {
        byte[] content = Pem.read(pem, LABEL);
        try {
            return new VerifyingKey(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(content)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("pem must be an Ed25519 key as SubjectPublicKeyInfo", e);
        }
    }

    /**
     * Reads a key from a file.
     *
     * @param file a SubjectPublicKeyInfo (RFC 8410) in PEM, a block {@code PUBLIC KEY}
     * @return the key
     * @throws GoLiveException if the file cannot be read, or is not an Ed25519 key in that form
     */
    public static VerifyingKey fromPem(Path file) {
        return Pem.fromFile(file, VerifyingKey::fromPem);
    }

    /**
     * What names the key in messages: the beginning of the SHA-256 of its SubjectPublicKeyInfo.
     *
     * @return 16 hexadecimal digits
     */
    public String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded), 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Whether a signature is the one of a text, by the owner of this key.
     *
     * @param text the text
     * @param signature 64 bytes in Base64; anything else is no signature
     * @return {@code false} if anything is wrong with it
     */
    public boolean verifies(String text, String signature) {
        Arguments.given(text, "text");
        Arguments.given(signature, "signature");
        byte[] signed;
        byte[] bytes;
        try {
            signed = Arguments.utf8(text, "text");
            bytes = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        Signature verification;
        try {
            verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(signed);
        } catch (GeneralSecurityException e) {
            throw new GoLiveException("Nothing can be verified with key " + id(), e);
        }
        try {
            return verification.verify(bytes);
        } catch (SignatureException e) {
            return false; // the bytes are no signature at all
        }
    }

    /**
     * The key in a form that other tools read.
     *
     * @return a SubjectPublicKeyInfo (RFC 8410) in PEM, a block {@code PUBLIC KEY}
     */
    public String toPem() {
        return Pem.write(LABEL, encoded);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyingKey o && Arrays.equals(o.encoded, encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /**
     * Names the key.
     *
     * @return its id
     */
    @Override
    public String toString() {
        return "key " + id();
    }
}
