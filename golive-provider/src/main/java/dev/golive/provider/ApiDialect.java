package dev.golive.provider;

import java.time.Instant;
import java.util.Optional;

/**
 * How a provider speaks: the one place where it is decided what its errors mean, and what it says of its limits.
 * Implementations are immutable and thread-safe.
 */
public interface ApiDialect {

    /**
     * What people call the provider.
     *
     * @return the name, with which a sentence can begin
     */
    String provider();

    /**
     * What an answer means.
     *
     * @param answer the answer, of any status
     * @return empty if it is what was asked for
     */
    Optional<ApiProblem> problem(ApiResponse answer);

    /**
     * What an answer says of the requests that are left.
     *
     * @param answer the answer, of any status
     * @param now the time
     * @return the limit, empty if the answer does not say
     */
    default Optional<RateLimit> rateLimit(ApiResponse answer, Instant now) {
        return Optional.empty();
    }

    /**
     * How many requests in a second the provider takes.
     *
     * @param known what it said of its limits last
     * @return the number, at least 1
     */
    default int perSecond(Optional<RateLimit> known) {
        return 10;
    }
}
