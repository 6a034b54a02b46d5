package dev.golive.examples;

import static dev.golive.Expect.is;
import static dev.golive.rollback.Percent.percent;
import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.checks.Http;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.report.LaunchReports;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import dev.golive.time.Window;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The launch of a small service, from two hours before it to two hours after, against fakes and in virtual time: it is
 * over in seconds.
 *
 * <p>The service goes live, its error rate climbs after twelve minutes, the policy rolls back, the verification passes,
 * and the reports tell what happened. {@code --break} chooses another ending. The exit code is 0 if the launch completed
 * well, 1 if it was rolled back, and 2 otherwise.
 */
public final class LaunchDay {

    private static final String USAGE = """
            usage: [--break <mishap>]

            mishaps:
            """;

    private static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
    private static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);
    private static final Person CEO = Person.human("eve", "ceo");
    private static final Person COMMANDER = Person.human("ada", "incident-commander");

    private LaunchDay() {}

    /**
     * Runs it.
     *
     * @param args see the class
     * @throws Exception if the reports cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path reports = Path.of(System.getProperty("golive.reports", "target/golive"), "launch");
        System.exit(run(List.of(args), reports, System.out));
    }

    static int run(List<String> args, Path reports, PrintStream out) throws IOException, InterruptedException {
        Mishap mishap = args.isEmpty() ? Mishap.ERROR_RATE : null;
        if (args.size() == 2 && args.get(0).equals("--break")) {
            mishap = Mishap.of(args.get(1)).orElse(null);
        }
        if (mishap == null) {
            out.print(USAGE);
            out.print(Mishap.all());
            return args.equals(List.of("--help")) ? 0 : 64;
        }
        out.println("On this launch day " + mishap.sentence());
        Files.createDirectories(reports);
        Path file = reports.resolve("tern.journal");
        Files.deleteIfExists(file);
        LaunchState end = carryOut(mishap, file, out);
        LaunchReport report = LaunchReport.of(file);
        LaunchReports.writeAll(report, reports).forEach(written -> out.println("Wrote " + written));
        out.println("The launch ended " + end + ": "
                + report.verdict().map(Verdict::name).orElse("no verdict"));
        return end == LaunchState.COMPLETED && report.verdict().equals(Optional.of(Verdict.GO))
                ? 0
                : end == LaunchState.ROLLED_BACK ? 1 : 2;
    }

    // region plan
    private static LaunchPlan plan(LaunchStage stage) {
        Deploy deploy = stage.web.deploy("41");
        Check healthy = Http.get("http://tern.example/health").status(200).json("/status", "ok");
        Check served = Http.get("http://tern.example/version")
                .status(200)
                .json("/release", is(deploy.release().map(String.class, Release::id)));
        Probe health = Probe.of("health", healthy).every(seconds(30));
        Checklist before =
                Checklist.named("before").require(healthy.as("healthy")).build();
        Check buying = Http.get("http://tern.example/buy").status(200).json("/bought", true);
        Checklist smoke = Checklist.named("smoke").require(buying.as("buying")).build();
        RollbackPolicy back = RollbackPolicy.automatic(stage.web)
                .when(health.failingLongerThan(minutes(3)))
                .when(health.failing(3, 5))
                .when(Rate.of(stage.traffic)
                        .exceeds(percent(5))
                        .within(minutes(5))
                        .atLeastRequests(100))
                .whenGateFails("smoke")
                .whenReported("WRONG_BALANCE")
                .by("incident-commander")
                .neverFor("COSMETIC", "open a ticket and fix forward")
                .approvedBy("incident-commander")
                .expectedTraffic(600)
                .announce(stage.room)
                .budget(minutes(15))
                .aftercare(minutes(15))
                .verify(healthy, buying)
                .build();
        return LaunchPlan.named("Tern 41", ZONE)
                .role("ceo", "says GO")
                .role("incident-commander", "decides on rollback")
                .role("engineer", "operates")
                .window(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY))
                .decision(T.minusMinutes(30), "ceo")
                .moment(Moment.at(T.minusHours(2)).check(before).ownedBy("engineer"))
                .moment(Moment.at(T)
                        .announce(stage.room, "{plan} goes live in {environment}")
                        .then(deploy)
                        .identity(deploy, served)
                        .gate(smoke)
                        .announce(stage.room, "{release} is live")
                        .losing("baskets filled since the deployment"))
                .watch(Watch.probing(health)
                        .checkpoints(minutes(30), H.plusHours(2), smoke)
                        .heartbeat(stage.outside, minutes(5)))
                .rollback(back)
                .escalate(minutes(30), stage.onCall)
                .build();
    }
    // endregion

    private static LaunchState carryOut(Mishap mishap, Path file, PrintStream out) throws InterruptedException {
        VirtualTime time =
                VirtualTime.startingAt(PLANNED.minusHours(3).atZone(ZONE).toInstant());
        Environment environment = Environment.named("staging (played by fakes)").host(LaunchStage.HOST);
        try (TimeSource.Turn turn = time.join("launch day");
                LaunchStage stage = new LaunchStage(time, mishap);
                GoLive golive =
                        GoLive.builder().time(time).network(stage.network()).build()) {
            LaunchPlan plan = plan(stage);
            Story story = new Story(stage, time, out);
            if (mishap == Mishap.CRASH) {
                Journal journal = Journal.file(file);
                Launch launch = plan.arm(golive, journal, environment, PLANNED);
                story.until(launch, LaunchState.ROLLING_BACK);
                // it is not closed: what a program that dies leaves behind is what is in its journal
                journal.close();
                out.println(story.clock() + "  The program has died; another one takes the launch up");
            }
            try (Journal journal = Journal.file(file);
                    Launch launch = plan.arm(golive, journal, environment, PLANNED)) {
                story.until(launch, null);
                launch.control().board().forEach(line -> out.println("  | " + line));
                return launch.state();
            }
        }
    }

    /** What the people of this launch do, and what they are told. */
    private static final class Story {
        private final LaunchStage stage;
        private final VirtualTime time;
        private final PrintStream out;
        private int told;
        private int called;
        private boolean live;

        Story(LaunchStage stage, VirtualTime time, PrintStream out) {
            this.stage = stage;
            this.time = time;
            this.out = out;
        }

        /** Carries the launch on until it is in a state, or over. */
        void until(Launch launch, @Nullable LaunchState reached) throws InterruptedException {
            while (launch.state() != reached) {
                Instant next = launch.advance();
                if (!live && stage.web.liveNow().orElseThrow().id().equals("41")) {
                    live = true;
                    stage.launched();
                }
                tell();
                if (launch.state().isFinal() || launch.state() == reached) {
                    return;
                }
                if (!act(launch)) {
                    time.sleepUntil(next);
                }
            }
        }

        /** Whether somebody did something. */
        private boolean act(Launch launch) {
            LaunchControl control = launch.control();
            Optional<String> digest = launch.asksDecisionOn();
            if (digest.isPresent() && stage.mishap != Mishap.NOBODY_DECIDES) {
                return control.decide(CEO, digest.get(), "all is in order").accepted();
            }
            boolean late = time.now().isAfter(PLANNED.plusHours(1).atZone(ZONE).toInstant());
            boolean waits = !launch.waiting().isEmpty();
            boolean nobody = stage.mishap == Mishap.NOBODY_DECIDES && late;
            boolean old = stage.mishap == Mishap.OLD_VERSION_SERVED && live && waits;
            return (nobody || old)
                    && control.abort(COMMANDER, nobody ? "nobody says GO" : "the old release is still served")
                            .accepted();
        }

        private void tell() {
            List<String> room = stage.room.texts();
            room.subList(told, room.size()).forEach(text -> out.println(clock() + "  #launch  " + firstLine(text)));
            told = room.size();
            List<String> calls = stage.onCall.texts();
            calls.subList(called, calls.size()).forEach(text -> out.println(clock() + "  on call  " + firstLine(text)));
            called = calls.size();
        }

        private static String firstLine(String text) {
            return text.lines().findFirst().orElse("");
        }

        String clock() {
            return time.now().atZone(ZONE).toLocalTime().toString();
        }
    }
}
