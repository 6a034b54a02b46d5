package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what the assertions about one response find, and sums it up. Used by one thread. */
public final class Judge {

    private static final int LONGEST_REASON = 120;
    private static final int LONGEST_FACT = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern NO_VERB = Pattern.compile(
            "(containing|not containing|starting|matching|longer|shorter|present|absent)\\b.*", Pattern.DOTALL);

    private final @Nullable CheckContext context;
    private final boolean discreet;
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<UnaryOperator<Outcome>> captures = new ArrayList<>();
    private boolean bodyShown;
    private @Nullable Document document;

    /**
     * A judge.
     *
     * @param context where captured values are read; {@code null} to judge without any
     * @param discreet whether the body must not be shown, since a secret will be taken from it
     */
    public Judge(@Nullable CheckContext context, boolean discreet) {
        this.context = context;
        this.discreet = discreet;
    }

    /** Compares what was found with what was expected. */
    public <V> boolean expect(String name, Expectation<V> expectation, V found) {
        CheckContext values = context;
        Expectation<V> expected =
                values == null || expectation.reads().isEmpty() ? expectation : expectation.resolved(values);
        boolean met = expected.accepts(found);
        String text = Expect.text(found);
        facts.add(new Fact(name, expected.sentence(), shortened(text, LONGEST_FACT)));
        if (!met) {
            failures.add(name + " was " + shortened(text, LONGEST_REASON) + ", expected "
                    + shortened(expected.sentence(), LONGEST_REASON));
        }
        return met;
    }

    /** The same of the body, which is too long to be repeated in a reason. */
    void expectBody(Expectation<String> expectation, Response response) {
        CheckContext values = context;
        Expectation<String> expected =
                values == null || expectation.reads().isEmpty() ? expectation : expectation.resolved(values);
        if (!expected.accepts(response.text())) {
            failures.add("the body was not as expected: " + shortened(expected.sentence(), LONGEST_REASON));
            show(response);
        }
    }

    /** Something is not as it should be. */
    public void failed(String why, Fact... more) {
        failures.add(why);
        facts.addAll(List.of(more));
    }

    /** Something cannot be judged. */
    public void unknown(String why, Fact... more) {
        doubts.add(why);
        facts.addAll(List.of(more));
    }

    /** Something was seen. */
    public void saw(Fact fact) {
        facts.add(fact);
    }

    boolean knows(String name) {
        return facts.stream().anyMatch(fact -> fact.name().equals(name));
    }

    /** A value for later checks. */
    public <V> void capture(Capture<V> capture, V value) {
        if (value instanceof Secret secret && context != null) {
            // from now on it is cut out of everything, also if this check fails and hands nothing on
            context.reveal(secret);
        }
        captures.add(outcome -> outcome.capturing(capture, value));
    }

    /** Shows the beginning of the body, once. */
    public void show(Response response) {
        if (bodyShown || discreet || response.body().bytes().length == 0) {
            return;
        }
        bodyShown = true;
        facts.add(Fact.of("body", shortened(UNPRINTABLE.matcher(response.text()).replaceAll("\uFFFD"), LONGEST_FACT)));
    }

    /** Whether the whole body is there to be judged; tells what is wrong if not. */
    boolean hasBody(Response response) {
        Body body = response.body();
        String problem = body.problem();
        if (problem == null) {
            return true;
        }
        String why = "the body cannot be judged: " + problem;
        if (body.broken()) {
            failed(why);
        } else {
            unknown(why);
        }
        return false;
    }

    /** The body as JSON, read once. */
    Document document(Response response) {
        Document read = document;
        if (read == null) {
            read = Document.read(response);
            document = read;
        }
        return read;
    }

    /** The verdict: failed before unknown before passed. */
    public Outcome outcome() {
        Finding finding = !failures.isEmpty() ? Finding.FAILED : !doubts.isEmpty() ? Finding.UNKNOWN : Finding.PASSED;
        List<String> reasons = new ArrayList<>(failures);
        reasons.addAll(doubts);
        Outcome outcome = Outcome.of(
                finding, String.join("; ", reasons.stream().distinct().toList()), facts);
        for (UnaryOperator<Outcome> capture : captures) {
            outcome = capture.apply(outcome);
        }
        return outcome;
    }

    /** An expectation to follow a noun in a sentence: {@code is 200}, {@code containing "ok"}. */
    public static String phrase(Expectation<?> expectation) {
        String sentence = expectation.sentence();
        return NO_VERB.matcher(sentence).matches() ? sentence : "is " + sentence;
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "... (" + text.length() + " characters)";
    }
}
