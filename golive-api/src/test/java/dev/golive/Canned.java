package dev.golive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Checks whose outcomes are known beforehand, and short ways to run them. */
final class Canned {

    static final Environment STAGING = Environment.named("staging").host("shop.example", "*.shop.example");

    private Canned() {}

    static Check passing(String sentence) {
        return Check.that(sentence, context -> Outcome.passed());
    }

    static Check warning(String sentence) {
        return Check.that(sentence, context -> Outcome.warned("a reservation about " + sentence));
    }

    static Check failing(String sentence) {
        return Check.that(sentence, context -> Outcome.failed(sentence + " is wrong"));
    }

    static Check unknown(String sentence) {
        return Check.that(sentence, context -> Outcome.unknown(sentence + " cannot be seen"));
    }

    static Check throwing(String sentence) {
        return Check.that(sentence, context -> {
            throw new IllegalStateException("a bug in " + sentence);
        });
    }

    /** Gives the outcomes one after the other, and the last one for ever. */
    static Check inTurn(String sentence, Outcome... outcomes) {
        Deque<Outcome> left = new ArrayDeque<>(List.of(outcomes));
        return Check.that(sentence, context -> {
            synchronized (left) {
                return left.size() > 1 ? left.remove() : left.element();
            }
        });
    }

    static Check counting(AtomicInteger count, Check check) {
        return Check.that(check.sentence(), context -> {
            count.incrementAndGet();
            return check.examine(context);
        });
    }

    /** Sleeps for as long as it may. */
    static Check hanging(String sentence) {
        return Check.that(sentence, context -> {
            context.time().sleepUntil(context.time().now().plus(Duration.ofMinutes(5)));
            return Outcome.passed();
        });
    }

    /** A check that touches a host of {@link #STAGING}. */
    static Check touching(Check check) {
        return new Check() {
            @Override
            public String sentence() {
                return check.sentence();
            }

            @Override
            public Outcome examine(CheckContext context) throws Exception {
                return check.examine(context);
            }

            @Override
            public Set<Subject> touches() {
                return Set.of(Subject.host("shop.example"));
            }
        };
    }

    static Report run(Checklist list) {
        return run(GoLive.builder(), list);
    }

    static Report run(GoLive.Builder builder, Checklist list) {
        try (GoLive golive = builder.build()) {
            return golive.run(list, STAGING);
        }
    }

    static Report runRequired(Check check) {
        return run(Checklist.named("list").require(check.as("C1")).build());
    }

    static ItemResult resultOf(Check check) {
        return result(runRequired(check), "C1");
    }

    static ItemResult result(Report report, String id) {
        return report.result(id).orElseThrow(() -> new AssertionError("no " + id + " in " + report.results()));
    }

    /** Throws anything from anywhere. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
