package dev.golive.checks.internal.tls;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.checks.TlsLevel;
import dev.golive.checks.TlsVersion;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** The assertions there are. */
public final class TlsClaims {

    private TlsClaims() {}

    /** Reads a value out of what was seen. */
    private interface Reading<V> extends Function<Sight, Optional<V>> {}

    private record Valued<V>(
            String name, String phrase, Expectation<V> expectation, boolean judgesEnd, Reading<V> reading)
            implements TlsClaim {

        Valued(String name, Expectation<V> expectation, Reading<V> reading) {
            this(name, "has " + name, expectation, false, reading);
        }

        @Override
        public String sentence() {
            return phrase + " " + expectation.sentence();
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }

        @Override
        public Outcome judge(Sight sight, CheckContext context) {
            Expectation<V> expected = expectation.resolved(context);
            Optional<V> value = reading.apply(sight);
            if (value.isEmpty()) {
                return Outcome.failed(
                        "it has no " + name + " and should have " + expected.sentence(),
                        Fact.of(name, expected.sentence(), "none"));
            }
            String found = value.get() instanceof String text ? text : Expect.text(value.get());
            Fact fact = Fact.of(name, expected.sentence(), found);
            return expected.accepts(value.get())
                    ? Outcome.passed(fact)
                    : Outcome.failed(
                            "the " + name + " is " + Expect.text(value.get()) + " and should be " + expected.sentence(),
                            fact);
        }
    }

    /** The default verdict and nothing more. */
    public static TlsClaim valid() {
        return claim("has a good certificate", (sight, context) -> Outcome.passed());
    }

    /** The certificate is for another name too. */
    public static TlsClaim covers(String name) {
        return claim("covers " + name, (sight, context) -> {
            List<String> names = Certificates.names(sight.leaf());
            return HostNames.cover(names, Certificates.addresses(sight.leaf()), name)
                    ? Outcome.passed()
                    : Outcome.failed(
                            "the certificate is for " + HostNames.listed(names) + ", not for " + name,
                            Fact.of("names", name, HostNames.listed(names)));
        });
    }

    /** The time left of the path, that is of everything that clients look at. */
    public static TlsClaim expiresIn(Expectation<Duration> expectation) {
        return new Valued<>(
                "time to expiry",
                "expires in",
                expectation,
                true,
                sight -> Optional.of(sight.left(sight.pathOrServed())));
    }

    /** The time left of the server's own certificate. */
    public static TlsClaim leafExpiresIn(Expectation<Duration> expectation) {
        return new Valued<>(
                "time to expiry of the leaf",
                "has a leaf that expires in",
                expectation,
                true,
                sight -> Optional.of(sight.left(List.of(sight.leaf()))));
    }

    /** The time left of everything that is served. */
    public static TlsClaim servedExpiresIn(Expectation<Duration> expectation) {
        return new Valued<>(
                "time to expiry of the served chain",
                "serves a chain that expires in",
                expectation,
                true,
                sight -> Optional.of(sight.left(sight.served())));
    }

    /** Who issued the certificate: the common name or the organisation of the issuer. */
    public static TlsClaim issuer(Expectation<String> expectation) {
        return new Issuer(expectation);
    }

    private record Issuer(Expectation<String> expectation) implements TlsClaim {

        @Override
        public String sentence() {
            return "is issued by " + expectation.sentence();
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }

        @Override
        public Outcome judge(Sight sight, CheckContext context) {
            Expectation<String> expected = expectation.resolved(context);
            List<String> names = Certificates.issuerNames(sight.leaf());
            Fact fact = Fact.of("issuer", expected.sentence(), String.join(" of ", names));
            return names.stream().anyMatch(expected::accepts)
                    ? Outcome.passed(fact)
                    : Outcome.failed("the issuer is " + fact.found() + " and should be " + expected.sentence(), fact);
        }
    }

    /** RSA, EC, Ed25519, ... */
    public static TlsClaim keyType(Expectation<String> expectation) {
        return new Valued<>(
                "key type",
                expectation,
                sight -> Optional.of(Certificates.keyType(sight.leaf().getPublicKey())));
    }

    /** The size of the key in bits. */
    public static TlsClaim keyBits(Expectation<Integer> expectation) {
        return new Valued<>("key size in bits", expectation, sight -> {
            OptionalInt bits = Certificates.keyBits(sight.leaf().getPublicKey());
            return bits.isPresent() ? Optional.of(bits.getAsInt()) : Optional.empty();
        });
    }

    /** The algorithm that the certificate is signed with. */
    public static TlsClaim signature(Expectation<String> expectation) {
        return new Valued<>(
                "signature algorithm",
                expectation,
                sight -> Optional.of(sight.leaf().getSigAlgName()));
    }

    /** The protocol agreed upon by ALPN. */
    public static TlsClaim applicationProtocol(String protocol) {
        return new Plain("speaks " + protocol, false, protocol, (sight, context) -> {
            String agreed = sight.applicationProtocol().isEmpty() ? "none" : sight.applicationProtocol();
            Fact fact = Fact.of("application protocol", protocol, agreed);
            return agreed.equals(protocol)
                    ? Outcome.passed(fact)
                    : Outcome.failed("it does not speak " + protocol, fact);
        });
    }

    /** The server speaks a version. */
    public static TlsClaim offers(TlsVersion version) {
        return claim(
                "offers " + version,
                (sight, context) -> sight.prober().offers(version)
                        ? Outcome.passed(Fact.of(version.toString(), "offered", "offered"))
                        : Outcome.failed(
                                "it does not offer " + version, Fact.of(version.toString(), "offered", "refused")));
    }

    /** The server does not speak a version. */
    public static TlsClaim refuses(TlsVersion version) {
        return claim(
                "refuses " + version,
                (sight, context) -> sight.prober().offers(version)
                        ? Outcome.failed(
                                "it still offers " + version, Fact.of(version.toString(), "refused", "offered"))
                        : Outcome.passed(Fact.of(version.toString(), "refused", "refused")));
    }

    /** The server speaks a version, and nothing before it. */
    public static TlsClaim atLeast(TlsVersion least) {
        return claim("offers nothing before " + least, (sight, context) -> {
            List<String> old = new ArrayList<>();
            for (TlsVersion version : TlsVersion.values()) {
                if (version.compareTo(least) < 0 && sight.prober().offers(version)) {
                    old.add(version.toString());
                }
            }
            Fact fact = Fact.of("versions before " + least, "none", old.isEmpty() ? "none" : String.join(", ", old));
            return old.isEmpty()
                    ? Outcome.passed(fact)
                    : Outcome.failed("it still offers " + String.join(" and ", old), fact);
        });
    }

    /** The server accepts no suite without forward secrecy. */
    public static TlsClaim forwardSecrecy() {
        return claim("insists on forward secrecy", (sight, context) -> {
            List<String> accepted = new ArrayList<>();
            for (TlsVersion version : List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_0)) {
                if (accepted.isEmpty() && sight.prober().offers(version)) {
                    accepted.addAll(sight.prober().accepted(version, CipherSuites.forwardSecret()));
                }
            }
            Fact fact = Fact.of("suites without forward secrecy", "none", listed(accepted));
            return accepted.isEmpty()
                    ? Outcome.passed(fact)
                    : Outcome.failed("it accepts suites without forward secrecy: " + listed(accepted), fact);
        });
    }

    /** The server accepts nothing that a level does not allow. */
    public static TlsClaim level(TlsLevel level) {
        ServerPolicy policy = ServerPolicy.of(level);
        return claim("is configured to the level " + level, (sight, context) -> {
            List<String> problems = certificateProblems(sight.leaf(), policy);
            for (TlsVersion version : TlsVersion.values()) {
                if (!sight.prober().offers(version)) {
                    continue;
                }
                if (!policy.versions().contains(version)) {
                    problems.add("it offers " + version);
                    continue;
                }
                List<String> accepted = sight.prober().accepted(version, policy.suites());
                if (!accepted.isEmpty()) {
                    problems.add("in " + version + " it accepts " + listed(accepted));
                }
            }
            Fact fact = Fact.of("level", level, problems.isEmpty() ? level : "below");
            return problems.isEmpty()
                    ? Outcome.passed(fact)
                    : Outcome.failed("not " + level + ": " + String.join("; ", problems), fact);
        });
    }

    private static List<String> certificateProblems(X509Certificate leaf, ServerPolicy policy) {
        List<String> problems = new ArrayList<>();
        String type = Certificates.keyType(leaf.getPublicKey());
        boolean curve = leaf.getPublicKey() instanceof ECPublicKey ec
                && ServerPolicy.CURVE_BITS.contains(ec.getParams().getOrder().bitLength());
        boolean rsa = policy.rsa()
                && type.equals("RSA")
                && Certificates.keyBits(leaf.getPublicKey()).orElse(0) >= Strength.LEAST_RSA;
        if (!curve && !rsa) {
            problems.add("the certificate has a key of type " + Certificates.key(leaf.getPublicKey()));
        }
        String signature = leaf.getSigAlgName().toLowerCase(Locale.ROOT);
        if (Certificates.brokenHash(leaf) != null || !policy.rsa() && !signature.contains("ecdsa")) {
            problems.add("the certificate is signed with " + leaf.getSigAlgName());
        }
        return problems;
    }

    private static String listed(List<String> suites) {
        return suites.isEmpty() ? "none" : String.join(", ", suites);
    }

    /** The server staples a good OCSP response. */
    public static TlsClaim stapled() {
        return claim("staples a good OCSP response", (sight, context) -> {
            RevocationStatus stapled = sight.stapled();
            if (stapled == null) {
                return Outcome.failed("no OCSP response is stapled", Fact.of("stapled", "an OCSP response", "none"));
            }
            Fact fact = Fact.of("stapled", "a good OCSP response", stapled.text());
            // revoked is a flaw of the default verdict already
            return stapled.isKnown() ? Outcome.passed(fact) : Outcome.failed("stapled: " + stapled.text(), fact);
        });
    }

    /** It was found out that the certificate is not revoked. */
    public static TlsClaim notRevoked() {
        return new Plain(
                "is not revoked",
                true,
                "",
                (sight, context) -> sight.revocation().isKnown()
                        ? Outcome.passed()
                        : Outcome.unknown("it could not be found out whether the certificate is revoked: "
                                + sight.revocation().text()));
    }

    private interface Judge {
        Outcome judge(Sight sight, CheckContext context) throws Exception;
    }

    private record Plain(String sentence, boolean needsRevocation, String offeredProtocol, Judge judge)
            implements TlsClaim {
        @Override
        public Outcome judge(Sight sight, CheckContext context) throws Exception {
            return judge.judge(sight, context);
        }
    }

    private static TlsClaim claim(String sentence, Judge judge) {
        return new Plain(sentence, false, "", judge);
    }
}
