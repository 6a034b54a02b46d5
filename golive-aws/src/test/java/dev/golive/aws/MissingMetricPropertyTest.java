package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.rollback.MetricSource.Counts;
import dev.golive.testkit.Examine;
import dev.golive.testkit.Sampling;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.FakeAws;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** What CloudWatch does not tell is never taken for zero, unless that was declared; what it tells is never changed. */
class MissingMetricPropertyTest {

    private static final Instant SLOT = Instant.parse("2027-03-02T08:55:00Z");

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void absence_is_zero_only_where_it_was_declared(
            @ForAll @IntRange(min = -1, max = 50) int requests,
            @ForAll @IntRange(min = -1, max = 50) int errors,
            @ForAll boolean silentWhenIdle,
            @ForAll boolean silentWhenFine) {
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        try (FakeAws fake = FakeAws.start(time)) {
            if (requests >= 0) {
                fake.metric("Shop", "Requests", Map.of()).add(SLOT, requests);
            }
            if (errors >= 0) {
                fake.metric("Shop", "Errors", Map.of()).add(SLOT, errors);
            }
            CloudWatchMetric source = Aws.account(fake.account(), fake.region())
                    .credentials(fake.accessKeyId(), fake.secretAccessKey())
                    .metrics("Shop")
                    .errors("Errors")
                    .of("Requests");
            if (silentWhenIdle) {
                source = source.silentWhenIdle();
            }
            if (silentWhenFine) {
                source = source.silentWhenFine();
            }
            Sampling sampling = Sampling.of(source, SLOT, SLOT.plusSeconds(60));
            Examine.once(sampling).through(fake.network()).on(time).outcome();

            int total = Math.max(requests, 0);
            int bad = Math.max(errors, 0);
            boolean idle = silentWhenIdle && total == 0;
            boolean told = (requests >= 0 || silentWhenIdle) && (errors >= 0 || silentWhenFine || idle) && bad <= total;
            assertThat(sampling.counts()).isEqualTo(told ? Optional.of(Counts.of(bad, total)) : Optional.empty());
        }
    }
}
