package dev.golive.examples;

import dev.golive.Verdict;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.Coverage;
import dev.golive.testkit.rehearsal.DrillReport;
import dev.golive.testkit.rehearsal.Rehearsal;
import dev.golive.testkit.rehearsal.Rehearsed;
import dev.golive.testkit.rehearsal.RollbackRehearsed;
import dev.golive.testkit.rehearsal.Stage;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Two whole runbooks, tried out: {@link FintechOnAppRunner} and {@link AccountingOnRailway}.
 *
 * <p>{@code coverage} says which line of the page became what; {@code rehearse} carries the plan out from its first moment
 * to the end of its watch; {@code rollback} tries every way back; {@code drill} lets everything go wrong, one thing at a
 * time. The exit code is 0 if nothing is wrong, 1 if something is, and 64 if it was called otherwise.
 */
public final class Runbooks {

    private static final String USAGE = """
            usage: coverage|rehearse|rollback|drill [fintech|accounting]
            """;

    private static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    private Runbooks() {}

    /**
     * Runs it.
     *
     * @param args see the class
     * @throws Exception if a stage cannot be set up or a report cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path reports = Path.of(System.getProperty("golive.reports", "target/golive"), "runbooks");
        System.exit(run(List.of(args), reports, System.out));
    }

    static int run(List<String> args, Path reports, PrintStream out) throws Exception {
        String which = args.size() == 2 ? args.get(1) : "";
        List<Runbook<?>> chosen = all().stream()
                .filter(one -> args.size() == 1 || one.name().equals(which))
                .toList();
        if (args.isEmpty() || args.size() > 2 || chosen.isEmpty()) {
            out.print(USAGE);
            return 64;
        }
        boolean well = true;
        for (Runbook<?> one : chosen) {
            switch (args.get(0)) {
                case "coverage" -> well &= covered(one, out);
                case "rehearse" -> well &= rehearsed(one, reports.resolve(one.name()), out);
                case "rollback" -> well &= rolledBack(one, out);
                case "drill" -> well &= drilled(one, reports.resolve(one.name()), out);
                default -> {
                    out.print(USAGE);
                    return 64;
                }
            }
        }
        return well ? 0 : 1;
    }

    /** Both. */
    static List<Runbook<?>> all() {
        return List.of(FintechTryout.RUNBOOK, AccountingTryout.RUNBOOK);
    }

    private static boolean covered(Runbook<?> runbook, PrintStream out) throws Exception {
        Coverage coverage = runbook.coverage();
        out.println(coverage);
        return coverage.problems().isEmpty();
    }

    private static boolean rehearsed(Runbook<?> runbook, Path reports, PrintStream out) throws Exception {
        Rehearsed end = rehearsed(runbook);
        out.println(end);
        end.writeTo(reports).forEach(file -> out.println("Wrote " + file));
        return end.verdict().equals(Optional.of(Verdict.GO));
    }

    /** The plan, carried out from its first moment to the end of its watch. */
    static <S extends Stage> Rehearsed rehearsed(Runbook<S> runbook) throws Exception {
        VirtualTime time = runbook.time(ZONE);
        try (S stage = runbook.maker().make(time)) {
            return Rehearsal.on(stage).planned(runbook.planned()).in(time);
        }
    }

    private static boolean rolledBack(Runbook<?> runbook, PrintStream out) {
        RollbackRehearsed tried = runbook.rollbackRehearsal().run();
        out.println(tried);
        return tried.problems().isEmpty();
    }

    private static boolean drilled(Runbook<?> runbook, Path reports, PrintStream out) throws Exception {
        DrillReport report = runbook.fireDrill().run();
        out.println(report);
        Files.createDirectories(reports);
        out.println("Wrote " + Files.writeString(reports.resolve("drill.md"), report.toMarkdown()));
        return report.missed().isEmpty() && report.wronglyBlamed().isEmpty();
    }
}
