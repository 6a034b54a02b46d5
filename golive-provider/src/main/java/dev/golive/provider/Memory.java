package dev.golive.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a session keeps of what it found out; the oldest is forgotten first. Thread-safe. */
public final class Memory {

    private final int largest;
    private final Map<String, Object> kept = new LinkedHashMap<>();

    /**
     * A memory that keeps nothing yet.
     *
     * @param largest how many things it keeps at most, at least 1
     */
    public Memory(int largest) {
        this.largest = Given.between(largest, 1, Integer.MAX_VALUE, "largest");
    }

    /**
     * Keeps something in the place of what was kept under the same key.
     *
     * @param key the key
     * @param value what is kept, immutable
     */
    public void remember(String key, Object value) {
        Given.notNull(key, "key");
        Given.notNull(value, "value");
        synchronized (kept) {
            kept.remove(key);
            kept.put(key, value);
            if (kept.size() > largest) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    /**
     * Forgets something.
     *
     * @param key the key
     */
    public void forget(String key) {
        synchronized (kept) {
            kept.remove(Given.notNull(key, "key"));
        }
    }

    /**
     * What is kept.
     *
     * @param key the key
     * @param type its type
     * @param <T> its type
     * @return empty if nothing of this type is kept under the key
     */
    public <T> Optional<T> remembered(String key, Class<T> type) {
        synchronized (kept) {
            Object value = kept.get(Given.notNull(key, "key"));
            return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
        }
    }
}
