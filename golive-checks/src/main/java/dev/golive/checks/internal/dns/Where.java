package dev.golive.checks.internal.dns;

import java.util.List;

/**
 * Whom to ask.
 *
 * @param kind which servers
 * @param resolvers the resolvers, empty for those of the run
 */
public record Where(Kind kind, List<Server> resolvers) {

    /** One resolver of the run, the next if it has no answer. */
    public static final Where ANY_RESOLVER = new Where(Kind.ANY_RESOLVER, List.of());

    /** Which servers. */
    public enum Kind {
        /** The first resolver that has an answer. */
        ANY_RESOLVER,
        /** Each resolver. */
        EACH_RESOLVER,
        /** Each name server of the zone, found by way of the resolvers. */
        EACH_AUTHORITY,
        /** Each resolver and each name server of the zone. */
        EVERYWHERE
    }

    /** Copies the list. */
    public Where {
        resolvers = List.copyOf(resolvers);
    }

    /** The same, at other servers. */
    public Where kind(Kind other) {
        return new Where(other, resolvers);
    }

    boolean resolversCount() {
        return kind != Kind.EACH_AUTHORITY;
    }

    boolean authoritiesCount() {
        return kind == Kind.EACH_AUTHORITY || kind == Kind.EVERYWHERE;
    }

    /** Where, to follow the sentence of a check; empty for any resolver. */
    public String words() {
        String named = String.join(", ", resolvers.stream().map(Server::label).toList());
        return switch (kind) {
            case ANY_RESOLVER -> "";
            case EACH_RESOLVER -> ", asked at " + (named.isEmpty() ? "every resolver" : named);
            case EACH_AUTHORITY -> ", asked at every authoritative server";
            case EVERYWHERE ->
                ", asked at " + (named.isEmpty() ? "every resolver" : named) + " and every authoritative server";
        };
    }
}
