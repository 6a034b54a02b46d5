package dev.golive.examples;

import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What {@code --break} can spoil on the cloud stage, one at a time, and the items that it must show at. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing, and the lists are copies
enum CloudFault implements Breakable {
    OTHER_ACCOUNT(
            "the credentials belong to another account",
            stage -> stage.aws.callerOf("999999999999"),
            "B01",
            "given-aws-is-asked-by-somebody-of-account-123456789012"),
    STATE_NOT_VERSIONED(
            "the state has no versions",
            stage -> stage.aws.bucket("tern-shop-state").versioningSuspended(),
            "B02"),
    STATE_OTHER_ENCRYPTION(
            "the state is encrypted with another key",
            stage -> stage.aws.bucket("tern-shop-state").encryption("aws:kms"),
            "B03"),
    STATE_PUBLIC(
            "the state may become public",
            stage -> stage.aws.bucket("tern-shop-state").withoutAccessBlock(),
            "B04"),
    LOCK_TABLE_UPDATING("the lock table is being changed", stage -> stage.lock().status("UPDATING"), "B05"),
    LOCK_TABLE_KEY("the lock table has another key", stage -> stage.lock().key("Id", "S"), "B05-key"),
    LOCK_TABLE_BILLING("the lock table is paid by capacity", stage -> stage.payPerRequest = false, "B05-billing"),
    RSA_KEY("the key pair is RSA", stage -> stage.aws.keyPair("tern-shop").type("rsa"), "B06"),
    CERTIFICATE_PENDING(
            "the certificate is not issued", stage -> stage.certificate().status("PENDING_VALIDATION"), "B13"),
    NO_VALIDATION_RECORD("the certificate's record is not in DNS", stage -> stage.validated = false, "B13-record"),
    NO_ZONE("Route 53 has no zone", stage -> stage.hosted = false, "B14-zone"),
    OTHER_CERTIFICATE(
            "the distribution uses another certificate",
            stage -> stage.certificateOfCdn = "arn:aws:acm:us-east-1:123456789012:certificate/ffffffff",
            "B14-certificate"),
    FRONTEND_WITHOUT_VERSIONS(
            "the frontend's bucket keeps no versions",
            stage -> stage.aws.bucket("tern-shop-frontend").versioningSuspended(),
            "B14-versioned"),
    FULL_DATABASE(
            "the shop's database is nearly full",
            stage -> stage.storage().add(stage.now().minusSeconds(1200), 1e9),
            "B28-database"),
    CDN_ERRORS(
            "the distribution answers with errors",
            stage -> stage.cdnErrors().add(stage.now().minusSeconds(1200), 30),
            "B28-cdn"),
    ADDRESS_DETACHED(
            "the address is attached to nothing",
            stage -> stage.aws.elasticIp("203.0.113.60").detached(),
            "B14-address"),
    OLD_DATABASE(
            "the database is older than it should be",
            stage -> stage.shopDb().engine("postgres", "13.9"),
            "B14-database"),
    PUBLIC_SHOP_DATABASE(
            "the shop's database is public", stage -> stage.shopDb().publiclyAccessible(), "B14-private"),
    FRONTEND_PUBLIC(
            "the frontend's bucket may become public",
            stage -> stage.aws.bucket("tern-shop-frontend").notBlocking("RestrictPublicBuckets"),
            "B14-bucket"),
    DISTRIBUTION_IN_PROGRESS(
            "the distribution is being changed",
            stage -> stage.cdn().inProgressUntil(stage.now().plus(Duration.ofDays(2))),
            "B14-distribution"),
    PLAIN_HTTP(
            "the distribution answers plain HTTP",
            stage -> stage.cdn().viewerPolicy("default", "allow-all"),
            "B14-https"),
    UNCONFIRMED_ALARMS("nobody has confirmed that they want the alarms", stage -> stage.confirmed = false, "B15"),
    SERVER_STOPPED("the server is stopped", stage -> stage.server().state("stopped"), "B16", "B16-status"),
    SERVER_IMPAIRED(
            "a status check of the server fails", stage -> stage.server().systemCheck("impaired"), "B16-status"),
    WEB_DOWN("the web server answers 502", stage -> stage.web = 502, "B16-web"),
    ADMINISTRATOR(
            "the user that deploys is an administrator",
            stage -> stage.aws.iamUser("deployer").administrator(),
            "B26"),
    ALARM("an alarm is on", stage -> stage.aws.alarm("tern-errors").state("ALARM"), "B27"),
    ALARM_WITHOUT_ACTION(
            "an alarm does nothing", stage -> stage.aws.alarm("tern-cpu").actionsEnabled(false), "B27-actions"),
    BUSY_SERVER("the server is busy", stage -> stage.busy(), "B28"),
    SHOP_ERRORS(
            "the shop's log has errors",
            stage -> stage.aws.logGroup("/tern/shop").log("ERROR 500"),
            "B29"),
    EXPENSIVE("the month was more expensive than planned", stage -> stage.spent = "612.40", "B33"),
    OLD_SECRET(
            "a secret was not changed for a hundred days",
            stage -> stage.aws
                    .secret("tern/shop")
                    .text("an-old-secret-of-the-shop", stage.now().minus(Duration.ofDays(100))),
            "B44"),
    SSH_FOR_ALL(
            "SSH is open to more than the office",
            stage -> stage.aws.securityGroup("sg-0shop").ingress(22, "198.51.0.0/16"),
            "B51"),

    NO_BACKUP_BUCKET(
            "the bucket of the backups has another name", stage -> stage.backups = "tern-backup", "D19", "D45"),
    OLD_BACKUP("the newest backup is two days old", stage -> stage.backupAge = Duration.ofHours(49), "D45"),

    NO_UPLOAD(
            "the frontend's bucket takes nothing", stage -> stage.aws.fault("s3:PutObject", AwsFault.denied()), "B19"),
    NOTHING_TO_RESTORE(
            "the frontend cannot be brought back", stage -> stage.aws.fault("s3:CopyObject", AwsFault.denied()), "B31"),
    NO_RESTORE("the shop's database has no backups", stage -> stage.shopDb().backupRetentionDays(0), "B32");

    private final String sentence;
    private final Consumer<CloudStage> spoil;
    private final List<String> items;

    CloudFault(String sentence, Consumer<CloudStage> spoil, String... items) {
        this.sentence = sentence;
        this.spoil = spoil;
        this.items = List.of(items);
    }

    @Override
    public String sentence() {
        return sentence;
    }

    /** Spoils it. */
    void spoil(CloudStage stage) {
        spoil.accept(stage);
    }

    /** The items that show it. */
    List<String> items() {
        return items;
    }
}
