package dev.golive.testkit.junit;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Environment;
import dev.golive.Network;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

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
            Outcome outcome = check.examine(new Watched(context));
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

    private final class Watched implements CheckContext {
        private final CheckContext context;

        Watched(CheckContext context) {
            this.context = context;
        }

        @Override
        public TimeSource time() {
            return context.time();
        }

        @Override
        public Network network() {
            return context.network();
        }

        @Override
        public Environment environment() {
            return context.environment();
        }

        @Override
        public Instant deadline() {
            return context.deadline();
        }

        @Override
        public int attempt() {
            return context.attempt();
        }

        @Override
        public RandomGenerator random() {
            return context.random();
        }

        @Override
        public <V> V read(Capture<V> capture) {
            V value = context.read(capture);
            read.add(value);
            return value;
        }

        @Override
        public String reveal(Secret secret) {
            String value = context.reveal(secret);
            revealed.put(secret, value);
            return value;
        }

        @Override
        public <R extends AutoCloseable> R shared(Shared<R> resource) throws Exception {
            return context.shared(resource);
        }

        @Override
        public TimeSource.Alarm onCancel(Runnable abort) {
            return context.onCancel(abort);
        }

        @Override
        public <A, B> List<B> parallel(List<A> in, int width, Each<A, B> function) throws Exception {
            return context.parallel(in, width, function);
        }
    }
}
