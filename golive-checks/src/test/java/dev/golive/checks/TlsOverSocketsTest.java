package dev.golive.checks;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.Expect.startingWith;
import static dev.golive.checks.TlsLevel.INTERMEDIATE;
import static dev.golive.checks.TlsLevel.MODERN;
import static dev.golive.checks.TlsVersion.TLS_1_0;
import static dev.golive.checks.TlsVersion.TLS_1_1;
import static dev.golive.checks.TlsVersion.TLS_1_2;
import static dev.golive.checks.TlsVersion.TLS_1_3;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.RevocationFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.TestCertificate;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsOverSocketsTest {

    private static final TimeSource TIME = TimeSource.system();
    private static final TestCa CA = TestCa.create(TIME);
    private static final Environment STAGING =
            Environment.named("staging").host("shop.example", "www.shop.example", "lb.shop.example");

    private final HttpFake server = HttpFake.start(TIME);
    private FakeNetwork network = FakeNetwork.create().trusting(CA.anchors());

    @AfterEach
    void close() {
        server.close();
    }

    private void serve(TestCertificate certificate) {
        server.tls(certificate);
        network = network.host("shop.example", "203.0.113.10").route("shop.example", 443, server.tlsAddress());
    }

    private ItemResult run(Check check) {
        try (GoLive golive = GoLive.builder()
                .network(network)
                .deadline(Duration.ofSeconds(30))
                .build()) {
            return golive.run(Checklist.named("test").require(check).build(), STAGING)
                    .results()
                    .get(0);
        }
    }

    private static void assertFailed(ItemResult result, String why) {
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.FAILED);
        assertThat(result.why()).contains(why);
    }

    private static void assertPassed(ItemResult result) {
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.PASSED);
    }

    @Test
    void a_good_server_passes_and_shows_its_facts() {
        serve(CA.leaf("shop.example", "www.shop.example"));

        ItemResult result = run(Tls.of("shop.example")
                .covers("www.shop.example")
                .expiresIn(atLeast(days(21)))
                .keyType("EC")
                .keySize(atLeast(256))
                .signature("SHA256withECDSA")
                .issuedBy(startingWith("golive test")));

        assertPassed(result);
        assertThat(result.sentence())
                .isEqualTo("TLS of shop.example covers www.shop.example and expires in at least 21 d and has key type"
                        + " \"EC\" and has key size in bits at least 256 and has signature algorithm"
                        + " \"SHA256withECDSA\" and is issued by starting with \"golive test\"");
        assertThat(result.fact("address")).contains("203.0.113.10");
        assertThat(result.fact("view")).contains("edge, by DNS");
        assertThat(result.fact("tls version")).contains("TLSv1.3");
        assertThat(result.fact("days left")).contains("88");
        assertThat(result.fact("verified path days left")).contains("88");
        assertThat(result.fact("path")).contains("shop.example < golive test intermediate < golive test root");
        assertThat(result.fact("tls time")).isPresent();
        assertThat(result.fact("names")).contains("shop.example, www.shop.example");
    }

    static Stream<Arguments> bad_certificates() {
        return Stream.of(
                Arguments.of(
                        CA.leaf("old.example"),
                        Status.FAILED,
                        "the certificate is for old.example, not for shop.example"),
                Arguments.of(CA.leaf("shop.example").selfSigned(), Status.FAILED, "the certificate is self-signed"),
                Arguments.of(
                        CA.leaf("shop.example").missingIntermediate(),
                        Status.FAILED,
                        "the server does not send the intermediate certificate \"golive test intermediate\""),
                Arguments.of(CA.leaf("shop.example").sha1Signature(), Status.FAILED, "is signed with SHA-1"),
                Arguments.of(CA.leaf("shop.example").weakKey(), Status.FAILED, "RSA key of only 1024 bits"),
                Arguments.of(CA.leaf("shop.example").commonNameOnly(), Status.FAILED, "in its common name only"),
                Arguments.of(CA.leaf("shop.example").withoutServerAuth(), Status.FAILED, "is not for servers"),
                Arguments.of(CA.leaf("shop.example").caFlagged(), Status.FAILED, "one of a certificate authority"),
                Arguments.of(
                        CA.leaf("shop.example").intermediateWithoutCaFlag(),
                        Status.FAILED,
                        "is no certificate authority"),
                Arguments.of(
                        CA.leaf("shop.example").nameConstraintsViolated(), Status.FAILED, "not allowed to issue for"),
                Arguments.of(CA.leaf("shop.example").disorderedChain(), Status.WARNED, "not sent in their order"),
                Arguments.of(
                        TestCa.create(TIME).leaf("shop.example"),
                        Status.UNKNOWN,
                        "is neither sent nor trusted: either something on the way intercepts TLS"));
    }

    @ParameterizedTest
    @MethodSource
    void bad_certificates(TestCertificate certificate, Status status, String why) {
        serve(certificate);

        ItemResult result = run(Tls.of("shop.example").isValid());

        assertThat(result.status()).as(result.toString()).isEqualTo(status);
        assertThat(result.why()).contains(why);
        assertThat(result.fact("issuer")).isPresent();
    }

    @Test
    void a_private_authority_can_be_named() {
        TestCa ours = TestCa.create(TIME);
        serve(ours.leaf("shop.example"));

        assertPassed(run(Tls.of("shop.example").trusting(ours.root()).isValid()));
        assertFailed(run(Tls.of("shop.example").trusting(CA.root()).isValid()), "is neither sent nor trusted");
    }

    @Test
    void an_origin_is_asked_at_its_address_under_the_public_name() {
        server.tls(CA.leaf("shop.example"));
        network = network.host("shop.example", "203.0.113.10").route("198.51.100.7", 443, server.tlsAddress());

        ItemResult result = run(Tls.of("shop.example").at("198.51.100.7").isValid());

        assertPassed(result);
        assertThat(result.fact("address")).contains("198.51.100.7");
        assertThat(result.fact("view")).contains("origin, by pinned address");
        assertThat(server.connections().get(0).serverName()).contains("shop.example");
    }

    @Test
    void another_name_than_the_hosts_can_be_asked_for() {
        server.tls(CA.leaf("lb.shop.example")).tls("www.shop.example", CA.leaf("www.shop.example"));
        network = network.host("lb.shop.example", "203.0.113.10").route("lb.shop.example", 8443, server.tlsAddress());

        ItemResult result = run(Tls.of("lb.shop.example")
                .port(8443)
                .serverName("www.shop.example")
                .isValid());

        assertPassed(result);
        assertThat(result.sentence())
                .isEqualTo("TLS of lb.shop.example:8443 as www.shop.example has a good certificate");
        assertThat(result.fact("names")).contains("www.shop.example");
    }

    @Test
    void every_address_counts() {
        server.tls(CA.leaf("shop.example"));
        try (HttpFake other = HttpFake.start(TIME).tls(CA.leaf("old.example"))) {
            network = network.host("shop.example", "203.0.113.10")
                    .host("shop.example", "2001:db8::10")
                    .route("203.0.113.10", 443, server.tlsAddress())
                    .route("2001:db8:0:0:0:0:0:10", 443, other.tlsAddress());

            ItemResult result = run(Tls.of("shop.example").everyAddress().isValid());

            assertFailed(result, "at 2001:db8::10: the certificate is for old.example, not for shop.example");
            assertThat(result.fact("addresses")).contains("203.0.113.10, 2001:db8::10");
            assertPassed(run(Tls.of("shop.example").ipv4().isValid()));
            assertFailed(run(Tls.of("shop.example").ipv6().isValid()), "for old.example");
        }
    }

    @Test
    void a_near_end_warns_unless_it_was_asked_for() {
        Instant now = TIME.now();
        serve(CA.leaf("shop.example").validBetween(now.minus(days(79)), now.plus(days(10))));

        ItemResult warned = run(Tls.of("shop.example").isValid());
        assertThat(warned.status()).isEqualTo(Status.WARNED);
        assertThat(warned.why()).contains("the certificate expires in 9 days");
        assertPassed(run(Tls.of("shop.example").expiresIn(atLeast(days(7)))));
        assertFailed(
                run(Tls.of("shop.example").leafExpiresIn(atLeast(days(21)))),
                "the time to expiry of the leaf is 9 d 23 h and should be at least 21 d");
    }

    @Test
    void versions_are_offered_or_refused() {
        serve(CA.leaf("shop.example"));

        ItemResult result = run(Tls.of("shop.example")
                .offers(TLS_1_3)
                .offers(TLS_1_2)
                .refuses(TLS_1_1)
                .protocolAtLeast(TLS_1_2));

        assertPassed(result);
        assertThat(result.fact("TLS 1.1")).contains("refused");
        assertFailed(run(Tls.of("shop.example").refuses(TLS_1_2)), "it still offers TLS 1.2");
        assertFailed(run(Tls.of("shop.example").offers(TLS_1_0)), "it does not offer TLS 1.0");
    }

    @Test
    void a_server_of_the_past_is_recognized() {
        serve(CA.leaf("shop.example"));
        server.fault(new HttpFault.OldProtocolOnly(HttpFault.OldProtocol.TLS_1_0));

        ItemResult result = run(Tls.of("shop.example").isValid());

        assertFailed(result, "what it offers is TLS 1.0");
    }

    @Test
    void forward_secrecy_and_levels_are_judged_by_what_the_server_accepts() {
        serve(CA.leaf("shop.example").rsa(2048));
        server.tlsVersions("TLSv1.2", "TLSv1.3")
                .cipherSuites(
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");

        assertPassed(run(Tls.of("shop.example").forwardSecrecy()));
        assertFailed(
                run(Tls.of("shop.example").level(INTERMEDIATE)),
                "not intermediate: in TLS 1.2 it accepts TLS_DHE_RSA_WITH_AES_128_GCM_SHA256");
        assertFailed(
                run(Tls.of("shop.example").level(MODERN)),
                "not modern: the certificate has a key of type RSA 2048; it offers TLS 1.2");
    }

    @Test
    void a_connection_without_forward_secrecy_warns() throws Exception {
        String suite = "TLS_RSA_WITH_AES_128_GCM_SHA256";
        assumeTrue(
                List.of(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites())
                        .contains(suite),
                "this Java runtime no longer speaks " + suite);
        serve(CA.leaf("shop.example").rsa(2048));
        server.tlsVersions("TLSv1.2").cipherSuites(suite);

        ItemResult result = run(Tls.of("shop.example").isValid());

        assertThat(result.status()).isEqualTo(Status.WARNED);
        assertThat(result.why()).isEqualTo("the connection has no forward secrecy: " + suite);
        assertFailed(
                run(Tls.of("shop.example").forwardSecrecy()), "it accepts suites without forward secrecy: " + suite);
    }

    @Test
    void a_hanging_handshake_ends_at_the_deadline_in_virtual_time() {
        VirtualTime time = VirtualTime.startingAt("2026-11-20T12:00:00Z");
        TestCa ca = TestCa.create(time, 1);
        try (HttpFake slow = HttpFake.start(time).tls(ca.leaf("shop.example"));
                GoLive golive = GoLive.builder()
                        .time(time)
                        .network(FakeNetwork.create()
                                .trusting(ca.anchors())
                                .host("shop.example", "203.0.113.10")
                                .route("shop.example", 443, slow.tlsAddress()))
                        .build()) {
            Checklist list = Checklist.named("test")
                    .require(Tls.of("shop.example").isValid().timeout(seconds(20)))
                    .build();

            assertThat(golive.run(list, STAGING).results().get(0).status()).isEqualTo(Status.PASSED);
            slow.fault(HttpFault.hangInHandshake());
            ItemResult hung = golive.run(list, STAGING).results().get(0);

            assertThat(hung.status()).isEqualTo(Status.UNKNOWN);
            assertThat(hung.took()).isBetween(seconds(19), seconds(20));
        }
    }

    @Test
    void exactly_the_settings_of_a_level_pass_it() {
        serve(CA.leaf("shop.example"));
        server.tlsVersions("TLSv1.2", "TLSv1.3")
                .cipherSuites(
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
        assertPassed(run(Tls.of("shop.example").level(INTERMEDIATE)));
        assertFailed(run(Tls.of("shop.example").level(MODERN)), "not modern: it offers TLS 1.2");

        server.tlsVersions("TLSv1.3")
                .cipherSuites("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
        assertPassed(run(Tls.of("shop.example").level(MODERN)));
    }

    @Test
    void application_protocols_are_offered_only_when_asserted() {
        serve(CA.leaf("shop.example"));

        assertPassed(run(Tls.of("shop.example").isValid()));
        assertPassed(run(Tls.of("shop.example").applicationProtocol("h2")));

        assertThat(server.connections().get(0).offeredProtocols()).isEmpty();
        assertThat(server.connections().get(1).offeredProtocols()).containsExactly("h2");
        server.versions(HttpFake.Version.HTTP_1_1);
        assertThat(run(Tls.of("shop.example").applicationProtocol("h2")).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void a_revoked_certificate_fails_whatever_is_asserted() {
        try (RevocationFake revocation = RevocationFake.start(TIME, CA)) {
            consult();
            serve(CA.leaf("shop.example").withOcsp(revocation.ocsp()).revoked());

            assertFailed(run(Tls.of("shop.example").covers("shop.example")), "the certificate was revoked ");
            assertThat(revocation.http().requests()).hasSize(1);
        }
    }

    @Test
    void revocation_lists_are_asked_where_there_is_no_responder() {
        try (RevocationFake revocation = RevocationFake.start(TIME, CA)) {
            consult();
            serve(CA.leaf("shop.example").withCrl(revocation.crl()).revoked());
            assertFailed(run(Tls.of("shop.example").isValid()), "by the revocation list");
            serve(CA.leaf("shop.example").withCrl(revocation.crl()));
            assertPassed(run(Tls.of("shop.example").notRevoked()));
            for (RevocationFake.Crl odd :
                    Set.of(RevocationFake.Crl.STALE, RevocationFake.Crl.BAD_SIGNATURE, RevocationFake.Crl.GARBAGE)) {
                revocation.listing(odd);
                assertThat(run(Tls.of("shop.example").notRevoked()).status())
                        .as(odd.toString())
                        .isEqualTo(Status.UNKNOWN);
            }
        }
    }

    @Test
    void an_answer_that_does_not_count_leaves_revocation_open() {
        try (RevocationFake revocation = RevocationFake.start(TIME, CA)) {
            consult();
            serve(CA.leaf("shop.example").withOcsp(revocation.ocsp()));
            assertPassed(run(Tls.of("shop.example").notRevoked()));
            for (RevocationFake.Ocsp odd : RevocationFake.Ocsp.values()) {
                revocation.answering(odd);
                ItemResult strict = run(Tls.of("shop.example").notRevoked());
                ItemResult lenient = run(Tls.of("shop.example").isValid());
                Status expected = switch (odd) {
                    case BY_STATUS, GOOD -> Status.PASSED;
                    case REVOKED -> Status.FAILED;
                    default -> Status.UNKNOWN;
                };
                assertThat(strict.status()).as(odd + " " + strict).isEqualTo(expected);
                assertThat(lenient.status())
                        .as(odd + " " + lenient)
                        .isEqualTo(expected == Status.UNKNOWN ? Status.PASSED : expected);
            }
        }
    }

    @Test
    void a_responder_that_hangs_or_is_not_there_does_not_hang_the_check() {
        RevocationFake revocation = RevocationFake.start(TIME, CA);
        consult();
        serve(CA.leaf("shop.example").withOcsp(revocation.ocsp()));
        revocation.http().fault(HttpFault.hangBeforeHeaders());

        ItemResult hung = run(Tls.of("shop.example").notRevoked().timeout(seconds(2)));
        revocation.close();
        ItemResult gone = run(Tls.of("shop.example").notRevoked());

        assertThat(hung.status()).isEqualTo(Status.UNKNOWN);
        assertThat(hung.took()).isLessThan(seconds(4));
        assertThat(gone.status()).isEqualTo(Status.UNKNOWN);
        assertThat(gone.why()).contains("could not be asked");
    }

    private void consult() {
        network = network.consulting(UnaryOperator.identity());
    }

    @Test
    void nothing_is_stapled_by_a_server_that_does_not() {
        serve(CA.leaf("shop.example").mustStaple());

        assertFailed(run(Tls.of("shop.example").stapled()), "no OCSP response is stapled");
        ItemResult warned = run(Tls.of("shop.example").isValid());
        assertThat(warned.status()).isEqualTo(Status.WARNED);
        assertThat(warned.why()).contains("demands a stapled OCSP response");
    }

    @Test
    void a_server_that_cannot_be_reached_is_not_called_wrong_without_a_witness() {
        serve(CA.leaf("shop.example"));
        server.close();

        ItemResult result = run(Tls.of("shop.example").isValid());

        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).contains("refused the connection");
    }

    @Test
    void a_refused_handshake_and_something_else_than_tls_are_the_servers_fault() {
        serve(CA.leaf("shop.example"));
        server.fault(new HttpFault.HandshakeAlert(40));
        assertFailed(run(Tls.of("shop.example").isValid()), "refused the TLS handshake: handshake failure");

        server.mend().fault(new HttpFault.NoTls());
        assertFailed(run(Tls.of("shop.example").isValid()), "does not speak TLS on port 443");
    }

    @Test
    void a_handshake_that_hangs_ends_in_time() throws Exception {
        try (java.net.ServerSocket mute = new java.net.ServerSocket(0, 10, java.net.InetAddress.getLoopbackAddress())) {
            network = network.host("shop.example", "203.0.113.10")
                    .route("shop.example", 443, new InetSocketAddress(mute.getInetAddress(), mute.getLocalPort()));

            ItemResult result = run(Tls.of("shop.example").isValid().timeout(seconds(1)));

            assertThat(result.status()).isEqualTo(Status.UNKNOWN);
            assertThat(result.took()).isLessThan(seconds(3));
            assertThat(result.why()).contains("the TLS handshake with shop.example was not finished");
        }
    }

    @Test
    void the_issuer_may_be_a_plain_name() {
        serve(CA.leaf("shop.example"));

        assertPassed(run(Tls.of("shop.example").issuedBy("golive testkit")));
        assertPassed(run(Tls.of("shop.example").issuedBy(is("golive test intermediate"))));
        assertFailed(
                run(Tls.of("shop.example").issuedBy("Somebody")),
                "the issuer is golive test intermediate of golive testkit and should be \"Somebody\"");
    }
}
