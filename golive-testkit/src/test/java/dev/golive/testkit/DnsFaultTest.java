package dev.golive.testkit;

import static dev.golive.testkit.DnsClient.answers;
import static dev.golive.testkit.DnsClient.ask;
import static dev.golive.testkit.DnsClient.edns;
import static dev.golive.testkit.DnsClient.flag;
import static dev.golive.testkit.DnsClient.query;
import static dev.golive.testkit.DnsClient.section;
import static dev.golive.testkit.DnsClient.silentOverUdp;
import static dev.golive.testkit.DnsClient.tcp;
import static dev.golive.testkit.DnsClient.udp;
import static dev.golive.testkit.DnsClient.udpRaw;
import static dev.golive.testkit.DnsQuery.Transport.TCP;
import static dev.golive.testkit.DnsQuery.Transport.UDP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.time.TimeSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.WireParseException;

@Timeout(60)
class DnsFaultTest {

    private static final String NS1 = "192.0.2.53";
    private static final String NS2 = "192.0.2.54";

    private final SettableTime time = SettableTime.create();
    private final DnsFake dns = DnsFake.start(time);
    private final DnsZone shop = shop(dns);

    private static DnsZone shop(DnsFake dns) {
        return dns.zone("shop.example")
                .server("ns1.shop.example", NS1)
                .server("ns2.shop.example", NS2)
                .a("shop.example", "203.0.113.10")
                .txt("shop.example", "v=spf1 -all");
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private Message both(DnsFault fault) {
        DnsServer server = dns.at(NS2).heal().fault(fault);
        Message over = udp(dns, NS2, "shop.example", "A");
        assertThat(tcp(dns, NS2, query("shop.example", "A")).getRcode()).isEqualTo(over.getRcode());
        assertThat(answers(udp(dns, NS1, "shop.example", "A")))
                .as("another server is not concerned")
                .hasSize(1);
        server.heal();
        assertThat(answers(udp(dns, NS2, "shop.example", "A"))).hasSize(1);
        return over;
    }

    @Test
    void an_error_code_is_answered_over_both_transports() {
        assertThat(both(DnsFault.servfail()).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(both(DnsFault.refused()).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(both(DnsFault.rcode("notimp")).getRcode()).isEqualTo(Rcode.NOTIMP);
        Message lie = both(DnsFault.nxdomain());
        assertThat(lie.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(flag(lie, Flags.AA)).isTrue();
        assertThat(section(lie, Section.AUTHORITY)).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsFault.rcode("NOERROR"))
                .withMessageContaining("expected for example SERVFAIL");
    }

    @Test
    void a_lying_resolver_denies_a_name_like_a_resolver() {
        dns.resolver("192.0.2.1").fault(DnsFault.nxdomain());
        Message lie = ask(dns, "192.0.2.1", "shop.example", "A");
        assertThat(lie.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(flag(lie, Flags.AA)).isFalse();
        assertThat(flag(lie, Flags.RA)).isTrue();
        assertThat(section(lie, Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void an_answer_may_lack_authority_or_content() {
        Message lame = both(DnsFault.lame());
        assertThat(lame.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(flag(lame, Flags.AA)).isFalse();
        assertThat(answers(lame)).isEmpty();
        assertThat(section(lame, Section.AUTHORITY)).containsExactly(". 518400 NS a.root-servers.net.");

        Message hearsay = both(DnsFault.notAuthoritative());
        assertThat(flag(hearsay, Flags.AA)).isFalse();
        assertThat(answers(hearsay)).hasSize(1);

        Message empty = both(DnsFault.empty());
        assertThat(flag(empty, Flags.AA)).isTrue();
        assertThat(answers(empty)).isEmpty();
        assertThat(section(empty, Section.AUTHORITY)).isEmpty();
    }

    @Test
    void a_silent_server_does_not_hold_up_other_queries_and_keeps_tcp_connections() throws IOException {
        dns.at(NS2).fault(DnsFault.timeout().forName("shop.example"));
        try (DnsClient.Stream stream = new DnsClient.Stream(dns, NS2)) {
            stream.send(query("shop.example", "A").toWire());
            assertThat(silentOverUdp(dns, NS2, query("shop.example", "A"))).isTrue();
            assertThat(answers(udp(dns, NS2, "ns1.shop.example", "A"))).hasSize(1);
            stream.send(query("ns1.shop.example", "A").toWire());
            assertThat(DnsClient.parse(stream.receive()).getQuestion().getName())
                    .as("the first query stays unanswered")
                    .hasToString("ns1.shop.example.");
        }
        assertThat(dns.at(NS2).queries()).hasSize(4);
    }

    @Test
    void where_threads_take_turns_silence_sleeps_until_the_exchange_is_given_up() throws Exception {
        SettableTime turns = SettableTime.whereThreadsTakeTurns();
        try (DnsFake fake = DnsFake.start(turns)) {
            shop(fake).server("ns2.shop.example", NS2);
            fake.at(NS2).fault(DnsFault.timeout().forType("A"));
            fake.at(NS1).fault(DnsFault.wrongId());
            assertThat(silentOverUdp(fake, NS2, query("shop.example", "A"))).isTrue();
            assertThat(turns.sleeps(1).get(0)).isAfter(SettableTime.START.plus(Duration.ofDays(365)));
            assertThat(udpRaw(fake, NS1, query("shop.example", "A").toWire(), 2, DnsClient.BRIEFLY))
                    .hasSize(1);
            assertThat(turns.sleeps(2)).hasSize(2);
            assertThat(answers(udp(fake, NS2, "shop.example", "TXT")))
                    .as("who sleeps does not hold up others")
                    .hasSize(1);
        }
    }

    @Test
    void where_threads_take_turns_a_delay_sleeps_and_then_answers() throws Exception {
        SettableTime turns = SettableTime.whereThreadsTakeTurns();
        try (DnsFake fake = DnsFake.start(turns)) {
            shop(fake);
            fake.at(NS1).fault(DnsFault.delay(Duration.ofSeconds(20))).fault(DnsFault.delay(Duration.ofSeconds(10)));
            try (DnsClient.Stream stream = new DnsClient.Stream(fake, NS1)) {
                stream.send(query("shop.example", "A").toWire());
                assertThat(turns.sleeps(1)).containsExactly(SettableTime.START.plusSeconds(30));
                turns.pass(Duration.ofSeconds(30));
                assertThat(answers(DnsClient.parse(stream.receive()))).hasSize(1);
            }
        }
    }

    @Test
    void on_the_systems_clock_a_delayed_answer_comes_late_without_a_thread_that_waits() throws Exception {
        TimeSource system = TimeSource.system();
        try (DnsFake fake = DnsFake.start(system)) {
            shop(fake);
            fake.at(NS2).fault(DnsFault.delay(Duration.ofMillis(80))).fault(DnsFault.servfail());
            Duration before = system.elapsed();
            assertThat(udp(fake, NS2, "shop.example", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(system.elapsed().minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(75));
            assertThat(tcp(fake, NS2, query("shop.example", "A")).getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(t -> t.getName().startsWith("golive-dns-fake-sleeper"));
        }
    }

    @Test
    void truncated_answers_are_whole_over_tcp_unless_tcp_is_closed() {
        dns.at(NS2).fault(DnsFault.truncated());
        Message cut = udp(dns, NS2, "shop.example", "A");
        assertThat(flag(cut, Flags.TC)).isTrue();
        assertThat(answers(cut)).isEmpty();
        assertThat(answers(tcp(dns, NS2, query("shop.example", "A")))).hasSize(1);

        dns.at(NS2).fault(DnsFault.portClosed().over(TCP));
        assertThat(flag(udp(dns, NS2, "shop.example", "A"), Flags.TC)).isTrue();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> tcp(dns, NS2, query("shop.example", "A")))
                .withCauseInstanceOf(ConnectException.class);

        dns.at(NS2).heal();
        assertThat(answers(tcp(dns, NS2, query("shop.example", "A")))).hasSize(1);
        assertThat(answers(udp(dns, NS2, "shop.example", "A"))).hasSize(1);
    }

    @Test
    void a_closed_port_is_refused_by_the_system_and_stays_the_same_port() throws IOException {
        int port = dns.at(NS2).realAddress().getPort();
        for (int round = 0; round < 3; round++) {
            dns.at(NS2).fault(DnsFault.portClosed());
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(5_000);
                socket.connect(dns.at(NS2).realAddress());
                byte[] query = query("shop.example", "A").toWire();
                socket.send(new DatagramPacket(query, query.length));
                assertThatExceptionOfType(PortUnreachableException.class)
                        .isThrownBy(() -> socket.receive(new DatagramPacket(new byte[512], 512)));
            }
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> tcp(dns, NS2, query("shop.example", "A")))
                    .withCauseInstanceOf(ConnectException.class);
            dns.at(NS2).heal();
            assertThat(dns.at(NS2).realAddress().getPort()).isEqualTo(port);
            assertThat(answers(udp(dns, NS2, "shop.example", "A"))).hasSize(1);
            assertThat(answers(tcp(dns, NS2, query("shop.example", "A")))).hasSize(1);
        }
    }

    @Test
    void an_answer_that_must_be_ignored_is_wrong_in_exactly_one_way() throws IOException {
        Message query = query("shop.example", "A");
        int id = query.getHeader().getID();
        int port = dns.at(NS2).realAddress().getPort();

        dns.at(NS2).fault(DnsFault.wrongId());
        List<DnsClient.Datagram> got = udpRaw(dns, NS2, query.toWire(), 2, DnsClient.BRIEFLY);
        assertThat(got).hasSize(1);
        Message lie = DnsClient.parse(got.get(0).bytes());
        assertThat(lie.getHeader().getID()).isNotEqualTo(id);
        assertThat(answers(lie)).containsExactly("shop.example. 300 A 198.51.100.66");

        dns.at(NS2).heal().fault(DnsFault.wrongQuestion());
        lie = DnsClient.parse(
                udpRaw(dns, NS2, query.toWire(), 1, DnsClient.PATIENCE).get(0).bytes());
        assertThat(lie.getHeader().getID()).isEqualTo(id);
        assertThat(lie.getQuestion().getName()).hasToString("forged.invalid.");

        dns.at(NS2).heal().fault(DnsFault.wrongSource());
        got = udpRaw(dns, NS2, query.toWire(), 2, DnsClient.BRIEFLY);
        assertThat(got).hasSize(1);
        assertThat(got.get(0).port()).isNotEqualTo(port);
        assertThat(answers(DnsClient.parse(got.get(0).bytes()))).containsExactly("shop.example. 300 A 198.51.100.66");
        assertThat(answers(tcp(dns, NS2, query))).containsExactly("shop.example. 300 A 203.0.113.10");

        dns.at(NS2).heal().fault(DnsFault.garbage());
        byte[] noise =
                udpRaw(dns, NS2, query.toWire(), 1, DnsClient.PATIENCE).get(0).bytes();
        assertThat((noise[0] & 0xFF) << 8 | noise[1] & 0xFF).isNotEqualTo(id);
    }

    @Test
    void the_right_answer_may_follow_the_forged_one() throws IOException {
        Message query = query("shop.example", "A");
        for (DnsFault.Forged forged :
                List.of(DnsFault.wrongId(), DnsFault.wrongQuestion(), DnsFault.wrongSource(), DnsFault.garbage())) {
            dns.at(NS2).heal().fault(forged.followedByRightAnswer());
            List<DnsClient.Datagram> got = udpRaw(dns, NS2, query.toWire(), 2, DnsClient.PATIENCE);
            assertThat(got).hasSize(2);
            assertThat(answers(DnsClient.parse(got.get(1).bytes())))
                    .containsExactly("shop.example. 300 A 203.0.113.10");
            assertThat(got.get(1).port()).isEqualTo(dns.at(NS2).realAddress().getPort());
        }
    }

    @Test
    void over_tcp_the_connection_ends_after_a_forged_answer() throws IOException {
        for (DnsFault fault : List.of(DnsFault.wrongId(), DnsFault.wrongQuestion(), DnsFault.garbage())) {
            dns.at(NS2).heal().fault(fault);
            try (DnsClient.Stream stream = new DnsClient.Stream(dns, NS2)) {
                stream.send(query("shop.example", "A").toWire());
                assertThat(stream.receive()).isNotEmpty();
                assertThat(stream.bytesUntilEnd()).isZero();
            }
        }
    }

    @Test
    void a_malformed_answer_has_the_right_id_and_does_not_parse() {
        dns.at(NS2).fault(DnsFault.malformed());
        Message query = edns(query("shop.example", "A"), 1232);
        byte[] answer =
                udpRaw(dns, NS2, query.toWire(), 1, DnsClient.PATIENCE).get(0).bytes();
        assertThat((answer[0] & 0xFF) << 8 | answer[1] & 0xFF)
                .isEqualTo(query.getHeader().getID());
        assertThatExceptionOfType(WireParseException.class).isThrownBy(() -> new Message(answer));
    }

    @Test
    void half_an_answer_ends_in_the_middle() throws IOException {
        dns.at(NS2).fault(DnsFault.cutShort());
        byte[] half = udpRaw(dns, NS2, query("shop.example", "A").toWire(), 1, DnsClient.PATIENCE)
                .get(0)
                .bytes();
        assertThatExceptionOfType(WireParseException.class).isThrownBy(() -> new Message(half));
        try (DnsClient.Stream stream = new DnsClient.Stream(dns, NS2)) {
            stream.send(query("shop.example", "A").toWire());
            assertThatExceptionOfType(EOFException.class).isThrownBy(stream::receive);
        }
    }

    @Test
    void a_server_without_edns_refuses_the_format_of_queries_with_it() {
        dns.at(NS2).fault(DnsFault.formerrToEdns());
        Message refusal = udp(dns, NS2, edns(query("shop.example", "A"), 1232));
        assertThat(refusal.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(refusal.getOPT()).isNull();
        assertThat(answers(udp(dns, NS2, "shop.example", "A"))).hasSize(1);
    }

    @Test
    void a_change_reaches_a_server_late() {
        Instant later = SettableTime.START.plus(Duration.ofHours(2));
        dns.at(NS2).fault(DnsFault.staleUntil(later));
        shop.replace("shop.example", "A", "203.0.113.20");
        assertThat(address(NS1)).isEqualTo("203.0.113.20");
        assertThat(address(NS2)).isEqualTo("203.0.113.10");
        time.pass(Duration.ofHours(2));
        assertThat(address(NS2)).isEqualTo("203.0.113.20");

        dns.at(NS1).fault(DnsFault.lagging(Duration.ofMinutes(10)));
        dns.at(NS2).heal().fault(DnsFault.stale());
        shop.replace("shop.example", "A", "203.0.113.30");
        assertThat(address(NS1)).isEqualTo("203.0.113.20");
        time.pass(Duration.ofMinutes(10));
        assertThat(address(NS1)).isEqualTo("203.0.113.30");
        assertThat(address(NS2)).isEqualTo("203.0.113.20");
    }

    @Test
    void a_resolver_may_be_stale_as_well_and_its_cache_is_not_spoilt() {
        dns.resolver("192.0.2.1").fault(DnsFault.stale().first(1));
        time.pass(Duration.ofSeconds(1));
        shop.replace("shop.example", "A", "203.0.113.20");
        assertThat(answers(ask(dns, "192.0.2.1", "shop.example", "A")))
                .containsExactly("shop.example. 300 A 203.0.113.10");
        assertThat(answers(ask(dns, "192.0.2.1", "shop.example", "A")))
                .containsExactly("shop.example. 300 A 203.0.113.20");
    }

    private String address(String server) {
        return udp(dns, server, "shop.example", "A")
                .getSection(Section.ANSWER)
                .get(0)
                .rdataToString();
    }

    @Test
    void a_fault_may_be_for_a_name_a_type_a_transport_or_the_first_queries_only() {
        dns.at(NS2)
                .fault(DnsFault.servfail()
                        .forName("SHOP.example")
                        .forType("a")
                        .over(UDP)
                        .first(2));
        assertThat(udp(dns, NS2, "shop.example", "TXT").getRcode()).isZero();
        assertThat(udp(dns, NS2, "ns1.shop.example", "A").getRcode()).isZero();
        assertThat(tcp(dns, NS2, query("shop.example", "A")).getRcode()).isZero();
        assertThat(udp(dns, NS2, "shop.example", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(udp(dns, NS2, "shop.example", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(udp(dns, NS2, "shop.example", "A").getRcode()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DnsFault.portClosed().first(1))
                .withMessageContaining("only be narrowed to a transport");
        assertThatIllegalArgumentException().isThrownBy(() -> DnsFault.timeout().first(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsFault.delay(Duration.ZERO));
    }

    @Test
    void the_first_of_several_faults_counts_until_it_is_used_up() {
        dns.at(NS2).fault(DnsFault.refused().first(1)).fault(DnsFault.servfail().first(1));
        assertThat(udp(dns, NS2, "shop.example", "A").getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(udp(dns, NS2, "shop.example", "A").getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(udp(dns, NS2, "shop.example", "A").getRcode()).isZero();
    }

    @Test
    void a_fault_says_what_it_is() {
        assertThat(DnsFault.timeout()
                        .forName("shop.example")
                        .forType("A")
                        .over(UDP)
                        .first(2)
                        .sentence())
                .isEqualTo("does not answer, asked for A of shop.example, over UDP, 2 times");
        assertThat(DnsFault.wrongId().followedByRightAnswer().sentence())
                .isEqualTo("sends an answer with a wrong id, then the right one");
        assertThat(DnsFault.catalogue().stream().map(DnsFault::sentence))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(DnsFault.timeout().first(2)).isEqualTo(DnsFault.timeout().first(2));
    }

    @Test
    void every_fault_of_the_catalogue_ends_with_heal() {
        for (DnsFault fault : DnsFault.catalogue()) {
            if (fault.sentence().startsWith("answers after")) {
                continue; // needs alarms, which this clock does not have
            }
            dns.at(NS2).fault(fault);
            udpRaw(dns, NS2, query("shop.example", "A").toWire(), 1, Duration.ofMillis(20));
            dns.at(NS2).heal();
            assertThat(answers(udp(dns, NS2, "shop.example", "A")))
                    .as(fault.sentence())
                    .hasSize(1);
            assertThat(answers(tcp(dns, NS2, query("shop.example", "A"))))
                    .as(fault.sentence())
                    .hasSize(1);
        }
    }
}
