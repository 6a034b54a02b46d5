package dev.golive.examples;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What {@code --break} can spoil on the railway stage, one at a time, and the items that it must show at. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing, and the lists are copies
enum RailwayMishap implements Breakable {
    STAGING_CRASHED("the API crashed in staging", stage -> stage.api().crashed(), "B35", "B35-variables", "B35-mode"),
    STAGING_OLD_DATABASE(
            "the database of staging is older than that of production",
            stage -> stage.database().image("postgres:14").deployed("v14"),
            "B35-database"),
    STAGING_WITHOUT_KEY(
            "a variable is missing in staging", stage -> stage.api().withoutVariable("SESSION_KEY"), "B35-variables"),
    STAGING_IN_PRODUCTION_MODE(
            "staging believes to be production",
            stage -> stage.api().variable("MODE", "production").deployed("bbbb224"),
            "B35-mode"),
    STAGING_UNWELL("staging answers 503", stage -> stage.answers = 503, "B35-health"),
    EXPENSIVE("the team has spent more than planned", stage -> stage.railway.spent(51), "B33-spent"),
    OVER_THE_LIMIT("the workspace has used up what it may", stage -> stage.railway.usageLimit(5, 10), "B33"),
    NO_DEPLOYMENT_OF_THE_PUSH("a push is told to nobody", stage -> stage.pushes = false, "D24", "D26"),
    WORKER_BUILD_HAS_ERRORS("the worker is built with errors", stage -> stage.buildsWorker = false, "D27"),
    WORKER_ASLEEP(
            "the worker may sleep",
            stage -> stage.worker().configured("sleepApplication", true).deployed("1111aab"),
            "D65"),
    REVOKED_TOKEN(
            "the token of production was revoked",
            stage -> stage.railway.revoke(stage.railway.projectToken()),
            "given-the-project-token-opens-railway-shop-production"),

    NO_VARIABLES("Railway takes no variables", stage -> stage.refuse("variableCollectionUpsert"), "D20"),
    BUILD_FAILS("the build fails", stage -> stage.api().failingBuilds(), "D47"),
    OLD_IS_SERVED("what is served is not what was deployed", stage -> stage.stuck = true, "D47"),
    NO_LOGS("the log cannot be read any more", stage -> stage.refuse("deploymentLogs"), "D52"),
    NO_RESTORE("nothing can be restored", stage -> stage.data().failing("no space is left"), "B40", "D49"),
    NO_WAY_BACK("Railway takes nothing back", stage -> stage.refuse("deploymentRollback"), "B39");

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

    /** Those that no list finds, but the practice. */
    static Set<RailwayMishap> inPractice() {
        return EnumSet.range(NO_VARIABLES, NO_WAY_BACK);
    }

    /** Those that leave a list undecided: nobody knows whether anything is wrong. */
    static Set<RailwayMishap> undecided() {
        return EnumSet.of(REVOKED_TOKEN);
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
