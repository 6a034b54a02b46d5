package dev.golive.launch;

import dev.golive.Item;
import dev.golive.internal.Arguments;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The short way through a plan when waiting does more harm: who may open it, what even then is never skipped, and what
 * must follow. Immutable and thread-safe.
 *
 * <pre>{@code
 * Emergency.signedBy("cto").neverSkip(backup, health).afterwards("write the post-mortem", hours(24))
 * }</pre>
 */
public final class Emergency {

    private final String role;
    private final Set<String> neverSkipped;
    private final Map<String, Duration> followUps;

    private Emergency(String role, Set<String> neverSkipped, Map<String, Duration> followUps) {
        this.role = role;
        this.neverSkipped = neverSkipped;
        this.followUps = followUps;
    }

    /**
     * An emergency path that skips everything.
     *
     * @param role who may open it
     * @return the path
     */
    public static Emergency signedBy(String role) {
        return new Emergency(Arguments.text(role, "role"), Set.of(), Map.of());
    }

    /**
     * The same with items that must be in order all the same.
     *
     * @param first an item with an explicit id
     * @param more further ones
     * @return the new path
     * @throws IllegalArgumentException if an item has no explicit id
     */
    public Emergency neverSkip(Item first, Item... more) {
        Set<String> ids = new LinkedHashSet<>(neverSkipped);
        ids.add(idOf(Arguments.given(first, "first")));
        Arguments.all(more, "more").forEach(item -> ids.add(idOf(item)));
        return new Emergency(role, Collections.unmodifiableSet(ids), followUps);
    }

    /**
     * The same with something that must be done afterwards.
     *
     * @param what what a person has to do
     * @param within how long after the emergency was declared
     * @return the new path
     */
    public Emergency afterwards(String what, Duration within) {
        Map<String, Duration> all = new LinkedHashMap<>(followUps);
        all.put(Arguments.text(what, "what"), Arguments.positive(within, "within"));
        return new Emergency(role, neverSkipped, Collections.unmodifiableMap(all));
    }

    private static String idOf(Item item) {
        if (!item.hasExplicitId()) {
            throw new IllegalArgumentException(
                    "an item that is never skipped must have an explicit id, give it one with" + " as(\"...\"): "
                            + item.sentence());
        }
        return item.id();
    }

    String role() {
        return role;
    }

    Set<String> neverSkipped() {
        return neverSkipped;
    }

    Map<String, Duration> followUps() {
        return followUps;
    }
}
