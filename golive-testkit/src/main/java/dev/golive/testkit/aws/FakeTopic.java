package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of SNS in {@link FakeAws}.
 *
 * <p>A subscription is pending until it is confirmed. Options change this object and return it. Thread-safe.
 */
public final class FakeTopic {

    /** A subscription, and what has become of it. */
    static final class Subscription {
        final String protocol;
        final String endpoint;
        final String id;

        @Nullable
        Instant confirmedAt;

        @Nullable
        Instant deletedAt;

        Subscription(String protocol, String endpoint, String id) {
            this.protocol = protocol;
            this.endpoint = endpoint;
            this.id = id;
        }

        /** Its ARN, or the word that SNS has for one without. */
        boolean isConfirmed(Instant now) {
            boolean deleted = deletedAt != null && !deletedAt.isAfter(now);
            return !deleted && confirmedAt != null && !confirmedAt.isAfter(now);
        }

        String arn(String topic, Instant now) {
            if (deletedAt != null && !deletedAt.isAfter(now)) {
                return "Deleted";
            }
            return confirmedAt != null && !confirmedAt.isAfter(now) ? topic + ":" + id : "PendingConfirmation";
        }
    }

    private final FakeAws aws;
    private final String name;
    private final List<Subscription> subscriptions = new ArrayList<>();

    FakeTopic(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Somebody is subscribed, and has yet to confirm it.
     *
     * @param protocol for example {@code email}
     * @param endpoint for example an e-mail address
     * @return this
     */
    public FakeTopic subscribe(String protocol, String endpoint) {
        Objects.requireNonNull(protocol, "protocol must not be null");
        Objects.requireNonNull(endpoint, "endpoint must not be null");
        return aws.within(() -> {
            subscriptions.add(
                    new Subscription(protocol, endpoint, String.format("00000000-0000-4000-a000-%012d", aws.number())));
            return this;
        });
    }

    /**
     * Somebody confirms a subscription now.
     *
     * @param endpoint whose
     * @return this
     * @throws IllegalArgumentException if nobody is subscribed there
     */
    public FakeTopic confirm(String endpoint) {
        return confirm(endpoint, aws.time().now());
    }

    /**
     * Somebody confirms a subscription.
     *
     * @param endpoint whose
     * @param at when
     * @return this
     * @throws IllegalArgumentException if nobody is subscribed there
     */
    public FakeTopic confirm(String endpoint, Instant at) {
        Objects.requireNonNull(at, "at must not be null");
        return change(endpoint, subscription -> subscription.confirmedAt = at);
    }

    /**
     * Somebody gives up a subscription now; SNS lists it for a while.
     *
     * @param endpoint whose
     * @return this
     * @throws IllegalArgumentException if nobody is subscribed there
     */
    public FakeTopic unsubscribe(String endpoint) {
        Instant now = aws.time().now();
        return change(endpoint, subscription -> subscription.deletedAt = now);
    }

    private FakeTopic change(String endpoint, Consumer<Subscription> change) {
        Objects.requireNonNull(endpoint, "endpoint must not be null");
        return aws.within(() -> {
            change.accept(subscriptions.stream()
                    .filter(subscription -> subscription.endpoint.equals(endpoint))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "endpoint must be that of a subscription but was " + endpoint)));
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("sns", name, "topic " + name).add("gone", "does not exist", gone);
        for (Subscription one : subscriptions) {
            String who = one.protocol + " " + one.endpoint;
            if (one.isConfirmed(drifts.now())) {
                own.add(
                                who + " unconfirmed",
                                "has a subscription of " + who + " that nobody has confirmed",
                                () -> change(one.endpoint, found -> found.confirmedAt = null),
                                one.endpoint)
                        .add(
                                who + " unsubscribed",
                                "has no subscription of " + who,
                                () -> unsubscribe(one.endpoint),
                                one.endpoint);
            }
        }
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }
}
