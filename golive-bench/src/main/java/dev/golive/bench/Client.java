package dev.golive.bench;

import static dev.golive.Expect.atLeast;
import static dev.golive.time.Spans.days;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Network;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.checks.Dns;
import dev.golive.checks.Headers;
import dev.golive.checks.Http;
import dev.golive.checks.HttpProbe;
import dev.golive.checks.HttpVersion;
import dev.golive.checks.RecordType;
import dev.golive.checks.Tls;
import dev.golive.testkit.FakeNetwork;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntFunction;

/** The measured process: runs one list a number of times, prints how long each took, and ends. */
final class Client {

    private static final String SITE = "https://" + Targets.DOMAIN + "/";

    private Client() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Checklist list = list(args[1]);
        int rounds = Integer.parseInt(args[2]);
        TimeSource time = TimeSource.system();
        Environment environment = Environment.named("benchmark").host(Targets.DOMAIN, "*." + Targets.DOMAIN);
        boolean good = true;
        try (GoLive golive = GoLive.builder().network(network(directory)).build()) {
            for (int round = 0; round < rounds; round++) {
                Duration before = time.elapsed();
                Report report = golive.run(list, environment);
                System.out.println(time.elapsed().minus(before).toMillis());
                if (report.verdict() != Verdict.GO) {
                    good = false;
                    System.out.println(report.summary());
                }
            }
        }
        if (!good) {
            System.exit(1);
        }
    }

    private static Checklist list(String work) {
        return switch (work) {
            case "https-shared" -> many(1_000, i -> asserting(Http.get(SITE + i)));
            case "https-fresh" -> many(1_000, i -> asserting(Http.get(SITE + i).freshConnection()));
            case "dns" -> many(1_000, i -> Dns.of(name(i)).type(RecordType.A).exists());
            case "tls" -> many(200, i -> Tls.of(name(i)).isValid().expiresIn(atLeast(days(21))));
            case "ten" -> ten();
            default -> throw new IllegalArgumentException("no such work: " + work);
        };
    }

    private static String name(int i) {
        return "h" + i + "." + Targets.DOMAIN;
    }

    private static Check asserting(HttpProbe probe) {
        return probe.status(200).header("X-Region", "north").json("/data/status", "ok");
    }

    private static Checklist many(int count, IntFunction<Check> check) {
        Checklist.Builder list = Checklist.named("many");
        for (int i = 0; i < count; i++) {
            list.require(check.apply(i));
        }
        return list.build();
    }

    private static Checklist ten() {
        String domain = Targets.DOMAIN;
        return Checklist.named("ten")
                .require(Http.get(SITE + "api/health").status(200).json("/data/status", "ok"))
                .require(Http.get(SITE)
                        .header(
                                "Strict-Transport-Security",
                                Headers.hsts()
                                        .maxAge(atLeast(days(730)))
                                        .includeSubDomains()
                                        .preload()))
                .require(Http.get(SITE).version(HttpVersion.HTTP_2).status(200))
                .require(Http.get("http://" + domain + "/").redirectsTo(SITE))
                .require(Http.get("https://h1." + domain + "/").status(200))
                .require(Dns.of(domain).type(RecordType.A).exactly(Targets.ADDRESS))
                .require(Dns.of(domain).type(RecordType.CAA).exists())
                .require(Dns.of("h2." + domain).type(RecordType.A).exists())
                .require(Tls.of(domain).covers("www." + domain).expiresIn(atLeast(days(21))))
                .require(Tls.of("h3." + domain).isValid().forwardSecrecy())
                .build();
    }

    private static Network network(Path directory) throws IOException, GeneralSecurityException {
        Properties ports = new Properties();
        try (InputStream in = Files.newInputStream(directory.resolve("ports"))) {
            ports.load(in);
        }
        X509Certificate root;
        try (InputStream in = Files.newInputStream(directory.resolve("root.der"))) {
            root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        InetSocketAddress dns = loopback(ports, "dns");
        return FakeNetwork.create()
                .resolver(Targets.RESOLVER)
                .consulting(service -> dns)
                .route(Targets.ADDRESS, 80, loopback(ports, "http"))
                .route(Targets.ADDRESS, 443, loopback(ports, "https"))
                .trusting(Set.of(new TrustAnchor(root, null)));
    }

    private static InetSocketAddress loopback(Properties ports, String name) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ports.getProperty(name)));
    }
}
