package dev.golive.testkit;

import static dev.golive.Observation.State.AT_TARGET;
import static dev.golive.Observation.State.NOT_AT_TARGET;
import static dev.golive.Observation.State.REFUSED;
import static dev.golive.Observation.State.SOMEWHERE_ELSE;
import static dev.golive.Observation.State.UNDER_WAY;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.Finding;
import dev.golive.InvalidChecklistException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeComponentTest {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final Instant start = time.now();
    private final FakeComponent web = FakeComponent.named("web", time)
            .releases("39", "40")
            .deploysIn(minutes(2))
            .rollsBackIn(seconds(20));
    private final Perform perform = Perform.on(time);

    private static Release release(String id) {
        return Release.of("web", id);
    }

    private Action back(String id) {
        return web.driver().backTo(release(id));
    }

    private Optional<Instant> keptUntil(String id) throws Exception {
        return perform.ask(web, (driver, context) -> driver.keptUntil(release(id), context));
    }

    private void pass(Duration span) throws InterruptedException {
        time.advance(span);
    }

    @Test
    void a_deployment_is_accepted_at_once_and_live_after_its_time() throws Exception {
        Deploy deploy = web.deploy("41");
        assertThat(deploy.id()).isEqualTo("deploy-web-41");
        assertThat(perform.observe(deploy).state()).isEqualTo(NOT_AT_TARGET);

        Receipt receipt = perform.apply(deploy);
        assertThat(receipt.id()).isEqualTo("web-1");
        assertThat(time.now()).isEqualTo(start);
        assertThat(perform.observe(deploy).state()).isEqualTo(UNDER_WAY);
        assertThat(web.liveNow()).contains(release("40"));

        pass(minutes(2).minusMillis(1));
        assertThat(perform.observe(deploy).state()).isEqualTo(UNDER_WAY);
        pass(Duration.ofMillis(1));
        Observation live = perform.observe(deploy);
        assertThat(live.state()).isEqualTo(AT_TARGET);
        assertThat(live.yielded()).contains(release("41"));
        assertThat(perform.ask(web, Component.Driver::live)).contains(release("41"));
        assertThat(perform.ask(web, Component.Driver::previous)).contains(release("40"));
    }

    @Test
    void a_rollback_after_it_takes_its_own_time() throws Exception {
        perform.toTheEnd(web.deploy("41"));
        assertThat(time.now()).isEqualTo(start.plus(minutes(2)));
        Perform launched = perform.launched(release("41"));
        assertThat(launched.observe(back("40")).state()).isEqualTo(NOT_AT_TARGET);
        assertThat(launched.toTheEnd(back("40")).state()).isEqualTo(AT_TARGET);
        assertThat(time.now()).isEqualTo(start.plus(minutes(2)).plus(seconds(20)));
        assertThat(web.changes()).hasSize(2);
    }

    @Test
    void while_an_operation_goes_on_nobody_is_at_a_target() throws Exception {
        perform.apply(web.deploy("41"));
        Observation back = perform.observe(back("40"));
        assertThat(web.liveNow()).contains(release("40"));
        assertThat(back.state()).isEqualTo(UNDER_WAY);
        assertThat(back.found())
                .isEqualTo("deployment of 41 is in progress since 2027-03-02T09:00:00Z (operation web-1)");
        assertThatThrownBy(() -> perform.apply(back("39"))).hasMessageStartingWith("409: deployment of 41");
        pass(minutes(2));
        assertThat(perform.launched(release("41")).observe(back("40")).state()).isEqualTo(NOT_AT_TARGET);
    }

    @Test
    void what_is_at_its_target_needs_no_request() throws Exception {
        assertThat(perform.toTheEnd(back("40")).state()).isEqualTo(AT_TARGET);
        assertThat(web.applied()).isEmpty();
        assertThat(web.changes()).isEmpty();
    }

    @Test
    void requests_under_one_key_are_one_operation() throws Exception {
        Receipt first = perform.apply(web.deploy("41"));
        assertThat(perform.apply(web.deploy("41"))).isEqualTo(first);
        pass(minutes(5));
        assertThat(perform.apply(web.deploy("41"))).isEqualTo(first);
        pass(minutes(5));
        assertThat(web.changes()).hasSize(1);
        assertThat(web.applied()).hasSize(3);

        perform.key("another").apply(web.deploy("41"));
        pass(minutes(5));
        assertThat(web.changes()).hasSize(2);
        assertThat(web.changes("another"))
                .containsExactly(
                        new FakeComponent.Change("another", release("41"), release("41"), start.plus(minutes(12))));
    }

    @Test
    void a_key_that_was_used_for_something_else_is_refused() throws Exception {
        Perform same = perform.key("k");
        same.apply(web.deploy("41"));
        pass(minutes(2));
        assertThatThrownBy(() -> same.apply(web.deploy("42"))).hasMessageContaining("422: the key k");
        assertThatThrownBy(() -> same.apply(back("40"))).hasMessageContaining("422: the key k");
    }

    @Test
    void without_idempotency_every_request_is_an_operation_after_the_former() throws Exception {
        web.withoutIdempotency();
        perform.apply(web.deploy("41"));
        perform.apply(web.deploy("41"));
        pass(minutes(3));
        assertThat(web.changes()).hasSize(1);
        assertThat(perform.observe(web.deploy("41")).state()).isEqualTo(UNDER_WAY);
        pass(minutes(1));
        assertThat(web.changes())
                .extracting(FakeComponent.Change::at)
                .containsExactly(start.plus(minutes(2)), start.plus(minutes(4)));
    }

    @Test
    void what_the_launch_did_not_put_there_is_somewhere_else() throws Exception {
        perform.toTheEnd(web.deploy("41"));
        Perform launched = perform.launched(release("41"));
        web.deployedBySomebody("42");
        assertThat(launched.observe(back("40")).state()).isEqualTo(SOMEWHERE_ELSE);
        assertThat(launched.observe(back("40")).found())
                .isEqualTo("release 42 is live, which this launch did not put there");
        assertThat(launched.observe(web.deploy("41")).state()).isEqualTo(SOMEWHERE_ELSE);
        assertThat(launched.observe(back("42")).state()).isEqualTo(AT_TARGET);
        assertThat(web.changes()).last().extracting(FakeComponent.Change::by).isEqualTo("somebody else");
    }

    @Test
    void what_was_there_before_the_launch_put_anything_live_counts_as_its_own() throws Exception {
        assertThat(perform.observe(back("39")).state()).isEqualTo(NOT_AT_TARGET);
        assertThat(perform.observe(web.deploy("41")).state()).isEqualTo(NOT_AT_TARGET);
    }

    @Test
    void a_deployment_that_was_replaced_before_it_was_observed_is_somewhere_else() throws Exception {
        perform.apply(web.deploy("41"));
        pass(minutes(2));
        web.deployedBySomebody("42");
        assertThat(perform.observe(web.deploy("41")).state()).isEqualTo(SOMEWHERE_ELSE);
    }

    @Test
    void somebody_can_deploy_at_an_instant_also_while_nobody_looks() throws Exception {
        web.deployedBySomebody("42", start.plus(minutes(1)));
        perform.apply(web.deploy("41"));
        assertThat(web.liveNow()).contains(release("40"));
        pass(minutes(1));
        assertThat(web.liveNow()).contains(release("42"));
        pass(minutes(1));
        assertThat(web.liveNow()).contains(release("41"));
        assertThat(web.changes())
                .extracting(FakeComponent.Change::at)
                .containsExactly(start.plus(minutes(1)), start.plus(minutes(2)));
    }

    @Test
    void a_pruned_release_cannot_be_brought_back_and_is_no_loss_while_it_is_live() throws Exception {
        web.prune("39").prune("40");
        assertThat(perform.observe(back("39")).state()).isEqualTo(REFUSED);
        assertThat(perform.observe(back("39")).found()).isEqualTo("release 39 of web is gone; release 40 is live");
        assertThatThrownBy(() -> perform.apply(back("39"))).hasMessage("404: release 39 of web is gone");
        assertThat(perform.ask(web, (driver, context) -> driver.available(release("39"), context))
                        .finding())
                .isEqualTo(Finding.FAILED);
        assertThat(perform.observe(back("40")).state()).isEqualTo(AT_TARGET);
        assertThat(web.changes()).isEmpty();
    }

    @Test
    void a_release_that_never_was_is_not_there() throws Exception {
        assertThat(perform.observe(back("7")).state()).isEqualTo(REFUSED);
        assertThatThrownBy(() -> perform.apply(back("7"))).hasMessage("404: there is no release 7 of web");
        assertThat(perform.ask(web, (driver, context) -> driver.available(release("7"), context))
                        .finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void somebody_elses_release_comes_first_when_the_target_is_gone_too() throws Exception {
        perform.toTheEnd(web.deploy("41"));
        web.prune("40").deployedBySomebody("42");
        assertThat(perform.launched(release("41")).observe(back("40")).state()).isEqualTo(SOMEWHERE_ELSE);
    }

    @Test
    void a_release_is_kept_until_an_instant_which_the_driver_knows() throws Exception {
        web.keeps("39", start.plus(minutes(1)));
        assertThat(keptUntil("39")).contains(start.plus(minutes(1)));
        assertThat(keptUntil("40")).isEmpty();
        assertThat(perform.observe(back("39")).state()).isEqualTo(NOT_AT_TARGET);
        pass(minutes(1));
        assertThat(perform.observe(back("39")).state()).isEqualTo(REFUSED);
    }

    @Test
    void an_image_that_is_removed_on_the_way_fails_the_operation() throws Exception {
        perform.apply(back("39"));
        web.prune("39", start.plus(seconds(10)));
        pass(seconds(20));
        assertThat(web.liveNow()).contains(release("40"));
        assertThat(perform.observe(back("39")).state()).isEqualTo(REFUSED);
    }

    @Test
    void building_anew_is_the_other_way_back_and_needs_no_image() throws Exception {
        web.rebuildsIn(minutes(3)).prune("39");
        List<Action> ways = back("39").alternatives();
        assertThat(ways).extracting(Action::id).containsExactly("take-back-web-39", "rebuild-web-39");
        assertThat(perform.observe(ways.get(0)).state()).isEqualTo(REFUSED);
        assertThat(perform.toTheEnd(ways.get(1)).state()).isEqualTo(AT_TARGET);
        assertThat(time.now()).isEqualTo(start.plus(minutes(3)));
        assertThat(perform.ask(web, (driver, context) -> driver.available(release("39"), context))
                        .finding())
                .isEqualTo(Finding.PASSED);
    }

    @Test
    void nothing_is_live_before_a_first_launch() throws Exception {
        FakeComponent fresh = FakeComponent.named("api", time);
        assertThat(perform.ask(fresh, Component.Driver::live)).isEmpty();
        assertThat(perform.ask(fresh, Component.Driver::previous)).isEmpty();
        assertThat(perform.observe(fresh.deploy("1")).found()).isEqualTo("nothing is live");
        perform.toTheEnd(fresh.deploy("1"));
        assertThat(fresh.liveNow()).contains(Release.of("api", "1"));
        assertThat(perform.ask(fresh, Component.Driver::previous)).isEmpty();
        assertThat(fresh.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.from()).isNull());
    }

    /** Whoever asks for the previous release after a rollback gets the bad one. */
    @Test
    void the_previous_release_is_what_was_live_before_also_after_a_rollback() throws Exception {
        perform.toTheEnd(web.deploy("41"));
        perform.toTheEnd(back("40"));
        assertThat(perform.ask(web, Component.Driver::previous)).contains(release("41"));
    }

    @Test
    void every_call_is_recorded_in_a_log_that_others_share() throws Exception {
        CallLog log = new CallLog();
        FakeComponent api = FakeComponent.named("api", time).live("7").logging(log);
        web.logging(log);
        perform.ask(web, Component.Driver::live);
        perform.key("k-1").apply(api.deploy("8"));
        perform.ask(web, Component.Driver::holds);
        perform.key("k-2").observe(web.driver().backTo(release("39")));
        assertThat(log.calls())
                .extracting(Call::toString)
                .containsExactly("web live", "api apply 8", "web holds", "web observe 39");
        assertThat(log.writes()).containsExactly(new Call("api", Call.Kind.APPLY, "8", "k-1", start));
        assertThat(log.of("api")).isEqualTo(api.calls()).isEqualTo(api.applied());
        assertThat(log).hasToString("""
                2027-03-02T09:00:00Z web live
                2027-03-02T09:00:00Z api apply 8
                2027-03-02T09:00:00Z web holds
                2027-03-02T09:00:00Z web observe 39
                """);
    }

    @Test
    void what_it_touches_needs_and_reveals_is_declared_by_driver_and_actions() throws Exception {
        Secret token = Secret.found("token", "a-very-secret-token");
        Permission permission = new Permission("fake", "deploy", "web");
        web.touching(new Subject("fake", "shop")).needing(permission).secret(token);
        Component.Driver driver = web.driver();
        for (Action action : List.of(web.deploy("41"), back("40"))) {
            assertThat(action.touches())
                    .containsExactly(new Subject("fake", "shop"))
                    .isEqualTo(driver.touches());
            assertThat(action.permissions()).containsExactly(permission).isEqualTo(driver.permissions());
            assertThat(action.secrets()).containsExactly(token).isEqualTo(driver.secrets());
        }
        assertThat(perform.ask(web, Component.Driver::live)).contains(release("40"));
        Environment other = Environment.named("staging");
        assertThatThrownBy(() -> perform.in(other).ask(web, Component.Driver::live))
                .isInstanceOf(InvalidChecklistException.class);
    }

    @Test
    void somebody_elses_deployment_is_waited_for_and_then_somewhere_else() throws Exception {
        web.deployingBySomebody("42");
        assertThat(perform.launched(release("40")).observe(back("39")).state()).isEqualTo(UNDER_WAY);
        pass(minutes(2));
        assertThat(perform.launched(release("40")).observe(back("39")).state()).isEqualTo(SOMEWHERE_ELSE);
        assertThat(web.applied()).isEmpty();
        assertThat(web.changes()).extracting(FakeComponent.Change::by).containsExactly("somebody else");
    }

    @Test
    void many_threads_with_one_key_begin_one_operation() throws Exception {
        FakeComponent api =
                FakeComponent.named("api", TimeSource.system()).live("7").deploysIn(Duration.ZERO);
        Deploy deploy = api.deploy("8");
        Perform real = Perform.on(TimeSource.system());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Receipt>> receipts = threads.invokeAll(Collections.nCopies(40, () -> real.apply(deploy)));
            for (Future<Receipt> receipt : receipts) {
                assertThat(receipt.get().id()).isEqualTo("api-1");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(api.applied()).hasSize(40);
        assertThat(api.changes()).hasSize(1);
    }

    @Test
    void a_deployment_is_the_same_each_time() {
        assertThat(web.deploy("41")).isSameAs(web.deploy("41"));
        assertThat(web.deploy("41").release())
                .isSameAs(web.deploy("41").attempts(3).release());
        assertThat(web.deploy("41").release().isGiven()).isTrue();
        assertThat(web.deploy("41").component()).isSameAs(web);
        assertThat(back("40").id()).isEqualTo(back("40").id()).isEqualTo("take-back-web-40");
        assertThat(web.driver().byHand(release("40"))).contains("web").contains("40");
        assertThat(web.driver().rollbackTakes()).contains(seconds(20));
    }

    @Test
    void a_release_of_another_component_is_refused() {
        Component.Driver driver = web.driver();
        Release other = Release.of("api", "7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.backTo(other))
                .withMessage("release must be one of web but was api 7");
        assertThatIllegalArgumentException().isThrownBy(() -> driver.byHand(other));
        assertThatThrownBy(() -> perform.ask(web, (asked, context) -> asked.available(other, context)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeComponent.named(" ", time))
                .withMessageContaining("name");
        assertThatIllegalArgumentException().isThrownBy(() -> web.live("")).withMessageContaining("release");
        assertThatIllegalArgumentException().isThrownBy(() -> web.deploy(" ")).withMessageContaining("release");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> web.deploysIn(Duration.ofSeconds(-1)))
                .withMessage("length must not be negative, was PT-1S");
        assertThatIllegalArgumentException().isThrownBy(() -> web.faultNext(0, LaunchFault.refuses()));
        assertThatIllegalStateException()
                .isThrownBy(() -> web.fault(LaunchFault.leaks()))
                .withMessageContaining("has no secret");
    }
}
