package dev.golive.aws;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A check that looks at what another check looks at as well, so that it needs what both need. */
final class JoinedCheck implements Check {

    private final Check check;
    private final Check other;
    private final Timing timing;
    private final Check.Examination examination;

    /**
     * A check of two.
     *
     * @param check has the sentence
     * @param other what it looks at besides
     * @param timing with room for both
     * @param examination looks at both
     */
    JoinedCheck(Check check, Check other, Timing timing, Check.Examination examination) {
        this.check = check;
        this.other = other;
        this.timing = timing;
        this.examination = examination;
    }

    @Override
    public String sentence() {
        return check.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return examination.examine(context);
    }

    @Override
    public Timing timing() {
        return timing;
    }

    @Override
    public List<Check> preconditions() {
        List<Check> all = new ArrayList<>(check.preconditions());
        other.preconditions().stream().filter(one -> !all.contains(one)).forEach(all::add);
        return List.copyOf(all);
    }

    @Override
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new HashSet<>(check.reads());
        all.addAll(other.reads());
        return all;
    }

    @Override
    public Set<Secret> secrets() {
        return both(check.secrets(), other.secrets());
    }

    @Override
    public Set<Permission> permissions() {
        return both(check.permissions(), other.permissions());
    }

    @Override
    public Set<Subject> touches() {
        return both(check.touches(), other.touches());
    }

    private static <T> Set<T> both(Set<T> one, Set<T> another) {
        Set<T> all = new LinkedHashSet<>(one);
        all.addAll(another);
        return all;
    }

    @Override
    public String toString() {
        return sentence();
    }
}
