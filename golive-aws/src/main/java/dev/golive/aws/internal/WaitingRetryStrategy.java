package dev.golive.aws.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * The SDK's standard retries, with the waiting done on the time source of the run, and only as far as its time goes. A
 * request that changes something is repeated only if AWS says that it was not even looked at.
 */
final class WaitingRetryStrategy implements RetryStrategy {

    /** Without chance in the pauses, so that a run in virtual time is the same every time. */
    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelayWithoutJitter(Duration.ofMillis(100), Duration.ofSeconds(5));

    private static final BackoffStrategy PAUSES_WHEN_THROTTLED =
            BackoffStrategy.exponentialDelayWithoutJitter(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final RetryStrategy standard;

    private WaitingRetryStrategy(RetryStrategy standard) {
        this.standard = standard;
    }

    static WaitingRetryStrategy standard() {
        return new WaitingRetryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(3)
                .backoffStrategy(PAUSES)
                .throttlingBackoffStrategy(PAUSES_WHEN_THROTTLED)
                // a bucket shared by all checks would let the failures of one take away the attempts of another
                .circuitBreakerEnabled(false)
                .build());
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        return standard.acquireInitialToken(request);
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        Guard guard = Guard.current();
        if (guard.isWriting() && !Problems.isThrottling(request.failure())) {
            throw new TokenAcquisitionFailedException(
                    "not repeated, since it may have had an effect", request.failure());
        }
        RefreshRetryTokenResponse next = standard.refreshRetryToken(request);
        Instant due = guard.context().time().now().plus(next.delay());
        if (!due.isBefore(guard.deadline())) {
            throw new TokenAcquisitionFailedException("no time left for another attempt", request.failure());
        }
        try {
            guard.context().time().sleepUntil(due);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for another attempt");
        }
        return RefreshRetryTokenResponse.create(next.token(), Duration.ZERO);
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        return standard.recordSuccess(request);
    }

    @Override
    public int maxAttempts() {
        return standard.maxAttempts();
    }

    @Override
    public StandardRetryStrategy.Builder toBuilder() {
        throw new UnsupportedOperationException("this strategy is complete");
    }
}
