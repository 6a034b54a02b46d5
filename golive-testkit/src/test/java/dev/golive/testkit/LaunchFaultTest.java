package dev.golive.testkit;

import static dev.golive.Observation.State.AT_TARGET;
import static dev.golive.Observation.State.NOT_AT_TARGET;
import static dev.golive.Observation.State.REFUSED;
import static dev.golive.Observation.State.UNDER_WAY;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Component;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong at a platform, each fault for itself. */
@Timeout(60)
class LaunchFaultTest {

    private static final String TOKEN = "a-very-secret-token";

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final Instant start = time.now();
    private final FakeComponent web = FakeComponent.named("web", time)
            .releases("39", "40")
            .deploysIn(minutes(2))
            .rollsBackIn(seconds(20))
            .secret(Secret.found("token", TOKEN));
    private final Perform perform = Perform.on(time).launched(release("41"));

    private static Release release(String id) {
        return Release.of("web", id);
    }

    private Action back() {
        return web.driver().backTo(release("40"));
    }

    private void launch() throws Exception {
        Perform.on(time).toTheEnd(web.deploy("41"));
    }

    private void pass(long seconds) throws InterruptedException {
        time.advance(seconds(seconds));
    }

    @Test
    void it_refuses_so_many_calls_of_a_kind() throws Exception {
        launch();
        web.faultNext(2, LaunchFault.refuses(Call.Kind.APPLY));
        assertThat(perform.observe(back()).state()).isEqualTo(NOT_AT_TARGET);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> perform.apply(back()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("503: web cannot answer now");
        }
        perform.apply(back());
        assertThat(web.applied()).hasSize(4);
        pass(20);
        assertThat(web.changes()).hasSize(2);
    }

    @Test
    void it_refuses_everything_until_it_is_mended() throws Exception {
        web.fault(LaunchFault.refuses());
        assertThatThrownBy(() -> perform.ask(web, Component.Driver::live)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> perform.ask(web, Component.Driver::holds)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> perform.observe(back())).isInstanceOf(IOException.class);
        web.mend();
        assertThat(perform.ask(web, Component.Driver::live)).contains(release("40"));
    }

    @Test
    void faults_for_some_calls_come_before_those_until_mended() throws Exception {
        web.fault(LaunchFault.refuses()).faultNext(1, LaunchFault.leaks());
        assertThatThrownBy(() -> perform.observe(back())).hasMessageContaining("401");
        assertThatThrownBy(() -> perform.observe(back())).hasMessageContaining("503");
    }

    @Test
    void it_shows_the_secret_it_was_given() throws Exception {
        web.fault(LaunchFault.leaks(Call.Kind.APPLY, Call.Kind.LIVE));
        assertThatThrownBy(() -> perform.apply(web.deploy("41"))).hasMessageContaining(TOKEN);
        assertThatThrownBy(() -> perform.ask(web, Component.Driver::live)).hasMessageContaining(TOKEN);
        assertThat(perform.observe(web.deploy("41")).state()).isNotNull();
        assertThat(web.changes()).isEmpty();
    }

    @Test
    void it_does_not_answer_before_it_is_given_up() {
        web.fault(LaunchFault.hangs(Call.Kind.APPLY));
        assertThatThrownBy(() -> perform.within(minutes(1)).apply(web.deploy("41")))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("no result within 1 min");
        assertThat(time.now()).isEqualTo(start.plus(minutes(1)));
        assertThat(web.applied()).hasSize(1);
        assertThat(web.changes()).isEmpty();
    }

    @Test
    void what_was_asked_for_is_done_although_the_call_throws() throws Exception {
        web.faultNext(1, LaunchFault.failsAfterEffect());
        Perform fresh = Perform.on(time);
        assertThatThrownBy(() -> fresh.apply(web.deploy("41")))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("no answer from web");
        assertThat(fresh.observe(web.deploy("41")).state()).isEqualTo(UNDER_WAY);
        assertThat(fresh.apply(web.deploy("41"))).isEqualTo(new Receipt("web-1", Map.of("target", "41")));
        pass(120);
        assertThat(fresh.observe(web.deploy("41")).state()).isEqualTo(AT_TARGET);
        assertThat(web.changes()).hasSize(1);
    }

    @Test
    void an_operation_takes_longer_than_any_deadline_and_ends_all_the_same() throws Exception {
        launch();
        web.faultNext(1, LaunchFault.slow(hours(1)));
        assertThatThrownBy(() -> perform.within(minutes(30)).toTheEnd(back())).isInstanceOf(TimeoutException.class);
        assertThat(perform.observe(back()).state()).isEqualTo(UNDER_WAY);
        time.advance(minutes(31));
        assertThat(perform.observe(back()).state()).isEqualTo(AT_TARGET);
        assertThat(web.changes())
                .last()
                .extracting(FakeComponent.Change::at)
                .isEqualTo(start.plus(minutes(2)).plus(hours(1)).plus(seconds(20)));
    }

    @Test
    void an_operation_does_not_end_before_it_is_mended() throws Exception {
        launch();
        web.fault(LaunchFault.neverEnds());
        perform.apply(back());
        time.advance(hours(1000));
        assertThat(perform.observe(back()).state()).isEqualTo(UNDER_WAY);
        web.mend();
        assertThat(perform.observe(back()).state()).isEqualTo(AT_TARGET);
    }

    @Test
    void a_failed_operation_changes_nothing_and_the_next_request_begins_another() throws Exception {
        launch();
        web.faultNext(1, LaunchFault.fails("no capacity"));
        Receipt first = perform.apply(back());
        assertThat(perform.observe(back()).state()).isEqualTo(UNDER_WAY);
        pass(20);
        Observation failed = perform.observe(back());
        assertThat(failed.state()).isEqualTo(REFUSED);
        assertThat(failed.found()).isEqualTo("rollback to 40 failed: no capacity");
        assertThat(web.liveNow()).contains(release("41"));
        assertThat(perform.apply(back())).isNotEqualTo(first);
        pass(20);
        assertThat(perform.observe(back()).state()).isEqualTo(AT_TARGET);
    }

    @Test
    void it_has_taken_effect_and_is_shown_in_progress() throws Exception {
        launch();
        web.fault(LaunchFault.staysInProgress());
        perform.apply(back());
        time.advance(hours(1));
        assertThat(web.liveNow()).contains(release("40"));
        assertThat(perform.observe(back()).state()).isEqualTo(UNDER_WAY);
        web.mend();
        assertThat(perform.observe(back()).state()).isEqualTo(AT_TARGET);
        assertThat(web.changes()).hasSize(2);
    }

    @Test
    void a_target_is_gone_before_or_from_an_instant() throws Exception {
        launch();
        web.fault(LaunchFault.gone("39")).fault(LaunchFault.gone("40", start.plus(hours(1))));
        assertThat(perform.observe(web.driver().backTo(release("39"))).state()).isEqualTo(REFUSED);
        assertThat(perform.observe(back()).state()).isEqualTo(NOT_AT_TARGET);
        time.advance(hours(1));
        assertThat(perform.observe(back()).state()).isEqualTo(REFUSED);
        web.mend();
        assertThat(perform.observe(back()).state()).isEqualTo(REFUSED);
    }

    @Test
    void a_busy_platform_refuses_and_shows_the_operation_that_somebody_began() throws Exception {
        launch();
        web.fault(LaunchFault.busy());
        assertThat(perform.observe(back()).state()).isEqualTo(NOT_AT_TARGET);
        assertThatThrownBy(() -> perform.apply(back())).hasMessage("409: rollback to 40 is in progress");
        assertThat(perform.observe(back()).state()).isEqualTo(UNDER_WAY);
        pass(20);
        assertThat(perform.observe(back()).state()).isEqualTo(AT_TARGET);
        assertThat(web.applied()).hasSize(2);
        assertThat(web.changes()).last().extracting(FakeComponent.Change::by).isEqualTo("somebody else");
    }

    @Test
    void a_branch_trigger_undoes_a_rollback_but_no_deployment() throws Exception {
        web.fault(LaunchFault.undone(minutes(10)));
        launch();
        time.advance(hours(1));
        assertThat(web.liveNow()).contains(release("41"));
        perform.toTheEnd(back());
        time.advance(minutes(10).minusSeconds(1));
        assertThat(web.liveNow()).contains(release("40"));
        pass(1);
        assertThat(web.liveNow()).contains(release("41"));
        assertThat(web.changes()).last().extracting(FakeComponent.Change::by).isEqualTo("a branch trigger");
        assertThat(perform.observe(back()).state()).isEqualTo(NOT_AT_TARGET);
        assertThat(perform.ask(web, Component.Driver::holds))
                .containsExactly("a branch trigger deploys web on every push");
        time.advance(hours(10));
        assertThat(web.changes()).hasSize(3);
    }

    @Test
    void reading_shows_what_was_live_some_time_ago() throws Exception {
        launch();
        web.fault(LaunchFault.staleRead(seconds(30)));
        assertThat(perform.ask(web, Component.Driver::live)).contains(release("40"));
        assertThat(Perform.on(time).observe(web.deploy("41")).state()).isEqualTo(NOT_AT_TARGET);
        assertThat(web.liveNow()).contains(release("41"));
        pass(30);
        assertThat(perform.ask(web, Component.Driver::live)).contains(release("41"));
        assertThat(perform.toTheEnd(back()).state()).isEqualTo(AT_TARGET);
        assertThat(web.changes()).hasSize(2);
    }

    @Test
    void the_live_release_is_not_offered_and_the_former_one_is() throws Exception {
        web.fault(LaunchFault.liveIsNoTarget());
        Perform.Question<Finding> available =
                (driver, context) -> driver.available(release("40"), context).finding();
        assertThat(perform.ask(web, available)).isEqualTo(Finding.UNKNOWN);
        launch();
        assertThat(perform.ask(web, available)).isEqualTo(Finding.PASSED);
        assertThat(perform.toTheEnd(back()).state()).isEqualTo(AT_TARGET);
    }

    @Test
    void it_can_be_mended_at_an_instant_while_somebody_waits() throws Exception {
        launch();
        web.fault(LaunchFault.neverEnds());
        Instant mended = time.now().plus(minutes(7));
        time.at(mended, web::mend);
        assertThat(perform.toTheEnd(back()).state()).isEqualTo(AT_TARGET);
        assertThat(time.now()).isEqualTo(mended);
        assertThat(web.changes()).last().extracting(FakeComponent.Change::at).isEqualTo(mended);
    }

    static List<LaunchFault> catalogue() {
        return LaunchFault.catalogue();
    }

    @Test
    void the_catalogue_has_every_kind_of_fault() {
        Set<Class<?>> kinds =
                LaunchFault.catalogue().stream().map(Object::getClass).collect(Collectors.toSet());
        for (Class<?> group : LaunchFault.class.getPermittedSubclasses()) {
            assertThat(kinds).contains(group.getPermittedSubclasses());
        }
        assertThat(LaunchFault.catalogue())
                .doesNotHaveDuplicates()
                .extracting(Object::toString)
                .doesNotHaveDuplicates()
                .noneMatch(text -> text.contains("[") || text.endsWith("."));
    }

    /** Whatever goes wrong, mended the platform can be taken back, unless the release is gone. */
    @ParameterizedTest
    @MethodSource("catalogue")
    void after_any_fault_a_mended_platform_can_be_taken_back_with_one_change(LaunchFault fault) throws Exception {
        launch();
        web.fault(fault);
        try {
            perform.within(minutes(5)).toTheEnd(back());
        } catch (IOException | TimeoutException e) {
            assertThat(e).hasMessageMatching("(?s).*(401|409|503|no answer|no result within).*");
        }
        web.mend();
        if (fault instanceof LaunchFault.Gone) {
            assertThat(perform.observe(back()).state()).isEqualTo(REFUSED);
            return;
        }
        Observation found = perform.observe(back());
        if (found.state() == REFUSED) {
            perform.apply(back());
        }
        assertThat(perform.within(hours(2)).toTheEnd(back()).state()).isEqualTo(AT_TARGET);
        assertThat(web.liveNow()).contains(release("40"));
        assertThat(web.changes()).hasSize(2);
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchFault.slow(seconds(0)))
                .withMessage("more must be positive, was PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchFault.undone(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchFault.staleRead(seconds(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchFault.gone(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> LaunchFault.fails(""));
    }
}
