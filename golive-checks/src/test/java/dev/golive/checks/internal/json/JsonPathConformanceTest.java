package dev.golive.checks.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The compliance test suite of RFC 9535, read where it lies beside the project. */
class JsonPathConformanceTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static Path suite() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path suite = folder.resolve("shared/conformance/jsonpath/cts.json");
            if (Files.isReadable(suite)) {
                return suite;
            }
        }
        return Path.of("");
    }

    @Test
    void every_query_of_the_compliance_suite_selects_what_it_should_or_is_refused() throws IOException {
        Path suite = suite();
        assumeTrue(Files.isReadable(suite) && Files.isRegularFile(suite), "the JSONPath suite is not here");
        List<String> failures = new ArrayList<>();
        JsonNode tests = MAPPER.readTree(suite.toFile()).get("tests");
        for (JsonNode test : tests) {
            String problem = problem(test);
            if (!problem.isEmpty()) {
                failures.add(test.get("name").textValue() + ": " + test.get("selector") + " " + problem);
            }
        }
        assertThat(tests).hasSizeGreaterThan(500);
        assertThat(failures).as("of %s queries", tests.size()).isEmpty();
    }

    private static String problem(JsonNode test) {
        JsonPath path;
        try {
            path = JsonPath.parse(test.get("selector").textValue(), "place");
        } catch (IllegalArgumentException e) {
            return test.path("invalid_selector").booleanValue() ? "" : "was refused: " + e.getMessage();
        } catch (RuntimeException e) {
            return "threw " + e;
        }
        if (test.path("invalid_selector").booleanValue()) {
            return "was not refused";
        }
        ArrayNode found = MAPPER.createArrayNode().addAll(path.select(test.get("document")));
        List<JsonNode> allowed = new ArrayList<>();
        if (test.has("result")) {
            allowed.add(test.get("result"));
        } else {
            test.get("results").forEach(allowed::add);
        }
        return Stream.of(found).anyMatch(allowed::contains) ? "" : "selected " + found + " not " + allowed;
    }
}
