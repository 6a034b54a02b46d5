package dev.golive;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Reports for the tests of the renderers, made directly from results, so that every state can be shown. */
public final class SampleReports {

    /** What people, servers and attackers put where a word was expected. */
    public static final List<String> HOSTILE = List.of(
            "<script>window.hacked = true</script>",
            "\"><img src=x onerror=\"window.hacked=true\">",
            "'><svg onload=window.hacked=true>",
            "</style></title></textarea><script>window.hacked=true</script>",
            "]]> <!-- --> <![CDATA[ &lt; &amp; &#0;",
            "| pipe \\| `code` ``` **bold** [link](javascript:alert(1)) $x$ _u_",
            "line one\nline two\r\nline three\rline four\u2028line five",
            "\u001B[31mred\u001B[2J\u0007\u0000\u009B1m",
            "half a pair \uD83D and \uDC00, no character \uFFFE, turned \u202Egnp.exe\u202C",
            "back\\slash \\n \"quotes\" {a=\"b\"} # HELP",
            "javascript:window.hacked=true",
            "Grüße, 日本語, \uD83D\uDE80");

    private static final Instant START = Instant.parse("2026-11-20T11:40:02.318Z");

    private SampleReports() {}

    /** A run on the evening before a launch, with something of everything. */
    public static Report launch() {
        List<ItemResult> results = new ArrayList<>();
        results.add(of("own-network", "The network of this machine works", Status.PASSED, "", d -> {
            d.kind = Item.Kind.PRECONDITION;
            d.facts = List.of(Fact.of("answered by", "198.51.100.7"));
        }));
        results.add(of("apex-address", "shop.example has the address 203.0.113.10", Status.PASSED, "", d -> {
            d.facts = List.of(
                    Fact.of("A", "203.0.113.10", "203.0.113.10"),
                    Fact.of("TTL", "300 s"),
                    Fact.of("asked", "ns1.dns.example, ns2.dns.example"));
            d.tags = Set.of("dns");
        }));
        results.add(of(
                "health",
                "GET https://shop.example/api/health answers 200",
                Status.FAILED,
                "status was 503, expected 200",
                d -> {
                    d.attempts = 3;
                    d.took = Duration.ofMillis(6_240);
                    d.owner = "backend";
                    d.because = "without it nobody can sign in";
                    d.facts = List.of(
                            Fact.of("status", "200", "503"),
                            Fact.of("body", "{\"data\":{\"status\":\"degraded\",\"database\":\"connection refused\"}}"),
                            Fact.of("address", "203.0.113.10:443"),
                            Fact.of("TLS", "TLSv1.3, certificate of shop.example"),
                            Fact.of("first byte time", "187 ms"),
                            Fact.of("attempts", 3));
                }));
        for (String page : List.of("sign-in", "checkout", "terms of service")) {
            results.add(of(
                    "page-" + page.replace(' ', '-'),
                    "The page " + page + " is served",
                    Status.BLOCKED,
                    "waits for health, which failed",
                    d -> {
                        d.blockedBy = List.of("health");
                        d.blockedByFailure = true;
                        d.attempts = 0;
                        d.startedAt = null;
                        d.took = Duration.ZERO;
                    }));
        }
        results.add(of("certificate", "The certificate of shop.example is good for 21 days", Status.PASSED, "", d -> {
            d.facts = List.of(
                    Fact.of("days left", "at least 21", "74"),
                    Fact.of("issuer", "Example Trust R3"),
                    Fact.of("names", "shop.example, www.shop.example"));
            d.tags = Set.of("tls");
        }));
        results.add(of(
                "hsts",
                "https://shop.example/ sends Strict-Transport-Security of two years with preload",
                Status.WARNED,
                "max-age is 31536000, two years are better",
                d -> d.facts = List.of(Fact.of("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))));
        results.add(of(
                "redirect", "http://www.shop.example/ redirects to https://shop.example/", Status.PASSED, "", d -> {
                    d.attempts = 2;
                    d.facts = List.of(
                            Fact.of("status", "301 or 308", "308"),
                            Fact.of("attempts", 2),
                            Fact.of("earlier attempt", "no answer within 10 s"));
                }));
        results.add(of(
                "caa", "shop.example has a CAA record", Status.UNKNOWN, "ns2.dns.example answered SERVFAIL", d -> {
                    d.required = false;
                    d.facts = List.of(Fact.of("rcode", "SERVFAIL"), Fact.of("asked", "ns2.dns.example"));
                }));
        results.add(of(
                "backup",
                "The latest snapshot of shop-db is younger than 26 h",
                Status.UNKNOWN,
                "the provider answered 403: this token may not list snapshots",
                d -> {
                    d.owner = "platform";
                    d.facts = List.of(Fact.of("status", "403"));
                }));
        results.add(of(
                "restore",
                "A restore was tried",
                Status.WAIVED,
                "waived by ann (cto) until 2026-11-27T00:00:00Z: tried in the rehearsal (PENDING: waits for operations)",
                d -> {
                    d.kind = Item.Kind.CONFIRMATION;
                    d.due = "T-7d";
                    d.facts = List.of(Fact.of("person", "ann"), Fact.of("waived until", "2026-11-27T00:00:00Z"));
                    d.attempts = 0;
                    d.startedAt = null;
                    d.took = Duration.ZERO;
                }));
        results.add(of(
                "security-audit",
                "The ceo approves: security audit",
                Status.STALE,
                "the answer of kim was given to another state of the checklist",
                d -> {
                    d.kind = Item.Kind.APPROVAL;
                    d.digest = "9f86d081884c7d659a2feaa0c55ad015";
                    d.attempts = 0;
                    d.startedAt = null;
                }));
        results.add(
                of("legal", "Legal confirms: the terms of service are final", Status.PENDING, "waits for legal", d -> {
                    d.kind = Item.Kind.CONFIRMATION;
                    d.owner = "legal";
                    d.digest = "60303ae22b998861bce3b28f33eec1be";
                    d.attempts = 0;
                    d.startedAt = null;
                }));
        results.add(of(
                "private-db",
                "shop-db.internal:5432 cannot be reached from outside",
                Status.PENDING,
                "to be examined from vpc",
                d -> {
                    d.elsewhere = "vpc";
                    d.attempts = 0;
                    d.startedAt = null;
                }));
        results.add(of(
                "payment-mock",
                "PAYMENT_MOCK is unset",
                Status.NOT_APPLICABLE,
                "bank sign-in is not part of this release",
                d -> d.attempts = 0));
        results.add(of("post-launch-mail", "The launch mail is received", Status.PENDING, "not due before H+1h", d -> {
            d.notYetDue = true;
            d.due = "H+1h";
            d.attempts = 0;
            d.startedAt = null;
        }));
        return new Report(
                Environment.production("production").host("shop.example", "*.shop.example"),
                List.of(new Report.Source(
                        "Shop 1.0 on App Runner",
                        "ab",
                        new Release("shop-web", "v42", "4687547", null),
                        "office",
                        START,
                        Duration.ofMillis(6_318))),
                results.stream().map(SampleReports::inDropList).toList(),
                List.of("The waiver of health does not count: it expired at 2026-11-19T00:00:00Z"));
    }

    /** One item, C12, that found these facts. */
    public static Report found(Fact... facts) {
        return report(List.of(of("C12", "The certificate is good", Status.PASSED, "", d -> d.facts = List.of(facts))));
    }

    /** A report with so many items, of two lists, one in forty not good. */
    public static Report large(int items) {
        List<ItemResult> results = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            String list = i < items / 2 ? "Frontend" : "Backend";
            Status status = i % 40 == 7 ? Status.FAILED : Status.PASSED;
            ItemResult.Draft draft =
                    new ItemResult.Draft("item-" + i, "GET https://shop.example/page/" + i + " answers 200");
            draft.list = list;
            draft.status = status;
            draft.why = status == Status.FAILED ? "status was 500, expected 200" : "";
            draft.attempts = 1;
            draft.startedAt = START;
            draft.took = Duration.ofMillis(20 + i % 90);
            draft.facts = List.of(
                    Fact.of("status", "200", status == Status.FAILED ? "500" : "200"),
                    Fact.of("address", "203.0.113." + i % 250),
                    Fact.of("number", "needle-" + i));
            results.add(new ItemResult(draft));
        }
        return report(results, "Frontend", "Backend");
    }

    /** A report whose every text is hostile. */
    public static Report hostile() {
        return hostile(HOSTILE);
    }

    /** A report made of texts from outside, one result for each. */
    public static Report hostile(List<String> texts) {
        List<ItemResult> results = new ArrayList<>();
        Status[] statuses = Status.values();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            ItemResult.Draft draft = new ItemResult.Draft(text, text);
            draft.list = text;
            draft.status = statuses[i % statuses.length];
            draft.why = text;
            draft.because = text;
            draft.facts = List.of(new Fact("x" + text, text, text), new Fact("y" + text, null, text));
            draft.tags = Set.of(text);
            draft.owner = text;
            draft.due = text;
            draft.elsewhere = text;
            draft.digest = text;
            draft.blockedBy = i == 0 ? List.of() : List.of(texts.get(i - 1), text);
            draft.attempts = 1;
            draft.startedAt = START;
            results.add(new ItemResult(draft));
        }
        String name = texts.get(0).isBlank() ? "x" : texts.get(0);
        return new Report(
                Environment.named(name),
                List.of(new Report.Source(
                        texts.get(0),
                        texts.get(0),
                        new Release("c" + texts.get(0), "i" + texts.get(0), texts.get(0), texts.get(0)),
                        texts.get(0),
                        START,
                        Duration.ofSeconds(3))),
                results,
                texts);
    }

    /** A report of one result. */
    public static Report of(Status status, boolean required) {
        return report(
                List.of(of("one", "One thing holds", status, status == Status.PASSED ? "" : "for a reason", d -> {
                    d.list = "List";
                    d.required = required;
                })),
                "List");
    }

    /** Any report that a run or a merge could give, and many that none would. */
    public static Arbitrary<Report> any() {
        return Combinators.combine(result().list().ofMaxSize(8), text().list().ofMaxSize(3), text())
                .as((results, remarks, name) -> new Report(
                        Environment.production("e" + name).host("shop.example").account("aws", "a" + name),
                        List.of(
                                new Report.Source(name, "d", null, null, START, Duration.ofMillis(7)),
                                new Report.Source(
                                        "b" + name, "e", Release.of("web", "v1"), name, START, Duration.ZERO)),
                        results,
                        remarks));
    }

    /** Any text, often a hostile one. */
    public static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.of(HOSTILE), Arbitraries.strings().ofMaxLength(20), Arbitraries.of("", "a", "b"));
    }

    private static Arbitrary<ItemResult> result() {
        Arbitrary<Fact> fact = Combinators.combine(text(), text().injectNull(0.5), text())
                .as((name, expected, found) -> new Fact("n" + name, expected, found));
        Arbitrary<ItemResult.Draft> core = Combinators.combine(
                        text(),
                        text(),
                        Arbitraries.of(Status.class),
                        text(),
                        fact.list().ofMaxSize(3),
                        Arbitraries.of(Item.Kind.class),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 5))
                .as((id, sentence, status, why, facts, kind, required, attempts) -> {
                    ItemResult.Draft draft = new ItemResult.Draft(id, sentence);
                    draft.status = status;
                    draft.why = why;
                    draft.facts = facts;
                    draft.kind = kind;
                    draft.required = required;
                    draft.attempts = attempts;
                    return draft;
                });
        return Combinators.combine(
                        core,
                        text(),
                        text(),
                        text().set().ofMaxSize(2),
                        text().injectNull(0.5),
                        text().list().uniqueElements().ofMaxSize(2),
                        Arbitraries.longs().between(0, 10_000_000_000L),
                        Arbitraries.of(true, false))
                .as((draft, list, because, tags, maybe, blockedBy, nanos, flag) -> {
                    draft.list = list;
                    draft.because = because;
                    draft.tags = tags;
                    draft.owner = maybe;
                    draft.due = maybe;
                    draft.elsewhere = maybe;
                    draft.digest = maybe;
                    draft.took = Duration.ofNanos(nanos);
                    draft.startedAt = flag ? START.plusNanos(nanos) : null;
                    if (draft.status == Status.BLOCKED) {
                        draft.blockedBy = blockedBy;
                        draft.blockedByFailure = flag && !blockedBy.isEmpty();
                    }
                    draft.notYetDue = draft.status == Status.PENDING && flag;
                    return new ItemResult(draft);
                });
    }

    private static Report report(List<ItemResult> results, String... lists) {
        List<Report.Source> sources = new ArrayList<>();
        for (String list : lists) {
            sources.add(new Report.Source(list, "ab", Release.of("web", "v42"), null, START, Duration.ofMillis(812)));
        }
        return new Report(Environment.named("staging").host("shop.example"), sources, results, List.of());
    }

    private static ItemResult inDropList(ItemResult result) {
        ItemResult.Draft draft = new ItemResult.Draft(result);
        draft.list = "Shop 1.0 on App Runner";
        return new ItemResult(draft);
    }

    private static ItemResult of(
            String id, String sentence, Status status, String why, Consumer<ItemResult.Draft> rest) {
        ItemResult.Draft draft = new ItemResult.Draft(id, sentence);
        draft.status = status;
        draft.why = why;
        draft.attempts = 1;
        draft.startedAt = START.plusMillis(12);
        draft.took = Duration.ofMillis(143);
        rest.accept(draft);
        return new ItemResult(draft);
    }
}
