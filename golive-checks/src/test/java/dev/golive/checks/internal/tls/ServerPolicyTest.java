package dev.golive.checks.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.checks.TlsLevel;
import dev.golive.checks.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerPolicyTest {

    private static final Path GUIDELINES = Path.of("../../shared/conformance/tls-guidelines/src/static/guidelines")
            .toAbsolutePath();

    private static JsonNode guideline(String version, TlsLevel level) throws Exception {
        Path file = GUIDELINES.resolve(version + ".json");
        assumeTrue(Files.isRegularFile(file), "the published guidelines are not on this machine: " + file);
        return new ObjectMapper()
                .readTree(file.toFile())
                .path("configurations")
                .path(level.name().toLowerCase(Locale.ROOT));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @ParameterizedTest
    @EnumSource(TlsLevel.class)
    void a_level_allows_exactly_what_the_guidelines_recommend(TlsLevel level) throws Exception {
        JsonNode expected = guideline("6.0", level);
        ServerPolicy policy = ServerPolicy.of(level);

        Set<String> suites = texts(expected.path("ciphersuites"));
        suites.addAll(texts(expected.path("ciphers").path("iana")));
        assertThat(policy.suites()).containsExactlyInAnyOrderElementsOf(suites);
        assertThat(policy.versions().stream()
                        .map(v -> v.toString().replace(" ", "v"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(texts(expected.path("tls_versions")));
        assertThat(policy.rsa())
                .isEqualTo(texts(expected.path("certificate_types")).contains("rsa"));
        assertThat(texts(expected.path("certificate_curves"))).containsExactly("prime256v1", "secp384r1");
    }

    @ParameterizedTest
    @EnumSource(TlsLevel.class)
    void what_the_guidelines_allowed_before_and_no_longer_is_key_exchange_over_finite_fields(TlsLevel level)
            throws Exception {
        JsonNode before = guideline("5.7", level);

        Set<String> suites = texts(before.path("ciphersuites"));
        suites.addAll(texts(before.path("ciphers").path("iana")));
        suites.removeIf(name -> name.startsWith("TLS_DHE_"));
        assertThat(ServerPolicy.of(level).suites()).containsExactlyInAnyOrderElementsOf(suites);
    }

    @Test
    void a_stricter_level_allows_less() {
        ServerPolicy modern = ServerPolicy.of(TlsLevel.MODERN);
        ServerPolicy intermediate = ServerPolicy.of(TlsLevel.INTERMEDIATE);

        assertThat(intermediate.suites()).containsAll(modern.suites());
        assertThat(intermediate.versions()).containsAll(modern.versions());
    }

    @Test
    void the_table_of_suites_knows_every_suite_of_the_runtime_and_each_number_once() throws Exception {
        Set<String> known = CipherSuites.classic(name -> true).stream()
                .map(CipherSuites::name)
                .collect(Collectors.toSet());
        known.addAll(CipherSuites.tls13(name -> true).stream()
                .map(CipherSuites::name)
                .toList());
        List<String> runtime = List.of(
                javax.net.ssl.SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());

        assertThat(known)
                .containsAll(runtime.stream()
                        .filter(name -> !name.equals("TLS_EMPTY_RENEGOTIATION_INFO_SCSV"))
                        .toList());
        assertThat(known)
                .hasSize(CipherSuites.classic(name -> true).size()
                        + CipherSuites.tls13(name -> true).size());
        assertThat(CipherSuites.forwardSecret())
                .containsAll(ServerPolicy.of(TlsLevel.INTERMEDIATE).suites())
                .noneMatch(name -> name.startsWith("TLS_RSA_"));
        assertThat(TlsVersion.values()).isSorted();
    }
}
