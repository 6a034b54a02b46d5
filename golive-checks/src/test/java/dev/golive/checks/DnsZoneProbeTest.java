package dev.golive.checks;

import static dev.golive.checks.DnsWorldFixture.NS1;
import static dev.golive.checks.DnsWorldFixture.NS2;
import static dev.golive.checks.DnsWorldFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.testkit.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsZoneProbeTest {

    private final DnsWorldFixture world = new DnsWorldFixture();
    private final Check agree = Dns.zone("shop.example").serversAgree();
    private final Check delegation = Dns.zone("shop.example").delegationMatches();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void servers_with_the_same_serial_number_agree() {
        assertThat(world.said(agree)).isEqualTo("passed");
        assertThat(facts(world.run(agree))).contains("serial: 1", "name servers: ns1.shop.example, ns2.shop.example");
    }

    @Test
    void a_server_that_missed_a_change_is_named() {
        world.dns.at(NS2).fault(DnsFault.stale());
        world.shop.replace("shop.example", "A", "203.0.113.20");

        assertThat(world.said(agree))
                .isEqualTo("failed: 192.0.2.54 (ns2.shop.example) has serial 1;"
                        + " 192.0.2.53 (ns1.shop.example) has serial 2");
    }

    @Test
    void a_lame_server_is_wrong_and_a_broken_one_unknown() {
        world.dns.at(NS2).fault(DnsFault.lame());
        assertThat(world.said(agree))
                .isEqualTo("failed: 192.0.2.54 (ns2.shop.example) is lame: it answered without authority");

        world.dns.at(NS2).heal().fault(DnsFault.servfail());
        assertThat(world.said(agree)).isEqualTo("unknown: 192.0.2.54 (ns2.shop.example) answered SERVFAIL");
    }

    @Test
    void a_silent_server_is_unreachable() {
        world.dns.at(NS2).fault(DnsFault.timeout());
        assertThat(world.said(agree))
                .contains("unknown: 192.0.2.54 (ns2.shop.example) did not answer within 4 s, asked twice");
    }

    @Test
    void a_name_server_without_an_address_is_wrong() {
        world.shop.ns("shop.example", "ns3.shop.example");
        assertThat(world.said(agree)).isEqualTo("failed: the name server ns3.shop.example has no address");
    }

    @Test
    void a_name_inside_a_zone_is_no_zone() {
        assertThat(world.said(Dns.zone("www.shop.example").serversAgree()))
                .isEqualTo("failed: www.shop.example is no zone of its own: it is in the zone shop.example");
    }

    @Test
    void the_delegation_must_name_the_servers_of_the_zone() {
        assertThat(world.said(delegation)).isEqualTo("passed");

        world.dns.zone("example").delegate("shop.example", "ns1.shop.example", NS1);
        assertThat(world.said(delegation))
                .isEqualTo("failed: 192.0.2.100 (a.nic.example) has name servers ns1.shop.example;"
                        + " 192.0.2.53 (ns1.shop.example), 192.0.2.54 (ns2.shop.example) have name servers"
                        + " ns1.shop.example, ns2.shop.example");
    }

    @Test
    void sentences_and_arguments() {
        assertThat(agree.sentence()).isEqualTo("the name servers of shop.example have the same version of the zone");
        assertThat(agree.touches()).extracting("name").containsExactly("shop.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dns.zone("https://shop.example"))
                .withMessageStartingWith("name must be a domain name such as shop.example");
    }

    @Test
    void a_zone_that_no_resolver_can_answer_for_yet_is_found_from_above_by_its_glue() {
        for (String name : new String[] {"shop.example", "www.shop.example", "ns1.shop.example", "ns2.shop.example"}) {
            world.resolver.fault(DnsFault.servfail().forName(name));
            world.second.fault(DnsFault.servfail().forName(name));
        }

        assertThat(world.said(agree)).isEqualTo("passed");
        Check everywhere = Dns.of("shop.example")
                .type(RecordType.A)
                .atEveryAuthoritativeServer()
                .exactly("203.0.113.10", "203.0.113.11");
        assertThat(world.said(everywhere)).isEqualTo("passed");
        assertThat(facts(world.run(everywhere)).toString())
                .contains("192.0.2.53 (ns1.shop.example)", "192.0.2.54 (ns2.shop.example)");
        assertThat(world.said(
                        Dns.of("mail.shop.example").atEveryAuthoritativeServer().doesNotExist()))
                .isEqualTo("passed");
    }
}
