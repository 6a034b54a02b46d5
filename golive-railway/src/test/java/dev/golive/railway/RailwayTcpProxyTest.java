package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.Outcome;
import dev.golive.testkit.railway.RailwayFault;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayTcpProxyTest extends OnFakeRailway {

    private final RailwayTcpProxy proxy = railway.service("postgres").tcpProxy(5432);

    @BeforeEach
    void deploy() {
        fake.service("postgres").image("postgres:15").deployed("15");
    }

    private String say(Check check) {
        Outcome outcome = examine(check);
        return outcome.finding() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    @Test
    void a_port_without_a_proxy_is_closed() {
        fake.service("postgres").tcpProxy("monorail.proxy.rlwy.net", 23456, 6432);

        assertThat(say(proxy.doesNotExist())).isEqualTo("PASSED");
        assertThat(say(proxy.exists()))
                .isEqualTo("FAILED: there is no TCP proxy of port 5432 of Railway service postgres of shop/production");
        assertThat(say(proxy.isActive())).startsWith("FAILED: there is no");
    }

    @Test
    void a_port_with_a_proxy_is_open() {
        fake.service("postgres").tcpProxy("monorail.proxy.rlwy.net.", 23456, 5432);

        assertThat(say(proxy.exists())).isEqualTo("PASSED");
        assertThat(say(proxy.isActive())).isEqualTo("PASSED");
        assertThat(say(proxy.doesNotExist()))
                .isEqualTo("FAILED: the port is open to the internet at monorail.proxy.rlwy.net:23456");
        assertThat(examine(proxy.exists()).facts().toString()).contains("monorail.proxy.rlwy.net:23456 (ACTIVE)");
    }

    @Test
    void one_that_is_being_made_or_deleted_is_there_and_not_active() {
        for (String status : List.of("CREATING", "UPDATING", "DELETING")) {
            fake.service("web").image("web").deployed("1");
            fake.service("web").tcpProxy("a.proxy.rlwy.net", 1000 + status.length(), status.length(), status);
            RailwayTcpProxy one = railway.service("web").tcpProxy(status.length());
            assertThat(say(one.exists())).isEqualTo("PASSED");
            assertThat(say(one.isActive())).startsWith("FAILED: the TCP proxy is ");
            assertThat(say(one.doesNotExist())).startsWith("FAILED");
        }
    }

    @Test
    void one_that_is_being_deleted_is_still_open_also_if_its_end_has_an_instant() {
        fake.fault("tcpProxies", RailwayFault.saying("""
                        [{"id":"1","domain":"proxy.example.net","proxyPort":15432,"applicationPort":5432,\
                        "syncStatus":"DELETING","deletedAt":"2027-03-02T08:59:58Z"}]"""));

        assertThat(say(proxy.doesNotExist())).startsWith("FAILED");
    }

    @Test
    void one_that_was_deleted_is_not_there() {
        fake.service("postgres").tcpProxy("monorail.proxy.rlwy.net", 23456, 5432, "DELETED");
        assertThat(say(proxy.doesNotExist())).isEqualTo("PASSED");

        fake.mend()
                .fault(
                        "tcpProxies",
                        RailwayFault.saying(
                                "[{\"domain\":\"a.example\",\"proxyPort\":1,\"applicationPort\":5432,\"syncStatus\":\"ACTIVE\",\"deletedAt\":\"2027-03-01T00:00:00Z\"}]"));
        assertThat(say(proxy.doesNotExist())).isEqualTo("PASSED");
    }

    @Test
    void an_answer_that_says_less_than_it_must_proves_nothing() {
        String good = "[{\"domain\":\"a.example\",\"proxyPort\":1,\"applicationPort\":5432,\"syncStatus\":\"ACTIVE\"}]";
        for (String bad : List.of(
                "null",
                "{}",
                good.replace("ACTIVE", "ASTRAY"),
                good.replace(":5432", ":null"),
                good.replace(":5432", ":0"),
                good.replace("\"a.example\"", "\"\""),
                good.replace("\"ACTIVE\"", "null"))) {
            fake.mend().fault("tcpProxies", RailwayFault.saying(bad));
            assertThat(say(proxy.doesNotExist())).as(bad).startsWith("UNKNOWN");
            assertThat(say(proxy.isActive())).as(bad).startsWith("UNKNOWN");
        }
        assertThat(notUnknown(proxy.exists())).isEmpty();
        assertThat(notUnknown(proxy.isActive())).isEmpty();
        assertThat(notUnknown(proxy.doesNotExist())).isEmpty();
    }

    @Test
    void ports_that_are_none_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> railway.service("postgres").tcpProxy(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> railway.service("postgres").tcpProxy(65536));
    }

    @Test
    void a_service_without_domains_and_proxies_is_closed_to_the_world() {
        Check closed = railway.service("postgres").isClosedToTheWorld();
        assertThat(say(closed)).isEqualTo("PASSED");
        assertThat(notUnknown(closed)).isEmpty();

        fake.service("postgres").domain("db.shop.example");
        assertThat(say(closed)).isEqualTo("FAILED: there are 1 ways in from outside");
        fake.service("postgres").tcpProxy("a.proxy.rlwy.net", 15432, 6432, "DELETING");
        assertThat(say(closed)).isEqualTo("FAILED: there are 2 ways in from outside");
    }
}
