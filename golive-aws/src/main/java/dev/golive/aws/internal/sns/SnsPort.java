package dev.golive.aws.internal.sns;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;

/** What golive asks of SNS. */
public final class SnsPort {

    private static final ClientType<SnsClientBuilder, SnsClient> CLIENT =
            ClientType.of(Service.SNS, SnsClient::builder, SnsClient.serviceMetadata());

    private static final Set<String> NO_TOPIC = Set.of("NotFound", "NotFoundException");

    /**
     * A subscription of a topic. Whom it reaches is left out.
     *
     * @param protocol for example {@code email}
     * @param arn its ARN, or a word of SNS for one that has none
     */
    public record Subscription(String protocol, String arn) {

        /** Whether it gets what is published: a pending or deleted one has a word in the place of its ARN. */
        public boolean isConfirmed() {
            return arn.startsWith("arn:");
        }
    }

    private final Calls calls;
    private final SnsClient client;

    private SnsPort(Calls calls, SnsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static SnsPort of(Calls calls) throws Exception {
        return new SnsPort(calls, calls.client(CLIENT));
    }

    /** The subscriptions of a topic, empty if there is no such topic. */
    public Optional<List<Subscription>> subscriptions(String topic) throws Exception {
        return calls.found(NO_TOPIC, () -> {
            List<Subscription> all = new ArrayList<>();
            for (ListSubscriptionsByTopicResponse page :
                    client.listSubscriptionsByTopicPaginator(request -> request.topicArn(topic))) {
                calls.listed(page.hasSubscriptions(), page.subscriptions(), "subscriptions")
                        .forEach(subscription -> all.add(new Subscription(
                                calls.said(subscription.protocol(), "the protocol of a subscription"),
                                calls.said(subscription.subscriptionArn(), "the ARN of a subscription"))));
            }
            return all;
        });
    }
}
