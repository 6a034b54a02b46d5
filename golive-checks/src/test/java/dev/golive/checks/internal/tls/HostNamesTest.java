package dev.golive.checks.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example, true",
        "SHOP.Example, shop.example, true",
        "shop.example., shop.example, true",
        "*.example.com, shop.example.com, true",
        "*.example.com, a.shop.example.com, false",
        "*.example.com, example.com, false",
        "*.EXAMPLE.com, shop.example.com, true",
        "*.com, example.com, false",
        "*, example, false",
        "*., example, false",
        "sh*.example.com, shop.example.com, false",
        "*op.example.com, shop.example.com, false",
        "shop.*.com, shop.example.com, false",
        "*.*.com, shop.example.com, false",
        "xn--bcher-kva.example, xn--bcher-kva.example, true",
        "*.example.com, xn--bcher-kva.example.com, true",
        "bücher.example, xn--bcher-kva.example, false",
        "'', shop.example, false",
        "shop.example, shop.example.evil.test, false",
        "evil.test, shop.example, false"
    })
    void a_name_covers(String presented, String host, boolean covered) {
        assertThat(HostNames.covers(presented, host)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "Shop.Example, shop.example",
        "shop.example., shop.example",
        "bücher.example, xn--bcher-kva.example",
        "日本語.example, xn--wgv71a119e.example",
        "192.0.2.1, 192.0.2.1",
        "'[2001:DB8::1]', 2001:db8::1",
        "_dmarc.shop.example, _dmarc.shop.example",
        "localhost, localhost"
    })
    void a_host_has_one_form(String given, String canonical) {
        assertThat(HostNames.canonical(given, "host")).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a..b",
                "*.shop.example",
                "https://shop.example",
                "shop.example:443",
                "a b",
                "1.2.3",
                "300.1.1.1",
                "-a.example",
                "shop.example/",
                ":::",
                "a\u0000b.example"
            })
    void what_is_no_host_is_refused(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostNames.canonical(given, "host"))
                .withMessageStartingWith("host must be a host name or a literal address");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "2001:db8::1, 2001:db8::2, false"
    })
    void an_address_is_compared_as_an_address(String host, String presented, boolean covered) throws Exception {
        assertThat(HostNames.cover(List.of("*.0.2.1", host), List.of(InetAddress.getByName(presented)), host))
                .isEqualTo(covered);
    }

    @Property
    void a_wildcard_stands_for_exactly_one_label(
            @ForAll("labels") String first, @ForAll("labels") String second, @ForAll("domains") String domain) {
        assertThat(HostNames.covers("*." + domain, first + "." + domain)).isTrue();
        assertThat(HostNames.covers("*." + domain, first + "." + second + "." + domain))
                .isFalse();
        assertThat(HostNames.covers("*." + domain, domain)).isFalse();
    }

    @Property
    void a_name_without_a_wildcard_covers_itself_only(
            @ForAll("domains") String presented, @ForAll("domains") String host) {
        assertThat(HostNames.covers(presented, host)).isEqualTo(presented.equals(host));
    }

    @Property
    void whatever_a_certificate_says_nothing_is_thrown(@ForAll String presented, @ForAll("domains") String host) {
        if (HostNames.covers(presented, host)) {
            assertThat(presented).containsIgnoringCase(host.substring(host.indexOf('.') + 1));
        }
    }

    @Property
    void a_canonical_host_stays_as_it_is(@ForAll String text) {
        String canonical;
        try {
            canonical = HostNames.canonical(text, "host");
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(HostNames.canonical(canonical, "host")).isEqualTo(canonical);
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> domains() {
        return labels().list().ofMinSize(2).ofMaxSize(4).map(labels -> String.join(".", labels));
    }
}
