package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnsTopicTest extends OnFakeAws {

    private static final String JANE = "jane@shop.example";

    private final Check reaches = aws.topic("alarms").hasConfirmedSubscription();

    @Test
    void a_confirmed_subscription_passes_without_saying_whose_it_is() {
        fake.topic("alarms").subscribe("email", JANE).confirm(JANE);

        Outcome outcome = examine(reaches);

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(outcome.toString()).contains("confirmed by email: 1").doesNotContain("jane");
    }

    @Test
    void a_pending_subscription_reaches_nobody_until_it_is_confirmed() throws InterruptedException {
        fake.topic("alarms").subscribe("email", JANE).confirm(JANE, Instant.parse("2027-03-02T09:10:00Z"));

        Outcome outcome = examine(reaches);

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("it has no confirmed subscription");

        time.advance(Duration.ofMinutes(10));

        assertThat(examine(reaches)).matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void a_deleted_subscription_reaches_nobody() {
        fake.topic("alarms").subscribe("email", JANE).confirm(JANE).unsubscribe(JANE);

        assertThat(examine(reaches)).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_topic_without_subscriptions_reaches_nobody() {
        fake.topic("alarms");

        Outcome outcome = examine(reaches);

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("it has no subscription");
    }

    @Test
    void a_topic_that_is_not_there_fails() {
        Outcome outcome = examine(reaches);

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no topic alarms in eu-north-1");
    }

    @Test
    void another_way_is_another_subscription() {
        fake.topic("alarms").subscribe("email", JANE).confirm(JANE).subscribe("https", "https://hook.example");

        assertThat(examine(aws.topic("alarms").hasConfirmedSubscription("email")))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(aws.topic("alarms").hasConfirmedSubscription("https")))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_subscription_on_the_third_page_is_found() {
        fake.topic("alarms")
                .subscribe("email", "a@shop.example")
                .subscribe("email", "b@shop.example")
                .subscribe("email", JANE)
                .confirm(JANE);
        fake.pageSize(1);

        assertThat(examine(reaches)).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("sns:ListSubscriptionsByTopic")).hasSize(3);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.topic("alarms").subscribe("email", JANE).confirm(JANE);

        assertThat(notUnknown("sns", reaches)).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.topic("alarms").subscribe("email", JANE).confirm(JANE);
        fake.faultNext(2, "sns:ListSubscriptionsByTopic", AwsFault.throttled());

        assertThat(examine(reaches)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void only_this_topic_must_be_allowed() {
        assertThat(reaches.permissions())
                .extracting(permission -> permission.resource())
                .containsExactly("arn:aws:sns:eu-north-1:123456789012:alarms");
    }
}
