package dev.golive.launch;

import static dev.golive.time.Offset.T;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Conduct;
import dev.golive.launch.Parts.Asked;
import dev.golive.launch.Parts.Doing;
import dev.golive.launch.Parts.Requests;
import dev.golive.launch.Parts.Site;
import dev.golive.rollback.LastingTrigger;
import dev.golive.rollback.MissingData;
import dev.golive.rollback.Percent;
import dev.golive.rollback.Percentile;
import dev.golive.rollback.PreExisting;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Rate;
import dev.golive.rollback.RateTrigger;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A launch that is taken up with another plan is noticed by its digest: whatever decides must be in it. */
class PlanDigestTest {

    private static final Requests REQUESTS = new Requests("requests", minutes(1));
    private static final RateTrigger RATE =
            Rate.of(REQUESTS).exceeds(Percent.percent(5)).within(minutes(5)).as("rate");
    private static final Probe HEALTH =
            Probe.of("health", new Asked("it answers")).every(seconds(30));
    private static final LastingTrigger LASTING = HEALTH.failingFor(minutes(3)).as("lasting");

    private static String digest(Trigger trigger) {
        RollbackPolicy policy = RollbackPolicy.of(Site.of("web"))
                .when(trigger)
                .whenReported("WRONG_BALANCE")
                .by("incident-commander")
                .verify(new Asked("it answers"))
                .build();
        return LaunchPlan.named("Shop", Shop.ZONE).rollback(policy).build().digest();
    }

    private static void differ(Trigger... triggers) {
        List<String> digests = Stream.of(triggers).map(PlanDigestTest::digest).toList();
        assertThat(digests).doesNotHaveDuplicates();
        assertThat(Stream.of(triggers).map(PlanDigestTest::digest)).containsExactlyElementsOf(digests);
    }

    @Test
    void every_option_of_a_trigger_is_in_the_digest() {
        differ(
                RATE,
                RATE.atLeastRequests(21),
                RATE.atLeastBad(6),
                RATE.whenMissing(MissingData.BREACHING),
                RATE.maxGap(minutes(3)),
                RATE.clearFor(minutes(3)),
                RATE.afterWarmUp(minutes(3)),
                RATE.maxUnknown(minutes(3)),
                RATE.dryRun(),
                RATE.onSomethingElse(),
                RATE.onSomethingElse(PreExisting.BLOCK_LAUNCH));
        differ(
                LASTING,
                LASTING.minSamples(4),
                HEALTH.failingLongerThan(minutes(3)).as("lasting"));
        Percentile.Above slow = Percentile.of(REQUESTS, 99).above(2000);
        differ(
                slow.lastingFor(minutes(5)).as("slow"),
                slow.atLeastRequests(7).lastingFor(minutes(5)).as("slow"),
                slow.inSlots(3, 5).as("slow"),
                slow.atLeastRequests(7).inSlots(3, 5).as("slow"));
    }

    @Test
    void also_inside_a_combination() {
        differ(
                Trigger.anyOf(RATE, LASTING).as("either"),
                Trigger.anyOf(RATE.atLeastRequests(21), LASTING).as("either"),
                Trigger.anyOf(RATE, LASTING).as("either").clearFor(minutes(7)));
    }

    @Test
    void how_often_an_action_is_observed_is_in_the_digest_too() {
        List<String> digests = Stream.of(seconds(5), seconds(6))
                .map(PlanDigestTest::observedEvery)
                .toList();
        assertThat(digests).doesNotHaveDuplicates();
    }

    private static String observedEvery(Duration pause) {
        return LaunchPlan.named("Shop", Shop.ZONE)
                .moment(Moment.at(T)
                        .then(Doing.of("flag").with("flag", Conduct.standard().observedEvery(pause))))
                .build()
                .digest();
    }
}
