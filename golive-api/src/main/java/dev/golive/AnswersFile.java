package dev.golive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Answers in a JSON file, see {@link Answers#fromFile}. */
final class AnswersFile implements Answers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST = 16 << 20;

    private final Path file;

    AnswersFile(Path file) {
        this.file = file;
    }

    @Override
    public List<Answer> to(Question question) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > LARGEST) {
            throw new GoLiveException("The answers file " + file + " is larger than 16 MiB");
        }
        JsonNode root = JSON.readTree(file.toFile());
        if (root == null || !root.isArray()) {
            throw new GoLiveException("The answers file " + file + " must hold a JSON array");
        }
        List<Answer> answers = new ArrayList<>();
        for (JsonNode node : root) {
            if (question.itemId().equals(node.path("item").asText())) {
                answers.add(answer(node));
            }
        }
        return answers;
    }

    private Answer answer(JsonNode node) {
        try {
            Set<String> roles = new LinkedHashSet<>();
            if (!node.path("roles").isMissingNode() && !node.path("roles").isArray()) {
                throw new IllegalArgumentException("\"roles\" must be an array");
            }
            // "yes" would read as false, and a program as a person
            if (!node.path("automation").isMissingNode()
                    && !node.path("automation").isBoolean()) {
                throw new IllegalArgumentException("\"automation\" must be true or false");
            }
            node.path("roles").forEach(role -> roles.add(role.asText()));
            Person by = new Person(
                    node.path("by").asText(),
                    roles,
                    Assurance.ASSERTED,
                    node.path("automation").asBoolean(false));
            return new Answer(
                    node.path("item").asText(),
                    Answer.Kind.valueOf(node.path("kind").asText()),
                    by,
                    Instant.parse(node.path("at").asText()),
                    node.path("digest").asText(),
                    node.path("comment").asText());
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new GoLiveException(
                    "The answers file " + file + " has an entry that is no answer: " + e.getMessage(), e);
        }
    }
}
