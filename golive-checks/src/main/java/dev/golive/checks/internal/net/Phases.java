package dev.golive.checks.internal.net;

import dev.golive.Fact;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long each step of opening a connection took; {@code null} for one that was not taken or not finished.
 *
 * @param dns finding the address
 * @param dnsShared whether the address had been found for another check
 * @param tcp connecting
 * @param tls the TLS handshake
 */
public record Phases(
        @Nullable Duration dns,
        boolean dnsShared,
        @Nullable Duration tcp,
        @Nullable Duration tls) {

    /** The steps as facts. */
    public List<Fact> facts(String mark) {
        List<Fact> facts = new ArrayList<>(3);
        add(facts, "dns time", dns, (dnsShared ? ", shared answer" : "") + mark);
        add(facts, "tcp time", tcp, mark);
        add(facts, "tls time", tls, mark);
        return facts;
    }

    private static void add(List<Fact> facts, String name, @Nullable Duration took, String mark) {
        if (took != null) {
            facts.add(Fact.of(name, Spans.text(took) + mark));
        }
    }
}
