package dev.golive.railway;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.railway.LogSearch.Wanted;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.LogPort;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.time.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a service says while it runs.
 *
 * <pre>{@code
 * railway.service("api").log().within(minutes(30)).hasNoMatch("OutOfMemoryError");
 * }</pre>
 *
 * <ul>
 *   <li>What is read is the log of the deployments that are active. One that was made within the window has only the log
 *       since then; that of its predecessor is not read.
 *   <li>Silence of a service that is not live proves nothing; that of one that is live is no match.
 *   <li>Lines of a log may hold secrets and personal data: none is ever shown, only how many there are and of when, unless
 *       it is {@linkplain #saveTo saved}.
 *   <li>Some tens of thousands of lines are read. If there are more, a match is still a match, and none is unknown: take a
 *       shorter window.
 *   <li>Colours are not part of a line. What was logged in the last seconds may not have arrived yet.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayLog {

    private final RailwayService service;
    private final Duration window;

    RailwayLog(RailwayService service, Duration window) {
        this.service = service;
        this.window = window;
    }

    /**
     * The same of another window, which ends now.
     *
     * @param span how far back, longer than zero
     * @return the new log
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public RailwayLog within(Duration span) {
        return new RailwayLog(service, Given.positive(span, "span"));
    }

    /**
     * Whether no line contains a text.
     *
     * @param text the text, in upper and lower case as it stands there
     * @return the check
     * @throws IllegalArgumentException if the text is blank
     */
    public Check hasNoMatch(String text) {
        return check(Wanted.text(text));
    }

    /**
     * Whether in no line there is a match.
     *
     * @param pattern what is looked for in each line
     * @return the check
     */
    public Check hasNoMatch(Pattern pattern) {
        return check(Wanted.pattern(pattern));
    }

    /**
     * Whether no line has the severity of an error or a worse one. Railway gives that severity to whatever a process writes
     * to its standard error. If it does not say the severity of each line, it is unknown.
     *
     * @return the check
     */
    public Check hasNoErrors() {
        return check(Wanted.errors());
    }

    /**
     * Writes the log of the window into a file, of every deployment that was there within it, also of one that was taken
     * back. The file holds the lines as they are, with whatever secrets and personal data they have, for its owner alone
     * where the file system knows owners. A file that is there already is not written over.
     *
     * @param file the file, of which folders are made
     * @return the action
     */
    public Action saveTo(Path file) {
        return new RailwayLogFile(service, window, Given.notNull(file, "file"));
    }

    private Check check(Wanted wanted) {
        Check check = service.asking(
                this + " does not have " + wanted.words() + " within " + Spans.text(window),
                (calls, instance) -> judge(calls, instance, wanted),
                Operation.DEPLOYMENTS,
                Operation.DEPLOYMENT_LOGS);
        return check.timeout(check.timing().timeout().multipliedBy(4));
    }

    private Outcome judge(Calls calls, Instance instance, Wanted wanted) throws InterruptedException {
        Instant to = calls.context().time().now();
        Instant from = to.minus(window);
        LogPort logs = LogPort.of(calls);
        List<Deployment> running =
                instance.active().isEmpty() ? List.of(logs.built(instance)) : List.copyOf(instance.active());
        LogSearch search = new LogSearch(wanted, false);
        boolean all = true;
        for (Deployment one : running) {
            all &= logs.read(Operation.DEPLOYMENT_LOGS, one.id(), from, to, null, search);
        }
        if (!all && !search.found() && wanted.filter() != null) {
            LogSearch narrow = new LogSearch(wanted, true);
            for (Deployment one : running) {
                if (!narrow.found()) {
                    logs.read(Operation.DEPLOYMENT_LOGS, one.id(), from, to, wanted.filter(), narrow);
                }
            }
            search = narrow.found() ? narrow : search;
        }
        List<Fact> facts = new ArrayList<>();
        running.forEach(one -> facts.add(Fact.of("deployment", one + " of " + one.createdAt())));
        facts.add(Fact.of("window", from + " to " + to));
        running.stream()
                .map(Deployment::createdAt)
                .min(Comparator.naturalOrder())
                .filter(begun -> begun.isAfter(from))
                .ifPresent(begun -> facts.add(Fact.of("covers", "only what was logged since " + begun)));
        facts.addAll(search.facts());
        try {
            if (search.found()) {
                return search.isThere().with(facts);
            } else if (!all) {
                throw LogSearch.tooMuch();
            } else if (instance.active().stream().noneMatch(Deployment::isServing)) {
                throw ApiProblem.undecided("no deployment is live, so that its silence proves nothing");
            }
            search.mustBeClear();
            return Outcome.passed().with(facts);
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(facts);
        }
    }

    /**
     * What it is.
     *
     * @return for example {@code log of Railway service api of shop/production}
     */
    @Override
    public String toString() {
        return "log of " + service;
    }
}
