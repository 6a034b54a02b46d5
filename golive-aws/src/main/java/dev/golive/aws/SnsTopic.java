package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.sns.SnsPort;
import dev.golive.aws.internal.sns.SnsPort.Subscription;
import dev.golive.provider.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic of SNS, to which for example alarms are published.
 *
 * <p>Whom its subscriptions reach is personal data and never shown. Immutable and thread-safe.
 */
public final class SnsTopic {

    private final Aws aws;
    private final String name;

    SnsTopic(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Whether anybody gets what is published: at least one subscription is confirmed. One by e-mail is pending until
     * somebody has clicked on the link in it.
     *
     * @return the check
     */
    public Check hasConfirmedSubscription() {
        return check(this + " has a confirmed subscription", null);
    }

    /**
     * Whether anybody gets what is published in one way.
     *
     * @param protocol for example {@code email}, {@code sms} or {@code https}
     * @return the check
     */
    public Check hasConfirmedSubscription(String protocol) {
        Given.text(protocol, "protocol");
        return check(this + " has a confirmed subscription by " + protocol, protocol);
    }

    private Check check(String sentence, @Nullable String protocol) {
        String arn = aws.arn("sns", name);
        return AwsCheck.of(aws, Service.SNS, sentence, calls -> {
                    Optional<List<Subscription>> found = SnsPort.of(calls).subscriptions(arn);
                    return found.isEmpty() ? Outcome.failed("there is no " + this) : judge(found.get(), protocol);
                })
                .needing("sns:ListSubscriptionsByTopic", arn);
    }

    private static Outcome judge(List<Subscription> subscriptions, @Nullable String protocol) {
        Map<String, Integer> confirmed = new TreeMap<>();
        int waiting = 0;
        for (Subscription subscription : subscriptions) {
            if (subscription.isConfirmed()) {
                confirmed.merge(subscription.protocol().toLowerCase(Locale.ROOT), 1, Integer::sum);
            } else {
                waiting++;
            }
        }
        List<Fact> facts = new ArrayList<>();
        confirmed.forEach((by, count) -> facts.add(Fact.of("confirmed by " + by, count)));
        facts.add(Fact.of("not confirmed", waiting));
        boolean enough =
                protocol == null ? !confirmed.isEmpty() : confirmed.containsKey(protocol.toLowerCase(Locale.ROOT));
        return (enough
                        ? Outcome.passed()
                        : Outcome.failed(
                                subscriptions.isEmpty()
                                        ? "it has no subscription"
                                        : "it has no confirmed subscription"
                                                + (protocol == null ? "" : " by " + protocol)))
                .with(facts);
    }

    /**
     * What it is.
     *
     * @return for example {@code topic alarms in eu-north-1}
     */
    @Override
    public String toString() {
        return "topic " + name + " in " + aws.region();
    }
}
