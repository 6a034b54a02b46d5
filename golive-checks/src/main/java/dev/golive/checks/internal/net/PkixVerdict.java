package dev.golive.checks.internal.net;

import dev.golive.Finding;
import dev.golive.time.Spans;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The least that a client must ask of a chain: a path to an anchor, valid now, for this host. */
final class PkixVerdict implements ChainVerdict {

    @Override
    public Judgement judge(List<X509Certificate> served, String host, Instant at, Set<TrustAnchor> anchors) {
        if (served.isEmpty()) {
            return new Judgement(Finding.FAILED, "the server showed no certificate");
        }
        X509Certificate leaf = served.get(0);
        if (at.isAfter(leaf.getNotAfter().toInstant())) {
            return new Judgement(
                    Finding.FAILED,
                    "the certificate expired "
                            + Spans.text(Duration.between(leaf.getNotAfter().toInstant(), at)) + " ago");
        }
        if (at.isBefore(leaf.getNotBefore().toInstant())) {
            return new Judgement(
                    Finding.FAILED,
                    "the certificate is valid only in "
                            + Spans.text(
                                    Duration.between(at, leaf.getNotBefore().toInstant())));
        }
        if (!covers(leaf, host)) {
            return new Judgement(Finding.FAILED, "the certificate is not for " + host);
        }
        if (anchors.isEmpty()) {
            return new Judgement(Finding.FAILED, "the certificate is not trusted: there is no authority to trust");
        }
        return path(served, leaf, at, anchors);
    }

    private static Judgement path(
            List<X509Certificate> served, X509Certificate leaf, Instant at, Set<TrustAnchor> anchors) {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(served)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return new Judgement(Finding.PASSED, "");
        } catch (CertPathBuilderException e) {
            return new Judgement(Finding.FAILED, reason(served, leaf, e));
        } catch (InvalidAlgorithmParameterException e) {
            return new Judgement(Finding.UNKNOWN, "the certificate could not be judged: " + Failures.text(e));
        } catch (GeneralSecurityException e) {
            return new Judgement(Finding.UNKNOWN, "the certificate could not be judged: " + Failures.text(e));
        }
    }

    private static String reason(List<X509Certificate> served, X509Certificate leaf, CertPathBuilderException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException broken
                    && broken.getReason() != CertPathValidatorException.BasicReason.UNSPECIFIED) {
                return "the certificate is not trusted: " + Failures.text(broken);
            }
        }
        return leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
                ? "the certificate is self-signed"
                : "the certificate is not trusted: there is no path from its issuer "
                        + served.get(served.size() - 1).getIssuerX500Principal().getName() + " to a known authority";
    }

    /** Names by RFC 6125: subject alternative names only, a wildcard for exactly the leftmost label. */
    private static boolean covers(X509Certificate leaf, String host) {
        Collection<List<?>> names;
        try {
            names = Optional.ofNullable(leaf.getSubjectAlternativeNames()).orElse(List.of());
        } catch (CertificateParsingException e) {
            return false;
        }
        Optional<InetAddress> literal = Addresses.literal(host);
        String wanted = host.toLowerCase(Locale.ROOT);
        for (List<?> name : names) {
            if (!(name.get(0) instanceof Integer type) || !(name.get(1) instanceof String value)) {
                continue;
            }
            if (literal.isPresent() ? type == 7 && same(literal.get(), value) : type == 2 && fits(value, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(InetAddress address, String other) {
        try {
            return Arrays.equals(
                    address.getAddress(), InetAddress.getByName(other).getAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean fits(String name, String host) {
        String pattern = name.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith("*.")) {
            return pattern.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && host.substring(dot).equals(pattern.substring(1)) && pattern.indexOf('.', 2) > 0;
    }
}
