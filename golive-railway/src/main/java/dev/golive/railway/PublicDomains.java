package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Words;
import dev.golive.railway.internal.DomainPort;
import dev.golive.railway.internal.DomainPort.CustomDomain;
import dev.golive.railway.internal.DomainPort.Domains;
import dev.golive.railway.internal.DomainPort.Says;
import dev.golive.railway.internal.DomainPort.ServiceDomain;
import dev.golive.railway.internal.Operation;
import java.util.ArrayList;
import java.util.List;

/** Whether a service answers to a domain at all. */
final class PublicDomains {

    private PublicDomains() {}

    static Check given(RailwayService service) {
        return service.asking(
                service + " has a domain of Railway",
                (calls, instance) -> judge(
                        DomainPort.of(calls).domains(instance.serviceId()).service(),
                        List.of(),
                        "no domain of Railway"),
                Operation.DOMAINS);
    }

    static Check any(RailwayService service) {
        return service.asking(
                service + " has a public domain",
                (calls, instance) -> {
                    Domains all = DomainPort.of(calls).domains(instance.serviceId());
                    return judge(all.service(), all.custom(), "no public domain");
                },
                Operation.DOMAINS);
    }

    /** Whether nothing leads to it from outside: no domain, and no proxy of a port. */
    static Check none(RailwayService service) {
        return service.asking(
                service + " is closed to the world",
                (calls, instance) -> {
                    DomainPort port = DomainPort.of(calls);
                    Domains domains = port.domains(instance.serviceId());
                    List<Fact> open = new ArrayList<>();
                    domains.service().stream()
                            .filter(one -> !one.status().equals("DELETED"))
                            .forEach(one -> open.add(Fact.of("domain", Words.line(one.name()))));
                    domains.custom().stream()
                            .filter(one -> !one.status().equals("DELETED"))
                            .forEach(one -> open.add(Fact.of("domain", Words.line(one.name()))));
                    port.tcpProxies(instance.serviceId())
                            .forEach(one -> open.add(Fact.of("proxy of port " + one.port(), one.address())));
                    return (open.isEmpty()
                                    ? Outcome.passed()
                                    : Outcome.failed("there are " + open.size() + " ways in from outside"))
                            .with(open);
                },
                Operation.DOMAINS,
                Operation.TCP_PROXIES);
    }

    private static Outcome judge(List<ServiceDomain> given, List<CustomDomain> own, String none) {
        List<Fact> facts = new ArrayList<>();
        List<Says> says = new ArrayList<>();
        for (ServiceDomain one : given) {
            facts.add(Fact.of("domain", Words.line(one.name() + " (" + one.status() + ")")));
            says.add(DomainPort.active(one.status()));
        }
        for (CustomDomain one : own) {
            facts.add(Fact.of(
                    "domain",
                    Words.line(one.name() + " (" + one.status() + (one.verified() ? "" : ", not verified") + ")")));
            // what is not verified answers with 404
            says.add(one.verified() ? DomainPort.active(one.status()) : Says.NO);
        }
        if (says.contains(Says.YES)) {
            return Outcome.passed().with(facts);
        } else if (says.contains(Says.NOTHING)) {
            throw ApiProblem.undecided("what the status of a domain means is not known");
        }
        return Outcome.failed(given.isEmpty() && own.isEmpty() ? "it has " + none : "it has " + none + " that works")
                .with(facts);
    }
}
