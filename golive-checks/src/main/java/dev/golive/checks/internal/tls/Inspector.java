package dev.golive.checks.internal.tls;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.NotConnectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Looks at a server, at one address or at all it has. */
public final class Inspector {

    private static final int WIDTH = 8;

    private Inspector() {}

    /**
     * Looks and judges.
     *
     * @param target what to look at
     * @param claims what is asserted
     * @param context of the attempt
     * @return what was found
     * @throws Exception if the attempt was given up
     */
    public static Outcome examine(TlsTarget target, List<TlsClaim> claims, CheckContext context) throws Exception {
        Connector connector = context.shared(Connector.SHARED);
        Inspection.Memory memory = context.shared(Inspection.Memory.SHARED);
        List<Connector.Found> addresses;
        try {
            addresses = target.everyAddress()
                    ? connector.resolveAll(context, target.endpoint())
                    : List.of(connector.resolve(context, target.endpoint()));
        } catch (NotConnectedException e) {
            return e.outcome().with(Inspection.view(target));
        }
        SplittableRandom random = new SplittableRandom(context.random().nextLong());
        List<Inspection> inspections = new ArrayList<>();
        for (Connector.Found found : addresses) {
            inspections.add(new Inspection(target, claims, context, connector, memory, found, random.split()));
        }
        if (inspections.size() == 1) {
            return inspections.get(0).outcome();
        }
        List<Outcome> outcomes = context.parallel(inspections, WIDTH, Inspection::outcome);
        return merged(addresses, outcomes);
    }

    /** The worst of all, with the facts of the first that is so bad; all addresses that agree are named together. */
    private static Outcome merged(List<Connector.Found> addresses, List<Outcome> outcomes) {
        Fact all = Fact.of(
                "addresses",
                addresses.stream().map(found -> Addresses.text(found.address())).collect(Collectors.joining(", ")));
        for (Finding finding : List.of(Finding.FAILED, Finding.UNKNOWN, Finding.WARNED)) {
            List<String> whys = new ArrayList<>();
            Outcome first = null;
            boolean unreachable = true;
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i);
                if (outcome.finding() == finding) {
                    whys.add("at " + Addresses.text(addresses.get(i).address()) + ": " + outcome.why());
                    first = first == null ? outcome : first;
                    unreachable &= outcome.isUnreachable();
                }
            }
            if (first != null) {
                String why = String.join("; ", whys);
                Outcome merged = unreachable ? Outcome.unreachable(why) : Outcome.of(finding, why, List.of());
                return merged.with(first.facts()).with(all);
            }
        }
        return outcomes.get(0).with(all);
    }
}
