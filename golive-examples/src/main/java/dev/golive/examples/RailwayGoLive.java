package dev.golive.examples;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Person;
import dev.golive.Verdict;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Permit;
import dev.golive.launch.Waiting;
import dev.golive.railway.Railway;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a team with a ledger on Railway does between its launches, in virtual time, against a Railway on loopback: it looks
 * at staging and at the bill, deploys a worker by a push, and practises the way back with its data. With {@code --break}
 * one thing is broken, and the program ends with NO_GO.
 */
public final class RailwayGoLive {

    private static final String USAGE = """
            usage: [--break <fault>]

            faults:
            """;

    private static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);
    private static final Person KEEPER = Person.human("max", "keeper");

    private final RailwayStage stage;
    private final VirtualTime time;
    private final Path reports;
    private final PrintStream out;
    private final Tryout production;
    private final Tryout staging;
    private final Set<String> permitted = new HashSet<>();

    private RailwayGoLive(RailwayStage stage, VirtualTime time, Path reports, PrintStream out) {
        this.stage = stage;
        this.time = time;
        this.reports = reports;
        this.out = out;
        this.production = tryout("production");
        this.staging = tryout("staging");
    }

    private Tryout tryout(String name) {
        Environment environment = RailwayChecklists.environment(name + " (played by fakes)", name);
        return new Tryout(time, stage.network(), environment, reports, out);
    }

    /**
     * Runs it.
     *
     * @param args see the class
     * @throws Exception if the reports cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path reports = Path.of(System.getProperty("golive.reports", "target/golive"), "railway");
        System.exit(run(List.of(args), reports, System.out));
    }

    static int run(List<String> args, Path reports, PrintStream out) throws IOException, InterruptedException {
        RailwayMishap mishap = null;
        if (args.size() == 2 && args.get(0).equals("--break")) {
            mishap = Breakable.of(args.get(1), RailwayMishap.values()).orElse(null);
        }
        if (!args.isEmpty() && mishap == null) {
            out.print(USAGE);
            out.print(Breakable.help(RailwayMishap.values()));
            return args.equals(List.of("--help")) ? 0 : 64;
        }
        out.println(
                mishap == null
                        ? "The stage is set: a Railway on loopback, and staging on it"
                        : "The stage is set, and " + mishap.sentence());
        return run(mishap, reports, out);
    }

    private static int run(@Nullable RailwayMishap mishap, Path reports, PrintStream out)
            throws IOException, InterruptedException {
        Instant launch = PLANNED.atZone(AccountingOnRailway.ZONE).toInstant();
        VirtualTime time = VirtualTime.startingAt(launch.minus(Duration.ofHours(4)));
        Files.createDirectories(reports);
        try (TimeSource.Turn turn = time.join("go-live on Railway");
                RailwayStage stage = new RailwayStage(time, mishap)) {
            return new RailwayGoLive(stage, time, reports, out).everything();
        }
    }

    private int everything() throws IOException, InterruptedException {
        Railway there = stage.production();
        Railway tried = stage.staging();
        Path logs = reports.resolve("api.log");
        Files.deleteIfExists(logs);
        boolean live = examined(staging, tried, RailwayChecklists.staging(tried))
                && examined(production, stage.workspace(), RailwayChecklists.costs(stage.workspace()))
                && pushed(there)
                && practised(tried, logs);
        out.println("Railway was asked " + stage.requests() + " times in all");
        out.println(live ? "GO" : "NO_GO");
        return live ? 0 : 1;
    }

    /** Says how many of the hour's requests it takes before it takes them. */
    private boolean examined(Tryout where, Railway railway, Checklist list) throws IOException {
        out.println(list.name() + " takes " + railway.requestsOf(list) + " requests to Railway");
        return where.examined(list) == Verdict.GO;
    }

    /** Railway deploys what is pushed by itself. */
    private boolean pushed(Railway railway) throws IOException {
        stage.push();
        return examined(production, railway, RailwayChecklists.pushed(railway, RailwayStage.PUSHED));
    }

    /** It goes back, because somebody says so. */
    private boolean practised(Railway railway, Path logs) throws IOException, InterruptedException {
        LaunchState end = staging.launched(
                RailwayLaunches.practice(railway, RailwayStage.EARLIER, logs),
                "practice",
                PLANNED.plusHours(3),
                this::goesBack);
        out.println("The API runs " + stage.apiNow());
        out.println("The data of staging are "
                + stage.data().restoredTo().map(id -> "those of the backup").orElse("what they were"));
        return end == LaunchState.ROLLED_BACK;
    }

    private boolean goesBack(Launch launch) {
        LaunchControl control = launch.control();
        if (launch.state() == LaunchState.WATCHING) {
            return control.rollBackNow(Tryout.OWNER, "it is a practice").accepted();
        }
        for (Waiting one : launch.waiting()) {
            // a permission that was given is waited for until it is used
            if (one.key().startsWith("permit:") && permitted.add(one.key())) {
                Permit permit = new Permit(
                        launch.report().launchId(),
                        one.key().substring("permit:".length()),
                        Tryout.OWNER.id(),
                        time.now().plus(Duration.ofHours(1)));
                return control.permit(permit, KEEPER, "it is a practice").accepted();
            }
        }
        return false;
    }
}
