package dev.golive.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant, before it is said what they are answered. Immutable; nothing is scripted until {@code
 * reply} was called.
 */
public final class HttpRoute {

    private final HttpFake fake;
    private final String method;
    private final String path;
    private final @Nullable String host;
    private final @Nullable Predicate<ReceivedRequest> condition;

    HttpRoute(
            HttpFake fake,
            String method,
            String path,
            @Nullable String host,
            @Nullable Predicate<ReceivedRequest> condition) {
        this.fake = fake;
        this.method = method;
        this.path = path;
        this.host = host;
        this.condition = condition;
    }

    /**
     * The same requests, if they are for this host.
     *
     * @param name the host's name without port; compared without regard to case
     * @return another route
     */
    public HttpRoute host(String name) {
        return new HttpRoute(fake, method, path, Objects.requireNonNull(name, "name"), condition);
    }

    /**
     * The same requests, if they also fulfil a condition.
     *
     * @param what the condition; must not block
     * @return another route
     */
    public HttpRoute when(Predicate<ReceivedRequest> what) {
        Objects.requireNonNull(what, "what");
        Predicate<ReceivedRequest> before = condition;
        return new HttpRoute(fake, method, path, host, before == null ? what : before.and(what));
    }

    /**
     * Answers such requests from now on.
     *
     * @param reply the answer
     * @return the script of this route
     */
    public HttpScript reply(Reply reply) {
        return reply(new HttpScript.Fixed(Objects.requireNonNull(reply, "reply")));
    }

    /**
     * Answers such requests from now on with what a function makes of them. What it throws becomes status 500 and
     * fails {@link HttpFake#verify}.
     *
     * @param handler makes the answer
     * @return the script of this route
     */
    public HttpScript reply(Function<ReceivedRequest, Reply> handler) {
        return fake.add(new HttpScript(this, Objects.requireNonNull(handler, "handler")));
    }

    /**
     * Lets such requests go wrong from now on. Faults that need an answer spoil a short text with status 200.
     *
     * @param fault what goes wrong
     * @return the script of this route
     */
    public HttpScript fail(HttpFault.OfExchange fault) {
        return reply(spoilt(fault));
    }

    static Reply spoilt(HttpFault.OfExchange fault) {
        return Reply.text("this answer was meant to go wrong\n").with(fault);
    }

    /** Whether it is for requests of that method, host and path, as far as this can be said without the request. */
    boolean mayFit(String wantedMethod, String wantedHost, String wantedPath) {
        int query = path.indexOf('?');
        String own = query < 0 ? path : path.substring(0, query);
        return (method.equals("*") || method.equals(wantedMethod))
                && (host == null || host.equalsIgnoreCase(wantedHost))
                && (path.endsWith("*")
                        ? wantedPath.startsWith(path.substring(0, path.length() - 1))
                                || query >= 0 && own.equals(wantedPath)
                        : own.equals(wantedPath));
    }

    /** A request as it may come, for looking at what it would be answered. */
    ReceivedRequest sample(String wantedMethod, String wantedHost, String wantedPath, boolean secure, Instant now) {
        String target = path.startsWith(wantedPath + "?") && !path.endsWith("*") ? path : wantedPath;
        return new ReceivedRequest(
                new ReceivedConnection(0, secure),
                1,
                now,
                HttpFake.Version.HTTP_1_1,
                wantedMethod,
                target,
                wantedHost,
                List.of(new HttpHeader("Host", wantedHost)),
                new byte[0]);
    }

    boolean fits(ReceivedRequest request, String wantedMethod) {
        return (method.equals("*") || method.equals(wantedMethod))
                && fitsPath(request)
                && (host == null || host.equalsIgnoreCase(request.host()))
                && (condition == null || condition.test(request));
    }

    private boolean fitsPath(ReceivedRequest request) {
        if (path.endsWith("*")) {
            return request.path().startsWith(path.substring(0, path.length() - 1));
        }
        return path.equals(path.indexOf('?') < 0 ? request.path() : request.target());
    }

    /**
     * The route in one line.
     *
     * @return method, host and path
     */
    @Override
    public String toString() {
        return method + " " + (host == null ? "" : host) + path + (condition == null ? "" : " (on a condition)");
    }
}
