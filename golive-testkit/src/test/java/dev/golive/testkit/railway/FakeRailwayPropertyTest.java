package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of deployments whatever is done to a service, and whenever. */
class FakeRailwayPropertyTest {

    private static final Set<String> LIVE = Set.of("SUCCESS", "SLEEPING", "CRASHED");

    private static void act(FakeRailwayService api, int what, int number) {
        String commit = "c" + number;
        switch (what) {
            case 0 -> api.pushed(commit);
            case 1 -> api.deployedBySomebody(commit);
            case 2 -> api.deployingBySomebody(commit);
            case 3 -> api.pushedElsewhere(commit);
            case 4 -> api.failingBuilds().pushed(commit).mend();
            case 5 -> api.failingHealthchecks().pushed(commit).mend();
            case 6 -> api.crashing().pushed(commit).mend();
            case 7 -> api.waitingForChecks().pushed(commit).mend();
            case 8 -> api.checksPassed();
            case 9 -> api.live().ifPresent(live -> api.crashed(1));
            case 10 -> api.live().ifPresent(live -> api.asleep());
            case 11 -> api.live().ifPresent(live -> api.removedBySomebody(live.id()));
            default -> api.deployed(commit);
        }
    }

    @Property(tries = 150)
    void never_are_two_live_and_what_was_removed_or_failed_stays_so(
            @ForAll @Size(max = 12) List<@IntRange(max = 12) Integer> actions,
            @ForAll @Size(min = 12, max = 12) List<@IntRange(max = 120) Integer> pauses)
            throws InterruptedException {
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        try (FakeRailway fake = FakeRailway.start(time)) {
            FakeRailwayService api = fake.service("api").source("acme/api", "main");
            Set<String> ended = new HashSet<>();
            for (int i = 0; i < actions.size(); i++) {
                act(api, actions.get(i), i);
                time.advance(Duration.ofSeconds(pauses.get(i)));
                List<RailwayDeployment> all = api.deployments();
                assertThat(all.stream()
                                .filter(one -> LIVE.contains(one.status()))
                                .count())
                        .as("%s", all)
                        .isLessThanOrEqualTo(1);
                for (RailwayDeployment one : all) {
                    boolean over = Set.of("REMOVED", "FAILED", "SKIPPED").contains(one.status());
                    assertThat(ended.contains(one.id()) && !over).as("%s", one).isFalse();
                    if (over) {
                        ended.add(one.id());
                    }
                }
            }
        }
    }
}
