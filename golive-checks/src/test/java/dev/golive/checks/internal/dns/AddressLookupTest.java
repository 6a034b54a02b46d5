package dev.golive.checks.internal.dns;

import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.checks.DnsWorldFixture;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Family;
import dev.golive.checks.internal.net.NoAddressException;
import dev.golive.checks.internal.net.Resolved;
import dev.golive.checks.internal.net.UnresolvedException;
import dev.golive.testkit.DnsFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AddressLookupTest {

    private final DnsWorldFixture world = new DnsWorldFixture();
    private final AddressLookup lookup = new AddressLookup();

    @AfterEach
    void close() {
        world.close();
    }

    private Check resolving(String host, Family family, Duration later) {
        return Check.that(host + " " + family + " " + later, context -> {
            context.time().sleepUntil(context.time().now().plus(later));
            try {
                Resolved found = lookup.resolve(context, host, family);
                return Outcome.warned(
                        found.addresses().stream().map(Addresses::text).collect(Collectors.joining(", "))
                                + (found.shared() ? " shared" : ""));
            } catch (NoAddressException e) {
                return Outcome.failed(e.getMessage());
            } catch (UnresolvedException e) {
                return Outcome.unknown(e.getMessage());
            }
        });
    }

    private String said(String host, Family family) {
        return world.run(resolving(host, family, Duration.ZERO)).why();
    }

    @Test
    void aliases_are_followed_and_the_other_family_is_second() {
        world.shop.aaaa("six.shop.example", "2001:db8::6");

        assertThat(said("www.shop.example", Family.ANY)).isEqualTo("203.0.113.10, 203.0.113.11");
        assertThat(said("six.shop.example", Family.ANY)).isEqualTo("2001:db8::6");
        assertThat(said("192.0.2.7", Family.ANY)).isEqualTo("192.0.2.7");
    }

    @Test
    void no_address_and_no_answer_are_not_the_same() {
        assertThat(said("shop.example", Family.IPV6)).isEqualTo("shop.example has no IPv6 address");
        assertThat(said("gone.shop.example", Family.ANY)).isEqualTo("gone.shop.example does not exist");
        assertThat(said("not a name", Family.ANY)).isEqualTo("not a name is not a name that can exist in DNS");

        world.resolver.fault(DnsFault.servfail());
        assertThat(said("ftp.shop.example", Family.ANY)).isEqualTo("ftp.shop.example does not exist");
        world.second.fault(DnsFault.refused());
        assertThat(said("imap.shop.example", Family.ANY))
                .isEqualTo("the address of imap.shop.example could not be found out: 192.0.2.1 answered SERVFAIL;"
                        + " 192.0.2.2 answered REFUSED");
    }

    @Test
    void checks_of_one_host_share_an_answer_for_some_seconds() {
        List<ItemResult> results = world.run(
                resolving("shop.example", Family.ANY, seconds(0)).as("first"),
                resolving("shop.example", Family.ANY, seconds(0)).as("second"),
                resolving("shop.example", Family.ANY, seconds(4)).as("third"),
                resolving("shop.example", Family.ANY, seconds(6)).as("fourth"));

        assertThat(results)
                .extracting(ItemResult::why)
                .containsExactly(
                        "203.0.113.10, 203.0.113.11",
                        "203.0.113.10, 203.0.113.11 shared",
                        "203.0.113.10, 203.0.113.11 shared",
                        "203.0.113.10, 203.0.113.11");
        assertThat(world.resolver.queries()).hasSize(2);
    }

    @Test
    void those_who_wait_for_a_lookup_share_its_failure() {
        world.resolver.fault(DnsFault.timeout().forName("shop.example"));
        world.second.fault(DnsFault.timeout().forName("shop.example"));

        List<ItemResult> results = world.run(
                resolving("shop.example", Family.ANY, seconds(0)).as("first"),
                resolving("shop.example", Family.ANY, seconds(1)).as("second"));

        assertThat(results)
                .extracting(ItemResult::why)
                .allMatch(why -> why.startsWith("the address of shop.example could"));
        assertThat(world.dns.queries()).hasSize(4);
    }

    @Test
    void another_attempt_asks_again() {
        Check unsettled = Check.that("the name has moved", context -> {
            String found = Addresses.text(lookup.resolve(context, "shop.example", Family.ANY)
                    .addresses()
                    .get(0));
            world.shop.replace("shop.example", "A", "203.0.113.20");
            return found.equals("203.0.113.20") ? Outcome.passed() : Outcome.failed(found);
        });

        Item retried = unsettled.retrying(1).as("moved");
        assertThat(world.run(retried).get(0).attempts()).isEqualTo(2);
        assertThat(world.resolver.queries()).hasSize(2);
    }
}
