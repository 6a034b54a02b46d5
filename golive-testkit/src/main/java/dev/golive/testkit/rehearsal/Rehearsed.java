package dev.golive.testkit.rehearsal;

import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.report.LaunchReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Rehearsal} went: the end, the report, the journal. Immutable and thread-safe.
 */
public final class Rehearsed {

    private static final int WIDTH = 118;

    private static final Pattern MERELY_SEEN =
            Pattern.compile("^\\S+ (is not at target|is at target|is under way|was taken as)");
    private static final Pattern QUIET = Pattern.compile(" is (FALSE|UNKNOWN): ");

    private final LaunchPlan plan;
    private final LaunchState state;
    private final LaunchReport report;
    private final @Nullable Report found;
    private final List<Entry> entries;
    private final List<String> missed;

    Rehearsed(
            LaunchPlan plan,
            LaunchState state,
            LaunchReport report,
            @Nullable Report found,
            List<Entry> entries,
            List<String> missed) {
        this.plan = plan;
        this.state = state;
        this.report = report;
        this.found = found;
        this.entries = List.copyOf(entries);
        this.missed = List.copyOf(missed);
    }

    /**
     * Where the launch stood at the end.
     *
     * @return the state, final unless the rehearsal was left off
     */
    public LaunchState state() {
        return state;
    }

    /**
     * What the launch came to.
     *
     * @return the verdict, empty if the rehearsal was left off before there was one
     */
    public Optional<Verdict> verdict() {
        return report.verdict();
    }

    /**
     * Everything that happened.
     *
     * @return the report of the launch
     */
    public LaunchReport report() {
        return report;
    }

    /**
     * What the lists came to, each the last time that it was examined.
     *
     * @return the report, empty if the rehearsal was left off before the first one
     */
    public Optional<Report> found() {
        return Optional.ofNullable(found);
    }

    /**
     * The journal: the same, byte by byte, for the same plan, fakes and time.
     *
     * @return a line of JSON for each entry
     */
    public String journal() {
        return entries.stream().map(Entry::toJson).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * What was to {@linkplain Rehearsal#at happen} and did not, since the launch never came so far.
     *
     * @return what was to happen
     */
    public List<String> missed() {
        return missed;
    }

    /**
     * Writes the journal and the reports of the launch.
     *
     * @param folder where; it is made if it is not there
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeTo(Path folder) throws IOException {
        Files.createDirectories(Objects.requireNonNull(folder, "folder must not be null"));
        List<Path> files = new ArrayList<>();
        files.add(writeJournal(folder.resolve("rehearsal.journal")));
        files.addAll(LaunchReports.writeAll(report, folder));
        return List.copyOf(files);
    }

    private Path writeJournal(Path file) throws IOException {
        Files.deleteIfExists(file);
        try (Journal journal = Journal.file(file)) {
            journal.append(
                    entries.stream()
                            .map(entry -> new Journal.Draft(entry.at(), entry.actor(), entry.type(), entry.data()))
                            .toList(),
                    true);
        }
        return file;
    }

    /**
     * The course of it for people: how it ended, and a line for everything that was done, said and found.
     *
     * @return lines of 120 characters at most; {@link #report} has everything
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Rehearsal of ")
                .append(plan.name())
                .append(" in ")
                .append(report.environment())
                .append(": ")
                .append(state)
                .append(verdict().map(verdict -> ", " + verdict).orElse(""))
                .append('\n');
        for (LaunchReport.Line line : report.timeline()) {
            if (!isTold(line)) {
                continue;
            }
            text.append(cut(String.format(
                            Locale.ROOT,
                            "%-13s %-12s %s",
                            when(line.at()),
                            line.kind().name().toLowerCase(Locale.ROOT),
                            line.text())))
                    .append('\n');
        }
        missed.forEach(
                one -> text.append(cut("never         did not happen: " + one)).append('\n'));
        if (found != null) {
            for (ItemResult result : found.inTheWay()) {
                text.append(cut("in the way: " + result.id() + " is " + result.status() + ": " + result.why()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** What a person would write down: what was found, done, said and decided, and not each step on the way. */
    private static boolean isTold(LaunchReport.Line line) {
        String said = line.text();
        return switch (line.kind()) {
            case STEP, PROCESS -> false;
            case ACTION -> !MERELY_SEEN.matcher(said).find();
            case WATCH -> !said.startsWith("trigger ") || !QUIET.matcher(said).find();
            case WAITING -> !said.startsWith("no longer waits");
            case LAUNCH -> !said.startsWith("warning: ");
            default -> true;
        };
    }

    private static String cut(String line) {
        String one = line.replace('\n', ' ').stripTrailing();
        return one.length() <= WIDTH ? one : one.substring(0, WIDTH - 2) + "..";
    }

    /** How long before or after T, or after H once there is one. */
    private String when(Instant at) {
        Optional<Instant> h = report.launched().filter(launched -> !at.isBefore(launched));
        return h.map(launched -> "H" + distance(launched, at))
                .or(() -> report.planned().map(planned -> "T" + distance(planned, at)))
                .orElseGet(at::toString);
    }

    private String distance(Instant anchor, Instant at) {
        ZoneId zone = plan.zone();
        boolean before = at.isBefore(anchor);
        ZonedDateTime from = (before ? at : anchor).atZone(zone);
        ZonedDateTime to = (before ? anchor : at).atZone(zone);
        Duration exact = Duration.between(from, to);
        if (exact.isZero()) {
            return "";
        }
        long days = from.until(to, ChronoUnit.DAYS);
        Duration rest = Duration.between(from.plusDays(days), to);
        String text = (days > 0 ? days + "d" : "")
                + (rest.isZero() && days > 0
                        ? ""
                        : (days > 0 ? " " : "")
                                + String.format(
                                        Locale.ROOT,
                                        "%d:%02d:%02d",
                                        rest.toHours(),
                                        rest.toMinutesPart(),
                                        rest.toSecondsPart()));
        return (before ? "-" : "+") + text;
    }
}
