package dev.golive.checks;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.checks.internal.dns.Names;
import dev.golive.checks.internal.dns.ZoneInquiry;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * A zone to ask about, before anything is expected of it. Its name servers are found by way of the run's resolvers, and
 * each of their addresses is asked without recursion.
 *
 * <p>A name server without an address, and one that does not answer with authority for its own zone (a lame one), fail a
 * check. One that refuses the connection or is silent is unreachable: that counts as failed where the run's witness shows
 * that our own network works. One that answers SERVFAIL or REFUSED leaves the check unknown.
 *
 * <p>Immutable and thread-safe.
 */
public final class DnsZoneProbe {

    private final Name name;

    DnsZoneProbe(Name name) {
        this.name = name;
    }

    /**
     * Every name server answers with authority and has the same version of the zone (the same serial number).
     *
     * @return the check
     */
    public Check serversAgree() {
        return new ZoneCheck(
                "the name servers of " + this + " have the same version of the zone",
                toString(),
                context -> ZoneInquiry.agreement(context, name));
    }

    /**
     * The zone above delegates to exactly the name servers that the zone itself names, and all of these name the same.
     *
     * @return the check
     */
    public Check delegationMatches() {
        return new ZoneCheck(
                "the delegation of " + this + " names the name servers of the zone",
                toString(),
                context -> ZoneInquiry.delegation(context, name));
    }

    /**
     * Its name.
     *
     * @return the name in lower case, without the final dot
     */
    @Override
    public String toString() {
        return Names.text(name);
    }

    private record ZoneCheck(String sentence, String zone, Check.Examination examination) implements Check {

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            return examination.examine(context);
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host(zone));
        }

        @Override
        public String toString() {
            return sentence;
        }
    }
}
