package dev.golive.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.golive.GoLiveException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {

    /** RFC 8032, 7.1, test 1. */
    private static final String RFC_SECRET = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    private static final String RFC_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String RFC_SIGNATURE = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    private static final SigningKey KIM = SigningKey.generate();
    private static final SigningKey SAM = SigningKey.generate();

    @TempDir
    Path dir;

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    private static String pkcs8(byte[] seed) {
        byte[] content = new byte[48];
        byte[] prefix = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420");
        System.arraycopy(prefix, 0, content, 0, 16);
        System.arraycopy(seed, 0, content, 16, 32);
        return pem("PRIVATE KEY", content);
    }

    @Test
    void the_example_of_the_rfc_comes_out() {
        SigningKey key = SigningKey.fromPem(pkcs8(Base64.getDecoder().decode(RFC_SECRET)));
        byte[] encoded =
                Base64.getMimeDecoder().decode(key.verifyingKey().toPem().replaceAll("-----[A-Z ]+-----", ""));
        assertThat(java.util.HexFormat.of().formatHex(encoded)).endsWith(RFC_PUBLIC);
        assertThat(key.sign(""))
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(java.util.HexFormat.of().parseHex(RFC_SIGNATURE)));
    }

    @Property(tries = 100)
    void a_text_verifies_with_its_key_and_no_other_text_or_key_does(@ForAll String text, @ForAll String other) {
        String clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String signature = KIM.sign(clean);
        assertThat(KIM.verifyingKey().verifies(clean, signature)).isTrue();
        assertThat(SAM.verifyingKey().verifies(clean, signature)).isFalse();
        assertThat(KIM.verifyingKey().verifies(clean + " ", signature)).isFalse();
        assertThat(KIM.verifyingKey().verifies(other, signature)).isEqualTo(other.equals(clean));
    }

    @Property(tries = 100)
    void what_is_no_signature_verifies_nothing(@ForAll String signature, @ForAll byte[] bytes) {
        VerifyingKey key = KIM.verifyingKey();
        assertThat(key.verifies("text", signature)).isFalse();
        assertThat(key.verifies("text", Base64.getEncoder().encodeToString(bytes)))
                .isFalse();
        assertThat(key.verifies("text", KIM.sign("text") + signature)).isEqualTo(signature.isEmpty());
    }

    @Test
    void half_a_character_cannot_be_signed_since_it_would_verify_as_a_question_mark() {
        assertThatThrownBy(() -> KIM.sign("a\ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text must not have half of a surrogate pair");
        assertThat(KIM.verifyingKey().verifies("a\ud800", KIM.sign("a?"))).isFalse();
    }

    @Test
    void keys_come_back_from_pem_and_files() throws Exception {
        SigningKey again = SigningKey.fromPem(KIM.toSecretPem());
        assertThat(again.verifyingKey()).isEqualTo(KIM.verifyingKey()).hasSameHashCodeAs(KIM.verifyingKey());
        assertThat(again.id()).isEqualTo(KIM.id()).matches("[0-9a-f]{16}").isNotEqualTo(SAM.id());
        assertThat(again.sign("text")).isEqualTo(KIM.sign("text"));
        assertThat(VerifyingKey.fromPem(KIM.verifyingKey().toPem())).isEqualTo(KIM.verifyingKey());

        Path secret = Files.writeString(
                dir.resolve("kim.pem"), "\n" + KIM.toSecretPem().replace("\n", "\r\n"));
        Path open = Files.writeString(dir.resolve("kim.pub"), KIM.verifyingKey().toPem());
        assertThat(SigningKey.fromPem(secret).id()).isEqualTo(KIM.id());
        assertThat(VerifyingKey.fromPem(open)).isEqualTo(KIM.verifyingKey());
    }

    @Test
    void nothing_prints_the_private_key() {
        String seed = KIM.toSecretPem().lines().toList().get(1).substring(22);
        assertThat(KIM.toString()).isEqualTo("signing key " + KIM.id()).doesNotContain(seed.substring(0, 8));
        String encrypted = KIM.toSecretPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        String broken = KIM.toSecretPem().replace("MC4CAQ", "MC4CAR");
        for (String pem : List.of(encrypted, broken, KIM.toSecretPem() + KIM.toSecretPem(), KIM.toSecretPem() + "!")) {
            assertThatThrownBy(() -> SigningKey.fromPem(pem))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("pem must be ")
                    .hasStackTraceContaining("pem must be ")
                    .satisfies(e -> assertThat(Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
                                    .map(String::valueOf))
                            .noneMatch(text -> text.contains(seed.substring(0, 8))));
        }
    }

    @Test
    void what_is_no_key_is_refused() throws Exception {
        byte[] rsa = KeyPairGenerator.getInstance("RSA")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        byte[] x25519 = KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        byte[] ed448 = KeyPairGenerator.getInstance("Ed448")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        for (String bad : List.of(
                "",
                "text",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                pem("PRIVATE KEY", new byte[48]),
                pem("PRIVATE KEY", rsa),
                pem("PRIVATE KEY", x25519),
                pem("PUBLIC KEY", ed448),
                pem("CERTIFICATE", new byte[48]),
                "-----BEGIN PRIVATE KEY-----\n" + "A".repeat(70_000))) {
            assertThatThrownBy(() -> SigningKey.fromPem(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("pem must ");
            assertThatThrownBy(() -> VerifyingKey.fromPem(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("pem must ");
            Path file = Files.writeString(dir.resolve("bad.pem"), bad);
            assertThatThrownBy(() -> SigningKey.fromPem(file))
                    .isInstanceOf(GoLiveException.class)
                    .hasMessageContaining(file.toString());
        }
        assertThatThrownBy(() -> VerifyingKey.fromPem(KIM.toSecretPem()))
                .hasMessage("pem must be a PUBLIC KEY but is labelled PRIVATE KEY");
        assertThatThrownBy(() -> VerifyingKey.fromPem(dir.resolve("none")))
                .isInstanceOf(GoLiveException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> VerifyingKey.fromPem(dir)).isInstanceOf(GoLiveException.class);
    }

    @Property(tries = 200)
    void any_text_at_all_is_refused_with_a_reason(@ForAll String text) {
        for (String pem : List.of(text, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----")) {
            assertThatThrownBy(() -> SigningKey.fromPem(pem)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void openssl_makes_keys_that_are_read_and_verifies_what_is_signed() throws Exception {
        assumeTrue(run("openssl version") == 0, "there is no openssl");
        assumeTrue(run("openssl genpkey -algorithm ed25519 -out kim.pem") == 0, "openssl is too old");
        assertThat(run("openssl pkey -in kim.pem -pubout -out kim.pub")).isZero();
        SigningKey key = SigningKey.fromPem(dir.resolve("kim.pem"));
        assertThat(VerifyingKey.fromPem(dir.resolve("kim.pub"))).isEqualTo(key.verifyingKey());

        TextSignature signature = TextSignature.of("{\"verdict\":\"GO\"}\n", key);
        Files.writeString(dir.resolve("report.json"), "{\"verdict\":\"GO\"}\n");
        Files.write(dir.resolve("signature"), Base64.getDecoder().decode(signature.signature()));
        String verify = "openssl pkeyutl -verify -pubin -inkey kim.pub -rawin -in signed -sigfile signature";
        assertThat(run("(echo 'golive-text 1'; cat report.json) > signed")).isZero();
        assertThat(run(verify)).isZero();
        assertThat(run("echo more >> signed; " + verify)).isNotZero();
    }

    private int run(String command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell");
        return new ProcessBuilder("/bin/sh", "-c", command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile())
                .start()
                .waitFor();
    }

    @Test
    void the_signature_of_a_text_travels_as_json() {
        TextSignature signature = TextSignature.of("report", KIM);
        assertThat(signature.verifies("report", KIM.verifyingKey())).isTrue();
        assertThat(signature.verifies("Report", KIM.verifyingKey())).isFalse();
        assertThat(signature.verifies("report", SAM.verifyingKey())).isFalse();
        assertThat(signature.toJson())
                .isEqualTo("{\"format\":\"golive-text-signature\",\"version\":1,\"key\":\"" + KIM.id()
                        + "\",\"signature\":\"" + signature.signature() + "\"}");
        assertThat(TextSignature.fromJson(signature.toJson())).isEqualTo(signature);
        assertThatThrownBy(() -> TextSignature.fromJson("{\"format\":\"golive-signed-answer\",\"version\":1}"))
                .isInstanceOf(GoLiveException.class)
                .hasMessageStartingWith("This is no signature of a text: ");
    }
}
