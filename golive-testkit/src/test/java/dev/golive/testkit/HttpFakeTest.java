package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpFakeTest {

    private static final TestCa CA = TestCa.create(TimeSource.system(), 7);

    private final TimeSource time = TimeSource.system();
    private final HttpFake shop = HttpFake.start(time);

    @AfterEach
    void close() {
        shop.close();
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(CA.clientContext())
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private URI secure(String target) {
        return URI.create("https://localhost:" + shop.tlsAddress().getPort() + target);
    }

    @Test
    void a_scripted_request_is_answered_and_recorded() throws Exception {
        shop.get("/api/health").reply(Reply.json("{\"status\":\"ok\"}").header("Cache-Control", "no-store"));

        HttpResponse<String> response = get(client(HttpClient.Version.HTTP_1_1), shop.uri("/api/health?a=1"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("date")).isPresent();
        ReceivedRequest request = shop.requests("GET", "/api/health").get(0);
        assertThat(request.version()).isEqualTo(HttpFake.Version.HTTP_1_1);
        assertThat(request.query()).contains("a=1");
        assertThat(request.host()).isEqualTo("127.0.0.1");
        assertThat(request.number()).isEqualTo(1);
        assertThat(request.connection().number()).isEqualTo(1);
        shop.verify();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void the_jdks_client_speaks_with_it_over_tls_in_both_versions(HttpClient.Version version) throws Exception {
        shop.tls(CA.leaf("localhost"));
        shop.post("/orders").reply(order -> Reply.text(201, order.bodyText().toUpperCase(java.util.Locale.ROOT)));
        HttpClient client = client(version);

        for (int i = 1; i <= 3; i++) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(secure("/orders"))
                            .POST(BodyPublishers.ofString("order " + i))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(version);
            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).isEqualTo("ORDER " + i);
        }

        assertThat(shop.connections()).hasSize(1);
        assertThat(shop.connections().get(0).serverName()).contains("localhost");
        assertThat(shop.requests()).extracting(ReceivedRequest::number).containsExactly(1, 2, 3);
        assertThat(shop.requests().get(0).version().toString())
                .isEqualTo(version == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
        assertThat(shop.requests().get(0).host()).isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 16_383, 16_384, 16_385, 65_535, 65_536, 3_000_000})
    void a_body_of_any_size_arrives_in_both_versions(long size) throws Exception {
        shop.tls(CA.leaf("localhost"));
        shop.get("/known").reply(Reply.filler(size));
        shop.get("/unknown").reply(Reply.filler(size).chunked());
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client = client(version);
            for (String path : List.of("/known", "/unknown", "/known")) {
                HttpResponse<byte[]> response =
                        client.send(HttpRequest.newBuilder(secure(path)).build(), BodyHandlers.ofByteArray());
                assertThat(response.body()).hasSize((int) size);
                assertThat(response.headers().firstValue("content-length").isPresent())
                        .isEqualTo(path.equals("/known"));
            }
        }
        assertThat(shop.connections()).hasSize(2);
    }

    @Test
    void a_large_request_body_is_received_in_both_versions() throws Exception {
        shop.tls(CA.leaf("localhost"));
        shop.post("/upload").reply(request -> Reply.text(Integer.toString(request.body().length)));
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> response = client(version)
                    .send(
                            HttpRequest.newBuilder(secure("/upload"))
                                    .POST(BodyPublishers.ofByteArray(new byte[2_000_000]))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("2000000");
        }
    }

    @Test
    void a_client_that_expects_to_be_asked_is_asked_for_its_body() throws Exception {
        shop.post("/upload").reply(request -> Reply.text(request.bodyText()));
        HttpResponse<String> response = client(HttpClient.Version.HTTP_1_1)
                .send(
                        HttpRequest.newBuilder(shop.uri("/upload"))
                                .expectContinue(true)
                                .POST(BodyPublishers.ofString("may I?"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("may I?");
    }

    @Test
    void many_streams_of_one_connection_are_answered_at_once() throws Exception {
        shop.tls(CA.leaf("localhost"));
        shop.get("/*").reply(request -> Reply.text(request.path()));
        HttpClient client = client(HttpClient.Version.HTTP_2);
        get(client, secure("/first"));
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(client.sendAsync(HttpRequest.newBuilder(secure("/" + i)).build(), BodyHandlers.ofString()));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(all.get(i).get().body()).isEqualTo("/" + i);
        }
        assertThat(shop.connections()).hasSize(1);
    }

    @Test
    void http2_is_understood_with_prior_knowledge_on_the_plain_port() throws Exception {
        shop.get("/").reply(Reply.text("hello"));
        try (Wire.Http2 client = new Wire.Http2(Wire.connect(shop.address()))) {
            Wire.Answer answer = client.answer(client.get("/"));
            assertThat(answer.status()).isEqualTo("200");
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.headers).containsEntry("content-length", "5");
        }
        assertThat(shop.requests().get(0).version()).isEqualTo(HttpFake.Version.HTTP_2);
        assertThat(shop.requests().get(0).host()).isEqualTo("shop.example");
    }

    @Test
    void a_client_that_grants_no_window_gets_no_more_than_the_first_one() throws Exception {
        shop.get("/").reply(Reply.filler(100_000));
        try (Wire.Http2 client = new Wire.Http2(Wire.connect(shop.address()), false)) {
            int id = client.get("/");
            Wire.Answer answer = client.until(id, 65_535);
            assertThat(answer.body.size()).isEqualTo(65_535);
            assertThat(answer.ended).isFalse();
        }
    }

    @Test
    void a_sequence_of_answers_stays_with_its_last_one() throws Exception {
        HttpScript script =
                shop.get("/").reply(Reply.status(503)).then(Reply.status(502)).then(Reply.text("ok"));
        HttpClient client = client(HttpClient.Version.HTTP_1_1);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(get(client, shop.uri("/")).statusCode());
        }
        assertThat(statuses).containsExactly(503, 502, 200, 200);
        assertThat(script.requests()).hasSize(4);
    }

    @Test
    void the_route_that_was_added_last_wins() throws Exception {
        shop.get("/*").reply(Reply.text("old"));
        shop.get("/page").reply(Reply.text("new"));
        HttpClient client = client(HttpClient.Version.HTTP_1_1);
        assertThat(get(client, shop.uri("/page")).body()).isEqualTo("new");
        assertThat(get(client, shop.uri("/other")).body()).isEqualTo("old");
    }

    @Test
    void hosts_queries_methods_and_conditions_tell_routes_apart() throws Exception {
        shop.on("*", "/").reply(Reply.text("any"));
        shop.get("/").host("SHOP.example").reply(Reply.text("shop"));
        shop.get("/").host("api.example").reply(Reply.text("api"));
        shop.get("/?page=2").reply(Reply.text("two"));
        shop.get("/").when(request -> request.header("x-canary").isPresent()).reply(Reply.text("canary"));
        assertThat(raw("GET / HTTP/1.1\r\nHost: shop.example:8080\r\n")).endsWith("\r\n\r\nshop");
        assertThat(raw("GET / HTTP/1.1\r\nHost: api.example\r\n")).endsWith("\r\n\r\napi");
        assertThat(raw("GET /?page=2 HTTP/1.1\r\nHost: api.example\r\n")).endsWith("\r\n\r\ntwo");
        assertThat(raw("GET / HTTP/1.1\r\nHost: api.example\r\nX-Canary: 1\r\n"))
                .endsWith("\r\n\r\ncanary");
        assertThat(raw("DELETE / HTTP/1.1\r\nHost: [::1]:80\r\n")).endsWith("\r\n\r\nany");
        assertThat(shop.requests("DELETE", "/").get(0).host()).isEqualTo("[::1]");
    }

    private String raw(String head) throws IOException {
        try (Wire.Http1 client = new Wire.Http1(Wire.connect(shop.address()))) {
            return client.send(head + "Connection: close\r\n\r\n").rest();
        }
    }

    @Test
    void head_is_answered_by_the_route_for_get_without_a_body() throws Exception {
        shop.get("/").reply(Reply.text("hello"));
        String answer = raw("HEAD / HTTP/1.1\r\nHost: shop.example\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 5\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void an_http_1_0_client_is_served_and_let_go() throws Exception {
        shop.get("/").reply(Reply.text("hello").chunked());
        try (Wire.Http1 client = new Wire.Http1(Wire.connect(shop.address()))) {
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").rest())
                    .doesNotContain("chunked")
                    .endsWith("\r\n\r\nhello");
        }
        assertThat(shop.requests().get(0).version()).isEqualTo(HttpFake.Version.HTTP_1_0);
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        shop.get("/*").reply(request -> Reply.text(request.path()));
        try (Wire.Http1 client = new Wire.Http1(Wire.connect(shop.address()))) {
            client.get("/1").get("/2");
            assertThat(client.until("/1")).isNotEmpty();
            assertThat(client.until("/2")).isNotEmpty();
        }
    }

    @Test
    void a_reply_may_have_headers_of_its_own_and_lack_others() throws Exception {
        shop.get("/")
                .reply(Reply.status(299)
                        .withoutHeader("date")
                        .header("Set-Cookie", "a=1")
                        .header("Set-Cookie", "b=2")
                        .header("Content-Length", "0"));
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\n"))
                .isEqualTo("HTTP/1.1 299 \r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n");
    }

    @Test
    void a_compressed_reply_can_be_decompressed() throws Exception {
        shop.get("/").reply(Reply.text("hello ".repeat(100)).gzipped());
        HttpResponse<byte[]> response = client(HttpClient.Version.HTTP_1_1)
                .send(HttpRequest.newBuilder(shop.uri("/")).build(), BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                .hasSize(600);
    }

    @Test
    void an_unscripted_request_is_answered_at_once_with_what_there_is() throws Exception {
        shop.get("/api/health").host("shop.example").reply(Reply.text("ok"));
        shop.post("/orders").reply(Reply.text("ok"));

        HttpResponse<String> response = get(client(HttpClient.Version.HTTP_1_1), shop.uri("/api/helth"));

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(response.body())
                .contains("GET http://127.0.0.1/api/helth")
                .contains("GET shop.example/api/health")
                .contains("POST /orders");
        assertThat(shop.unscripted()).hasSize(1);
        assertThatThrownBy(shop::verify).isInstanceOf(AssertionError.class).hasMessageContaining("/api/helth");
    }

    @Test
    void a_handler_that_throws_gives_500_and_fails_the_verification() throws Exception {
        shop.get("/").reply(request -> {
            throw new IllegalStateException("no stock");
        });
        HttpResponse<String> response = get(client(HttpClient.Version.HTTP_1_1), shop.uri("/"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("no stock");
        assertThatThrownBy(shop::verify).isInstanceOf(AssertionError.class).hasMessageContaining("no stock");
    }

    @Test
    void an_assertion_in_a_handler_fails_the_verification() throws Exception {
        shop.get("/").reply(request -> {
            assertThat(request.header("X-Token")).as("the token").isPresent();
            return Reply.text("ok");
        });
        assertThat(get(client(HttpClient.Version.HTTP_1_1), shop.uri("/")).statusCode())
                .isEqualTo(500);
        assertThatThrownBy(shop::verify).isInstanceOf(AssertionError.class).hasMessageContaining("the token");
    }

    @Test
    void what_is_no_http_is_refused_and_fails_the_verification() throws Exception {
        assertThat(raw("what is this\r\n")).startsWith("HTTP/1.1 400 ");
        assertThatThrownBy(shop::verify).isInstanceOf(AssertionError.class);
    }

    @Test
    void each_name_gets_its_own_certificate() throws Exception {
        shop.tls(CA.leaf("shop.example"))
                .tls(CA.leaf("api.example", "*.api.example"))
                .tls("wrong.example", CA.leaf("other.example"));
        assertThat(served("shop.example")).isEqualTo("shop.example");
        assertThat(served("api.example")).isEqualTo("api.example");
        assertThat(served("v1.api.example")).isEqualTo("api.example");
        assertThatThrownBy(() -> served("unknown.example"))
                .as("the first certificate is the default one")
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("unknown.example");
        assertThatThrownBy(() -> served("wrong.example")).isInstanceOf(SSLHandshakeException.class);
        assertThat(shop.connections().get(4).serverName()).contains("wrong.example");
    }

    private String served(String name) throws IOException {
        try (SSLSocket socket = Wire.connect(shop.tlsAddress(), CA.clientContext(), name)) {
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            String subject = leaf.getSubjectX500Principal().getName();
            return subject.substring(subject.indexOf("CN=") + 3).split(",")[0];
        }
    }

    static List<TestCertificate> certificates() {
        TestCertificate sound = CA.leaf("shop.example");
        return List.of(
                sound,
                sound.expired(),
                sound.notYetValid(),
                sound.forNames("other.example"),
                sound.commonNameOnly(),
                sound.weakKey(),
                sound.rsa(2_048),
                sound.ec("P-384"),
                sound.sha1Signature(),
                sound.selfSigned(),
                sound.missingIntermediate(),
                sound.disorderedChain(),
                sound.withoutServerAuth(),
                sound.caFlagged(),
                sound.intermediateWithoutCaFlag(),
                sound.intermediateExpired(),
                sound.nameConstraintsViolated(),
                sound.overlongValidity(),
                sound.mustStaple());
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void every_certificate_can_be_served_as_it_is(TestCertificate certificate) throws Exception {
        shop.tls(certificate);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustEveryone()}, null);
        try (SSLSocket socket = Wire.connect(shop.tlsAddress(), trusting, "shop.example")) {
            assertThat(socket.getSession().getPeerCertificates())
                    .containsExactly(certificate.chain().toArray(new X509Certificate[0]));
        }
    }

    /** An extended one, to which JSSE adds no check of its own. */
    private static final class TrustEveryone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void the_application_protocol_is_negotiated() throws Exception {
        shop.tls(CA.leaf("shop.example"));
        assertThat(protocol("h2", "http/1.1")).isEqualTo("h2");
        assertThat(protocol("http/1.1")).isEqualTo("http/1.1");
        assertThat(protocol()).isEmpty();
        shop.versions(HttpFake.Version.HTTP_1_1);
        assertThat(protocol("h2", "http/1.1")).isEqualTo("http/1.1");
        assertThatThrownBy(() -> protocol("h2")).isInstanceOf(SSLHandshakeException.class);
        assertThat(shop.connections().get(0).offeredProtocols()).containsExactly("h2", "http/1.1");
    }

    private String protocol(String... offered) throws IOException {
        try (SSLSocket socket = Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example", offered)) {
            return socket.getApplicationProtocol();
        }
    }

    @Test
    void protocol_and_cipher_suite_can_be_fixed() throws Exception {
        shop.tls(CA.leaf("shop.example"))
                .tlsVersions("TLSv1.2")
                .cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        shop.get("/").reply(Reply.text("hello"));
        try (SSLSocket socket = Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example");
                Wire.Http1 client = new Wire.Http1(socket)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .rest())
                    .endsWith("hello");
        }
    }

    @Test
    void a_client_that_does_not_trust_the_certificate_is_on_record() throws Exception {
        shop.tls(CA.leaf("shop.example").selfSigned());
        assertThatThrownBy(() -> served("shop.example")).isInstanceOf(SSLHandshakeException.class);
        await(() -> shop.connections().get(0).failure().isPresent());
    }

    /** Looks again and again; the real world has no better way to say that another thread has seen something. */
    static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited for 10 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void a_delayed_answer_waits_on_the_time_source_only() throws Exception {
        JumpTime jump = new JumpTime(Instant.parse("2027-03-01T09:00:00Z"));
        try (HttpFake fake = HttpFake.start(jump)) {
            fake.get("/").reply(Reply.text("late").after(Duration.ofHours(3)));
            HttpResponse<String> response = get(client(HttpClient.Version.HTTP_1_1), fake.uri("/"));
            assertThat(response.body()).isEqualTo("late");
            assertThat(response.headers().firstValue("date")).contains("Mon, 01 Mar 2027 12:00:00 GMT");
            assertThat(jump.sleeps()).containsExactly(Duration.ofHours(3));
            assertThat(fake.requests().get(0).at()).isEqualTo(Instant.parse("2027-03-01T09:00:00Z"));
        }
    }

    @Test
    void closing_ends_what_hangs_and_leaves_no_thread() throws Exception {
        HttpFake fake = HttpFake.start(time).tls(CA.leaf("shop.example"));
        fake.get("/").fail(HttpFault.hangBeforeHeaders());
        fake.get("/endless").fail(HttpFault.endlessBody());
        List<AutoCloseable> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(new Wire.Http1(Wire.connect(fake.address())).get("/"));
            clients.add(new Wire.Http1(Wire.connect(fake.address())).get("/endless"));
            clients.add(new Wire.Http1(Wire.connect(fake.address())));
            Wire.Http2 h2 = new Wire.Http2(Wire.connect(fake.tlsAddress(), CA.clientContext(), "shop.example", "h2"));
            h2.get("/");
            h2.get("/endless");
            clients.add(h2);
        }
        await(() -> fake.requests().size() == 20);
        List<Thread> threads = fake.threads();
        assertThat(threads).hasSizeGreaterThanOrEqualTo(20);

        long start = System.nanoTime();
        fake.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

        fake.close();
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("http-fake-" + fake.address().getPort() + "-accept");
        for (AutoCloseable client : clients) {
            client.close();
        }
        assertThatThrownBy(() -> Wire.connect(fake.address())).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_client_that_goes_ends_what_hangs_for_it() throws Exception {
        shop.tls(CA.leaf("shop.example"));
        shop.get("/").fail(HttpFault.hangBeforeHeaders());
        try (Wire.Http1 plain = new Wire.Http1(Wire.connect(shop.address()));
                Wire.Http1 tls = new Wire.Http1(Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example"));
                Wire.Http2 h2 =
                        new Wire.Http2(Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example", "h2"))) {
            plain.get("/");
            tls.get("/");
            h2.get("/");
            await(() -> shop.requests().size() == 3);
        }
        await(() -> shop.connections().stream()
                .allMatch(connection -> connection.failure().isPresent()));
        assertThat(shop.connections())
                .hasSize(3)
                .allSatisfy(connection -> assertThat(connection.failure()).get().isInstanceOf(IOException.class));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_connection_goes_on_after_a_pause_that_was_watched(boolean tls) throws Exception {
        shop.tls(CA.leaf("shop.example"));
        shop.get("/*").reply(request -> Reply.text(request.path()).after(Duration.ofMillis(20)));
        try (Wire.Http1 client = new Wire.Http1(
                tls
                        ? Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example")
                        : Wire.connect(shop.address()))) {
            for (int i = 1; i <= 5; i++) {
                client.get("/" + i + "a").get("/" + i + "b");
                client.until("\r\n\r\n/" + i + "a");
                client.until("\r\n\r\n/" + i + "b");
            }
        }
        assertThat(shop.connections()).hasSize(1);
    }

    @Test
    void it_listens_on_other_loopback_addresses_and_on_no_others() throws Exception {
        try (HttpFake fake = HttpFake.start(time, InetAddress.getByName("127.0.0.9"))) {
            fake.get("/").reply(Reply.text("nine"));
            assertThat(get(client(HttpClient.Version.HTTP_1_1), fake.uri("/")).body())
                    .isEqualTo("nine");
        }
        assertThatThrownBy(() -> HttpFake.start(time, InetAddress.getByName("192.0.2.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void bad_arguments_are_named() {
        assertThatThrownBy(() -> shop.get("page")).hasMessageContaining("path must begin with a slash, was page");
        assertThatThrownBy(() -> shop.on(" ", "/")).hasMessageContaining("method");
        assertThatThrownBy(() -> Reply.status(99)).hasMessageContaining("status must be between");
        assertThatThrownBy(() -> Reply.redirect(200, "/")).hasMessageContaining("status must be between");
        assertThatThrownBy(() -> Reply.text("").header("a\r\nb", "c")).hasMessageContaining("line break");
        assertThatThrownBy(() -> Reply.text("").after(Duration.ofSeconds(-1))).hasMessageContaining("time");
        assertThatThrownBy(() -> HttpFault.slowBody(0, Duration.ofSeconds(1))).hasMessageContaining("bytes");
        assertThatThrownBy(() -> HttpFault.errorStatus(200)).hasMessageContaining("status");
        assertThatThrownBy(shop::tlsAddress)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tls");
    }
}
