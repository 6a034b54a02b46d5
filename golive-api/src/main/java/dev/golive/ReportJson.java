package dev.golive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports as JSON, in one versioned format. */
final class ReportJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            // of two lists of items, or two documents in a row, the one that is not read may be the one that failed
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String FORMAT = "golive-report";
    private static final int VERSION = 1;

    private ReportJson() {}

    static String write(Report report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.put("verdict", report.verdict().name()).put("headline", report.headline());
        strings(root.putArray("reasons"), report.reasons());
        Environment environment = report.environment();
        ObjectNode env = root.putObject("environment");
        env.put("name", environment.name()).put("production", environment.isProduction());
        strings(env.putArray("hosts"), environment.hosts());
        ObjectNode accounts = env.putObject("accounts");
        environment.accounts().forEach((system, ids) -> strings(accounts.putArray(system), ids));
        ArrayNode sources = root.putArray("sources");
        for (Report.Source source : report.sources()) {
            ObjectNode node = sources.addObject();
            node.put("list", source.list()).put("digest", source.digest());
            Release release = source.release();
            if (release != null) {
                ObjectNode released = node.putObject("release");
                released.put("component", release.component()).put("id", release.id());
                put(released, "commit", release.commit());
                put(released, "digest", release.digest());
            }
            put(node, "vantagePoint", source.vantagePoint());
            node.put("startedAt", source.startedAt().toString())
                    .put("took", source.took().toString());
        }
        ArrayNode items = root.putArray("items");
        report.results().forEach(result -> write(result, items.addObject()));
        strings(root.putArray("remarks"), report.remarks());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }

    private static void write(ItemResult result, ObjectNode node) {
        node.put("list", result.list()).put("id", result.id()).put("sentence", result.sentence());
        node.put("kind", result.kind().name()).put("required", result.isRequired());
        node.put("status", result.status().name()).put("why", result.why());
        ArrayNode facts = node.putArray("facts");
        for (Fact fact : result.facts()) {
            ObjectNode one = facts.addObject().put("name", fact.name());
            put(one, "expected", fact.expected());
            one.put("found", fact.found());
        }
        node.put("attempts", result.attempts());
        result.startedAt().ifPresent(at -> node.put("startedAt", at.toString()));
        node.put("took", result.took().toString());
        put(node, "because", result.because().isEmpty() ? null : result.because());
        if (!result.tags().isEmpty()) {
            strings(node.putArray("tags"), result.tags());
        }
        put(node, "owner", result.owner().orElse(null));
        put(node, "due", result.due().orElse(null));
        if (!result.blockedBy().isEmpty()) {
            strings(node.putArray("blockedBy"), result.blockedBy());
            node.put("blockedByFailure", result.isBlockedByFailure());
        }
        if (result.isNotYetDue()) {
            node.put("notYetDue", true);
        }
        put(node, "elsewhere", result.elsewhere().orElse(null));
        put(node, "digest", result.digest().orElse(null));
    }

    private static void strings(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    static Report read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root == null || !FORMAT.equals(root.path("format").asText())) {
                throw new GoLiveException("This is no golive report: its \"format\" is not \"" + FORMAT + "\"");
            }
            if (root.path("version").asInt() != VERSION) {
                throw new GoLiveException("This report has version "
                        + root.path("version").asText() + "; this release of golive reads version " + VERSION);
            }
            List<Report.Source> sources = new ArrayList<>();
            for (JsonNode node : array(root, "sources")) {
                sources.add(source(node));
            }
            List<ItemResult> results = new ArrayList<>();
            for (JsonNode node : array(root, "items")) {
                results.add(result(node));
            }
            return new Report(environment(object(root, "environment")), sources, results, texts(root, "remarks"));
        } catch (JsonProcessingException e) {
            throw new GoLiveException("This is no golive report: it is not JSON, " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
            throw new GoLiveException("This is no golive report: " + e.getMessage(), e);
        }
    }

    private static Environment environment(JsonNode node) {
        String name = text(node, "name");
        Environment environment =
                node.path("production").asBoolean() ? Environment.production(name) : Environment.named(name);
        for (String host : texts(node, "hosts")) {
            environment = environment.host(host);
        }
        for (Map.Entry<String, JsonNode> account : object(node, "accounts").properties()) {
            for (JsonNode id : account.getValue()) {
                environment = environment.account(account.getKey(), id.asText());
            }
        }
        return environment;
    }

    private static Report.Source source(JsonNode node) {
        JsonNode release = node.path("release");
        return new Report.Source(
                text(node, "list"),
                text(node, "digest"),
                release.isMissingNode()
                        ? null
                        : new Release(
                                text(release, "component"),
                                text(release, "id"),
                                optional(release, "commit"),
                                optional(release, "digest")),
                optional(node, "vantagePoint"),
                Instant.parse(text(node, "startedAt")),
                duration(node, "took"));
    }

    private static ItemResult result(JsonNode node) {
        ItemResult.Draft draft = new ItemResult.Draft(text(node, "id"), text(node, "sentence"));
        draft.list = text(node, "list");
        draft.kind = Item.Kind.valueOf(text(node, "kind"));
        draft.required = bool(node, "required", true);
        draft.status = Status.valueOf(text(node, "status"));
        draft.why = text(node, "why");
        List<Fact> facts = new ArrayList<>();
        for (JsonNode fact : array(node, "facts")) {
            facts.add(new Fact(text(fact, "name"), optional(fact, "expected"), text(fact, "found")));
        }
        draft.facts = facts;
        draft.attempts = node.path("attempts").asInt();
        if (draft.attempts < 0) {
            throw new IllegalArgumentException("\"attempts\" must not be negative but was " + draft.attempts);
        }
        String startedAt = optional(node, "startedAt");
        draft.startedAt = startedAt == null ? null : Instant.parse(startedAt);
        draft.took = duration(node, "took");
        String because = optional(node, "because");
        draft.because = because == null ? "" : because;
        draft.tags = new LinkedHashSet<>(texts(node, "tags"));
        draft.owner = optional(node, "owner");
        draft.due = optional(node, "due");
        draft.blockedBy = texts(node, "blockedBy");
        draft.blockedByFailure = bool(node, "blockedByFailure", false);
        draft.notYetDue = bool(node, "notYetDue", false);
        draft.elsewhere = optional(node, "elsewhere");
        draft.digest = optional(node, "digest");
        return new ItemResult(draft);
    }

    private static Duration duration(JsonNode node, String name) {
        Duration duration = Duration.parse(text(node, name));
        if (duration.isNegative()) {
            throw new IllegalArgumentException("\"" + name + "\" must not be negative but was " + duration);
        }
        return duration;
    }

    private static JsonNode array(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("\"" + name + "\" must be an array");
        }
        return value;
    }

    private static JsonNode object(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isObject()) {
            throw new IllegalArgumentException("\"" + name + "\" must be an object");
        }
        return value;
    }

    private static List<String> texts(JsonNode node, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : node.path(name)) {
            texts.add(value.asText());
        }
        return texts;
    }

    private static String text(JsonNode node, String name) {
        String value = optional(node, name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" must be a string");
        }
        return value.asText();
    }

    private static boolean bool(JsonNode node, String name, boolean otherwise) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("\"" + name + "\" must be true or false");
        }
        return value.asBoolean();
    }
}
