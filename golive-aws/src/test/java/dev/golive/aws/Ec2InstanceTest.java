package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class Ec2InstanceTest extends OnFakeAws {

    private static final Predicate<Outcome> PASSED = outcome -> outcome.finding() == Finding.PASSED;
    private static final Predicate<Outcome> FAILED = outcome -> outcome.finding() == Finding.FAILED;
    private static final Predicate<Outcome> UNKNOWN = outcome -> outcome.finding() == Finding.UNKNOWN;

    private final Ec2Instance web = aws.ec2("i-1");

    @Test
    void an_instance_that_runs_and_is_well_passes_both() {
        fake.ec2("i-1");

        assertThat(examine(web.isRunning())).matches(PASSED);
        assertThat(examine(web.passesStatusChecks())).matches(PASSED);
    }

    @Test
    void an_instance_that_is_stopped_fails_with_its_state() {
        fake.ec2("i-1").state("stopped");

        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("state is stopped");
        assertThat(examine(web.passesStatusChecks())).matches(FAILED);
    }

    @Test
    void one_that_runs_and_is_impaired_fails_its_checks_only() {
        fake.ec2("i-1").systemCheck("initializing").volumeCheck("impaired");

        assertThat(examine(web.isRunning())).matches(PASSED);
        Outcome outcome = examine(web.passesStatusChecks());
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("the volume check says impaired");
    }

    @Test
    void a_check_that_is_not_finished_is_unknown() {
        fake.ec2("i-1").instanceCheck("initializing");

        assertThat(examine(web.passesStatusChecks())).matches(UNKNOWN);

        fake.ec2("i-1").instanceCheck("ok").systemCheck("insufficient-data");

        assertThat(examine(web.passesStatusChecks())).matches(UNKNOWN);
    }

    @Test
    void a_check_that_does_not_apply_to_what_runs_is_unknown_except_that_of_volumes() {
        fake.ec2("i-1").volumeCheck("not-applicable");

        assertThat(examine(web.passesStatusChecks())).matches(PASSED);

        fake.ec2("i-1").withoutVolumeCheck();

        assertThat(examine(web.passesStatusChecks())).matches(PASSED);

        fake.ec2("i-1").instanceCheck("not-applicable");

        assertThat(examine(web.passesStatusChecks())).matches(UNKNOWN);
    }

    @Test
    void an_instance_that_is_not_there_fails() {
        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("there is no EC2 instance i-1 in eu-north-1");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.ec2("i-1");

        assertThat(notUnknown("ec2", web.isRunning())).isEmpty();
        assertThat(notUnknown("ec2", web.passesStatusChecks())).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.ec2("i-1");
        fake.faultNext(2, "ec2:DescribeInstanceStatus", AwsFault.throttled());

        assertThat(examine(web.isRunning())).matches(PASSED);
    }
}
