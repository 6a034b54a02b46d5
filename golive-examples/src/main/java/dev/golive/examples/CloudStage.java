package dev.golive.examples;

import dev.golive.Network;
import dev.golive.aws.Aws;
import dev.golive.aws.ObjectStore;
import dev.golive.testkit.DnsFake;
import dev.golive.testkit.DnsZone;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.aws.FakeCertificate;
import dev.golive.testkit.aws.FakeDistribution;
import dev.golive.testkit.aws.FakeDynamoDb;
import dev.golive.testkit.aws.FakeEc2;
import dev.golive.testkit.aws.FakeMetric;
import dev.golive.testkit.aws.FakeRds;
import dev.golive.testkit.aws.FakeTopic;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fakes that play a shop on AWS on loopback, as it should be but for one thing. */
final class CloudStage implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d";

    private static final String ADDRESS = "203.0.113.50";
    private static final String RESOLVER = "192.0.2.1";

    final FakeAws aws;
    final FakeAws store;

    /** Whether somebody has confirmed that they want the alarms. */
    boolean confirmed = true;

    /** What the bucket of the backups is called. */
    String backups = "tern-backups";

    /** How old the newest backup is. */
    Duration backupAge = Duration.ofHours(1);

    /** Whether the certificate's record is in DNS. */
    boolean validated = true;

    /** Whether Route 53 has the zone. */
    boolean hosted = true;

    /** The certificate that the distribution uses. */
    String certificateOfCdn = CERTIFICATE;

    /** Whether the lock table is paid by request. */
    boolean payPerRequest = true;

    /** What the month has cost so far, in dollars. */
    String spent = "112.40";

    /** What the shop answers. */
    volatile int web = 200;

    private final TimeSource time;
    private final HttpFake site;
    private final DnsFake dns;
    private final TestCa ca;
    private DnsZone zone;

    CloudStage(TimeSource time, @Nullable CloudFault fault) {
        this.time = time;
        this.aws = FakeAws.start(time);
        this.store = FakeAws.start(time);
        this.site = HttpFake.start(time);
        this.dns = DnsFake.start(time);
        this.ca = TestCa.create(time);
        playShop();
        playSites();
        if (fault != null) {
            fault.spoil(this);
        }
        playBackups();
        if (validated) {
            zone.cname(CloudChecklists.VALIDATION, "_3d4c.acm-validations.example");
        }
        if (hosted) {
            aws.hostedZone("tern.example");
        }
        cdn().certificate(certificateOfCdn, "TLSv1.2_2021");
        if (payPerRequest) {
            lock().payPerRequest();
        }
        aws.costs().on(LocalDate.ofInstant(now(), ZoneOffset.UTC), spent);
        FakeTopic alarms = aws.topic("tern-alarms").subscribe("email", "ops@tern.example");
        if (confirmed) {
            alarms.confirm("ops@tern.example");
        }
    }

    Instant now() {
        return time.now();
    }

    FakeRds shopDb() {
        return aws.rds("tern-shop-db");
    }

    FakeDynamoDb lock() {
        return aws.dynamoDb("tern-shop-lock");
    }

    FakeEc2 server() {
        return aws.ec2("i-0123456789abcdef0");
    }

    FakeDistribution cdn() {
        return aws.distribution("E1TERN");
    }

    FakeCertificate certificate() {
        return aws.certificate(CERTIFICATE);
    }

    /** The server has worked hard for an hour. */
    void busy() {
        for (int minutes = 5; minutes <= 60; minutes += 5) {
            cpu().add(now().minus(Duration.ofMinutes(minutes)), 99, 99, 99, 99, 99, 99, 99, 99, 99, 99);
        }
    }

    FakeMetric storage() {
        return aws.metric("AWS/RDS", "FreeStorageSpace", Map.of("DBInstanceIdentifier", "tern-shop-db"));
    }

    FakeMetric cdnErrors() {
        return aws.metric("AWS/CloudFront", "5xxErrorRate", Map.of("DistributionId", "E1TERN", "Region", "Global"));
    }

    FakeMetric cpu() {
        return aws.metric("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-0123456789abcdef0"));
    }

    /** The account as the program knows it. */
    Aws account() {
        return Aws.account(ACCOUNT, aws.region()).credentials(aws.accessKeyId(), aws.secretAccessKey());
    }

    /** The store of the backups as the program knows it. */
    ObjectStore backups() {
        return ObjectStore.at(URI.create("https://store.example"), "the store of the backups")
                .credentials(store.accessKeyId(), store.secretAccessKey());
    }

    /** The way to the fakes, under the names that they play. */
    Network network() {
        return aws.on(FakeNetwork.create())
                .endpoint(URI.create("https://store.example"), store.uri())
                .consulting(dns::route)
                .resolver(RESOLVER)
                .trusting(ca.anchors())
                .host("shop.tern.example", ADDRESS)
                .route(ADDRESS, 443, site.tlsAddress());
    }

    private void playShop() {
        aws.bucket("tern-shop-state").versioned();
        aws.bucket("tern-shop-frontend").versioned().object("index.html", "<h1>The shop of last week</h1>");
        lock().key("LockID");
        aws.keyPair("tern-shop").type("ed25519");
        certificate().names("shop.tern.example");
        server().state("running");
        aws.elasticIp("203.0.113.60").attachedTo("i-0123456789abcdef0");
        shopDb().engine("postgres", "15.8").automatedSnapshot(now().minus(Duration.ofHours(10)));
        cdn().viewerPolicy("default", "redirect-to-https")
                .bucket("tern-shop-frontend.s3.eu-north-1.amazonaws.com", "E2TERN", "");
        aws.iamUser("deployer");
        for (String alarm : new String[] {"tern-cpu", "tern-errors"}) {
            aws.alarm(alarm).state("OK").action("arn:aws:sns:eu-north-1:123456789012:tern-alarms");
        }
        for (int minutes = 5; minutes <= 24 * 60; minutes += 5) {
            Instant at = now().minus(Duration.ofMinutes(minutes));
            cpu().add(at, 21, 25);
            storage().add(at, 40e9);
            cdnErrors().add(at, 0.1);
        }
        aws.logGroup("/tern/shop").log("started");
        aws.secret("tern/shop").text("a-secret-of-the-shop", now().minus(Duration.ofDays(30)));
        aws.securityGroup("sg-0shop").ingress(22, "198.51.100.0/26").ingress(443, "0.0.0.0/0");
    }

    private void playSites() {
        site.tls(ca.leaf("shop.tern.example").expiresIn(Duration.ofDays(80)));
        site.get("/").host("shop.tern.example").reply(request -> Reply.text(web, "The shop"));
        dns.resolver(RESOLVER);
        zone = dns.zone("tern.example").server("ns1.tern.example", "192.0.2.53");
    }

    private void playBackups() {
        store.bucket(backups).object("daily/newest.dump", "a backup", now().minus(backupAge));
    }

    /** A frontend to be released. */
    Path frontend(Path folder) throws IOException {
        Path frontend = Files.createDirectories(folder.resolve("frontend"));
        Files.writeString(frontend.resolve("index.html"), "<h1>The shop of today</h1>");
        Files.writeString(frontend.resolve("shop.css"), "h1 { color: teal }");
        return frontend;
    }

    @Override
    public void close() {
        aws.close();
        store.close();
        site.close();
        dns.close();
    }
}
