package dev.golive.examples;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Verdict;
import dev.golive.aws.Aws;
import dev.golive.launch.LaunchState;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shop on AWS goes live, in virtual time, against an AWS on loopback: its checklists, then the release of its frontend
 * with the practice of both ways back. With {@code --break} one thing is broken, and the program ends with NO_GO.
 */
public final class CloudGoLive {

    private static final String USAGE = """
            usage: [--break <fault>]

            faults:
            """;

    private static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);

    private final CloudStage stage;
    private final Path reports;
    private final PrintStream out;
    private final Tryout tryout;

    private CloudGoLive(CloudStage stage, VirtualTime time, Path reports, PrintStream out) {
        this.stage = stage;
        this.reports = reports;
        this.out = out;
        Environment environment = CloudChecklists.environment("production (played by fakes)");
        this.tryout = new Tryout(time, stage.network(), environment, reports, out);
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
            fault = Breakable.of(args.get(1), CloudFault.values()).orElse(null);
        }
        if (!args.isEmpty() && fault == null) {
            out.print(USAGE);
            out.print(Breakable.help(CloudFault.values()));
            return args.equals(List.of("--help")) ? 0 : 64;
        }
        out.println(
                fault == null
                        ? "The stage is set: an AWS on loopback, and the shop on it"
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
                .include(CloudChecklists.shop(aws))
                .include(CloudChecklists.backups(stage.backups()))
                .build();
        Verdict first = tryout.examined(before);
        if (first != Verdict.GO) {
            return first == Verdict.NO_GO ? 1 : 2;
        }
        LaunchState end = tryout.launched(CloudLaunches.shop(aws, stage.frontend(reports)), "shop", PLANNED);
        out.println(end == LaunchState.COMPLETED ? "GO" : "NO_GO");
        return end == LaunchState.COMPLETED ? 0 : 1;
    }
}
