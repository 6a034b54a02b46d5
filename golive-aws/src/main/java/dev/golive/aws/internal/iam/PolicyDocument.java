package dev.golive.aws.internal.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a policy of IAM allows, as far as it makes an administrator. What it denies and under which conditions it allows is
 * not looked at, so that it says rather too much than too little.
 */
public final class PolicyDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Patterns that fit every resource. */
    private static final Pattern EVERYTHING = Pattern.compile("\\*+|arn:(aws|aws-cn|aws-us-gov)?[*:]*\\*");

    /** Patterns that fit everything in IAM, of one account or of any. */
    private static final Pattern EVERYTHING_IN_IAM = Pattern.compile("arn:[a-z*?-]*:iam:[:*?0-9]*\\*");

    private static final Pattern EVERY_ACTION = Pattern.compile("\\*+(:\\*+)?");
    private static final Pattern ALL_OF_IAM = Pattern.compile("iam:\\*+");

    private PolicyDocument() {}

    /**
     * Why somebody with this policy is an administrator, empty if the policy does not make one.
     *
     * @throws ApiProblem if it is no policy
     */
    public static Optional<String> administrator(String document) {
        JsonNode statements;
        try {
            JsonNode root = JSON.readTree(document);
            statements = root == null ? null : root.get("Statement");
        } catch (JsonProcessingException e) {
            throw ApiProblem.undecided("the document of a policy cannot be read");
        }
        if (statements == null || !(statements.isArray() || statements.isObject())) {
            throw ApiProblem.undecided("the document of a policy has no statements");
        }
        Iterable<JsonNode> all = statements.isArray() ? statements : List.of(statements);
        for (JsonNode statement : all) {
            Optional<String> why = allowed(statement);
            if (why.isPresent()) {
                return why;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> allowed(JsonNode statement) {
        JsonNode effect = statement.get("Effect");
        if (effect == null || !effect.isTextual()) {
            throw ApiProblem.undecided("a statement of a policy has no effect");
        }
        if (!effect.textValue().equalsIgnoreCase("Allow")) {
            return Optional.empty();
        }
        List<String> resources = texts(statement.get("Resource"));
        boolean everywhere = statement.has("NotResource")
                || resources.stream()
                        .anyMatch(resource -> EVERYTHING.matcher(resource).matches());
        if (!everywhere
                && resources.stream()
                        .noneMatch(
                                resource -> EVERYTHING_IN_IAM.matcher(resource).matches())) {
            return Optional.empty();
        }
        List<String> actions = texts(statement.get("Action"));
        boolean every =
                actions.stream().anyMatch(action -> EVERY_ACTION.matcher(action).matches());
        if (every && everywhere) {
            return Optional.of("allows everything");
        }
        if (every
                || actions.stream()
                        .anyMatch(action -> ALL_OF_IAM.matcher(action).matches())) {
            return Optional.of("allows everything in IAM, with which one makes oneself an administrator");
        }
        if (statement.has("NotAction")
                && texts(statement.get("NotAction")).stream()
                        .noneMatch(action -> EVERY_ACTION.matcher(action).matches()
                                || ALL_OF_IAM.matcher(action).matches())) {
            return Optional.of("allows everything but some actions, and those of IAM are not among them");
        }
        return Optional.empty();
    }

    private static List<String> texts(@Nullable JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node == null) {
            return texts;
        }
        Iterable<JsonNode> all = node.isArray() ? node : List.of(node);
        for (JsonNode one : all) {
            if (!one.isTextual()) {
                throw ApiProblem.undecided("a statement of a policy has something else than texts");
            }
            texts.add(one.textValue().toLowerCase(Locale.ROOT));
        }
        return texts;
    }
}
