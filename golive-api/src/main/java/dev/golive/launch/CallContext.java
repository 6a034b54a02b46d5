package dev.golive.launch;

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
import org.jspecify.annotations.Nullable;

/** A check's context with what makes repeating safe. */
record CallContext(CheckContext check, String key, @Nullable Receipt last, Map<String, Release> releases)
        implements ActionContext {

    @Override
    public String idempotencyKey() {
        return key;
    }

    @Override
    public Optional<Receipt> receipt() {
        return Optional.ofNullable(last);
    }

    @Override
    public Optional<Release> launched(String component) {
        return Optional.ofNullable(releases.get(component));
    }

    @Override
    public TimeSource time() {
        return check.time();
    }

    @Override
    public Network network() {
        return check.network();
    }

    @Override
    public Environment environment() {
        return check.environment();
    }

    @Override
    public Instant deadline() {
        return check.deadline();
    }

    @Override
    public int attempt() {
        return check.attempt();
    }

    @Override
    public RandomGenerator random() {
        return check.random();
    }

    @Override
    public <V> V read(Capture<V> capture) {
        return check.read(capture);
    }

    @Override
    public String reveal(Secret secret) {
        return check.reveal(secret);
    }

    @Override
    public <R extends AutoCloseable> R shared(Shared<R> resource) throws Exception {
        return check.shared(resource);
    }

    @Override
    public TimeSource.Alarm onCancel(Runnable abort) {
        return check.onCancel(abort);
    }

    @Override
    public <A, B> List<B> parallel(List<A> in, int width, CheckContext.Each<A, B> function) throws Exception {
        return check.parallel(in, width, function);
    }
}
