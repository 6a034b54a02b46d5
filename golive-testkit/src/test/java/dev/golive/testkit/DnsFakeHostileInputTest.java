package dev.golive.testkit;

import static dev.golive.testkit.DnsClient.answers;
import static dev.golive.testkit.DnsClient.query;
import static dev.golive.testkit.DnsClient.udp;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class DnsFakeHostileInputTest {

    private static DnsFake dns;

    @BeforeContainer
    static void start() {
        dns = DnsFake.start(SettableTime.create());
        dns.zone("shop.example").server("ns1.shop.example", "192.0.2.53").a("shop.example", "203.0.113.10");
        dns.resolver("192.0.2.1");
    }

    @AfterContainer
    static void close() {
        dns.close();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(600);
    }

    /** A real query in which some bytes are others: gets further than noise. */
    @Provide
    Arbitrary<byte[]> spoiltQueries() {
        byte[] query =
                DnsClient.edns(DnsClient.recursive("shop.example", "A"), 1232).toWire();
        return Combinators.combine(
                        Arbitraries.integers()
                                .between(0, query.length - 1)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        Arbitraries.bytes().list().ofSize(4),
                        Arbitraries.integers().between(1, query.length))
                .as((places, values, length) -> {
                    byte[] spoilt = query.clone();
                    for (int i = 0; i < places.size(); i++) {
                        spoilt[places.get(i)] = values.get(i);
                    }
                    return java.util.Arrays.copyOf(spoilt, length);
                });
    }

    @Property(tries = 300)
    void the_fake_survives_noise(@ForAll("bytes") byte[] noise) throws IOException {
        send(noise);
    }

    @Property(tries = 500)
    void the_fake_survives_spoilt_queries(@ForAll("spoiltQueries") byte[] spoilt) throws IOException {
        send(spoilt);
    }

    private static void send(byte[] bytes) throws IOException {
        for (DnsServer server : dns.servers()) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(bytes, bytes.length, server.realAddress()));
            }
        }
        try (DnsClient.Stream framed = new DnsClient.Stream(dns, "192.0.2.53");
                DnsClient.Stream bare = new DnsClient.Stream(dns, "192.0.2.1")) {
            framed.send(bytes);
            bare.raw(bytes);
        } catch (SocketException e) {
            // The fake may hang up on noise while it is being sent.
            assertThat(e).isNotNull();
        }
        assertThat(answers(udp(dns, "192.0.2.53", query("shop.example", "A")))).hasSize(1);
    }
}
