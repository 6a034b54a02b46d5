package dev.golive.provider;

import dev.golive.ActionContext;
import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Network;
import dev.golive.time.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way to the API of a provider, used together by all checks and actions of a {@link dev.golive.GoLive}.
 *
 * <ul>
 *   <li>An exchange (connecting, sending, the whole answer) ends with its attempt, one that only looks after eight
 *       seconds, so that there is time for another, and one that changes something ten seconds before its attempt, so that
 *       there is time to look what came of it. No answer is read beyond eight megabytes.
 *   <li>What only looks is tried three times, with pauses as long as {@code Retry-After} (RFC 9110) says. What changes
 *       something is sent once, unless the provider says that it did not look at it (status 429).
 *   <li>The provider's limits are kept: so many requests a second, and no request when it has said that none is left. The
 *       last tenth of a window, and 25 requests at least, are kept for actions, so that checks never use up what a rollback
 *       needs.
 *   <li>All waiting is done on the attempt's {@link TimeSource}. Redirects are not followed.
 * </ul>
 *
 * <p>Thread-safe. Closing it ends its threads.
 */
public final class ApiTransport implements AutoCloseable {

    /** More than any answer that golive asks for. */
    private static final int LONGEST_ANSWER = 8 << 20;

    private static final int ATTEMPTS = 3;
    private static final Duration AFTER_WRITE = Duration.ofSeconds(10);
    private static final Duration EXCHANGE = Duration.ofSeconds(8);
    private static final int LEAST_RESERVE = 25;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    /** A pause that is asked for may be longer than this, but is not kept for others. */
    private static final Duration LONGEST_BLOCK = Duration.ofHours(1);

    private final ApiDialect dialect;
    private final Network network;
    private final HttpClients client;
    private final Object lock = new Object();
    /** When the newest requests went out, or will; as many as fit into a second. */
    private final Deque<Instant> turns = new ArrayDeque<>();

    private @Nullable RateLimit limit;
    private @Nullable Instant blockedUntil;
    private long sent;

    /**
     * A transport that has sent nothing yet.
     *
     * @param dialect how the provider speaks
     * @param network the way to the world
     */
    public ApiTransport(ApiDialect dialect, Network network) {
        this.dialect = Given.notNull(dialect, "dialect");
        this.network = Given.notNull(network, "network");
        this.client = new HttpClients(
                "golive-" + dialect.provider().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                network,
                LONGEST_ANSWER);
    }

    /**
     * Sends a request and waits for what it asked for.
     *
     * @param request the request, to the provider's public URI
     * @param context the attempt
     * @return the answer, which the dialect finds nothing wrong with
     * @throws ApiProblem if something stood between golive and such an answer
     * @throws InterruptedException if the run was given up
     */
    public ApiResponse exchange(ApiRequest request, CheckContext context) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            ApiProblem problem;
            Optional<Duration> asked = Optional.empty();
            boolean unseen = false;
            try {
                awaitTurn(context);
                ApiResponse answer = once(request, context);
                note(answer, context);
                Optional<ApiProblem> wrong = dialect.problem(answer);
                if (wrong.isEmpty()) {
                    return answer;
                }
                problem = wrong.get();
                asked = retryAfter(answer);
                unseen = answer.status() == 429;
                if (problem.kind() == ApiProblem.Kind.THROTTLED) {
                    block(asked, context);
                }
            } catch (Withheld withheld) {
                throw withheld.problem;
            } catch (ApiProblem e) {
                problem = e;
            }
            Instant due = context.time().now().plus(asked.orElse(pause));
            if (!mayRepeat(request, problem, unseen) || attempt == ATTEMPTS || !due.isBefore(context.deadline())) {
                throw attempt == 1 ? problem : problem.with(Fact.of("requests", attempt));
            }
            context.time().sleepUntil(due);
            pause = pause.multipliedBy(4);
        }
    }

    private static boolean mayRepeat(ApiRequest request, ApiProblem problem, boolean unseen) {
        return switch (problem.kind()) {
            case THROTTLED -> unseen || !request.isWriting();
            case BROKEN, UNREACHABLE -> !request.isWriting();
            case NOT_ACCEPTED, EXPIRED, NO_CREDENTIAL, DENIED, NOT_FOUND, REFUSED, UNREADABLE, MODULE_MISSING -> false;
        };
    }

    private static Optional<Duration> retryAfter(ApiResponse answer) {
        // the form of a date is not worth a clock of somebody else
        return answer.header("retry-after")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** A request that was not sent, since the provider said that it would not take it. */
    private static final class Withheld extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ApiProblem problem;

        Withheld(ApiProblem problem) {
            super(problem);
            this.problem = problem;
        }
    }

    /** Waits until the provider takes a request, as far as it told. */
    private void awaitTurn(CheckContext context) throws Withheld, InterruptedException {
        Instant now = context.time().now();
        Instant turn;
        synchronized (lock) {
            if (context instanceof ActionContext) {
                // few, and more urgent than all checks together
                sent++;
                return;
            }
            Instant allowed = notBefore(now);
            if (!allowed.isBefore(context.deadline())) {
                throw withheld(" takes no more requests of checks until " + allowed, allowed);
            }
            turn = paced(allowed);
            if (!turn.isBefore(context.deadline())) {
                throw withheld(" takes only so many requests in a second, and others came before until " + turn, turn);
            }
            turns.addLast(turn);
            sent++;
        }
        if (turn.isAfter(now)) {
            context.time().sleepUntil(turn);
        }
    }

    private Withheld withheld(String why, Instant until) {
        return new Withheld(ApiProblem.of(ApiProblem.Kind.THROTTLED, dialect.provider() + why)
                .with(Fact.of("not asked before", until)));
    }

    /** The first instant at which there are not too many in a second. */
    private Instant paced(Instant earliest) {
        int most = Math.max(1, dialect.perSecond(Optional.ofNullable(limit)));
        while (turns.size() > most) {
            turns.removeFirst();
        }
        Instant turn = earliest;
        if (turns.size() == most) {
            Instant free = turns.getFirst().plusSeconds(1);
            turn = free.isAfter(turn) ? free : turn;
        }
        Instant last = turns.peekLast();
        return last != null && last.isAfter(turn) ? last : turn;
    }

    /** What is kept for actions: a rollback needs some dozens of requests, however few there are in all. */
    private static long reserve(RateLimit known) {
        return Math.max(known.limit() / 10, Math.min(LEAST_RESERVE, known.limit() / 2));
    }

    /** When a check may ask, given what the provider said. */
    private Instant notBefore(Instant now) {
        Instant earliest = now;
        Instant blocked = blockedUntil;
        if (blocked != null && blocked.isAfter(earliest)) {
            earliest = blocked;
        }
        RateLimit known = limit;
        if (known != null && known.resetsAt().isAfter(earliest) && known.left() <= reserve(known)) {
            earliest = known.resetsAt();
        }
        return earliest;
    }

    private void block(Optional<Duration> asked, CheckContext context) {
        if (asked.isPresent() && asked.get().compareTo(LONGEST_BLOCK) <= 0) {
            Instant until = context.time().now().plus(asked.get());
            synchronized (lock) {
                blockedUntil = blockedUntil == null || blockedUntil.isBefore(until) ? until : blockedUntil;
            }
        }
    }

    private void note(ApiResponse answer, CheckContext context) {
        Optional<RateLimit> said = dialect.rateLimit(answer, context.time().now());
        if (said.isPresent()) {
            synchronized (lock) {
                limit = said.get();
            }
        }
    }

    private ApiResponse once(ApiRequest request, CheckContext context) throws InterruptedException {
        Instant longest = context.time().now().plus(EXCHANGE);
        // a write has longer, and what came of it can still be looked for afterwards
        Instant latest = context.deadline().minus(AFTER_WRITE);
        Instant until = request.isWriting() && latest.isAfter(longest)
                ? latest
                : context.deadline().isBefore(longest) ? context.deadline() : longest;
        Exchange exchange = new Exchange(ofJdk(request));
        try {
            HttpResponse<byte[]> whole = context.time().within(until, exchange::giveUp, exchange::call);
            return new ApiResponse(
                    dialect.provider(), whole.statusCode(), whole.headers().map(), whole.body());
        } catch (InterruptedException | RuntimeException e) {
            if (exchange.isGivenUp() && e instanceof CancellationException) {
                throw unreachable("no answer in time");
            }
            throw e;
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (Exception e) {
            throw unreachable(e);
        }
    }

    /** One exchange, which can be given up at any time, also before it has begun. */
    private final class Exchange {

        private final HttpRequest request;
        private @Nullable CompletableFuture<HttpResponse<byte[]>> answer;
        private boolean givenUp;

        Exchange(HttpRequest request) {
            this.request = request;
        }

        HttpResponse<byte[]> call() throws InterruptedException, ExecutionException {
            CompletableFuture<HttpResponse<byte[]>> waited;
            synchronized (this) {
                if (givenUp) {
                    throw new CancellationException("given up");
                }
                waited = client.send(request);
                answer = waited;
            }
            try {
                return waited.get();
            } catch (InterruptedException e) {
                waited.cancel(true);
                throw e;
            }
        }

        synchronized void giveUp() {
            givenUp = true;
            if (answer != null) {
                answer.cancel(true);
            }
        }

        synchronized boolean isGivenUp() {
            return givenUp;
        }
    }

    private HttpRequest ofJdk(ApiRequest request) {
        URI target = network.endpoint(request.uri());
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::header);
        return builder.header("accept", "application/json")
                .header("user-agent", "golive")
                .build();
    }

    private ApiProblem unreachable(String why) {
        return ApiProblem.of(
                ApiProblem.Kind.UNREACHABLE,
                dialect.provider() + " could not be reached (" + why + "): look at this machine's network and at the"
                        + " provider's status page");
    }

    private ApiProblem unreachable(Throwable thrown) {
        if (thrown instanceof HttpClients.TooLongException) {
            return ApiProblem.undecided(
                    dialect.provider() + " gave an answer that cannot be read: " + thrown.getMessage());
        }
        String message = thrown.getMessage();
        return unreachable(message == null ? thrown.getClass().getSimpleName() : Words.line(message))
                .with(Fact.of("error", thrown.getClass().getSimpleName()))
                .because(thrown);
    }

    /**
     * What the provider last said of its limit.
     *
     * @return the limit, empty if it has not said any
     */
    public Optional<RateLimit> rateLimit() {
        synchronized (lock) {
            return Optional.ofNullable(limit);
        }
    }

    /**
     * How many requests were sent.
     *
     * @return the number, with those that were repeated
     */
    public long sent() {
        synchronized (lock) {
            return sent;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
