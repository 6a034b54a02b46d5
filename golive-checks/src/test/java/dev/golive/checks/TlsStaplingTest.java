package dev.golive.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.RevocationFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.TestCertificate;
import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsStaplingTest {

    private static final TimeSource TIME = TimeSource.system();
    private static final Environment STAGING = Environment.named("staging").host("shop.example");

    @TempDir
    private Path directory;

    private ItemResult run(TestCa ca, TestCertificate certificate) throws Exception {
        Path file = directory.resolve("server.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = "for a test".toCharArray();
        store.setKeyEntry(
                "server",
                certificate.privateKey(),
                password,
                certificate.chain().toArray(Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.tls.server.enableStatusRequestExtension=true",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StaplingServer.class.getName(),
                        file.toString(),
                        new String(password))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            int port = Integer.parseInt(out.readLine());
            // the check itself has no way to the responder: what it learns is stapled
            FakeNetwork network = FakeNetwork.create()
                    .trusting(ca.anchors())
                    .host("shop.example", "203.0.113.10")
                    .route("shop.example", 443, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try (GoLive golive = GoLive.builder().network(network).build()) {
                Checklist list = Checklist.named("test")
                        .require(Tls.of("shop.example").stapled().notRevoked())
                        .build();
                return golive.run(list, STAGING).results().get(0);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_good_stapled_response_proves_that_the_certificate_is_not_revoked() throws Exception {
        TestCa ca = TestCa.create(TIME);
        try (RevocationFake revocation = RevocationFake.start(TIME, ca)) {
            ItemResult result = run(ca, ca.leaf("shop.example").mustStaple().withOcsp(revocation.ocsp()));

            assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
            assertThat(result.fact("revocation").orElseThrow()).startsWith("not revoked, by OCSP of ");
        }
    }

    @Test
    void a_stapled_response_that_says_revoked_fails() throws Exception {
        TestCa ca = TestCa.create(TIME);
        try (RevocationFake revocation = RevocationFake.start(TIME, ca)) {
            ItemResult result =
                    run(ca, ca.leaf("shop.example").withOcsp(revocation.ocsp()).revoked());

            assertThat(result.status()).as(result.toString()).isEqualTo(Status.FAILED);
            assertThat(result.why()).contains("the certificate was revoked");
        }
    }
}
