package dev.golive.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiJsonTest {

    private static ApiJson read(String body) {
        return response(body).json();
    }

    private static ApiResponse response(String body) {
        return new ApiResponse("Lamps", 200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(String body, Consumer<ApiJson> use) {
        try {
            use.accept(read(body));
            return "none";
        } catch (ApiProblem e) {
            assertThat(e.kind()).isEqualTo(ApiProblem.Kind.UNREADABLE);
            return e.why();
        }
    }

    @Test
    void what_is_there_is_given() {
        ApiJson lamp = read("""
                {"name":"east","lit":true,"watts":60.5,"count":3,"since":"2027-03-02T10:00:00.123+01:00","tags":["a","b"],
                 "meta":"{\\"room\\":\\"hall\\"}"}""");

        assertThat(lamp.get("name").text()).isEqualTo("east");
        assertThat(lamp.get("lit").flag()).isTrue();
        assertThat(lamp.get("watts").number()).isEqualTo(60.5);
        assertThat(lamp.get("watts").decimal()).isEqualTo("60.5");
        assertThat(lamp.get("count").integer()).isEqualTo(3);
        assertThat(lamp.get("since").instant()).isEqualTo(Instant.parse("2027-03-02T09:00:00.123Z"));
        assertThat(lamp.get("tags").list()).extracting(ApiJson::text).containsExactly("a", "b");
        assertThat(lamp.members()).containsOnlyKeys("name", "lit", "watts", "count", "since", "tags", "meta");
        assertThat(lamp.get("meta").unquoted().get("room").text()).isEqualTo("hall");
        assertThat(lamp.get("other").maybe()).isEmpty();
        assertThat(lamp.get("other").textIfAny()).isEmpty();
    }

    @Test
    void what_is_missing_is_named_by_its_place() {
        assertThat(problem(
                        "{\"lamps\":[{}]}",
                        all -> all.get("lamps").list().get(0).get("name").text()))
                .isEqualTo("Lamps answered without lamps[0].name as a text");
        assertThat(problem("{}", all -> all.get("a").get("b").said())).isEqualTo("Lamps answered without a.b");
    }

    @Test
    void what_is_something_else_is_missing_and_never_shown() {
        String secret = "{\"name\":{\"token\":\"hunter22hunter22\"}}";

        assertThat(problem(secret, all -> all.get("name").text())).isEqualTo("Lamps answered without name as a text");
        assertThat(problem("{\"n\":\"1\"}", all -> all.get("n").integer())).contains("as a whole number");
        assertThat(problem("{\"n\":1.5}", all -> all.get("n").integer())).contains("as a whole number");
        assertThat(problem("{\"n\":1e40}", all -> all.get("n").integer())).contains("as a whole number");
        assertThat(problem("{\"n\":1e999}", all -> all.get("n").number())).contains("as a number");
        assertThat(problem("{\"n\":\"yes\"}", all -> all.get("n").flag())).contains("as true or false");
        assertThat(problem("{\"n\":null}", all -> all.get("n").list())).contains("as a list");
        assertThat(problem("{\"n\":[]}", all -> all.get("n").members())).contains("as an object");
        assertThat(problem("{\"n\":\"yesterday\"}", all -> all.get("n").instant()))
                .contains("as an instant");
        assertThat(problem("{\"n\":\"\"}", all -> all.get("n").text())).contains("as a text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "<html>", "{", "{}{}", "{\"a\":1,\"a\":2}", "nul", "[1,]", "{\"a\":01}", "\uFEFF{"})
    void what_is_no_json_is_a_problem(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(ApiProblem.class);
    }

    @Test
    void bytes_that_are_no_text_and_nesting_without_end_are_a_problem() {
        byte[] broken = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};

        assertThatThrownBy(() -> new ApiResponse("Lamps", 200, Map.of(), broken).json())
                .isInstanceOf(ApiProblem.class);
        assertThatThrownBy(() -> read("[".repeat(200_000))).isInstanceOf(ApiProblem.class);
    }

    @Property(tries = 500)
    void whatever_is_read_gives_a_value_or_a_problem(@ForAll String body) {
        try {
            ApiJson json = read(body);
            json.get("a").maybe();
            json.textIfAny();
        } catch (ApiProblem e) {
            assertThat(e.why()).startsWith("Lamps");
        }
    }

    @Property(tries = 300)
    void words_of_others_are_one_short_line(@ForAll String text) {
        String line = Words.line(text);

        assertThat(line).doesNotContain("\n", "\r", "\t", "\u0000").hasSizeLessThanOrEqualTo(302);
    }
}
