package dev.golive.testkit;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A scripted HTTP server on loopback: HTTP/1.1 and HTTP/2, plain and with TLS, many hosts on one port.
 *
 * <pre>{@code
 * TestCa ca = TestCa.create(time);
 * try (HttpFake shop = HttpFake.start(time).tls(ca.leaf("shop.example"))) {
 *     shop.get("/api/health").reply(Reply.json("{\"status\":\"ok\"}").header("Cache-Control", "no-store"));
 *     shop.get("/").host("shop.example").reply(Reply.status(503)).then(Reply.html("<h1>Shop</h1>"));
 *     shop.post("/orders").reply(order -> Reply.json(201, order.bodyText()));
 *     shop.get("/slow").reply(Reply.text("at last").after(Duration.ofSeconds(3)));
 *     shop.get("/broken").reply(Reply.text("a page").with(HttpFault.resetMidBody()));
 *
 *     // ... what is tested talks to shop.address() or shop.tlsAddress() ...
 *
 *     assertThat(shop.requests("POST", "/orders")).hasSize(1);
 *     shop.verify();
 * }
 * }</pre>
 *
 * <ul>
 *   <li>The plain port is open from the start, the TLS port from the first {@link #tls}. Both are ephemeral.
 *   <li>HTTP/2 is negotiated by ALPN on the TLS port, and understood with prior knowledge on the plain one.
 *   <li>The route that was added last wins. A sequence of answers stays with its last one. HEAD is answered by a route
 *       for GET if it has none of its own.
 *   <li>A request that no route fits is answered at once with status 501 and a text that says what there is, is recorded,
 *       and fails {@link #verify}.
 *   <li>All waiting is done on the time source, in the thread that answers, before the last byte of the answer. A fake
 *       has no timer.
 *   <li>At most 1,024 threads serve, one for each connection and each HTTP/2 request, and on the system clock one more for
 *       each HTTP/1.1 connection on which an answer waits; connections and requests beyond that are reset.
 * </ul>
 *
 * <p>TLS is the JDK's, within what the JVM's security settings allow; it does not staple OCSP responses, which JSSE does
 * only by a setting of the whole JVM ({@link TestCa#ocspResponse} gives the bytes).
 *
 * <p>Thread-safe. Handlers given as functions run on the fake's threads, several at once if several requests come.
 */
public final class HttpFake implements AutoCloseable, Fake {

    private static final int THREADS = 1_024;
    private static final long PATIENCE_SECONDS = 10;

    /** A version of HTTP. */
    public enum Version {
        /** HTTP/1.0 (RFC 1945). */
        HTTP_1_0("HTTP/1.0", "http/1.0"),
        /** HTTP/1.1 (RFC 9112). */
        HTTP_1_1("HTTP/1.1", "http/1.1"),
        /** HTTP/2 (RFC 9113). */
        HTTP_2("HTTP/2", "h2");

        private final String text;
        private final String protocol;

        Version(String text, String protocol) {
            this.text = text;
            this.protocol = protocol;
        }

        /** Its name in ALPN (RFC 7301). */
        String protocol() {
            return protocol;
        }

        /**
         * The version as people write it.
         *
         * @return for example {@code HTTP/1.1}
         */
        @Override
        public String toString() {
            return text;
        }
    }

    /** What is played to answer a request. */
    record Answer(Reply reply, HttpFault.@Nullable OfExchange fault) {}

    /** What goes wrong with some requests: a fault of theirs, or another answer made of the right one. */
    private record Upset(
            Predicate<ReceivedRequest> whom,
            HttpFault.@Nullable OfExchange fault,
            @Nullable UnaryOperator<Reply> instead) {}

    private final TimeSource time;
    private final InetAddress loopback;
    private final HttpListener plain;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger connectionNumbers = new AtomicInteger();
    private final AtomicInteger threadNumbers = new AtomicInteger();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private final Object lock = new Object();
    private @Nullable HttpListener tls;
    private @Nullable TestCertificate certificate;
    private final Map<String, TestCertificate> certificates = new LinkedHashMap<>();
    private Set<Version> versions = EnumSet.of(Version.HTTP_2, Version.HTTP_1_1);
    private String @Nullable [] tlsVersions;
    private String @Nullable [] cipherSuites;
    private final List<HttpScript> scripts = new ArrayList<>();
    private final List<ReceivedConnection> connections = new ArrayList<>();
    private final Set<HttpConnection> open = new HashSet<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private final List<ReceivedRequest> unscripted = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Deque<HttpFault.OfConnection> nextConnections = new ArrayDeque<>();
    private final Deque<HttpFault.OfExchange> nextRequests = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Upset> upsets = new ArrayList<>();
    private String plays = "HTTP";
    private @Nullable HttpFault fault;
    private boolean closed;

    private HttpFake(TimeSource time, InetAddress loopback) {
        this.time = time;
        this.loopback = loopback;
        this.pool = new ThreadPoolExecutor(
                0, THREADS, PATIENCE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
        this.plain = new HttpListener(this, loopback, false);
    }

    /**
     * Starts a server on the usual loopback address that has nothing to say yet.
     *
     * @param time the time source on which it waits and by which it dates its answers
     * @return a running server
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static HttpFake start(TimeSource time) {
        return start(time, InetAddress.getLoopbackAddress());
    }

    /**
     * Starts a server on a loopback address that has nothing to say yet.
     *
     * @param time the time source on which it waits and by which it dates its answers
     * @param loopback the address, for example {@code ::1}
     * @return a running server
     * @throws IllegalArgumentException if the address is not a loopback address
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static HttpFake start(TimeSource time, InetAddress loopback) {
        Objects.requireNonNull(time, "time");
        if (!Objects.requireNonNull(loopback, "loopback").isLoopbackAddress()) {
            throw new IllegalArgumentException("loopback must be a loopback address, was " + loopback);
        }
        return new HttpFake(time, loopback);
    }

    /**
     * Opens the TLS port, if it is not open yet, and serves this certificate to everyone who asks for one of its names.
     * The first certificate given is also served to everyone else.
     *
     * @param identity the certificate; replaces an earlier one of the same name
     * @return this
     * @throws IllegalStateException if the fake is closed
     */
    public HttpFake tls(TestCertificate identity) {
        Objects.requireNonNull(identity, "identity");
        synchronized (lock) {
            requireOpen();
            for (String name : identity.names()) {
                certificates.put(name.toLowerCase(Locale.ROOT), identity);
            }
        }
        return openTls(identity);
    }

    /**
     * Opens the TLS port, if it is not open yet, and serves this certificate to everyone who asks for this name, whether
     * it fits or not.
     *
     * @param serverName the name that clients ask for
     * @param identity the certificate; replaces an earlier one of the same name
     * @return this
     * @throws IllegalStateException if the fake is closed
     */
    public HttpFake tls(String serverName, TestCertificate identity) {
        Objects.requireNonNull(serverName, "serverName");
        Objects.requireNonNull(identity, "identity");
        synchronized (lock) {
            requireOpen();
            certificates.put(serverName.toLowerCase(Locale.ROOT), identity);
        }
        return openTls(identity);
    }

    private HttpFake openTls(TestCertificate identity) {
        HttpListener refusing = null;
        synchronized (lock) {
            if (certificate == null) {
                certificate = identity;
            }
            if (tls == null) {
                tls = new HttpListener(this, loopback, true);
                refusing = fault instanceof HttpFault.Refuse ? tls : null;
            }
        }
        if (refusing != null) {
            refusing.refuse();
        }
        return this;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the fake is closed");
        }
    }

    /**
     * Speaks these versions only; without it, HTTP/2 and HTTP/1.1. A TLS client that offers no application protocol gets
     * HTTP/1.1 in any case.
     *
     * @param version a version
     * @param more further ones
     * @return this
     */
    public HttpFake versions(Version version, Version... more) {
        EnumSet<Version> all = EnumSet.of(version, more);
        synchronized (lock) {
            versions = all;
        }
        return this;
    }

    /**
     * Speaks these TLS versions only; without it, what the JVM allows.
     *
     * @param names their names in JSSE, for example {@code TLSv1.2}
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public HttpFake tlsVersions(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("names must have at least one TLS version");
        }
        synchronized (lock) {
            tlsVersions = names.clone();
        }
        return this;
    }

    /**
     * Accepts these cipher suites only; without it, what the JVM allows.
     *
     * @param names their names in JSSE, for example {@code TLS_AES_128_GCM_SHA256}
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public HttpFake cipherSuites(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("names must have at least one cipher suite");
        }
        synchronized (lock) {
            cipherSuites = names.clone();
        }
        return this;
    }

    /**
     * The plain port.
     *
     * @return its address
     */
    public InetSocketAddress address() {
        return plain.address();
    }

    /**
     * The TLS port.
     *
     * @return its address
     * @throws IllegalStateException if no certificate was given
     */
    public InetSocketAddress tlsAddress() {
        synchronized (lock) {
            if (tls == null) {
                throw new IllegalStateException("there is no TLS port before tls(certificate)");
            }
            return tls.address();
        }
    }

    /**
     * An address on the plain port, by IP address.
     *
     * @param target path and query; begins with a slash
     * @return the address
     * @throws IllegalArgumentException if the target does not begin with a slash or is malformed
     */
    public URI uri(String target) {
        return uri("http", address(), target);
    }

    /**
     * An address on the TLS port, by IP address.
     *
     * @param target path and query; begins with a slash
     * @return the address
     * @throws IllegalArgumentException if the target does not begin with a slash or is malformed
     * @throws IllegalStateException if no certificate was given
     */
    public URI tlsUri(String target) {
        return uri("https", tlsAddress(), target);
    }

    private static URI uri(String scheme, InetSocketAddress address, String target) {
        String host = address.getAddress().getHostAddress();
        return URI.create(scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort()
                + requirePath(target, "target"));
    }

    private static String requirePath(String path, String name) {
        if (!Objects.requireNonNull(path, name).startsWith("/") && !path.equals("*")) {
            throw new IllegalArgumentException(name + " must begin with a slash, was " + path);
        }
        return path;
    }

    /**
     * Requests of this method and path.
     *
     * @param method the method, or {@code *} for any
     * @param path the path as it is sent, not decoded; with a question mark it is compared with the query, too; one that
     *     ends in {@code *} stands for all that begin like it
     * @return the requests; next comes what they are answered
     * @throws IllegalArgumentException if the method is blank or the path does not begin with a slash
     */
    public HttpRoute on(String method, String path) {
        if (Objects.requireNonNull(method, "method").isBlank()) {
            throw new IllegalArgumentException("method must not be blank");
        }
        return new HttpRoute(this, method, requirePath(path, "path"), null, null);
    }

    /**
     * GET requests of this path; HEAD too, if it has no route of its own.
     *
     * @param path the path, as in {@link #on}
     * @return the requests; next comes what they are answered
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public HttpRoute get(String path) {
        return on("GET", path);
    }

    /**
     * POST requests of this path.
     *
     * @param path the path, as in {@link #on}
     * @return the requests; next comes what they are answered
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public HttpRoute post(String path) {
        return on("POST", path);
    }

    HttpScript add(HttpScript script) {
        synchronized (lock) {
            scripts.add(script);
        }
        return script;
    }

    /**
     * Lets everything go wrong from now on, until {@link #mend}: all requests for a fault of an exchange, all new
     * connections for one of a connection. It takes precedence over a fault of a route, and that over one of a reply.
     *
     * @param what what goes wrong; replaces an earlier one
     * @return this
     * @throws java.io.UncheckedIOException if a refusing port cannot be kept
     */
    public HttpFake fault(HttpFault what) {
        Objects.requireNonNull(what, "what");
        synchronized (lock) {
            requireOpen();
            fault = what;
        }
        // Ports change without the lock, which their accepting threads need before they can end.
        if (what instanceof HttpFault.Refuse) {
            listeners().forEach(HttpListener::refuse);
            openConnections().forEach(HttpConnection::cut);
        } else {
            listeners().forEach(HttpListener::mend);
        }
        return this;
    }

    /**
     * Lets every request for one path of one host go wrong from now on, until {@link #mend}. It takes precedence over a
     * fault of a route, and one of the whole fake over it.
     *
     * @param host the host's name without port; compared without regard to case
     * @param path the path as it is sent, without a query
     * @param what what goes wrong; replaces an earlier one of the same host and path
     * @return this
     * @throws IllegalArgumentException if the host is blank or the path does not begin with a slash
     */
    public HttpFake fault(String host, String path, HttpFault.OfExchange what) {
        Objects.requireNonNull(what, "what");
        if (Objects.requireNonNull(host, "host").isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        requirePath(path, "path");
        upset(request -> request.host().equalsIgnoreCase(host) && request.path().equals(path), what, null);
        return this;
    }

    /** Lets requests go wrong; what came last counts. */
    private void upset(
            Predicate<ReceivedRequest> whom,
            HttpFault.@Nullable OfExchange what,
            @Nullable UnaryOperator<Reply> instead) {
        synchronized (lock) {
            requireOpen();
            upsets.add(0, new Upset(whom, what, instead));
        }
    }

    /** Lets a fault happen to what is asked so. */
    void upset(String question, HttpFault.OfExchange what) {
        upset(request -> HttpTroubles.what(request).equals(question), what, null);
    }

    /** Answers otherwise what is asked so. */
    void upset(String question, UnaryOperator<Reply> instead) {
        upset(request -> HttpTroubles.what(request).equals(question), null, instead);
    }

    /**
     * Lets the next request go wrong, whatever it is. Called several times, that many requests in turn.
     *
     * @param what what goes wrong
     * @return this
     */
    public HttpFake faultNext(HttpFault.OfExchange what) {
        Objects.requireNonNull(what, "what");
        synchronized (lock) {
            nextRequests.add(what);
        }
        return this;
    }

    /**
     * Lets the next connection go wrong. Called several times, that many connections in turn.
     *
     * @param what what goes wrong
     * @return this
     */
    public HttpFake faultNext(HttpFault.OfConnection what) {
        Objects.requireNonNull(what, "what");
        synchronized (lock) {
            nextConnections.add(what);
        }
        return this;
    }

    /**
     * Ends the fault of the whole fake and those of single paths, and forgets those of next requests and connections.
     * Exchanges that hang keep hanging: they began under the fault.
     *
     * @return this
     * @throws java.io.UncheckedIOException if a port that refused cannot be opened again
     */
    public HttpFake mend() {
        synchronized (lock) {
            requireOpen();
            fault = null;
            upsets.clear();
            nextConnections.clear();
            nextRequests.clear();
        }
        listeners().forEach(HttpListener::mend);
        return this;
    }

    /**
     * All requests so far, also those that went wrong or fitted no route.
     *
     * @return the requests in the order in which they were complete
     */
    public List<ReceivedRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /**
     * The requests of this method and path so far.
     *
     * @param method the method, or {@code *} for any
     * @param path the path, as in {@link #on}
     * @return the requests in the order in which they were complete
     * @throws IllegalArgumentException if the method is blank or the path does not begin with a slash
     */
    public List<ReceivedRequest> requests(String method, String path) {
        HttpRoute route = on(method, path);
        return requests().stream()
                .filter(request -> route.fits(request, request.method()))
                .toList();
    }

    /**
     * The requests that fitted no route.
     *
     * @return the requests in the order in which they were complete
     */
    public List<ReceivedRequest> unscripted() {
        synchronized (lock) {
            return List.copyOf(unscripted);
        }
    }

    /**
     * All connections so far, also those that went wrong.
     *
     * @return the connections in the order in which they were accepted
     */
    public List<ReceivedConnection> connections() {
        synchronized (lock) {
            return List.copyOf(connections);
        }
    }

    /**
     * Says what it plays, where there are several.
     *
     * @param what a few words, such as {@code the site}; not blank
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public HttpFake playing(String what) {
        FakeCalls.requireText(what, "what");
        synchronized (lock) {
            plays = what;
        }
        return this;
    }

    /**
     * What it plays: {@code HTTP}, unless {@link #playing} said otherwise.
     *
     * @return a few words
     */
    @Override
    public String plays() {
        synchronized (lock) {
            return plays;
        }
    }

    /**
     * What it was asked so far: {@code GET shop.example/health} for a request, with its path but without its query, and
     * {@code TLS shop.example} for each TLS handshake that a client began. Requests other than GET, HEAD, OPTIONS and
     * TRACE ask for a change. A connection on which nothing was said has asked nothing.
     *
     * @return a copy, in the order of arrival
     */
    @Override
    public List<Asked> asked() {
        synchronized (lock) {
            return List.copyOf(asked);
        }
    }

    /**
     * What users may meet of that which is asked, all of it drifts: faults of connections and certificates, for each
     * question what may be wrong with its answer, and for one question of each host all faults of an exchange in
     * {@link HttpFault#catalogue}; of the others those that are nearest to a service that is down.
     *
     * <p>What is answered is looked at without counting it. A handler of GET requests that is a function is asked once for
     * each scheme; one of requests that change something is not, so nothing is known of its answer. The questions must be
     * those of this fake: a route for any host would take others' for its own.
     *
     * @param questions what is going to be asked
     * @return the troubles; those of TLS and HTTP/2 only if it plays that
     */
    @Override
    public List<Trouble> troubles(Set<String> questions) {
        return new HttpTroubles(this, Objects.requireNonNull(questions, "questions")).all();
    }

    /** A TLS client has named whom it wants to speak to. */
    void handshake(ReceivedConnection connection) {
        Asked question =
                new Asked(HttpTroubles.handshake(connection.serverName().orElse("")), false, time.now());
        synchronized (lock) {
            asked.add(question);
        }
    }

    /** Whether there is an answer for requests of that method, host and path. */
    boolean isScripted(String method, String host, String path) {
        return script(method, host, path) != null;
    }

    /** What a request of that kind would be answered next, if this is known. */
    Optional<Reply> upcoming(String method, String host, String path, boolean secure) {
        HttpScript script = script(method, host, path);
        if (script == null) {
            return Optional.empty();
        }
        ReceivedRequest sample = script.route().sample(method, host, path, secure, time.now());
        return script.upcoming(sample);
    }

    private @Nullable HttpScript script(String method, String host, String path) {
        List<HttpScript> newestFirst;
        synchronized (lock) {
            newestFirst = new ArrayList<>(scripts);
        }
        Collections.reverse(newestFirst);
        for (String each : method.equals("HEAD") ? List.of("HEAD", "GET") : List.of(method)) {
            for (HttpScript script : newestFirst) {
                if (script.route().mayFit(each, host, path)) {
                    return script;
                }
            }
        }
        return null;
    }

    /** The certificate for a name, if there is a TLS port. */
    Optional<TestCertificate> certificateOf(String serverName) {
        synchronized (lock) {
            return certificate == null ? Optional.empty() : Optional.of(certificateFor(serverName));
        }
    }

    /**
     * Makes sure that nothing happened that the test did not foresee.
     *
     * @throws AssertionError if a request fitted no route or was malformed, or a handler threw
     */
    public void verify() {
        List<String> all;
        synchronized (lock) {
            all = List.copyOf(problems);
        }
        if (!all.isEmpty()) {
            throw new AssertionError(
                    all.stream().collect(Collectors.joining("\n", "The fake met what was not scripted:\n", "")));
        }
    }

    /**
     * Stops the server: closes its ports and connections, ends what hangs, and returns when no thread is left.
     *
     * <p>Not to be called by a handler, whose own end it would wait for.
     *
     * @throws IllegalStateException if a handler does not end within 10 seconds of real time
     */
    @Override
    public void close() {
        List<HttpListener> ports;
        synchronized (lock) {
            closed = true;
            ports = listeners();
        }
        ports.forEach(HttpListener::close);
        openConnections().forEach(HttpConnection::abort);
        pool.shutdownNow();
        // Real time on purpose: what is waited for are real threads, and in virtual time nobody would move the clock.
        if (!uninterruptibly(() -> pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))) {
            throw new IllegalStateException("a handler of this fake does not end: " + pool.getActiveCount() + " left");
        }
        // The pool considers itself terminated a moment before its threads are.
        for (Thread thread : threads) {
            uninterruptibly(() -> {
                thread.join();
                return true;
            });
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "http-fake-" + threadNumbers.incrementAndGet());
        thread.setDaemon(true);
        threads.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        threads.add(thread);
        return thread;
    }

    /** The threads that serve or have served, for tests that want to see them end. */
    List<Thread> threads() {
        return List.copyOf(threads);
    }

    /** Waits even if the thread was interrupted, which is remembered: a fake that is closed leaves nothing behind. */
    static boolean uninterruptibly(Callable<Boolean> wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.call();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (Exception e) {
                    throw new IllegalStateException("waiting for a thread failed", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<HttpListener> listeners() {
        synchronized (lock) {
            return tls == null ? List.of(plain) : List.of(plain, tls);
        }
    }

    private List<HttpConnection> openConnections() {
        synchronized (lock) {
            return List.copyOf(open);
        }
    }

    TimeSource time() {
        return time;
    }

    boolean offers(Version version) {
        synchronized (lock) {
            return versions.contains(version);
        }
    }

    void execute(Runnable work) {
        pool.execute(work);
    }

    void accepted(TappedSocket socket, boolean secure) {
        ReceivedConnection info = new ReceivedConnection(connectionNumbers.incrementAndGet(), secure);
        HttpConnection connection = new HttpConnection(this, socket, info);
        boolean late;
        synchronized (lock) {
            connections.add(info);
            open.add(connection);
            late = closed || fault instanceof HttpFault.Refuse;
        }
        if (late) {
            connection.cut();
            ended(connection);
            return;
        }
        try {
            pool.execute(connection);
        } catch (RejectedExecutionException e) {
            info.endedBy(new IOException("more than " + THREADS + " connections at once", e));
            connection.cut();
            ended(connection);
        }
    }

    void ended(HttpConnection connection) {
        synchronized (lock) {
            open.remove(connection);
        }
    }

    void problem(String what) {
        synchronized (lock) {
            problems.add(what);
        }
    }

    HttpFault.@Nullable OfConnection connectionFault() {
        synchronized (lock) {
            HttpFault.OfConnection next = nextConnections.poll();
            if (next != null) {
                return next;
            }
            return fault instanceof HttpFault.OfConnection always ? always : null;
        }
    }

    TestCertificate certificateFor(@Nullable ClientHello hello) {
        return certificateFor(hello == null ? "" : hello.serverName().orElse(""));
    }

    private TestCertificate certificateFor(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        synchronized (lock) {
            TestCertificate exact = certificates.get(name);
            if (exact != null) {
                return exact;
            }
            int dot = name.indexOf('.');
            TestCertificate wildcard = dot < 0 ? null : certificates.get("*" + name.substring(dot));
            if (wildcard != null) {
                return wildcard;
            }
            return Objects.requireNonNull(certificate, "certificate");
        }
    }

    void configure(SSLParameters parameters) {
        synchronized (lock) {
            List<String> protocols = new ArrayList<>();
            for (Version version : List.of(Version.HTTP_2, Version.HTTP_1_1, Version.HTTP_1_0)) {
                if (versions.contains(version)) {
                    protocols.add(version.protocol());
                }
            }
            parameters.setApplicationProtocols(protocols.toArray(new String[0]));
            if (tlsVersions != null) {
                parameters.setProtocols(tlsVersions);
            }
            if (cipherSuites != null) {
                parameters.setCipherSuites(cipherSuites);
            }
        }
    }

    /** Records a request and finds out what is played for it. */
    Answer answer(ReceivedRequest request) {
        HttpFault.OfExchange now;
        List<HttpScript> newestFirst;
        List<Upset> wrong;
        synchronized (lock) {
            requests.add(request);
            asked.add(new Asked(HttpTroubles.what(request), HttpTroubles.changes(request.method()), request.at()));
            wrong = List.copyOf(upsets);
            now = nextRequests.poll();
            if (now == null && fault instanceof HttpFault.OfExchange always) {
                now = always;
            }
            newestFirst = new ArrayList<>(scripts);
        }
        Collections.reverse(newestFirst);
        // the first that is for it: what came last
        Upset upset = wrong.stream()
                .filter(one -> one.whom().test(request))
                .findFirst()
                .orElse(null);
        if (now == null && upset != null) {
            now = upset.fault();
        }
        try {
            HttpScript script = find(newestFirst, request);
            if (script == null) {
                return new Answer(missing(request, newestFirst), now);
            }
            HttpFault.OfExchange ofRoute = script.currentFault();
            Reply reply = Objects.requireNonNull(script.next(request).apply(request), "the handler's reply");
            UnaryOperator<Reply> instead = upset == null ? null : upset.instead();
            reply = instead == null ? reply : instead.apply(reply);
            HttpFault.OfExchange ofReply = reply.fault().orElse(null);
            return new Answer(reply, now != null ? now : ofRoute != null ? ofRoute : ofReply);
        } catch (RuntimeException | AssertionError e) {
            // A handler may hold assertions of the test; on this thread nobody else would ever hear of them.
            problem("the handler for " + request + " threw " + e);
            return new Answer(Reply.text(500, "the fake's handler threw " + e + "\n"), now);
        }
    }

    private static @Nullable HttpScript find(List<HttpScript> newestFirst, ReceivedRequest request) {
        List<String> methods = request.method().equals("HEAD") ? List.of("HEAD", "GET") : List.of(request.method());
        for (String method : methods) {
            for (HttpScript script : newestFirst) {
                if (script.fits(request, method)) {
                    return script;
                }
            }
        }
        return null;
    }

    private Reply missing(ReceivedRequest request, List<HttpScript> newestFirst) {
        StringBuilder text = new StringBuilder("Nothing is scripted for ")
                .append(request)
                .append(newestFirst.isEmpty() ? ", nor for anything else.\n" : ". Scripted are:\n");
        for (HttpScript script : newestFirst) {
            text.append("  ").append(script).append('\n');
        }
        synchronized (lock) {
            unscripted.add(request);
            problems.add(text.toString().stripTrailing());
        }
        return Reply.text(501, text.toString());
    }
}
