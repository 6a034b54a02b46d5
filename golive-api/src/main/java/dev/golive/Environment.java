package dev.golive;

import dev.golive.internal.Arguments;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a run takes place: a name, whether it is production, and the hosts and accounts that belong to it.
 *
 * <p>A run is refused before its first request if a check touches a host or an account that its environment does not
 * list, so that nobody proves staging and launches production. Evidence of one environment never counts for another.
 *
 * <p>Immutable and thread-safe.
 */
public final class Environment {

    private final String name;
    private final boolean production;
    private final Set<String> hosts;
    private final Map<String, Set<String>> accounts;

    private Environment(String name, boolean production, Set<String> hosts, Map<String, Set<String>> accounts) {
        this.name = name;
        this.production = production;
        this.hosts = hosts;
        this.accounts = accounts;
    }

    /**
     * An environment that real users depend on; rehearsals and drills refuse it.
     *
     * @param name its name, for example {@code production}
     * @return an environment without hosts and accounts yet
     */
    public static Environment production(String name) {
        return new Environment(Arguments.text(name, "name"), true, Set.of(), Map.of());
    }

    /**
     * Any other environment.
     *
     * @param name its name, for example {@code staging}
     * @return an environment without hosts and accounts yet
     */
    public static Environment named(String name) {
        return new Environment(Arguments.text(name, "name"), false, Set.of(), Map.of());
    }

    /**
     * The same with more hosts.
     *
     * @param host a host name or address; {@code *.shop.example} stands for every name below {@code shop.example}
     * @param more further ones
     * @return the new environment
     */
    public Environment host(String host, String... more) {
        Set<String> all = new TreeSet<>(hosts);
        all.add(hostPattern(host, "host"));
        for (String one : Arguments.all(more, "more")) {
            all.add(hostPattern(one, "more"));
        }
        return new Environment(name, production, Collections.unmodifiableSet(all), accounts);
    }

    /**
     * The same with an account or project at a provider.
     *
     * @param system the provider, for example {@code aws}
     * @param id the id of the account or project there
     * @return the new environment
     */
    public Environment account(String system, String id) {
        Map<String, Set<String>> all = new TreeMap<>(accounts);
        Set<String> ids = new TreeSet<>(all.getOrDefault(Arguments.text(system, "system"), Set.of()));
        ids.add(Arguments.text(id, "id"));
        all.put(system, Collections.unmodifiableSet(ids));
        return new Environment(name, production, hosts, Collections.unmodifiableMap(all));
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Whether real users depend on it.
     *
     * @return {@code true} if it was made by {@link #production(String)}
     */
    public boolean isProduction() {
        return production;
    }

    /**
     * Whether a host or account belongs to this environment.
     *
     * @param subject the host or account
     * @return whether it is listed, for hosts also by a pattern
     */
    public boolean lists(Subject subject) {
        if (!Arguments.given(subject, "subject").isHost()) {
            return accounts.getOrDefault(subject.system(), Set.of()).contains(subject.name());
        }
        String host = canonical(subject.name());
        if (hosts.contains(host)) {
            return true;
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            if (hosts.contains("*" + host.substring(dot))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The host names, addresses and patterns that belong to it.
     *
     * @return the hosts, sorted
     */
    public Set<String> hosts() {
        return hosts;
    }

    /**
     * The accounts and projects that belong to it.
     *
     * @return the ids by provider, sorted
     */
    public Map<String, Set<String>> accounts() {
        return accounts;
    }

    boolean isNamedLike(Environment other) {
        return name.equals(other.name) && production == other.production;
    }

    /** The same with the hosts and accounts of another one of the same name. */
    Environment and(Environment other) {
        Environment both = this;
        for (String host : other.hosts) {
            both = both.host(host);
        }
        for (Map.Entry<String, Set<String>> account : other.accounts.entrySet()) {
            for (String id : account.getValue()) {
                both = both.account(account.getKey(), id);
            }
        }
        return both;
    }

    /** Its name, and that it is production where its name may be that of one that is not. */
    String text() {
        return name + (production ? " (production)" : "");
    }

    /** Every account id, whichever provider it is of. */
    List<String> accountIds() {
        return accounts.values().stream().flatMap(Set::stream).toList();
    }

    Environment withoutAccounts() {
        return new Environment(name, production, hosts, Map.of());
    }

    Environment withoutHosts(Set<String> some) {
        Set<String> left = new TreeSet<>(hosts);
        left.removeAll(some);
        return new Environment(name, production, Collections.unmodifiableSet(left), accounts);
    }

    /** Everything that evidence is bound to, in one line. */
    String canonicalText() {
        return (production ? "production " : "other ") + name + " " + hosts + " " + accounts;
    }

    private static String hostPattern(String host, String name) {
        String pattern = canonical(Arguments.text(host, name));
        if (pattern.contains("/")
                || pattern.contains(" ")
                || pattern.lastIndexOf('*') > 0
                || (pattern.startsWith("*") && !pattern.matches("\\*\\.[^.*]+(\\.[^.*]+)+"))) {
            throw new IllegalArgumentException(name
                    + " must be a host name, an address, or *. and a domain of two labels or more, but was " + host);
        }
        return pattern;
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Environment e
                && e.name.equals(name)
                && e.production == production
                && e.hosts.equals(hosts)
                && e.accounts.equals(accounts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, production, hosts, accounts);
    }

    @Override
    public String toString() {
        return name;
    }
}
