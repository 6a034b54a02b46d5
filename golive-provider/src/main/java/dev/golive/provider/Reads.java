package dev.golive.provider;

import dev.golive.ActionContext;
import dev.golive.CheckContext;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets checks that ask the same within a second ask once, so that a list of forty does not use up a limit of requests. Only
 * answers are shared, no problems. Actions ask for themselves, and what they ask ends what was shared: after them nothing
 * is told that is older. Thread-safe; all waiting is done on the attempt's {@link TimeSource}.
 */
public final class Reads {

    private static final Duration SHARED_FOR = Duration.ofSeconds(1);

    /** Who asks may hang, which must not be the trouble of others. */
    private static final Duration WAIT = Duration.ofSeconds(3);

    /** One question, while it is asked and for a short time afterwards. */
    private static final class Asked {
        private final Instant at;
        private final TimeSource.Gate done;
        private @Nullable ApiJson answer;

        Asked(Instant at, TimeSource.Gate done) {
            this.at = at;
            this.done = done;
        }
    }

    /** Asks for real. */
    @FunctionalInterface
    public interface Question {

        /**
         * Asks.
         *
         * @return the answer
         * @throws ApiProblem if there is none
         * @throws InterruptedException if the run was given up
         */
        ApiJson ask() throws InterruptedException;
    }

    private final Map<String, Asked> asked = new HashMap<>();

    /** Without anything to share yet. */
    public Reads() {}

    /**
     * The answer to a question that only reads.
     *
     * @param key what is asked, the same for the same question
     * @param context the attempt
     * @param question asks
     * @return the answer, of now or of the second before
     * @throws ApiProblem if there is none
     * @throws InterruptedException if the run was given up
     */
    public ApiJson ask(String key, CheckContext context, Question question) throws InterruptedException {
        Given.notNull(key, "key");
        if (context instanceof ActionContext) {
            forget();
            return question.ask();
        }
        Asked own = new Asked(context.time().now(), context.time().gate());
        Asked other;
        synchronized (asked) {
            asked.values().removeIf(one -> !own.at.isBefore(one.at.plus(SHARED_FOR)));
            other = asked.putIfAbsent(key, own);
        }
        if (other != null) {
            Instant longest = own.at.plus(WAIT);
            other.done.await(context.deadline().isBefore(longest) ? context.deadline() : longest);
            synchronized (asked) {
                if (other.answer != null) {
                    return other.answer;
                }
            }
            // whoever asked got no answer, or takes too long, and perhaps was given up
            return question.ask();
        }
        return first(key, own, question);
    }

    private ApiJson first(String key, Asked own, Question question) throws InterruptedException {
        ApiJson answer = null;
        try {
            answer = question.ask();
            return answer;
        } finally {
            synchronized (asked) {
                own.answer = answer;
                if (answer == null) {
                    asked.remove(key, own);
                }
            }
            own.done.open();
        }
    }

    /** Ends what is shared: from now on everything is asked anew. */
    public void forget() {
        synchronized (asked) {
            asked.clear();
        }
    }
}
