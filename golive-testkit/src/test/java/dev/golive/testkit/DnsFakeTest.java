package dev.golive.testkit;

import static dev.golive.testkit.DnsClient.answers;
import static dev.golive.testkit.DnsClient.ask;
import static dev.golive.testkit.DnsClient.edns;
import static dev.golive.testkit.DnsClient.flag;
import static dev.golive.testkit.DnsClient.query;
import static dev.golive.testkit.DnsClient.recursive;
import static dev.golive.testkit.DnsClient.section;
import static dev.golive.testkit.DnsClient.tcp;
import static dev.golive.testkit.DnsClient.udp;
import static dev.golive.testkit.DnsQuery.Transport.TCP;
import static dev.golive.testkit.DnsQuery.Transport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(60)
class DnsFakeTest {

    private final SettableTime time = SettableTime.create();
    private final DnsFake dns = DnsFake.start(time);

    @AfterEach
    void close() {
        dns.close();
    }

    private DnsZone shop() {
        return dns.zone("shop.example")
                .server("ns1.shop.example", "192.0.2.53")
                .server("ns2.shop.example", "192.0.2.54", "2001:db8::54")
                .a("shop.example", "203.0.113.10", "203.0.113.11")
                .aaaa("@", "2001:db8::10")
                .cname("www.shop.example", "shop.example")
                .cname("api.shop.example", "svc.up.railway.example")
                .a("*.preview.shop.example", "203.0.113.77")
                .mx("shop.example", 10, "mail.shop.example")
                .txt("shop.example", "v=spf1 -all")
                .caa("shop.example", "issue", "letsencrypt.org; validationmethods=dns-01")
                .srv("_sip._tcp.shop.example", 1, 2, 5060, "sip.shop.example");
    }

    @Test
    void an_authoritative_server_answers_with_authority_and_no_recursion() {
        shop();
        Message answer = udp(dns, "192.0.2.53", "shop.example", "A");
        assertThat(answers(answer))
                .containsExactly("shop.example. 300 A 203.0.113.10", "shop.example. 300 A 203.0.113.11");
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(flag(answer, Flags.QR)).isTrue();
        assertThat(flag(answer, Flags.AA)).isTrue();
        assertThat(flag(answer, Flags.RA)).isFalse();
        assertThat(flag(answer, Flags.RD)).isFalse();
    }

    @Test
    void every_type_has_its_data() {
        shop().record("shop.example", "SSHFP", "4 2 " + "ab".repeat(32))
                .record("shop.example", "HTTPS", "1 . alpn=h2")
                .record("shop.example", "TYPE65280", "\\# 3 010203")
                .record("shop.example", "SOA", "ns1.shop.example host.shop.example 77 1 2 3 60");
        dns.zone("113.0.203.in-addr.arpa")
                .server("ns1.shop.example", "192.0.2.53")
                .ptr("203.0.113.10", "shop.example");
        dns.zone("8.b.d.0.1.0.0.2.ip6.arpa")
                .server("ns1.shop.example", "192.0.2.53")
                .ptr("2001:db8::10", "shop.example");
        assertThat(data("shop.example", "AAAA")).containsExactly("2001:db8:0:0:0:0:0:10");
        assertThat(data("shop.example", "MX")).containsExactly("10 mail.shop.example.");
        assertThat(data("shop.example", "TXT")).containsExactly("\"v=spf1 -all\"");
        assertThat(data("shop.example", "CAA"))
                .containsExactly("0 issue \"letsencrypt.org; validationmethods=dns-01\"");
        assertThat(data("_sip._tcp.shop.example", "SRV")).containsExactly("1 2 5060 sip.shop.example.");
        assertThat(data("shop.example", "NS")).containsExactly("ns1.shop.example.", "ns2.shop.example.");
        assertThat(data("shop.example", "SOA")).containsExactly("ns1.shop.example. host.shop.example. 77 1 2 3 60");
        assertThat(data("shop.example", "SSHFP")).hasSize(1);
        assertThat(data("shop.example", "HTTPS")).containsExactly("1 . alpn=h2");
        assertThat(data("shop.example", "TYPE65280")).containsExactly("\\# 3 010203");
        assertThat(data("10.113.0.203.in-addr.arpa", "PTR")).containsExactly("shop.example.");
        assertThat(data("0.1.0.0." + "0.".repeat(20) + "8.b.d.0.1.0.0.2.ip6.arpa", "PTR"))
                .containsExactly("shop.example.");
    }

    private List<String> data(String name, String type) {
        return udp(dns, "192.0.2.53", name, type).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    @Test
    void a_long_text_is_cut_into_strings_and_keeps_every_byte() {
        String key = "v=DKIM1; p=" + "é\"\\;".repeat(120);
        shop().txt("k1._domainkey.shop.example", key);
        Message answer = udp(dns, "192.0.2.53", edns(query("k1._domainkey.shop.example", "TXT"), 4096));
        var txt = (org.xbill.DNS.TXTRecord) answer.getSection(Section.ANSWER).get(0);
        assertThat(txt.getStringsAsByteArrays()).allMatch(s -> s.length <= 255).hasSize(3);
        var joined = new java.io.ByteArrayOutputStream();
        txt.getStringsAsByteArrays().forEach(joined::writeBytes);
        assertThat(joined.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(key);
    }

    @Test
    void a_name_that_does_not_exist_is_told_from_one_without_such_a_record() {
        shop();
        Message noName = udp(dns, "192.0.2.53", "nope.shop.example", "A");
        Message noData = udp(dns, "192.0.2.53", "shop.example", "SSHFP");
        Message gap = udp(dns, "192.0.2.53", "_tcp.shop.example", "A");
        assertThat(noName.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(noData.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(gap.getRcode()).isEqualTo(Rcode.NOERROR);
        for (Message negative : List.of(noName, noData, gap)) {
            assertThat(answers(negative)).isEmpty();
            assertThat(flag(negative, Flags.AA)).isTrue();
            assertThat(section(negative, Section.AUTHORITY))
                    .containsExactly("shop.example. 300 SOA ns1.shop.example. hostmaster.shop.example."
                            + " 1 7200 3600 1209600 300");
        }
    }

    @Test
    void an_alias_is_followed_inside_the_zone_and_only_there() {
        shop();
        dns.zone("railway.example")
                .server("ns.railway.example", "192.0.2.60")
                .a("svc.up.railway.example", "198.51.100.1");
        assertThat(answers(udp(dns, "192.0.2.53", "www.shop.example", "A")))
                .containsExactly(
                        "www.shop.example. 300 CNAME shop.example.",
                        "shop.example. 300 A 203.0.113.10",
                        "shop.example. 300 A 203.0.113.11");
        assertThat(answers(udp(dns, "192.0.2.53", "api.shop.example", "A")))
                .containsExactly("api.shop.example. 300 CNAME svc.up.railway.example.");
        assertThat(answers(udp(dns, "192.0.2.53", "www.shop.example", "CNAME")))
                .containsExactly("www.shop.example. 300 CNAME shop.example.");
    }

    @Test
    void a_wildcard_stands_for_names_that_do_not_exist() {
        shop().txt("known.preview.shop.example", "here");
        assertThat(answers(udp(dns, "192.0.2.53", "pr-1.preview.shop.example", "A")))
                .containsExactly("pr-1.preview.shop.example. 300 A 203.0.113.77");
        assertThat(answers(udp(dns, "192.0.2.53", "a.b.preview.shop.example", "A")))
                .containsExactly("a.b.preview.shop.example. 300 A 203.0.113.77");
        assertThat(answers(udp(dns, "192.0.2.53", "known.preview.shop.example", "A")))
                .as("a name that exists hides the wildcard")
                .isEmpty();
        assertThat(udp(dns, "192.0.2.53", "below.known.preview.shop.example", "A")
                        .getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void the_name_servers_can_be_found_by_walking_down_from_the_root() {
        dns.zone(".").server("a.root-servers.net", "198.41.0.4");
        dns.zone("example").server("ns.nic.example", "192.0.2.10").ttl(3600);
        shop();
        dns.zone("railway.example").server("ns.elsewhere.test", "192.0.2.60");

        Message fromRoot = udp(dns, "198.41.0.4", "api.shop.example", "A");
        assertThat(flag(fromRoot, Flags.AA)).isFalse();
        assertThat(answers(fromRoot)).isEmpty();
        assertThat(section(fromRoot, Section.AUTHORITY)).containsExactly("example. 300 NS ns.nic.example.");
        assertThat(section(fromRoot, Section.ADDITIONAL)).containsExactly("ns.nic.example. 300 A 192.0.2.10");

        Message fromTld = udp(dns, "192.0.2.10", "api.shop.example", "A");
        assertThat(section(fromTld, Section.AUTHORITY))
                .containsExactly("shop.example. 3600 NS ns1.shop.example.", "shop.example. 3600 NS ns2.shop.example.");
        assertThat(section(fromTld, Section.ADDITIONAL))
                .containsExactly(
                        "ns1.shop.example. 3600 A 192.0.2.53",
                        "ns2.shop.example. 3600 A 192.0.2.54",
                        "ns2.shop.example. 3600 AAAA 2001:db8:0:0:0:0:0:54");

        assertThat(section(udp(dns, "192.0.2.10", "x.railway.example", "A"), Section.ADDITIONAL))
                .as("no glue for a server that is outside the parent")
                .isEmpty();
        assertThat(udp(dns, "198.41.0.4", "nosuchtld", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answers(udp(dns, "2001:db8::54", "shop.example", "A"))).hasSize(2);
        assertThat(udp(dns, "192.0.2.10", "shop.example", "DS").getRcode())
                .as("the parent is asked for DS, and has none")
                .isEqualTo(Rcode.NOERROR);
        assertThat(flag(udp(dns, "192.0.2.10", "shop.example", "DS"), Flags.AA)).isTrue();
    }

    @Test
    void a_delegation_can_differ_from_what_the_zone_says_of_itself() {
        dns.zone("example")
                .server("ns.nic.example", "192.0.2.10")
                .delegate("shop.example", "old.shop.example", "192.0.2.99");
        shop();
        Message referral = udp(dns, "192.0.2.10", "shop.example", "A");
        assertThat(section(referral, Section.AUTHORITY)).containsExactly("shop.example. 300 NS old.shop.example.");
        assertThat(section(referral, Section.ADDITIONAL)).containsExactly("old.shop.example. 300 A 192.0.2.99");
    }

    @Test
    void a_server_outside_its_zone_has_its_address_where_its_name_is() {
        dns.zone("shop.example").server("ns1.host.example", "192.0.2.53");
        dns.zone("host.example").server("ns9.host.example", "192.0.2.60");
        assertThat(answers(udp(dns, "192.0.2.60", "ns1.host.example", "A")))
                .containsExactly("ns1.host.example. 300 A 192.0.2.53");
    }

    @Test
    void one_server_may_serve_many_zones() {
        shop();
        dns.zone("other.example").server("ns1.shop.example", "192.0.2.53").a("other.example", "203.0.113.99");
        assertThat(answers(udp(dns, "192.0.2.53", "other.example", "A")))
                .containsExactly("other.example. 300 A 203.0.113.99");
        assertThat(answers(udp(dns, "192.0.2.53", "shop.example", "A"))).hasSize(2);
        assertThat(udp(dns, "192.0.2.54", "other.example", "A").getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(dns.unscripted())
                .as("a lame delegation is a scene, not a gap in the script")
                .isEmpty();
    }

    @Test
    void a_name_in_no_zone_is_refused_and_the_fake_says_what_is_missing() {
        shop();
        dns.resolver("192.0.2.1");
        assertThat(udp(dns, "192.0.2.53", "www.forgotten.example", "A").getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(ask(dns, "192.0.2.1", "www.forgotten.example", "AAAA").getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(ask(dns, "192.0.2.1", "www.forgotten.example", "AAAA").getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(ask(dns, "192.0.2.1", "api.shop.example", "A").getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(dns.unscripted())
                .containsExactly(
                        "192.0.2.53 was asked for A of www.forgotten.example over UDP, which is in no zone of this fake"
                                + " (shop.example); add dns.zone(\"forgotten.example\")",
                        "192.0.2.1 was asked for AAAA of www.forgotten.example over UDP, but it is in no zone of this"
                                + " fake (shop.example); add dns.zone(\"forgotten.example\")",
                        "192.0.2.1 was asked for A of api.shop.example over UDP, but its alias svc.up.railway.example is"
                                + " in no zone of this fake (shop.example); add dns.zone(\"railway.example\")");
    }

    @Test
    void a_resolver_follows_aliases_across_zones_without_authority() {
        shop();
        dns.zone("railway.example")
                .server("ns.railway.example", "192.0.2.60")
                .ttl(60)
                .cname("svc.up.railway.example", "edge.railway.example")
                .a("edge.railway.example", "198.51.100.1");
        dns.resolver("192.0.2.1");
        Message answer = ask(dns, "192.0.2.1", "api.shop.example", "A");
        assertThat(answers(answer))
                .containsExactly(
                        "api.shop.example. 300 CNAME svc.up.railway.example.",
                        "svc.up.railway.example. 60 CNAME edge.railway.example.",
                        "edge.railway.example. 60 A 198.51.100.1");
        assertThat(flag(answer, Flags.RA)).isTrue();
        assertThat(flag(answer, Flags.RD)).isTrue();
        assertThat(flag(answer, Flags.AA)).isFalse();
    }

    @Test
    void a_dangling_alias_is_a_name_that_does_not_exist() {
        shop();
        dns.zone("railway.example").server("ns.railway.example", "192.0.2.60");
        dns.resolver("192.0.2.1");
        Message answer = ask(dns, "192.0.2.1", "api.shop.example", "A");
        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answers(answer)).containsExactly("api.shop.example. 300 CNAME svc.up.railway.example.");
    }

    @Test
    void aliases_in_a_circle_end() {
        shop().cname("a.shop.example", "b.shop.example").cname("b.shop.example", "a.shop.example");
        dns.resolver("192.0.2.1");
        assertThat(ask(dns, "192.0.2.1", "a.shop.example", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(udp(dns, "192.0.2.53", "a.shop.example", "A").getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void a_resolver_refuses_without_the_rd_bit() {
        shop();
        dns.resolver("192.0.2.1");
        assertThat(udp(dns, "192.0.2.1", "shop.example", "A").getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void a_resolver_keeps_an_answer_until_its_time_to_live_has_run_down() {
        DnsZone shop = shop();
        dns.resolver("192.0.2.1");
        assertThat(answers(ask(dns, "192.0.2.1", "www.shop.example", "A"))).hasSize(3);
        assertThat(ask(dns, "192.0.2.1", "new.shop.example", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);

        shop.ttl(30)
                .replace("shop.example", "A", "203.0.113.20")
                .add("new.shop.example", "A", "203.0.113.21")
                .replace("www.shop.example", "A", "203.0.113.22");
        time.pass(Duration.ofSeconds(299));
        assertThat(answers(udp(dns, "192.0.2.53", "shop.example", "A")))
                .containsExactly("shop.example. 30 A 203.0.113.20");
        assertThat(answers(ask(dns, "192.0.2.1", "shop.example", "A")))
                .containsExactly("shop.example. 1 A 203.0.113.10", "shop.example. 1 A 203.0.113.11");
        assertThat(answers(ask(dns, "192.0.2.1", "www.shop.example", "A")))
                .startsWith("www.shop.example. 1 CNAME shop.example.");
        Message stillGone = ask(dns, "192.0.2.1", "new.shop.example", "A");
        assertThat(stillGone.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(section(stillGone, Section.AUTHORITY).get(0)).startsWith("shop.example. 1 SOA");

        time.pass(Duration.ofSeconds(1));
        assertThat(answers(ask(dns, "192.0.2.1", "shop.example", "A")))
                .containsExactly("shop.example. 30 A 203.0.113.20");
        assertThat(answers(ask(dns, "192.0.2.1", "www.shop.example", "A")))
                .containsExactly("www.shop.example. 30 A 203.0.113.22");
        assertThat(ask(dns, "192.0.2.1", "new.shop.example", "A").getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void a_resolver_can_do_without_its_cache() {
        DnsZone shop = shop();
        dns.resolver("192.0.2.1").uncached();
        DnsServer other = dns.resolver("192.0.2.2");
        ask(dns, "192.0.2.1", "shop.example", "A");
        ask(dns, "192.0.2.2", "shop.example", "A");
        shop.replace("shop.example", "A", "203.0.113.20");
        assertThat(answers(ask(dns, "192.0.2.1", "shop.example", "A"))).hasSize(1);
        assertThat(answers(ask(dns, "192.0.2.2", "shop.example", "A"))).hasSize(2);
        other.flush();
        assertThat(answers(ask(dns, "192.0.2.2", "shop.example", "A"))).hasSize(1);
    }

    @Test
    void a_change_raises_the_serial_number_and_may_be_scheduled() {
        DnsZone shop = shop().serial(2026112001L);
        shop.from(SettableTime.START.plusSeconds(3600))
                .replace("shop.example", "A", "203.0.113.20")
                .remove("shop.example", "AAAA");
        assertThat(answers(udp(dns, "192.0.2.53", "shop.example", "A"))).hasSize(2);
        assertThat(data("shop.example", "SOA").get(0)).contains(" 2026112001 ");
        time.pass(Duration.ofHours(1));
        assertThat(data("shop.example", "A")).containsExactly("203.0.113.20");
        assertThat(data("shop.example", "AAAA")).isEmpty();
        assertThat(data("shop.example", "SOA").get(0)).contains(" 2026112003 ");
    }

    @Test
    void an_alias_and_addresses_replace_each_other() {
        DnsZone shop = shop();
        shop.replace("www.shop.example", "A", "203.0.113.20");
        assertThat(answers(udp(dns, "192.0.2.53", "www.shop.example", "A")))
                .containsExactly("www.shop.example. 300 A 203.0.113.20");
        shop.replace("www.shop.example", "CNAME", "edge.cdn.example");
        assertThat(answers(udp(dns, "192.0.2.53", "www.shop.example", "A")))
                .containsExactly("www.shop.example. 300 CNAME edge.cdn.example.");
        shop.remove("www.shop.example", "CNAME");
        assertThat(udp(dns, "192.0.2.53", "www.shop.example", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void what_does_not_fit_is_truncated_over_udp_and_whole_over_tcp() {
        DnsZone shop = shop();
        for (int i = 0; i < 60; i++) {
            shop.txt("big.shop.example", "text number " + i + " " + "x".repeat(40));
        }
        Message plain = udp(dns, "192.0.2.53", "big.shop.example", "TXT");
        assertThat(flag(plain, Flags.TC)).isTrue();
        assertThat(plain.numBytes()).isLessThanOrEqualTo(512);

        Message tight = udp(dns, "192.0.2.53", edns(query("big.shop.example", "TXT"), 1232));
        assertThat(flag(tight, Flags.TC)).isTrue();
        assertThat(tight.numBytes()).isBetween(13, 1232);
        assertThat(tight.getOPT()).isNotNull();

        Message roomy = udp(dns, "192.0.2.53", edns(query("big.shop.example", "TXT"), 8192));
        assertThat(flag(roomy, Flags.TC)).isFalse();
        assertThat(answers(roomy)).hasSize(60);
        assertThat(roomy.getOPT().getPayloadSize()).isEqualTo(1232);

        Message stream = tcp(dns, "192.0.2.53", query("big.shop.example", "TXT"));
        assertThat(flag(stream, Flags.TC)).isFalse();
        assertThat(answers(stream)).hasSize(60);
        assertThat(stream.getOPT()).isNull();
    }

    @Test
    void one_tcp_connection_carries_many_queries_however_they_are_cut() throws IOException {
        shop();
        try (DnsClient.Stream stream = new DnsClient.Stream(dns, "192.0.2.53")) {
            Message first = query("shop.example", "A");
            Message second = query("shop.example", "MX");
            stream.send(first.toWire(), second.toWire());
            assertThat(DnsClient.parse(stream.receive()).getHeader().getID())
                    .isEqualTo(first.getHeader().getID());
            assertThat(DnsClient.parse(stream.receive()).getHeader().getID())
                    .isEqualTo(second.getHeader().getID());
            byte[] third = query("shop.example", "TXT").toWire();
            stream.raw(new byte[] {0});
            stream.raw(new byte[] {(byte) third.length, third[0]});
            stream.raw(java.util.Arrays.copyOfRange(third, 1, third.length));
            assertThat(answers(DnsClient.parse(stream.receive()))).hasSize(1);
            stream.send(query("shop.example", "NS").toWire());
            stream.socket.shutdownOutput();
            assertThat(answers(DnsClient.parse(stream.receive()))).hasSize(2);
            assertThat(stream.bytesUntilEnd()).isZero();
        }
        assertThat(dns.at("192.0.2.53").queries()).hasSize(4).allMatch(q -> q.transport() == TCP);
    }

    @Test
    void a_large_answer_reaches_a_slow_reader_whole() throws Exception {
        DnsZone shop = shop();
        for (int i = 0; i < 220; i++) {
            shop.txt("big.shop.example", i + " " + "x".repeat(240));
        }
        byte[] query = query("big.shop.example", "TXT").toWire();
        try (DnsClient.Stream stream = new DnsClient.Stream(dns, "192.0.2.53")) {
            for (int i = 0; i < 100; i++) {
                stream.send(query);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(stream.receive().length).isGreaterThan(50_000);
            }
        }
    }

    @Test
    void the_question_comes_back_in_the_case_it_was_asked() {
        shop();
        Message answer = udp(dns, "192.0.2.53", "ShOp.eXaMpLe", "A");
        assertThat(answer.getQuestion().getName().toString()).isEqualTo("ShOp.eXaMpLe.");
        assertThat(answers(answer)).hasSize(2);
        assertThat(dns.queries().get(0).name()).isEqualTo("shop.example");
    }

    @Test
    void queries_are_recorded_with_the_logical_address() {
        shop();
        dns.resolver("192.0.2.1");
        ask(dns, "192.0.2.1", "shop.example", "A");
        time.pass(Duration.ofSeconds(3));
        tcp(dns, "2001:db8::54", edns(query("www.shop.example", "AAAA"), 1232));
        assertThat(dns.queries())
                .extracting(
                        DnsQuery::server,
                        DnsQuery::transport,
                        DnsQuery::name,
                        DnsQuery::type,
                        DnsQuery::recursionDesired,
                        DnsQuery::edns,
                        DnsQuery::at)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "192.0.2.1", UDP, "shop.example", "A", true, false, SettableTime.START),
                        org.assertj.core.groups.Tuple.tuple(
                                "2001:db8:0:0:0:0:0:54",
                                TCP,
                                "www.shop.example",
                                "AAAA",
                                false,
                                true,
                                SettableTime.START.plusSeconds(3)));
        assertThat(dns.queries().get(0)).hasToString("A shop.example at 192.0.2.1 over UDP, RD, 2026-11-20T12:00:00Z");
        dns.forgetQueries();
        assertThat(dns.queries()).isEmpty();
    }

    @Test
    void a_logical_address_leads_to_one_port_of_loopback() {
        shop();
        InetSocketAddress logical = new InetSocketAddress("192.0.2.53", 53);
        assertThat(dns.route(logical)).isEqualTo(dns.at("192.0.2.53").realAddress());
        assertThat(dns.route(logical).getAddress().isLoopbackAddress()).isTrue();
        assertThat(dns.route(InetSocketAddress.createUnresolved("192.0.2.54", 53)))
                .isNotNull()
                .isNotEqualTo(dns.route(logical));
        assertThat(dns.route(new InetSocketAddress("192.0.2.53", 853))).isNull();
        assertThat(dns.route(new InetSocketAddress("192.0.2.77", 53))).isNull();
        assertThat(dns.route(InetSocketAddress.createUnresolved("ns1.shop.example", 53)))
                .isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dns.at("192.0.2.77"))
                .withMessage("address: 192.0.2.77 is no server of this fake; it has 192.0.2.53, 192.0.2.54,"
                        + " 2001:db8:0:0:0:0:0:54");
    }

    @Test
    void what_is_no_plain_query_gets_the_code_that_the_standards_name() throws IOException {
        shop();
        Message update = Message.newUpdate(Name.fromConstantString("shop.example."));
        assertThat(udp(dns, "192.0.2.53", update).getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(udp(dns, "192.0.2.53", update).getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);

        Message none = new Message(7);
        assertThat(udp(dns, "192.0.2.53", none).getRcode()).isEqualTo(Rcode.FORMERR);

        Message chaos =
                Message.newQuery(Record.newRecord(Name.fromConstantString("version.bind."), Type.TXT, DClass.CH));
        assertThat(udp(dns, "192.0.2.53", chaos).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(udp(dns, "192.0.2.53", "shop.example", "AXFR").getRcode()).isEqualTo(Rcode.REFUSED);

        Message future = query("shop.example", "A");
        future.addRecord(new OPTRecord(1232, 0, 9), Section.ADDITIONAL);
        assertThat(udp(dns, "192.0.2.53", future).getRcode()).isEqualTo(Rcode.BADVERS);

        byte[] answer = udp(dns, "192.0.2.53", "shop.example", "A").toWire();
        assertThat(DnsClient.udpRaw(dns, "192.0.2.53", answer, 1, DnsClient.BRIEFLY))
                .as("an answer is never answered")
                .isEmpty();
    }

    @Test
    void a_server_can_say_something_else_than_its_zone() {
        shop();
        dns.resolver("192.0.2.1").override("www.shop.example", "A", "203.0.113.66");
        dns.at("192.0.2.54")
                .override("shop.example", "A", "203.0.113.66")
                .override("shop.example", "MX")
                .override("shop.example", "TXT", "old text");
        assertThat(answers(udp(dns, "192.0.2.54", "shop.example", "A")))
                .containsExactly("shop.example. 300 A 203.0.113.66");
        Message none = udp(dns, "192.0.2.54", "shop.example", "MX");
        assertThat(answers(none)).isEmpty();
        assertThat(section(none, Section.AUTHORITY)).hasSize(1);
        assertThat(answers(udp(dns, "192.0.2.54", "shop.example", "TXT")))
                .containsExactly("shop.example. 300 TXT \"old text\"");
        assertThat(answers(udp(dns, "192.0.2.53", "shop.example", "A"))).hasSize(2);
        assertThat(answers(ask(dns, "192.0.2.1", "www.shop.example", "A")))
                .containsExactly("www.shop.example. 300 A 203.0.113.66");
        dns.at("192.0.2.54").heal();
        assertThat(answers(udp(dns, "192.0.2.54", "shop.example", "A"))).hasSize(2);
    }

    @Test
    void mistakes_are_refused_with_what_is_allowed() {
        DnsZone shop = shop();
        assertThatNullPointerException().isThrownBy(() -> DnsFake.start(null)).withMessage("time");
        assertThatNullPointerException().isThrownBy(() -> shop.a(null)).withMessage("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dns.zone(" "))
                .withMessage("name: \" \" is not a domain name; expected something like shop.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dns.zone("a..b"))
                .withMessageStartingWith("name: \"a..b\" is not a domain name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.a("www", "203.0.113.1"))
                .withMessage("name: www is not in the zone shop.example; names are written whole, for example"
                        + " www.shop.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.a("x.shop.example", "host.example"))
                .withMessageStartingWith("value: \"host.example\" is not a record of type A");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.a("x.shop.example"))
                .withMessage("values: at least one is needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.cname("shop.example", "cdn.example"))
                .withMessageContaining("cannot be an alias");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.a("www.shop.example", "203.0.113.1"))
                .withMessage("name: www.shop.example would have an alias (CNAME) beside A; an alias must be alone"
                        + " (RFC 1034, section 3.6.2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.record("shop.example", "NONSENSE", "x"))
                .withMessageStartingWith("type: \"NONSENSE\" is not a type of record");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.server("ns3.shop.example", "ns3.shop.example"))
                .withMessageStartingWith("address: \"ns3.shop.example\" is not an address");
        assertThatIllegalArgumentException().isThrownBy(() -> shop.mx("shop.example", -1, "m.shop.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> shop.ttl(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> shop.serial(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> shop.caa("shop.example", "no-tag", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.delegate("sub.shop.example", "ns.other.example", "192.0.2.7"))
                .withMessageStartingWith("glue: ns.other.example is outside shop.example");
        assertThatIllegalArgumentException().isThrownBy(() -> dns.at("192.0.2.99"));
    }

    @Test
    void names_in_other_scripts_are_converted() {
        dns.zone("blåbær.example").server("ns.blåbær.example", "192.0.2.53").a("blåbær.example", "203.0.113.1");
        assertThat(answers(udp(dns, "192.0.2.53", "xn--blbr-roah.example", "A")))
                .hasSize(1);
    }

    @Test
    void nothing_is_left_after_close() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        SettableTime turns = SettableTime.whereThreadsTakeTurns();
        for (TimeSource source : List.of(turns, TimeSource.system())) {
            DnsFake fake = DnsFake.start(source);
            fake.zone("shop.example").server("ns1.shop.example", "192.0.2.53").a("shop.example", "203.0.113.10");
            fake.at("192.0.2.53").fault(DnsFault.delay(Duration.ofHours(1)));
            InetSocketAddress real = fake.at("192.0.2.53").realAddress();
            byte[] query = query("shop.example", "A").toWire();
            assertThat(DnsClient.udpRaw(fake, "192.0.2.53", query, 1, DnsClient.BRIEFLY))
                    .isEmpty();
            try (DnsClient.Stream stream = new DnsClient.Stream(fake, "192.0.2.53")) {
                stream.send(query);
                if (source == turns) {
                    turns.sleeps(2);
                }
                fake.close();
                assertThat(stream.bytesUntilEnd()).isZero();
            }
            fake.close();
            assertThatIllegalStateException().isThrownBy(() -> fake.resolver("192.0.2.1"));
            try (java.net.ServerSocket tcp = new java.net.ServerSocket(real.getPort(), 1, real.getAddress());
                    java.net.DatagramSocket udp = new java.net.DatagramSocket(real)) {
                assertThat(tcp.isBound() && udp.isBound())
                        .as("the port is free again")
                        .isTrue();
            }
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> !before.contains(t)
                                && t.isAlive()
                                && t.getName().startsWith("golive-dns-fake"))
                        .collect(Collectors.toSet()))
                .isEmpty();
    }

    @Test
    void faults_and_data_may_change_while_queries_come() throws Exception {
        DnsZone shop = shop();
        dns.resolver("192.0.2.1").uncached();
        Thread changes = new Thread(() -> {
            for (int i = 0; i < 200; i++) {
                shop.replace("shop.example", "A", "203.0.113." + i);
                dns.at("192.0.2.54").fault(DnsFault.servfail()).heal();
                dns.zone("zone" + i + ".example").server("ns.zone" + i + ".example", "192.0.2.53");
            }
        });
        changes.start();
        while (changes.isAlive()) {
            assertThat(answers(ask(dns, "192.0.2.1", "shop.example", "A"))).isNotEmpty();
        }
        changes.join();
        assertThat(data("shop.example", "A")).containsExactly("203.0.113.199");
    }

    @Test
    void thousands_of_queries_of_many_clients_are_all_answered_and_recorded() throws Exception {
        shop();
        dns.resolver("192.0.2.1");
        List<Thread> clients = java.util.stream.IntStream.range(0, 4)
                .mapToObj(c -> new Thread(() -> {
                    for (int i = 0; i < 500; i++) {
                        assertThat(answers(udp(dns, "192.0.2.1", recursive("shop.example", "A"))))
                                .hasSize(2);
                    }
                }))
                .toList();
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(dns.queries()).hasSize(2_000);
    }
}
