package dev.golive.checks;

import static dev.golive.checks.internal.Given.positive;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Trial;
import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.CleanUp;
import dev.golive.checks.internal.http.Inquiry;
import dev.golive.checks.internal.http.RequestPlan;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A request that writes test data, what is asserted of its response, and how it is cleaned up.
 *
 * <pre>{@code
 * Http.post("https://shop.example/login")
 *     .sendingJson("{\"user\":\"shop-test\"}").bearer(key)
 *     .writing("a session of the account shop-test")
 *     .needsNoCleanUp("sessions end by themselves after an hour")
 *     .status(200)
 *     .costs("one of 10 logins an hour")
 * }</pre>
 *
 * <p>Outcomes are those of {@link HttpCheck}. The request is sent once, on a connection of its own. Immutable and
 * thread-safe.
 */
public final class HttpTrial extends HttpAssertions<HttpTrial> implements Trial {

    private record Terms(
            String what, String cost, boolean exhaustsLimit, Duration timeout, List<RequestPlan> cleanUp) {}

    private final Inquiry inquiry;
    private final Terms terms;

    private HttpTrial(Inquiry inquiry, Terms terms) {
        this.inquiry = inquiry;
        this.terms = terms;
    }

    static HttpTrial of(Inquiry inquiry, Assertion assertion, String what, List<RequestPlan> cleanUp) {
        return new HttpTrial(
                inquiry.and(assertion), new Terms(what, "nothing", false, Duration.ofSeconds(30), cleanUp));
    }

    /**
     * The same with what it costs.
     *
     * @param cost the cost in words, "nothing" unless said otherwise
     * @return the new trial
     */
    public HttpTrial costs(String cost) {
        return new HttpTrial(
                inquiry, new Terms(terms.what, text(cost, "cost"), terms.exhaustsLimit, terms.timeout, terms.cleanUp));
    }

    /**
     * The same, using up a limit that others need: it comes last and alone.
     *
     * @return the new trial
     */
    public HttpTrial exhaustingLimit() {
        return new HttpTrial(inquiry, new Terms(terms.what, terms.cost, true, terms.timeout, terms.cleanUp));
    }

    /**
     * The same with another limit of time, for the trial and again for its cleaning up.
     *
     * @param limit longer than zero; 30 s unless said otherwise
     * @return the new trial
     */
    public HttpTrial timeout(Duration limit) {
        return new HttpTrial(
                inquiry,
                new Terms(terms.what, terms.cost, terms.exhaustsLimit, positive(limit, "limit"), terms.cleanUp));
    }

    @Override
    HttpTrial asserting(Assertion assertion) {
        return new HttpTrial(inquiry.and(assertion), terms);
    }

    @Override
    public String sentence() {
        return inquiry.sentence();
    }

    @Override
    public String writes() {
        return terms.what;
    }

    @Override
    public String cost() {
        return terms.cost;
    }

    @Override
    public boolean exhaustsLimit() {
        return terms.exhaustsLimit;
    }

    @Override
    public Duration timeout() {
        return terms.timeout;
    }

    @Override
    public Outcome perform(CheckContext context) throws Exception {
        return inquiry.run(context);
    }

    @Override
    public void cleanUp(CheckContext context) throws Exception {
        CleanUp.run(context, terms.cleanUp);
    }

    @Override
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new LinkedHashSet<>(inquiry.reads());
        terms.cleanUp.forEach(plan -> all.addAll(plan.captures()));
        return all;
    }

    @Override
    public Set<Capture<?>> captures() {
        return inquiry.writes();
    }

    @Override
    public Set<Secret> secrets() {
        Set<Secret> all = new LinkedHashSet<>(inquiry.plan().secrets());
        terms.cleanUp.forEach(plan -> all.addAll(plan.secrets()));
        return all;
    }

    @Override
    public Set<Subject> touches() {
        Set<Subject> all = new LinkedHashSet<>();
        all.add(Subject.host(inquiry.plan().url().host()));
        terms.cleanUp.forEach(plan -> all.add(Subject.host(plan.url().host())));
        return all;
    }

    /**
     * The trial in words.
     *
     * @return its sentence
     */
    @Override
    public String toString() {
        return sentence();
    }
}
