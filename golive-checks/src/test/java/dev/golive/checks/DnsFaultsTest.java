package dev.golive.checks;

import static dev.golive.checks.DnsWorldFixture.NS1;
import static dev.golive.checks.DnsWorldFixture.NS2;
import static dev.golive.checks.DnsWorldFixture.RESOLVER;
import static dev.golive.checks.DnsWorldFixture.facts;
import static dev.golive.testkit.DnsQuery.Transport.TCP;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.testkit.DnsFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check says of each fault that the fake knows. */
@Timeout(120)
class DnsFaultsTest {

    private static final String PASSED = "passed";

    private final DnsWorldFixture world = new DnsWorldFixture();
    private final Check atResolver = Dns.of("shop.example").at(RESOLVER).contains("203.0.113.20");
    private final Check atAuthorities =
            Dns.of("shop.example").atEveryAuthoritativeServer().contains("203.0.113.20");

    @AfterEach
    void close() {
        world.close();
    }

    private static Arguments fault(DnsFault fault, String atResolver, String atServer) {
        return Arguments.of(fault.sentence(), fault, atResolver, atServer);
    }

    static List<Arguments> faults() {
        String silent = "unknown: %s did not answer within 4 s, asked twice";
        String unreadable = "unknown: %s sent an answer that cannot be read";
        String old = "shop.example has the A records 203.0.113.10, 203.0.113.11, expected also 203.0.113.20";
        String oldAtOne = "failed: 1 of 2 answers are not as expected: %s: " + old;
        String lame = "unknown: %s is lame: it answered without authority";
        return List.of(
                fault(DnsFault.servfail(), "unknown: %s answered SERVFAIL", "unknown: %s answered SERVFAIL"),
                fault(DnsFault.refused(), "unknown: %s answered REFUSED", "unknown: %s answered REFUSED"),
                fault(
                        DnsFault.nxdomain(),
                        "failed: shop.example does not exist, expected 203.0.113.20",
                        "failed: 1 of 2 answers are not as expected: %s: shop.example does not exist,"
                                + " expected 203.0.113.20"),
                fault(DnsFault.timeout(), silent, silent),
                fault(DnsFault.delay(seconds(3)), PASSED, PASSED),
                fault(DnsFault.truncated(), PASSED, PASSED),
                fault(
                        DnsFault.portClosed(),
                        "unknown: %s refused the connection",
                        "unknown: %s refused the connection"),
                fault(DnsFault.portClosed().over(TCP), PASSED, PASSED),
                fault(
                        DnsFault.lame(),
                        "unknown: %s answered with nothing, not even with what would show that there is nothing",
                        lame),
                fault(DnsFault.notAuthoritative(), PASSED, lame),
                fault(DnsFault.stale(), "failed: " + old, oldAtOne),
                fault(DnsFault.lagging(hours(1)), "failed: " + old, oldAtOne),
                fault(DnsFault.wrongId(), silent, silent),
                fault(DnsFault.wrongQuestion(), silent, silent),
                fault(DnsFault.wrongSource(), silent, silent),
                fault(DnsFault.garbage(), silent, silent),
                fault(DnsFault.wrongId().followedByRightAnswer(), PASSED, PASSED),
                fault(DnsFault.wrongQuestion().followedByRightAnswer(), PASSED, PASSED),
                fault(DnsFault.wrongSource().followedByRightAnswer(), PASSED, PASSED),
                fault(DnsFault.garbage().followedByRightAnswer(), PASSED, PASSED),
                fault(DnsFault.malformed(), unreadable, unreadable),
                fault(DnsFault.cutShort(), unreadable, unreadable),
                fault(
                        DnsFault.empty(),
                        "unknown: %s answered with nothing, not even with what would show that there is nothing",
                        "failed: 1 of 2 answers are not as expected: %s: shop.example has no A record,"
                                + " expected 203.0.113.20"),
                fault(DnsFault.formerrToEdns(), PASSED, PASSED));
    }

    @ParameterizedTest(name = "a resolver that {0}")
    @MethodSource("faults")
    void a_resolver_with_a_fault(String name, DnsFault fault, String atResolver, String atServer) {
        world.resolver.fault(fault);
        world.shop.replace("shop.example", "A", "203.0.113.20");

        assertThat(world.said(this.atResolver)).isEqualTo(atResolver.formatted("192.0.2.1"));
    }

    @ParameterizedTest(name = "a name server that {0}")
    @MethodSource("faults")
    void a_name_server_with_a_fault(String name, DnsFault fault, String atResolver, String atServer) {
        world.dns.at(NS2).fault(fault);
        world.shop.replace("shop.example", "A", "203.0.113.20");

        assertThat(world.said(atAuthorities)).isEqualTo(atServer.formatted("192.0.2.54 (ns2.shop.example)"));
    }

    @Test
    void each_kind_of_fault_is_in_the_table() {
        List<Object> kinds = faults().stream()
                .map(row -> (Object) ((DnsFault) row.get()[1]).sentence())
                .toList();
        assertThat(kinds)
                .containsAll(
                        DnsFault.catalogue().stream().map(DnsFault::sentence).toList());
    }

    @Test
    void a_truncated_answer_that_cannot_be_had_over_tcp_says_so() {
        world.resolver.fault(DnsFault.truncated()).fault(DnsFault.portClosed().over(TCP));

        assertThat(world.said(atResolver))
                .isEqualTo("unknown: 192.0.2.1 refused the connection over TCP, which it asked for");
    }

    @Test
    void where_one_resolver_has_no_answer_the_next_is_asked_and_both_are_shown() {
        world.resolver.fault(DnsFault.servfail());

        ItemResult result = world.run(Dns.of("shop.example").contains("203.0.113.10"));

        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(facts(result))
                .contains("answer of 192.0.2.1: none: answered SERVFAIL")
                .anyMatch(fact -> fact.startsWith("answer of 192.0.2.2: A 203.0.113.10, 203.0.113.11;"));
    }

    @Test
    void silent_resolvers_take_the_same_virtual_time_in_every_run() {
        world.resolver.fault(DnsFault.timeout());
        world.second.fault(DnsFault.garbage());
        Instant start = world.time.now();

        assertThat(world.said(Dns.of("shop.example").exists()))
                .isEqualTo("unknown: 192.0.2.1 did not answer within 4 s, asked twice;"
                        + " 192.0.2.2 did not answer within 1 s 800 ms, asked twice");
        assertThat(world.time.now()).isEqualTo(start.plusMillis(9_800));
    }

    @Test
    void a_resolver_that_loses_one_datagram_is_asked_again() {
        world.resolver.fault(DnsFault.timeout().first(1));
        world.second.fault(DnsFault.portClosed());

        assertThat(world.said(Dns.of("shop.example").exists())).isEqualTo(PASSED);
        assertThat(world.resolver.queries()).hasSize(2);
    }

    @Test
    void a_definite_wrong_answer_outweighs_a_missing_one() {
        world.dns.at(NS1).fault(DnsFault.stale());
        world.dns.at(NS2).fault(DnsFault.timeout());
        world.shop.replace("shop.example", "A", "203.0.113.20");

        assertThat(world.said(atAuthorities))
                .isEqualTo("failed: 1 of 2 answers are not as expected: 192.0.2.53 (ns1.shop.example): shop.example has"
                        + " the A records 203.0.113.10, 203.0.113.11, expected also 203.0.113.20; besides,"
                        + " 192.0.2.54 (ns2.shop.example) did not answer within 4 s, asked twice");
    }

    @Test
    void a_server_with_an_address_of_a_family_that_this_machine_lacks_is_seen_under_its_other_one() {
        world.shop.server("ns1.shop.example", "2001:db8::53");
        world.shop.replace("shop.example", "A", "203.0.113.20");

        ItemResult result = world.withoutIpv6().run(atAuthorities);

        assertThat(result.why()).isEmpty();
        assertThat(facts(result))
                .contains("answer of 2001:db8::53 (ns1.shop.example): none: cannot be reached from here:"
                        + " Network is unreachable");
        assertThat(world.said(Dns.zone("shop.example").serversAgree())).isEqualTo(PASSED);
    }

    @Test
    void a_server_that_has_no_other_address_was_not_seen() {
        world.shop.server("ns3.shop.example", "2001:db8::53");

        String unseen = "unknown: 2001:db8::53 (ns3.shop.example) cannot be reached from here: Network is unreachable";
        assertThat(world.withoutIpv6()
                        .said(Dns.of("shop.example")
                                .atEveryAuthoritativeServer()
                                .exists()))
                .isEqualTo(unseen);
        assertThat(world.said(Dns.zone("shop.example").serversAgree())).isEqualTo(unseen);
        assertThat(world.said(Dns.of("shop.example").at(RESOLVER, "2001:db8::1").exists()))
                .isEqualTo("unknown: 2001:db8::1 cannot be reached from here: Network is unreachable");
    }

    @Test
    void when_time_is_up_the_rest_is_not_asked() {
        world.resolver.fault(DnsFault.timeout());

        assertThat(world.said(Dns.of("shop.example").exists().timeout(seconds(1))))
                .isEqualTo("unknown: 192.0.2.1 did not answer within 980 ms;"
                        + " 192.0.2.2 was not asked, as no time was left");
    }
}
