package dev.golive;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A check with another timing; everything that the check declares is passed on. */
final class TimedCheck implements Check {

    private final Check check;
    private final Timing timing;

    TimedCheck(Check check, Timing timing) {
        // a chain of wrappers would make the stack grow with every option
        this.check = check instanceof TimedCheck timed ? timed.check : check;
        this.timing = timing;
    }

    @Override
    public String sentence() {
        return check.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return check.examine(context);
    }

    @Override
    public Timing timing() {
        return timing;
    }

    @Override
    public List<Check> preconditions() {
        return check.preconditions();
    }

    @Override
    public Set<Capture<?>> reads() {
        return check.reads();
    }

    @Override
    public Set<Capture<?>> writes() {
        return check.writes();
    }

    @Override
    public Set<Secret> secrets() {
        return check.secrets();
    }

    @Override
    public Set<Permission> permissions() {
        return check.permissions();
    }

    @Override
    public Set<Subject> touches() {
        return check.touches();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimedCheck timed && timed.check.equals(check) && timed.timing.equals(timing);
    }

    @Override
    public int hashCode() {
        return Objects.hash(check, timing);
    }

    @Override
    public String toString() {
        return check.toString();
    }
}
