package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Capture;
import dev.golive.Expectation;
import dev.golive.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused when a check is built. */
class HttpArgumentsTest {

    private static final String URL = "https://shop.example/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "shop.example",
                "/path",
                "ftp://shop.example/",
                "https://",
                "https:///path",
                "https://a b/",
                "https://shop.example:0/",
                "https://shop.example:99999/",
                "https://shop.example/a b",
                "https://user:password@shop.example/",
                "https://shop.example/#top",
                "https://-a.example/",
                "https://1.2.3.4.5/",
                "https://shop..example/",
                "https://shop.example/?access_token=abc",
                "https://[::1",
                "https://shop.example\\@evil.example/",
                "mailto:a@shop.example"
            })
    void what_is_no_url_or_carries_a_secret_is_refused_by_the_name_of_the_argument(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.get(url))
                .withMessageContaining("url")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("password@"));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Shop.Example,https://shop.example/",
        "https://shop.example:443/a?b=c,https://shop.example/a?b=c",
        "http://shop.example:8080,http://shop.example:8080/",
        "https://bücher.example/ä,https://xn--bcher-kva.example/%C3%A4",
        "https://[2001:DB8:0::1]:8443/,https://[2001:db8::1]:8443/",
        "https://shop.example?q=1,https://shop.example/?q=1",
        "https://shop.example./,https://shop.example/"
    })
    void urls_are_brought_into_one_form(String given, String sent) {
        assertThat(Http.get(given).toString()).isEqualTo("GET " + sent);
    }

    @Test
    void what_no_response_can_be_is_refused() {
        HttpProbe get = Http.get(URL);
        assertThatIllegalArgumentException().isThrownBy(() -> get.status(42)).withMessageContaining("status");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.header("a b", "c"))
                .withMessageContaining("name");
        assertThatIllegalArgumentException().isThrownBy(() -> get.json("a", 1)).withMessageContaining("place");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.json("$.a[", 1))
                .withMessageContaining("place");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.json("/a~2", 1))
                .withMessageContaining("place");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.json("/a", is(Duration.ofDays(1))))
                .withMessageContaining("Duration");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.bodySha256("abc"))
                .withMessageContaining("hex");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.capture("/a", Capture.of("x", Duration.class)))
                .withMessageContaining("capture");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.captureHeader("a", Capture.of("x", Integer.class)))
                .withMessageContaining("capture");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.answersWithin(Duration.ZERO))
                .withMessageContaining("limit");
        assertThatIllegalArgumentException().isThrownBy(() -> get.finalUrl(URL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.followingRedirects().redirectsTo(URL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.get("http://shop.example/").version(HttpVersion.HTTP_2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.get("http://shop.example/").certificateExpiresIn(atLeast(Duration.ofDays(1))));
        assertThatNullPointerException()
                .isThrownBy(() -> get.header("a", (String) null))
                .withMessageContaining("value");
        assertThatNullPointerException().isThrownBy(() -> get.at((String) null)).withMessageContaining("address");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // what a caller without generics can do
    void an_expectation_of_another_type_is_refused() {
        Expectation raw = is("200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.get(URL).status(raw))
                .withMessageContaining("status")
                .withMessageContaining("Integer");
    }

    @Test
    void what_must_not_be_sent_is_refused() {
        HttpProbe get = Http.get(URL);
        assertThatIllegalArgumentException().isThrownBy(() -> get.sending("Host", "other.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> get.sending("Authorization", "Bearer abc"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.sending("X", "a\r\nHost: b"))
                .withMessageContaining("value");
        assertThatIllegalArgumentException().isThrownBy(() -> get.sendingJson("{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> get.basic("a:b", Secret.found("p", "12345678")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.at("shop.example"))
                .withMessageContaining("address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.maxBodyBytes(0))
                .withMessageContaining("most");
        assertThatIllegalArgumentException().isThrownBy(get::trusting).withMessageContaining("authorities");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> get.bearer(Secret.found("t", "12345678")).acceptingAnyCertificate("why not"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.request("TRACE", URL))
                .withMessageContaining("method");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.request("G T", URL))
                .withMessageContaining("method");
    }

    @Test
    void a_check_never_writes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Http.post(URL).status(200))
                .withMessageContaining("writing(..)");
        assertThat(Http.post(URL)
                        .readOnly("a search")
                        .sendingJson("{}")
                        .status(200)
                        .sentence())
                .isEqualTo("POST https://shop.example/ answers 200");
    }

    @Test
    void what_a_check_needs_is_declared() {
        Secret key = Secret.found("key", "12345678");
        Capture<String> id = Capture.of("id", String.class);
        Capture<String> next = Capture.of("next", String.class);
        HttpCheck check = Http.get(URL)
                .bearer(key)
                .sending("X-Id", id)
                .status(200)
                .json("/id", is(id))
                .capture("/next", next);
        assertThat(check.secrets()).containsExactly(key);
        assertThat(check.reads()).containsExactly(id);
        assertThat(check.writes()).containsExactly(next);
        assertThat(check.timeout(Duration.ofSeconds(1)).reads()).containsExactly(id);
    }
}
