package dev.golive.provider;

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

/**
 * A check that looks at what another check looks at as well, perhaps at another place with another credential, so that it
 * needs what both need. It has the time of both. Immutable and thread-safe if both checks are.
 */
public final class JoinedCheck implements Check {

    private final Check check;
    private final Check other;
    private final Timing timing;
    private final Check.Examination examination;

    private JoinedCheck(Check check, Check other, Timing timing, Check.Examination examination) {
        this.check = check;
        this.other = other;
        this.timing = timing;
        this.examination = examination;
    }

    /**
     * A check of two.
     *
     * @param check has the sentence
     * @param other what is looked at besides
     * @param examination looks at both; what stands between it and an answer is unknown
     * @return the check
     */
    public static JoinedCheck of(Check check, Check other, Check.Examination examination) {
        Timing own = Given.notNull(check, "check").timing();
        return new JoinedCheck(
                check,
                Given.notNull(other, "other"),
                own.timeout(own.timeout().plus(other.timing().timeout())),
                Given.notNull(examination, "examination"));
    }

    /**
     * The same with another timing.
     *
     * @param room with room for both
     * @return the new check
     */
    public JoinedCheck within(Timing room) {
        return new JoinedCheck(check, other, Given.notNull(room, "room"), examination);
    }

    @Override
    public String sentence() {
        return check.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        try {
            return examination.examine(context);
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
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
