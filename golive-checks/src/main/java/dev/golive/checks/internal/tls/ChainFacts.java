package dev.golive.checks.internal.tls;

import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.checks.CertificateFlaw;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A judged chain as facts. */
public final class ChainFacts {

    private ChainFacts() {}

    /**
     * The least time left.
     *
     * @param certificates at least one
     * @param at from when
     * @return the time until the first of them ends, negative if that is past
     */
    public static Duration left(List<X509Certificate> certificates, Instant at) {
        return certificates.stream()
                .map(certificate -> Lifetime.of(certificate).left(at))
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /**
     * The facts.
     *
     * @param served the certificates as the server sent them
     * @param judged what was found
     * @param at the instant they were judged for
     * @return the facts, empty without a certificate
     */
    public static List<Fact> of(List<X509Certificate> served, ChainJudge.Judged judged, Instant at) {
        List<Fact> facts = new ArrayList<>();
        if (served.isEmpty()) {
            return facts;
        }
        X509Certificate leaf = served.get(0);
        List<String> names = new ArrayList<>(Certificates.names(leaf));
        Certificates.addresses(leaf).forEach(address -> names.add(address.getHostAddress()));
        facts.add(Fact.of("subject", Certificates.subject(leaf)));
        facts.add(Fact.of("names", HostNames.listed(names)));
        facts.add(Fact.of("issuer", Certificates.issuer(leaf)));
        facts.add(Fact.of("key", Certificates.key(leaf.getPublicKey())));
        facts.add(Fact.of("signature", leaf.getSigAlgName()));
        facts.add(Fact.of("valid until", Lifetime.of(leaf).until()));
        facts.add(Fact.of("days left", days(List.of(leaf), at)));
        facts.add(Fact.of("served chain days left", days(served, at)));
        facts.add(Fact.of("verified path days left", judged.path().isEmpty() ? "no path" : days(judged.path(), at)));
        facts.add(Fact.of("path", path(served, judged)));
        for (CertificateFlaw flaw : judged.flaws()) {
            if (flaw.finding() == Finding.PASSED) {
                facts.add(Fact.of("remark", flaw.sentence()));
            }
        }
        return facts;
    }

    private static String days(List<X509Certificate> certificates, Instant at) {
        // the last day counts while it lasts: with 23 hours left there are 0 days left, a minute after the end -1
        return String.valueOf(Math.floorDiv(
                left(certificates, at).toSeconds(), Duration.ofDays(1).toSeconds()));
    }

    private static String path(List<X509Certificate> served, ChainJudge.Judged judged) {
        TrustAnchor anchor = judged.anchor();
        List<String> steps = new ArrayList<>();
        for (X509Certificate certificate : anchor == null ? served : judged.path()) {
            steps.add(Certificates.subject(certificate));
        }
        if (anchor == null) {
            steps.add("(not trusted)");
        } else if (!served.get(0).equals(anchor.getTrustedCert())) {
            steps.add(Certificates.called(PathFinder.named(anchor).getName()));
        }
        return String.join(" < ", steps);
    }
}
