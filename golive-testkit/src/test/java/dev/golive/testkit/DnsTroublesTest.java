package dev.golive.testkit;

import static dev.golive.testkit.DnsClient.answers;
import static dev.golive.testkit.DnsClient.ask;
import static dev.golive.testkit.DnsClient.udp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;

/** What a DNS fake was asked, and what may go wrong with it. */
@Timeout(60)
class DnsTroublesTest {

    private static final String FIRST = "192.0.2.53";
    private static final String SECOND = "192.0.2.54";
    private static final String RESOLVER = "192.0.2.1";
    private static final String A_THERE = "A shop.example at " + FIRST;
    private static final String A_HERE = "A shop.example at " + RESOLVER;

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final DnsFake dns = set(time);

    static DnsFake set(VirtualTime time) {
        DnsFake fake = DnsFake.start(time);
        fake.zone("shop.example")
                .server("ns1.shop.example", FIRST)
                .server("ns2.shop.example", SECOND)
                .a("shop.example", "203.0.113.10")
                .cname("www.shop.example", "shop.example")
                .txt("*.shop.example", "anything");
        fake.resolver(RESOLVER).uncached();
        fake.resolver("192.0.2.2").uncached();
        return fake;
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private List<String> ids(String... asked) {
        return dns.troubles(Set.of(asked)).stream().map(Trouble::id).toList();
    }

    private Trouble happen(String id, String... asked) {
        Trouble trouble = dns.troubles(Set.of(asked)).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + ids(asked)));
        trouble.happen();
        return trouble;
    }

    @Test
    void it_knows_what_it_was_asked() {
        udp(dns, FIRST, "Shop.example", "A");
        ask(dns, RESOLVER, "www.shop.example", "AAAA");
        assertThat(dns.asked())
                .containsExactly(
                        new Asked(A_THERE, false, time.now()),
                        new Asked("AAAA www.shop.example at " + RESOLVER, false, time.now()));
        assertThat(dns.plays()).isEqualTo("DNS");
        assertThat(dns.playing("the name servers").plays()).isEqualTo("the name servers");
    }

    @Test
    void what_is_not_asked_has_no_troubles() {
        assertThat(ids()).isEmpty();
        assertThat(ids(
                        "GET shop.example/",
                        "A shop.example at 192.0.2.99",
                        "A shop.example at nowhere",
                        "ODD shop.example at " + FIRST,
                        "A ..shop at " + FIRST,
                        "A  at " + FIRST))
                .isEmpty();
        assertThat(ids(A_THERE))
                .contains("shop.example A missing", "ns1.shop.example does not answer")
                .noneMatch(id -> id.contains("ns2") || id.contains(RESOLVER) || id.contains("www"));
        // a record that is not there cannot be missing
        assertThat(ids("AAAA shop.example at " + FIRST)).noneMatch(id -> id.contains("AAAA"));
    }

    @Test
    void listing_changes_nothing() {
        String before = answers(udp(dns, FIRST, "shop.example", "SOA")).toString();
        dns.forgetQueries();
        List<String> ids = ids(A_THERE, A_HERE, "SOA shop.example at " + FIRST);
        assertThat(ids(A_THERE, A_HERE, "SOA shop.example at " + FIRST)).isEqualTo(ids);
        assertThat(dns.queries()).isEmpty();
        assertThat(dns.zones()).hasSize(1);
        assertThat(answers(udp(dns, FIRST, "shop.example", "SOA"))).hasToString(before);
    }

    @Test
    void a_record_may_be_missing_everywhere_or_at_one_server() {
        Trouble there = happen("shop.example A missing at ns1.shop.example", A_THERE, A_HERE);
        assertThat(there.kind()).isEqualTo(Trouble.Kind.DRIFT);
        assertThat(there.about()).containsExactly("shop.example", "ns1.shop.example", FIRST);
        assertThat(there.concerns(A_THERE)).isTrue();
        assertThat(there.concerns(A_HERE)).isFalse();
        assertThat(answers(udp(dns, FIRST, "shop.example", "A"))).isEmpty();
        assertThat(answers(udp(dns, SECOND, "shop.example", "A"))).hasSize(1);
        assertThat(answers(ask(dns, RESOLVER, "shop.example", "A"))).hasSize(1);
        assertThat(happen("shop.example A missing", A_THERE, A_HERE).concerns(A_HERE))
                .isTrue();
        assertThat(answers(udp(dns, SECOND, "shop.example", "A"))).isEmpty();
        assertThat(answers(ask(dns, RESOLVER, "shop.example", "A"))).isEmpty();
    }

    @Test
    void an_alias_may_be_missing_at_one_server() {
        String asked = "A www.shop.example at " + FIRST;
        assertThat(ids(asked)).contains("shop.example A missing", "www.shop.example CNAME is nobody.example");
        happen("www.shop.example CNAME missing at ns1.shop.example", asked);
        assertThat(answers(udp(dns, FIRST, "www.shop.example", "A"))).isEmpty();
        assertThat(answers(udp(dns, SECOND, "www.shop.example", "A"))).hasSize(2);
    }

    @Test
    void a_record_may_be_another_one_and_be_kept_too_long() {
        happen("shop.example A is 198.51.100.66 at resolver " + RESOLVER, A_HERE);
        assertThat(answers(ask(dns, RESOLVER, "shop.example", "A")))
                .containsExactly("shop.example. 300 A 198.51.100.66");
        assertThat(answers(udp(dns, FIRST, "shop.example", "A"))).containsExactly("shop.example. 300 A 203.0.113.10");
        assertThat(happen("shop.example A kept for a week", A_THERE).isHarmless())
                .isTrue();
        assertThat(answers(udp(dns, FIRST, "shop.example", "A")))
                .containsExactly("shop.example. 604800 A 203.0.113.10");
        happen("shop.example A is 198.51.100.66", A_THERE);
        assertThat(answers(udp(dns, SECOND, "shop.example", "A"))).containsExactly("shop.example. 300 A 198.51.100.66");
    }

    @Test
    void what_a_wildcard_says_may_be_missing() {
        String asked = "TXT any.shop.example at " + FIRST;
        happen("any.shop.example TXT missing", asked);
        assertThat(answers(udp(dns, FIRST, "other.shop.example", "TXT"))).isEmpty();
    }

    @Test
    void a_name_may_be_denied_by_all() {
        happen("shop.example does not exist", A_THERE);
        assertThat(udp(dns, SECOND, "shop.example", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask(dns, RESOLVER, "shop.example", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(udp(dns, FIRST, "ns1.shop.example", "A").getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void a_server_may_have_an_older_zone() {
        String asked = "SOA shop.example at " + SECOND;
        assertThat(ids(asked)).noneMatch(id -> id.contains("SOA missing"));
        happen("shop.example SOA older at ns2.shop.example", asked);
        assertThat(answers(udp(dns, SECOND, "shop.example", "SOA")).get(0)).contains(" 0 7200 ");
        assertThat(answers(udp(dns, FIRST, "shop.example", "SOA")).get(0)).contains(" 1 7200 ");
    }

    @Test
    void servers_of_a_zone_and_resolvers_fail_in_full_once_and_otherwise_in_short() {
        List<Trouble> all =
                dns.troubles(Set.of(A_THERE, "A shop.example at " + SECOND, A_HERE, "A shop.example at 192.0.2.2"));
        assertThat(all)
                .filteredOn(one -> one.id().startsWith("ns1.shop.example "))
                .hasSize(20);
        assertThat(all)
                .filteredOn(one -> one.id().startsWith("ns2.shop.example "))
                .hasSize(3);
        assertThat(all)
                .filteredOn(one -> one.id().startsWith("resolver 192.0.2.1 "))
                .hasSize(17);
        assertThat(all)
                .filteredOn(one -> one.id().startsWith("resolver 192.0.2.2 "))
                .hasSize(3);
        assertThat(all)
                .filteredOn(one -> one.kind() == Trouble.Kind.FAULT)
                .allMatch(one -> one.id().startsWith("resolver") && one.isHarmless());
    }

    @Test
    void old_data_are_harmless_unless_something_is_going_to_change() {
        assertThat(old()).hasSize(2).allMatch(Trouble::isHarmless);
        dns.zone("shop.example").from(time.now().plusSeconds(60)).replace("shop.example", "A", "203.0.113.20");
        assertThat(old()).hasSize(2).noneMatch(Trouble::isHarmless);
    }

    private List<Trouble> old() {
        return dns.troubles(Set.of(A_THERE)).stream()
                .filter(one -> one.id().contains(" serves "))
                .toList();
    }
}
