package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import dev.golive.checks.internal.net.Addresses;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The zone that a name is in, and its name servers.
 *
 * @param zone the name of the zone, {@code null} if it could not be found out
 * @param names the names of its servers
 * @param servers the servers, each address one
 * @param nowhere the names that certainly have no address
 * @param problems what could not be found out
 */
record Authority(
        @Nullable Name zone, List<String> names, List<Server> servers, List<String> nowhere, List<String> problems) {

    private static final int WIDTH = 8;

    /**
     * Finds the zone of a name: asks resolvers for the NS records of the name and, as long as there are none, of what is
     * above it; then for the addresses of the servers.
     *
     * @throws Exception if the attempt was given up
     */
    static Authority find(CheckContext context, DnsClient client, List<Server> resolvers, Name name) throws Exception {
        Source source = Source.firstOf(client, resolvers);
        for (Name candidate = name; candidate.labels() > 1; candidate = new Name(candidate, 1)) {
            Said said = source.ask(context, candidate, Type.NS, false);
            Answer answer = said.answer();
            if (answer == null) {
                Authority delegated = fromAbove(context, client, resolvers, candidate);
                if (delegated != null) {
                    return delegated;
                }
                // an alias is no zone, whatever its target is; a target in disorder only hides that
                Answer alias = source.ask(context, candidate, Type.CNAME, false).answer();
                if (alias == null || alias.values().isEmpty()) {
                    return unknown(said.why());
                }
            } else if (!answer.values().isEmpty() && !answer.isAlias()) {
                Authority found = servers(context, source, candidate, answer);
                Authority delegated = found.servers.isEmpty() ? fromAbove(context, client, resolvers, candidate) : null;
                return delegated != null && !delegated.servers.isEmpty() ? delegated : found;
            }
        }
        return unknown("neither " + Names.text(name) + " nor a name above it has name servers");
    }

    /**
     * What the servers above a zone say of it, where resolvers cannot: the zone may not answer yet, or its servers may
     * be known by their glue only.
     */
    private static @Nullable Authority fromAbove(
            CheckContext context, DnsClient client, List<Server> resolvers, Name zone) throws Exception {
        if (zone.labels() <= 2) {
            // above a top level domain is the root, whose servers no resolver fails to know
            return null;
        }
        Authority above = find(context, client, resolvers, new Name(zone, 1));
        for (Server server : above.servers) {
            Answer answer = client.ask(context, server, new Question(zone, Type.NS, false))
                    .answer();
            if (answer != null && !answer.values().isEmpty() && !answer.isAlias()) {
                return servers(context, Source.firstOf(client, resolvers), zone, answer);
            }
            if (answer != null && answer.authoritative() && answer.denied()) {
                // no zone of its own: it belongs to the one above
                return above;
            }
        }
        return null;
    }

    private static Authority unknown(String why) {
        return new Authority(null, List.of(), List.of(), List.of(), List.of(why));
    }

    private static Authority servers(CheckContext context, Source source, Name zone, Answer answer) throws Exception {
        List<Server> servers = new ArrayList<>();
        List<String> nowhere = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<List<Said>> found = context.parallel(answer.values(), WIDTH, server -> {
            if (answer.glue().containsKey(server)) {
                return List.of();
            }
            Name host = Names.ofText(server);
            return List.of(source.ask(context, host, Type.A, false), source.ask(context, host, Type.AAAA, false));
        });
        for (int i = 0; i < found.size(); i++) {
            String server = answer.values().get(i);
            Set<String> addresses = new LinkedHashSet<>(answer.glue().getOrDefault(server, List.of()));
            Set<String> failures = new LinkedHashSet<>();
            for (Said said : found.get(i)) {
                Answer of = said.answer();
                if (of == null) {
                    failures.add(said.why());
                } else {
                    addresses.addAll(of.values());
                }
            }
            addresses.forEach(text ->
                    Addresses.literal(text).ifPresent(address -> servers.add(Server.authoritative(address, server))));
            if (!failures.isEmpty() && addresses.isEmpty()) {
                problems.add("the address of the name server " + server + " could not be found out: "
                        + String.join("; ", failures));
            } else if (addresses.isEmpty()) {
                nowhere.add(server);
            }
        }
        return new Authority(zone, answer.values(), List.copyOf(servers), List.copyOf(nowhere), List.copyOf(problems));
    }
}
