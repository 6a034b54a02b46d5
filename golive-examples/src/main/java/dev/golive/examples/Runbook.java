package dev.golive.examples;

import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.Coverage;
import dev.golive.testkit.rehearsal.FireDrill;
import dev.golive.testkit.rehearsal.Requirement;
import dev.golive.testkit.rehearsal.RollbackRehearsal;
import dev.golive.testkit.rehearsal.Stage;
import dev.golive.testkit.rehearsal.StageMaker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A page that became a plan, and all that is needed to try the plan out.
 *
 * @param name what it is called on the command line
 * @param page the lines of the page
 * @param reached the systems of the page that golive reaches
 * @param whole whether every line of the page must be in the plan
 * @param maker makes the stage on which the plan is tried out
 * @param planned the local time of T
 * @param armed how many days before T the plan is armed
 * @param ways how what leads to a rollback comes true
 * @param explanations why nobody need notice some of what may go wrong
 * @param <S> the stage
 */
record Runbook<S extends Stage>(
        String name,
        String page,
        Set<String> reached,
        boolean whole,
        StageMaker<S> maker,
        LocalDateTime planned,
        int armed,
        UnaryOperator<RollbackRehearsal<S>> ways,
        UnaryOperator<FireDrill> explanations) {

    /** How much of the page the plan covers. */
    Coverage coverage() throws Exception {
        try (S stage = maker.make(time(ZoneId.of("Europe/Stockholm")))) {
            Coverage.Unmeasured plan = Coverage.of(stage.plan()).reaching(reached.toArray(String[]::new));
            return (whole ? plan.completely() : plan).of(lines());
        }
    }

    private List<Requirement> lines() {
        try (InputStream csv = Objects.requireNonNull(Runbook.class.getResourceAsStream(page), page)) {
            return Requirement.read(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every way into the rollback, and every failure on its way. */
    RollbackRehearsal<S> rollbackRehearsal() {
        return ways.apply(RollbackRehearsal.<S>of(maker).planned(planned));
    }

    /** Everything that may go wrong. */
    FireDrill fireDrill() {
        return explanations.apply(FireDrill.of(maker).planned(planned));
    }

    /** The time that begins when the plan is armed. */
    VirtualTime time(ZoneId zone) {
        return VirtualTime.startingAt(start(zone));
    }

    private Instant start(ZoneId zone) {
        return planned.minusDays(armed).atZone(zone).toInstant();
    }
}
