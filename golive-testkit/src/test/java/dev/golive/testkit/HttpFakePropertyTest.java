package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds for any script and any fault. */
class HttpFakePropertyTest {

    private static final TestCa CA = TestCa.create(TimeSource.system(), 9);
    private static final int ENOUGH = 300_000;

    record Given(int status, byte[] body, boolean chunked, String value) {}

    @Provide
    Arbitrary<Given> answers() {
        return Combinators.combine(
                        Arbitraries.of(200, 201, 299, 301, 400, 404, 418, 500, 503, 599),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(40_000),
                        Arbitraries.of(true, false),
                        Arbitraries.strings()
                                .withCharRange('!', '~')
                                .ofMinLength(1)
                                .ofMaxLength(200))
                .as(Given::new);
    }

    @Provide
    Arbitrary<List<Given>> scripts() {
        return answers().list().ofMinSize(1).ofMaxSize(5);
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void any_script_reads_the_same_in_both_versions(@ForAll("scripts") List<Given> script) throws Exception {
        try (HttpFake fake = HttpFake.start(TimeSource.system()).tls(CA.leaf("localhost"))) {
            for (int i = 0; i < script.size(); i++) {
                Given given = script.get(i);
                Reply reply = Reply.bytes(given.status(), "application/octet-stream", given.body())
                        .header("X-Value", given.value());
                fake.get("/" + i).reply(given.chunked() ? reply.chunked() : reply);
            }
            for (HttpClient.Version version : HttpClient.Version.values()) {
                HttpClient client = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(CA.clientContext())
                        .build();
                for (int i = 0; i < script.size(); i++) {
                    URI uri =
                            URI.create("https://localhost:" + fake.tlsAddress().getPort() + "/" + i);
                    HttpResponse<byte[]> response =
                            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
                    assertThat(response.version()).isEqualTo(version);
                    assertThat(response.statusCode()).isEqualTo(script.get(i).status());
                    assertThat(response.body()).isEqualTo(script.get(i).body());
                    assertThat(response.headers().firstValue("x-value"))
                            .contains(script.get(i).value());
                }
            }
            assertThat(fake.connections()).hasSize(2);
            fake.verify();
        }
    }

    @Provide
    Arbitrary<HttpFault> faults() {
        return Arbitraries.of(HttpFault.catalogue());
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void any_fault_of_any_answer_ends_and_leaves_nothing_behind(
            @ForAll("answers") Given given,
            @ForAll("faults") HttpFault fault,
            @ForAll boolean tls,
            @ForAll boolean http2)
            throws Exception {
        HttpFake fake = HttpFake.start(new JumpTime(Instant.parse("2027-03-01T09:00:00Z")))
                .tls(CA.leaf("shop.example"));
        try (fake) {
            fake.get("/").reply(Reply.bytes(given.status(), "text/plain", given.body()));
            fake.fault(fault);
            for (int i = 0; i < 2; i++) {
                talk(fake, tls, http2);
            }
        }
        fake.verify();
        assertThat(fake.threads()).noneMatch(Thread::isAlive);
    }

    /** Asks twice and reads some of what comes; what a client sees of each fault is another test's business. */
    private static void talk(HttpFake fake, boolean tls, boolean http2) {
        try (Socket socket = tls
                ? Wire.connect(fake.tlsAddress(), CA.clientContext(), "shop.example", http2 ? "h2" : "http/1.1")
                : Wire.connect(fake.address())) {
            socket.setSoTimeout(20);
            if (http2) {
                Wire.Http2 client = new Wire.Http2(socket);
                client.get("/");
                client.get("/");
            } else {
                new Wire.Http1(socket).get("/").get("/");
            }
            InputStream in = socket.getInputStream();
            byte[] block = new byte[8_192];
            int total = 0;
            for (int count = in.read(block); count >= 0 && total < ENOUGH; count = in.read(block)) {
                total += count;
            }
        } catch (IOException e) {
            // Refused, reset, alerted, closed or timed out: which of them is what HttpFaultTest is about.
        }
    }
}
