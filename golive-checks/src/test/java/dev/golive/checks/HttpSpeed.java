package dev.golive.checks;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Report;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.time.TimeSource;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;

/**
 * How long 1,000 HTTPS checks take. Not a test: {@code serve <file>} starts a server and writes its authority and prints
 * its port; {@code <file> <port> shared|fresh <rounds>} asks it, from a process of its own.
 */
final class HttpSpeed {

    private static final int CHECKS = 1_000;

    private HttpSpeed() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(Path.of(args[1]));
        } else {
            measure(Path.of(args[0]), Integer.parseInt(args[1]), args[2].equals("fresh"), Integer.parseInt(args[3]));
        }
    }

    private static void serve(Path authority) throws Exception {
        TestCa ca = TestCa.create(TimeSource.system());
        try (HttpFake shop = HttpFake.start(TimeSource.system()).tls(ca.leaf("shop.example"))) {
            shop.get("/*").reply(Reply.json("{\"data\":{\"status\":\"ok\"}}").header("X-Region", "north"));
            Files.write(authority, ca.root().getEncoded());
            System.out.println(shop.tlsAddress().getPort());
            System.in.read();
        }
    }

    private static void measure(Path authority, int port, boolean fresh, int rounds) throws Exception {
        TimeSource time = TimeSource.system();
        X509Certificate root;
        try (InputStream in = Files.newInputStream(authority)) {
            root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        FakeNetwork network = FakeNetwork.create()
                .host("shop.example", "203.0.113.10")
                .route("shop.example", 443, new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .trusting(Set.of(new TrustAnchor(root, null)));
        Checklist.Builder list = Checklist.named("speed");
        for (int i = 0; i < CHECKS; i++) {
            HttpProbe probe = Http.get("https://shop.example/" + i);
            list.require((fresh ? probe.freshConnection() : probe)
                    .status(200)
                    .header("X-Region", "north")
                    .json("/data/status", "ok"));
        }
        Checklist checks = list.build();
        Environment environment = Environment.named("speed").host("shop.example");
        for (int round = 0; round < rounds; round++) {
            try (GoLive golive = GoLive.builder().network(network).build()) {
                Duration start = time.elapsed();
                Report report = golive.run(checks, environment);
                System.out.println(
                        report.verdict() + " " + time.elapsed().minus(start).toMillis() + " ms");
            }
        }
    }
}
