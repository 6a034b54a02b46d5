package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Asks the name servers of a zone about the zone itself, and judges how they go together. */
public final class ZoneInquiry {

    private static final int WIDTH = 16;

    private final CheckContext context;
    private final Name name;
    private final DnsClient client;
    private final List<Server> resolvers;
    private final Duration start;
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    /** Whether every doubt is a server that said nothing at all. */
    private boolean onlySilence = true;

    private ZoneInquiry(CheckContext context, Name name) throws Exception {
        this.context = context;
        this.name = name;
        this.client = context.shared(DnsClient.SHARED);
        this.resolvers = Resolvers.of(context);
        this.start = context.time().elapsed();
    }

    /**
     * Whether every server of the zone answers with authority and has the same version of it.
     *
     * @throws Exception if the attempt was given up
     */
    public static Outcome agreement(CheckContext context, Name zone) throws Exception {
        ZoneInquiry inquiry = new ZoneInquiry(context, zone);
        List<Server> servers = inquiry.serversOf(zone);
        inquiry.compare(inquiry.authoritative(servers, Type.SOA, ZoneInquiry::serial), "serial");
        return inquiry.outcome();
    }

    /**
     * Whether the zone above names the same servers as the zone itself.
     *
     * @throws Exception if the attempt was given up
     */
    public static Outcome delegation(CheckContext context, Name zone) throws Exception {
        ZoneInquiry inquiry = new ZoneInquiry(context, zone);
        List<Server> own = inquiry.serversOf(zone);
        Map<Server, String> sets =
                new LinkedHashMap<>(inquiry.authoritative(own, Type.NS, answer -> String.join(", ", answer.values())));
        if (inquiry.failures.isEmpty()) {
            inquiry.addDelegations(zone, sets);
            inquiry.compare(sets, "name servers");
        }
        return inquiry.outcome();
    }

    private List<Server> serversOf(Name zone) throws Exception {
        Authority authority = Authority.find(context, client, resolvers, zone);
        Name found = authority.zone();
        doubts.addAll(authority.problems());
        onlySilence &= authority.problems().isEmpty();
        if (found == null) {
            return List.of();
        }
        if (!found.equals(zone)) {
            failures.add(Names.text(zone) + " is no zone of its own: it is in the zone " + Names.text(found));
            return List.of();
        }
        facts.add(Fact.of("name servers", String.join(", ", authority.names())));
        authority.nowhere().forEach(server -> failures.add("the name server " + server + " has no address"));
        return authority.servers();
    }

    /** What each server says with authority; whoever does not is noted as a failure or a doubt. */
    private Map<Server, String> authoritative(List<Server> servers, int type, Function<Answer, String> value)
            throws Exception {
        List<Reply> replies = context.parallel(
                servers, WIDTH, server -> client.ask(context, server, new Question(name, type, false)));
        boolean someReached = replies.stream().anyMatch(reply -> !reply.noWay());
        Map<Server, String> said = new LinkedHashMap<>();
        for (Reply reply : replies) {
            Answer answer = reply.answer();
            if (answer == null) {
                facts.add(Fact.of("answer of " + reply.server().label(), "none: " + reply.problem()));
                if (!reply.noWay() || !someReached) {
                    doubts.add(reply.server().label() + " " + reply.problem());
                    onlySilence &= reply.silent() || reply.refused();
                }
                continue;
            }
            facts.add(Fact.of("answer of " + reply.server().label(), answer.text()));
            if (answer.rcode() != Rcode.NOERROR && answer.rcode() != Rcode.NXDOMAIN) {
                doubts.add(reply.server().label() + " answered " + Rcode.string(answer.rcode()));
                onlySilence = false;
            } else if (!answer.authoritative() || answer.values().isEmpty()) {
                failures.add(reply.server().label() + " is lame: it "
                        + (answer.authoritative()
                                ? "has no " + answer.typeText() + " record"
                                : "answered without authority"));
            } else {
                said.put(reply.server(), value.apply(answer));
            }
        }
        return said;
    }

    /** What the servers of the zone above say; the first of them that says anything will do. */
    private void addDelegations(Name zone, Map<Server, String> sets) throws Exception {
        if (zone.labels() <= 1) {
            return;
        }
        Authority above = Authority.find(context, client, resolvers, new Name(zone, 1));
        List<Reply> replies = client.askInTurn(
                context,
                above.servers(),
                new Question(zone, Type.NS, false),
                answer -> !answer.values().isEmpty());
        Reply last = replies.isEmpty() ? null : replies.get(replies.size() - 1);
        Answer answer = last == null ? null : last.answer();
        if (last == null || answer == null || answer.values().isEmpty()) {
            Name parent = above.zone();
            doubts.add("the delegation of " + Names.text(zone) + " could not be seen: "
                    + (parent == null
                            ? String.join("; ", above.problems())
                            : "no name server of " + Names.text(parent) + " told it"));
            onlySilence = false;
            return;
        }
        facts.add(Fact.of("answer of " + last.server().label(), answer.text()));
        sets.put(last.server(), String.join(", ", answer.values()));
    }

    /** Servers by what they say must be one group. */
    private void compare(Map<Server, String> said, String what) {
        Map<String, Set<String>> groups = new TreeMap<>();
        said.forEach((server, value) ->
                groups.computeIfAbsent(value, key -> new TreeSet<>()).add(server.label()));
        if (groups.size() > 1) {
            List<String> words = new ArrayList<>();
            groups.forEach((value, servers) -> words.add(
                    String.join(", ", servers) + (servers.size() == 1 ? " has " : " have ") + what + " " + value));
            failures.add(String.join("; ", words));
        } else if (groups.size() == 1) {
            facts.add(Fact.of(what, groups.keySet().iterator().next()));
        }
    }

    private static String serial(Answer answer) {
        return answer.values().get(0).split(" ")[2];
    }

    private Outcome outcome() {
        facts.add(Fact.of("lookup time", Spans.text(context.time().elapsed().minus(start))));
        if (!failures.isEmpty()) {
            List<String> all = new ArrayList<>(failures);
            all.addAll(doubts);
            return Outcome.of(Finding.FAILED, String.join("; ", all), facts);
        }
        if (doubts.isEmpty()) {
            return Outcome.of(Finding.PASSED, "", facts);
        }
        String why = String.join("; ", doubts);
        return onlySilence ? Outcome.unreachable(why).with(facts) : Outcome.of(Finding.UNKNOWN, why, facts);
    }
}
