package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything one run found, or several runs together, and the verdict that it comes to.
 *
 * <p>The verdict is always computed from the results, also for a report that was read from JSON. Immutable and
 * thread-safe; contains no secret that the runs knew of.
 */
public final class Report {

    /**
     * A run that a report is made of.
     *
     * @param list the name of the checklist
     * @param digest the digest of the checklist
     * @param release what was examined, or {@code null} if the run was not told
     * @param vantagePoint from where, or {@code null} if the run was not told
     * @param startedAt when the run began
     * @param took how long it took
     */
    public record Source(
            String list,
            String digest,
            @Nullable Release release,
            @Nullable String vantagePoint,
            Instant startedAt,
            Duration took) {}

    private final Environment environment;
    private final List<Source> sources;
    private final List<ItemResult> results;
    private final List<String> remarks;
    private final Verdict verdict;

    Report(Environment environment, List<Source> sources, List<ItemResult> results, List<String> remarks) {
        this.environment = environment;
        this.sources = List.copyOf(sources);
        this.results = List.copyOf(results);
        this.remarks = List.copyOf(remarks);
        this.verdict = Verdicts.of(this.results);
    }

    /**
     * What it comes to.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * What stands in the way of a GO, the worst first.
     *
     * @return a sentence each; empty for a GO
     */
    public List<String> reasons() {
        return Verdicts.reasons(results);
    }

    /**
     * The results behind {@link #reasons()}: everything that is due and not in order, the worst first.
     *
     * @return the results, in the order of the reasons; empty for a GO, and where nothing was examined at all
     */
    public List<ItemResult> inTheWay() {
        return Verdicts.inTheWay(results);
    }

    /**
     * The verdict in a few words.
     *
     * @return for example {@code NO GO: 1 failed, 3 blocked}
     */
    public String headline() {
        return Verdicts.headline(results);
    }

    /**
     * The verdict and its reasons.
     *
     * @return several lines
     */
    public String summary() {
        StringBuilder text = new StringBuilder(title())
                .append(" in ")
                .append(environment.name())
                .append(": ")
                .append(headline());
        for (String reason : reasons()) {
            text.append("\n  - ").append(reason);
        }
        return text.toString();
    }

    /**
     * What was examined.
     *
     * @return the names of the lists
     */
    public String title() {
        Set<String> names = sources.stream().map(Source::list).collect(Collectors.toCollection(LinkedHashSet::new));
        return names.size() <= 3 ? String.join(" + ", names) : names.size() + " checklists";
    }

    /**
     * Where it was examined.
     *
     * @return the environment
     */
    public Environment environment() {
        return environment;
    }

    /**
     * The runs that the report is made of.
     *
     * @return at least one
     */
    public List<Source> sources() {
        return sources;
    }

    /**
     * When the first of the runs began.
     *
     * @return the instant
     */
    public Instant startedAt() {
        return sources.stream().map(Source::startedAt).min(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /**
     * How long the longest of the runs took.
     *
     * @return the duration
     */
    public Duration took() {
        return sources.stream().map(Source::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * The results, preconditions first, then in the order of the lists.
     *
     * @return a result for each item
     */
    public List<ItemResult> results() {
        return results;
    }

    /**
     * The results with a status.
     *
     * @param status the status
     * @return the results, in order
     */
    public List<ItemResult> results(Status status) {
        Arguments.given(status, "status");
        return results.stream().filter(result -> result.status() == status).toList();
    }

    /**
     * The result of the item with an id.
     *
     * @param id the id
     * @return the first such result, empty if there is none
     */
    public Optional<ItemResult> result(String id) {
        Arguments.given(id, "id");
        return results.stream().filter(result -> result.id().equals(id)).findFirst();
    }

    /**
     * What else a reader should know: waivers that did not help, checks that would not be cancelled.
     *
     * @return a sentence each
     */
    public List<String> remarks() {
        return remarks;
    }

    /**
     * This report if the verdict is GO or CONDITIONAL_GO.
     *
     * @return this report
     * @throws NotGoException otherwise; its message names the reasons
     */
    public Report orThrow() {
        if (verdict == Verdict.GO || verdict == Verdict.CONDITIONAL_GO) {
            return this;
        }
        throw new NotGoException(this);
    }

    /**
     * The exit code for a process, by {@link ExitPolicy#standard()}.
     *
     * @return 0, 1 or 2
     */
    public int exitCode() {
        return exitCode(ExitPolicy.standard());
    }

    /**
     * The exit code for a process.
     *
     * @param policy which code stands for which verdict
     * @return the code
     */
    public int exitCode(ExitPolicy policy) {
        return Arguments.given(policy, "policy").exitCode(verdict);
    }

    /**
     * What changed since an earlier report.
     *
     * @param earlier the earlier report
     * @return the difference
     */
    public ReportDifference differenceFrom(Report earlier) {
        return ReportDifference.between(Arguments.given(earlier, "earlier"), this);
    }

    /**
     * One report of several: runs of one list from different places, or runs of different lists.
     *
     * <p>Where two runs of the same list both have a result for an item, one that was examined wins over one that waits
     * for another place, and otherwise the worse one stands: a merge never makes anything look better. Different lists
     * may each name their own hosts and accounts of the environment; the merged report has those of all.
     *
     * @param reports the reports, at least one
     * @return the merged report
     * @throws IllegalArgumentException if there is none, or they are of environments of different names, or the same
     *     list was examined for different releases, hosts or accounts, or has changed between them
     */
    public static Report merge(List<Report> reports) {
        if (Arguments.all(reports, "reports").isEmpty()) {
            throw new IllegalArgumentException("reports must not be empty");
        }
        Environment environment = reports.get(0).environment;
        Map<String, Source> lists = new LinkedHashMap<>();
        Map<String, Environment> places = new LinkedHashMap<>();
        Set<Source> sources = new LinkedHashSet<>();
        Map<List<String>, ItemResult> merged = new LinkedHashMap<>();
        Set<List<String>> waiting = new HashSet<>();
        Set<String> remarks = new LinkedHashSet<>();
        for (Report report : reports) {
            if (!report.environment.isNamedLike(environment)) {
                throw new IllegalArgumentException("reports must be of one environment, but one is of "
                        + environment.text() + " and one of " + report.environment.text());
            }
            environment = environment.and(report.environment);
            for (Source source : report.sources) {
                Environment where = places.putIfAbsent(source.list(), report.environment);
                if (where != null && !where.equals(report.environment)) {
                    throw new IllegalArgumentException("reports of the list " + source.list()
                            + " must be of one environment with the same hosts and accounts");
                }
                Source other = lists.putIfAbsent(source.list(), source);
                if (other != null && !other.digest().equals(source.digest())) {
                    throw new IllegalArgumentException(
                            "reports of the list " + source.list() + " must be of the same version of it");
                }
                if (other != null && !Objects.equals(other.release(), source.release())) {
                    throw new IllegalArgumentException("reports of the list " + source.list()
                            + " must be of one release, but one is of " + other.release() + " and one of "
                            + source.release());
                }
                sources.add(source);
            }
            Set<List<String>> elsewhere = report.results.stream()
                    .filter(result -> result.elsewhere().isPresent())
                    .map(result -> List.of(result.list(), result.id()))
                    .collect(Collectors.toSet());
            for (ItemResult result : report.results) {
                boolean waits = waitsForAnotherPlace(result, elsewhere);
                List<String> key = List.of(result.list(), result.id());
                ItemResult known = merged.get(key);
                boolean knownWaits = waiting.contains(key);
                if (known == null || (knownWaits && !waits)) {
                    merged.put(key, result);
                } else if (knownWaits == waits) {
                    merged.put(key, worse(known, result));
                }
                if (known == null && waits) {
                    waiting.add(key);
                } else if (!waits) {
                    waiting.remove(key);
                }
            }
            remarks.addAll(report.remarks);
        }
        return new Report(environment, List.copyOf(sources), unblocked(merged.values()), List.copyOf(remarks));
    }

    /**
     * One report of several, of which it is known which lists there must be. A list without a report is shown as
     * unknown, so that a service that did not answer keeps the merged verdict from GO.
     *
     * @param reports the reports, at least one
     * @param lists the names of the lists that must be among them
     * @return the merged report
     * @throws IllegalArgumentException as for {@link #merge(List)}
     */
    public static Report merge(List<Report> reports, Set<String> lists) {
        Set<String> missing = new TreeSet<>(Arguments.given(lists, "lists"));
        Report merged = merge(reports);
        merged.sources.forEach(source -> missing.remove(source.list()));
        List<ItemResult> results = new ArrayList<>(merged.results);
        for (String list : missing) {
            ItemResult.Draft draft = new ItemResult.Draft("report", "The checklist " + list + " was run");
            draft.list = list;
            draft.status = Status.UNKNOWN;
            draft.why = "there is no report of it";
            results.add(new ItemResult(draft));
        }
        return new Report(merged.environment, merged.sources, results, merged.remarks);
    }

    /** Whether a result says only that its item, or what blocks it, must be examined from another place. */
    private static boolean waitsForAnotherPlace(ItemResult result, Set<List<String>> elsewhere) {
        if (result.status() != Status.BLOCKED) {
            return result.elsewhere().isPresent();
        }
        return !result.blockedBy().isEmpty()
                && result.blockedBy().stream().allMatch(id -> elsewhere.contains(List.of(result.list(), id)));
    }

    private static ItemResult worse(ItemResult one, ItemResult other) {
        if (one.isNotYetDue() != other.isNotYetDue()) {
            return one.isNotYetDue() ? other : one;
        }
        return severity(other) > severity(one) ? other : one;
    }

    private static int severity(ItemResult result) {
        return switch (result.status()) {
            case FAILED -> 9;
            case BLOCKED -> result.isBlockedByFailure() ? 8 : 4;
            case UNKNOWN -> 7;
            case STALE -> 6;
            case PENDING -> 5;
            case WAIVED -> 3;
            case WARNED -> 2;
            case PASSED -> 1;
            case NOT_APPLICABLE -> 0;
        };
    }

    /** Recomputes what blocks, since the cause may have been examined by another run. */
    private static List<ItemResult> unblocked(Collection<ItemResult> results) {
        Map<List<String>, ItemResult> byKey = new LinkedHashMap<>();
        results.forEach(result -> byKey.put(List.of(result.list(), result.id()), result));
        List<ItemResult> all = new ArrayList<>(results.size());
        for (ItemResult result : results) {
            boolean byFailure = result.blockedBy().stream()
                    .map(id -> byKey.get(List.of(result.list(), id)))
                    .anyMatch(cause -> cause != null && cause.status() == Status.FAILED);
            if (result.status() == Status.BLOCKED && byFailure != result.isBlockedByFailure()) {
                ItemResult.Draft draft = new ItemResult.Draft(result);
                // a merge may find a failure, but never takes one back
                draft.blockedByFailure |= byFailure;
                all.add(new ItemResult(draft));
            } else {
                all.add(result);
            }
        }
        return all;
    }

    /**
     * The report without what outsiders need not know: network addresses, account ids and the names of persons are
     * replaced by what they are.
     *
     * @return the report to be sent around
     */
    public Report forSharing() {
        return Sharing.cleaned(this);
    }

    /**
     * The report as JSON, in the versioned format that {@link #fromJson} reads; its JSON Schema is the resource
     * {@code dev/golive/report-v1.schema.json} of this module.
     *
     * @return a JSON document
     */
    public String toJson() {
        return ReportJson.write(this);
    }

    /**
     * A report from its JSON; the verdict is computed anew.
     *
     * @param json what {@link #toJson()} gave
     * @return the report
     * @throws GoLiveException if that is no report, or one of a version that this release does not read
     */
    public static Report fromJson(String json) {
        return ReportJson.read(Arguments.given(json, "json"));
    }

    @Override
    public String toString() {
        return title() + " in " + environment.name() + ": " + headline();
    }
}
