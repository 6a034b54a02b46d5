package dev.golive.checks;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.checks.internal.dns.Demand;
import dev.golive.checks.internal.dns.Inquiry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A check of what DNS says about a name.
 *
 * <ul>
 *   <li>Passed: every server that was to be asked gave an answer, and every answer is as expected.
 *   <li>Failed: at least one answer is not; the reason names who gave it.
 *   <li>Unknown: no answer is wrong, but a server gave none that can be relied on, or a public name has private
 *       addresses only, which is not the public view. The reason names the server.
 * </ul>
 *
 * <p>The facts hold the answer of each server with its values, time to live, response code and authority. The check
 * touches the host that the name belongs to: for {@code _dmarc.shop.example} that is {@code shop.example}; all labels up
 * to the last one with an underscore in front are left out.
 *
 * <p>Immutable and thread-safe.
 */
public final class DnsCheck extends DnsAssertions implements Check {

    private final DnsProbe probe;
    private final List<Demand> demands;

    DnsCheck(DnsProbe probe, List<Demand> demands) {
        this.probe = probe;
        this.demands = List.copyOf(demands);
    }

    @Override
    public String sentence() {
        return probe.text() + " "
                + demands.stream()
                        .map(Demand::clause)
                        .filter(clause -> !clause.isEmpty())
                        .collect(Collectors.joining(" and "))
                + (probe.type().equals(RecordType.CAA) && !probe.inherits() ? ", not inherited" : "")
                + probe.where().words();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return new Inquiry(probe.name(), probe.inherits(), probe.where(), demands).examine(context);
    }

    @Override
    public Set<Capture<?>> reads() {
        return demands.stream()
                .flatMap(demand -> demand.reads().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Set<Subject> touches() {
        return Set.of(Subject.host(probe.host()));
    }

    @Override
    DnsProbe probe() {
        return probe;
    }

    @Override
    DnsCheck and(List<Demand> more) {
        List<Demand> all = new ArrayList<>(demands);
        all.addAll(more);
        return new DnsCheck(probe, all);
    }

    @Override
    public String toString() {
        return sentence();
    }
}
