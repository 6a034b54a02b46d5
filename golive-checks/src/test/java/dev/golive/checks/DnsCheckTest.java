package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.startingWith;
import static dev.golive.checks.DnsWorldFixture.NS2;
import static dev.golive.checks.DnsWorldFixture.RESOLVER;
import static dev.golive.checks.DnsWorldFixture.SECOND;
import static dev.golive.checks.DnsWorldFixture.facts;
import static dev.golive.checks.RecordType.A;
import static dev.golive.checks.RecordType.AAAA;
import static dev.golive.checks.RecordType.CAA;
import static dev.golive.checks.RecordType.CNAME;
import static dev.golive.checks.RecordType.MX;
import static dev.golive.checks.RecordType.TXT;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.testkit.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsCheckTest {

    private final DnsWorldFixture world = new DnsWorldFixture();
    private final DnsProbe shop = Dns.of("shop.example");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void records_are_compared_by_what_they_mean() {
        assertThat(world.said(shop.type(A).exists())).isEqualTo("passed");
        assertThat(world.said(shop.type(A).contains("203.0.113.11"))).isEqualTo("passed");
        assertThat(world.said(shop.type(A).exactly("203.0.113.11", "203.0.113.10")))
                .isEqualTo("passed");
        assertThat(world.said(shop.type(A).containsNone("203.0.113.99"))).isEqualTo("passed");
        assertThat(world.said(shop.type(A).count(atLeast(2)))).isEqualTo("passed");
        assertThat(world.said(shop.type(MX).exactly("10 MAIL.shop.example."))).isEqualTo("passed");
        assertThat(world.said(shop.type(CAA).contains("0 issue \"letsencrypt.org\"")))
                .isEqualTo("passed");
        assertThat(world.said(shop.type(TXT).matching(startingWith("v=spf1")))).isEqualTo("passed");
        assertThat(world.said(shop.type(TXT).exactly("v=spf1 mx -all"))).isEqualTo("passed");
    }

    @Test
    void what_is_not_as_expected_says_what_is_there() {
        assertThat(world.said(shop.type(A).exactly("203.0.113.10")))
                .isEqualTo("failed: shop.example has the A records 203.0.113.10, 203.0.113.11,"
                        + " expected exactly 203.0.113.10");
        assertThat(world.said(shop.type(A).contains("203.0.113.20")))
                .isEqualTo("failed: shop.example has the A records 203.0.113.10, 203.0.113.11,"
                        + " expected also 203.0.113.20");
        assertThat(world.said(shop.type(AAAA).exists())).isEqualTo("failed: shop.example has no AAAA record");
        assertThat(world.said(Dns.of("api.shop.example").type(A).exists()))
                .isEqualTo("failed: api.shop.example does not exist");
        assertThat(world.said(shop.type(A).doesNotExist()))
                .isEqualTo("failed: shop.example has the A records 203.0.113.10, 203.0.113.11, expected none");
        assertThat(world.said(shop.type(A).ttl(atMost(minutes(1)))))
                .isEqualTo("failed: the A records of shop.example have a TTL of 5 min, expected at most 1 min");
    }

    @Test
    void absence_is_an_answer() {
        assertThat(world.said(shop.type(AAAA).doesNotExist())).isEqualTo("passed");
        assertThat(world.said(Dns.of("api.shop.example").doesNotExist())).isEqualTo("passed");
        assertThat(world.said(Dns.of("api.shop.example").rcode("nxdomain"))).isEqualTo("passed");
    }

    @Test
    void an_alias_is_followed() {
        ItemResult result = world.run(Dns.of("www.shop.example").exactly("203.0.113.10", "203.0.113.11"));

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(facts(result))
                .contains("answer of 192.0.2.1: www.shop.example -> shop.example; A 203.0.113.10, 203.0.113.11;"
                        + " TTL 5 min; NOERROR (expected 203.0.113.10, 203.0.113.11)");
    }

    @Test
    void several_expectations_are_one_question() {
        assertThat(world.said(
                        shop.type(A).contains("203.0.113.10").ttl(minutes(5)).count(2)))
                .isEqualTo("passed");
        assertThat(world.resolver.queries()).hasSize(1);
    }

    @Test
    void each_named_resolver_must_have_the_record() {
        world.second.override("shop.example", "A", "203.0.113.20");

        ItemResult result = world.run(shop.type(A).at(RESOLVER, SECOND).containsNone("203.0.113.20"));

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why())
                .isEqualTo("1 of 2 answers are not as expected: 192.0.2.2: shop.example has the A record 203.0.113.20,"
                        + " expected none of 203.0.113.20");
    }

    @Test
    void the_name_servers_of_the_zone_are_found_and_asked() {
        ItemResult result = world.run(
                Dns.of("www.shop.example").atEveryAuthoritativeServer().contains("203.0.113.10"));

        assertThat(result.why()).isEmpty();
        assertThat(facts(result))
                .contains("zone: shop.example", "name servers: ns1.shop.example, ns2.shop.example")
                .anyMatch(fact -> fact.startsWith(
                        "answer of 192.0.2.54 (ns2.shop.example): www.shop.example -> shop.example; A 203.0.113.10,"));
        assertThat(world.dns.at(NS2).queries()).allMatch(query -> !query.recursionDesired());
    }

    @Test
    void a_flattened_alias_says_how_to_prove_it() {
        assertThat(world.said(shop.type(CNAME).exists()))
                .startsWith(
                        "failed: shop.example answers with addresses only (203.0.113.10, 203.0.113.11), so an alias");
        assertThat(world.said(shop.pointsTo("shop.cdn.example")))
                .startsWith("failed: shop.example answers with addresses");
        assertThat(world.said(Dns.of("www.shop.example").pointsTo("shop.example")))
                .isEqualTo("passed");
        assertThat(world.said(Dns.of("www.shop.example").pointsTo("shop.cdn.example")))
                .isEqualTo("failed: www.shop.example -> shop.example, expected shop.cdn.example");
    }

    @Test
    void caa_records_are_inherited_from_the_names_above() {
        ItemResult result = world.run(Dns.of("api.shop.example").type(CAA).exists());

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(facts(result))
                .anyMatch(fact ->
                        fact.startsWith("answer of 192.0.2.1: from shop.example; CAA 0 issue \"letsencrypt.org\";"));
        assertThat(world.said(
                        Dns.of("api.shop.example").type(CAA).notInherited().exists()))
                .isEqualTo("failed: api.shop.example does not exist");
        assertThat(world.said(Dns.of("other.example").type(CAA).exists()))
                .isEqualTo("failed: other.example has no CAA record");
    }

    @Test
    void a_dangling_alias_is_named() {
        world.shop.cname("old.shop.example", "gone.shop.example");

        assertThat(world.said(Dns.of("old.shop.example").noDanglingCname()))
                .isEqualTo(
                        "failed: old.shop.example is an alias of gone.shop.example, which does not exist (dangling)");
        assertThat(world.said(Dns.of("old.shop.example").exists()))
                .isEqualTo("failed: old.shop.example is an alias of gone.shop.example, which does not exist");
        assertThat(world.said(Dns.of("www.shop.example").noDanglingCname())).isEqualTo("passed");
        assertThat(world.said(shop.noDanglingCname())).isEqualTo("passed");
        assertThat(world.said(Dns.of("none.shop.example").noDanglingCname()))
                .isEqualTo("failed: none.shop.example does not exist");
    }

    @Test
    void aliases_that_go_round_in_a_circle_are_shown() {
        world.shop.cname("a.shop.example", "b.shop.example").cname("b.shop.example", "a.shop.example");

        assertThat(world.said(Dns.of("a.shop.example").pointsTo("b.shop.example")))
                .isEqualTo("failed: the aliases of a.shop.example go round in a circle:"
                        + " a.shop.example -> b.shop.example -> a.shop.example");
        assertThat(world.said(
                        Dns.of("a.shop.example").atEveryAuthoritativeServer().exists()))
                .contains("a.shop.example go round in a circle");
    }

    @Test
    void an_alias_out_of_the_zone_is_followed_by_way_of_the_resolvers() {
        world.shop.cname("cdn.shop.example", "edge.other.example");
        world.dns
                .zone("other.example")
                .server("ns1.other.example", "192.0.2.60")
                .a("edge.other.example", "203.0.113.77");

        ItemResult result = world.run(
                Dns.of("cdn.shop.example").atEveryAuthoritativeServer().resolvesTo("203.0.113.77"));

        assertThat(result.why()).isEmpty();
        assertThat(world.dns.at(NS2).queries()).allMatch(query -> query.name().endsWith("shop.example"));
    }

    @Test
    void everywhere_means_each_resolver_and_each_name_server() {
        world.dns.at(NS2).override("shop.example", "A", "203.0.113.20");
        world.second.override("shop.example", "A", "203.0.113.30");

        assertThat(world.said(shop.everywhere().containsNone("203.0.113.20", "203.0.113.30")))
                .isEqualTo("failed: 2 of 4 answers are not as expected:"
                        + " 192.0.2.2: shop.example has the A record 203.0.113.30,"
                        + " expected none of 203.0.113.20, 203.0.113.30;"
                        + " 192.0.2.54 (ns2.shop.example): shop.example has the A record 203.0.113.20,"
                        + " expected none of 203.0.113.20, 203.0.113.30");
        assertThat(world.said(shop.everywhere().type(MX).exists())).isEqualTo("passed");
    }

    @Test
    void private_addresses_of_a_public_name_are_not_the_public_view() {
        world.resolver.override("shop.example", "A", "10.0.0.7");

        assertThat(world.said(shop.exists()))
                .isEqualTo("unknown: shop.example has only private addresses here (10.0.0.7),"
                        + " so this is not the public view");
        assertThat(world.said(shop.containsNone("203.0.113.20"))).startsWith("unknown");
        assertThat(world.said(shop.exactly("10.0.0.7"))).isEqualTo("passed");
    }

    @Test
    void addresses_of_both_families_and_of_the_way_back() {
        world.shop.aaaa("shop.example", "2001:db8::10");
        world.dns.zone("113.0.203.in-addr.arpa").ptr("203.0.113.10", "shop.example");

        assertThat(world.said(shop.resolvesTo("203.0.113.10", "203.0.113.11", "2001:DB8:0::10")))
                .isEqualTo("passed");
        assertThat(world.said(shop.resolvesTo("203.0.113.10", "203.0.113.11"))).isEqualTo("passed");
        assertThat(world.said(shop.resolvesTo("203.0.113.10", "2001:db8::11")))
                .isEqualTo("failed: shop.example has the A records 203.0.113.10, 203.0.113.11,"
                        + " expected exactly 203.0.113.10; shop.example has the AAAA record 2001:db8::10,"
                        + " expected exactly 2001:db8::11");
        assertThat(world.said(Dns.of("203.0.113.10").exactly("shop.example"))).isEqualTo("passed");
    }

    @Test
    void a_code_is_an_answer_where_it_is_asked_for() {
        world.resolver.fault(DnsFault.refused());

        assertThat(world.said(shop.at(RESOLVER).rcode("REFUSED"))).isEqualTo("passed");
        assertThat(world.said(shop.at(RESOLVER).rcode("NOERROR")))
                .isEqualTo("failed: the answer for A of shop.example is REFUSED, expected \"NOERROR\"");
        assertThat(world.said(shop.at(RESOLVER).rcode("REFUSED").exists()))
                .isEqualTo("unknown: 192.0.2.1 answered REFUSED");
    }

    @Test
    void a_name_whose_zone_nobody_finds_is_unknown() {
        world.resolver.fault(DnsFault.servfail());
        world.second.fault(DnsFault.servfail());

        assertThat(world.said(shop.atEveryAuthoritativeServer().exists()))
                .isEqualTo("unknown: the name servers of shop.example could not be found:"
                        + " 192.0.2.1 answered SERVFAIL; 192.0.2.2 answered SERVFAIL");
    }
}
