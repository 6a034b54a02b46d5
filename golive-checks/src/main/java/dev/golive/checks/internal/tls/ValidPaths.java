package dev.golive.checks.internal.tls;

import dev.golive.checks.CertificateFlaw;
import dev.golive.checks.internal.tls.PathFinder.Path;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds and validates paths, and remembers the flawless ones: verifying signatures is most of the work of a judgement,
 * and the checks of one run meet the same chain again and again.
 *
 * <p>A remembered path answers only for the same certificates in the same order, the same anchors, and an instant at
 * which all its certificates are valid: whatever depends on anything else is judged each time. Thread-safe.
 */
public final class ValidPaths {

    /**
     * A path and what path validation thinks of it.
     *
     * @param path the path
     * @param objection the first objection, empty if there is none, or nothing to validate
     */
    record Validated(Path path, Optional<CertificateFlaw> objection) {

        boolean flawless() {
            return path.anchor() != null && objection.isEmpty();
        }
    }

    private record Question(List<X509Certificate> served, Set<TrustAnchor> anchors) {}

    private final int size;
    private final Map<Question, Path> remembered;

    /**
     * Paths of which a number is remembered.
     *
     * @param size how many; 0 to remember none
     */
    public ValidPaths(int size) {
        this.size = size;
        this.remembered = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Path> eldest) {
                return size() > ValidPaths.this.size;
            }
        };
    }

    Validated find(List<X509Certificate> served, Set<TrustAnchor> anchors, Instant at) {
        if (size == 0) {
            return validated(served, anchors, at);
        }
        Question question = new Question(served, anchors);
        Path known;
        synchronized (remembered) {
            known = remembered.get(question);
        }
        if (known != null
                && known.certificates().stream().allMatch(c -> Lifetime.of(c).contains(at))) {
            return new Validated(known, Optional.empty());
        }
        Validated found = validated(served, anchors, at);
        if (found.flawless()) {
            synchronized (remembered) {
                remembered.put(question, found.path());
            }
        }
        return found;
    }

    /** Each signature is verified once for an ordinary chain, and only an odd one is looked at more closely. */
    private static Validated validated(List<X509Certificate> served, Set<TrustAnchor> anchors, Instant at) {
        Path guess = PathFinder.guess(served, anchors, at);
        Validated validated = new Validated(guess, objection(guess, at));
        if (validated.flawless()) {
            return validated;
        }
        Path path = PathFinder.find(served, anchors, at);
        return new Validated(path, objection(path, at));
    }

    private static Optional<CertificateFlaw> objection(Path path, Instant at) {
        TrustAnchor anchor = path.anchor();
        return anchor == null || path.certificates().get(0).equals(anchor.getTrustedCert())
                ? Optional.empty()
                : PathRules.objection(path.certificates(), anchor, commonInstant(path, at));
    }

    /** If the dates are a flaw, it is named as such: an instant at which all were valid lets the other rules speak. */
    private static Instant commonInstant(Path path, Instant at) {
        Instant from = Instant.MIN;
        Instant until = Instant.MAX;
        for (X509Certificate certificate : path.certificates()) {
            Lifetime lifetime = Lifetime.of(certificate);
            from = from.isAfter(lifetime.from()) ? from : lifetime.from();
            until = until.isBefore(lifetime.until()) ? until : lifetime.until();
        }
        if (from.isAfter(until)) {
            return at;
        }
        return at.isBefore(from) ? from : at.isAfter(until) ? until : at;
    }
}
