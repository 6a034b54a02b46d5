package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ec2.Ec2Port;
import dev.golive.aws.internal.ec2.Ec2Port.Machine;
import dev.golive.provider.Judge;
import java.util.List;
import java.util.Optional;

/**
 * An instance of EC2.
 *
 * <p>Status checks that are not finished, or for which EC2 lacks data, make a check unknown. Immutable and thread-safe.
 */
public final class Ec2Instance {

    private static final String RUNNING = "running";
    private static final String OK = "ok";

    /** What is asked of an instance that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Machine machine);
    }

    private final Aws aws;
    private final String id;

    Ec2Instance(Aws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * Whether it runs. Whether it is well is said by {@link #passesStatusChecks()}.
     *
     * @return the check
     */
    public Check isRunning() {
        return check(this + " is running", (calls, machine) -> Judge.is("state", RUNNING, machine.state()));
    }

    /**
     * Whether it runs, and all of its status checks are passed: that of the instance, that of the systems below it, and
     * that of its volumes where there is one.
     *
     * @return the check
     */
    public Check passesStatusChecks() {
        return check(this + " passes its status checks", (calls, machine) -> {
            if (!machine.state().equals(RUNNING)) {
                return Judge.is("state", RUNNING, machine.state());
            }
            String volumes = machine.volumes();
            // an instance may have no check of its volumes, as it has none or runs on hardware that does not tell
            boolean told = volumes != null && !volumes.equals("not-applicable");
            List<Fact> facts = List.of(
                    Fact.of("instance check", OK, calls.said(machine.instance(), "the status check of the instance")),
                    Fact.of("system check", OK, calls.said(machine.system(), "the status check of the system")),
                    volumes != null && told ? Fact.of("volume check", OK, volumes) : Fact.of("volume check", "none"));
            for (Fact fact : facts) {
                if (fact.found().equals("impaired")) {
                    return Outcome.failed("the " + fact.name() + " says impaired")
                            .with(facts);
                }
            }
            for (Fact fact : facts) {
                if (fact.expected() != null && !fact.found().equals(OK)) {
                    return Outcome.unknown("the " + fact.name() + " says " + fact.found())
                            .with(facts);
                }
            }
            return Outcome.passed().with(facts);
        });
    }

    private Check check(String sentence, Question question) {
        return AwsCheck.of(aws, Service.EC2, sentence, calls -> {
                    Optional<Machine> machine = Ec2Port.of(calls).instance(id);
                    return machine.isEmpty()
                            ? Outcome.failed("there is no " + this)
                            : question.of(calls, machine.get());
                })
                .needing("ec2:DescribeInstanceStatus", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code EC2 instance i-0a1b2c in eu-north-1}
     */
    @Override
    public String toString() {
        return "EC2 instance " + id + " in " + aws.region();
    }
}
