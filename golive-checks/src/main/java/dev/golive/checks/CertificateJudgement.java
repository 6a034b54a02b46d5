package dev.golive.checks;

import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.checks.internal.tls.ChainFacts;
import dev.golive.checks.internal.tls.ChainJudge;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link Tls#judge} thinks of a server's certificates: its flaws, and three things that are not the same: the
 * server's own certificate (the leaf), the chain as it was served, and the path to a trust anchor that was verified.
 *
 * <p>Immutable and thread-safe.
 */
public final class CertificateJudgement {

    private final String host;
    private final Instant at;
    private final List<X509Certificate> served;
    private final ChainJudge.Judged judged;

    CertificateJudgement(String host, Instant at, List<X509Certificate> served, ChainJudge.Judged judged) {
        this.host = host;
        this.at = at;
        this.served = served;
        this.judged = judged;
    }

    /**
     * The host that the certificates were judged for.
     *
     * @return the host in lower case and A-labels
     */
    public String host() {
        return host;
    }

    /**
     * The instant that the certificates were judged for.
     *
     * @return the instant
     */
    public Instant at() {
        return at;
    }

    /**
     * Everything that a person would point out.
     *
     * @return the flaws and remarks, the worst first
     */
    public List<CertificateFlaw> flaws() {
        return judged.flaws();
    }

    /**
     * Whether there is a flaw of a kind.
     *
     * @param code the kind
     * @return whether it was found
     */
    public boolean has(CertificateFlaw.Code code) {
        return flaws().stream().anyMatch(flaw -> flaw.code() == code);
    }

    /**
     * The worst of the flaws.
     *
     * @return {@link Finding#PASSED} if there is none, or only remarks
     */
    public Finding finding() {
        return flaws().isEmpty() ? Finding.PASSED : flaws().get(0).finding();
    }

    /**
     * The worst flaws in words.
     *
     * @return a sentence without a full stop, blank if {@link #finding()} is {@link Finding#PASSED}
     */
    public String why() {
        Finding worst = finding();
        return worst == Finding.PASSED
                ? ""
                : flaws().stream()
                        .filter(flaw -> flaw.finding() == worst)
                        .map(CertificateFlaw::sentence)
                        .collect(Collectors.joining("; "));
    }

    /**
     * The server's own certificate.
     *
     * @return the first certificate served, empty if there was none
     */
    public Optional<X509Certificate> leaf() {
        return served.stream().findFirst();
    }

    /**
     * The chain as it was served.
     *
     * @return the certificates in the order of the server
     */
    public List<X509Certificate> served() {
        return served;
    }

    /**
     * The path to the anchor, verified by its signatures. It may have flaws all the same, such as one expired
     * certificate.
     *
     * @return from the leaf upwards, without the anchor; empty if the chain leads to no anchor
     */
    public List<X509Certificate> path() {
        return judged.path();
    }

    /**
     * Where the path ends.
     *
     * @return the anchor, empty if the chain leads to none
     */
    public Optional<TrustAnchor> anchor() {
        return Optional.ofNullable(judged.anchor());
    }

    /**
     * How long the leaf is still valid.
     *
     * @return the time left, negative after the end, empty without a certificate
     */
    public Optional<Duration> leafLeft() {
        return leaf().map(certificate -> ChainFacts.left(List.of(certificate), at));
    }

    /**
     * How long all certificates of the served chain are still valid, needed or not.
     *
     * @return the least time left, negative after the end of one, empty without a certificate
     */
    public Optional<Duration> servedLeft() {
        return served.isEmpty() ? Optional.empty() : Optional.of(ChainFacts.left(served, at));
    }

    /**
     * How long the verified path is still valid: from then on, users are turned away.
     *
     * @return the least time left, negative after the end of one, empty without a path
     */
    public Optional<Duration> pathLeft() {
        return path().isEmpty() ? Optional.empty() : Optional.of(ChainFacts.left(path(), at));
    }

    /**
     * The certificates as facts of an outcome.
     *
     * @return names, issuer, key, signature, end, and the days left of leaf, served chain and verified path
     */
    public List<Fact> facts() {
        return ChainFacts.of(served, judged, at);
    }

    @Override
    public String toString() {
        return host + " at " + at + ": " + finding() + (flaws().isEmpty() ? "" : " " + flaws());
    }
}
