package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.Family;
import dev.golive.checks.internal.net.NameResolver;
import dev.golive.checks.internal.net.NoAddressException;
import dev.golive.checks.internal.net.Resolved;
import dev.golive.checks.internal.net.UnresolvedException;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Finds the addresses of the hosts that checks connect to: what the network knows by itself, otherwise what its resolvers
 * say, aliases followed. No search list is applied.
 *
 * <p>Checks of one host share one answer for its time to live, at most {@value #MOST_SECONDS} s, and those that come while
 * it is being looked up wait for it. An attempt after the first one asks again, since it looks for something new. That
 * there is no address, or no answer, is shared only by those who waited for it.
 *
 * <p>Thread-safe.
 */
public final class AddressLookup implements NameResolver {

    private static final int MOST_SECONDS = 5;
    private static final int MOST_ENTRIES = 1024;

    private final Map<Key, Entry> entries = new HashMap<>();

    private record Key(Name name, int type) {}

    /** A lookup that runs or has ended. */
    private static final class Entry {
        private final TimeSource.Gate ended;
        private @Nullable Answer answer;
        private @Nullable UnresolvedException failure;
        private Instant expires = Instant.MAX;

        Entry(TimeSource.Gate ended) {
            this.ended = ended;
        }
    }

    /** An answer, and whether it was there before. */
    private record Looked(Answer answer, boolean shared) {}

    @Override
    public Resolved resolve(CheckContext context, String host, Family family) throws Exception {
        Optional<InetAddress> literal = Addresses.literal(host);
        List<InetAddress> known =
                literal.isPresent() ? List.of(literal.get()) : context.network().known(host);
        if (!known.isEmpty()) {
            List<InetAddress> fitting = known.stream().filter(family::includes).toList();
            if (fitting.isEmpty()) {
                throw new NoAddressException(host + " has no " + family + " address");
            }
            return new Resolved(fitting, false);
        }
        Name name;
        try {
            name = Names.parse(host, "host");
        } catch (IllegalArgumentException e) {
            throw new NoAddressException(host + " is not a name that can exist in DNS");
        }
        Looked looked = look(context, new Key(name, family == Family.IPV6 ? Type.AAAA : Type.A));
        if (looked.answer().values().isEmpty() && !looked.answer().isMissing() && family == Family.ANY) {
            looked = look(context, new Key(name, Type.AAAA));
        }
        Answer answer = looked.answer();
        if (answer.values().isEmpty()) {
            throw new NoAddressException(
                    answer.circular() || answer.isMissing()
                            ? answer.sentence()
                            : host + " has no " + (family == Family.ANY ? "" : family + " ") + "address");
        }
        return new Resolved(
                answer.values().stream()
                        .flatMap(text -> Addresses.literal(text).stream())
                        .toList(),
                looked.shared());
    }

    private Looked look(CheckContext context, Key key) throws Exception {
        while (true) {
            Entry entry;
            boolean mine = false;
            synchronized (this) {
                entry = entries.get(key);
                if (entry == null || isSpent(context, entry)) {
                    makeRoom(context.time().now());
                    entry = new Entry(context.time().gate());
                    entries.put(key, entry);
                    mine = true;
                }
            }
            if (mine) {
                return new Looked(find(context, key, entry), false);
            }
            if (!entry.ended.await(Connector.due(context))) {
                throw new UnresolvedException(
                        "the address of " + Names.text(key.name()) + " was not found out in time", null);
            }
            synchronized (this) {
                if (entry.failure != null) {
                    throw new UnresolvedException(text(entry.failure), entry.failure);
                }
                if (entry.answer != null) {
                    return new Looked(entry.answer, true);
                }
            }
            // who looked it up was given up on; one of those who waited does it
        }
    }

    private static boolean isSpent(CheckContext context, Entry entry) {
        return entry.answer != null
                && (context.attempt() > 1 || !context.time().now().isBefore(entry.expires));
    }

    private void makeRoom(Instant now) {
        if (entries.size() >= MOST_ENTRIES) {
            entries.values().removeIf(entry -> !now.isBefore(entry.expires));
        }
    }

    private Answer find(CheckContext context, Key key, Entry entry) throws Exception {
        Answer answer = null;
        UnresolvedException failure = null;
        try {
            answer = ask(context, key);
            return answer;
        } catch (UnresolvedException e) {
            failure = e;
            throw e;
        } finally {
            settle(key, entry, answer, failure, context.time().now());
            entry.ended.open();
        }
    }

    private synchronized void settle(
            Key key, Entry entry, @Nullable Answer answer, @Nullable UnresolvedException failure, Instant now) {
        entry.answer = answer;
        entry.failure = failure;
        if (answer == null || answer.values().isEmpty()) {
            entries.remove(key, entry);
        } else {
            Duration most = Duration.ofSeconds(MOST_SECONDS);
            entry.expires = now.plus(answer.timeToLive().compareTo(most) < 0 ? answer.timeToLive() : most);
        }
    }

    private static Answer ask(CheckContext context, Key key) throws Exception {
        Source source = Source.firstOf(context.shared(DnsClient.SHARED), Resolvers.of(context));
        Said said = new Search(context, source).find(key.name(), key.type(), false, false);
        Answer answer = said.answer();
        if (answer == null) {
            throw new UnresolvedException(
                    "the address of " + Names.text(key.name()) + " could not be found out: " + said.why(), null);
        }
        return answer;
    }

    private static String text(IOException e) {
        return e.getMessage() == null ? "no answer" : e.getMessage();
    }
}
