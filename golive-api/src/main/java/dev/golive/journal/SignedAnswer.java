package dev.golive.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.Answer;
import dev.golive.Assurance;
import dev.golive.GoLiveException;
import dev.golive.Person;
import dev.golive.internal.Arguments;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * An answer with the signature of the person who gave it, in a form that the person can send: by mail, by chat, in a
 * file. It proves nothing until {@link SignedAnswers} has verified it.
 *
 * <p>The signature covers the item, what was said, the person's id, roles and whether it is automation, the instant, the
 * digest and the comment. It does not cover how the person is known, because that is what the verification finds out:
 * in here everybody is {@link Assurance#ASSERTED}. What is signed is the line {@code golive-answer 1} and then one line of
 * JSON without a line feed: {@code item}, {@code kind}, {@code by}, {@code roles} (sorted), {@code automation},
 * {@code at}, {@code digest} and {@code comment}, in this order, written as the entries of a
 * {@linkplain dev.golive.journal journal} are.
 *
 * <p>Immutable and thread-safe.
 *
 * @param answer the answer
 * @param keyId the {@linkplain VerifyingKey#id() id} of the key that signed; a hint, not itself signed
 * @param signature 64 bytes in Base64
 */
public record SignedAnswer(Answer answer, String keyId, String signature) {

    private static final String PURPOSE = "golive-answer 1";
    private static final String FORMAT = "golive-signed-answer";

    /**
     * Refuses missing parts.
     *
     * @param answer the answer; the person in it becomes {@link Assurance#ASSERTED}
     * @param keyId the {@linkplain VerifyingKey#id() id} of the key that signed; a hint, not itself signed
     * @param signature 64 bytes in Base64
     */
    public SignedAnswer {
        answer = known(Arguments.given(answer, "answer"), Assurance.ASSERTED);
        Arguments.text(keyId, "keyId");
        Arguments.text(signature, "signature");
    }

    /**
     * Signs an answer.
     *
     * @param answer the answer
     * @param key the key of the person who gives it
     * @return the signed answer
     */
    public static SignedAnswer of(Answer answer, SigningKey key) {
        Arguments.given(answer, "answer");
        return new SignedAnswer(answer, Arguments.given(key, "key").id(), key.sign(covered(answer)));
    }

    boolean verifies(VerifyingKey key) {
        return key.verifies(covered(answer), signature);
    }

    static Answer known(Answer answer, Assurance assurance) {
        return new Answer(
                answer.itemId(),
                answer.kind(),
                answer.by().known(assurance),
                answer.at(),
                answer.digest(),
                answer.comment());
    }

    private static String covered(Answer answer) {
        return members(answer, new StringBuilder(PURPOSE).append("\n{"))
                .append('}')
                .toString();
    }

    private static StringBuilder members(Answer answer, StringBuilder json) {
        Canonical.string(answer.itemId(), json.append("\"item\":"));
        Canonical.string(answer.kind().name(), json.append(",\"kind\":"));
        Canonical.string(answer.by().id(), json.append(",\"by\":"));
        json.append(",\"roles\":[");
        String separator = "";
        for (String role : new TreeSet<>(answer.by().roles())) {
            Canonical.string(role, json.append(separator));
            separator = ",";
        }
        json.append("],\"automation\":").append(answer.by().automation());
        Canonical.string(answer.at().toString(), json.append(",\"at\":"));
        Canonical.string(answer.digest(), json.append(",\"digest\":"));
        return Canonical.string(answer.comment(), json.append(",\"comment\":"));
    }

    /**
     * The signed answer as it can be sent.
     *
     * @return one JSON object in one line
     */
    public String toJson() {
        StringBuilder json = members(answer, new StringBuilder(SignedJson.beginning(FORMAT)).append(','));
        Canonical.string(keyId, json.append(",\"key\":"));
        return Canonical.string(signature, json.append(",\"signature\":"))
                .append('}')
                .toString();
    }

    /**
     * Reads what {@link #toJson()} wrote, however its white space and the order of its members were changed on the way.
     *
     * @param json one JSON object
     * @return the answer, which is not verified yet
     * @throws GoLiveException if it is not that
     */
    public static SignedAnswer fromJson(String json) {
        return SignedJson.read(json, FORMAT, "signed answer", SignedAnswer::read);
    }

    private static SignedAnswer read(JsonNode root) {
        SignedJson.only(
                root, "item", "kind", "by", "roles", "automation", "at", "digest", "comment", "key", "signature");
        if (!root.path("roles").isArray()) {
            throw new IllegalArgumentException("\"roles\" must be an array");
        }
        Set<String> roles = new TreeSet<>();
        for (JsonNode role : root.path("roles")) {
            if (!role.isTextual() || !roles.add(role.textValue())) {
                throw new IllegalArgumentException("\"roles\" must be different strings");
            }
        }
        if (!root.path("automation").isBoolean()) {
            throw new IllegalArgumentException("\"automation\" must be true or false");
        }
        Person by = new Person(
                SignedJson.text(root, "by"),
                roles,
                Assurance.ASSERTED,
                root.path("automation").booleanValue());
        Answer answer = new Answer(
                SignedJson.text(root, "item"),
                Answer.Kind.valueOf(SignedJson.text(root, "kind")),
                by,
                Instant.parse(SignedJson.text(root, "at")),
                SignedJson.text(root, "digest"),
                SignedJson.text(root, "comment"));
        return new SignedAnswer(answer, SignedJson.text(root, "key"), SignedJson.text(root, "signature"));
    }
}
