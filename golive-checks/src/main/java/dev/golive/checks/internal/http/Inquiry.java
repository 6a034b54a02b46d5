package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request and what is asserted of its response: what checks and trials have in common. Immutable.
 *
 * @param plan the request
 * @param assertions what is asserted, at least one thing
 */
public record Inquiry(RequestPlan plan, List<Assertion> assertions) {

    /** Copies the list. */
    public Inquiry {
        assertions = List.copyOf(assertions);
    }

    /** The same with one more. */
    public Inquiry and(Assertion assertion) {
        List<Assertion> all = new ArrayList<>(assertions);
        all.add(assertion);
        return new Inquiry(assertion.prepare(plan), all);
    }

    /** The request and everything asserted. */
    public String sentence() {
        String all = assertions.stream().map(Assertion::sentence).collect(Collectors.joining(", "));
        // "GET url answers 200, ..." reads as one sentence; anything else is a list of what holds
        return plan + (all.startsWith("answers ") || all.startsWith("redirects ") ? " " : ": ") + all;
    }

    /** The values of earlier items that are needed. */
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new LinkedHashSet<>(plan.captures());
        assertions.forEach(assertion -> all.addAll(assertion.reads()));
        return all;
    }

    /** The values that are found. */
    public Set<Capture<?>> writes() {
        Set<Capture<?>> all = new LinkedHashSet<>();
        assertions.forEach(assertion -> all.addAll(assertion.writes()));
        return all;
    }

    /** Sends the request and judges the response. */
    public Outcome run(CheckContext context) throws Exception {
        Conversation conversation = new Conversation(context);
        try {
            Response response = conversation.run(plan);
            Outcome judged = judge(response, context);
            List<Fact> more = conversation.facts();
            Caches.hit(response).ifPresent(hit -> more.add(Fact.of("cached answer", hit)));
            return judged.with(more);
        } catch (Conversation.EndedException e) {
            // without a response there is no answer to a condition, whatever is wrong
            return e.outcome().with(conversation.facts()).inconclusive();
        }
    }

    /** Whether a status means that the server did not come to the question: no access, not now, or broken. */
    private static boolean shirks(int status) {
        return status >= 500 || status == 401 || status == 403 || status == 408 || status == 425 || status == 429;
    }

    /** Judges a response. */
    private Outcome judge(Response response, CheckContext context) {
        boolean discreet = writes().stream().anyMatch(capture -> capture.type() == Secret.class);
        Judge judge = new Judge(context, discreet);
        assertions.forEach(assertion -> assertion.judge(response, judge));
        if (!judge.knows("status")) {
            Fact status = Fact.of("status", response.status());
            if (response.status() >= 500) {
                // whoever asks for a header or a cookie takes for granted that the server is not broken
                judge.failed(
                        "status was " + response.status() + ", a server error that nothing said to expect", status);
            } else if (response.status() == 429) {
                // that a header or a text is absent from a refusal to answer says nothing about the page
                judge.unknown("status was 429, so the server had enough of us and did not show what was asked", status);
            } else {
                judge.saw(status);
            }
        }
        Outcome outcome = judge.outcome();
        return shirks(response.status()) ? outcome.inconclusive() : outcome;
    }
}
