package dev.golive.checks.internal.tls;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The cipher suites of the IANA registry that servers in use may still accept, with the numbers that stand for them. */
final class CipherSuites {

    /** Not a suite: says that the client knows secure renegotiation (RFC 5746), without which some servers refuse. */
    static final int RENEGOTIATION_SIGNAL = 0x00ff;

    /** Number and what follows "TLS_" in the name, the strongest first. */
    private static final String TABLE = """
            1301 AES_128_GCM_SHA256
            1302 AES_256_GCM_SHA384
            1303 CHACHA20_POLY1305_SHA256
            1304 AES_128_CCM_SHA256
            1305 AES_128_CCM_8_SHA256
            c02b ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
            c02f ECDHE_RSA_WITH_AES_128_GCM_SHA256
            c02c ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
            c030 ECDHE_RSA_WITH_AES_256_GCM_SHA384
            cca9 ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
            cca8 ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
            009e DHE_RSA_WITH_AES_128_GCM_SHA256
            009f DHE_RSA_WITH_AES_256_GCM_SHA384
            ccaa DHE_RSA_WITH_CHACHA20_POLY1305_SHA256
            c0ac ECDHE_ECDSA_WITH_AES_128_CCM
            c0ad ECDHE_ECDSA_WITH_AES_256_CCM
            c0ae ECDHE_ECDSA_WITH_AES_128_CCM_8
            c0af ECDHE_ECDSA_WITH_AES_256_CCM_8
            c09e DHE_RSA_WITH_AES_128_CCM
            c09f DHE_RSA_WITH_AES_256_CCM
            c0a2 DHE_RSA_WITH_AES_128_CCM_8
            c0a3 DHE_RSA_WITH_AES_256_CCM_8
            c023 ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
            c027 ECDHE_RSA_WITH_AES_128_CBC_SHA256
            c024 ECDHE_ECDSA_WITH_AES_256_CBC_SHA384
            c028 ECDHE_RSA_WITH_AES_256_CBC_SHA384
            c009 ECDHE_ECDSA_WITH_AES_128_CBC_SHA
            c013 ECDHE_RSA_WITH_AES_128_CBC_SHA
            c00a ECDHE_ECDSA_WITH_AES_256_CBC_SHA
            c014 ECDHE_RSA_WITH_AES_256_CBC_SHA
            0067 DHE_RSA_WITH_AES_128_CBC_SHA256
            006b DHE_RSA_WITH_AES_256_CBC_SHA256
            0033 DHE_RSA_WITH_AES_128_CBC_SHA
            0039 DHE_RSA_WITH_AES_256_CBC_SHA
            00a2 DHE_DSS_WITH_AES_128_GCM_SHA256
            00a3 DHE_DSS_WITH_AES_256_GCM_SHA384
            0040 DHE_DSS_WITH_AES_128_CBC_SHA256
            006a DHE_DSS_WITH_AES_256_CBC_SHA256
            0032 DHE_DSS_WITH_AES_128_CBC_SHA
            0038 DHE_DSS_WITH_AES_256_CBC_SHA
            c05c ECDHE_ECDSA_WITH_ARIA_128_GCM_SHA256
            c05d ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384
            c060 ECDHE_RSA_WITH_ARIA_128_GCM_SHA256
            c061 ECDHE_RSA_WITH_ARIA_256_GCM_SHA384
            c052 DHE_RSA_WITH_ARIA_128_GCM_SHA256
            c053 DHE_RSA_WITH_ARIA_256_GCM_SHA384
            c086 ECDHE_ECDSA_WITH_CAMELLIA_128_GCM_SHA256
            c087 ECDHE_ECDSA_WITH_CAMELLIA_256_GCM_SHA384
            c08a ECDHE_RSA_WITH_CAMELLIA_128_GCM_SHA256
            c08b ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384
            c07c DHE_RSA_WITH_CAMELLIA_128_GCM_SHA256
            c07d DHE_RSA_WITH_CAMELLIA_256_GCM_SHA384
            c072 ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256
            c073 ECDHE_ECDSA_WITH_CAMELLIA_256_CBC_SHA384
            c076 ECDHE_RSA_WITH_CAMELLIA_128_CBC_SHA256
            c077 ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384
            00be DHE_RSA_WITH_CAMELLIA_128_CBC_SHA256
            00c4 DHE_RSA_WITH_CAMELLIA_256_CBC_SHA256
            0045 DHE_RSA_WITH_CAMELLIA_128_CBC_SHA
            0088 DHE_RSA_WITH_CAMELLIA_256_CBC_SHA
            009a DHE_RSA_WITH_SEED_CBC_SHA
            009c RSA_WITH_AES_128_GCM_SHA256
            009d RSA_WITH_AES_256_GCM_SHA384
            c09c RSA_WITH_AES_128_CCM
            c09d RSA_WITH_AES_256_CCM
            c0a0 RSA_WITH_AES_128_CCM_8
            c0a1 RSA_WITH_AES_256_CCM_8
            003c RSA_WITH_AES_128_CBC_SHA256
            003d RSA_WITH_AES_256_CBC_SHA256
            002f RSA_WITH_AES_128_CBC_SHA
            0035 RSA_WITH_AES_256_CBC_SHA
            c050 RSA_WITH_ARIA_128_GCM_SHA256
            c051 RSA_WITH_ARIA_256_GCM_SHA384
            c07a RSA_WITH_CAMELLIA_128_GCM_SHA256
            c07b RSA_WITH_CAMELLIA_256_GCM_SHA384
            00ba RSA_WITH_CAMELLIA_128_CBC_SHA256
            00c0 RSA_WITH_CAMELLIA_256_CBC_SHA256
            0041 RSA_WITH_CAMELLIA_128_CBC_SHA
            0084 RSA_WITH_CAMELLIA_256_CBC_SHA
            0096 RSA_WITH_SEED_CBC_SHA
            c02d ECDH_ECDSA_WITH_AES_128_GCM_SHA256
            c02e ECDH_ECDSA_WITH_AES_256_GCM_SHA384
            c031 ECDH_RSA_WITH_AES_128_GCM_SHA256
            c032 ECDH_RSA_WITH_AES_256_GCM_SHA384
            c004 ECDH_ECDSA_WITH_AES_128_CBC_SHA
            c005 ECDH_ECDSA_WITH_AES_256_CBC_SHA
            c00e ECDH_RSA_WITH_AES_128_CBC_SHA
            c00f ECDH_RSA_WITH_AES_256_CBC_SHA
            c008 ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA
            c012 ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
            0016 DHE_RSA_WITH_3DES_EDE_CBC_SHA
            0013 DHE_DSS_WITH_3DES_EDE_CBC_SHA
            000a RSA_WITH_3DES_EDE_CBC_SHA
            0007 RSA_WITH_IDEA_CBC_SHA
            c007 ECDHE_ECDSA_WITH_RC4_128_SHA
            c011 ECDHE_RSA_WITH_RC4_128_SHA
            0005 RSA_WITH_RC4_128_SHA
            0004 RSA_WITH_RC4_128_MD5
            0015 DHE_RSA_WITH_DES_CBC_SHA
            0009 RSA_WITH_DES_CBC_SHA
            0014 DHE_RSA_EXPORT_WITH_DES40_CBC_SHA
            0008 RSA_EXPORT_WITH_DES40_CBC_SHA
            0006 RSA_EXPORT_WITH_RC2_CBC_40_MD5
            0003 RSA_EXPORT_WITH_RC4_40_MD5
            00a6 DH_anon_WITH_AES_128_GCM_SHA256
            00a7 DH_anon_WITH_AES_256_GCM_SHA384
            006c DH_anon_WITH_AES_128_CBC_SHA256
            006d DH_anon_WITH_AES_256_CBC_SHA256
            0034 DH_anon_WITH_AES_128_CBC_SHA
            003a DH_anon_WITH_AES_256_CBC_SHA
            001b DH_anon_WITH_3DES_EDE_CBC_SHA
            0018 DH_anon_WITH_RC4_128_MD5
            c018 ECDH_anon_WITH_AES_128_CBC_SHA
            c019 ECDH_anon_WITH_AES_256_CBC_SHA
            c017 ECDH_anon_WITH_3DES_EDE_CBC_SHA
            c016 ECDH_anon_WITH_RC4_128_SHA
            c006 ECDHE_ECDSA_WITH_NULL_SHA
            c010 ECDHE_RSA_WITH_NULL_SHA
            c015 ECDH_anon_WITH_NULL_SHA
            003b RSA_WITH_NULL_SHA256
            0002 RSA_WITH_NULL_SHA
            0001 RSA_WITH_NULL_MD5
            """;

    private static final Map<Integer, String> NAMES = new LinkedHashMap<>();

    static {
        TABLE.lines().forEach(line -> NAMES.put(Integer.parseInt(line, 0, 4, 16), "TLS_" + line.substring(5)));
    }

    private CipherSuites() {}

    /** The name of a suite, its number if it is not in the table. */
    static String name(int code) {
        return NAMES.getOrDefault(code, String.format(Locale.ROOT, "0x%04x", code));
    }

    /** Suites of TLS 1.2 and before, the strongest first. */
    static List<Integer> classic(Predicate<String> wanted) {
        return NAMES.entrySet().stream()
                .filter(entry -> !isTls13(entry.getKey()) && wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Suites of TLS 1.3, the strongest first. */
    static List<Integer> tls13(Predicate<String> wanted) {
        return NAMES.entrySet().stream()
                .filter(entry -> isTls13(entry.getKey()) && wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isTls13(int code) {
        return code >> 8 == 0x13;
    }

    /** Whether what was recorded stays secret when the server's key becomes known later. */
    static boolean isForwardSecret(String name) {
        return name.startsWith("TLS_AES_")
                || name.startsWith("TLS_CHACHA20_")
                || name.startsWith("TLS_ECDHE_")
                || name.startsWith("TLS_DHE_");
    }

    /** The names of all suites of which {@link #isForwardSecret} is true. */
    static Set<String> forwardSecret() {
        return NAMES.values().stream().filter(CipherSuites::isForwardSecret).collect(Collectors.toUnmodifiableSet());
    }
}
