package dev.golive.testkit.junit;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A check that notes what it is given and what it says, before the engine cleans that. */
final class Observed implements Check {

    private final Check check;
    private final Map<Secret, String> revealed = new ConcurrentHashMap<>();
    private final List<Object> read = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final TimeSource.Gate returned = TimeSource.system().gate();

    Observed(Check check) {
        this.check = check;
    }

    /** The secrets that were revealed, with their values. */
    Map<Secret, String> revealed() {
        return Map.copyOf(revealed);
    }

    /** The captured values that were read. */
    List<Object> read() {
        return read;
    }

    /** Everything that came out: reasons, facts, messages of exceptions. */
    List<String> said() {
        return said;
    }

    /** Opens when an examination has ended, in whatever way. */
    TimeSource.Gate returned() {
        return returned;
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        try {
            Outcome outcome = check.examine(new Watched(context, revealed, read));
            said.add(String.valueOf(outcome));
            return outcome;
        } catch (Throwable e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                said.add(cause.toString());
            }
            throw e;
        } finally {
            returned.open();
        }
    }

    @Override
    public String sentence() {
        return check.sentence();
    }

    @Override
    public Timing timing() {
        return check.timing();
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
    public String toString() {
        return check.toString();
    }
}
