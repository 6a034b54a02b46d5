package dev.golive.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Approval;
import dev.golive.Checklist;
import dev.golive.launch.Parts.Asked;
import dev.golive.launch.Parts.Deploying;
import dev.golive.launch.Parts.Doing;
import dev.golive.launch.Parts.Requests;
import dev.golive.launch.Parts.Room;
import dev.golive.launch.Parts.Site;
import dev.golive.rollback.Percent;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Window;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rule of a plan, and a plan beside it that keeps the rule. */
class PlanRulesTest {

    private final Site web = Site.of("web");
    private final Deploying deploy = web.deploy("1");
    private final Doing flag = Doing.of("flag");
    private final Checklist before =
            Checklist.named("before").require(new Asked("all is well")).build();
    private final Checklist smoke =
            Checklist.named("smoke").require(new Asked("one can buy").as("S1")).build();
    private final Probe health = Probe.of("health", new Asked("it answers")).every(seconds(30));
    private final Asked served = new Asked("it serves what was deployed");

    private static LaunchPlan.Builder named() {
        return LaunchPlan.named("Shop 1.0", Shop.ZONE);
    }

    private Moment early() {
        return Moment.at(T.minusHours(1)).check(before);
    }

    private Moment launching() {
        return Moment.at(T).then(deploy).identity(deploy, served).gate(smoke);
    }

    private RollbackPolicy.Builder policy() {
        return details(RollbackPolicy.of(web));
    }

    private RollbackPolicy.Builder automatic() {
        return details(RollbackPolicy.automatic(web));
    }

    private RollbackPolicy.Builder details(RollbackPolicy.Builder builder) {
        return builder.when(health.failing(3, 5)).verify(health);
    }

    private Watch watch() {
        return Watch.probing(health)
                .checkpoints(minutes(30), H.plusHours(2), smoke)
                .heartbeat(Room.of("outside"), minutes(5));
    }

    /** A plan against which nothing is to be said. */
    private LaunchPlan.Builder good() {
        return named().moment(early()).moment(launching()).watch(watch()).rollback(policy().build());
    }

    /** The same, in which something else is performed too. */
    private LaunchPlan.Builder with(Action more, RollbackPolicy policy) {
        return named().moment(early())
                .moment(launching().then(more))
                .watch(watch())
                .rollback(policy);
    }

    private static List<String> problems(LaunchPlan.Builder plan) {
        return plan.build().validate().stream()
                .filter(line -> !line.startsWith("warning: "))
                .toList();
    }

    private static List<String> warnings(LaunchPlan.Builder plan) {
        return plan.build().validate().stream()
                .filter(line -> line.startsWith("warning: "))
                .toList();
    }

    private static void refused(LaunchPlan.Builder plan, String... words) {
        assertThat(problems(plan)).hasSize(1).first().asString().contains(words);
    }

    private static void warned(LaunchPlan.Builder plan, String... words) {
        assertThat(problems(plan)).isEmpty();
        assertThat(warnings(plan)).anySatisfy(line -> assertThat(line).contains(words));
    }

    private static void notWarned(LaunchPlan.Builder plan, String words) {
        assertThat(problems(plan)).isEmpty();
        assertThat(warnings(plan)).noneMatch(line -> line.contains(words));
    }

    private static void fine(LaunchPlan.Builder plan) {
        assertThat(problems(plan)).isEmpty();
    }

    @Test
    void a_plan_against_which_nothing_is_to_be_said_passes() {
        assertThat(good().build().validate()).singleElement().asString().contains("the rollback was never drilled");
        assertThat(good().build().drill(Room.of("drill")).validate()).isEmpty();
        assertThat(problems(new Shop().plan())).isEmpty();
    }

    // ---- moments

    @Test
    void a_plan_without_moments_is_refused() {
        refused(named(), "no moments");
        fine(named().moment(early()));
    }

    @Test
    void without_a_list_before_the_first_action_there_is_nothing_to_decide_on() {
        refused(
                named().moment(launching()).watch(watch()).rollback(policy().build()),
                "no list is examined before the first action");
        fine(named().moment(Moment.at(T).gate(before).then(deploy).identity(deploy, served))
                .rollback(policy().build()));
        fine(named().moment(launching())
                .rollback(policy().build())
                .recoveryPoint(hours(24), new Asked("the backup is fresh")));
    }

    @Test
    void moments_are_in_the_order_of_time() {
        refused(
                named().moment(Moment.at(T.minusDays(1)).check(before))
                        .moment(Moment.at(T.minusDays(7)).check(smoke)),
                "T-7d",
                "is due before");
        fine(named().moment(Moment.at(T.minusDays(7)).check(before))
                .moment(Moment.at(T.minusDays(7)).check(smoke)));
        refused(
                good().moment(Moment.at(H.plusHours(2)).check(before))
                        .moment(Moment.at(H.plusHours(1)).check(before)),
                "H+1h",
                "is due before");
        refused(
                good().moment(Moment.at(H.plusHours(1)).check(before))
                        .moment(Moment.at(T.plusDays(1)).check(before)),
                "counted from T and comes after H+1h");
        fine(good().moment(Moment.at(T.plusDays(1)).check(before))
                .moment(Moment.at(H.plusHours(1)).check(before)));
    }

    @Test
    void a_moment_after_the_launch_needs_something_that_is_launched_before() {
        refused(
                named().moment(early())
                        .moment(Moment.at(H).then(deploy).identity(deploy, served))
                        .rollback(policy().build()),
                "counted from H",
                "never known");
        fine(good().moment(Moment.at(H.plusMinutes(30)).check(before)));
        fine(named().moment(early())
                .moment(Moment.at(T).then(flag))
                .moment(Moment.at(H.plusHours(1)).check(smoke)));
        assertThat(problems(named().moment(early())
                        .moment(Moment.at(H.plusHours(1)).check(smoke))
                        .moment(Moment.at(H.plusHours(2)).then(flag))))
                .hasSize(2)
                .allMatch(line -> line.contains("never known"));
        fine(named().moment(Moment.at(H.plusHours(1)).check(smoke)));
    }

    @Test
    void the_decision_comes_before_the_first_action() {
        refused(good().decision(T.plusMinutes(1), "ceo"), "asked for at T+1m, after the first action at T");
        fine(good().decision(T, "ceo"));
        fine(good().decision(T.minusHours(1), "ceo"));
        warned(named().moment(early()).decision(T, "ceo"), "performs no action");
    }

    // ---- what is deployed, and its proof

    @Test
    void what_is_deployed_is_proven_afterwards() {
        refused(
                named().moment(early())
                        .moment(Moment.at(T).then(deploy).gate(smoke))
                        .rollback(policy().build()),
                "\"Shop 1.0\" deploys web",
                "no identity step after it");
        fine(good());
        assertThat(problems(named().moment(early())
                        .moment(Moment.at(T).identity(deploy, served).then(deploy))
                        .rollback(policy().build())))
                .hasSize(2)
                .anyMatch(line -> line.contains("before it is deployed"))
                .anyMatch(line -> line.contains("no identity step after it"));
    }

    @Test
    void the_identity_of_what_is_not_deployed_is_refused() {
        refused(
                good().moment(Moment.at(T).identity(Site.of("api").deploy("1"), served)),
                "identity of api, which the plan does not deploy");
    }

    @Test
    void an_action_is_performed_once() {
        RollbackPolicy leaves = policy().leaves(flag, "harmless").build();
        refused(with(flag, leaves).moment(Moment.at(T.plusHours(1)).then(flag)), "the id flag is given to two actions");
        refused(
                with(flag, leaves)
                        .moment(Moment.at(T.plusHours(1)).then(Doing.of("other").as("flag"))),
                "the id flag is given to two actions");
        fine(with(
                        flag,
                        policy().leaves(flag, "a")
                                .leaves(Doing.of("other"), "b")
                                .build())
                .moment(Moment.at(T.plusHours(1)).then(Doing.of("other"))));
    }

    @Test
    void a_destructive_action_says_what_is_lost() {
        Doing drop = Doing.destructive("drop");
        RollbackPolicy leaves = policy().leaves(drop, "it is empty").build();
        warned(with(drop, leaves), "drop destroys something", "losing(..)");
        notWarned(
                named().moment(early())
                        .moment(launching().then(drop).losing("the old table"))
                        .watch(watch())
                        .rollback(leaves),
                "destroys");
        notWarned(with(flag, policy().leaves(flag, "harmless").build()), "destroys");
    }

    @Test
    void a_deployment_among_alternatives_is_not_taken_for_one() {
        Action either = Action.oneOf(Site.of("x").deploy("1"), flag).as("either");
        warned(with(either, policy().leaves(either, "harmless").build()), "a deployment among its alternatives");
        Action neither = Action.oneOf(flag, Doing.of("other")).as("either");
        notWarned(with(neither, policy().leaves(neither, "harmless").build()), "among its alternatives");
    }

    // ---- names

    @Test
    void two_components_do_not_share_a_name() {
        Site twin = new Site("web", minutes(9));
        refused(
                named().moment(early())
                        .moment(launching())
                        .watch(watch())
                        .rollback(details(RollbackPolicy.of(twin)).build()),
                "two different components are called web");
        fine(named().moment(early())
                .moment(launching())
                .rollback(details(RollbackPolicy.of(Site.of("web"))).build()));
    }

    @Test
    void two_channels_do_not_share_a_name() {
        refused(
                good().inform(Room.of("room")).escalate(minutes(5), new Room("room", 1)),
                "two different channels are called room");
        fine(good().inform(Room.of("room")).escalate(minutes(5), Room.of("room")));
    }

    @Test
    void two_lists_do_not_share_a_name() {
        Checklist other =
                Checklist.named("smoke").require(new Asked("one can pay")).build();
        refused(good().moment(Moment.at(T.plusHours(1)).check(other)), "two different lists are called \"smoke\"");
        refused(good().watch(watch().daily(other, LocalTime.NOON)), "two different lists are called \"smoke\"");
        fine(good().moment(Moment.at(T.plusHours(1)).check(smoke)));
    }

    private LaunchPlan.Builder watching(Watch watch, RollbackPolicy policy) {
        return named().moment(early())
                .moment(launching())
                .watch(watch.heartbeat(Room.of("outside"), minutes(5)))
                .rollback(policy);
    }

    @Test
    void two_signals_do_not_share_an_id() {
        String said = "two different signals are called health";
        Probe other = Probe.of("health", new Asked("another one answers")).every(seconds(30));
        Probe slower = Probe.of("health", new Asked("it answers")).every(seconds(60));
        Requests numbers = new Requests("health", minutes(1));
        RollbackPolicy errors = RollbackPolicy.of(web)
                .when(Rate.of(numbers).exceeds(Percent.percent(5)).within(minutes(5)))
                .verify(served)
                .build();

        refused(watching(Watch.probing(other).until(H.plusHours(2)), policy().build()), said);
        refused(watching(Watch.probing(slower).until(H.plusHours(2)), policy().build()), said);
        refused(watching(Watch.probing(health).until(H.plusHours(2)), errors), said);
        refused(watching(Watch.probing(health).measuring(numbers).until(H.plusHours(2)), policy().build()), said);

        Probe same = Probe.of("health", new Asked("it answers")).every(seconds(30));
        Requests requests = new Requests("requests", minutes(1));
        fine(watching(Watch.probing(same).measuring(requests).until(H.plusHours(2)), policy().build()));
    }

    private Checklist waitingFor(Action action) {
        return Checklist.named("later")
                .require(new Asked("all is well").as("always"))
                .require(new Asked("it works").as("works").until(action))
                .build();
    }

    @Test
    void an_item_that_waits_for_an_action_waits_for_one_of_the_plan() {
        Checklist never = waitingFor(flag);
        String said = "the item works of \"later\" is not due until the action flag, which the plan never performs";
        refused(good().moment(Moment.at(T.plusHours(1)).check(never)), said);
        refused(good().moment(Moment.at(T.plusHours(1)).gate(never)), said);
        refused(good().watch(watch().checkpoints(hours(1), H.plusHours(4), never)), said);
        refused(good().watch(watch().daily(never, LocalTime.NOON)), said);

        RollbackPolicy leaves = policy().leaves(flag, "harmless").build();
        fine(with(flag, leaves).moment(Moment.at(T.plusHours(1)).check(never)));
        fine(with(flag, leaves).watch(watch().daily(never, LocalTime.NOON)));
        fine(good().moment(Moment.at(T.plusHours(1)).check(waitingFor(deploy))));
        refused(good().moment(Moment.at(T.plusHours(1)).check(waitingFor(flag.as("deploy")))), "the action deploy,");
    }

    @Test
    void roles_are_declared_all_or_none() {
        LaunchPlan.Builder spoken = named().moment(Moment.at(T.minusHours(2))
                        .check(Checklist.named("owned")
                                .require(new Asked("it is paid").as("paid").ownedBy("finance"))
                                .require(Approval.named("audit").by("security").freshFor(days(1)))
                                .build())
                        .ownedBy("engineer"))
                .moment(launching())
                .watch(watch())
                .rollback(policy().approvedBy("commander")
                        .destructiveApprovedBy("cto")
                        .whenReported("WRONG")
                        .by("support")
                        .build())
                .decision(T.minusHours(1), "ceo")
                .emergency(Emergency.signedBy("coo"));
        warned(spoken, "declares no roles", "ceo, engineer, finance, security, commander, cto, support, coo");
        spoken.role("ceo", "says GO");
        assertThat(problems(spoken))
                .hasSize(7)
                .allMatch(line -> line.contains("is not declared with role(..)"))
                .anyMatch(line -> line.startsWith("the role security (approves audit)"));
        for (String role : List.of("engineer", "finance", "security", "commander", "cto", "support", "coo")) {
            spoken.role(role, "does something");
        }
        fine(spoken);
        notWarned(spoken, "roles");
    }

    @Test
    void an_announcement_before_the_launch_does_not_speak_of_what_is_launched() {
        warned(
                named().moment(early().announce(Room.of("room"), "now {release}"))
                        .moment(launching())
                        .watch(watch())
                        .rollback(policy().build()),
                "speaks of {release} before anything is launched");
        notWarned(
                named().moment(early().announce(Room.of("room"), "{plan} at {T}"))
                        .moment(launching().announce(Room.of("room"), "{release} since {H}"))
                        .watch(watch())
                        .rollback(policy().build()),
                "speaks of");
    }

    // ---- the watch

    @Test
    void a_watch_ends_with_its_last_checkpoint_or_later() {
        refused(good().watch(watch().until(H.plusHours(1))), "ends at H+1h, before the last of the checkpoints");
        fine(good().watch(watch().until(H.plusHours(3))));
        // every 50 minutes: the last one is at 1:40
        fine(good().watch(Watch.probing(health)
                .checkpoints(minutes(50), H.plusHours(2), smoke)
                .until(H.plusMinutes(100))));
    }

    @Test
    void a_phase_of_a_watch_has_checkpoints_and_not_too_many() {
        refused(
                good().watch(watch().checkpoints(hours(1), H.plusHours(2), smoke)),
                "are none: the phase ends before its first one");
        refused(good().watch(watch().checkpoints(seconds(1), H.plusHours(24), smoke)), "are 79200, more than 10000");
        fine(good().watch(watch().checkpoints(hours(1), H.plusHours(24), smoke)));
    }

    @Test
    void a_long_watch_has_a_heartbeat() {
        warned(
                good().watch(Watch.probing(health).until(H.plusMinutes(61))),
                "lasts 1 h 1 min and has no heartbeat(..)");
        notWarned(good().watch(Watch.probing(health).until(H.plusHours(1))), "heartbeat");
        notWarned(good(), "heartbeat");
    }

    @Test
    void a_policy_is_worth_little_without_a_watch_that_lasts() {
        warned(
                named().moment(early()).moment(launching()).rollback(policy().build()),
                "there is a rollback policy and no watch");
        warned(good().watch(Watch.probing(health)), "the watch has no end after H");
        notWarned(good(), "watch");
    }

    // ---- windows

    /** Deploys at T and once more a while later, which takes 20 minutes. */
    private LaunchPlan.Builder lasting(int hours) {
        Site api = Site.of("api");
        return named().moment(early())
                .moment(launching())
                .moment(Moment.at(T.plusHours(hours))
                        .then(api.deploy("1").budget(minutes(20)))
                        .identity(api.deploy("1"), served))
                .watch(watch())
                .rollback(
                        details(RollbackPolicy.of(web, api)).budget(minutes(50)).build());
    }

    @Test
    void the_plan_and_its_way_back_fit_into_a_window() {
        LocalTime nine = LocalTime.of(9, 0);
        LaunchPlan.Builder plan = lasting(2).window(Window.lasting(nine, hours(3), MONDAY, FRIDAY));
        refused(plan, "takes 2 h 20 min", "way back 50 min, together 3 h 10 min", "the longest window lasts 3 h");
        fine(plan.window(Window.lasting(nine, minutes(190), TUESDAY)));
    }

    @Test
    void windows_that_touch_are_one() {
        LaunchPlan.Builder plan = lasting(20).window(Window.lasting(LocalTime.MIDNIGHT, hours(12), MONDAY));
        refused(plan, "the longest window lasts 12 h");
        fine(plan.window(Window.lasting(LocalTime.NOON, hours(12), MONDAY)));
        fine(lasting(20).window(Window.everyDay(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)));
    }

    // ---- emergency

    @Test
    void what_an_emergency_never_skips_is_in_a_list() {
        refused(
                good().emergency(Emergency.signedBy("cto").neverSkip(new Asked("the backup is there").as("B9"))),
                "the item B9, which an emergency never skips, is in no list");
        fine(good().emergency(Emergency.signedBy("cto").neverSkip(new Asked("one can buy").as("S1"))));
    }

    // ---- going back

    @Test
    void scenario_89_a_migration_without_a_word_on_compatibility_is_refused() {
        Doing migration = Doing.migration("migrate");
        refused(
                with(migration, policy().leaves(migration, "it stays").build()),
                "migrate migrates a schema",
                "does not say with migration(..)");
        fine(with(migration, policy().build())
                .migration(migration, Compatibility.oldCodeRuns("release 40 ran its tests on schema 12")));
        fine(with(migration, policy().build())
                .migration(migration, Compatibility.downMigration(Doing.destructive("down"))));
        fine(with(flag, policy().leaves(flag, "harmless").build()));
    }

    @Test
    void scenario_89_fix_forward_only_refuses_an_automatic_policy() {
        Doing migration = Doing.migration("migrate");
        Compatibility forward = Compatibility.fixForwardOnly("the column is gone");
        refused(
                with(migration, automatic().build()).migration(migration, forward),
                "migrate can only be fixed forward",
                "automatic");
        fine(with(migration, policy().build()).migration(migration, forward));
        fine(with(migration, automatic().build()).migration(migration, Compatibility.oldCodeRuns("tested")));
    }

    @Test
    void compatibility_is_said_of_an_action_of_the_plan() {
        refused(
                good().migration(Doing.migration("elsewhere"), Compatibility.oldCodeRuns("tested")),
                "elsewhere is declared, which is no action of the plan");
    }

    @Test
    void scenario_90_an_automatic_policy_past_a_point_of_no_return_is_pointed_out() {
        LaunchPlan.Builder plan =
                named().moment(early()).moment(launching().pointOfNoReturn()).watch(watch());
        warned(plan.rollback(automatic().build()), "automatic", "point of no return", "asks a person");
        notWarned(plan.rollback(policy().build()), "point of no return");
        notWarned(good().rollback(automatic().build()), "point of no return");
    }

    @Test
    void actions_without_a_way_back_are_pointed_out() {
        warned(named().moment(early()).moment(launching()), "performs actions and has no rollback policy");
        notWarned(named().moment(early()), "no rollback policy");
        notWarned(good(), "no rollback policy");
    }

    @Test
    void what_a_policy_takes_back_is_deployed() {
        Site api = Site.of("api");
        warned(
                named().moment(early())
                        .moment(launching())
                        .watch(watch())
                        .rollback(details(RollbackPolicy.of(web, api)).build()),
                "takes back api, which the plan does not deploy");
        notWarned(good(), "takes back");
    }

    @Test
    void every_action_is_undone_or_left_on_purpose() {
        refused(with(flag, policy().build()), "neither undoes the action flag nor declares that it is left");
        fine(with(flag, policy().leaves(flag, "harmless").build()));
        fine(with(flag, policy().undoes(flag, Doing.of("unflag")).build()));
        fine(named().moment(early()).moment(Moment.at(T).then(flag)));
        Deploying api = Site.of("api").deploy("1");
        refused(
                with(api, policy().build()).moment(Moment.at(T).identity(api, served)),
                "neither undoes the action deploy-api",
                "let it take back api");
    }

    @Test
    void a_gate_that_a_policy_names_is_one_of_the_plan() {
        refused(
                good().rollback(policy().whenGateFails("before").build()),
                "names the gate \"before\", which no moment has");
        fine(good().rollback(policy().whenGateFails("smoke").build()));
    }

    @Test
    void what_a_policy_warns_of_the_plan_warns_of() {
        LaunchPlan.Builder plan =
                good().rollback(policy().budget(web, seconds(1)).build());
        List<String> said = plan.build().policy().orElseThrow().validate();
        assertThat(warnings(plan))
                .containsAll(said.stream().map(line -> "warning: " + line).toList());
    }

    @Test
    void a_recovery_time_that_cannot_be_kept_is_pointed_out_with_the_numbers() {
        // found: 30 s + 2 * 30 s + 10 s; approved within 15 min; executed: 20 s; verified: 10 s
        Duration sum = seconds(100 + 900 + 20 + 10);
        warned(
                good().recoveryTime(sum.minusSeconds(1)),
                "17 min 9 s at most",
                "detection 1 min 40 s + decision 15 min + web goes back 20 s + verification 10 s = 17 min 10 s");
        notWarned(good().recoveryTime(sum), "recovery time");
        notWarned(good().rollback(automatic().build()).recoveryTime(seconds(130)), "recovery time");
        warned(good().rollback(automatic().build()).recoveryTime(seconds(129)), "recovery time");
    }

    @Test
    void the_parts_of_a_recovery_follow_the_order_of_the_way_back() {
        Site api = new Site("api", Duration.ZERO);
        LaunchPlan plan = named().moment(early())
                .moment(launching().then(flag))
                .rollback(details(RollbackPolicy.automatic(web, api))
                        .undoes(flag, Doing.of("unflag").budget(seconds(7)))
                        .then(
                                Doing.of("a").deadline(seconds(3)).attempts(2),
                                Doing.of("b").budget(seconds(5)))
                        .build())
                .build();
        assertThat(Recovery.of(plan).orElseThrow())
                .hasToString("detection 1 min 40 s + web goes back 20 s + api goes back 10 min + unflag 7 s + a 6 s"
                        + " + verification 10 s = 12 min 23 s");
        LaunchPlan parallel = named().moment(early())
                .rollback(details(RollbackPolicy.automatic(web, api))
                        .inParallel()
                        .budget(api, seconds(10))
                        .build())
                .build();
        assertThat(Recovery.of(parallel).orElseThrow())
                .hasToString("detection 1 min 40 s + web goes back 20 s + verification 10 s = 2 min 10 s");
    }

    @Test
    void a_recovery_time_without_a_policy_is_pointed_out() {
        warned(named().moment(early()).recoveryTime(minutes(5)), "no rollback policy that could keep it");
    }
}
