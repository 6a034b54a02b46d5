package dev.golive.aws;

import static dev.golive.Expect.containing;
import static dev.golive.Expect.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.aws.internal.route53.RecordText;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeHostedZone;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HostedZoneTest extends OnFakeAws {

    private final HostedZone zone = aws.hostedZone("shop.example");

    private FakeHostedZone there() {
        return fake.hostedZone("shop.example");
    }

    private void good() {
        there().alias("shop.example", "A", "d111.cloudfront.net")
                .record("www.shop.example", "CNAME", "Shop.eu-north-1.awsapprunner.com.")
                .record("shop.example", "TXT", "\"v=spf1 \" \"-all\"");
    }

    private void passes(Check check) {
        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    private Outcome fails(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        return outcome;
    }

    private static List<Check> checks(HostedZone zone) {
        return List.of(
                zone.exists(),
                zone.hasRecord("www.shop.example", "CNAME", is("shop.eu-north-1.awsapprunner.com")),
                zone.hasOnly("WWW.shop.example.", "cname", "shop.eu-north-1.awsapprunner.com."),
                zone.hasOnly("shop.example", "TXT", "v=spf1 -all"),
                zone.hasAlias("shop.example", "A", "d111.cloudfront.net."));
    }

    static Stream<Integer> each() {
        return Stream.of(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_good_zone_passes(int which) {
        good();

        passes(checks(zone).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void one_that_is_not_there_fails(int which) {
        fake.hostedZone("shop.example.evil");
        fake.hostedZone("zz.example");
        fake.hostedZone("sub.shop.example");

        assertThat(fails(checks(zone).get(which)).why()).isEqualTo("there is no hosted zone shop.example");
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_private_one_does_not_count(int which) {
        good();
        there().onlyPrivate();

        assertThat(fails(checks(zone).get(which)).why()).contains("only a private one");
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_private_one_beside_it_does_not_matter(int which) {
        good();
        there().alsoPrivate();
        fake.pageSize(1);

        passes(checks(zone).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void of_two_public_ones_nobody_knows_which_counts(int which) {
        good();
        there().twice();

        assertThat(examine(checks(zone).get(which))).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("each")
    void what_stands_between_us_and_an_answer_is_unknown(int which) {
        good();

        assertThat(notUnknown("route53", checks(zone).get(which))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("each")
    void an_empty_second_answer_is_unknown_too(int which) {
        good();
        fake.fault(which == 0 ? "route53:GetHostedZone" : "route53:ListResourceRecordSets", AwsFault.empty());

        assertThat(examine(checks(zone).get(which))).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        good();
        fake.faultNext(2, "route53", AwsFault.throttled());

        passes(zone.exists());
    }

    @Test
    void its_name_servers_are_facts_and_ids_are_bare() {
        there();

        assertThat(examine(zone.exists()).facts().toString()).contains("ns-3.awsdns-03.example");
        assertThat(fake.requests("route53:GetHostedZone"))
                .singleElement()
                .matches(request ->
                        !request.parameter("Id").orElseThrow().toString().contains("/"));
    }

    @Test
    void a_record_that_is_missing_and_one_of_another_type_fail() {
        good();

        assertThat(fails(zone.hasRecord("api.shop.example", "A", is("203.0.113.4")))
                        .why())
                .isEqualTo("there is no A record of api.shop.example");
        fails(zone.hasRecord("www.shop.example", "A", is("203.0.113.4")));
    }

    @Test
    void values_are_compared_as_a_whole_or_one_by_one() {
        there().record("shop.example", "A", "203.0.113.4", "203.0.113.5");

        passes(zone.hasRecord("shop.example", "A", is("203.0.113.5")));
        passes(zone.hasOnly("shop.example", "A", "203.0.113.5", "203.0.113.4"));
        assertThat(fails(zone.hasOnly("shop.example", "A", "203.0.113.5")).why())
                .isEqualTo("shop.example A is 203.0.113.4, 203.0.113.5");
        fails(zone.hasOnly("shop.example", "A", "203.0.113.4", "203.0.113.5", "203.0.113.6"));
        fails(zone.hasAlias("shop.example", "A", "203.0.113.4"));
    }

    @Test
    void the_value_of_an_alias_is_its_target() {
        good();

        passes(zone.hasRecord("shop.example", "A", containing("cloudfront.net")));
        fails(zone.hasAlias("shop.example", "A", "d222.cloudfront.net"));
        fails(zone.hasAlias("shop.example", "AAAA", "d111.cloudfront.net"));
    }

    @Test
    void a_name_for_both_kinds_of_addresses_is_the_same_target() {
        there().alias("a.shop.example", "A", "dualstack.shop-1.eu-north-1.elb.amazonaws.com")
                .alias("b.shop.example", "A", "shop-1.eu-north-1.elb.amazonaws.com");

        for (String record : List.of("a.shop.example", "b.shop.example")) {
            passes(zone.hasAlias(record, "A", "shop-1.eu-north-1.elb.amazonaws.com"));
            passes(zone.hasAlias(record, "A", "Dualstack.shop-1.eu-north-1.elb.amazonaws.com."));
            fails(zone.hasAlias(record, "A", "dualstack.shop-2.eu-north-1.elb.amazonaws.com"));
        }
    }

    @Test
    void addresses_are_compared_as_addresses() {
        there().record("six.shop.example", "AAAA", "2001:DB8:0:0:0:0:0:1", "2001:db8::2");

        passes(zone.hasOnly("six.shop.example", "AAAA", "2001:db8::1", "2001:0db8::0002"));
        passes(zone.hasRecord("six.shop.example", "AAAA", is("2001:db8::1")));
        passes(zone.hasRecord("six.shop.example", "AAAA", is("2001:DB8:0:0:0:0:0:1")));
        fails(zone.hasOnly("six.shop.example", "AAAA", "2001:db8::1", "2001:db8::3"));
        fails(zone.hasOnly("six.shop.example", "AAAA", "2001:db8::1"));
    }

    @ParameterizedTest
    @CsvSource({
        "AAAA,2001:DB8::0:1,2001:db8::1",
        "AAAA,::,::",
        "AAAA,0:0:0:0:0:0:0:1,::1",
        "AAAA,1:0:0:2:0:0:0:3,1:0:0:2::3",
        "AAAA,1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7",
        "AAAA,fe80:0:0:0:0:0:0:0,fe80::",
        "AAAA,12345::zz,12345::zz",
        "AAAA,1::2::3,1::2::3",
        "A,203.0.113.4,203.0.113.4"
    })
    void an_address_has_one_shortest_form(String type, String value, String expected) {
        assertThat(RecordText.comparable(type, value)).isEqualTo(expected);
    }

    @Test
    void records_of_a_policy_of_routing_are_all_looked_at_on_all_pages() {
        for (String one : List.of("1", "2", "3")) {
            there().weighted("api.shop.example", "A", "w" + one, "203.0.113." + one);
        }
        there().record("b.shop.example", "A", "203.0.113.9");
        fake.pageSize(1);

        passes(zone.hasOnly("api.shop.example", "A", "203.0.113.1", "203.0.113.2", "203.0.113.3"));
        passes(zone.hasRecord("api.shop.example", "A", is("203.0.113.3")));
        assertThat(fake.requests("route53:ListResourceRecordSets")).hasSizeBetween(6, 8);
    }

    @Test
    void a_star_is_found_under_its_escape() {
        there().record("*.shop.example", "A", "203.0.113.4");

        passes(zone.hasOnly("*.shop.example", "A", "203.0.113.4"));
        fails(zone.hasOnly("www.shop.example", "A", "203.0.113.4"));
    }

    @Test
    void records_elsewhere_are_refused() {
        assertThatThrownBy(() -> zone.hasRecord("evilshop.example", "A", is("203.0.113.4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("record must be in shop.example but was evilshop.example");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "TXT, '\"a\" \"b\"', ab",
                "TXT, '\"a\\\"b\\\\\"', 'a\"b\\'",
                "TXT, plain, plain",
                "TXT, '\"a\\040b\"', a b",
                "MX, 10 Mail.Shop.Example., 10 mail.shop.example",
                "CNAME, a.example, a.example",
                "CAA, '0 issue \"amazon.com\"', '0 issue \"amazon.com\"'"
            })
    void values_are_written_in_one_way(String type, String value, String written) {
        assertThat(RecordText.value(type, value)).isEqualTo(written);
    }

    @Test
    void names_survive_anything() {
        for (String odd : new String[] {"\\", "\\05", "\\999.example", ".", "a\\052", "\\377x"}) {
            assertThat(RecordText.name(odd)).endsWith(".");
        }
    }
}
