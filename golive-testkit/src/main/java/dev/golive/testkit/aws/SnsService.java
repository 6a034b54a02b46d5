package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/** SNS. */
final class SnsService extends FakeService {

    private final Map<String, FakeTopic> topics = new LinkedHashMap<>();

    SnsService(FakeAws aws) {
        super(aws, "sns", "http://sns.amazonaws.com/doc/2010-03-31/");
        reads("ListSubscriptionsByTopic", ListSubscriptionsByTopicRequest::builder, this::subscriptions);
    }

    FakeTopic topic(String name) {
        return topics.computeIfAbsent(arn(name), key -> new FakeTopic(aws(), name));
    }

    @Override
    AwsError denied(String operation) {
        AwsError usual = super.denied(operation);
        return new AwsError(403, "AuthorizationError", usual.text());
    }

    private ListSubscriptionsByTopicResponse subscriptions(ListSubscriptionsByTopicRequest request, Instant now) {
        String arn = request.topicArn();
        FakeTopic topic = topics.get(arn);
        if (topic == null) {
            throw new AwsError(404, "NotFound", "Topic does not exist");
        }
        Page<FakeTopic.Subscription> page = page(topic.subscriptions(), request.nextToken(), null, "InvalidParameter");
        return ListSubscriptionsByTopicResponse.builder()
                .subscriptions(page.items().stream()
                        .map(subscription -> Subscription.builder()
                                .subscriptionArn(subscription.arn(arn, now))
                                .owner(aws().account())
                                .protocol(subscription.protocol)
                                .endpoint(subscription.endpoint)
                                .topicArn(arn)
                                .build())
                        .toList())
                .nextToken(page.next())
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        topics.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> topics.remove(key, one))));
    }
}
