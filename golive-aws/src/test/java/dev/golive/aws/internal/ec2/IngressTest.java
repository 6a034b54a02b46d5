package dev.golive.aws.internal.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class IngressTest {

    /** Networks of somebody, and private ones. */
    private static final List<String> NARROW = List.of(
            "203.0.113.0/24",
            "198.51.100.7/32",
            "44.0.0.0/9",
            "10.0.0.0/8",
            "192.168.0.0/16",
            "2001:db8::/32",
            "2a00:1450::/29",
            "fc00::/7");

    /** So wide that one of many random addresses is in them. */
    private static final List<String> WIDE =
            List.of("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/2", "::/0", "2000::/3", "2000::/4");

    private static final List<Integer> PORTS = List.of(0, 22, 443, 5432, 65535);
    private static final int SAMPLES = 80;

    @Provide
    Arbitrary<List<Rule>> rules() {
        Arbitrary<String> network =
                Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(NARROW)), Tuple.of(1, Arbitraries.of(WIDE)));
        Arbitrary<String> protocol = Arbitraries.of("tcp", "udp", "6", "17", "-1", "icmp", "icmpv6", "47");
        return Combinators.combine(
                        protocol,
                        Arbitraries.of(PORTS),
                        Arbitraries.of(PORTS),
                        network.list().ofMinSize(1).ofMaxSize(3))
                .as((name, a, b, networks) -> new Rule(
                        "sg-1",
                        name,
                        name.equals("-1") ? null : Integer.valueOf(Math.min(a, b)),
                        name.equals("-1") ? null : Integer.valueOf(Math.max(a, b)),
                        networks,
                        List.of(),
                        List.of("sg-2")))
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Integer> ports() {
        return Arbitraries.of(PORTS);
    }

    @Property(tries = 1000)
    void a_port_is_open_exactly_if_someone_outside_is_admitted(
            @ForAll("rules") List<Rule> rules, @ForAll("ports") int port, @ForAll long seed)
            throws UnknownHostException {
        Random random = new Random(seed);
        boolean admitted = false;
        for (int i = 0; i < SAMPLES && !admitted; i++) {
            byte[] outside = outside(random, i % 2 == 0);
            for (Rule rule : rules) {
                admitted |= isAbout(rule, port) && isIn(outside, rule.networks());
            }
        }

        Ingress ingress = Ingress.of(rules, port);

        assertThat(ingress.isOpen()).isEqualTo(admitted);
        assertThat(ingress.closedToTheWorld().finding()).isEqualTo(admitted ? Finding.FAILED : Finding.PASSED);
    }

    /** An address of nobody's network above, where addresses are given out. */
    private static byte[] outside(Random random, boolean v6) throws UnknownHostException {
        byte[] address = new byte[v6 ? 16 : 4];
        do {
            random.nextBytes(address);
            if (v6) {
                address[0] = (byte) (0x20 | address[0] & 0x1f);
            }
        } while (isIn(address, NARROW));
        return address;
    }

    private static boolean isAbout(Rule rule, int port) {
        return switch (rule.protocol()) {
            case "-1" -> true;
            case "tcp", "udp", "6", "17" ->
                rule.from() != null && rule.to() != null && rule.from() <= port && port <= rule.to();
            default -> false;
        };
    }

    /** Bit by bit. */
    private static boolean isIn(byte[] address, List<String> networks) throws UnknownHostException {
        for (String network : networks) {
            int slash = network.indexOf('/');
            byte[] first = InetAddress.getByName(network.substring(0, slash)).getAddress();
            int length = Integer.parseInt(network.substring(slash + 1));
            boolean same = first.length == address.length;
            for (int bit = 0; same && bit < length; bit++) {
                same = (first[bit / 8] >> 7 - bit % 8 & 1) == (address[bit / 8] >> 7 - bit % 8 & 1);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    @Example
    void what_is_cut_into_pieces_is_open_all_the_same() {
        List<String> pieces = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            pieces.add(i * 16 + ".0.0.0/9");
        }

        assertThat(closed(pieces.subList(0, 2))).isEqualTo(Finding.PASSED);
        assertThat(closed(pieces)).isEqualTo(Finding.FAILED);
    }

    @Example
    void just_a_slash_8_is_not_the_world_and_one_more_address_is() {
        assertThat(closed(List.of("44.0.0.0/8"))).isEqualTo(Finding.PASSED);
        assertThat(closed(List.of("44.0.0.0/8", "203.0.113.7/32"))).isEqualTo(Finding.FAILED);
        assertThat(closed(List.of("2a00::/16"))).isEqualTo(Finding.PASSED);
        assertThat(closed(List.of("2a00::/15"))).isEqualTo(Finding.FAILED);
    }

    private static Finding closed(List<String> networks) {
        Rule rule = new Rule("sg-1", "tcp", 5432, 5432, networks, List.of(), List.of());
        return Ingress.of(List.of(rule), 5432).closedToTheWorld().finding();
    }
}
