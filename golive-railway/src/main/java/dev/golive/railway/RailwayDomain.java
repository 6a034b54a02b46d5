package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.ProviderCheck;
import dev.golive.provider.Words;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.DomainPort;
import dev.golive.railway.internal.DomainPort.CustomDomain;
import dev.golive.railway.internal.DomainPort.Domains;
import dev.golive.railway.internal.DomainPort.Entry;
import dev.golive.railway.internal.DomainPort.Issued;
import dev.golive.railway.internal.HostName;
import dev.golive.railway.internal.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A domain of your own, as a service of Railway answers to it.
 *
 * <pre>{@code
 * RailwayDomain domain = railway.service("api").domain("api.shop.example");
 *
 * domain.isReady();
 * domain.certificateExpiresIn(atLeast(days(14)));
 * }</pre>
 *
 * <ul>
 *   <li>Three things must hold, and any of them can be missing alone: Railway believes that the domain is yours, the
 *       records stand in DNS, and a certificate was issued. A domain that is not verified answers with 404 although its
 *       records and its certificate look fine. Each is a check of its own, with what there is to do in its facts; {@link
 *       #isReady()} is all of them.
 *   <li>What is still on its way fails: issuing a certificate takes less than an hour as a rule, and up to 72 hours; {@link
 *       Check#eventually(Duration)} waits for it.
 *   <li>Behind a proxy of Cloudflare, Railway does not see the records that lead traffic to it, and may never issue a
 *       certificate although traffic works. What Railway cannot see is unknown; Cloudflare's SSL mode must be Full, not
 *       Full (strict).
 * </ul>
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://docs.railway.com/networking/domains">Domains of Railway</a>
 */
public final class RailwayDomain {

    private static final Set<String> PURPOSES = Set.of("TRAFFIC_ROUTE", "ACME_DNS01_CHALLENGE");
    private static final Set<String> UNDER_WAY = Set.of("ISSUING", "VALIDATING_OWNERSHIP");

    private final RailwayService service;
    private final String name;
    private final String host;

    RailwayDomain(RailwayService service, String name) {
        this.service = service;
        this.host = HostName.given(name, "name");
        this.name = name;
    }

    /**
     * Whether it leads to the service, in whatever state.
     *
     * @return the check
     */
    public Check exists() {
        return check("exists", (calls, found) -> Outcome.passed(Fact.of("status", found.status())));
    }

    /**
     * Whether Railway has carried out what was last changed of it.
     *
     * @return the check
     */
    public Check isActive() {
        return check("is active", (calls, found) -> active(found));
    }

    /**
     * Whether Railway believes that it is yours. One that it does not answers every request with 404.
     *
     * @return the check
     */
    public Check isVerified() {
        return check("is verified", (calls, found) -> verified(found));
    }

    /**
     * Whether everything that must stand in DNS stands there, as Railway sees it.
     *
     * @return the check
     */
    public Check recordsArePropagated() {
        return check("has its records in DNS", (calls, found) -> propagated(found));
    }

    /**
     * Whether a certificate was issued for it, and has not expired.
     *
     * @return the check
     */
    public Check hasValidCertificate() {
        return check("has a valid certificate", this::certified);
    }

    /**
     * For how long its certificate is still valid: of several, the one that expires first. Without a valid one it fails.
     * Railway renews 30 days before the end.
     *
     * @param expected what the time should be, for example {@code atLeast(days(14))}
     * @return the check
     */
    public Check certificateExpiresIn(Expectation<Duration> expected) {
        Given.notNull(expected, "expected");
        return check("has a certificate that is valid for " + expected.sentence(), (calls, found) -> {
                    Outcome valid = certified(calls, found);
                    if (!valid.finding().good()) {
                        return valid;
                    }
                    Instant now = calls.context().time().now();
                    Instant end = covering(found).stream()
                            .map(RailwayDomain::expiry)
                            .filter(one -> one.isAfter(now))
                            .min(Comparator.naturalOrder())
                            .orElseThrow(() ->
                                    ApiProblem.undecided("Railway does not tell until when the certificate is valid"));
                    Expectation<Duration> resolved = expected.resolved(calls.context());
                    Duration left = Duration.between(now, end);
                    return Judge.holds(
                            resolved.accepts(left),
                            "it is valid for " + Expect.text(left),
                            Fact.of("time left", resolved.sentence(), Expect.text(left)),
                            Fact.of("valid until", end));
                })
                .reading(expected);
    }

    /**
     * Which port of the service it leads to. If none is configured, Railway finds it out and it is unknown.
     *
     * @param expected what the port should be
     * @return the check
     */
    public Check targetPort(Expectation<Integer> expected) {
        Given.notNull(expected, "expected");
        return check("leads to a port that is " + expected.sentence(), (calls, found) -> {
                    Integer port = found.port();
                    if (port == null) {
                        throw ApiProblem.undecided(
                                "no port is configured for the domain, so that Railway finds it out");
                    }
                    return Judge.value("port", expected, port, calls.context());
                })
                .reading(expected);
    }

    /**
     * Which port of the service it leads to. If none is configured, Railway finds it out and it is unknown.
     *
     * @param port what the port should be
     * @return the check
     */
    public Check targetPort(int port) {
        return targetPort(Expect.is(port));
    }

    /**
     * Whether requests to it are answered by the service: it is active and verified, its records stand in DNS, and its
     * certificate is valid. All of it is asked in one request.
     *
     * @return the check, which fails with everything that is missing
     */
    public Check isReady() {
        return check("is ready", (calls, found) -> {
            List<Outcome> all = new ArrayList<>();
            all.add(active(found));
            all.add(verified(found));
            all.add(decided(() -> propagated(found)));
            all.add(decided(() -> certified(calls, found)));
            return joined(all);
        });
    }

    /** What one of several questions gives must not keep the others from being asked. */
    private static Outcome decided(Supplier<Outcome> question) {
        try {
            return question.get();
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    /** As bad as the worst of them, for the reasons of all that are as bad. */
    private static Outcome joined(List<Outcome> all) {
        List<Fact> facts = new ArrayList<>();
        all.forEach(one -> facts.addAll(one.facts()));
        for (Finding worst : List.of(Finding.FAILED, Finding.UNKNOWN)) {
            List<String> reasons = all.stream()
                    .filter(one -> one.finding() == worst)
                    .map(Outcome::why)
                    .toList();
            if (!reasons.isEmpty()) {
                return Outcome.of(worst, String.join("; ", reasons), new ArrayList<>(new LinkedHashSet<>(facts)));
            }
        }
        return Outcome.passed().with(new ArrayList<>(new LinkedHashSet<>(facts)));
    }

    private static Outcome active(CustomDomain found) {
        Fact fact = Fact.of("status", DomainPort.ACTIVE, found.status());
        return switch (DomainPort.active(found.status())) {
            case YES -> Outcome.passed(fact);
            case NO -> Outcome.failed("the domain is " + found.status() + ", not ACTIVE", fact);
            case NOTHING -> Outcome.unknown("what status " + Words.line(found.status()) + " means is not known", fact);
        };
    }

    private static Outcome verified(CustomDomain found) {
        Fact fact = Fact.of("verified", true, found.verified());
        if (found.verified()) {
            return Outcome.passed(fact);
        }
        String at = found.verificationHost();
        return Outcome.failed(
                        "Railway does not believe that the domain is yours, and answers its requests with 404: set the"
                                + " TXT record that Railway shows"
                                + (at == null ? "" : ", at " + Words.line(at)),
                        fact)
                .with(at == null ? List.of() : List.of(Fact.of("TXT record at", Words.line(at))));
    }

    private static Outcome propagated(CustomDomain found) {
        List<Fact> facts = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        for (Entry entry : found.records()) {
            String where = Words.line(entry.type() + " " + entry.name());
            facts.add(Fact.of(
                    where,
                    Words.line(entry.required()),
                    Words.line(
                            (entry.current().isEmpty() ? "nothing" : entry.current()) + " (" + entry.status() + ")")));
            boolean needed = entry.status().equals("REQUIRES_UPDATE");
            if (needed && found.isBehindCloudflare() && entry.purpose().equals("TRAFFIC_ROUTE")) {
                hidden.add(where);
            } else if (needed && PURPOSES.contains(entry.purpose())) {
                missing.add(where);
            } else if (!entry.status().equals("PROPAGATED")) {
                unclear.add(where);
            }
        }
        if (found.isBehindCloudflare()) {
            facts.add(Fact.of("stands before Railway", "a proxy of Cloudflare"));
        }
        if (!missing.isEmpty()) {
            return Outcome.failed("not as it must be in DNS: " + String.join(", ", missing))
                    .with(facts);
        } else if (!hidden.isEmpty()) {
            return Outcome.unknown("a proxy of Cloudflare hides " + String.join(", ", hidden)
                            + " from Railway: ask the domain itself, or switch the proxy off for this record")
                    .with(facts);
        } else if (!unclear.isEmpty()) {
            return Outcome.unknown("Railway does not say whether it stands in DNS: " + String.join(", ", unclear))
                    .with(facts);
        } else if (found.records().stream().noneMatch(entry -> entry.purpose().equals("TRAFFIC_ROUTE"))) {
            return Outcome.unknown("Railway does not say which record leads traffic to it")
                    .with(facts);
        }
        return Outcome.passed().with(facts);
    }

    private Outcome certified(Calls calls, CustomDomain found) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("certificate", "VALID", Words.line(found.certificate())));
        String issue = found.issue();
        if (issue != null) {
            facts.add(Fact.of("step", Words.line(issue)));
        }
        String type = found.errorType();
        if (type != null) {
            facts.add(Fact.of("error", Words.line(type)));
        }
        String message = found.errorMessage();
        if (message != null) {
            facts.add(Fact.of("error message", Words.line(message)));
        }
        if (found.certificate().equals("VALID")) {
            return current(calls, found).with(facts);
        } else if (found.certificate().equals("ISSUE_FAILED")) {
            return Outcome.failed("the certificate could not be issued"
                            + (type == null ? "" : ": " + Words.line(type))
                            + "; it can be tried again at Railway")
                    .with(facts);
        } else if (UNDER_WAY.contains(found.certificate())) {
            String waits = "the certificate is not issued yet: " + found.certificate();
            return (found.isBehindCloudflare()
                            ? Outcome.unknown(
                                    waits + ", which behind a proxy of Cloudflare may stay so although traffic"
                                            + " works: look at the certificate that is served")
                            : Outcome.failed(waits + ", which takes less than an hour as a rule, and up to 72 hours"))
                    .with(facts);
        }
        return Outcome.unknown("what certificate status " + Words.line(found.certificate()) + " means is not known")
                .with(facts);
    }

    /** What Railway calls valid may have expired since. */
    private Outcome current(Calls calls, CustomDomain found) {
        List<Issued> covering = covering(found);
        if (covering.isEmpty()) {
            if (found.certificates().isEmpty()) {
                return Outcome.passed();
            }
            return Outcome.unknown("Railway calls the certificate valid, and lists none that is for " + name);
        }
        Instant now = calls.context().time().now();
        Optional<Instant> last = covering.stream()
                .map(Issued::expiresAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        return last.isPresent()
                        && !last.get().isAfter(now)
                        && covering.stream().noneMatch(one -> one.expiresAt() == null)
                ? Outcome.failed("the certificate expired at " + last.get())
                : Outcome.passed();
    }

    private List<Issued> covering(CustomDomain found) {
        return found.certificates().stream().filter(one -> one.covers(host)).toList();
    }

    private static Instant expiry(Issued one) {
        Instant end = one.expiresAt();
        if (end == null) {
            throw ApiProblem.undecided("Railway does not tell until when a certificate is valid");
        }
        return end;
    }

    private interface Question {
        Outcome of(Calls calls, CustomDomain found) throws Exception;
    }

    private ProviderCheck<Calls> check(String predicate, Question question) {
        return service.asking(
                this + " " + predicate,
                (calls, instance) -> {
                    Domains all = DomainPort.of(calls).domains(instance.serviceId());
                    List<CustomDomain> found = all.custom().stream()
                            .filter(one -> one.name().equals(host))
                            .toList();
                    if (found.size() > 1) {
                        throw ApiProblem.undecided("Railway lists the domain " + found.size() + " times");
                    }
                    return found.isEmpty() ? missing(all) : question.of(calls, found.get(0));
                },
                Operation.DOMAINS);
    }

    private Outcome missing(Domains all) {
        List<String> names = all.custom().stream().map(CustomDomain::name).toList();
        boolean given = all.service().stream().anyMatch(one -> one.name().equals(host));
        return Outcome.failed(
                given ? name + " is a domain of Railway, not one of your own" : "there is no " + this,
                Fact.of("domains", name, names.isEmpty() ? "none" : String.join(", ", names)));
    }

    /**
     * What it is.
     *
     * @return for example {@code domain api.shop.example of Railway service api of shop/production}
     */
    @Override
    public String toString() {
        return "domain " + name + " of " + service;
    }
}
