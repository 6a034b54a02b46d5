package dev.golive.aws.internal.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.provider.ApiProblem;
import org.jspecify.annotations.Nullable;

/**
 * What a secret holds. It answers questions and never gives itself away: there is no way to its text, and its {@code
 * toString()} says nothing. White space around it counts for nothing, since it is a mistake of whoever entered it.
 */
public final class HeldValue {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;

    private HeldValue(String text) {
        this.text = text;
    }

    /**
     * The value that is meant.
     *
     * @param text the whole text of the secret
     * @param key which one of the values of a JSON object, {@code null} if the text is no such object
     * @return the value, {@code null} if the object has none of that name
     * @throws ApiProblem if the text has another form, so that it is not known which value is meant
     */
    static @Nullable HeldValue of(String text, @Nullable String key) {
        JsonNode object = object(text);
        if (key == null) {
            if (object != null) {
                throw ApiProblem.undecided("the secret holds several values: name the key");
            }
            return new HeldValue(text.strip());
        }
        if (object == null) {
            throw ApiProblem.undecided("the secret is no JSON object, so that it has no keys");
        }
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw ApiProblem.undecided("the secret has no single value under this key");
        }
        return new HeldValue(value.asText().strip());
    }

    private static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            // the message would quote the secret
            return null;
        }
    }

    /** Whether it has so many characters, counted as a person counts them. */
    public boolean hasAtLeast(int characters) {
        return text.codePointCount(0, text.length()) >= characters;
    }

    /** Whether it is the same as another. */
    public boolean isSameAs(HeldValue other) {
        return text.equals(other.text);
    }

    @Override
    public String toString() {
        return "***";
    }
}
