package dev.golive.launch;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import dev.golive.Approval;
import dev.golive.Assurance;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Item;
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
import dev.golive.time.Blackout;
import dev.golive.time.Window;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** A shop that a team launches, with everything that a plan can hold. */
final class Shop {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    final Site web = Site.of("web");
    final Site api = Site.of("api");
    final Deploying deployWeb = web.deploy("1.0");
    final Deploying deployApi = api.deploy("1.0");
    final Doing migrate = Doing.migration("migrate-orders");
    final Doing unmigrate = Doing.destructive("unmigrate-orders");
    final Doing flag = Doing.of("switch-on-payment");
    final Doing unflag = Doing.of("switch-off-payment");
    final Doing mail = Doing.of("mail-customers");
    final Room room = Room.of("#launch");
    final Room board = Room.of("board@shop.example");
    final Room status = Room.of("status page");
    final Probe health = Probe.of("health", new Asked("GET https://shop.example/health answers 200"))
            .every(seconds(30));
    final Requests requests = new Requests("requests", minutes(1));

    final Item backup = Item.of("backup", new Asked("the backup of the orders is younger than 24 h"));
    final Checklist week = Checklist.named("week before")
            .require(Item.of("dns", new Asked("shop.example points at the platform | not at the old host"))
                    .because("the TTL of the old record is a day"))
            .require(Confirmation.of("legal", "the terms <v2> are published")
                    .freshFor(days(7))
                    .ownedBy("legal"))
            .recommend(new Asked("the page weighs less than 500 kB"))
            .build();
    final Checklist before = Checklist.named("before")
            .require(backup)
            .require(Approval.named("audit")
                    .byTwoOf("security")
                    .atLeast(Assurance.ATTESTED)
                    .freshFor(days(2)))
            .build();
    final Checklist smoke = Checklist.named("smoke")
            .require(new Asked("a customer can buy").as("S1"))
            .build();

    RollbackPolicy.Builder policy() {
        return RollbackPolicy.of(web, api)
                .when(health.failingLongerThan(minutes(3)))
                .when(health.failing(3, 5))
                .askWhen(
                        Rate.of(requests)
                                .exceeds(Percent.percent(5))
                                .within(minutes(5))
                                .as("errors"),
                        api)
                .whenGateFails("smoke")
                .whenReported("WRONG_BALANCE")
                .by("incident-commander", "finance")
                .neverFor("COSMETIC", "open a ticket; fix forward")
                .undoes(flag, unflag)
                .leaves(mail, "a mail cannot be called back")
                .then(Doing.of("purge-cache"))
                .announce(room)
                .announce(status)
                .budget(api, minutes(2))
                .budget(minutes(10))
                .approvedBy("incident-commander")
                .destructiveApprovedBy("cto")
                .expectedTraffic(120)
                .verify(health);
    }

    LaunchPlan.Builder plan() {
        return LaunchPlan.named("Shop 1.0", ZONE)
                .role("ceo", "says GO")
                .role("cto", "permits what destroys something")
                .role("incident-commander", "decides on rollback")
                .role("finance", "looks at the books")
                .role("legal", "reads the terms")
                .role("security", "audits")
                .role("engineer", "operates")
                .window(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY))
                .blackout(Blackout.on("Christmas freeze", LocalDate.of(2026, 12, 18), LocalDate.of(2027, 1, 6)))
                .blackout(Blackout.openEnded("payroll run"))
                .moment(Moment.at(T.minusDays(7))
                        .named("a week before")
                        .check(week)
                        .ownedBy("engineer"))
                .moment(Moment.at(T.minusHours(1)).check(before).announce(room, "{plan} begins at {T}"))
                .moment(Moment.at(T)
                        .named("switch")
                        .then(migrate.budget(minutes(4)))
                        .then(deployWeb, deployApi)
                        .identity(deployWeb, new Asked("https://shop.example serves what was deployed"))
                        .identity(deployApi, new Asked("https://api.shop.example serves what was deployed"))
                        .gate(smoke)
                        .announce(Announcement.of(status, "The shop is open since {H}")
                                .audience("customers"))
                        .losing("orders taken since the switch")
                        .otherwise(Ending.ROLL_BACK)
                        .ownedBy("engineer"))
                .moment(Moment.at(H.plusMinutes(30))
                        .then(flag)
                        .then(mail)
                        .losing("trust of those who got the mail")
                        .pointOfNoReturn()
                        .otherwise(Ending.HOLD)
                        .ownedBy("ceo"))
                .watch(Watch.probing(health)
                        .checkpoints(minutes(30), H.plusHours(4), smoke)
                        .checkpoints(hours(1), H.plusHours(24), smoke)
                        .checkpoints(hours(4), H.plusHours(48), smoke)
                        .daily(smoke, LocalTime.of(8, 0), LocalTime.of(20, 0))
                        .until(H.plusHours(48))
                        .heartbeat(Room.of("dead man's switch"), minutes(5)))
                .rollback(policy().build())
                .decision(T.minusMinutes(15), "ceo")
                .escalate(hours(1), board)
                .escalate(minutes(15), room)
                .emergency(Emergency.signedBy("cto").neverSkip(backup).afterwards("write the post-mortem", hours(24)))
                .recoveryTime(minutes(45))
                .recoveryPoint(hours(24), new Asked("the last backup is younger than 24 h"))
                .compatible(web, api)
                .migration(migrate, Compatibility.downMigration(unmigrate))
                .inform(room, status)
                .postHeads(board);
    }
}
