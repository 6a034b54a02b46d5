package dev.golive.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What may go wrong with an {@link HttpFake}, as far as it concerns what is asked. */
final class HttpTroubles {

    private static final String TLS = "TLS ";
    private static final String NAMELESS = "without a name";
    private static final String NOBODY = "nobody.example";
    private static final long LARGEST_JSON = 64 << 10;
    private static final int MOST_FIELDS = 12;

    /** More than anybody reads; those of the catalogue take seconds to make. */
    private static final HttpFault BOMB = HttpFault.compressionBomb(32L << 20);

    private static final HttpFault MANY_HEADERS = HttpFault.manyHeaders(1_000);

    /** Header fields that protect whoever visits. */
    private static final List<String> PROTECTING = List.of(
            "Strict-Transport-Security",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Embedder-Policy",
            "Cross-Origin-Resource-Policy");

    private static final String PAGE = "<!doctype html><title>It works!</title><h1>It works!</h1>";

    private final HttpFake fake;
    private final List<Question> questions = new ArrayList<>();
    private final Set<String> secure = new TreeSet<>();
    private final List<Trouble> troubles = new ArrayList<>();

    /** A request that is going to be made. */
    private record Question(String what, String method, String host, String path) {

        /** Names by which an item shows that it is about this; a mere slash is in everything. */
        String[] names() {
            return path.equals("/") ? new String[] {host} : new String[] {host, path};
        }
    }

    HttpTroubles(HttpFake fake, Set<String> asked) {
        this.fake = fake;
        // sorted, so that the order of a set does not matter
        for (String what : new TreeSet<>(asked)) {
            if (what.startsWith(TLS)) {
                String host = what.substring(TLS.length());
                if (fake.certificateOf(host).isPresent()) {
                    secure.add(host);
                }
                continue;
            }
            int space = what.indexOf(' ');
            int slash = what.indexOf('/', space + 1);
            if (space < 1 || slash < 0) {
                continue;
            }
            Question question = new Question(
                    what, what.substring(0, space), what.substring(space + 1, slash), what.substring(slash));
            if (fake.isScripted(question.method(), question.host(), question.path())) {
                questions.add(question);
            }
        }
    }

    /** What a request asks. */
    static String what(ReceivedRequest request) {
        String path = request.path();
        return request.method() + " " + request.host().toLowerCase(Locale.ROOT)
                + (path.startsWith("/") ? path : "/" + path);
    }

    /** What a TLS handshake asks. */
    static String handshake(String serverName) {
        return TLS + (serverName.isEmpty() ? NAMELESS : serverName.toLowerCase(Locale.ROOT));
    }

    /** Whether a method asks for a change (RFC 9110, section 9.2.1). */
    static boolean changes(String method) {
        return !Set.of("GET", "HEAD", "OPTIONS", "TRACE").contains(method);
    }

    List<Trouble> all() {
        if (questions.isEmpty() && secure.isEmpty()) {
            return List.of();
        }
        ofConnections();
        secure.stream().filter(host -> !host.equals(NAMELESS)).forEach(this::ofCertificate);
        Set<String> hosts = new LinkedHashSet<>();
        for (Question question : questions) {
            ofContent(question);
            ofExchange(question, hosts.add(question.host()));
        }
        return List.copyOf(troubles);
    }

    // ---- connections

    private void ofConnections() {
        Set<String> hosts = new LinkedHashSet<>();
        questions.forEach(question -> hosts.add(question.host()));
        hosts.addAll(secure);
        for (HttpFault fault : HttpFault.catalogue()) {
            if (fault instanceof HttpFault.OfExchange || ofTls(fault) && secure.isEmpty()) {
                continue;
            }
            // who names nobody in the handshake may ask for any host afterwards
            Set<String> concerned = ofTls(fault) && !secure.contains(NAMELESS) ? secure : hosts;
            troubles.add(Trouble.drift(
                            "every connection: " + fault,
                            fake.plays() + " " + fault,
                            what -> concerned.contains(host(what)),
                            () -> fake.fault(fault))
                    .about(concerned.stream()
                            .filter(host -> !host.equals(NAMELESS))
                            .toArray(String[]::new)));
        }
    }

    private static boolean ofTls(HttpFault fault) {
        return fault instanceof HttpFault.HangInHandshake
                || fault instanceof HttpFault.HandshakeAlert
                || fault instanceof HttpFault.OldProtocolOnly
                || fault instanceof HttpFault.NoTls;
    }

    /** The host of a question; blank if it has none. */
    private static String host(String what) {
        int space = what.indexOf(' ');
        if (space < 1) {
            return "";
        }
        int slash = what.indexOf('/', space);
        return what.substring(space + 1, slash < 0 ? what.length() : slash);
    }

    // ---- certificates

    private void ofCertificate(String host) {
        TestCertificate sound = fake.certificateOf(host).orElseThrow();
        Map<String, UnaryOperator<TestCertificate>> flaws = new LinkedHashMap<>();
        flaws.put("expired", TestCertificate::expired);
        flaws.put("not yet valid", TestCertificate::notYetValid);
        flaws.put("expires in 3 days", certificate -> certificate.expiresIn(Duration.ofDays(3)));
        flaws.put("of another name", certificate -> certificate.forNames(NOBODY));
        flaws.put("self-signed", TestCertificate::selfSigned);
        flaws.put("without its intermediate", TestCertificate::missingIntermediate);
        if (sound.canBeRevoked()) {
            flaws.put("revoked", TestCertificate::revoked);
        }
        flaws.put("of a weak key", TestCertificate::weakKey);
        flaws.put("signed with SHA-1", TestCertificate::sha1Signature);
        flaws.forEach((flaw, made) -> troubles.add(Trouble.drift(
                        TLS + host + ": " + flaw,
                        "the certificate of " + host + " is one that is " + flaw,
                        what -> host(what).equals(host),
                        () -> fake.tls(host, made.apply(sound)))
                .about(host)));
    }

    // ---- exchanges

    private void ofExchange(Question question, boolean inFull) {
        boolean http2 = fake.offers(HttpFake.Version.HTTP_2);
        for (HttpFault listed : HttpFault.catalogue()) {
            HttpFault fault = listed instanceof HttpFault.CompressionBomb
                    ? BOMB
                    : listed instanceof HttpFault.ManyHeaders ? MANY_HEADERS : listed;
            // a status is a matter of content, and is there for every question
            if (!(fault instanceof HttpFault.OfExchange exchange) || fault instanceof HttpFault.ErrorStatus) {
                continue;
            }
            boolean only2 = fault instanceof HttpFault.GoAway || fault instanceof HttpFault.ResetStream;
            boolean likeDown =
                    fault instanceof HttpFault.ResetBeforeHeaders || fault instanceof HttpFault.HangBeforeHeaders;
            if (only2 && !http2 || !inFull && !likeDown) {
                continue;
            }
            Trouble trouble = Trouble.drift(
                            question.what() + ": " + fault,
                            fake.plays() + " " + fault + " when asked for " + question.what(),
                            question.what()::equals,
                            () -> fake.upset(question.what(), exchange))
                    .about(question.names());
            troubles.add(isHarmless(exchange) ? trouble.harmless() : trouble);
        }
    }

    /** Whether a client that follows the rules of HTTP gets the whole right answer all the same. */
    private static boolean isHarmless(HttpFault.OfExchange fault) {
        return fault instanceof HttpFault.CloseAfterAnswer || fault instanceof HttpFault.ResetOnReuse;
    }

    // ---- content

    private void ofContent(Question question) {
        List<Reply> known = new ArrayList<>();
        fake.upcoming(question.method(), question.host(), question.path(), false)
                .ifPresent(known::add);
        if (secure.contains(question.host())) {
            fake.upcoming(question.method(), question.host(), question.path(), true)
                    .ifPresent(known::add);
        }
        for (int status : new int[] {404, 500, 503}) {
            if (known.stream().noneMatch(reply -> reply.status() == status)) {
                drift(question, "answers " + status, reply -> Reply.text(status, "something is wrong\n"));
            }
        }
        drift(question, "redirects elsewhere", reply -> Reply.redirect(301, "https://" + NOBODY + "/"));
        if (any(known, HttpTroubles::redirects)) {
            drift(question, "no longer redirects", reply -> redirects(reply) ? Reply.html(PAGE) : reply);
        }
        boolean mayHaveBody =
                !question.method().equals("HEAD") && (known.isEmpty() || any(known, HttpTroubles::hasBody));
        if (mayHaveBody) {
            drift(question, "empty body", reply -> hasBody(reply) ? otherBody(reply, "") : reply);
            drift(
                    question,
                    "unrelated page",
                    reply -> hasBody(reply)
                            ? otherBody(reply, PAGE)
                                    .withoutHeader("Content-Type")
                                    .header("Content-Type", "text/html; charset=utf-8")
                            : reply);
            ofJson(question, known);
        }
        for (String name : PROTECTING) {
            if (any(known, reply -> reply.has(name))) {
                drift(question, "without " + name, reply -> reply.withoutHeader(name));
            }
        }
    }

    /** By name alone: what the value is may be another one by the time that it is asked for. */
    private void ofJson(Question question, List<Reply> known) {
        Set<String> fields = new LinkedHashSet<>();
        known.forEach(reply ->
                json(reply).ifPresent(json -> JsonScalars.of(json).forEach(scalar -> fields.add(scalar.path()))));
        fields.stream()
                .limit(MOST_FIELDS)
                .forEach(field -> drift(
                        question,
                        "wrong \"" + field + "\"",
                        reply -> json(reply)
                                .map(json -> otherBody(reply, JsonScalars.distorted(json, field)))
                                .orElse(reply)));
    }

    private void drift(Question question, String how, UnaryOperator<Reply> instead) {
        troubles.add(Trouble.drift(
                        question.what() + ": " + how,
                        fake.plays() + ", asked for " + question.what() + ": " + how,
                        question.what()::equals,
                        () -> fake.upset(question.what(), instead))
                .about(question.names()));
    }

    private static boolean any(List<Reply> known, Predicate<Reply> what) {
        return known.stream().anyMatch(what);
    }

    private static boolean redirects(Reply reply) {
        return reply.status() / 100 == 3 && reply.has("Location");
    }

    private static boolean hasBody(Reply reply) {
        return reply.body().length() != 0 && !redirects(reply);
    }

    /** The text of an answer in JSON; empty if it is none or compressed. */
    private static Optional<String> json(Reply reply) {
        boolean json = reply.headers().stream()
                .anyMatch(header -> header.isNamed("Content-Type")
                        && header.value().toLowerCase(Locale.ROOT).contains("json"));
        return json && !reply.has("Content-Encoding")
                ? reply.body().upTo(LARGEST_JSON).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Reply otherBody(Reply reply, String body) {
        return reply.withoutHeader("Content-Length")
                .withoutHeader("Content-Encoding")
                .body(HttpBody.of(body.getBytes(StandardCharsets.UTF_8)));
    }
}
