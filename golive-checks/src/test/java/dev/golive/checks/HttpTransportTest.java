package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.is;
import static dev.golive.checks.Headers.csp;
import static dev.golive.checks.Headers.hsts;
import static dev.golive.checks.Headers.setCookie;
import static dev.golive.checks.HttpWorld.CA;
import static dev.golive.checks.HttpWorld.environment;
import static dev.golive.checks.HttpWorld.fact;
import static dev.golive.time.Spans.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Secret;
import dev.golive.Status;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsFault;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpTransportTest {

    private final HttpWorld world = HttpWorld.open();

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void checks_of_one_run_share_at_most_eight_connections() {
        world.shop.get("/").reply(Reply.text("hello"));
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            items.add(Http.get("https://shop.example/").status(200).as("check " + i));
        }

        Report report = world.report(items.toArray(Item[]::new));

        assertThat(report.results(Status.PASSED)).hasSize(200);
        assertThat(world.shop.connections()).hasSizeBetween(1, 8);
        assertThat(report.results().get(199).facts().toString()).contains("(of a reused connection)");
    }

    @Test
    void a_further_attempt_shows_that_the_server_can_still_be_connected_to() {
        world.shop.get("/").reply(Reply.text("hello"));

        var check = Http.get("https://shop.example/").status(200);
        ItemResult result = world.run(
                check.with(check.timing().holdingFor(Duration.ofMillis(60)).every(Duration.ofMillis(30))));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(world.shop.connections()).hasSize(result.attempts());
    }

    @Test
    void who_had_to_wait_in_line_does_not_blame_the_server_for_what_time_was_left() {
        world.shop.get("/").fail(HttpFault.hangBeforeHeaders());
        HttpCheck check = Http.get("https://shop.example/").status(200);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            items.add(check.timeout(Duration.ofMillis(1_200)).as("check " + i));
        }
        // comes when all connections are taken, and has a little time left when they are given back
        items.add(Check.that("late", context -> {
                    context.time().sleepUntil(context.time().now().plusMillis(300));
                    return check.examine(context);
                })
                .timeout(Duration.ofMillis(1_600))
                .as("check 8"));

        Report report = world.report(
                builder -> builder.witness(Check.that("our network works", context -> Outcome.passed())),
                items.toArray(Item[]::new));

        assertThat(report.results(Status.FAILED)).hasSize(8);
        ItemResult last = report.result("check 8").orElseThrow();
        assertThat(last.status()).as(last.toString()).isEqualTo(Status.UNKNOWN);
        assertThat(last.why()).contains("of waiting for one of the 8 connections that checks share");
    }

    @Test
    void a_fresh_connection_is_nobody_elses() {
        world.shop.get("/").reply(Reply.text("hello"));

        world.report(
                builder -> builder.concurrency(1),
                Http.get("https://shop.example/").status(200).as("one"),
                Http.get("https://shop.example/").freshConnection().status(200).as("two"),
                Http.get("https://shop.example/").status(200).as("three"));

        assertThat(world.shop.connections()).hasSize(2);
    }

    @Test
    void a_pinned_address_is_asked_for_the_host_with_its_name_in_tls_and_http() {
        world.network =
                world.network.host("shop.example", "203.0.113.99").route("198.51.100.7", 443, world.shop.tlsAddress());
        world.shop.get("/").host("shop.example").reply(Reply.text("origin"));

        ItemResult result =
                world.run(Http.get("https://shop.example/").at("198.51.100.7").body("origin"));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(result.sentence()).startsWith("GET https://shop.example/ at 198.51.100.7");
        assertThat(fact(result, "address")).isEqualTo("198.51.100.7");
        assertThat(world.shop.connections().get(0).serverName()).contains("shop.example");
        assertThat(world.shop.connections().get(0).offeredProtocols()).containsExactly("http/1.1");
    }

    @Test
    void addresses_of_either_family_are_asked_for_by_themselves() {
        world.network = world.network.host("shop.example", "2001:db8::10");
        world.shop.get("/").reply(Reply.text("hello"));

        assertThat(fact(world.run(Http.get("https://shop.example/").ipv6().status(200)), "address"))
                .isEqualTo("2001:db8::10");
        assertThat(fact(world.run(Http.get("https://shop.example/").ipv4().status(200)), "address"))
                .isEqualTo(HttpWorld.ADDRESS);
        assertThat(world.run(Http.get("https://www.shop.example/").ipv6().status(200))
                        .why())
                .isEqualTo("www.shop.example has no IPv6 address");
    }

    private ItemResult withCertificate(TestCertificate certificate, HttpProbe probe) {
        world.shop.tls("shop.example", certificate);
        world.shop.get("/").reply(Reply.text("hello"));
        return world.run(probe.status(200));
    }

    @Test
    void a_bad_certificate_fails_with_its_reason_and_the_facts_show_chain_and_status() {
        ItemResult result = withCertificate(CA.leaf("shop.example").expired(), Http.get("https://shop.example/"));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains("expired");
        assertThat(fact(result, "certificate")).contains("shop.example");
        assertThat(fact(result, "status")).isEqualTo("200");

        assertThat(withCertificate(CA.leaf("other.example"), Http.get("https://shop.example/"))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void to_a_server_that_is_not_the_right_one_nothing_secret_is_sent() {
        Secret token = Secret.found("token", "very-secret-token");
        ItemResult result = withCertificate(
                CA.leaf("shop.example").selfSigned(),
                Http.get("https://shop.example/")
                        .sending("X-Note", "for the shop only")
                        .bearer(token));

        assertThat(result.status()).isNotEqualTo(Status.PASSED);
        assertThat(world.shop.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEmpty();
            assertThat(request.header("X-Note")).isEmpty();
        });
    }

    @Test
    void any_certificate_will_do_only_if_that_is_said_and_nothing_secret_is_sent() {
        ItemResult result = withCertificate(
                CA.leaf("shop.example").selfSigned(),
                Http.get("https://shop.example/").acceptingAnyCertificate("the origin is behind a proxy"));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(result.facts()).extracting("name").contains("certificate verdict");
    }

    @Test
    void a_private_authority_can_be_trusted_for_one_request() {
        world.network = world.network.trusting(java.util.Set.of());
        dev.golive.testkit.FakeNetwork untrusting = dev.golive.testkit.FakeNetwork.create()
                .host("shop.example", HttpWorld.ADDRESS)
                .route("shop.example", 443, world.shop.tlsAddress());
        world.network = untrusting;
        world.shop.get("/").reply(Reply.text("hello"));

        assertThat(world.run(Http.get("https://shop.example/").status(200)).status())
                .isNotEqualTo(Status.PASSED);
        ItemResult result =
                world.run(Http.get("https://shop.example/").trusting(CA.root()).status(200));
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
    }

    @Test
    void secrets_and_captures_are_sent_and_never_shown() {
        Secret password = Secret.found("password", "correct-horse-battery");
        Capture<Secret> token = Capture.secret("token");
        world.shop.get("/login").reply(Reply.json("{\"token\":\"session-token-4711\",\"user\":\"ann\"}"));
        world.shop
                .get("/me")
                .reply(request -> Reply.json(
                        "{\"seen\":\"" + request.header("Authorization").orElse("") + "\"}"));

        Report report = world.report(
                Http.get("https://shop.example/login")
                        .basic("ann", password)
                        .status(200)
                        .json("/user", "bob")
                        .as("wrong"),
                Http.get("https://shop.example/login")
                        .basic("ann", password)
                        .status(200)
                        .capture("/token", token)
                        .as("login"),
                Http.get("https://shop.example/me")
                        .bearer(token)
                        .json("/seen", "Bearer session-token-4711")
                        .as("me"));

        assertThat(report.result("me").orElseThrow().status()).isEqualTo(Status.PASSED);
        assertThat(world.shop.requests("GET", "/login").get(0).header("Authorization"))
                .contains("Basic YW5uOmNvcnJlY3QtaG9yc2UtYmF0dGVyeQ==");
        assertThat(report.results().toString()).doesNotContain("session-token-4711", "correct-horse");
    }

    @Test
    void redirects_are_followed_on_request_and_secrets_stay_at_home() {
        world.shop.get("/").host("shop.example").reply(Reply.redirect(302, "https://www.shop.example/home"));
        world.shop.get("/home").host("www.shop.example").reply(Reply.redirect(301, "done"));
        world.shop.get("/done").host("www.shop.example").reply(Reply.text("here"));

        ItemResult result = world.run(Http.get("https://shop.example/")
                .bearer(Secret.found("token", "very-secret-token"))
                .followingRedirects()
                .finalUrl("https://www.shop.example/done")
                .redirects(is(2))
                .body("here"));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(fact(result, "redirect 1"))
                .isEqualTo("302 from https://shop.example/ to https://www.shop.example/home");
        assertThat(world.shop.requests("GET", "/").get(0).header("Authorization"))
                .isPresent();
        assertThat(world.shop.requests("GET", "/home").get(0).header("Authorization"))
                .isEmpty();
    }

    @Test
    void a_redirect_to_a_host_that_is_not_listed_is_unknown() {
        world.shop.get("/").reply(Reply.redirect(302, "https://elsewhere.example/"));

        ItemResult result =
                world.run(Http.get("https://shop.example/").followingRedirects().status(200));

        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).contains("elsewhere.example");
    }

    @Test
    void a_redirect_to_the_wrong_place_tells_where_it_led() {
        world.shop.get("/").reply(Reply.redirect(302, "/login"));

        ItemResult result = world.run(Http.get("http://shop.example/").redirectsTo("https://shop.example/"));

        assertThat(result.why())
                .isEqualTo("status was 302, expected one of 301, 308; the redirect led to http://shop.example/login,"
                        + " expected https://shop.example/");
    }

    @Test
    void security_headers_and_cookies_are_judged() {
        world.shop
                .get("/")
                .reply(Reply.text("hello")
                        .header("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")
                        .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
                        .header("X-Content-Type-Options", "nosniff")
                        .header("Referrer-Policy", "strict-origin-when-cross-origin")
                        .header("Permissions-Policy", "camera=()")
                        .header(
                                "Set-Cookie",
                                "session=a-secret-value; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax"));
        world.shop
                .get("/bad")
                .reply(Reply.text("hello")
                        .header("Strict-Transport-Security", "max-age=60")
                        .header("Set-Cookie", "session=a-secret-value; Path=/"));

        ItemResult good = world.run(Http.get("https://shop.example/")
                .headers(HeaderPolicy.recommended())
                .header(
                        "Strict-Transport-Security",
                        hsts().maxAge(atLeast(days(730))).includeSubDomains().preload())
                .header("Content-Security-Policy", csp("default-src", "'self'"))
                .noHeader("X-Powered-By")
                .cookie(
                        "session",
                        setCookie()
                                .secure()
                                .httpOnly()
                                .sameSite("lax")
                                .path("/")
                                .hostOnly()
                                .maxAge(atMost(Duration.ofHours(1)))));
        assertThat(good.status()).as(good.toString()).isEqualTo(Status.PASSED);

        ItemResult bad = world.run(Http.get("https://shop.example/bad")
                .headers(HeaderPolicy.recommended())
                .cookie("session", setCookie().secure()));
        assertThat(bad.why())
                .contains("header Strict-Transport-Security was \"max-age=60\"")
                .contains("header Content-Security-Policy was absent, expected present")
                .contains("any site may put the page into a frame")
                .contains("cookie session was \"session=***; Path=/\", expected a cookie with Secure");
        assertThat(bad.toString() + bad.facts()).doesNotContain("a-secret-value");
    }

    @Test
    void compressed_bodies_are_unpacked() {
        world.shop.get("/").reply(Reply.text("hello ".repeat(1_000)).gzipped());
        world.shop.get("/plain").reply(Reply.text("hello"));

        ItemResult result =
                world.run(Http.get("https://shop.example/").compressed().bodySize(6_000));
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
        assertThat(fact(result, "compression")).isEqualTo("gzip");
        assertThat(world.run(Http.get("https://shop.example/plain").compressed())
                        .why())
                .isEqualTo("the body was not compressed, expected gzip or deflate");
    }

    @Test
    void an_answer_from_a_cache_is_a_fact_and_shows_no_health() {
        world.shop.get("/").reply(Reply.text("hello").header("Age", "17").header("X-Cache", "HIT from edge"));

        ItemResult result = world.run(Http.get("https://shop.example/").status(200));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(fact(result, "cached answer")).isEqualTo("Age: 17");
        assertThat(world.run(Http.get("https://shop.example/").status(200).uncached())
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void content_does_not_follow_a_redirect_to_somebody_else() {
        world.shop.post("/login").host("shop.example").reply(Reply.redirect(307, "https://www.shop.example/login"));
        world.shop.post("/login").host("www.shop.example").reply(Reply.text("welcome"));

        ItemResult result = world.run(Http.post("https://shop.example/login")
                .sendingJson("{\"password\":\"of the test account\"}")
                .readOnly("a login without a session")
                .followingRedirects()
                .status(200));

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).contains("https://www.shop.example/login, another origin");
        assertThat(world.shop.requests()).hasSize(1);
    }

    @Test
    void a_frame_policy_that_lets_everybody_is_none() {
        for (String sources : List.of("*", "https:", "'self' http://*", "https://*:*")) {
            world.shop
                    .get("/")
                    .reply(Reply.text("hello").header("Content-Security-Policy", "frame-ancestors " + sources));
            assertThat(world.run(Http.get("https://shop.example/").headers(HeaderPolicy.recommended()))
                            .why())
                    .contains("any site may put the page into a frame");
        }
        world.shop
                .get("/")
                .reply(Reply.text("hello")
                        .header("Content-Security-Policy", "frame-ancestors 'self' https://*.shop.example"));
        assertThat(world.run(Http.get("https://shop.example/").headers(HeaderPolicy.recommended()))
                        .why())
                .doesNotContain("frame");
    }

    @Test
    void a_trial_is_performed_once_and_cleaned_up() {
        world.shop.post("/orders").reply(order -> Reply.json(201, order.bodyText()));
        world.shop.on("DELETE", "/orders/test").reply(Reply.status(204));

        Report report = world.report(Http.post("https://shop.example/orders")
                .sendingJson("{\"id\":\"test\"}")
                .writing("an order of the customer test")
                .cleanedUpBy(Http.delete("https://shop.example/orders/test"))
                .status(201)
                .json("/id", "test")
                .costs("one order")
                .as("order")
                .freshFor(Duration.ofHours(1)));

        assertThat(report.results().get(0).status())
                .as(report.results().toString())
                .isEqualTo(Status.PASSED);
        assertThat(world.shop.requests()).extracting("method").containsExactly("POST", "DELETE");
    }

    @Test
    void names_are_looked_up_and_what_comes_of_it_is_told_apart() throws Exception {
        try (DnsFake dns = DnsFake.start(world.time)) {
            dns.resolver("192.0.2.53");
            dns.zone("shop.example").a("api.shop.example", "203.0.113.44").a("inside.shop.example", "10.0.0.7");
            world.network = world.network
                    .resolver("192.0.2.53")
                    .consulting(dns::route)
                    .route("api.shop.example", 80, world.shop.address())
                    .route("inside.shop.example", 80, world.shop.address());
            world.shop.get("/").reply(Reply.text("hello"));

            ItemResult found = world.run(Http.get("http://api.shop.example/").status(200));
            assertThat(found.status()).as(found.toString()).isEqualTo(Status.PASSED);
            assertThat(fact(found, "address")).isEqualTo("203.0.113.44");

            ItemResult missing =
                    world.run(Http.get("http://nowhere.shop.example/").status(200));
            assertThat(missing.status()).isEqualTo(Status.FAILED);
            assertThat(missing.why()).isEqualTo("nowhere.shop.example does not exist");

            ItemResult inside =
                    world.run(Http.get("http://inside.shop.example/").status(200));
            assertThat(inside.status()).isEqualTo(Status.UNKNOWN);
            assertThat(inside.why()).contains("this is not the public view");
            assertThat(world.run(Http.get("http://inside.shop.example/")
                                    .at("10.0.0.7")
                                    .status(200))
                            .status())
                    .isEqualTo(Status.PASSED);

            dns.resolver("192.0.2.53").fault(DnsFault.servfail());
            ItemResult broken = world.run(Http.get("http://api.shop.example/").status(200));
            assertThat(broken.status()).isEqualTo(Status.UNKNOWN);
            assertThat(broken.why()).contains("SERVFAIL");
        }
    }

    @Test
    void the_environment_decides_before_anything_is_sent() {
        assertThat(environment().hosts()).contains("shop.example");
        assertThat(Http.get("https://Shop.EXAMPLE:8443/a").status(200).touches())
                .containsExactly(dev.golive.Subject.host("shop.example"));
    }
}
