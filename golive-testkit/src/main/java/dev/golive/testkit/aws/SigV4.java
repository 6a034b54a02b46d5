package dev.golive.testkit.aws;

import dev.golive.testkit.internal.aws.WireRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request, AWS Signature Version 4, from the side that checks it. The date is not compared with the
 * clock: a client signs with the machine's, which in virtual time is another one.
 *
 * @param accessKeyId whose key it was signed with
 * @param date the day, as eight digits
 * @param region the region
 * @param service the service's signing name
 * @param signedHeaders the names of the headers that are signed
 * @param signature the signature, in hexadecimal digits
 */
record SigV4(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String signature) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    /** The signature of a request, empty if it has none that can be read. */
    static Optional<SigV4> of(WireRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith(ALGORITHM + " ")) {
            return Optional.empty();
        }
        Map<String, String> parts = new TreeMap<>();
        for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        String[] scope = parts.getOrDefault("Credential", "").split("/", -1);
        String names = parts.getOrDefault("SignedHeaders", "");
        String signature = parts.getOrDefault("Signature", "");
        if (scope.length != 5 || !scope[4].equals("aws4_request") || names.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SigV4(scope[0], scope[1], scope[2], scope[3], List.of(names.split(";", -1)), signature));
    }

    /** Whether the request was signed with a key and not altered since. */
    boolean fits(WireRequest request, String secretAccessKey) {
        try {
            String payload = request.header("X-Amz-Content-Sha256").orElse("");
            if (!payload.equals(UNSIGNED) && !payload.equals(sha256(request.body()))) {
                if (!payload.isEmpty()) {
                    return false;
                }
                payload = sha256(request.body());
            }
            String expected = signature(request, payload, secretAccessKey);
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime lacks SHA-256", e);
        }
    }

    private String signature(WireRequest request, String payload, String secretAccessKey)
            throws GeneralSecurityException {
        StringBuilder headers = new StringBuilder();
        for (String name : signedHeaders) {
            headers.append(name)
                    .append(':')
                    .append(request.header(name).orElse("").strip().replaceAll(" +", " "))
                    .append('\n');
        }
        String canonical = String.join(
                "\n",
                request.method(),
                path(request.rawPath()),
                query(request.rawQuery()),
                headers,
                String.join(";", signedHeaders),
                payload);
        String scope = String.join("/", date, region, service, "aws4_request");
        String toSign = String.join(
                "\n",
                ALGORITHM,
                request.header("X-Amz-Date").orElse(""),
                scope,
                sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + secretAccessKey).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    /** S3 signs the path as it is sent; the others encode it once more. */
    private String path(String rawPath) {
        if (service.equals("s3")) {
            return rawPath;
        }
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.split("/", -1)) {
            segments.add(encoded(segment));
        }
        return String.join("/", segments);
    }

    private static String query(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : Arrays.asList(rawQuery.split("&", -1))) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            parameters.add(encoded(decoded(name)) + "=" + encoded(decoded(value)));
        }
        Collections.sort(parameters);
        return String.join("&", parameters);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                .toLowerCase(Locale.ROOT);
    }
}
