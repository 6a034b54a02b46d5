package dev.golive.checks.internal.tls;

import dev.golive.Finding;
import dev.golive.checks.CertificateFlaw;
import dev.golive.checks.CertificateFlaw.Code;
import dev.golive.checks.internal.tls.PathFinder.Path;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a server sent as its certificates, as a value: no socket, no clock, no trust store of its own.
 *
 * <p>The flaws are looked for one by one and before path validation, because path validation stops at the first
 * objection, and the runtime's own restrictions of algorithms come before the reason that a person would name.
 */
public final class ChainJudge {

    /**
     * What was found.
     *
     * @param flaws the flaws, the worst first
     * @param path from the server's certificate upwards, empty if it leads to no anchor
     * @param anchor where the path ends, or {@code null} if there is no path
     */
    public record Judged(
            List<CertificateFlaw> flaws,
            List<X509Certificate> path,
            @Nullable TrustAnchor anchor) {}

    private final List<X509Certificate> served;
    private final X509Certificate leaf;
    private final String host;
    private final Instant at;
    private final boolean publicRules;
    private final Path path;
    private final Optional<CertificateFlaw> objection;
    private final List<CertificateFlaw> flaws = new ArrayList<>();

    private ChainJudge(
            List<X509Certificate> served,
            String host,
            Instant at,
            boolean publicRules,
            ValidPaths.Validated validated) {
        this.served = served;
        this.leaf = served.get(0);
        this.host = host;
        this.at = at;
        this.publicRules = publicRules;
        this.path = validated.path();
        this.objection = validated.objection();
    }

    /**
     * Judges a chain.
     *
     * @param served the certificates in the order in which the server sent them, its own first
     * @param host the host, canonical as by {@link HostNames#canonical}
     * @param at the instant to judge for
     * @param anchors whom to trust
     * @param publicRules whether the limits for the lifetime of publicly trusted certificates apply
     * @param paths validates the path
     * @return what was found
     */
    public static Judged judge(
            List<X509Certificate> served,
            String host,
            Instant at,
            Set<TrustAnchor> anchors,
            boolean publicRules,
            ValidPaths paths) {
        if (served.isEmpty()) {
            return new Judged(
                    List.of(new CertificateFlaw(
                            Code.NO_CERTIFICATE, Finding.FAILED, "the server sends no certificate")),
                    List.of(),
                    null);
        }
        return new ChainJudge(served, host, at, publicRules, paths.find(served, anchors, at)).judged();
    }

    private Judged judged() {
        judgeNames();
        judgeDates();
        judgeEnd();
        judgeStrength();
        judgeServer();
        judgeIssuers();
        judgePath();
        judgeOrder();
        List<CertificateFlaw> sorted = new ArrayList<>(flaws);
        sorted.sort(Comparator.comparing(CertificateFlaw::finding, Comparator.comparingInt(ChainJudge::rank))
                .thenComparing(CertificateFlaw::code));
        TrustAnchor anchor = path.anchor();
        return new Judged(List.copyOf(sorted), anchor == null ? List.of() : path.certificates(), anchor);
    }

    private static int rank(Finding finding) {
        return switch (finding) {
            case FAILED -> 0;
            case UNKNOWN -> 1;
            case WARNED -> 2;
            case PASSED -> 3;
        };
    }

    private void judgeNames() {
        List<String> names = Certificates.names(leaf);
        if (HostNames.cover(names, Certificates.addresses(leaf), host)) {
            return;
        }
        List<String> all = new ArrayList<>(names);
        Certificates.addresses(leaf).forEach(address -> all.add(address.getHostAddress()));
        Optional<String> common = Certificates.commonName(leaf);
        if (common.isPresent() && HostNames.covers(common.get(), host)) {
            fail(
                    Code.NAME_IN_SUBJECT_ONLY,
                    "the certificate names " + host + " in its common name only, where clients no longer look"
                            + (all.isEmpty() ? "" : "; it is for " + HostNames.listed(all)));
        } else {
            String named = all.isEmpty() && common.isPresent()
                    ? "no host (its common name is " + common.get() + ")"
                    : HostNames.listed(all);
            fail(Code.WRONG_NAME, "the certificate is for " + named + ", not for " + host);
        }
    }

    private void judgeDates() {
        for (X509Certificate certificate : path.certificates()) {
            Lifetime lifetime = Lifetime.of(certificate);
            if (at.isAfter(lifetime.until())) {
                fail(Code.EXPIRED, which(certificate) + " expired " + Lifetime.ago(lifetime.until(), at));
            } else if (at.isBefore(lifetime.from())) {
                fail(
                        Code.NOT_YET_VALID,
                        which(certificate) + " is not valid yet: it begins " + Lifetime.ahead(lifetime.from(), at));
            } else if (lifetime.endsSoon(at)) {
                warn(Code.EXPIRES_SOON, which(certificate) + " expires " + Lifetime.ahead(lifetime.until(), at));
            }
        }
        X509Certificate root = trustedCertificate();
        if (root != null && !root.equals(leaf) && at.isAfter(Lifetime.of(root).until())) {
            warn(
                    Code.ROOT_EXPIRED,
                    "the trusted root \"" + Certificates.subject(root) + "\" expired "
                            + Lifetime.ago(Lifetime.of(root).until(), at) + ", which some clients mind");
        }
        Lifetime lifetime = Lifetime.of(leaf);
        Duration limit = publicRules ? lifetime.publicLimit() : Lifetime.PRIVATE_LIMIT;
        if (lifetime.length().compareTo(limit) > 0) {
            warn(
                    Code.VALID_TOO_LONG,
                    "the certificate is valid for " + lifetime.length().toDays() + " days, more than the "
                            + limit.toDays() + " that are allowed for one issued on " + Lifetime.day(lifetime.from()));
        }
    }

    /** Where the chain ends, if not at an anchor. */
    private void judgeEnd() {
        if (path.anchor() != null) {
            return;
        }
        X509Certificate last = path.last();
        X509Certificate forged = path.forged();
        String issuer = "\"" + Certificates.issuer(last) + "\"";
        String hint = Certificates.issuerLocation(last)
                .map(url -> "; it is published at " + url)
                .orElse("");
        if (last.equals(leaf) && Certificates.selfSigned(leaf)) {
            fail(Code.SELF_SIGNED, "the certificate is self-signed");
        } else if (forged != null && forged.equals(last)) {
            fail(
                    Code.BAD_SIGNATURE,
                    which(last) + " names " + issuer + " as its issuer, but the signature is not made with that key");
        } else if (Certificates.selfSigned(last)) {
            fail(
                    Code.UNTRUSTED_ROOT,
                    "the chain ends in the root \"" + Certificates.subject(last) + "\", which is not trusted");
        } else if (last.equals(leaf)) {
            fail(Code.MISSING_INTERMEDIATE, "the server does not send the intermediate certificate " + issuer + hint);
        } else {
            fail(
                    Code.UNTRUSTED_ROOT,
                    "the chain ends at \"" + Certificates.subject(last) + "\", whose issuer " + issuer
                            + " is neither sent nor trusted" + hint);
        }
    }

    /** Keys of all, signatures of all but the anchor: nobody verifies the signature of a root. */
    private void judgeStrength() {
        List<X509Certificate> keys = new ArrayList<>(path.certificates());
        X509Certificate trusted = trustedCertificate();
        if (trusted != null && !keys.contains(trusted)) {
            keys.add(trusted);
        }
        X509Certificate untrustedRoot =
                path.anchor() == null && Certificates.selfIssued(path.last()) ? path.last() : null;
        for (X509Certificate certificate : keys) {
            Strength.weakness(certificate.getPublicKey())
                    .ifPresent(weakness -> fail(Code.WEAK_KEY, which(certificate) + " has " + weakness));
            String hash = Certificates.brokenHash(certificate);
            boolean root = certificate.equals(trusted) || certificate.equals(untrustedRoot);
            if (hash != null && !root) {
                fail(Code.WEAK_SIGNATURE, which(certificate) + " is signed with " + hash);
            }
        }
    }

    private void judgeServer() {
        if (!Usage.allowsServer(leaf)) {
            fail(Code.WRONG_USAGE, "the certificate is not for servers: its extended key usage does not include them");
        }
        if (!Usage.allowsSigning(leaf)) {
            if (Usage.allowsKeyTransport(leaf)) {
                warn(
                        Code.WRONG_USAGE,
                        "the key of the certificate may not sign, so only connections without forward secrecy work");
            } else {
                fail(Code.WRONG_USAGE, "the key of the certificate may not be used to prove who the server is");
            }
        }
        if (leaf.getBasicConstraints() >= 0 && !leaf.equals(trustedCertificate())) {
            fail(Code.SERVER_IS_CA, "the server's own certificate is one of a certificate authority");
        }
    }

    private void judgeIssuers() {
        List<X509Certificate> all = path.certificates();
        for (X509Certificate issuer : all.subList(1, all.size())) {
            if (issuer.getBasicConstraints() < 0) {
                fail(
                        Code.NOT_A_CA,
                        "\"" + Certificates.subject(issuer)
                                + "\" has issued a certificate but is no certificate authority");
            } else if (!Usage.allowsIssuing(issuer)) {
                fail(
                        Code.WRONG_USAGE,
                        "the key of \"" + Certificates.subject(issuer) + "\" may not be used to sign certificates");
            } else if (!Usage.allowsServer(issuer)) {
                fail(
                        Code.WRONG_USAGE,
                        "\"" + Certificates.subject(issuer) + "\" may not issue certificates for servers");
            }
        }
    }

    /** What remains of RFC 5280, above all name constraints and path length. */
    private void judgePath() {
        objection.ifPresent(found -> {
            boolean explained = flaws.stream()
                    .anyMatch(flaw -> flaw.code() == found.code()
                            || found.code() == Code.REFUSED_BY_RUNTIME
                                    && (flaw.code() == Code.WEAK_KEY || flaw.code() == Code.WEAK_SIGNATURE));
            if (!explained) {
                flaws.add(found);
            }
        });
    }

    private void judgeOrder() {
        int previous = 0;
        boolean ordered = true;
        for (X509Certificate certificate :
                path.certificates().subList(1, path.certificates().size())) {
            int index = served.indexOf(certificate);
            ordered &= index == previous + 1;
            previous = index;
        }
        if (!ordered) {
            warn(Code.DISORDERED, "the certificates are not sent in their order, each followed by that of its issuer");
        }
        if (path.anchor() == null) {
            // what is needed and what is not can only be told for a path that leads somewhere
            return;
        }
        for (X509Certificate certificate : served.subList(1, served.size())) {
            if (path.certificates().contains(certificate)) {
                continue;
            }
            String name = "\"" + Certificates.subject(certificate) + "\"";
            if (certificate.equals(trustedCertificate())) {
                remark(Code.ROOT_SENT, "the root " + name + " is sent, which no client needs");
            } else if (at.isAfter(Lifetime.of(certificate).until())) {
                warn(
                        Code.UNNEEDED_EXPIRED,
                        "the certificate " + name + " is sent, which is not needed and expired "
                                + Lifetime.ago(Lifetime.of(certificate).until(), at));
            } else {
                remark(Code.UNNEEDED, "the certificate " + name + " is sent, which is not needed");
            }
        }
    }

    private @Nullable X509Certificate trustedCertificate() {
        TrustAnchor anchor = path.anchor();
        return anchor == null ? null : anchor.getTrustedCert();
    }

    private String which(X509Certificate certificate) {
        if (certificate.equals(leaf)) {
            return "the certificate";
        }
        String kind = certificate.equals(trustedCertificate()) || Certificates.selfIssued(certificate)
                ? "the root "
                : "the intermediate certificate ";
        return kind + '"' + Certificates.subject(certificate) + '"';
    }

    private void fail(Code code, String sentence) {
        flaws.add(new CertificateFlaw(code, Finding.FAILED, sentence));
    }

    private void warn(Code code, String sentence) {
        flaws.add(new CertificateFlaw(code, Finding.WARNED, sentence));
    }

    private void remark(Code code, String sentence) {
        flaws.add(new CertificateFlaw(code, Finding.PASSED, sentence));
    }
}
