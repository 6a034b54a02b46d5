package dev.golive.checks.internal.tls;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Shared;
import dev.golive.checks.CertificateFlaw;
import dev.golive.checks.CertificateFlaw.Code;
import dev.golive.checks.TlsVersion;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Connection;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.NotConnectedException;
import dev.golive.checks.internal.net.TlsOffer;
import java.io.IOException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Looks at one address of a server and judges what it sees. For one attempt of one check. */
final class Inspection {

    /** What all inspections of a {@link dev.golive.GoLive} remember. */
    record Memory(ValidPaths paths, Revocation revocation) implements AutoCloseable {

        static final Shared<Memory> SHARED =
                Shared.of("certificates", (network, time) -> new Memory(new ValidPaths(256), new Revocation()));

        /** Owns nothing that stays open. */
        @Override
        public void close() {}
    }

    /** How long asking for revocation may take where nobody insists on the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final TlsTarget target;
    private final List<TlsClaim> claims;
    private final CheckContext context;
    private final Connector connector;
    private final Memory memory;
    private final Connector.Found found;
    private final Prober prober;
    private final List<Fact> facts = new ArrayList<>();

    Inspection(
            TlsTarget target,
            List<TlsClaim> claims,
            CheckContext context,
            Connector connector,
            Memory memory,
            Connector.Found found,
            SplittableRandom random) {
        this.target = target;
        this.claims = claims;
        this.context = context;
        this.connector = connector;
        this.memory = memory;
        this.found = found;
        this.prober = new Prober(context, connector, target.endpoint(), found, sni(), random);
    }

    private String sni() {
        return Addresses.literal(target.serverName()).isPresent() ? "" : target.serverName();
    }

    Outcome outcome() throws Exception {
        Fact view = view(target);
        try (Connection connection = connector.open(context, target.endpoint(), found, offer(), Set.of())) {
            facts.addAll(connection.facts());
            facts.add(view);
            facts.addAll(connection.phases().facts(""));
            SSLSession session =
                    Objects.requireNonNull(connection.secure(), "secure").getSession();
            return judged(connection, session);
        } catch (NotConnectedException e) {
            return diagnosed(e).with(view);
        }
    }

    /** Which side of a proxy or content delivery network was asked. */
    static Fact view(TlsTarget target) {
        return Fact.of("view", target.endpoint().pinned() != null ? "origin, by pinned address" : "edge, by DNS");
    }

    private TlsOffer offer() {
        List<String> protocols = claims.stream()
                .map(TlsClaim::offeredProtocol)
                .filter(p -> !p.isEmpty())
                .toList();
        return new TlsOffer(sni(), protocols, List.of(), List.of());
    }

    private Outcome judged(Connection connection, SSLSession session) throws Exception {
        Instant now = context.time().now();
        List<X509Certificate> served = connection.chain();
        Set<TrustAnchor> anchors = target.publicView() ? context.network().anchors() : target.trusted();
        ChainJudge.Judged judged =
                ChainJudge.judge(served, target.serverName(), now, anchors, target.publicView(), memory.paths());
        facts.add(Fact.of("cipher suite", session.getCipherSuite()));
        facts.addAll(ChainFacts.of(served, judged, now));
        if (served.isEmpty()) {
            return Outcome.failed("the server sends no certificate").with(facts);
        }
        if (target.publicView() && has(judged.flaws(), Code.UNTRUSTED_ROOT)) {
            return Outcome.unknown(notPublic(judged.flaws())).with(facts);
        }
        RevocationStatus stapled = stapled(session, judged, now);
        RevocationStatus revocation = stapled != null && stapled.isKnown() ? stapled : asked(judged);
        facts.add(Fact.of("stapled", stapled == null ? "nothing" : stapled.text()));
        facts.add(Fact.of("revocation", revocation.text()));
        for (TlsVersion version : TlsVersion.values()) {
            if (version.toString().replace(" ", "v").equals(session.getProtocol())) {
                prober.knows(version);
            }
        }
        Sight sight = new Sight(
                served,
                judged,
                now,
                session.getProtocol(),
                session.getCipherSuite(),
                connection.applicationProtocol(),
                stapled,
                revocation,
                prober);
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(verdict(flaws(sight), sight));
        for (TlsClaim claim : claims) {
            outcomes.add(judged(claim, sight));
        }
        return merged(outcomes);
    }

    /** What is wrong whatever is asserted. */
    private List<CertificateFlaw> flaws(Sight sight) {
        List<CertificateFlaw> flaws = new ArrayList<>(sight.judged().flaws());
        if (claims.stream().anyMatch(TlsClaim::judgesEnd)) {
            flaws.removeIf(flaw -> flaw.code() == Code.EXPIRES_SOON);
        }
        if (sight.revocation().isRevoked()) {
            flaws.add(new CertificateFlaw(
                    Code.REVOKED,
                    Finding.FAILED,
                    "the certificate was " + sight.revocation().text()));
        }
        if (sight.stapled() == null && Certificates.demandsStaple(sight.leaf())) {
            flaws.add(new CertificateFlaw(
                    Code.NOT_STAPLED,
                    Finding.WARNED,
                    "the certificate demands a stapled OCSP response and the server sends none"));
        }
        return flaws;
    }

    private static Outcome verdict(List<CertificateFlaw> flaws, Sight sight) {
        for (Finding finding : List.of(Finding.FAILED, Finding.UNKNOWN)) {
            String why = words(flaws, finding);
            if (!why.isEmpty()) {
                return Outcome.of(finding, why, List.of());
            }
        }
        List<String> reservations = new ArrayList<>();
        String why = words(flaws, Finding.WARNED);
        if (!why.isEmpty()) {
            reservations.add(why);
        }
        if (!CipherSuites.isForwardSecret(sight.suite())) {
            reservations.add("the connection has no forward secrecy: " + sight.suite());
        }
        if (!sight.protocol().equals("TLSv1.3") && !sight.protocol().equals("TLSv1.2")) {
            reservations.add("the connection uses " + sight.protocol());
        }
        return reservations.isEmpty() ? Outcome.passed() : Outcome.warned(String.join("; ", reservations));
    }

    private static String words(List<CertificateFlaw> flaws, Finding finding) {
        return flaws.stream()
                .filter(flaw -> flaw.finding() == finding)
                .map(CertificateFlaw::sentence)
                .collect(Collectors.joining("; "));
    }

    private static boolean has(List<CertificateFlaw> flaws, Code code) {
        return flaws.stream().anyMatch(flaw -> flaw.code() == code);
    }

    /** A chain to a root that nobody named is not what the public sees: then nothing else about it counts either. */
    static String notPublic(List<CertificateFlaw> flaws) {
        return flaws.stream()
                        .filter(flaw -> flaw.code() == Code.UNTRUSTED_ROOT)
                        .map(CertificateFlaw::sentence)
                        .collect(Collectors.joining("; "))
                + ": either something on the way intercepts TLS, so that this is not the public view, or the root is"
                + " private and must be named with trusting(..)";
    }

    private Outcome judged(TlsClaim claim, Sight sight) throws Exception {
        try {
            return claim.judge(sight, context);
        } catch (NotConnectedException e) {
            return e.outcome();
        } catch (IOException e) {
            return Outcome.unknown(target.endpoint().host() + ": " + OcspAnswer.said(e));
        }
    }

    private Outcome merged(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            for (Fact fact : outcome.facts()) {
                // what was expected says more than what was merely seen
                facts.removeIf(seen -> seen.name().equals(fact.name()) && seen.expected() == null);
                facts.add(fact);
            }
        }
        for (Finding finding : List.of(Finding.FAILED, Finding.UNKNOWN, Finding.WARNED)) {
            List<Outcome> those = outcomes.stream()
                    .filter(outcome -> outcome.finding() == finding)
                    .toList();
            if (those.size() == 1 && those.get(0).isUnreachable()) {
                return Outcome.unreachable(those.get(0).why()).with(facts);
            }
            if (!those.isEmpty()) {
                String why = those.stream().map(Outcome::why).distinct().collect(Collectors.joining("; "));
                return Outcome.of(finding, why, facts);
            }
        }
        return Outcome.passed().with(facts);
    }

    private static @Nullable X509Certificate issuer(ChainJudge.Judged judged) {
        TrustAnchor anchor = judged.anchor();
        return judged.path().size() > 1 || anchor == null
                ? judged.path().stream().skip(1).findFirst().orElse(null)
                : anchor.getTrustedCert();
    }

    private static @Nullable RevocationStatus stapled(SSLSession session, ChainJudge.Judged judged, Instant now) {
        List<byte[]> responses =
                session instanceof ExtendedSSLSession extended ? extended.getStatusResponses() : List.of();
        if (responses.isEmpty() || responses.get(0).length == 0) {
            return null;
        }
        X509Certificate issuer = issuer(judged);
        return issuer == null
                ? RevocationStatus.unknown("the issuer of the certificate is not known")
                : OcspAnswer.judge(responses.get(0), judged.path().get(0), issuer, now);
    }

    private RevocationStatus asked(ChainJudge.Judged judged) throws Exception {
        X509Certificate issuer = issuer(judged);
        if (issuer == null) {
            return RevocationStatus.unknown("the issuer of the certificate is not known");
        }
        X509Certificate leaf = judged.path().get(0);
        if (issuer.equals(leaf)) {
            return RevocationStatus.good("not revocable, the certificate itself is named as trusted");
        }
        boolean needed = claims.stream().anyMatch(TlsClaim::needsRevocation);
        Duration left = Duration.between(context.time().now(), context.deadline());
        return memory.revocation().of(context, connector, leaf, issuer, needed ? left : PATIENCE);
    }

    /** A server that shakes hands with others but not with this Java runtime: what does it offer? */
    private Outcome diagnosed(NotConnectedException failure) throws Exception {
        Outcome outcome = failure.outcome();
        if (failure.step() != NotConnectedException.Step.HANDSHAKE || outcome.finding() != Finding.FAILED) {
            return outcome;
        }
        List<String> offered = new ArrayList<>();
        try {
            for (TlsVersion version : TlsVersion.values()) {
                if (prober.offers(version)) {
                    offered.add(version.toString());
                }
            }
            if (offered.contains(TlsVersion.TLS_1_2.toString()) && !offered.contains(TlsVersion.TLS_1_3.toString())) {
                offered.add("with " + String.join(", ", prober.accepted(TlsVersion.TLS_1_2, Set.of())));
            }
        } catch (NotConnectedException | IOException e) {
            // the failure itself is known; only its explanation is not
            return outcome.with(Fact.of("offered", "not found out: " + OcspAnswer.said(e)));
        }
        if (offered.isEmpty()) {
            return outcome;
        }
        String all = String.join(", ", offered);
        return Outcome.failed(outcome.why() + "; what it offers is " + all).with(outcome.facts());
    }
}
