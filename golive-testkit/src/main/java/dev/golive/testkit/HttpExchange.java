package dev.golive.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answering half of one request, alike for both HTTP versions, with everything a fault wants to do to it. */
abstract class HttpExchange {

    /** How the end of a body is known to the client. */
    enum Framing {
        NO_BODY,
        BY_LENGTH,
        BY_END
    }

    /** Sending in pieces. */
    record Pace(int bytes, Duration every) {}

    private final Pauses pauses;

    HttpExchange(Pauses pauses) {
        this.pauses = pauses;
    }

    final Pauses pauses() {
        return pauses;
    }

    void pause(Duration length) throws IOException {
        flush();
        pauses.pauseFor(length);
    }

    AbandonedException hang() throws IOException {
        flush();
        return pauses.hang();
    }

    /** Sends status and header fields; with a pace, in pieces. */
    abstract void head(int status, List<HttpHeader> headers, Framing framing, @Nullable Pace pace) throws IOException;

    /** Where the body goes. */
    abstract OutputStream body();

    abstract void flush() throws IOException;

    /** Ends a complete answer. */
    abstract void end() throws IOException;

    /** Ends an answer whose announced length was not reached. */
    abstract void endEarly() throws IOException;

    /** Does what a server does that considers its answer finished while the client waits for more. */
    abstract void leaveWaiting() throws IOException;

    /** Resets the connection. */
    abstract void reset() throws IOException;

    /** Closes the connection in good order. */
    abstract void disconnect() throws IOException;

    abstract void malformedStatus() throws IOException;

    abstract void malformedHeader() throws IOException;

    /** Ends only with an exception, when the client or the fake has gone. */
    abstract void endlessHeaders() throws IOException;

    abstract void goAway() throws IOException;

    abstract void resetStream(int errorCode) throws IOException;

    abstract void badFrame() throws IOException;
}
