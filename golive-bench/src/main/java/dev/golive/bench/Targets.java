package dev.golive.bench;

import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsZone;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Properties;

/** The servers that the measured processes ask: a process of its own, which ends when its input does. */
final class Targets {

    static final String ADDRESS = "203.0.113.10";
    static final String RESOLVER = "192.0.2.1";
    static final String DOMAIN = "shop.example";
    static final int NAMES = 1_000;

    private Targets() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        TimeSource time = TimeSource.system();
        TestCa ca = TestCa.create(time);
        try (HttpFake web = HttpFake.start(time).tls(ca.leaf(DOMAIN, "*." + DOMAIN));
                DnsFake dns = DnsFake.start(time)) {
            web.get("/*")
                    .reply(request -> request.connection().secure()
                            ? Reply.json("{\"data\":{\"status\":\"ok\"}}")
                                    .header("X-Region", "north")
                                    .header("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")
                            : Reply.redirect(301, "https://" + DOMAIN + "/"));
            DnsZone zone =
                    dns.zone(DOMAIN).server("ns1." + DOMAIN, "192.0.2.53").a(DOMAIN, ADDRESS);
            zone.caa(DOMAIN, "issue", "ca.example");
            for (int i = 0; i < NAMES; i++) {
                zone.a("h" + i + "." + DOMAIN, ADDRESS);
            }
            dns.resolver(RESOLVER);
            describe(directory, ca, web, dns);
            System.out.println("ready");
            drain(System.in);
        }
    }

    private static void describe(Path directory, TestCa ca, HttpFake web, DnsFake dns)
            throws IOException, CertificateEncodingException {
        Files.write(directory.resolve("root.der"), ca.root().getEncoded());
        Properties ports = new Properties();
        ports.setProperty("http", String.valueOf(web.address().getPort()));
        ports.setProperty("https", String.valueOf(web.tlsAddress().getPort()));
        ports.setProperty("dns", String.valueOf(dns.at(RESOLVER).realAddress().getPort()));
        Files.write(
                directory.resolve("ports"),
                ports.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
        Files.write(directory.resolve("ready"), List.of("yes"));
    }

    private static void drain(InputStream in) throws IOException {
        int read = in.read();
        while (read >= 0) {
            read = in.read();
        }
    }
}
