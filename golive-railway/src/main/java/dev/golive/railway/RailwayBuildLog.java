package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.railway.LogSearch.Wanted;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.LogPort;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.ServicePort.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What was said while the latest deployment of a service was built. One that was skipped was not built.
 *
 * <pre>{@code
 * RailwayBuildLog log = railway.service("api").buildLog();
 *
 * log.contains("BUILD SUCCESS");
 * log.hasNoErrors();
 * }</pre>
 *
 * <ul>
 *   <li>The status of a deployment says whether it was built; the log says how. Of a deployment that failed, that is on its
 *       way, or of which no log is kept, nothing is proven by what its log does not say.
 *   <li>Lines of a log may hold secrets and personal data: none is ever shown, only how many there are and of when.
 *   <li>Colours are not part of a line.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayBuildLog {

    private final RailwayService service;

    RailwayBuildLog(RailwayService service) {
        this.service = service;
    }

    /**
     * Whether a line contains a text.
     *
     * @param text the text, in upper and lower case as it stands there
     * @return the check
     * @throws IllegalArgumentException if the text is blank
     */
    public Check contains(String text) {
        return check("has ", Wanted.text(text), true);
    }

    /**
     * Whether no line contains a text.
     *
     * @param text the text, in upper and lower case as it stands there
     * @return the check
     * @throws IllegalArgumentException if the text is blank
     */
    public Check hasNoMatch(String text) {
        return check("does not have ", Wanted.text(text), false);
    }

    /**
     * Whether in no line there is a match.
     *
     * @param pattern what is looked for in each line
     * @return the check
     */
    public Check hasNoMatch(Pattern pattern) {
        return check("does not have ", Wanted.pattern(pattern), false);
    }

    /**
     * Whether no line has the severity of an error or a worse one. If Railway does not say the severity of each line, it is
     * unknown.
     *
     * @return the check
     */
    public Check hasNoErrors() {
        return check("does not have ", Wanted.errors(), false);
    }

    private Check check(String verb, Wanted wanted, boolean should) {
        Check check = service.asking(
                this + " " + verb + wanted.words(),
                (calls, instance) -> judge(calls, instance, wanted, should),
                Operation.DEPLOYMENTS,
                Operation.BUILD_LOGS);
        return check.timeout(check.timing().timeout().multipliedBy(4));
    }

    private static Outcome judge(Calls calls, Instance instance, Wanted wanted, boolean should)
            throws InterruptedException {
        LogPort logs = LogPort.of(calls);
        Deployment built = logs.built(instance);
        LogSearch search = new LogSearch(wanted, should);
        boolean all = logs.read(Operation.BUILD_LOGS, built.id(), null, null, null, search);
        if (!all && !search.found() && wanted.filter() != null) {
            LogSearch narrow = new LogSearch(wanted, should);
            logs.read(Operation.BUILD_LOGS, built.id(), null, null, wanted.filter(), narrow);
            search = narrow.found() ? narrow : search;
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("deployment", built));
        facts.addAll(search.facts());
        try {
            if (search.found()) {
                return (should ? Outcome.passed() : search.isThere()).with(facts);
            }
            mustBeTold(built, search, all, should);
            return (should ? Outcome.failed("there is no such line") : Outcome.passed()).with(facts);
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(facts);
        }
    }

    /** Whether what was not found is not there. */
    private static void mustBeTold(Deployment built, LogSearch search, boolean all, boolean should) {
        if (!all) {
            throw LogSearch.tooMuch();
        } else if (built.stage() == Deployment.Stage.UNDER_WAY) {
            throw ApiProblem.undecided("the deployment is still under way");
        } else if (built.stage() == Deployment.Stage.UNKNOWN) {
            throw ApiProblem.undecided("what the status of the deployment means is not known");
        } else if (search.lines() == 0) {
            throw ApiProblem.undecided("there is no log of the build");
        } else if (!should) {
            search.mustBeClear();
            if (built.stage() == Deployment.Stage.FAILED) {
                throw ApiProblem.undecided("the deployment failed, whatever the log of its build says");
            } else if (built.stage() == Deployment.Stage.ENDED) {
                throw ApiProblem.undecided(
                        "the deployment was taken away, perhaps while it was built, whatever the log of its build says");
            }
        }
    }

    /**
     * What it is.
     *
     * @return for example {@code build log of Railway service api of shop/production}
     */
    @Override
    public String toString() {
        return "build log of " + service;
    }
}
