package dev.golive.testkit.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.golive.launch.LaunchState;
import dev.golive.testkit.rehearsal.RollbackRehearsed.Tried;
import org.junit.jupiter.api.Test;

class RollbackRehearsalTest {

    private static final String HEALTH = "health-fails-for-longer-than-3-min";

    private static RollbackRehearsal<LittleStage> rehearsal() {
        return RollbackRehearsal.<LittleStage>of(LittleStage::new).planned(LittleStage.PLANNED);
    }

    @Test
    void every_trigger_and_every_code_leads_to_a_rollback_that_is_verified_within_its_budget() {
        RollbackRehearsed tried =
                rehearsal().coming(HEALTH, stage -> stage.unwell = true).run();

        assertThat(tried.problems()).as(tried.toString()).isEmpty();
        assertThat(tried.of(HEALTH).state()).contains(LaunchState.ROLLED_BACK);
        assertThat(tried.of("BROKEN").state()).contains(LaunchState.ROLLED_BACK);
        assertThat(tried.of("BROKEN").took()).isPresent();
        assertThat(tried.toString()).contains("end as they should").contains(HEALTH);
    }

    @Test
    void whatever_a_rollback_changes_is_made_to_fail() {
        RollbackRehearsed tried =
                rehearsal().coming(HEALTH, stage -> stage.unwell = true).run();

        assertThat(tried.tried().stream().filter(one -> !one.failure().isEmpty()))
                .as(tried.toString())
                .isNotEmpty()
                .allMatch(Tried::isWell)
                .anyMatch(one -> one.state().equals(java.util.Optional.of(LaunchState.ROLLBACK_FAILED))
                        || one.state().equals(java.util.Optional.of(LaunchState.PARTIALLY_ROLLED_BACK)));
    }

    @Test
    void a_trigger_that_nobody_makes_come_true_is_a_problem() {
        RollbackRehearsed tried = rehearsal().run();

        assertThat(tried.problems()).singleElement().asString().contains(HEALTH).contains("coming(..)");
    }

    @Test
    void a_trigger_that_does_not_fire_is_a_problem() {
        RollbackRehearsed tried = rehearsal().coming(HEALTH, stage -> {}).run();

        assertThat(tried.of(HEALTH).problems()).singleElement().asString().contains("it ends COMPLETED");
    }

    @Test
    void what_is_still_broken_after_the_rollback_is_a_problem() {
        RollbackRehearsed tried = rehearsal()
                .coming(HEALTH, stage -> {
                    stage.unwell = true;
                    stage.unwellForEver = true;
                })
                .run();

        assertThat(tried.of(HEALTH).problems()).singleElement().asString().contains("ROLLBACK_FAILED");
    }

    @Test
    void a_way_for_what_the_policy_does_not_have_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> rehearsal().coming("helth", stage -> {}).run())
                .withMessageContaining("helth")
                .withMessageContaining(HEALTH);
    }

    @Test
    void it_has_to_be_known_when_the_launch_is() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RollbackRehearsal.of(LittleStage::new).run())
                .withMessageContaining("planned(..)");
    }
}
