package dev.golive.examples;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.aws.Aws;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.report.Reports;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two products on AWS go live, in virtual time, against an AWS on loopback: their checklists, then their launches, then
 * what is checked afterwards. With {@code --break} one thing is broken, and the program ends with NO_GO.
 */
public final class CloudGoLive {

    private static final String USAGE = """
            usage: [--break <fault>]

            faults:
            """;

    private static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);
    private static final Person OWNER = Person.human("eve", "owner");

    private final CloudStage stage;
    private final VirtualTime time;
    private final Path reports;
    private final PrintStream out;
    private final Environment environment = CloudChecklists.environment("production (played by fakes)");

    private CloudGoLive(CloudStage stage, VirtualTime time, Path reports, PrintStream out) {
        this.stage = stage;
        this.time = time;
        this.reports = reports;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param args see the class
     * @throws Exception if the reports cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path reports = Path.of(System.getProperty("golive.reports", "target/golive"), "cloud");
        System.exit(run(List.of(args), reports, System.out));
    }

    static int run(List<String> args, Path reports, PrintStream out) throws IOException, InterruptedException {
        CloudFault fault = null;
        if (args.size() == 2 && args.get(0).equals("--break")) {
            fault = CloudFault.of(args.get(1)).orElse(null);
        }
        if (!args.isEmpty() && fault == null) {
            out.print(USAGE);
            out.print(CloudFault.all());
            return args.equals(List.of("--help")) ? 0 : 64;
        }
        out.println(
                fault == null
                        ? "The stage is set: an AWS on loopback, and the sites on it"
                        : "The stage is set, and " + fault.sentence());
        return run(fault, reports, out);
    }

    private static int run(@Nullable CloudFault fault, Path reports, PrintStream out)
            throws IOException, InterruptedException {
        VirtualTime time = VirtualTime.startingAt(
                PLANNED.minusHours(4).atZone(CloudLaunches.ZONE).toInstant());
        Files.createDirectories(reports);
        try (TimeSource.Turn turn = time.join("go-live on AWS");
                CloudStage stage = new CloudStage(time, fault)) {
            return new CloudGoLive(stage, time, reports, out).everything();
        }
    }

    private int everything() throws IOException, InterruptedException {
        Aws aws = stage.account();
        Checklist before = Checklist.named("Tern on AWS")
                .include(CloudChecklists.wallet(aws))
                .include(CloudChecklists.shop(aws))
                .include(CloudChecklists.backups(stage.backups()))
                .build();
        Verdict first = examined(before);
        if (first != Verdict.GO) {
            return first == Verdict.NO_GO ? 1 : 2;
        }
        // somebody has rehearsed with a login that is mocked, which the launch puts right
        stage.wallet().variable("LOGIN_MOCK", "true");
        boolean live = launched(CloudLaunches.wallet(aws), "wallet", PLANNED)
                && examined(CloudChecklists.walletAfterwards(aws)) == Verdict.GO
                && launched(CloudLaunches.shop(aws, stage.frontend(reports)), "shop", PLANNED.plusDays(1));
        out.println(live ? "GO" : "NO_GO");
        return live ? 0 : 1;
    }

    private Verdict examined(Checklist list) throws IOException {
        try (GoLive golive = engine()) {
            Report report = golive.run(list, environment);
            out.println(report.summary());
            Reports.writeAll(
                    report, reports.resolve(list.name().toLowerCase(Locale.ROOT).replace(' ', '-')));
            return report.verdict();
        }
    }

    private GoLive engine() {
        return GoLive.builder()
                .time(time)
                .network(stage.network())
                .allowTrials(environment)
                .build();
    }

    /** Whether a launch reached its end with GO; somebody says GO, and aborts what is stuck. */
    private boolean launched(LaunchPlan plan, String name, LocalDateTime planned)
            throws IOException, InterruptedException {
        Path file = reports.resolve(name + ".journal");
        Files.deleteIfExists(file);
        try (GoLive golive = engine();
                Journal journal = Journal.file(file);
                Launch launch = plan.arm(golive, journal, environment, planned)) {
            Instant patience = planned.plusHours(6).atZone(CloudLaunches.ZONE).toInstant();
            while (!launch.state().isFinal()) {
                Instant next = launch.advance();
                if (!launch.state().isFinal() && !act(launch, next.isAfter(patience))) {
                    time.sleepUntil(next);
                }
            }
            launch.control().board().forEach(line -> out.println("  | " + line));
            out.println(plan.name() + " ended " + launch.state());
            out.println("The wallet runs " + stage.walletNow());
            return launch.state() == LaunchState.COMPLETED;
        }
    }

    /** Whether somebody did something: says GO, or ends what would wait for ever. */
    private static boolean act(Launch launch, boolean stuck) {
        Optional<String> digest = launch.asksDecisionOn();
        if (digest.isPresent()) {
            return launch.control()
                    .decide(OWNER, digest.get(), "all is in order")
                    .accepted();
        }
        return stuck && launch.control().abort(OWNER, "it does not go on").accepted();
    }
}
