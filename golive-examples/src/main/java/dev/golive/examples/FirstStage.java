package dev.golive.examples;

import dev.golive.Network;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsFault;
import dev.golive.testkit.DnsZone;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.testkit.RevocationFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.TestCertificate;
import dev.golive.time.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The fakes that play a domain on loopback: its name servers and a resolver, a proxy at the edge, the platform behind
 * it, a status page, and the authority that issued the certificates. At most one thing is broken.
 */
final class FirstStage implements AutoCloseable {

    static final String DOMAIN = "tern.example";
    static final String PLATFORM_HOST = "tern-web.platform.example";
    static final String API_PLATFORM_HOST = "tern-api.platform.example";
    static final String EDGE_ADDRESS = "203.0.113.10";
    static final String ORIGIN_ADDRESS = "203.0.113.20";
    static final String[] RESOLVERS = {"192.0.2.1", "192.0.2.2"};

    private static final String API_ADDRESS = "203.0.113.30";
    private static final String STATUS_ADDRESS = "203.0.113.40";
    private static final String OLD_ADDRESS = "198.51.100.7";
    private static final String FIRST_NAME_SERVER = "192.0.2.53";
    private static final String SECOND_NAME_SERVER = "192.0.2.54";

    private final @Nullable Fault fault;
    private final DnsFake dns;
    private final HttpFake edge;
    private final HttpFake platform;
    private final HttpFake api;
    private final HttpFake status;
    private final RevocationFake revocation;
    private final TestCa ca;

    FirstStage(TimeSource time, @Nullable Fault fault) {
        this.fault = fault;
        this.ca = TestCa.create(time);
        this.revocation = RevocationFake.start(time, ca);
        this.dns = DnsFake.start(time);
        this.edge = HttpFake.start(time);
        this.platform = HttpFake.start(time);
        this.api = HttpFake.start(time);
        this.status = HttpFake.start(time);
        nameEverything();
        playEdge();
        playPlatform();
        playApi();
        playStatusPage();
    }

    /** The way to the fakes, under the names and addresses that they play. */
    Network network() {
        FakeNetwork network = FakeNetwork.create()
                .consulting(dns::route)
                .trusting(ca.anchors())
                .route(EDGE_ADDRESS, 80, edge.address())
                .route(EDGE_ADDRESS, 443, edge.tlsAddress())
                .route(ORIGIN_ADDRESS, 443, platform.tlsAddress())
                .route(API_ADDRESS, 443, api.tlsAddress())
                .route(STATUS_ADDRESS, 443, status.tlsAddress())
                .route(revocation.ocsp().getHost(), revocation.ocsp().getPort(), loopback(revocation));
        for (String resolver : RESOLVERS) {
            network = network.resolver(resolver);
        }
        return network;
    }

    private static InetSocketAddress loopback(RevocationFake revocation) {
        return revocation.http().address();
    }

    private boolean broken(Fault candidate) {
        return fault == candidate;
    }

    private void nameEverything() {
        DnsZone zone = dns.zone(DOMAIN)
                .server("ns1." + DOMAIN, FIRST_NAME_SERVER)
                .server("ns2." + DOMAIN, SECOND_NAME_SERVER)
                .ttl(300)
                .a(DOMAIN, EDGE_ADDRESS)
                .a("www." + DOMAIN, EDGE_ADDRESS)
                .a("status." + DOMAIN, STATUS_ADDRESS)
                .caa(DOMAIN, "issue", "ca.example");
        if (broken(Fault.PROXIED_API)) {
            zone.a("api." + DOMAIN, API_ADDRESS);
        } else {
            zone.cname("api." + DOMAIN, API_PLATFORM_HOST);
        }
        dns.zone("platform.example")
                .server("ns.platform.example", "192.0.2.60")
                .a(PLATFORM_HOST, ORIGIN_ADDRESS)
                .a(API_PLATFORM_HOST, API_ADDRESS);
        for (String resolver : RESOLVERS) {
            dns.resolver(resolver);
        }
        if (broken(Fault.STALE_NAME_SERVER)) {
            dns.at(SECOND_NAME_SERVER).override(DOMAIN, "A", OLD_ADDRESS);
        }
        if (broken(Fault.SILENT_NAME_SERVER)) {
            dns.at(SECOND_NAME_SERVER).fault(DnsFault.timeout());
        }
    }

    private TestCertificate certificate(String name, String... more) {
        return ca.leaf(name, more).expiresIn(Duration.ofDays(80)).withOcsp(revocation.ocsp());
    }

    private void playEdge() {
        TestCertificate certificate =
                broken(Fault.WRONG_NAME) ? certificate(DOMAIN) : certificate(DOMAIN, "www." + DOMAIN);
        if (broken(Fault.EXPIRED_CERTIFICATE)) {
            certificate = certificate.expired();
        }
        if (broken(Fault.MISSING_INTERMEDIATE)) {
            certificate = certificate.missingIntermediate();
        }
        edge.tls(certificate);
        if (broken(Fault.HTTP_1_ONLY)) {
            edge.versions(HttpFake.Version.HTTP_1_1);
        }
        for (String host : new String[] {DOMAIN, "www." + DOMAIN}) {
            edge.get("/").host(host).reply(request -> {
                if (!request.connection().secure() && !broken(Fault.NO_REDIRECT)) {
                    return Reply.redirect(301, "https://" + host + "/");
                }
                return page("Welcome to Tern");
            });
        }
        playHealth(edge, DOMAIN);
        for (String path : new String[] {"/terms", "/privacy"}) {
            boolean missing = broken(Fault.NO_TERMS) && path.equals("/terms");
            edge.get(path).host(DOMAIN).reply(missing ? Reply.text(404, "no such page") : page("Tern: " + path));
        }
    }

    private Reply page(String title) {
        Reply page = Reply.html("<!doctype html><title>" + title + "</title><h1>" + title + "</h1>")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        if (!broken(Fault.NO_HSTS)) {
            page = page.header("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
        }
        return broken(Fault.BYPASSED_PROXY) ? page : page.header("Via", "2.0 edge.example");
    }

    private void playHealth(HttpFake fake, String host) {
        String database = broken(Fault.DATABASE_DOWN) ? "fail" : "pass";
        String body = "{\"data\":{\"status\":\"ok\",\"checks\":{\"db\":{\"status\":\"" + database + "\"}}}}";
        fake.get("/api/health")
                .host(host)
                .reply(broken(Fault.HEALTH_DOWN) ? Reply.text(503, "no healthy instance") : Reply.json(body));
    }

    private void playPlatform() {
        TestCertificate behind = certificate(DOMAIN, "www." + DOMAIN);
        platform.tls(certificate(PLATFORM_HOST))
                .tls(DOMAIN, broken(Fault.ORIGIN_CERTIFICATE) ? behind.selfSigned() : behind);
        playHealth(platform, PLATFORM_HOST);
        platform.get("/").host(DOMAIN).reply(page("Welcome to Tern"));
    }

    private void playApi() {
        TestCertificate certificate = certificate("api." + DOMAIN);
        if (broken(Fault.REVOKED_CERTIFICATE)) {
            ca.revoke(certificate);
        }
        api.tls(certificate);
        api.get("/health").reply(Reply.json("{\"status\":\"ok\"}"));
        StringBuilder pairs = new StringBuilder();
        String[] names = {"EURSEK", "EURNOK", "EURDKK", "USDSEK", "USDNOK", "GBPSEK"};
        for (int i = 0; i < names.length - (broken(Fault.FIVE_RATES) ? 1 : 0); i++) {
            pairs.append(i == 0 ? "" : ",")
                    .append("{\"pair\":\"")
                    .append(names[i])
                    .append("\",\"rate\":11.4")
                    .append(i);
            pairs.append('}');
        }
        api.get("/v1/rates").reply(Reply.json("{\"pairs\":[" + pairs + "]}"));
        String attributes = broken(Fault.LAX_COOKIE) ? "" : "; HttpOnly; SameSite=Strict";
        api.post("/v1/session")
                .reply(Reply.json(201, "{\"user\":\"launch-check\"}")
                        .header("Set-Cookie", "session=4f9a1c77e0; Path=/; Secure; Max-Age=604800" + attributes));
        api.on("DELETE", "/v1/session").reply(Reply.status(204));
    }

    private void playStatusPage() {
        status.tls(certificate("status." + DOMAIN));
        status.get("/").reply(page("Tern status: all systems operational"));
        if (broken(Fault.NO_STATUS_PAGE)) {
            status.fault(HttpFault.refuse());
        }
    }

    @Override
    public void close() {
        edge.close();
        platform.close();
        api.close();
        status.close();
        dns.close();
        revocation.close();
    }
}
