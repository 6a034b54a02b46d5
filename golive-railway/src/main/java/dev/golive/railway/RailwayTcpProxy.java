package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ProviderCheck;
import dev.golive.provider.Words;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.DomainPort;
import dev.golive.railway.internal.DomainPort.Says;
import dev.golive.railway.internal.DomainPort.TcpProxy;
import dev.golive.railway.internal.Operation;
import java.util.List;

/**
 * A way from the internet to a port of a service that speaks something else than HTTP. A database that has one can be
 * reached by everybody who knows its password.
 *
 * <pre>{@code
 * railway.service("postgres").tcpProxy(5432).doesNotExist();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayTcpProxy {

    private final RailwayService service;
    private final int port;

    RailwayTcpProxy(RailwayService service, int port) {
        this.service = service;
        this.port = port;
    }

    /**
     * Whether there is one, in whatever state.
     *
     * @return the check
     */
    public Check exists() {
        return check("exists", found -> found.isEmpty() ? missing() : Outcome.passed(facts(found)));
    }

    /**
     * Whether it can be used.
     *
     * @return the check
     */
    public Check isActive() {
        return check("is active", found -> {
            if (found.isEmpty()) {
                return missing();
            } else if (found.stream().anyMatch(one -> DomainPort.active(one.status()) == Says.YES)) {
                return Outcome.passed(facts(found));
            }
            known(found);
            return Outcome.failed("the TCP proxy is " + found.get(0).status() + ", not ACTIVE", facts(found));
        });
    }

    /**
     * Whether the port cannot be reached from outside. One that is still being deleted can be.
     *
     * @return the check
     */
    public Check doesNotExist() {
        return check("does not exist", found -> {
            if (found.isEmpty()) {
                return Outcome.passed();
            }
            known(found);
            return Outcome.failed(
                    "the port is open to the internet at " + found.get(0).address(), facts(found));
        });
    }

    private Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    static void known(List<TcpProxy> found) {
        for (TcpProxy one : found) {
            if (DomainPort.active(one.status()) == Says.NOTHING) {
                throw ApiProblem.undecided(
                        "what status " + Words.line(one.status()) + " of a TCP proxy means is not known");
            }
        }
    }

    static Fact[] facts(List<TcpProxy> found) {
        return found.stream()
                .map(one ->
                        Fact.of("proxy of port " + one.port(), one.address() + " (" + Words.line(one.status()) + ")"))
                .toArray(Fact[]::new);
    }

    private interface Question {
        Outcome of(List<TcpProxy> found);
    }

    private ProviderCheck<Calls> check(String predicate, Question question) {
        return service.asking(
                this + " " + predicate,
                (calls, instance) -> question.of(DomainPort.of(calls).tcpProxies(instance.serviceId()).stream()
                        .filter(one -> one.port() == port)
                        .toList()),
                Operation.TCP_PROXIES);
    }

    /**
     * What it is.
     *
     * @return for example {@code TCP proxy of port 5432 of Railway service postgres of shop/production}
     */
    @Override
    public String toString() {
        return "TCP proxy of port " + port + " of " + service;
    }
}
