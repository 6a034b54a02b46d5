package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.containing;
import static dev.golive.Expect.is;
import static dev.golive.Expect.oneOf;
import static dev.golive.checks.HttpWorld.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.testkit.Reply;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpCheckTest {

    private final HttpWorld world = HttpWorld.open();

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void a_check_of_status_header_and_json_passes_and_shows_who_answered() {
        world.shop
                .get("/api/health")
                .reply(Reply.json("{\"data\":{\"status\":\"ok\",\"load\":1.50}}")
                        .header("X-Region", "north"));

        ItemResult result = world.run(Http.get("https://shop.example/api/health")
                .status(200)
                .header("X-Region", "north")
                .json("/data/status", is("ok"))
                .json("$.data.load", new BigDecimal("1.5")));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(result.sentence())
                .isEqualTo("GET https://shop.example/api/health answers 200, header X-Region is \"north\","
                        + " JSON /data/status is \"ok\", JSON $.data.load is 1.5");
        assertThat(fact(result, "address")).isEqualTo(HttpWorld.ADDRESS);
        assertThat(fact(result, "status")).isEqualTo("200");
        assertThat(fact(result, "certificate days left")).isEqualTo("88");
        assertThat(result.facts())
                .extracting("name")
                .contains("dns time", "tcp time", "tls time", "first byte time", "total time");
        assertThat(result.facts().toString())
                .doesNotContain(String.valueOf(world.shop.tlsAddress().getPort()));
    }

    @Test
    void a_failure_says_what_was_there() {
        world.shop.get("/").reply(Reply.text(503, "<h1>down for maintenance</h1>"));

        ItemResult result = world.run(Http.get("https://shop.example/")
                .status(oneOf(200, 204))
                .header("X-Region", "north")
                .body(containing("Welcome")));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why())
                .isEqualTo("status was 503, expected one of 200, 204; header X-Region was absent, expected \"north\";"
                        + " the body was not as expected: containing \"Welcome\"");
        assertThat(fact(result, "body")).contains("down for maintenance");
    }

    @Test
    void a_condition_that_a_broken_server_answers_is_unknown() {
        world.shop.get("/old").reply(Reply.text(503, "no")).then(Reply.text(404, "gone"));
        world.shop.get("/").reply(Reply.text("ok"));
        HttpCheck page = Http.get("https://shop.example/").status(200);

        Item item = page.as("page").onlyIf(Http.get("https://shop.example/old").status(200));

        assertThat(world.report(item).results()).extracting(ItemResult::status).containsExactly(Status.UNKNOWN);
        assertThat(world.report(item).results()).extracting(ItemResult::status).containsExactly(Status.NOT_APPLICABLE);
    }

    @Test
    void a_server_error_never_passes_unless_it_was_asked_for() {
        world.shop.get("/").reply(Reply.text(500, "oops").header("X-Region", "north"));

        ItemResult result = world.run(Http.get("https://shop.example/").header("X-Region", "north"));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("status was 500, a server error that nothing said to expect");

        assertThat(world.run(Http.get("https://shop.example/").status(500).header("X-Region", "north"))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void json_that_is_none_or_of_another_type_is_told_as_it_was() {
        world.shop.get("/text").reply(Reply.text("ok"));
        world.shop.get("/json").reply(Reply.json("{\"a\":\"5\",\"b\":5.0,\"c\":null}"));

        assertThat(world.run(Http.get("https://shop.example/text").json("/a", 5))
                        .why())
                .startsWith("the body is not JSON: ");
        assertThat(world.run(Http.get("https://shop.example/json").json("/a", 5))
                        .why())
                .isEqualTo("JSON /a was \"5\", expected 5");
        assertThat(world.run(Http.get("https://shop.example/json")
                                .json("/b", 5)
                                .json("/b", is(5))
                                .jsonNull("/c")
                                .jsonAbsent("/d")
                                .json("$[?@ > 4]", atLeast(new BigDecimal("4.5")))
                                .jsonCount("$.*", is(3)))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void only_the_elements_of_an_array_are_counted() {
        world.shop.get("/").reply(Reply.json("{\"none\":null,\"text\":\"x\",\"list\":[1,2],\"nested\":[[1,2,3]]}"));

        assertThat(counted("/list", 2).status()).isEqualTo(Status.PASSED);
        assertThat(counted("$.nested[*]", 1).status()).isEqualTo(Status.PASSED);
        assertThat(counted("$.list[?@ > 5]", 0).status()).isEqualTo(Status.PASSED);
        assertThat(counted("/none", 1).why())
                .isEqualTo("JSON /none was null, expected an array to count the elements of");
        assertThat(counted("/text", 1).status()).isEqualTo(Status.FAILED);
        assertThat(counted("/errors", 0).why())
                .isEqualTo("JSON /errors was absent, expected an array to count the elements of");
    }

    private ItemResult counted(String place, int count) {
        return world.run(Http.get("https://shop.example/").jsonCount(place, is(count)));
    }

    @Test
    void json_in_which_one_name_has_two_values_says_nothing() {
        world.shop.get("/").reply(Reply.json("{\"status\":\"down\",\"status\":\"ok\"}"));

        ItemResult result = world.run(Http.get("https://shop.example/").json("/status", "ok"));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).startsWith("the body is not JSON: Duplicate field 'status'");
    }

    @Test
    void what_a_server_that_had_enough_of_us_does_not_show_is_not_absent() {
        world.shop.get("/").reply(Reply.status(429));

        assertThat(world.run(Http.get("https://shop.example/").noHeader("Server"))
                        .status())
                .isEqualTo(Status.UNKNOWN);
        assertThat(world.run(Http.get("https://shop.example/").status(429)).status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void plain_http_works_without_tls() {
        world.shop.get("/").reply(Reply.redirect(308, "https://shop.example/"));

        ItemResult result = world.run(Http.get("http://shop.example/").redirectsTo("https://shop.example/"));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(result.facts()).extracting("name").doesNotContain("tls time", "certificate");
    }
}
