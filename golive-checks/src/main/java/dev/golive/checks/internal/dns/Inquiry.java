package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.time.Spans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Asks about one name and judges what is said. Every server's answer must meet every demand: one definite answer that
 * does not is a failure; without one, a server that gave no answer leaves it unknown.
 *
 * @param name the name
 * @param inherited whether records of ancestors count
 * @param where whom to ask
 * @param demands what must be met
 */
public record Inquiry(Name name, boolean inherited, Where where, List<Demand> demands) {

    private static final int WIDTH = 16;

    /** Copies the list. */
    public Inquiry {
        demands = List.copyOf(demands);
    }

    /** What one source said, by what it was asked for. */
    private record View(Source source, Map<Integer, Said> said) {
        boolean noWay() {
            return said.values().stream().anyMatch(Said::noWay);
        }
    }

    /** What a source's answers amount to. */
    private record Opinion(String label, Finding finding, String why) {}

    /**
     * Does it.
     *
     * @throws Exception if the attempt was given up
     */
    public Outcome examine(CheckContext context) throws Exception {
        DnsClient client = context.shared(DnsClient.SHARED);
        Duration start = context.time().elapsed();
        List<Server> resolvers = where.resolvers().isEmpty() ? Resolvers.of(context) : where.resolvers();
        List<Demand> resolved =
                demands.stream().map(demand -> demand.resolved(context)).toList();
        List<Fact> facts = new ArrayList<>();
        List<Opinion> opinions = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        if (where.kind() == Where.Kind.ANY_RESOLVER) {
            sources.add(Source.firstOf(client, resolvers));
        } else if (where.resolversCount()) {
            resolvers.forEach(resolver -> sources.add(Source.firstOf(client, List.of(resolver))));
        }
        if (where.authoritiesCount()) {
            addAuthorities(context, client, resolvers, sources, facts, opinions);
        }
        List<View> views = sources.size() == 1
                ? List.of(view(context, sources.get(0), resolved))
                : context.parallel(sources, WIDTH, source -> view(context, source, resolved));
        boolean someReached = views.stream().anyMatch(view -> !view.noWay());
        for (View view : views) {
            facts.addAll(facts(view, resolved));
            if (!someReached || !view.noWay()) {
                opinions.add(opinion(context, view, resolved));
            }
        }
        facts.add(Fact.of("lookup time", Spans.text(context.time().elapsed().minus(start))));
        return outcome(opinions, facts.stream().distinct().toList());
    }

    private void addAuthorities(
            CheckContext context,
            DnsClient client,
            List<Server> resolvers,
            List<Source> sources,
            List<Fact> facts,
            List<Opinion> opinions)
            throws Exception {
        Authority authority = Authority.find(context, client, resolvers, name);
        Name zone = authority.zone();
        if (zone == null) {
            opinions.add(new Opinion(
                    "the name servers of " + Names.text(name),
                    Finding.UNKNOWN,
                    "the name servers of " + Names.text(name) + " could not be found: "
                            + String.join("; ", authority.problems())));
            return;
        }
        facts.add(Fact.of("zone", Names.text(zone)));
        facts.add(Fact.of("name servers", String.join(", ", authority.names())));
        authority.problems().forEach(problem -> opinions.add(new Opinion("", Finding.UNKNOWN, problem)));
        authority
                .nowhere()
                .forEach(server -> opinions.add(new Opinion(
                        "", Finding.UNKNOWN, "the name server " + server + " has no address, so it cannot be asked")));
        authority.servers().forEach(server -> sources.add(Source.authority(client, server, zone, resolvers)));
    }

    private View view(CheckContext context, Source source, List<Demand> resolved) throws Exception {
        Map<Integer, Said> said = new LinkedHashMap<>();
        Search search = new Search(context, source);
        for (Demand demand : resolved) {
            int subject = demand.subject();
            if (!said.containsKey(subject)) {
                boolean anyCode = resolved.stream().anyMatch(one -> one.subject() == subject && one.judgesErrors());
                said.put(subject, search.find(name, subject, inherited, anyCode));
            }
        }
        return new View(source, said);
    }

    private Opinion opinion(CheckContext context, View view, List<Demand> resolved) {
        Set<String> failures = new LinkedHashSet<>();
        Set<String> doubts = new LinkedHashSet<>();
        for (Demand demand : resolved) {
            Ruling ruling = ruling(context, view.said().get(demand.subject()), demand);
            if (ruling.finding() == Finding.FAILED) {
                failures.add(ruling.why());
            } else if (ruling.finding() != Finding.PASSED) {
                doubts.add(ruling.why());
            }
        }
        Finding finding = !failures.isEmpty() ? Finding.FAILED : doubts.isEmpty() ? Finding.PASSED : Finding.UNKNOWN;
        return new Opinion(view.source().label(), finding, String.join("; ", failures.isEmpty() ? doubts : failures));
    }

    private Ruling ruling(CheckContext context, @Nullable Said said, Demand demand) {
        if (said == null || said.answer() == null) {
            return Ruling.unknown(said == null ? "nobody was asked" : said.why());
        }
        Answer answer = said.answer();
        if (!demand.judgesErrors() && !answer.isDefinite()) {
            return Ruling.unknown(said.server() + " answered " + Rcode.string(answer.rcode()));
        }
        if (!demand.judgesErrors() && !demand.expectsPrivate() && isWrongView(context, answer)) {
            return Ruling.unknown(Names.text(name) + " has only private addresses here ("
                    + String.join(", ", answer.values()) + "), so this is not the public view");
        }
        return demand.judge(answer);
    }

    /** Whether a public name has private addresses only, and none that belongs to the environment. */
    private static boolean isWrongView(CheckContext context, Answer answer) {
        return (answer.type() == Type.A || answer.type() == Type.AAAA)
                && !answer.values().isEmpty()
                && Addresses.isPublicName(Names.text(answer.name()))
                && answer.values().stream()
                        .allMatch(value -> Addresses.literal(value)
                                        .map(Addresses::isPrivate)
                                        .orElse(false)
                                && !context.environment().lists(Subject.host(value)));
    }

    private static List<Fact> facts(View view, List<Demand> resolved) {
        List<Fact> facts = new ArrayList<>();
        view.said().forEach((subject, said) -> {
            for (Said.Problem problem : said.problems()) {
                facts.add(Fact.of("answer of " + problem.server(), "none: " + problem.text()));
            }
            Answer answer = said.answer();
            if (answer != null) {
                String expected = resolved.stream()
                        .filter(demand -> demand.subject() == subject)
                        .map(Demand::expected)
                        .distinct()
                        .collect(Collectors.joining(", "));
                facts.add(Fact.of("answer of " + said.server(), expected, answer.text()));
            }
        });
        return facts;
    }

    private static Outcome outcome(List<Opinion> opinions, List<Fact> facts) {
        List<Opinion> failed =
                opinions.stream().filter(one -> one.finding() == Finding.FAILED).toList();
        List<Opinion> open = opinions.stream()
                .filter(one -> one.finding() == Finding.UNKNOWN)
                .toList();
        if (failed.isEmpty() && open.isEmpty()) {
            return opinions.isEmpty()
                    ? Outcome.of(Finding.UNKNOWN, "there was nobody to ask", facts)
                    : Outcome.of(Finding.PASSED, "", facts);
        }
        if (opinions.size() == 1) {
            return Outcome.of(opinions.get(0).finding(), opinions.get(0).why(), facts);
        }
        String why =
                (failed.isEmpty() ? open : failed).stream().map(Inquiry::said).collect(Collectors.joining("; "));
        if (!failed.isEmpty()) {
            why = failed.size() + " of " + opinions.size() + " answers are not as expected: " + why;
            if (!open.isEmpty()) {
                why += "; besides, " + open.stream().map(Inquiry::said).collect(Collectors.joining("; "));
            }
        }
        return Outcome.of(failed.isEmpty() ? Finding.UNKNOWN : Finding.FAILED, why, facts);
    }

    private static String said(Opinion opinion) {
        return opinion.why().startsWith(opinion.label()) ? opinion.why() : opinion.label() + ": " + opinion.why();
    }
}
