package dev.golive.railway;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.PlanRefusedException;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.FakeJournal;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.RailwayRequest;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A launch that deploys a service of Railway, watches it, and takes it back. */
@Timeout(60)
class RailwayLaunchTest {

    private static final String V1 = "aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1";
    private static final String V2 = "bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2";
    private static final LocalDateTime PLANNED = LocalDateTime.of(2027, 3, 2, 10, 0);
    private static final Person CEO = Person.human("eve", "ceo");
    private static final Person ENGINEER = Person.human("bob", "engineer");

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final TimeSource.Turn turn = time.join("test");
    private final FakeRailway fake = FakeRailway.start(time);
    private final Railway shop =
            Railway.projectToken(fake.projectToken(), "shop", "production").plan(RailwayPlan.PRO);
    private final RailwayService api = shop.service("api");
    private final FakeChannel room = FakeChannel.named("#launch", time);
    private final GoLive golive =
            GoLive.builder().time(time).network(fake.network()).build();
    private final Check healthy = new Healthy();

    private Launch launch;

    /** The new version is ill. */
    private final class Healthy implements Check {
        @Override
        public String sentence() {
            return "the shop is healthy";
        }

        @Override
        public Outcome examine(CheckContext context) {
            return fake.service("api").live().orElseThrow().commit().equals(V2)
                    ? Outcome.failed("500")
                    : Outcome.passed();
        }
    }

    private record Served(FakeRailway fake, Capture<Release> release) implements Check {
        @Override
        public String sentence() {
            return "api serves what was deployed";
        }

        @Override
        public Set<Capture<?>> reads() {
            return Set.of(release);
        }

        @Override
        public Outcome examine(CheckContext context) {
            String expected = String.valueOf(context.read(release).commit());
            return fake.service("api").live().orElseThrow().commit().equals(expected)
                    ? Outcome.passed()
                    : Outcome.failed("it serves another");
        }
    }

    @BeforeEach
    void deployed() {
        fake.service("api").source("acme/api", "main").deployed(V1).commit(V2);
    }

    @AfterEach
    void stop() {
        if (launch != null) {
            launch.close();
        }
        turn.close();
        golive.close();
        fake.close();
        fake.verify();
    }

    private LaunchPlan plan(RailwayService service, int watched) {
        Deploy deploy = service.deploy(V2);
        Probe probe = Probe.of("health", healthy).every(Duration.ofSeconds(30));
        Checklist before = Checklist.named("before")
                .require(service.isReadyToDeploy("main").as("B1"))
                .build();
        return LaunchPlan.named("Shop 1.0", ZoneId.of("UTC"))
                .role("ceo", "says GO")
                .role("engineer", "operates")
                .moment(Moment.at(T.minusMinutes(30)).check(before).ownedBy("engineer"))
                .moment(Moment.at(T)
                        .then(deploy)
                        .identity(deploy, new Served(fake, deploy.release()))
                        .ownedBy("engineer"))
                .watch(Watch.probing(probe)
                        .until(H.plusHours(watched))
                        .heartbeat(FakeChannel.named("outside", time), Duration.ofMinutes(5)))
                .rollback(RollbackPolicy.automatic(service)
                        .when(probe.failingLongerThan(Duration.ofMinutes(3)))
                        .announce(room)
                        .budget(Duration.ofMinutes(10))
                        .approvedBy("engineer")
                        .aftercare(Duration.ofMinutes(5))
                        .verify(healthy)
                        .build())
                .inform(room)
                .escalate(Duration.ofMinutes(30), FakeChannel.named("boss", time))
                .build();
    }

    private void arm(LaunchPlan plan) {
        Environment production = Environment.named("staging").account("railway", "shop/production");
        launch = plan.arm(golive, FakeJournal.empty(), production, PLANNED, ENGINEER);
    }

    private LaunchState until(Predicate<LaunchState> reached) throws InterruptedException {
        Instant end = time.now().plus(Duration.ofDays(1));
        while (!reached.test(launch.state()) && time.now().isBefore(end)) {
            Instant next = launch.advance();
            if (reached.test(launch.state()) || launch.state().isFinal() && next.equals(Instant.MAX)) {
                break;
            }
            time.sleepUntil(next.isBefore(end) ? next : end);
        }
        return launch.state();
    }

    private void go() throws InterruptedException {
        until(state -> launch.asksDecisionOn().isPresent());
        assertThat(launch.control()
                        .decide(CEO, launch.asksDecisionOn().orElseThrow(), "looks good")
                        .accepted())
                .isTrue();
    }

    @Test
    void a_launch_deploys_a_service_sees_that_it_is_ill_and_takes_it_back() throws Exception {
        arm(plan(api, 2));
        go();
        assertThat(until(state -> state == LaunchState.WATCHING)).isEqualTo(LaunchState.WATCHING);
        assertThat(fake.service("api").live().orElseThrow().commit()).isEqualTo(V2);

        LaunchState end = until(LaunchState::isFinal);

        assertThat(end).isEqualTo(LaunchState.ROLLED_BACK);
        assertThat(fake.service("api").live().orElseThrow().commit()).isEqualTo(V1);
        assertThat(fake.mutations())
                .extracting(RailwayRequest::field)
                .containsExactly("serviceInstanceDeployV2", "deploymentRollback");
    }

    @Test
    void a_watch_that_outlasts_the_images_is_refused_unless_a_rebuild_is_agreed_to() {
        RailwayService free = shop.plan(RailwayPlan.FREE).service("api");

        assertThatThrownBy(() -> arm(plan(free, 48)))
                .isInstanceOf(PlanRefusedException.class)
                .hasMessageContaining("from then on only a rebuild brings it back");

        arm(plan(free.rebuildingWhenGone(), 48));
        assertThat(launch.state()).isEqualTo(LaunchState.ARMED);
        assertThat(launch.breakGlassCard()).contains("Railway dashboard");
    }

    @Test
    void a_launch_that_is_armed_a_week_before_counts_from_the_day_on_which_the_old_one_is_replaced() {
        RailwayService pro = shop.plan(RailwayPlan.PRO).service("api");
        Environment production = Environment.named("staging").account("railway", "shop/production");

        launch = plan(pro, 48).arm(golive, FakeJournal.empty(), production, PLANNED.plusDays(7), ENGINEER);

        assertThat(launch.state()).isEqualTo(LaunchState.ARMED);
    }
}
