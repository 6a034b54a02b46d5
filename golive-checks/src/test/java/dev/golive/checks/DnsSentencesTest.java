package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.containing;
import static dev.golive.Expect.is;
import static dev.golive.checks.RecordType.A;
import static dev.golive.checks.RecordType.AAAA;
import static dev.golive.checks.RecordType.CAA;
import static dev.golive.checks.RecordType.MX;
import static dev.golive.checks.RecordType.PTR;
import static dev.golive.checks.RecordType.SRV;
import static dev.golive.checks.RecordType.TXT;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.Subject;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DnsSentencesTest {

    private final DnsProbe shop = Dns.of("Shop.Example.");

    private static String host(String name) {
        return Dns.of(name).exists().touches().iterator().next().name();
    }

    @Test
    void a_check_says_what_it_asks() {
        assertThat(List.of(
                                shop.exists(),
                                shop.type(CAA).exists(),
                                shop.type(AAAA).doesNotExist(),
                                shop.exactly("203.0.113.10", "203.0.113.11").ttl(atMost(minutes(5))),
                                shop.contains("203.0.113.10").containsNone("203.0.113.20"),
                                shop.type(MX).count(atLeast(2)),
                                shop.type(TXT).matching(containing("v=spf1")),
                                shop.rcode("nxdomain"),
                                shop.pointsTo("shop.cdn.example"),
                                shop.resolvesTo("203.0.113.10", "2001:db8::1"),
                                shop.noDanglingCname(),
                                shop.at("1.1.1.1", "8.8.8.8").exists(),
                                shop.atEveryAuthoritativeServer().exists(),
                                shop.everywhere().exists(),
                                shop.at("1.1.1.1").everywhere().exists(),
                                Dns.of("203.0.113.10").exists(),
                                Dns.of("bücher.example").type(SRV).exists())
                        .stream()
                        .map(Check::sentence))
                .containsExactly(
                        "shop.example has A records",
                        "shop.example has CAA records",
                        "shop.example has no AAAA record",
                        "shop.example has exactly the A records 203.0.113.10, 203.0.113.11"
                                + " and has A records with a TTL of at most 5 min",
                        "shop.example has the A record 203.0.113.10 and does not have the A record 203.0.113.20",
                        "shop.example has at least 2 MX records",
                        "shop.example has the TXT record containing \"v=spf1\"",
                        "shop.example is answered with \"NXDOMAIN\" for A",
                        "shop.example points to shop.cdn.example",
                        "shop.example resolves to 203.0.113.10, 2001:db8::1",
                        "shop.example has no dangling alias",
                        "shop.example has A records, asked at 1.1.1.1, 8.8.8.8",
                        "shop.example has A records, asked at every authoritative server",
                        "shop.example has A records, asked at every resolver and every authoritative server",
                        "shop.example has A records, asked at 1.1.1.1 and every authoritative server",
                        "203.0.113.10 has PTR records",
                        "xn--bcher-kva.example has SRV records");
    }

    @Test
    void a_check_touches_the_host_that_the_name_belongs_to() {
        assertThat(host("shop.example.")).isEqualTo("shop.example");
        assertThat(host("_dmarc.shop.example")).isEqualTo("shop.example");
        assertThat(host("_sip._tcp.shop.example")).isEqualTo("shop.example");
        assertThat(host("key1._domainkey.shop.example")).isEqualTo("shop.example");
        assertThat(host("www.shop.example")).isEqualTo("www.shop.example");
        assertThat(host("203.0.113.10")).isEqualTo("203.0.113.10");
        assertThat(shop.type(PTR).exists().touches()).containsExactly(Subject.host("shop.example"));
    }

    @Test
    void a_captured_value_is_read() {
        Capture<String> value = Capture.of("value", String.class);
        assertThat(shop.type(TXT).matching(is(value)).exists().reads()).hasSize(1);
    }

    @Test
    void bad_names_are_refused_with_what_is_allowed() {
        String long64 = "a".repeat(64);
        for (String bad : List.of(
                "",
                " ",
                ".",
                "..",
                "a..b",
                "https://shop.example",
                "shop.example:53",
                "shop example",
                long64,
                "a.".repeat(130) + "b",
                "shop.example/..",
                "1.2.3.4.",
                "*shop.example",
                "\"",
                "\\000",
                "a\n")) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> Dns.of(bad))
                    .withMessageStartingWith("name must be a domain name such as shop.example");
        }
        assertThatNullPointerException().isThrownBy(() -> Dns.of(nothing())).withMessage("name must not be null");
    }

    @Test
    void bad_values_are_refused_with_what_is_allowed() {
        refused("values must be an IPv4 address but was \"shop.example\"", () -> shop.contains("shop.example"));
        refused(
                "values must be an IPv6 address but was \"1.2.3.4\"",
                () -> shop.type(AAAA).exactly("1.2.3.4"));
        refused(
                "values must be the value of a record of type MX",
                () -> shop.type(MX).contains("mail.shop.example"));
        refused(
                "values must be the value of a record of type CAA",
                () -> shop.type(CAA).contains(""));
        refused("values must not be empty", shop::exactly);
        refused("addresses must be IPv4 or IPv6 addresses", () -> shop.resolvesTo("shop.example"));
        refused("code must be a DNS response code", () -> shop.rcode("OK"));
        refused("number must not be negative but was -1", () -> shop.count(-1));
        refused("resolver must be an IPv4 or IPv6 address", () -> shop.at("resolver.example"));
        refused("target must be a domain name", () -> shop.pointsTo("203.0.113.10"));
        refused("name must be that of a type of DNS record", () -> RecordType.of("ANY"));
        refused("name must be that of a type of DNS record", () -> RecordType.of("HOST"));
        assertThatNullPointerException().isThrownBy(() -> shop.contains("203.0.113.10", nothing()));
        assertThatNullPointerException().isThrownBy(() -> shop.type(nothing()));
        assertThatNullPointerException().isThrownBy(() -> shop.ttl(DnsSentencesTest.<java.time.Duration>nothing()));
    }

    @Test
    void types_by_name() {
        assertThat(RecordType.of("a")).isEqualTo(A).hasSameHashCodeAs(A);
        assertThat(RecordType.of("tlsa")).hasToString("TLSA");
        assertThat(RecordType.of("TYPE65280")).hasToString("TYPE65280");
    }

    private static void refused(String beginning, ThrowingCallable code) {
        assertThatIllegalArgumentException().isThrownBy(code).withMessageStartingWith(beginning);
    }

    /** What a caller without a null checker may pass. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
