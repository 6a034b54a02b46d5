package dev.golive.aws.internal.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class CidrTest {

    @Example
    void bits_behind_the_length_count_for_nothing() {
        assertThat(Cidr.of("10.1.2.3/8")).isEqualTo(Cidr.of("10.0.0.0/8"));
        assertThat(Cidr.of("2001:db8:0:0::1/32")).isEqualTo(Cidr.of("2001:DB8::/32"));
    }

    @Example
    void everything_contains_everything_of_its_family() {
        assertThat(Cidr.of("0.0.0.0/0").contains(Cidr.of("255.255.255.255/32"))).isTrue();
        assertThat(Cidr.of("::/0").contains(Cidr.of("::ffff:192.0.2.1/128"))).isTrue();
        assertThat(Cidr.of("::/0").contains(Cidr.of("192.0.2.1/32"))).isFalse();
        assertThat(Cidr.of("192.0.2.0/25").contains(Cidr.of("192.0.2.128/25"))).isFalse();
    }

    @Example
    void an_address_of_IPv4_in_IPv6_stays_one_of_IPv6() {
        assertThat(Cidr.of("::ffff:192.0.2.1/128").toString()).isEqualTo("0:0:0:0:0:ffff:c000:201/128");
    }

    @Example
    void two_halves_cover_the_whole() {
        Cidr whole = Cidr.of("10.0.0.0/8");

        assertThat(whole.isCoveredBy(List.of(Cidr.of("10.0.0.0/9"), Cidr.of("10.128.0.0/9"))))
                .isTrue();
        assertThat(whole.isCoveredBy(List.of(Cidr.of("10.0.0.0/9"), Cidr.of("10.128.0.0/10"))))
                .isFalse();
        assertThat(whole.isCoveredBy(List.of())).isFalse();
    }

    @Example
    void what_is_counted_is_counted_once() {
        assertThat(Cidr.size(List.of(Cidr.of("192.0.2.0/24"), Cidr.of("192.0.2.0/24"), Cidr.of("192.0.2.7/32"))))
                .isEqualTo(BigInteger.valueOf(256));
    }

    @Property(tries = 200)
    void what_is_written_is_read_again(@ForAll int address, @ForAll @IntRange(max = 32) int length) {
        String text = (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "."
                + (address & 255) + "/" + length;
        Cidr network = Cidr.of(text);

        assertThat(Cidr.of(network.toString())).isEqualTo(network);
        assertThat(network.contains(Cidr.of(text.substring(0, text.indexOf('/')) + "/32")))
                .isTrue();
    }

    @Property(tries = 500)
    void what_is_no_network_is_refused_and_nothing_else_happens(
            @ForAll @StringLength(max = 20) @CharRange(from = '.', to = ':') String text) {
        assertThatCode(() -> {
                    try {
                        Cidr.of(text);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasMessageContaining(text);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Example
    void hostile_texts_are_refused() {
        for (String text : List.of(
                "",
                "/",
                "0.0.0.0",
                "0.0.0.0/33",
                "0.0.0.0/-1",
                "256.0.0.0/8",
                "1.2.3/8",
                "::/129",
                "::/",
                ":/0",
                "fe80::1%eth0/64",
                "shop.example/24",
                "1.2.3.4/8/8",
                "0.0.0.0/999",
                "12345::/16",
                " 0.0.0.0/0")) {
            assertThatThrownBy(() -> Cidr.of(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
