package dev.golive.examples;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Network;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.report.Reports;
import dev.golive.testkit.VirtualTime;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs checklists and launches against fakes in virtual time, writes their reports, and prints how they ended. */
final class Tryout {

    static final Person OWNER = Person.human("eve", "owner");

    private static final Duration PATIENCE = Duration.ofHours(6);

    private final VirtualTime time;
    private final Network network;
    private final Environment environment;
    private final Path reports;
    private final PrintStream out;

    Tryout(VirtualTime time, Network network, Environment environment, Path reports, PrintStream out) {
        this.time = time;
        this.network = network;
        this.environment = environment;
        this.reports = reports;
        this.out = out;
    }

    private GoLive engine() {
        return GoLive.builder()
                .time(time)
                .network(network)
                .allowTrials(environment)
                .build();
    }

    Verdict examined(Checklist list) throws IOException {
        try (GoLive golive = engine()) {
            Report report = golive.run(list, environment);
            out.println(report.summary());
            Reports.writeAll(
                    report, reports.resolve(list.name().toLowerCase(Locale.ROOT).replace(' ', '-')));
            return report.verdict();
        }
    }

    /** How a launch ended; somebody says GO, and aborts what has failed or is stuck. */
    LaunchState launched(LaunchPlan plan, String name, LocalDateTime planned) throws IOException, InterruptedException {
        return launched(plan, name, planned, launch -> false);
    }

    /** How a launch ended in which somebody does more than saying GO, and says whether something was done. */
    LaunchState launched(LaunchPlan plan, String name, LocalDateTime planned, Predicate<Launch> somebody)
            throws IOException, InterruptedException {
        Path file = reports.resolve(name + ".journal");
        Files.deleteIfExists(file);
        try (GoLive golive = engine();
                Journal journal = Journal.file(file);
                Launch launch = plan.arm(golive, journal, environment, planned, OWNER)) {
            Instant patience = planned.atZone(plan.zone()).toInstant().plus(PATIENCE);
            while (!launch.state().isFinal()) {
                Instant next = launch.advance();
                if (!launch.state().isFinal()
                        && !saysGo(launch)
                        && !somebody.test(launch)
                        && !((hasFailed(launch) || next.isAfter(patience)) && aborts(launch))) {
                    time.sleepUntil(next);
                }
            }
            launch.control().board().forEach(line -> out.println("  | " + line));
            out.println(plan.name() + " ended " + launch.state());
            return launch.state();
        }
    }

    private static boolean saysGo(Launch launch) {
        Optional<String> digest = launch.asksDecisionOn();
        return digest.isPresent()
                && launch.control()
                        .decide(OWNER, digest.get(), "all is in order")
                        .accepted();
    }

    /** Whether a step has failed, and people are asked what becomes of the launch. */
    private static boolean hasFailed(Launch launch) {
        return launch.waiting().stream().anyMatch(one -> one.key().startsWith("step:"));
    }

    private static boolean aborts(Launch launch) {
        return launch.control().abort(OWNER, "it does not go on").accepted();
    }
}
