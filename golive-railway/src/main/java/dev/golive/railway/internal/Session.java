package dev.golive.railway.internal;

import dev.golive.CheckContext;
import dev.golive.Network;
import dev.golive.Secret;
import dev.golive.provider.ApiTransport;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The transport of one {@code Railway} within one {@code GoLive}, and what was found out once. Thread-safe. */
public final class Session implements AutoCloseable {

    /** How much is remembered; the oldest is forgotten first. */
    private static final int LARGEST_MEMORY = 1024;

    /**
     * How Railway is asked.
     *
     * @param kind the kind of the token
     * @param token the token
     * @param endpoint where the API is
     */
    public record Settings(TokenKind kind, Secret token, URI endpoint) {}

    private final Settings settings;
    private final ApiTransport transport;
    private final Map<String, Object> memory = new LinkedHashMap<>();

    /** A session that has asked nothing yet. */
    public Session(Settings settings, Network network) {
        this.settings = settings;
        this.transport = new ApiTransport(new Problems(), network);
    }

    Settings settings() {
        return settings;
    }

    ApiTransport transport() {
        return transport;
    }

    String reveal(CheckContext context) {
        return context.reveal(settings.token());
    }

    void remember(String key, Object value) {
        synchronized (memory) {
            memory.remove(key);
            memory.put(key, value);
            if (memory.size() > LARGEST_MEMORY) {
                memory.remove(memory.keySet().iterator().next());
            }
        }
    }

    void forget(String key) {
        synchronized (memory) {
            memory.remove(key);
        }
    }

    <T> Optional<T> remembered(String key, Class<T> type) {
        synchronized (memory) {
            Object value = memory.get(key);
            return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
