package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault, seen on the wire by clients that hide nothing. */
@Timeout(60)
class HttpFaultTest {

    private static final TestCa CA = TestCa.create(TimeSource.system(), 8);
    private static final String BODY = "0123456789";

    private final HttpFake shop = HttpFake.start(TimeSource.system());

    @AfterEach
    void close() {
        shop.close();
        shop.verify();
        assertThat(shop.threads()).noneMatch(Thread::isAlive);
    }

    private Wire.Http1 http1() throws IOException {
        return new Wire.Http1(Wire.connect(shop.address()));
    }

    private Wire.Http2 http2() throws IOException {
        return new Wire.Http2(Wire.connect(shop.address()));
    }

    private void script(HttpFault.OfExchange fault) {
        shop.get("/").reply(Reply.text(BODY).with(fault));
    }

    /** A short patience, for what must not come. */
    private static Socket impatient(Socket socket) throws IOException {
        socket.setSoTimeout(150);
        return socket;
    }

    @Nested
    class over_http_1_1 {

        @Test
        void reset_before_headers() throws Exception {
            script(HttpFault.resetBeforeHeaders());
            try (Wire.Http1 client = http1().get("/")) {
                assertThatThrownBy(client::rest)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }

        @Test
        void reset_in_the_body() throws Exception {
            script(HttpFault.resetMidBody());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until("\r\n\r\n")).contains("Content-Length: 10\r\n");
                assertThat(client.bytes(5)).isEqualTo("01234");
                assertThatThrownBy(client::rest)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }

        @Test
        void hang_before_headers() throws Exception {
            script(HttpFault.hangBeforeHeaders());
            try (Wire.Http1 client = new Wire.Http1(impatient(Wire.connect(shop.address()))).get("/")) {
                assertThatThrownBy(client::rest).isInstanceOf(SocketTimeoutException.class);
            }
        }

        @Test
        void hang_in_the_body() throws Exception {
            script(HttpFault.hangMidBody());
            try (Wire.Http1 client = new Wire.Http1(impatient(Wire.connect(shop.address()))).get("/")) {
                assertThat(client.until("\r\n\r\n01234")).contains("Content-Length: 10\r\n");
                assertThatThrownBy(client::rest).isInstanceOf(SocketTimeoutException.class);
            }
        }

        @Test
        void close_before_headers() throws Exception {
            script(HttpFault.closeBeforeHeaders());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).isEmpty();
            }
        }

        @Test
        void truncated_body() throws Exception {
            script(HttpFault.truncatedBody());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).contains("Content-Length: 10\r\n").endsWith("\r\n\r\n01234");
            }
        }

        @Test
        void announced_length_too_small() throws Exception {
            script(HttpFault.wrongContentLength(3));
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until(BODY)).contains("Content-Length: 3\r\n").endsWith("\r\n\r\n" + BODY);
                assertThat(client.get("/").until(BODY))
                        .as("the connection goes on")
                        .endsWith("\r\n\r\n" + BODY);
            }
        }

        @Test
        void announced_length_too_great() throws Exception {
            script(HttpFault.wrongContentLength(11));
            try (Wire.Http1 client = new Wire.Http1(impatient(Wire.connect(shop.address()))).get("/")) {
                assertThat(client.until(BODY))
                        .contains("Content-Length: 11\r\n")
                        .endsWith("\r\n\r\n" + BODY);
                assertThatThrownBy(client::rest).isInstanceOf(SocketTimeoutException.class);
            }
        }

        @Test
        void malformed_status_line() throws Exception {
            script(HttpFault.malformedStatusLine());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).startsWith("HTTP/1.1 abc ");
            }
        }

        @Test
        void malformed_header() throws Exception {
            script(HttpFault.malformedHeader());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\nthis line is no header\r\n");
            }
        }

        @Test
        void endless_headers() throws Exception {
            script(HttpFault.endlessHeaders());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.bytes(5_000_000))
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .doesNotContain("\r\n\r\n");
            }
            HttpFakeTest.await(() -> shop.connections().get(0).failure().isPresent());
        }

        @Test
        void five_thousand_headers() throws Exception {
            script(HttpFault.manyHeaders(5_000));
            try (Wire.Http1 client = http1().get("/")) {
                String head = client.until("\r\n\r\n");
                assertThat(head.split("X-Filler-")).hasSize(5_001);
                assertThat(client.bytes(10)).isEqualTo(BODY);
            }
        }

        @Test
        void oversized_body() throws Exception {
            script(HttpFault.oversizedBody(20_000_000));
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until("\r\n\r\n")).contains("Content-Length: 20000000\r\n");
                client.in().skipNBytes(20_000_000);
            }
        }

        @Test
        void endless_body() throws Exception {
            script(HttpFault.endlessBody());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until("\r\n\r\n")).contains("Transfer-Encoding: chunked\r\n");
                client.in().skipNBytes(20_000_000);
            }
            HttpFakeTest.await(() -> shop.connections().get(0).failure().isPresent());
        }

        @Test
        void error_status() throws Exception {
            script(HttpFault.errorStatus(503));
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
            }
        }

        @Test
        void too_many_requests() throws Exception {
            script(HttpFault.tooManyRequests(Duration.ofMinutes(2)));
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until("\r\n\r\n"))
                        .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                        .contains("Retry-After: 120\r\n");
            }
        }

        @Test
        void redirect_loop() throws Exception {
            shop.get("/*").fail(HttpFault.redirectLoop());
            try (Wire.Http1 client = http1().get("/a?b=c")) {
                assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 302 ").contains("Location: /a?b=c\r\n");
            }
        }

        @Test
        void compression_bomb() throws Exception {
            script(HttpFault.compressionBomb(10_000_000));
            try (Wire.Http1 client = http1()) {
                client.send("GET / HTTP/1.0\r\n\r\n");
                assertThat(client.until("\r\n\r\n")).contains("Content-Encoding: gzip\r\n");
                byte[] compressed = client.in().readAllBytes();
                assertThat(compressed.length).isLessThan(100_000);
                assertThat(decompressed(compressed)).isEqualTo(10_000_000);
            }
        }

        @Test
        void wrong_content_encoding() throws Exception {
            script(HttpFault.wrongContentEncoding());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.until("\r\n\r\n" + BODY)).contains("Content-Encoding: gzip\r\n");
            }
        }

        @Test
        void close_after_the_answer() throws Exception {
            script(HttpFault.closeAfterAnswer());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).doesNotContain("Connection: close").endsWith("\r\n\r\n" + BODY);
            }
        }

        @Test
        void reset_of_a_reused_connection() throws Exception {
            script(HttpFault.resetOnReuse());
            try (Wire.Http1 client = http1()) {
                assertThat(client.get("/").until(BODY)).startsWith("HTTP/1.1 200 OK\r\n");
                assertThatThrownBy(() -> client.get("/").rest()).isInstanceOf(SocketException.class);
            }
            try (Wire.Http1 client = http1()) {
                assertThat(client.get("/").until(BODY)).startsWith("HTTP/1.1 200 OK\r\n");
            }
        }

        @Test
        void go_away_closes_without_an_answer() throws Exception {
            script(HttpFault.goAway());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).isEmpty();
            }
        }

        @Test
        void reset_stream_resets_the_connection() throws Exception {
            script(HttpFault.refusedStream());
            try (Wire.Http1 client = http1().get("/")) {
                assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
            }
        }

        @Test
        void bad_frame_sends_what_is_no_http() throws Exception {
            script(HttpFault.badFrame());
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).isNotEmpty().doesNotContain("HTTP");
            }
        }

        @Test
        void a_fault_of_the_body_strikes_a_head_request_before_the_headers() throws Exception {
            script(HttpFault.truncatedBody());
            try (Wire.Http1 client = http1()) {
                assertThat(client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").rest())
                        .isEmpty();
            }
        }

        @Test
        void a_fault_of_the_body_gives_an_empty_answer_a_body() throws Exception {
            shop.get("/").reply(Reply.redirect(301, "/elsewhere").with(HttpFault.truncatedBody()));
            try (Wire.Http1 client = http1().get("/")) {
                assertThat(client.rest()).startsWith("HTTP/1.1 301 ").contains("Content-Length: 64\r\n");
            }
        }
    }

    private static long decompressed(byte[] compressed) throws IOException {
        long count = 0;
        byte[] block = new byte[8_192];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                count += read;
            }
        }
        return count;
    }

    @Nested
    class over_http_2 {

        private Wire.Answer answer() throws IOException {
            try (Wire.Http2 client = settled()) {
                return client.answer(client.get("/"));
            }
        }

        /**
         * A client that has nothing more to say than its requests: after a reset, it is its reading that fails, not an
         * acknowledgement or a window that it still had to send.
         */
        private Wire.Http2 settled() throws IOException {
            shop.get("/settle").reply(Reply.status(204));
            Wire.Http2 client = new Wire.Http2(Wire.connect(shop.address()), false);
            client.answer(client.get("/settle"));
            return client;
        }

        @Test
        void reset_before_headers() {
            script(HttpFault.resetBeforeHeaders());
            assertThatThrownBy(this::answer).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }

        @Test
        void reset_in_the_body() throws Exception {
            script(HttpFault.resetMidBody());
            try (Wire.Http2 client = settled()) {
                int id = client.get("/");
                Wire.Answer answer = client.until(id, 5);
                assertThat(answer.text()).isEqualTo("01234");
                assertThat(answer.headers).containsEntry("content-length", "10");
                assertThatThrownBy(() -> client.step(id, answer)).isInstanceOf(SocketException.class);
            }
        }

        @Test
        void hang_before_headers() throws Exception {
            script(HttpFault.hangBeforeHeaders());
            try (Wire.Http2 client = new Wire.Http2(impatient(Wire.connect(shop.address())))) {
                assertThatThrownBy(() -> client.answer(client.get("/"))).isInstanceOf(SocketTimeoutException.class);
            }
        }

        @Test
        void hang_in_the_body() throws Exception {
            script(HttpFault.hangMidBody());
            try (Wire.Http2 client = new Wire.Http2(impatient(Wire.connect(shop.address())))) {
                int id = client.get("/");
                Wire.Answer answer = client.until(id, 5);
                assertThat(answer.text()).isEqualTo("01234");
                assertThatThrownBy(() -> client.step(id, answer)).isInstanceOf(SocketTimeoutException.class);
            }
        }

        @Test
        void close_before_headers() {
            script(HttpFault.closeBeforeHeaders());
            assertThatThrownBy(this::answer).isInstanceOf(IOException.class).isNotInstanceOf(SocketException.class);
        }

        @Test
        void truncated_body() throws Exception {
            script(HttpFault.truncatedBody());
            Wire.Answer answer = answer();
            assertThat(answer.headers).containsEntry("content-length", "10");
            assertThat(answer.text()).isEqualTo("01234");
            assertThat(answer.ended).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"3", "11"})
        void wrong_announced_length(String announced) throws Exception {
            script(HttpFault.wrongContentLength(Long.parseLong(announced)));
            Wire.Answer answer = answer();
            assertThat(answer.headers).containsEntry("content-length", announced);
            assertThat(answer.text()).isEqualTo(BODY);
        }

        @Test
        void malformed_status() throws Exception {
            script(HttpFault.malformedStatusLine());
            assertThat(answer().headers).containsEntry(":status", "abc");
        }

        @Test
        void malformed_header() throws Exception {
            script(HttpFault.malformedHeader());
            assertThat(answer().headers).containsKey("This Is No Header");
        }

        @Test
        void endless_headers() {
            script(HttpFault.endlessHeaders());
            assertThatThrownBy(this::answer).hasMessage("headers without end");
        }

        @Test
        void five_thousand_headers() throws Exception {
            script(HttpFault.manyHeaders(5_000));
            Wire.Answer answer = answer();
            assertThat(answer.headers).containsKey("x-filler-5000").containsKey("x-filler-1");
            assertThat(answer.text()).isEqualTo(BODY);
            assertThat(answer.frames).anyMatch(frame -> frame.startsWith("CONTINUATION"));
        }

        @Test
        void oversized_body() throws Exception {
            script(HttpFault.oversizedBody(5_000_000));
            try (Wire.Http2 client = http2()) {
                Wire.Answer answer = client.answer(client.get("/"));
                assertThat(answer.headers).containsEntry("content-length", "5000000");
                assertThat(answer.body.size()).isEqualTo(5_000_000);
            }
        }

        @Test
        void endless_body() throws Exception {
            script(HttpFault.endlessBody());
            try (Wire.Http2 client = http2()) {
                Wire.Answer answer = client.until(client.get("/"), 2_000_000);
                assertThat(answer.headers).doesNotContainKey("content-length");
            }
            HttpFakeTest.await(() -> shop.connections().get(0).failure().isPresent());
        }

        @Test
        void error_status() throws Exception {
            script(HttpFault.errorStatus(503));
            assertThat(answer().status()).isEqualTo("503");
        }

        @Test
        void too_many_requests() throws Exception {
            script(HttpFault.tooManyRequests(Duration.ofMinutes(2)));
            assertThat(answer().headers).containsEntry(":status", "429").containsEntry("retry-after", "120");
        }

        @Test
        void redirect_loop() throws Exception {
            script(HttpFault.redirectLoop());
            assertThat(answer().headers).containsEntry(":status", "302").containsEntry("location", "/");
        }

        @Test
        void compression_bomb() throws Exception {
            script(HttpFault.compressionBomb(10_000_000));
            Wire.Answer answer = answer();
            assertThat(answer.headers).containsEntry("content-encoding", "gzip");
            assertThat(answer.body.size()).isLessThan(100_000);
            assertThat(decompressed(answer.body.toByteArray())).isEqualTo(10_000_000);
        }

        @Test
        void wrong_content_encoding() throws Exception {
            script(HttpFault.wrongContentEncoding());
            Wire.Answer answer = answer();
            assertThat(answer.headers).containsEntry("content-encoding", "gzip");
            assertThat(answer.text()).isEqualTo(BODY);
        }

        @Test
        void close_after_the_answer() throws Exception {
            script(HttpFault.closeAfterAnswer());
            try (Wire.Http2 client = http2()) {
                assertThat(client.answer(client.get("/")).text()).isEqualTo(BODY);
                assertThatThrownBy(client::read).isInstanceOf(IOException.class);
                assertThat(client.goAway).isNull();
            }
        }

        @Test
        void reset_of_a_reused_connection() throws Exception {
            script(HttpFault.resetOnReuse());
            try (Wire.Http2 client = new Wire.Http2(Wire.connect(shop.address()), false)) {
                assertThat(client.answer(client.get("/")).text()).isEqualTo(BODY);
                assertThatThrownBy(() -> client.answer(client.get("/"))).isInstanceOf(SocketException.class);
            }
        }

        @Test
        void go_away() throws Exception {
            script(HttpFault.goAway());
            try (Wire.Http2 client = http2()) {
                Wire.Answer answer = client.answer(client.get("/"));
                assertThat(answer.frames).isEmpty();
                assertThat(client.goAway)
                        .as("the last stream that was processed")
                        .isZero();
            }
        }

        @Test
        void reset_stream() throws Exception {
            script(HttpFault.resetStream(2));
            shop.get("/fine").reply(Reply.text("fine"));
            try (Wire.Http2 client = http2()) {
                assertThat(client.answer(client.get("/")).reset).isEqualTo(2);
                assertThat(client.answer(client.get("/fine")).text())
                        .as("the connection goes on")
                        .isEqualTo("fine");
            }
        }

        @Test
        void refused_stream() throws Exception {
            script(HttpFault.refusedStream());
            assertThat(answer().reset).isEqualTo(7);
        }

        @Test
        void bad_frame() {
            script(HttpFault.badFrame());
            assertThatThrownBy(this::answer).hasMessageContaining("data on stream 0");
        }
    }

    /** Faults that take their time, on a clock that jumps, so that the waiting itself can be seen. */
    @Nested
    class with_time {

        private final JumpTime time = new JumpTime(Instant.parse("2027-03-01T09:00:00Z"));
        private final HttpFake slow = HttpFake.start(time);

        @AfterEach
        void close() {
            slow.close();
        }

        @Test
        void delay() throws Exception {
            slow.get("/").reply(Reply.text(BODY).with(HttpFault.delay(Duration.ofMinutes(1))));
            try (Wire.Http1 client = new Wire.Http1(Wire.connect(slow.address())).get("/")) {
                assertThat(client.until(BODY)).contains("Date: Mon, 01 Mar 2027 09:01:00 GMT");
            }
            try (Wire.Http2 client = new Wire.Http2(Wire.connect(slow.address()))) {
                assertThat(client.answer(client.get("/")).text()).isEqualTo(BODY);
            }
            assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1));
        }

        @Test
        void slow_body() throws Exception {
            slow.get("/").reply(Reply.text(BODY).with(HttpFault.slowBody(4, Duration.ofSeconds(5))));
            try (Wire.Http1 client = new Wire.Http1(Wire.connect(slow.address())).get("/")) {
                client.until(BODY);
            }
            assertThat(time.sleeps()).hasSize(3).containsOnly(Duration.ofSeconds(5));
            try (Wire.Http2 client = new Wire.Http2(Wire.connect(slow.address()))) {
                Wire.Answer answer = client.answer(client.get("/"));
                assertThat(answer.text()).isEqualTo(BODY);
                assertThat(answer.frames).contains("DATA 4", "DATA 2");
            }
            assertThat(time.sleeps()).hasSize(6);
        }

        @Test
        void slow_headers() throws Exception {
            slow.get("/")
                    .reply(Reply.status(204)
                            .withoutHeader("Date")
                            .with(HttpFault.slowHeaders(8, Duration.ofSeconds(1))));
            try (Wire.Http1 client = new Wire.Http1(Wire.connect(slow.address())).get("/")) {
                assertThat(client.until("\r\n\r\n")).isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
            }
            assertThat(time.sleeps()).hasSize(4).containsOnly(Duration.ofSeconds(1));
            slow.get("/").reply(Reply.text(BODY).with(HttpFault.slowHeaders(8, Duration.ofSeconds(1))));
            try (Wire.Http2 client = new Wire.Http2(Wire.connect(slow.address()))) {
                Wire.Answer answer = client.answer(client.get("/"));
                assertThat(answer.text()).isEqualTo(BODY);
                assertThat(answer.frames).contains("HEADERS 8", "CONTINUATION 8");
            }
        }

        @Test
        void a_hang_ends_after_a_year_without_an_answer() throws Exception {
            slow.get("/").fail(HttpFault.hangBeforeHeaders());
            try (Wire.Http1 client = new Wire.Http1(Wire.connect(slow.address())).get("/")) {
                assertThat(client.rest()).isEmpty();
            }
            try (Wire.Http2 client = new Wire.Http2(Wire.connect(slow.address()))) {
                assertThat(client.answer(client.get("/")).reset).as("CANCEL").isEqualTo(8);
            }
            assertThat(time.sleeps()).containsExactly(Duration.ofDays(365), Duration.ofDays(365));
        }

        @Test
        void hangs_of_a_connection_wait_on_the_time_source() throws Exception {
            slow.tls(CA.leaf("shop.example")).faultNext(HttpFault.silent()).faultNext(HttpFault.hangInHandshake());
            try (Wire.Http1 client = new Wire.Http1(Wire.connect(slow.address())).get("/")) {
                assertThat(client.rest()).isEmpty();
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
            assertThatThrownBy(() -> Wire.connect(slow.tlsAddress(), CA.clientContext(), "shop.example"))
                    .isInstanceOf(IOException.class);
            assertThat(time.sleeps()).containsExactly(Duration.ofDays(365), Duration.ofDays(365));
        }
    }

    @Nested
    class of_connections_and_ports {

        @Test
        void refuse() throws Exception {
            shop.get("/").reply(Reply.text(BODY));
            shop.tls(CA.leaf("shop.example"));
            try (Wire.Http1 kept = http1()) {
                kept.get("/").until(BODY);
                shop.fault(HttpFault.refuse());
                assertThatThrownBy(kept::rest).as("an open connection").isInstanceOf(SocketException.class);
            }
            assertThatThrownBy(() -> http1()).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> Wire.connect(shop.tlsAddress())).isInstanceOf(ConnectException.class);
            shop.mend();
            try (Wire.Http1 client = http1()) {
                assertThat(client.get("/").until(BODY)).startsWith("HTTP/1.1 200 OK");
            }
            shop.fault(HttpFault.refuse()).fault(HttpFault.errorStatus(500));
            try (Wire.Http1 client = http1()) {
                assertThat(client.get("/").until("\r\n")).startsWith("HTTP/1.1 500 ");
            }
        }

        @Test
        void reset_on_accept() throws Exception {
            shop.get("/").reply(Reply.text(BODY));
            shop.faultNext(HttpFault.resetOnAccept());
            assertThatThrownBy(() -> {
                        try (Wire.Http1 client = http1()) {
                            client.get("/").rest();
                        }
                    })
                    .isInstanceOf(SocketException.class);
            try (Wire.Http1 client = http1()) {
                assertThat(client.get("/").until(BODY)).startsWith("HTTP/1.1 200 OK");
            }
        }

        @Test
        void silent() throws Exception {
            shop.tls(CA.leaf("shop.example")).fault(HttpFault.silent());
            try (Wire.Http1 client = new Wire.Http1(impatient(Wire.connect(shop.address()))).get("/")) {
                assertThatThrownBy(client::rest).isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(raw(hello(0x303))).isNull();
            HttpFakeTest.await(
                    () -> shop.connections().stream().allMatch(c -> c.failure().isPresent()));
        }

        @Test
        void hang_in_the_handshake() throws Exception {
            shop.tls(CA.leaf("shop.example")).fault(HttpFault.hangInHandshake());
            shop.get("/").reply(Reply.text(BODY));
            assertThat(raw(hello(0x303))).isNull();
            try (Wire.Http1 client = http1()) {
                assertThat(client.get("/").until(BODY))
                        .as("the plain port works")
                        .isNotEmpty();
            }
        }

        @Test
        void handshake_alerts() throws Exception {
            shop.tls(CA.leaf("shop.example"))
                    .faultNext(HttpFault.noCommonCipher())
                    .faultNext(HttpFault.unrecognizedName());
            assertThatThrownBy(() -> Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("handshake_failure");
            assertThatThrownBy(() -> Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
            shop.faultNext(HttpFault.handshakeAlert(80));
            assertThat(raw(hello(0x303))).startsWith(21, 3, 3, 0, 2, 2, 80).hasSize(7);
        }

        @ParameterizedTest
        @CsvSource({"SSL_3_0,768", "TLS_1_0,769", "TLS_1_1,770"})
        void old_protocol_only(HttpFault.OldProtocol protocol, int version) throws Exception {
            shop.tls(CA.leaf("shop.example")).fault(HttpFault.oldProtocolOnly(protocol));
            byte[] answer = raw(hello(version));
            assertThat(answer).startsWith(22, 3, version & 0xff);
            assertThat(answer[5]).as("server hello").isEqualTo((byte) 2);
            assertThat(answer[9] << 8 | answer[10]).as("its version").isEqualTo(version);
            assertThatThrownBy(() -> Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example"))
                    .as("JSSE speaks newer versions only")
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("protocol_version");
        }

        @Test
        void other_certificate() throws Exception {
            shop.tls(CA.leaf("shop.example"));
            shop.faultNext(HttpFault.otherCertificate(CA.leaf("other.example")));
            assertThatThrownBy(() -> Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("shop.example");
            Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example").close();
        }

        @Test
        void no_tls() throws Exception {
            shop.tls(CA.leaf("shop.example")).fault(HttpFault.noTls());
            assertThat(new String(raw(hello(0x303)), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThatThrownBy(() -> Wire.connect(shop.tlsAddress(), CA.clientContext(), "shop.example"))
                    .isInstanceOf(SSLException.class);
        }

        /** What the TLS port answers to these bytes; {@code null} if nothing within 150 ms. */
        private byte @org.jspecify.annotations.Nullable [] raw(byte[] bytes) throws IOException {
            try (Socket socket = impatient(Wire.connect(shop.tlsAddress()))) {
                socket.getOutputStream().write(bytes);
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                try {
                    byte[] block = new byte[4_096];
                    for (int n = socket.getInputStream().read(block);
                            n >= 0;
                            n = socket.getInputStream().read(block)) {
                        answer.write(block, 0, n);
                    }
                } catch (SocketTimeoutException e) {
                    // The server waits for the client's next message.
                }
                return answer.size() == 0 ? null : answer.toByteArray();
            }
        }

        /** A client hello without extensions, as before TLS 1.2. */
        private static byte[] hello(int version) {
            ByteBuffer hello = ByteBuffer.allocate(5 + 4 + 2 + 32 + 1 + 2 + 4 + 2);
            hello.put((byte) 22).putShort((short) 0x301).putShort((short) (hello.capacity() - 5));
            hello.put((byte) 1).put((byte) 0).putShort((short) (hello.capacity() - 9));
            hello.putShort((short) version).put(new byte[32]).put((byte) 0);
            hello.putShort((short) 4).putShort((short) 0x2f).putShort((short) 0x35);
            hello.put((byte) 1).put((byte) 0);
            return hello.array();
        }
    }

    @Test
    void the_widest_fault_wins() throws Exception {
        HttpScript script = shop.get("/").reply(Reply.text(BODY).with(HttpFault.errorStatus(500)));
        try (Wire.Http1 client = http1()) {
            assertThat(status(client)).isEqualTo("500");
            script.fault(HttpFault.errorStatus(501));
            assertThat(status(client)).isEqualTo("501");
            shop.fault(HttpFault.errorStatus(502));
            assertThat(status(client)).isEqualTo("502");
            shop.faultNext(HttpFault.errorStatus(503)).faultNext(HttpFault.errorStatus(504));
            assertThat(status(client)).isEqualTo("503");
            assertThat(status(client)).isEqualTo("504");
            assertThat(status(client)).isEqualTo("502");
            shop.mend();
            assertThat(status(client)).isEqualTo("501");
            script.mend();
            assertThat(status(client)).isEqualTo("500");
        }
    }

    private static String status(Wire.Http1 client) throws IOException {
        String head = client.get("/").until("\r\n\r\n");
        client.bytes(Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
        return head.split(" ")[1];
    }

    @Test
    void the_catalogue_has_every_kind_of_fault() {
        assertThat(HttpFault.catalogue().stream()
                        .<Class<?>>map(HttpFault::getClass)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(kinds(HttpFault.class)
                        .filter(kind -> kind != HttpFault.OtherCertificate.class)
                        .toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(HttpFaultTest::kinds)
                : Stream.of(type);
    }

    static List<HttpFault> catalogue() {
        return HttpFault.catalogue();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void every_fault_can_be_set_and_mended_and_says_what_it_does(HttpFault fault) throws Exception {
        assertThat(fault.toString()).matches("[a-z].*[^.]").doesNotContain("[");
        shop.tls(CA.leaf("shop.example"));
        shop.get("/").reply(Reply.text(BODY));
        shop.fault(fault);
        try (Socket socket = impatient(Wire.connect(shop.tlsAddress()))) {
            socket.getOutputStream().write(22);
        } catch (IOException e) {
            assertThat(fault).isInstanceOfAny(HttpFault.Refuse.class, HttpFault.ResetOnAccept.class);
        }
        shop.mend();
        try (Wire.Http1 client = http1()) {
            assertThat(client.get("/").until(BODY)).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }
}
