package dev.golive.aws;

import static dev.golive.Expect.is;
import static dev.golive.Expect.oneOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.provider.ApiProblem;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeDistribution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest extends OnFakeAws {

    private static final String ID = "E2QWRUHAPOMQZL";
    private static final String ARN = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d";

    private final Distribution distribution = aws.distribution(ID);

    private FakeDistribution there() {
        return fake.distribution(ID);
    }

    private void good() {
        there().alias("www.shop.example")
                .certificate(ARN, "TLSv1.2_2021")
                .viewerPolicy("/api/*", "https-only")
                .bucket("shop-web.s3.eu-north-1.amazonaws.com", "E3OAC", "")
                .server("api.shop.example");
    }

    private void passes(Check check) {
        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    private Outcome fails(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        return outcome;
    }

    private Observation.State state(Action action) throws Exception {
        return perform().observe(action).state();
    }

    private static List<Check> checks(Distribution distribution) {
        return List.of(
                distribution.isDeployed(),
                distribution.hasAlias("www.shop.example"),
                distribution.usesCertificate(ARN),
                distribution.minimumTls(oneOf("TLSv1.2_2021", "TLSv1.3_2025")),
                distribution.servesHttpsOnly(),
                distribution.usesOriginAccessControl());
    }

    static Stream<Integer> each() {
        return Stream.of(0, 1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_good_distribution_passes(int which) {
        good();

        passes(checks(distribution).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void one_that_is_not_there_fails(int which) {
        assertThat(fails(checks(distribution).get(which)).why()).isEqualTo("there is no distribution " + ID);
    }

    @ParameterizedTest
    @MethodSource("each")
    void what_stands_between_us_and_an_answer_is_unknown(int which) {
        good();

        assertThat(notUnknown("cloudfront", checks(distribution).get(which))).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        good();
        fake.faultNext(2, "cloudfront", AwsFault.throttled());

        passes(distribution.isDeployed());
    }

    @Test
    void one_that_is_being_deployed_is_not_deployed() throws Exception {
        there().inProgressUntil(time.now().plus(Duration.ofMinutes(5)));
        assertThat(fails(distribution.isDeployed()).why()).contains("InProgress");

        time.advance(Duration.ofMinutes(5));
        passes(distribution.isDeployed());
    }

    @Test
    void one_that_is_disabled_fails() {
        there().disabled();

        assertThat(fails(distribution.isDeployed()).why()).contains("disabled");
    }

    @Test
    void a_bare_one_has_nothing_of_ours() {
        there();

        fails(distribution.hasAlias("www.shop.example"));
        fails(distribution.usesCertificate(ARN));
        fails(distribution.minimumTls(is("TLSv1.2_2021")));
        fails(distribution.usesOriginAccessControl());
        passes(distribution.servesHttpsOnly());
    }

    @Test
    void another_certificate_fails() {
        there().certificate(ARN.replace("0a1b", "ffff"), "TLSv1.2_2021");

        fails(distribution.usesCertificate(ARN));
    }

    @Test
    void an_alias_with_a_star_answers_for_one_label() {
        there().alias("*.shop.example");

        passes(distribution.hasAlias("WWW.shop.example"));
        fails(distribution.hasAlias("shop.example"));
    }

    @Test
    void each_path_counts() {
        good();
        there().viewerPolicy("/images/*", "allow-all");

        assertThat(fails(distribution.servesHttpsOnly()).why()).contains("/images/*");

        there().viewerPolicy("/images/*", "redirect-to-https").viewerPolicy("default", "allow-all");
        assertThat(fails(distribution.servesHttpsOnly()).why()).contains("default");
    }

    @Test
    void each_bucket_counts_and_the_legacy_identity_too() {
        there().bucket("a.s3.amazonaws.com", "", "origin-access-identity/cloudfront/E1");
        passes(distribution.usesOriginAccessControl());

        there().bucket("b.s3.amazonaws.com", "", "");
        assertThat(fails(distribution.usesOriginAccessControl()).why()).contains("b.s3.amazonaws.com");
    }

    @Test
    void a_website_endpoint_is_public() {
        there().server("shop.s3-website.eu-north-1.amazonaws.com");

        fails(distribution.usesOriginAccessControl());
    }

    @Test
    void a_bucket_that_is_asked_as_a_server_is_a_bucket() {
        there().server("shop.s3.eu-north-1.amazonaws.com");

        fails(distribution.usesOriginAccessControl());
    }

    @Test
    void paths_are_invalidated_and_waited_for() throws Exception {
        there().invalidationsTake(Duration.ofMinutes(3));
        Instant began = time.now();

        Observation end = toTheEnd(distribution.invalidate("/index.html", "/assets/*"));

        assertThat(end).matches(one -> one.state() == Observation.State.AT_TARGET);
        assertThat(there().invalidated()).containsExactly(List.of("/index.html", "/assets/*"));
        assertThat(Duration.between(began, time.now())).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(5));
    }

    @Test
    void a_repetition_is_the_same_invalidation_and_another_launch_another() throws Exception {
        there();
        Action action = distribution.invalidate("/*");

        Receipt first = perform().key("one").apply(action);
        assertThat(perform().key("one").apply(action)).isEqualTo(first);
        assertThat(there().invalidated()).hasSize(1);

        perform().key("two").apply(action);
        assertThat(there().invalidated()).hasSize(2);
    }

    @Test
    void a_lost_answer_does_no_harm() throws Exception {
        there();
        fake.faultNext(1, "cloudfront:CreateInvalidation", AwsFault.lostAnswer());
        Action action = distribution.invalidate("/*");

        assertThatThrownBy(() -> perform().apply(action)).isInstanceOf(ApiProblem.class);
        assertThat(state(action)).isEqualTo(Observation.State.NOT_AT_TARGET);
        assertThat(toTheEnd(action).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(there().invalidated()).hasSize(1);
    }

    @Test
    void too_many_at_once_are_waited_for() throws Exception {
        there().invalidationsAtOnce(1);
        perform().key("other").apply(distribution.invalidate("/other"));

        assertThat(toTheEnd(distribution.invalidate("/*")).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(there().invalidated()).hasSize(2);
    }

    @Test
    void one_that_is_under_way_is_not_at_its_target() throws Exception {
        there();
        Action action = distribution.invalidate("/*");
        Receipt receipt = perform().apply(action);

        assertThat(perform().after(receipt).observe(action).state()).isEqualTo(Observation.State.UNDER_WAY);
        assertThat(perform().after(Receipt.of("I0")).observe(action).state()).isEqualTo(Observation.State.UNKNOWN);
    }

    @Test
    void nothing_is_known_when_nobody_answers() throws Exception {
        there();
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault("cloudfront", fault);
            assertThat(state(distribution.invalidate("/*"))).as("%s", fault).isEqualTo(Observation.State.UNKNOWN);
            fake.mend();
        }
    }

    @Test
    void a_distribution_that_is_not_there_is_refused() throws Exception {
        assertThat(state(distribution.invalidate("/*"))).isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void bad_paths_are_refused() {
        for (String bad : new String[] {"index.html", "/a*b", "", "*"}) {
            assertThatThrownBy(() -> distribution.invalidate(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("path must begin with a slash");
        }
    }

    @Test
    void it_says_what_it_needs() {
        assertThat(distribution.invalidate("/a", "/b", "/c", "/d").sentence())
                .isEqualTo("invalidate /a, /b, /c and 1 more of distribution " + ID);
        assertThat(distribution.invalidate("/*").permissions())
                .anyMatch(permission -> permission.action().equals("cloudfront:CreateInvalidation")
                        && permission.resource().equals("arn:aws:cloudfront::123456789012:distribution/" + ID));
    }
}
