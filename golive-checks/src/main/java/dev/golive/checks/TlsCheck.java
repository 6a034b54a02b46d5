package dev.golive.checks;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.checks.internal.tls.Inspector;
import dev.golive.checks.internal.tls.TlsClaim;
import dev.golive.checks.internal.tls.TlsTarget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A check of a server's TLS: one handshake for the default verdict and all that it shows, further connections for
 * assertions that need them.
 *
 * <p>Failed if the server is wrong, unreachable if it refuses the connection or does not answer, unknown if its chain
 * leads to a root that neither the network nor {@link TlsProbe#trusting} trusts: then what was seen is not what the
 * public sees. A handshake that the server refuses is failed, with what it offers instead.
 *
 * <p>Immutable and thread-safe.
 */
public final class TlsCheck extends TlsAssertions implements Check {

    private final TlsTarget target;
    private final List<TlsClaim> claims;

    TlsCheck(TlsTarget target, List<TlsClaim> claims) {
        this.target = target;
        this.claims = claims;
    }

    @Override
    TlsCheck and(TlsClaim claim) {
        if (!claim.offeredProtocol().isEmpty()
                && claims.stream().anyMatch(one -> !one.offeredProtocol().isEmpty())) {
            throw new IllegalArgumentException(
                    "applicationProtocol must be asserted once per check, not again: " + claim.offeredProtocol());
        }
        List<TlsClaim> all = new ArrayList<>(claims);
        all.add(claim);
        return new TlsCheck(target, List.copyOf(all));
    }

    @Override
    public String sentence() {
        return "TLS of " + target.text() + " "
                + claims.stream().map(TlsClaim::sentence).distinct().collect(Collectors.joining(" and "));
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return Inspector.examine(target, claims, context);
    }

    @Override
    public Set<Capture<?>> reads() {
        Set<Capture<?>> reads = new LinkedHashSet<>();
        claims.forEach(claim -> reads.addAll(claim.reads()));
        return reads;
    }

    @Override
    public Set<Subject> touches() {
        Set<Subject> touched = new LinkedHashSet<>();
        touched.add(Subject.host(target.endpoint().host()));
        touched.add(Subject.host(target.serverName()));
        return touched;
    }

    @Override
    public String toString() {
        return sentence();
    }
}
