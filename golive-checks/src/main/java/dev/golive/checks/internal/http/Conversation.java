package dev.golive.checks.internal.http;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.checks.HttpVersion;
import dev.golive.checks.internal.net.ChainVerdict;
import dev.golive.checks.internal.net.Connection;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.net.Failures;
import dev.golive.checks.internal.net.NotConnectedException;
import dev.golive.checks.internal.net.TlsOffer;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt of one check says and hears: a request, and after it those that redirects lead to. It keeps the facts
 * of the last exchange, whatever became of it. Used by one thread.
 */
final class Conversation {

    private static final int MAX_HOPS = 10;

    private final CheckContext context;
    private final Instant due;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Fact> remarks = new ArrayList<>();
    private final Duration begun;
    private Duration waited = Duration.ZERO;

    Conversation(CheckContext context) {
        this.context = context;
        this.due = Connector.due(context);
        this.begun = context.time().elapsed();
    }

    /** Who answered and how long it took. */
    List<Fact> facts() {
        List<Fact> all = new ArrayList<>(facts);
        all.addAll(remarks);
        return all;
    }

    /** Thrown with the outcome of the whole conversation, when there is nothing to judge. */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        EndedException(Outcome outcome, @Nullable Throwable cause) {
            super(outcome.why(), cause);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }

    /** Sends a request, and follows where it leads if it may. */
    Response run(RequestPlan first) throws Exception {
        RequestPlan plan = first;
        List<Hop> hops = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Duration before = Duration.ZERO;
        while (true) {
            seen.add(plan.method() + " " + plan.url());
            Response response = exchange(plan).after(hops, before);
            if (!plan.following() || !response.redirects()) {
                return response;
            }
            Hop hop = new Hop(response.status(), plan.url(), target(plan, response));
            hops.add(hop);
            remarks.add(Fact.of("redirect " + hops.size(), hop));
            plan = plan.redirected(hop);
            before = response.total();
            if (seen.contains(plan.method() + " " + plan.url())) {
                throw new EndedException(Outcome.failed("the redirects lead in a circle, back to " + plan.url()), null);
            }
            boolean sameServer = hop.from().sameOrigin(hop.to())
                    || hop.from().host().equals(hop.to().host()) && hop.to().secure();
            if (plan.content() != null && !sameServer) {
                throw new EndedException(
                        Outcome.unknown("the redirect leads to " + hop.to()
                                + ", another origin, which must not be told what was sent to this one"),
                        null);
            }
            if (hops.size() == MAX_HOPS) {
                throw new EndedException(Outcome.failed("more than " + MAX_HOPS + " redirects"), null);
            }
        }
    }

    private static Url target(RequestPlan plan, Response response) throws EndedException {
        String location = response.values("Location").get(0);
        try {
            return plan.url().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new EndedException(Outcome.failed("the redirect leads nowhere", Fact.of("location", location)), e);
        }
    }

    private Response exchange(RequestPlan plan) throws Exception {
        facts.clear();
        Connector connector = context.shared(Connector.SHARED);
        Endpoint endpoint = new Endpoint(plan.url().host(), plan.url().port(), plan.family(), plan.pinned());
        try {
            Connector.Found found = connector.resolve(context, endpoint);
            boolean own = plan.fresh() || !plan.isSafe() || plan.version() == HttpVersion.HTTP_2;
            return own
                    ? onItsOwn(plan, connector, endpoint, found)
                    : onSharedConnection(plan, connector, endpoint, found);
        } catch (NotConnectedException e) {
            throw new EndedException(fair(e.outcome()), e);
        } catch (BrokenExchangeException e) {
            throw new EndedException(fair(e.outcome()), e);
        }
    }

    /** That the server did not answer in time is not its fault if much of the time was spent in line with other checks. */
    private Outcome fair(Outcome outcome) {
        Duration spent = context.time().elapsed().minus(begun);
        boolean late = !context.time().now().isBefore(due);
        return late && outcome.isUnreachable() && waited.multipliedBy(10).compareTo(spent) > 0
                ? Outcome.unknown(
                        outcome.why() + ", after " + Spans.text(waited) + " of waiting for one of the " + Pool.MOST
                                + " connections that checks share",
                        outcome.facts().toArray(new Fact[0]))
                : outcome;
    }

    private Response onItsOwn(RequestPlan plan, Connector connector, Endpoint endpoint, Connector.Found found)
            throws Exception {
        try (Wire wire = open(plan, connector, endpoint, found)) {
            return on(wire, plan, "");
        }
    }

    private Response onSharedConnection(RequestPlan plan, Connector connector, Endpoint endpoint, Connector.Found found)
            throws Exception {
        Pool pool = context.shared(Pool.SHARED);
        Pool.Key key =
                new Pool.Key(plan.url().secure(), endpoint.host(), endpoint.port(), found.address(), plan.anchors());
        Duration start = context.time().elapsed();
        Pool.Slot slot = pool.take(key, due);
        waited = waited.plus(context.time().elapsed().minus(start));
        if (slot == null) {
            throw new EndedException(
                    Outcome.unknown("all " + Pool.MOST + " connections to "
                            + plan.url().authority() + " were in use by other checks until the deadline"),
                    null);
        }
        Wire wire = slot.wire();
        Wire good = null;
        try {
            if (wire != null && context.attempt() > 1) {
                // a server that nobody can connect to any more may go on answering those who are connected
                wire.close();
                wire = null;
            }
            if (wire != null) {
                try {
                    Response response = on(wire, plan, " (of a reused connection)");
                    good = wire;
                    return response;
                } catch (BrokenExchangeException e) {
                    // the server may close an idle connection at any moment; that says nothing about the request
                    if (!e.unanswered()
                            || plan.method().equals("OPTIONS")
                            || !context.time().now().isBefore(due)) {
                        throw e;
                    }
                    wire.close();
                    remarks.add(
                            Fact.of("connection", "a reused one was closed by the server, so a new one was opened"));
                }
            }
            wire = open(plan, connector, endpoint, found);
            Response response = on(wire, plan, "");
            good = wire;
            return response;
        } finally {
            if (wire != null && good == null) {
                wire.close();
            }
            pool.giveBack(key, good);
        }
    }

    private Wire open(RequestPlan plan, Connector connector, Endpoint endpoint, Connector.Found found)
            throws Exception {
        TlsOffer offer = null;
        if (plan.url().secure()) {
            offer = plan.version() == HttpVersion.HTTP_2
                    ? TlsOffer.to(endpoint.host(), "h2", "http/1.1")
                    : TlsOffer.to(endpoint.host(), "http/1.1");
        }
        Set<TrustAnchor> anchors = context.network().anchors();
        if (!plan.anchors().isEmpty()) {
            anchors = new LinkedHashSet<>(anchors);
            anchors.addAll(plan.anchors());
        }
        Connection connection = connector.open(context, endpoint, found, offer, anchors);
        return connection.applicationProtocol().equals("h2") ? new Http2Wire(connection) : new Http1Wire(connection);
    }

    /** One request and its response, given up in time. */
    private Response on(Wire wire, RequestPlan plan, String mark) throws Exception {
        Connection connection = wire.connection();
        facts.clear();
        facts.addAll(connection.facts());
        facts.addAll(connection.phases().facts(mark));
        X509Certificate leaf =
                connection.chain().isEmpty() ? null : connection.chain().get(0);
        if (leaf != null) {
            facts.addAll(Failures.certificate(leaf, context.time().now()));
        }
        ChainVerdict.Judgement judged = connection.judgement();
        if (judged != null && judged.finding() != Finding.PASSED) {
            remarks.add(Fact.of("certificate verdict", judged.why()));
        }
        if (judged != null && !judged.trusted() && !plan.anyCertificate()) {
            throw new EndedException(Outcome.of(judged.finding(), judged.why(), headOf(wire, plan)), null);
        }
        Received received = timed(wire, plan, headers(plan), false);
        Duration total = sum(
                        connection.phases().dns(),
                        connection.phases().tcp(),
                        connection.phases().tls())
                .plus(received.whole());
        facts.add(Fact.of("first byte time", Spans.text(received.firstByte())));
        facts.add(Fact.of("total time", Spans.text(total)));
        return new Response(
                plan.url(),
                received.status(),
                received.version(),
                received.fields(),
                received.body(),
                received.firstByte(),
                total,
                leaf,
                context.time().now(),
                List.of());
    }

    /** Of a server that is not the right one, no more than the head of an answer to a request that tells nothing. */
    private List<Fact> headOf(Wire wire, RequestPlan plan) throws Exception {
        if (!plan.isSafe()) {
            return List.of();
        }
        try {
            RequestPlan bare = plan.bare();
            Received received = timed(wire, bare, headers(bare), true);
            return List.of(Fact.of("status", received.status()));
        } catch (BrokenExchangeException e) {
            return List.of(Fact.of("status", "none: " + e.outcome().why()));
        }
    }

    private Received timed(Wire wire, RequestPlan plan, List<Field> headers, boolean headOnly) throws Exception {
        Use use = new Use(wire);
        try (TimeSource.Alarm hook = context.onCancel(use::abort)) {
            return context.time().within(due, use::abort, () -> wire.exchange(context, plan, headers, headOnly));
        } finally {
            use.end();
        }
    }

    /** The time in which giving up on this check may close the connection: afterwards it may be another check's. */
    private static final class Use {
        private @Nullable Wire wire;

        Use(Wire wire) {
            this.wire = wire;
        }

        synchronized void abort() {
            if (wire != null) {
                wire.close();
            }
        }

        synchronized void end() {
            wire = null;
        }
    }

    private List<Field> headers(RequestPlan plan) {
        List<Field> headers = new ArrayList<>();
        for (RequestHeader header : plan.headers()) {
            headers.add(new Field(header.name(), header.value().apply(context)));
        }
        addUnlessGiven(headers, "User-Agent", "golive");
        addUnlessGiven(headers, "Accept", "*/*");
        if (plan.compressed()) {
            addUnlessGiven(headers, "Accept-Encoding", "gzip, deflate");
        }
        return headers;
    }

    private static void addUnlessGiven(List<Field> headers, String name, String value) {
        if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
            headers.add(new Field(name, value));
        }
    }

    private static Duration sum(@Nullable Duration... spans) {
        Duration sum = Duration.ZERO;
        for (Duration span : spans) {
            if (span != null) {
                sum = sum.plus(span);
            }
        }
        return sum;
    }
}
