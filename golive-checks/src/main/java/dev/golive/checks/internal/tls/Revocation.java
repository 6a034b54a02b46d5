package dev.golive.checks.internal.tls;

import dev.golive.CheckContext;
import dev.golive.checks.internal.net.Connector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.AccessDescription;

/**
 * Asks whether a certificate is revoked: first the OCSP responders that it names, then its revocation lists, all by plain
 * HTTP as their answers are signed.
 *
 * <p>Answers are kept for a minute, so that many checks of one certificate ask once. Thread-safe.
 */
final class Revocation {

    /** A certificate that is valid for no longer than this need not be revocable (Baseline Requirements, 7.1.2.11). */
    private static final Duration SHORT_LIVED = Duration.ofDays(7);

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 256;
    private static final int MOST_URLS = 2;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_LIST_BYTES = 16 * 1024 * 1024;

    /** RFC 5019 section 5: longer questions are posted. */
    private static final int MAX_GET_BYTES = 255;

    private record Kept(RevocationStatus status, Instant until) {}

    private final Map<X509Certificate, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<X509Certificate, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /**
     * Asks.
     *
     * @param patience how long each question may take at most
     * @return good, revoked, or unknown with what stood in the way
     * @throws Exception if the attempt was given up
     */
    RevocationStatus of(
            CheckContext context,
            Connector connector,
            X509Certificate certificate,
            X509Certificate issuer,
            Duration patience)
            throws Exception {
        Instant now = context.time().now();
        synchronized (kept) {
            Kept earlier = kept.get(certificate);
            // a further attempt looks for something new, and may have more time for it
            if (earlier != null
                    && now.isBefore(earlier.until())
                    && (earlier.status().isKnown() || context.attempt() == 1)) {
                return earlier.status();
            }
        }
        RevocationStatus status = ask(context, connector, certificate, issuer, patience);
        synchronized (kept) {
            kept.put(certificate, new Kept(status, now.plus(KEPT_FOR)));
        }
        return status;
    }

    private static RevocationStatus ask(
            CheckContext context,
            Connector connector,
            X509Certificate certificate,
            X509Certificate issuer,
            Duration patience)
            throws Exception {
        List<String> obstacles = new ArrayList<>();
        for (String url : first(AuthorityInfo.locations(certificate, AccessDescription.id_ad_ocsp))) {
            RevocationStatus status = askResponder(context, connector, url, certificate, issuer, patience);
            if (status.isKnown()) {
                return status;
            }
            obstacles.add(status.text());
        }
        for (String url : first(AuthorityInfo.revocationLists(certificate))) {
            RevocationStatus status = askList(context, connector, url, certificate, issuer, patience);
            if (status.isKnown()) {
                return status;
            }
            obstacles.add(status.text());
        }
        if (!obstacles.isEmpty()) {
            return RevocationStatus.unknown(String.join("; ", obstacles));
        }
        return Lifetime.of(certificate).length().compareTo(SHORT_LIVED) <= 0
                ? RevocationStatus.good("too short-lived to be revoked")
                : RevocationStatus.unknown("the certificate names neither an OCSP responder nor a revocation list");
    }

    private static List<String> first(List<String> urls) {
        return urls.subList(0, Math.min(MOST_URLS, urls.size()));
    }

    private static RevocationStatus askResponder(
            CheckContext context,
            Connector connector,
            String url,
            X509Certificate certificate,
            X509Certificate issuer,
            Duration patience)
            throws Exception {
        byte[] question;
        try {
            question = OcspAnswer.question(certificate, issuer);
        } catch (GeneralSecurityException e) {
            return RevocationStatus.unknown(OcspAnswer.said(e));
        }
        String encoded = URLEncoder.encode(Base64.getEncoder().encodeToString(question), StandardCharsets.US_ASCII);
        String get = url.endsWith("/") ? url + encoded : url + "/" + encoded;
        RevocationStatus status = RevocationStatus.unknown("");
        // a few responders know POST only, and a cache in front of one may hold something old
        for (boolean post : get.length() > MAX_GET_BYTES ? List.of(true) : List.of(false, true)) {
            try {
                byte[] answer =
                        fetch(context, connector, post ? url : get, post ? question : null, MAX_ANSWER_BYTES, patience);
                status = OcspAnswer.judge(
                        answer, certificate, issuer, context.time().now());
            } catch (IOException e) {
                status = RevocationStatus.unknown("the OCSP responder could not be asked: " + OcspAnswer.said(e));
            }
            if (status.isKnown()) {
                return status;
            }
        }
        return status;
    }

    private static RevocationStatus askList(
            CheckContext context,
            Connector connector,
            String url,
            X509Certificate certificate,
            X509Certificate issuer,
            Duration patience)
            throws Exception {
        try {
            byte[] list = fetch(context, connector, url, null, MAX_LIST_BYTES, patience);
            return RevocationList.judge(
                    list, url, certificate, issuer, context.time().now());
        } catch (IOException e) {
            return RevocationStatus.unknown("the revocation list could not be fetched: " + OcspAnswer.said(e));
        }
    }

    private static byte[] fetch(
            CheckContext context,
            Connector connector,
            String url,
            byte @org.jspecify.annotations.Nullable [] body,
            int maxBytes,
            Duration patience)
            throws Exception {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IOException("not a URL: " + Certificates.clean(url), e);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IOException("not an HTTP URL: " + Certificates.clean(url));
        }
        Instant now = context.time().now();
        Instant due = Connector.due(context);
        Instant patient = now.plus(patience).isBefore(due) ? now.plus(patience) : due;
        if (!now.isBefore(due)) {
            throw new IOException("there is no time left to ask");
        }
        InetAddress address = connector.resolveService(context, uri.getHost());
        return PlainHttp.fetch(context, uri, address, body, maxBytes, patient);
    }
}
