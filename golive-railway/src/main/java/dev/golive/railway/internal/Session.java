package dev.golive.railway.internal;

import dev.golive.CheckContext;
import dev.golive.Network;
import dev.golive.Secret;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ApiTransport;
import dev.golive.provider.Memory;
import dev.golive.provider.Reads;
import java.net.URI;

/** The transport of one {@code Railway} within one {@code GoLive}, and what was found out once. Thread-safe. */
public final class Session implements AutoCloseable {

    /** How much is remembered. */
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
    private final Reads reads = new Reads();
    private final Memory memory = new Memory(LARGEST_MEMORY);

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
        String token = context.reveal(settings.token()).strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw ApiProblem.of(
                    ApiProblem.Kind.NO_CREDENTIAL,
                    "the token is empty or has characters that no token has, such as a blank or a line break in between:"
                            + " copy it again");
        }
        return token;
    }

    Reads reads() {
        return reads;
    }

    Memory memory() {
        return memory;
    }

    @Override
    public void close() {
        transport.close();
    }
}
