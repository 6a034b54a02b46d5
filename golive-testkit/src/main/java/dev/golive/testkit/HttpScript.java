package dev.golive.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What requests of one route are answered, one answer after the other. Thread-safe. */
public final class HttpScript {

    /** A handler that gives the same answer to everybody. */
    record Fixed(Reply reply) implements Function<ReceivedRequest, Reply> {
        @Override
        public Reply apply(ReceivedRequest request) {
            return reply;
        }
    }

    private final HttpRoute route;
    private final Object lock = new Object();
    private final List<Function<ReceivedRequest, Reply>> handlers = new ArrayList<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private HttpFault.@Nullable OfExchange fault;

    HttpScript(HttpRoute route, Function<ReceivedRequest, Reply> first) {
        this.route = route;
        handlers.add(first);
    }

    /**
     * Adds an answer: it is given once the ones before were given, and the last one again and again.
     *
     * @param reply the answer
     * @return this
     */
    public HttpScript then(Reply reply) {
        return then(new Fixed(Objects.requireNonNull(reply, "reply")));
    }

    /**
     * Adds an answer that a function makes.
     *
     * @param handler makes the answer
     * @return this
     */
    public HttpScript then(Function<ReceivedRequest, Reply> handler) {
        Objects.requireNonNull(handler, "handler");
        synchronized (lock) {
            handlers.add(handler);
        }
        return this;
    }

    /**
     * Adds a request that goes wrong.
     *
     * @param what what goes wrong
     * @return this
     */
    public HttpScript thenFail(HttpFault.OfExchange what) {
        return then(HttpRoute.spoilt(what));
    }

    /**
     * Lets every answer of this route go wrong from now on, until {@link #mend}.
     *
     * @param what what goes wrong; replaces an earlier one
     * @return this
     */
    public HttpScript fault(HttpFault.OfExchange what) {
        Objects.requireNonNull(what, "what");
        synchronized (lock) {
            fault = what;
        }
        return this;
    }

    /**
     * Ends the fault of this route.
     *
     * @return this
     */
    public HttpScript mend() {
        synchronized (lock) {
            fault = null;
        }
        return this;
    }

    /**
     * The requests that this script has answered.
     *
     * @return the requests so far, in the order in which they came
     */
    public List<ReceivedRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    boolean fits(ReceivedRequest request, String wantedMethod) {
        return route.fits(request, wantedMethod);
    }

    HttpFault.@Nullable OfExchange currentFault() {
        synchronized (lock) {
            return fault;
        }
    }

    HttpRoute route() {
        return route;
    }

    /**
     * What would be answered next, without anything being counted: a reply that is known, or, for a request that only
     * looks, what its handler says. Unknown if the handler wants more than a sample can give.
     */
    Optional<Reply> upcoming(ReceivedRequest sample) {
        Function<ReceivedRequest, Reply> handler;
        synchronized (lock) {
            handler = handlers.get(Math.min(requests.size(), handlers.size() - 1));
        }
        if (handler instanceof Fixed fixed) {
            return Optional.of(fixed.reply());
        }
        if (HttpTroubles.changes(sample.method())) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(handler.apply(sample));
        } catch (RuntimeException | AssertionError e) {
            return Optional.empty();
        }
    }

    Function<ReceivedRequest, Reply> next(ReceivedRequest request) {
        synchronized (lock) {
            requests.add(request);
            return handlers.get(Math.min(requests.size(), handlers.size()) - 1);
        }
    }

    /**
     * The script in one line.
     *
     * @return its route
     */
    @Override
    public String toString() {
        return route.toString();
    }
}
