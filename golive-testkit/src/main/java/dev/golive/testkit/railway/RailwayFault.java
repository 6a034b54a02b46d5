package dev.golive.testkit.railway;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Something that goes wrong between a client and {@link FakeRailway}, in the shape in which Railway shows it. Immutable.
 */
public sealed interface RailwayFault {

    /**
     * Too many requests: status 429, with {@code Retry-After} and a body that is no GraphQL.
     *
     * @param retryAfter after how long another attempt is welcome
     */
    record Throttled(Duration retryAfter) implements RailwayFault {

        /**
         * Refuses what cannot be.
         *
         * @param retryAfter after how long another attempt is welcome
         */
        public Throttled {
            if (Objects.requireNonNull(retryAfter, "retryAfter must not be null")
                            .isNegative()
                    || retryAfter.isZero()) {
                throw new IllegalArgumentException("retryAfter must be longer than zero but was " + retryAfter);
            }
        }

        @Override
        public String toString() {
            return "throttled for " + retryAfter;
        }
    }

    /**
     * Refused at the edge: status 429 with {@code error code: 1015}, without the headers of the rate limit.
     */
    record EdgeLimited() implements RailwayFault {
        @Override
        public String toString() {
            return "limited at the edge";
        }
    }

    /**
     * Status 200 and {@code Not Authorized}.
     */
    record NotAuthorized() implements RailwayFault {
        @Override
        public String toString() {
            return "not authorized";
        }
    }

    /**
     * Status 200 and {@code Problem processing request}, without a path or a code.
     */
    record ProblemProcessing() implements RailwayFault {
        @Override
        public String toString() {
            return "problem processing";
        }
    }

    /**
     * No answer from behind the edge.
     *
     * @param status 502, 503 or 504
     */
    record Unavailable(int status) implements RailwayFault {

        /**
         * Refuses what cannot be.
         *
         * @param status 502, 503 or 504
         */
        public Unavailable {
            if (status < 502 || status > 504) {
                throw new IllegalArgumentException("status must be 502, 503 or 504 but was " + status);
            }
        }

        @Override
        public String toString() {
            return "status " + status;
        }
    }

    /**
     * Status 200 and an error with the code {@code INTERNAL_SERVER_ERROR}.
     *
     * @param message the message of the error
     */
    record Refused(String message) implements RailwayFault {

        /**
         * Refuses what cannot be.
         *
         * @param message the message of the error
         */
        public Refused {
            if (Objects.requireNonNull(message, "message must not be null").isBlank()) {
                throw new IllegalArgumentException("message must not be blank");
            }
        }

        @Override
        public String toString() {
            return "refused: " + message;
        }
    }

    /**
     * The answer comes late.
     *
     * @param by how late
     */
    record Slow(Duration by) implements RailwayFault {

        /**
         * Refuses what cannot be.
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

    /**
     * No answer ever comes.
     */
    record Hanging() implements RailwayFault {
        @Override
        public String toString() {
            return "hanging";
        }
    }

    /**
     * The request has its effect, and the connection is reset before the answer.
     */
    record LostAnswer() implements RailwayFault {
        @Override
        public String toString() {
            return "lost answer";
        }
    }

    /**
     * The connection is reset before the request has any effect.
     */
    record Reset() implements RailwayFault {
        @Override
        public String toString() {
            return "connection reset";
        }
    }

    /**
     * The answer has status 200 and makes no sense.
     */
    record Garbage() implements RailwayFault {
        @Override
        public String toString() {
            return "garbage";
        }
    }

    /**
     * The answer has status 200 and is <code>{}</code>.
     */
    record Empty() implements RailwayFault {
        @Override
        public String toString() {
            return "empty answer";
        }
    }

    /**
     * The answer has status 200, null for data, and no errors.
     */
    record NullData() implements RailwayFault {
        @Override
        public String toString() {
            return "null data";
        }
    }

    /**
     * The answer has status 200 and another value than the true one, which need not be what the schema allows.
     *
     * @param json the value of the field that was asked for
     */
    record Saying(String json) implements RailwayFault {

        /**
         * Refuses what cannot be.
         *
         * @param json the value of the field that was asked for
         */
        public Saying {
            if (Objects.requireNonNull(json, "json must not be null").isBlank()) {
                throw new IllegalArgumentException("json must not be blank");
            }
        }

        @Override
        public String toString() {
            return "saying " + json;
        }
    }

    /**
     * The request is answered with data and errors: every list lacks its last element.
     */
    record Partial() implements RailwayFault {
        @Override
        public String toString() {
            return "partial answer";
        }
    }

    /**
     * What is read is what was there some time ago.
     *
     * @param by how long ago
     */
    record StaleRead(Duration by) implements RailwayFault {

        /**
         * Refuses what cannot be.
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
     * Too many requests: status 429 with {@code Retry-After: 30}.
     *
     * @return the fault
     */
    static RailwayFault throttled() {
        return throttled(Duration.ofSeconds(30));
    }

    /**
     * Too many requests: status 429, with {@code Retry-After} and a body that is no GraphQL.
     *
     * @param retryAfter after how long another attempt is welcome
     * @return the fault
     * @throws IllegalArgumentException if it is not longer than zero
     */
    static RailwayFault throttled(Duration retryAfter) {
        return new Throttled(retryAfter);
    }

    /**
     * Refused at the edge: status 429 with {@code error code: 1015}, without the headers of the rate limit.
     *
     * @return the fault
     */
    static RailwayFault edgeLimited() {
        return new EdgeLimited();
    }

    /**
     * Status 200 and {@code Not Authorized}.
     *
     * @return the fault
     */
    static RailwayFault notAuthorized() {
        return new NotAuthorized();
    }

    /**
     * Status 200 and {@code Problem processing request}, without a path or a code.
     *
     * @return the fault
     */
    static RailwayFault problemProcessing() {
        return new ProblemProcessing();
    }

    /**
     * Status 503, and a page instead of an answer.
     *
     * @return the fault
     */
    static RailwayFault unavailable() {
        return new Unavailable(503);
    }

    /**
     * A status that says that Railway is not there, and a page instead of an answer.
     *
     * @param status 502, 503 or 504
     * @return the fault
     * @throws IllegalArgumentException if it is another one
     */
    static RailwayFault unavailable(int status) {
        return new Unavailable(status);
    }

    /**
     * Status 200 and an error that says nothing more.
     *
     * @return the fault
     */
    static RailwayFault internalError() {
        return new Refused("Internal server error");
    }

    /**
     * Status 200 and an error with the code {@code INTERNAL_SERVER_ERROR}.
     *
     * @param message the message of the error
     * @return the fault
     * @throws IllegalArgumentException if it is blank
     */
    static RailwayFault refused(String message) {
        return new Refused(message);
    }

    /**
     * The answer comes late.
     *
     * @param by how late
     * @return the fault
     * @throws IllegalArgumentException if it is not longer than zero
     */
    static RailwayFault slow(Duration by) {
        return new Slow(by);
    }

    /**
     * No answer ever comes.
     *
     * @return the fault
     */
    static RailwayFault hanging() {
        return new Hanging();
    }

    /**
     * The request has its effect, and the connection is reset before the answer.
     *
     * @return the fault
     */
    static RailwayFault lostAnswer() {
        return new LostAnswer();
    }

    /**
     * The connection is reset before the request has any effect.
     *
     * @return the fault
     */
    static RailwayFault reset() {
        return new Reset();
    }

    /**
     * The answer has status 200 and makes no sense.
     *
     * @return the fault
     */
    static RailwayFault garbage() {
        return new Garbage();
    }

    /**
     * The answer has status 200 and is <code>{}</code>.
     *
     * @return the fault
     */
    static RailwayFault empty() {
        return new Empty();
    }

    /**
     * The answer has status 200, null for data, and no errors.
     *
     * @return the fault
     */
    static RailwayFault nullData() {
        return new NullData();
    }

    /**
     * The answer has status 200 and another value than the true one, which need not be what the schema allows: for tests of
     * what a client makes of unknown words and missing members. The request has no effect.
     *
     * @param json the value of the field that was asked for, in JSON
     * @return the fault
     * @throws IllegalArgumentException if it is blank
     */
    static RailwayFault saying(String json) {
        return new Saying(json);
    }

    /**
     * The request is answered with data and errors: every list lacks its last element.
     *
     * @return the fault
     */
    static RailwayFault partial() {
        return new Partial();
    }

    /**
     * What is read is what was there some time ago.
     *
     * @param by how long ago
     * @return the fault
     * @throws IllegalArgumentException if it is not longer than zero
     */
    static RailwayFault staleRead(Duration by) {
        return new StaleRead(by);
    }

    /**
     * One of each fault with its usual parameters, but for {@link Saying}, which has none: those of {@link #noAnswers()}, of
     * 502 and 503 only the latter, and those after which a client has an answer, or may look for one: a slow one, one that
     * is lost after the request had its effect, and one that is ten minutes old.
     *
     * @return one of each, the same ones each time
     */
    static List<RailwayFault> catalogue() {
        return List.of(
                throttled(),
                edgeLimited(),
                notAuthorized(),
                problemProcessing(),
                unavailable(),
                internalError(),
                slow(Duration.ofSeconds(5)),
                hanging(),
                lostAnswer(),
                reset(),
                garbage(),
                empty(),
                nullData(),
                partial(),
                staleRead(Duration.ofMinutes(10)));
    }

    /**
     * Everything that keeps a client from an answer, for tests that try them all.
     *
     * @return one of each fault after which nothing is known
     */
    static List<RailwayFault> noAnswers() {
        return List.of(
                throttled(),
                edgeLimited(),
                notAuthorized(),
                problemProcessing(),
                unavailable(),
                unavailable(502),
                internalError(),
                hanging(),
                reset(),
                garbage(),
                empty(),
                nullData(),
                partial());
    }
}
