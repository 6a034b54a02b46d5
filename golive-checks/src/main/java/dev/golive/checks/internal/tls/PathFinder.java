package dev.golive.checks.internal.tls;

import java.security.PublicKey;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way from a server's certificate to a trust anchor by names and signatures alone. Dates and rules are judged
 * later: a chain that has expired still has a path, and saying so explains more than "no path".
 */
final class PathFinder {

    /** More signature checks than any honest chain needs; a hostile one must not keep us busy. */
    private static final int MOST_SIGNATURES = 60;

    private static final int MOST_CERTIFICATES = 16;

    /**
     * A way through the served certificates.
     *
     * @param certificates from the server's certificate upwards, without the anchor unless the server's own is one
     * @param anchor where it ends, or {@code null} if it ends nowhere that is trusted
     * @param forged a certificate that bears the name of an issuer but not its signature, where the way broke off
     */
    record Path(
            List<X509Certificate> certificates,
            @Nullable TrustAnchor anchor,
            @Nullable X509Certificate forged) {

        X509Certificate last() {
            return certificates.get(certificates.size() - 1);
        }
    }

    private final List<X509Certificate> served;
    private final Set<TrustAnchor> anchors;
    private final Instant at;
    private final boolean verifying;
    private int signatures;
    private @Nullable Path trusted;
    private Path longest;
    private @Nullable X509Certificate forged;

    private PathFinder(List<X509Certificate> served, Set<TrustAnchor> anchors, Instant at, boolean verifying) {
        this.served = served.subList(0, Math.min(served.size(), MOST_CERTIFICATES));
        this.anchors = anchors;
        this.at = at;
        this.verifying = verifying;
        this.longest = new Path(List.of(served.get(0)), null, null);
    }

    /** Finds the path that names and signatures show. */
    static Path find(List<X509Certificate> served, Set<TrustAnchor> anchors, Instant at) {
        return find(served, anchors, at, true);
    }

    /** Finds the path that names alone suggest; for the ordinary chain it is the right one, and costs nothing. */
    static Path guess(List<X509Certificate> served, Set<TrustAnchor> anchors, Instant at) {
        return find(served, anchors, at, false);
    }

    private static Path find(List<X509Certificate> served, Set<TrustAnchor> anchors, Instant at, boolean verifying) {
        PathFinder finder = new PathFinder(served, anchors, at, verifying);
        finder.climb(List.of(served.get(0)));
        Path found = finder.trusted;
        return found != null ? found : new Path(finder.longest.certificates(), null, finder.forged);
    }

    /** Depth first; returns whether a path was found that is also valid in time, so that nothing better remains. */
    private boolean climb(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        if (path.size() > longest.certificates().size()) {
            longest = new Path(path, null, null);
        }
        for (TrustAnchor anchor : anchors) {
            boolean itself = path.size() == 1 && last.equals(anchor.getTrustedCert());
            if ((itself
                            || named(anchor).equals(last.getIssuerX500Principal())
                                    && signed(last, key(anchor), anchor.getTrustedCert()))
                    && reached(path, anchor)) {
                return true;
            }
        }
        for (X509Certificate next : served) {
            if (!path.contains(next)
                    && next.getSubjectX500Principal().equals(last.getIssuerX500Principal())
                    && signed(last, next.getPublicKey(), next)) {
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(next);
                if (climb(List.copyOf(longer))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean reached(List<X509Certificate> path, TrustAnchor anchor) {
        boolean inTime = path.stream().allMatch(c -> Lifetime.of(c).contains(at));
        if (trusted == null || inTime) {
            trusted = new Path(path, anchor, null);
        }
        return inTime;
    }

    private boolean signed(X509Certificate certificate, PublicKey key, @Nullable X509Certificate issuer) {
        if (++signatures > MOST_SIGNATURES) {
            return false;
        }
        boolean good = !verifying || Certificates.signedBy(certificate, key);
        // two authorities may bear one name, and nobody forged anything when the other one signed
        if (!good && (issuer == null || KeyIds.mayBeIssuer(certificate, issuer))) {
            forged = certificate;
        }
        return good;
    }

    static X500Principal named(TrustAnchor anchor) {
        X509Certificate certificate = anchor.getTrustedCert();
        return certificate == null ? anchor.getCA() : certificate.getSubjectX500Principal();
    }

    private static PublicKey key(TrustAnchor anchor) {
        X509Certificate certificate = anchor.getTrustedCert();
        return certificate == null ? anchor.getCAPublicKey() : certificate.getPublicKey();
    }
}
