package dev.golive.testkit.junit;

import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Environment;
import dev.golive.Network;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A context that notes what is revealed and read through it. */
class Watched implements CheckContext {

    private final CheckContext context;
    private final Map<Secret, String> revealed;
    private final List<Object> read;

    Watched(CheckContext context, Map<Secret, String> revealed, List<Object> read) {
        this.context = context;
        this.revealed = revealed;
        this.read = read;
    }

    /** The same for what acts. */
    static final class OfAction extends Watched implements ActionContext {

        private final ActionContext context;

        OfAction(ActionContext context, Map<Secret, String> revealed, List<Object> read) {
            super(context, revealed, read);
            this.context = context;
        }

        @Override
        public String idempotencyKey() {
            return context.idempotencyKey();
        }

        @Override
        public Optional<Receipt> receipt() {
            return context.receipt();
        }

        @Override
        public Optional<Release> launched(String component) {
            return context.launched(component);
        }
    }

    @Override
    public final TimeSource time() {
        return context.time();
    }

    @Override
    public final Network network() {
        return context.network();
    }

    @Override
    public final Environment environment() {
        return context.environment();
    }

    @Override
    public final Instant deadline() {
        return context.deadline();
    }

    @Override
    public final int attempt() {
        return context.attempt();
    }

    @Override
    public final RandomGenerator random() {
        return context.random();
    }

    @Override
    public final <V> V read(Capture<V> capture) {
        V value = context.read(capture);
        read.add(value);
        return value;
    }

    @Override
    public final String reveal(Secret secret) {
        String value = context.reveal(secret);
        revealed.put(secret, value);
        return value;
    }

    @Override
    public final <R extends AutoCloseable> R shared(Shared<R> resource) throws Exception {
        return context.shared(resource);
    }

    @Override
    public final TimeSource.Alarm onCancel(Runnable abort) {
        return context.onCancel(abort);
    }

    @Override
    public final <A, B> List<B> parallel(List<A> in, int width, Each<A, B> function) throws Exception {
        return context.parallel(in, width, function);
    }
}
