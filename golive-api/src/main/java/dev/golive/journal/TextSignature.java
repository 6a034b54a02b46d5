package dev.golive.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.GoLiveException;
import dev.golive.internal.Arguments;

/**
 * A person's signature of a text that travels beside it, such as the JSON of a final report, or the head of a journal.
 *
 * <p>What is signed is the line {@code golive-text 1} and then the text, so that the signature of a text is never that of an
 * answer. With OpenSSL:
 *
 * <pre>{@code
 * (echo 'golive-text 1'; cat report.json) > signed
 * openssl pkeyutl -verify -pubin -inkey kim.pem -rawin -in signed -sigfile signature
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param keyId the {@linkplain VerifyingKey#id() id} of the key that signed; a hint, not itself signed
 * @param signature 64 bytes in Base64
 */
public record TextSignature(String keyId, String signature) {

    private static final String PURPOSE = "golive-text 1";
    private static final String FORMAT = "golive-text-signature";

    /**
     * Refuses blank parts.
     *
     * @param keyId the {@linkplain VerifyingKey#id() id} of the key that signed; a hint, not itself signed
     * @param signature 64 bytes in Base64
     */
    public TextSignature {
        Arguments.text(keyId, "keyId");
        Arguments.text(signature, "signature");
    }

    /**
     * Signs a text.
     *
     * @param text the text, every character of which counts
     * @param key the key of the person who signs
     * @return the signature
     * @throws IllegalArgumentException if the text has half of a surrogate pair, which UTF-8 cannot hold
     */
    public static TextSignature of(String text, SigningKey key) {
        Arguments.given(text, "text");
        return new TextSignature(Arguments.given(key, "key").id(), key.sign(PURPOSE + "\n" + text));
    }

    /**
     * Whether this is the signature of a text by the owner of a key.
     *
     * @param text the text
     * @param key the public key of the person
     * @return {@code false} if the text, the signature or the key is another
     */
    public boolean verifies(String text, VerifyingKey key) {
        Arguments.given(text, "text");
        return Arguments.given(key, "key").verifies(PURPOSE + "\n" + text, signature);
    }

    /**
     * The signature as it can be kept in a file.
     *
     * @return one JSON object in one line
     */
    public String toJson() {
        StringBuilder json = new StringBuilder(SignedJson.beginning(FORMAT)).append(",\"key\":");
        Canonical.string(keyId, json).append(",\"signature\":");
        return Canonical.string(signature, json).append('}').toString();
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json one JSON object
     * @return the signature, which is not verified yet
     * @throws GoLiveException if it is not that
     */
    public static TextSignature fromJson(String json) {
        return SignedJson.read(json, FORMAT, "signature of a text", TextSignature::read);
    }

    private static TextSignature read(JsonNode root) {
        SignedJson.only(root, "key", "signature");
        return new TextSignature(SignedJson.text(root, "key"), SignedJson.text(root, "signature"));
    }
}
