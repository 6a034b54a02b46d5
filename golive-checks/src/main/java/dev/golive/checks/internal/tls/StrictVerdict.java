package dev.golive.checks.internal.tls;

import dev.golive.Finding;
import dev.golive.checks.CertificateFlaw;
import dev.golive.checks.internal.net.ChainVerdict;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The judgement of {@link ChainJudge} for a connection that is opened for something else. */
public final class StrictVerdict implements ChainVerdict {

    private static final int REMEMBERED = 256;

    private final ValidPaths paths = new ValidPaths(REMEMBERED);

    @Override
    public Judgement judge(List<X509Certificate> served, String host, Instant at, Set<TrustAnchor> anchors) {
        List<CertificateFlaw> flaws =
                ChainJudge.judge(served, host, at, anchors, true, paths).flaws();
        if (flaws.stream().anyMatch(flaw -> flaw.code() == CertificateFlaw.Code.UNTRUSTED_ROOT)) {
            return new Judgement(Finding.UNKNOWN, Inspection.notPublic(flaws));
        }
        Finding worst = flaws.isEmpty() ? Finding.PASSED : flaws.get(0).finding();
        return new Judgement(
                worst,
                worst == Finding.PASSED
                        ? ""
                        : flaws.stream()
                                .filter(flaw -> flaw.finding() == worst)
                                .map(CertificateFlaw::sentence)
                                .collect(Collectors.joining("; ")));
    }
}
