package dev.golive.testkit.aws;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Something that goes wrong between a client and {@link FakeAws}, in the shape in which the asked service shows it.
 * Immutable.
 */
public sealed interface AwsFault {

    /** Too many requests. */
    record Throttled() implements AwsFault {
        @Override
        public String toString() {
            return "throttled";
        }
    }

    /** The caller may not do that. */
    record Denied() implements AwsFault {
        @Override
        public String toString() {
            return "access denied";
        }
    }

    /** The credentials have expired. */
    record ExpiredToken() implements AwsFault {
        @Override
        public String toString() {
            return "expired token";
        }
    }

    /** The service fails. */
    record Broken() implements AwsFault {
        @Override
        public String toString() {
            return "internal error";
        }
    }

    /**
     * The answer comes late.
     *
     * @param by how late
     */
    record Slow(Duration by) implements AwsFault {

        /**
         * Refuses what is not longer than zero.
         *
         * @param by how late
         */
        public Slow {
            if (Objects.requireNonNull(by, "by must not be null").isNegative() || by.isZero()) {
                throw new IllegalArgumentException("by must be longer than zero but was " + by);
            }
        }

        @Override
        public String toString() {
            return "slow by " + by;
        }
    }

    /** No answer ever comes. */
    record Hanging() implements AwsFault {
        @Override
        public String toString() {
            return "hanging";
        }
    }

    /** The request has its effect, and the connection is reset before the answer. */
    record LostAnswer() implements AwsFault {
        @Override
        public String toString() {
            return "lost answer";
        }
    }

    /** The connection is reset before the request has any effect. */
    record Reset() implements AwsFault {
        @Override
        public String toString() {
            return "connection reset";
        }
    }

    /** The answer has status 200 and makes no sense. */
    record Garbage() implements AwsFault {
        @Override
        public String toString() {
            return "garbage";
        }
    }

    /** The answer has status 200 and says nothing. */
    record Empty() implements AwsFault {
        @Override
        public String toString() {
            return "empty answer";
        }
    }

    /**
     * What is read is what was there some time ago.
     *
     * @param by how long ago
     */
    record StaleRead(Duration by) implements AwsFault {

        /**
         * Refuses what is not longer than zero.
         *
         * @param by how long ago
         */
        public StaleRead {
            if (Objects.requireNonNull(by, "by must not be null").isNegative() || by.isZero()) {
                throw new IllegalArgumentException("by must be longer than zero but was " + by);
            }
        }

        @Override
        public String toString() {
            return "stale by " + by;
        }
    }

    /**
     * Too many requests.
     *
     * @return the fault
     */
    static AwsFault throttled() {
        return new Throttled();
    }

    /**
     * The caller may not do that.
     *
     * @return the fault
     */
    static AwsFault denied() {
        return new Denied();
    }

    /**
     * The credentials have expired.
     *
     * @return the fault
     */
    static AwsFault expiredToken() {
        return new ExpiredToken();
    }

    /**
     * The service fails with status 500.
     *
     * @return the fault
     */
    static AwsFault internalError() {
        return new Broken();
    }

    /**
     * The answer comes late.
     *
     * @param by how late
     * @return the fault
     * @throws IllegalArgumentException if it is not longer than zero
     */
    static AwsFault slow(Duration by) {
        return new Slow(by);
    }

    /**
     * No answer ever comes.
     *
     * @return the fault
     */
    static AwsFault hanging() {
        return new Hanging();
    }

    /**
     * The request has its effect, and the connection is reset before the answer.
     *
     * @return the fault
     */
    static AwsFault lostAnswer() {
        return new LostAnswer();
    }

    /**
     * The connection is reset before the request has any effect.
     *
     * @return the fault
     */
    static AwsFault reset() {
        return new Reset();
    }

    /**
     * The answer has status 200 and makes no sense.
     *
     * @return the fault
     */
    static AwsFault garbage() {
        return new Garbage();
    }

    /**
     * The answer has status 200 and says nothing.
     *
     * @return the fault
     */
    static AwsFault empty() {
        return new Empty();
    }

    /**
     * What is read is what was there some time ago.
     *
     * @param by how long ago
     * @return the fault
     * @throws IllegalArgumentException if it is not longer than zero
     */
    static AwsFault staleRead(Duration by) {
        return new StaleRead(by);
    }

    /**
     * One of each fault, as they usually are, for drills that let each of them happen.
     *
     * @return also those after which a client knows all the same what it asked for, which {@link #noAnswers} leaves out
     */
    static List<AwsFault> catalogue() {
        return List.of(
                throttled(),
                denied(),
                expiredToken(),
                internalError(),
                slow(Duration.ofSeconds(2)),
                hanging(),
                lostAnswer(),
                reset(),
                garbage(),
                empty(),
                staleRead(Duration.ofSeconds(30)));
    }

    /**
     * Everything that keeps a client from an answer, for tests that try them all.
     *
     * @return one of each fault after which nothing is known
     */
    static List<AwsFault> noAnswers() {
        return List.of(throttled(), denied(), expiredToken(), internalError(), hanging(), reset(), garbage(), empty());
    }
}
