package dev.golive.testkit;

import static dev.golive.Observation.State.AT_TARGET;
import static dev.golive.Observation.State.NOT_AT_TARGET;
import static dev.golive.Observation.State.REFUSED;
import static dev.golive.Observation.State.UNDER_WAY;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.Secret;
import dev.golive.Subject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeActionTest {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final Instant start = time.now();
    private final FakeAction migrate = FakeAction.named("migrate", time).takes(minutes(3));
    private final Perform perform = Perform.on(time);

    @Test
    void it_is_at_its_target_some_time_after_it_was_applied() throws Exception {
        assertThat(perform.observe(migrate).state()).isEqualTo(NOT_AT_TARGET);
        perform.apply(migrate);
        assertThat(perform.observe(migrate).state()).isEqualTo(UNDER_WAY);
        time.advance(minutes(3));
        assertThat(perform.observe(migrate).state()).isEqualTo(AT_TARGET);
        assertThat(migrate.effects()).containsExactly(start.plus(minutes(3)));
        assertThat(migrate.isAtTarget()).isTrue();
        assertThat(migrate.calls())
                .extracting(Call::toString)
                .containsExactly("migrate observe", "migrate apply", "migrate observe", "migrate observe");
        assertThat(migrate.applied()).hasSize(1);
    }

    @Test
    void requests_under_one_key_have_one_effect_and_others_are_refused_meanwhile() throws Exception {
        assertThat(perform.apply(migrate)).isEqualTo(perform.apply(migrate));
        assertThatThrownBy(() -> perform.key("other").apply(migrate)).hasMessageStartingWith("409: perform migrate");
        time.advance(minutes(10));
        perform.apply(migrate);
        time.advance(minutes(10));
        assertThat(migrate.effects()).hasSize(1);
    }

    @Test
    void one_that_is_not_convergent_has_an_effect_each_time() throws Exception {
        migrate.notConvergent();
        assertThat(migrate.isConvergent()).isFalse();
        perform.apply(migrate);
        perform.apply(migrate);
        time.advance(minutes(6));
        assertThat(migrate.effects()).containsExactly(start.plus(minutes(3)), start.plus(minutes(6)));
    }

    @Test
    void it_can_fail_and_the_next_request_begins_another_operation() throws Exception {
        migrate.faultNext(1, LaunchFault.fails("lock wait timeout"));
        perform.apply(migrate);
        time.advance(minutes(3));
        assertThat(perform.observe(migrate)).isEqualTo(Observation.refused("migrate failed: lock wait timeout"));
        assertThat(migrate.effects()).isEmpty();
        perform.apply(migrate);
        assertThat(perform.toTheEnd(migrate).state()).isEqualTo(AT_TARGET);
        assertThat(migrate.effects()).hasSize(1);
    }

    @Test
    void it_can_refuse_calls_leak_and_be_slow() throws Exception {
        migrate.secret(Secret.found("token", "a-very-secret-token"))
                .faultNext(1, LaunchFault.refuses(Call.Kind.APPLY))
                .faultNext(1, LaunchFault.leaks(Call.Kind.OBSERVE))
                .fault(LaunchFault.slow(minutes(1)));
        assertThatThrownBy(() -> perform.observe(migrate)).hasMessageContaining("a-very-secret-token");
        assertThatThrownBy(() -> perform.apply(migrate)).hasMessageContaining("503");
        perform.toTheEnd(migrate);
        assertThat(migrate.effects()).containsExactly(start.plus(minutes(4)));
    }

    @Test
    void it_can_have_its_effect_although_the_answer_is_lost_and_never_end() throws Exception {
        migrate.fault(LaunchFault.failsAfterEffect()).fault(LaunchFault.neverEnds());
        assertThatThrownBy(() -> perform.apply(migrate)).hasMessage("no answer from migrate");
        time.advance(minutes(1000));
        assertThat(perform.observe(migrate).state()).isEqualTo(UNDER_WAY);
        migrate.mend();
        assertThat(perform.observe(migrate).state()).isEqualTo(AT_TARGET);
    }

    @Test
    void it_finds_what_it_is_told_to_find() throws Exception {
        migrate.finding(Observation.somewhereElse("the schema is that of another release"));
        assertThat(perform.observe(migrate).state()).isEqualTo(Observation.State.SOMEWHERE_ELSE);
        migrate.finding(Observation.refused("the backup is gone"));
        assertThat(perform.observe(migrate).state()).isEqualTo(REFUSED);
        migrate.mend();
        assertThat(perform.observe(migrate).state()).isEqualTo(NOT_AT_TARGET);
    }

    @Test
    void others_can_do_and_undo_it() throws Exception {
        migrate.doneBySomebody();
        assertThat(perform.toTheEnd(migrate).state()).isEqualTo(AT_TARGET);
        assertThat(migrate.applied()).isEmpty();
        migrate.undoneBySomebody();
        assertThat(perform.observe(migrate).state()).isEqualTo(NOT_AT_TARGET);
        assertThat(migrate.effects()).isEmpty();
    }

    @Test
    void it_says_what_it_is() {
        assertThat(migrate.kind()).isEqualTo(Action.Kind.REVERSIBLE);
        assertThat(migrate.isConvergent()).isTrue();
        assertThat(migrate.migratesSchema()).isFalse();
        migrate.destructive().migratingSchema().touching(Subject.host("db.example"));
        assertThat(migrate.kind()).isEqualTo(Action.Kind.DESTRUCTIVE);
        assertThat(migrate.migratesSchema()).isTrue();
        assertThat(migrate.touches()).containsExactly(Subject.host("db.example"));
        assertThat(migrate.id()).isEqualTo("migrate");
        assertThat(migrate.sentence()).isEqualTo("perform migrate").isEqualTo(migrate.toString());
        assertThat(migrate.attempts(3).conduct().attempts()).isEqualTo(3);
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> FakeAction.named(" ", time));
        assertThatIllegalArgumentException().isThrownBy(() -> migrate.takes(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> migrate.faultNext(-1, LaunchFault.neverEnds()));
    }
}
