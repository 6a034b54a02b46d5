package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.time.Spans.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Capture;
import dev.golive.Subject;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // null is what some of these tests pass on purpose
class TlsArgumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "https://shop.example", "shop.example:443", "shop_example/", "*.shop.example"})
    void what_is_no_host_is_refused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.of(host))
                .withMessageStartingWith("host must be a host name or a literal address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.of("shop.example").covers(host));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tls.of("shop.example").serverName(host));
    }

    @Test
    void a_bad_argument_is_named() {
        TlsProbe probe = Tls.of("shop.example");
        assertThatIllegalArgumentException().isThrownBy(() -> probe.port(0)).withMessageContaining("port");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.port(65_536))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.at("shop.example"))
                .withMessageContaining("address must be a literal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.applicationProtocol(" "))
                .withMessageContaining("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.applicationProtocol("h2").applicationProtocol("http/1.1"))
                .withMessageContaining("once per check");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.issuedBy(""))
                .withMessageContaining("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> probe.at("192.0.2.1").ipv6())
                .withMessageContaining("192.0.2.1");
        assertThatIllegalArgumentException().isThrownBy(() -> probe.ipv4().at("2001:db8::1"));
        assertThatNullPointerException().isThrownBy(() -> Tls.of(null)).withMessageContaining("host");
        assertThatNullPointerException().isThrownBy(() -> probe.expiresIn(null)).withMessageContaining("left");
        assertThatNullPointerException().isThrownBy(() -> probe.offers(null)).withMessageContaining("version");
        assertThatNullPointerException().isThrownBy(() -> probe.trusting(null)).withMessageContaining("certificate");
    }

    @Test
    void a_check_says_what_it_touches_and_reads() {
        Capture<String> issuer = Capture.of("issuer", String.class);

        TlsCheck check = Tls.of("BÜCHER.example").serverName("www.shop.example").issuedBy(is(issuer));

        assertThat(check.touches())
                .containsExactlyInAnyOrder(Subject.host("xn--bcher-kva.example"), Subject.host("www.shop.example"));
        assertThat(check.reads().toString()).contains("issuer");
        assertThat(Tls.of("2001:db8::1").at("192.0.2.1").port(8443).ipv4().toString())
                .isEqualTo("TLS of [2001:db8::1]:8443 at 192.0.2.1 over IPv4");
    }

    @Property(tries = 300)
    void any_chain_of_calls_describes_itself(@ForAll("calls") List<UnaryOperator<TlsCheck>> calls) {
        TlsCheck check = Tls.of("shop.example").isValid();
        for (UnaryOperator<TlsCheck> call : calls) {
            String before = check.sentence();
            TlsCheck next = call.apply(check);
            assertThat(check.sentence()).isEqualTo(before);
            assertThat(next.sentence()).startsWith("TLS of shop.example ");
            check = next;
        }
    }

    @Provide
    Arbitrary<List<UnaryOperator<TlsCheck>>> calls() {
        return Arbitraries.<UnaryOperator<TlsCheck>>of(
                        c -> c.covers("www.shop.example"),
                        c -> c.expiresIn(atLeast(days(21))),
                        c -> c.leafExpiresIn(atLeast(days(21))),
                        c -> c.servedChainExpiresIn(atLeast(days(21))),
                        c -> c.offers(TlsVersion.TLS_1_3),
                        c -> c.refuses(TlsVersion.SSL_3),
                        c -> c.protocolAtLeast(TlsVersion.TLS_1_2),
                        c -> c.level(TlsLevel.MODERN),
                        c -> c.keySize(atLeast(256)),
                        TlsAssertions::forwardSecrecy,
                        TlsAssertions::stapled,
                        TlsAssertions::notRevoked)
                .list()
                .ofMaxSize(6);
    }
}
