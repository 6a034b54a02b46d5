package dev.golive.examples;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.atMost;
import static dev.golive.Expect.is;
import static dev.golive.Expect.startingWith;
import static dev.golive.checks.RecordType.CNAME;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.aws.Aws;
import dev.golive.aws.Bucket;
import dev.golive.aws.Ec2Instance;
import dev.golive.aws.ObjectStore;
import dev.golive.aws.RdsInstance;
import dev.golive.checks.Dns;
import dev.golive.checks.Http;
import java.math.BigDecimal;

/**
 * What a shop on AWS asks before it goes live: a server of its own, a frontend in a bucket, and where its backups are.
 * Each item has the id under which the team knows it.
 */
final class CloudChecklists {

    static final String VALIDATION = "_1f2e.cdn.tern.example";

    private CloudChecklists() {}

    /** Where it runs. */
    static Environment environment(String name) {
        return Environment.named(name)
                .account("aws", CloudStage.ACCOUNT)
                .host("tern.example", "*.tern.example", "store.example");
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

    /** Where the backups go: a store that speaks S3 and is not AWS. */
    static Checklist backups(ObjectStore store) {
        Bucket bucket = store.bucket("tern-backups");
        return Checklist.named("The backups")
                .require(bucket.trial("golive/").as("D19").freshFor(days(1)))
                .require(bucket.newestObject("daily/").isYoungerThan(hours(26)).as("D45"))
                .build();
    }
}
