package dev.golive.examples;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.is;
import static dev.golive.Expect.lessThan;
import static dev.golive.Expect.startingWith;
import static dev.golive.checks.RecordType.CNAME;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.aws.AppRunnerService;
import dev.golive.aws.Aws;
import dev.golive.aws.Bucket;
import dev.golive.aws.Ec2Instance;
import dev.golive.aws.ObjectStore;
import dev.golive.aws.RdsInstance;
import dev.golive.checks.Dns;
import dev.golive.checks.Http;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What two products on AWS ask before they go live: a wallet on App Runner with a managed database, and a shop on a
 * server of its own with a frontend in a bucket. Each item has the id under which the team knows it.
 */
final class CloudChecklists {

    /** What is switched on and off at the launch of the wallet. */
    static final Map<String, String> FLAGS = new TreeMap<>(Map.of(
            "FF_NOTIFICATIONS", "true",
            "FF_MERCHANTS", "true",
            "FF_VIRTUAL_CARDS", "false",
            "FF_PLASTIC_CARDS", "false",
            "FF_CARD_DETAILS", "false",
            "FF_CARD_FREEZE", "false",
            "FF_CARD_PIN", "false",
            "FF_SPENDING_LIMITS", "false"));

    static final String WALLET = "https://wallet.tern.example";
    static final String LOGS = "/aws/apprunner/tern-wallet/application";
    static final String VALIDATION = "_1f2e.cdn.tern.example";

    private CloudChecklists() {}

    /** Where both run. */
    static Environment environment(String name) {
        return Environment.named(name)
                .account("aws", CloudStage.ACCOUNT)
                .host("tern.example", "*.tern.example", "store.example");
    }

    // region wallet
    /** The wallet, a week and two hours before. */
    static Checklist wallet(Aws aws) {
        AppRunnerService web = aws.appRunner("tern-wallet");
        RdsInstance db = aws.rds("tern-db");
        Check health = Http.get(WALLET + "/health").status(200).json("/status", "ok");
        Checklist.Builder list = Checklist.named("The wallet on App Runner")
                .require(aws.secret("tern/oidc")
                        .key("client_id")
                        .hasAtLeastCharacters(8)
                        .as("C01"))
                .require(web.domain("wallet.tern.example").isActive().as("C04").tagged("C27"))
                .require(web.domain("wallet.tern.example").isValidated().as("C04-certificate"))
                .require(db.isNotPubliclyAccessible().as("C08"))
                .require(db.isClosedToTheWorld().as("C08-network"))
                .require(web.variables(FLAGS).as("C09"))
                .require(web.isRunning().as("C11").tagged("C37"))
                .require(db.isAvailable().as("C12").tagged("C39"))
                .require(aws.ecr("tern-wallet").hasTag("production").as("C13"))
                .require(aws.secret("tern/jwt").hasAtLeastCharacters(32).as("C14"))
                .require(aws.secret("tern/database").exists().as("C14-database"))
                .require(web.variable("SERVICE_MODE").is("production").as("C16"))
                .require(Http.get(WALLET + "/build.json")
                        .status(200)
                        .json("/mode", "production")
                        .as("C16-served")
                        .because("a variable of the build is proven by what is served only"))
                .require(web.variable("LOGIN_MOCK").isUnset().as("C17"))
                .require(web.variable("NODE_ENV").is("production").as("C20"))
                .require(aws.logGroup(LOGS).isStreaming(minutes(2), health).as("C35"))
                .require(db.latestAutomatedSnapshot().isRecent().as("C40"));
        return list.build();
    }
    // endregion

    /** The wallet after its launch: what is served, and what the logs say. */
    static Checklist walletAfterwards(Aws aws) {
        Checklist.Builder list = Checklist.named("The wallet after its launch")
                .require(aws.logGroup(LOGS)
                        .hasNoMatch("?ERROR ?Exception", hours(2))
                        .as("C76"))
                .require(aws.metrics("AWS/AppRunner")
                        .dimension("ServiceName", "tern-wallet")
                        .metric("5xxStatusResponses")
                        .absentIsZero()
                        .sum(lessThan(10.0), hours(1))
                        .as("C66"));
        FLAGS.forEach((flag, value) -> list.require(Http.get(WALLET + "/build.json")
                .status(200)
                .json("/flags/" + flag, value)
                .as("C55-" + flag)
                .tagged("C55")));
        return list.build();
    }

    /** The shop on a server of its own. */
    static Checklist shop(Aws aws) {
        Bucket state = aws.bucket("tern-shop-state");
        Bucket frontend = aws.bucket("tern-shop-frontend");
        Ec2Instance server = aws.ec2("i-0123456789abcdef0");
        RdsInstance db = aws.rds("tern-shop-db");
        return Checklist.named("The shop on a server of its own")
                .require(aws.callerIsOfAccount().as("B01"))
                .require(state.isVersioned().as("B02"))
                .require(state.encryption(is("AES256")).as("B03"))
                .require(state.blocksPublicAccess().as("B04"))
                .require(aws.dynamoDb("tern-shop-lock").isActive().as("B05"))
                .require(aws.dynamoDb("tern-shop-lock").hasKey("LockID").as("B05-key"))
                .require(aws.dynamoDb("tern-shop-lock").isPayPerRequest().as("B05-billing"))
                .require(aws.keyPair("tern-shop").isOfType("ed25519").as("B06"))
                .require(aws.in("us-east-1")
                        .certificate(CloudStage.CERTIFICATE)
                        .isIssued()
                        .as("B13"))
                .require(Dns.of(VALIDATION).type(CNAME).exists().as("B13-record"))
                .require(aws.elasticIp("203.0.113.60")
                        .isAttachedTo("i-0123456789abcdef0")
                        .as("B14-address"))
                .require(db.version(startingWith("15.")).as("B14-database"))
                .require(db.isNotPubliclyAccessible().as("B14-private"))
                .require(frontend.blocksPublicAccess().as("B14-bucket"))
                .require(frontend.isEncrypted().as("B14-encrypted"))
                .require(frontend.isVersioned().as("B14-versioned"))
                .require(aws.distribution("E1TERN").isDeployed().as("B14-distribution"))
                .require(aws.distribution("E1TERN")
                        .usesCertificate(CloudStage.CERTIFICATE)
                        .as("B14-certificate"))
                .require(aws.distribution("E1TERN").servesHttpsOnly().as("B14-https"))
                .require(aws.distribution("E1TERN").usesOriginAccessControl().as("B14-origin"))
                .require(aws.hostedZone("tern.example").exists().as("B14-zone"))
                .require(aws.topic("tern-alarms").hasConfirmedSubscription().as("B15"))
                .require(server.isRunning().as("B16"))
                .require(server.passesStatusChecks().as("B16-status"))
                .require(Http.get("https://shop.tern.example/").status(200).as("B16-web"))
                .require(aws.iamUser("deployer").isNotAdministrator().as("B26"))
                .require(aws.alarms("tern-cpu", "tern-errors").isOk().as("B27"))
                .require(aws.alarms("tern-cpu", "tern-errors").hasActions().as("B27-actions"))
                .require(aws.metrics("AWS/EC2")
                        .dimension("InstanceId", "i-0123456789abcdef0")
                        .metric("CPUUtilization")
                        .every(minutes(5))
                        .average(atMost(80.0), hours(1))
                        .as("B28"))
                .require(aws.metrics("AWS/RDS")
                        .dimension("DBInstanceIdentifier", "tern-shop-db")
                        .metric("FreeStorageSpace")
                        .every(minutes(5))
                        .minimum(atLeast(5e9), hours(1))
                        .as("B28-database"))
                .require(aws.in("us-east-1")
                        .metrics("AWS/CloudFront")
                        .dimension("DistributionId", "E1TERN")
                        .dimension("Region", "Global")
                        .metric("5xxErrorRate")
                        .every(minutes(5))
                        .maximum(atMost(5.0), hours(1))
                        .as("B28-cdn"))
                .require(
                        aws.logGroup("/tern/shop").hasNoMatch("ERROR", hours(1)).as("B29"))
                .require(aws.costs().monthToDate(atMost(new BigDecimal("400"))).as("B33"))
                .require(aws.secret("tern/shop").changedWithin(days(90)).as("B44"))
                .require(aws.securityGroup("sg-0shop")
                        .admitsOnly(22, "198.51.100.0/24")
                        .as("B51"))
                .build();
    }

    /** Where the backups of both go: a store that speaks S3 and is not AWS. */
    static Checklist backups(ObjectStore store) {
        Bucket bucket = store.bucket("tern-backups");
        return Checklist.named("The backups")
                .require(bucket.trial("golive/").as("D19").freshFor(days(1)))
                .require(bucket.newestObject("daily/").isYoungerThan(hours(26)).as("D45"))
                .build();
    }
}
