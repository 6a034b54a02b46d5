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
import dev.golive.testkit.aws.FakeAppRunner;
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

/** The fakes that play two products on AWS on loopback, as they should be but for one thing. */
final class CloudStage implements AutoCloseable {

    static final String ACCOUNT = "123456789012";
    static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d";

    private static final String ADDRESS = "203.0.113.50";
    private static final String RESOLVER = "192.0.2.1";
    private static final String OLD_IMAGE = "sha256:" + "a".repeat(64);
    private static final String NEW_IMAGE = "sha256:" + "b".repeat(64);

    final FakeAws aws;
    final FakeAws store;

    /** What was compiled into the wallet's frontend. */
    volatile String mode = "production";

    volatile String cards = "false";

    /** Whether the wallet's log takes anything. */
    volatile boolean logs = true;

    /** What it takes with each request. */
    volatile String line = "GET /health";

    /** Whether the wallet is unwell once its new image is live. */
    volatile boolean unwell;

    /** How old the newest snapshot of the wallet's database is. */
    Duration snapshotAge = Duration.ofHours(20);

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
        playWallet();
        playShop();
        playSites();
        if (fault != null) {
            fault.spoil(this);
        }
        playBackups();
        db().automatedSnapshot(now().minus(snapshotAge));
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

    FakeAppRunner wallet() {
        return aws.appRunner("tern-wallet");
    }

    /** What runs: the image, and the two variables that the launch changes. */
    String walletNow() {
        Map<String, String> variables = wallet().variablesNow();
        return (isNew() ? "tern-wallet@" + NEW_IMAGE.substring(7, 19) : "tern-wallet@" + OLD_IMAGE.substring(7, 19))
                + (variables.containsKey("LOGIN_MOCK") ? ", with" : ", without") + " LOGIN_MOCK"
                + (variables.containsKey("WALLET_URL") ? ", with" : ", without") + " WALLET_URL";
    }

    FakeRds db() {
        return aws.rds("tern-db");
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

    FakeMetric errors() {
        return aws.metric("AWS/AppRunner", "5xxStatusResponses", Map.of("ServiceName", "tern-wallet"));
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
                .host("wallet.tern.example", ADDRESS)
                .host("shop.tern.example", ADDRESS)
                .route(ADDRESS, 443, site.tlsAddress());
    }

    private void playWallet() {
        Instant yesterday = now().minus(Duration.ofHours(20));
        aws.ecr("tern-wallet")
                .image("41", OLD_IMAGE, yesterday.minus(Duration.ofDays(7)))
                .image("production", NEW_IMAGE, yesterday);
        FakeAppRunner web = wallet().image(aws.ecr("tern-wallet").uri("41"))
                .variable("SERVICE_MODE", "production")
                .variable("NODE_ENV", "production")
                .healthCheck("/health")
                .domain("wallet.tern.example")
                .deploysIn(Duration.ofMinutes(3));
        CloudChecklists.FLAGS.forEach(web::variable);
        aws.secret("tern/oidc")
                .text("{\"client_id\":\"tern-wallet-production\",\"client_secret\":\"" + "s".repeat(40) + "\"}");
        aws.secret("tern/jwt").text("k".repeat(64));
        aws.secret("tern/database").text("postgres://wallet@tern-db/wallet");
        aws.securityGroup("sg-0db").ingress(5432, "10.0.0.0/16");
        db().securityGroups("sg-0db");
        aws.logGroup(CloudChecklists.LOGS);
        errors().add(now().minusSeconds(1200), 1);
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
        site.tls(ca.leaf("wallet.tern.example", "shop.tern.example").expiresIn(Duration.ofDays(80)));
        site.get("/health").host("wallet.tern.example").reply(request -> {
            if (logs) {
                aws.logGroup(CloudChecklists.LOGS).log(line);
            }
            return unwell && isNew() ? Reply.text(503, "no") : Reply.json("{\"status\":\"ok\"}");
        });
        site.get("/build.json").host("wallet.tern.example").reply(request -> Reply.json(build()));
        site.get("/").host("shop.tern.example").reply(request -> Reply.text(web, "The shop"));
        dns.resolver(RESOLVER);
        zone = dns.zone("tern.example").server("ns1.tern.example", "192.0.2.53");
    }

    private boolean isNew() {
        return wallet().imageNow().endsWith(NEW_IMAGE);
    }

    private String build() {
        StringBuilder flags = new StringBuilder();
        CloudChecklists.FLAGS.forEach((flag, value) -> flags.append(flags.length() == 0 ? "" : ",")
                .append('"')
                .append(flag)
                .append("\":\"")
                .append(flag.equals("FF_VIRTUAL_CARDS") ? cards : value)
                .append('"'));
        return "{\"mode\":\"" + mode + "\",\"image\":\"" + (isNew() ? NEW_IMAGE : OLD_IMAGE) + "\",\"flags\":{" + flags
                + "}}";
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
