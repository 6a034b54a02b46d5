package dev.golive.examples;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What {@code --break} can spoil on the railway stage, one at a time, and the items that it must show at. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing, and the lists are copies
enum RailwayMishap implements Breakable {
    STAGING_CRASHED(
            "the API crashed in staging", stage -> stage.stagingApi().crashed(), "B35", "B35-variables", "B35-mode"),
    STAGING_OLD_DATABASE(
            "the database of staging is older than that of production",
            stage -> stage.railway
                    .in("staging")
                    .service("postgres")
                    .image("postgres:14")
                    .deployed("v14"),
            "B35-database"),
    STAGING_WITHOUT_KEY(
            "a variable is missing in staging",
            stage -> stage.stagingApi().withoutVariable("SESSION_KEY"),
            "B35-variables"),
    STAGING_IN_PRODUCTION_MODE(
            "staging believes to be production",
            stage -> stage.stagingApi().variable("MODE", "production").deployed("bbbb224"),
            "B35-mode"),
    STAGING_UNWELL("staging answers 503", stage -> stage.staging = 503, "B35-health"),

    NO_API("somebody has deleted the API service", stage -> stage.api().deletedButListed(), "A01"),
    OPEN_DATABASE(
            "the database can be reached from the internet",
            stage -> stage.database().tcpProxy("monorail.proxy.example", 40123, 5432),
            "A01-closed"),
    NO_DATABASE(
            "somebody has deleted the database service",
            stage -> stage.database().deleted(),
            "A01-database",
            "A01-version",
            "A01-closed",
            "A02-database"),
    OLD_DATABASE(
            "the database is older than it should be",
            stage -> stage.database().image("postgres:14.1").deployed("v14"),
            "A01-version"),
    OTHER_REGION(
            "the API runs in another region, too",
            stage -> stage.api().region("us-west2", 1).deployed("bbbb223"),
            "A02"),
    DATABASE_ELSEWHERE(
            "the database runs in another region, too",
            stage -> stage.database().region("us-west2", 1).deployed("v15"),
            "A02-database"),
    NO_ORIGINS("it is not set who may call the API", stage -> stage.api().withoutVariable("ALLOWED_ORIGINS"), "A05"),
    EXPENSIVE(
            "the month will be more expensive than planned",
            stage -> stage.railway.estimated("MEMORY_USAGE_GB", 4 * 43_200),
            "A09"),
    OVER_THE_LIMIT("the workspace has used up what it may", stage -> stage.railway.spent(61), "B33"),
    DOMAIN_UNVERIFIED(
            "nobody has proved to own the domain", stage -> stage.domain().unverified(), "A14", "D28"),
    DOMAIN_ELSEWHERE("the domain leads elsewhere", stage -> stage.domain().leadsTo("parking.example"), "A14-records"),
    CERTIFICATE_FAILED(
            "no certificate was issued",
            stage -> stage.domain().certificateFailed("RATE_LIMIT", "too many certificates"),
            "A14-certificate"),
    NO_MAIL_KEY("the key for mail is not set", stage -> stage.api().withoutVariable("MAIL_KEY"), "A23"),
    NO_STORE_SECRET(
            "the secret of the object storage is not set", stage -> stage.api().withoutVariable("STORE_SECRET"), "A26"),
    NO_ERROR_REPORTS("errors are reported nowhere", stage -> stage.api().withoutVariable("ERRORS_DSN"), "A29"),
    STAGING_MODE(
            "production is configured for staging",
            stage -> stage.api().variable("MODE", "staging").deployed("bbbb224"),
            "B08"),
    SHORT_KEY(
            "the key that signs sessions is too short",
            stage -> stage.api().variable("SESSION_KEY", "short").deployed("bbbb224"),
            "B08-length"),
    SHORT_REFRESH_KEY(
            "the key that signs refreshments is too short",
            stage -> stage.api().variable("REFRESH_KEY", "short").deployed("bbbb224"),
            "B08-length-refresh"),
    SAME_KEYS(
            "two keys that must differ do not",
            stage -> stage.api()
                    .variable("SESSION_KEY", "k".repeat(50))
                    .variable("REFRESH_KEY", "k".repeat(50))
                    .deployed("bbbb224"),
            "B08-different"),
    SEALED_KEY(
            "a key is sealed, so that nobody knows how long it is",
            stage -> stage.api().sealed("SESSION_KEY", "s".repeat(40)),
            "B08-length",
            "B08-different"),
    NO_DAILY_BACKUPS("no daily backups are made", stage -> stage.data().schedules("WEEKLY", "MONTHLY"), "A40", "B47"),
    DAILY_BACKUPS_ONLY("backups are kept for six days", stage -> stage.data().schedules("DAILY"), "B47", "B47-reach"),
    OLD_BACKUP("the newest backup is two days old", stage -> stage.backupAge = Duration.ofHours(49), "B50"),
    SOMEBODY_DEPLOYS("somebody is deploying just now", stage -> stage.api().deployingBySomebody("dddd444"), "A52"),
    STAGED_CHANGES(
            "somebody has staged a change",
            stage -> stage.railway.in("production").stagedBySomebody("a volume"),
            "A52-staged"),
    BUSY("the API is busy", stage -> stage.processors = 1.4, "A70"),
    HUNGRY("the API needs too much memory", stage -> stage.gigabytes = 1.2, "A70-memory"),
    WORKER_CRASHED("the queue worker crashed", stage -> stage.worker().crashed(), "D65"),
    REVOKED_TOKEN(
            "the token of production was revoked",
            stage -> stage.railway.revoke(stage.railway.projectToken()),
            "given-the-project-token-opens-railway-shop-production"),

    BACKUP_FAILS("no backup can be made", stage -> stage.data().failing("no space is left"), "A41"),
    NO_VARIABLES("Railway takes no variables", stage -> stage.refuse("variableCollectionUpsert"), "D20"),
    BUILD_FAILS("the build fails", stage -> stage.api().failingBuilds(), "A53"),
    NEVER_HEALTHY("the new deployment never becomes well", stage -> stage.api().failingHealthchecks(), "A53"),
    OLD_IS_SERVED("what is served is not what was deployed", stage -> stage.stuck = true, "A53"),
    ERRORS_WHILE_BUILDING("the build ends, and its log has errors", stage -> stage.built = "error", "A54-log"),
    ANOTHER_FAILS(
            "somebody pushes, and that deployment fails",
            stage -> stage.onceLive =
                    () -> stage.api().failingBuilds().pushed("dddd444").status("FAILED"),
            "A54",
            "A54-log"),
    CRASHES_AT_ONCE(
            "the new deployment crashes when it is live",
            stage -> stage.onceLive = () -> stage.api().crashed(),
            "A54",
            "A54-log",
            "A55",
            "A53-branch",
            "D20-live"),
    OTHER_BRANCH(
            "somebody has it built from another branch",
            stage -> stage.onceLive = () -> stage.api().source("kestrel/api", "experiment"),
            "A52",
            "A53-branch"),
    VARIABLE_NOT_LIVE(
            "somebody changes a variable, and deploys nothing",
            stage -> stage.onceLive = () -> stage.api().variableBySomebody("RELEASE_NAME", "1.5"),
            "D20-live"),
    UNWELL("the API is unwell from its launch on", stage -> stage.unwell = true, "A79"),
    ERROR_RATE("many requests fail after the launch", stage -> stage.errorsLater = 20, "D54"),
    MEMORY_RUNS_OUT("the memory runs out after the launch", stage -> stage.gigabytesLater = 1.95, "D54"),
    ROLLBACK_REFUSED(
            "the API is unwell, and Railway takes nothing back",
            stage -> {
                stage.unwell = true;
                stage.refuse("deploymentRollback");
            },
            "B39"),
    NOTHING_TO_GO_BACK_TO(
            "the API is unwell, and somebody has deleted the former image",
            stage -> {
                stage.unwell = true;
                stage.onceLive = () -> stage.api()
                        .prune(stage.api().deployment(RailwayStage.OLD).id());
            },
            "B39"),
    NO_LOGS(
            "the API is unwell, and its log cannot be read any more",
            stage -> {
                stage.unwell = true;
                stage.refuse("deploymentLogs");
            },
            "D52"),

    ERRORS_IN_THE_LOG("the log has errors", stage -> stage.said = "error", "D53-log"),
    BUSIER("the API is busy after its launch", stage -> stage.processorsLater = 1.7, "D53-cpu"),
    HUNGRIER("the API needs too much memory after its launch", stage -> stage.gigabytesLater = 1.7, "D53-memory"),
    NO_DEPLOYMENT_OF_THE_PUSH("a push is told to nobody", stage -> stage.pushes = false, "D24", "D26"),
    WORKER_BUILD_HAS_ERRORS("the worker is built with errors", stage -> stage.buildsWorker = false, "D27"),
    NO_RESTORE("nothing can be restored", stage -> stage.stagingData().failing("no space is left"), "B40", "D49"),
    NO_WAY_BACK_IN_STAGING("Railway takes nothing back in staging", stage -> stage.refuse("deploymentRollback"), "B39");

    private final String sentence;
    private final Consumer<RailwayStage> spoil;
    private final List<String> items;

    RailwayMishap(String sentence, Consumer<RailwayStage> spoil, String... items) {
        this.sentence = sentence;
        this.spoil = spoil;
        this.items = List.of(items);
    }

    @Override
    public String sentence() {
        return sentence;
    }

    /** Those that no list finds, but the launch. */
    static Set<RailwayMishap> onTheDay() {
        return EnumSet.range(BACKUP_FAILS, NO_LOGS);
    }

    /** Those that only the practice in staging finds. */
    static Set<RailwayMishap> inPractice() {
        return EnumSet.range(NO_RESTORE, NO_WAY_BACK_IN_STAGING);
    }

    /** Those that leave a list undecided: nobody knows whether anything is wrong. */
    static Set<RailwayMishap> undecided() {
        return EnumSet.of(NO_API, NO_DATABASE, SEALED_KEY, REVOKED_TOKEN);
    }

    /** Spoils it. */
    void spoil(RailwayStage stage) {
        spoil.accept(stage);
    }

    /** The items that show it. */
    List<String> items() {
        return items;
    }
}
