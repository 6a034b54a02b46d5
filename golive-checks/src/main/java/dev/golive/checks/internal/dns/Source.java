package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Whom a question goes to: one resolver, several resolvers of which the first answer counts, or a name server of a zone
 * together with the resolvers for what lies outside of that zone.
 */
final class Source {

    private final DnsClient client;
    private final List<Server> resolvers;
    private final @Nullable Server authority;
    private final Name zone;

    private Source(DnsClient client, List<Server> resolvers, @Nullable Server authority, Name zone) {
        this.client = client;
        this.resolvers = resolvers;
        this.authority = authority;
        this.zone = zone;
    }

    /** Resolvers, one after the other until one has an answer. */
    static Source firstOf(DnsClient client, List<Server> resolvers) {
        return new Source(client, resolvers, null, Name.root);
    }

    /** A name server of a zone. */
    static Source authority(DnsClient client, Server server, Name zone, List<Server> resolvers) {
        return new Source(client, resolvers, server, zone);
    }

    /** How it is called, where it is one server. */
    String label() {
        Server server = authority;
        return server != null
                ? server.label()
                : String.join(", ", resolvers.stream().map(Server::label).toList());
    }

    /** Whether another source is the same name server under another address. */
    boolean isAlso(Source other) {
        Server mine = authority;
        Server its = other.authority;
        return mine != null && its != null && mine.isAlso(its);
    }

    /**
     * Asks one question, without following where the answer leads.
     *
     * @param anyCode whether an error code is an answer too
     * @throws Exception if the attempt was given up
     */
    Said ask(CheckContext context, Name name, int type, boolean anyCode) throws Exception {
        Server server = authority;
        if (server != null && name.subdomain(zone)) {
            Reply reply = client.ask(context, server, new Question(name, type, false));
            return Said.of(List.of(reply), answer -> anyCode || answer.authoritative() && usable(answer));
        }
        Predicate<Answer> accepts = answer -> anyCode || usable(answer);
        return Said.of(client.askInTurn(context, resolvers, new Question(name, type, true), accepts), accepts);
    }

    private static boolean usable(Answer answer) {
        return answer.isDefinite() || answer.stopsAtAlias();
    }
}
