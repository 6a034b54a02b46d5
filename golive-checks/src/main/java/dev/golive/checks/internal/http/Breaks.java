package dev.golive.checks.internal.http;

import dev.golive.Outcome;
import dev.golive.checks.internal.net.Failures;
import dev.golive.time.Spans;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Says what came of an exchange that broke: nobody answered, or somebody answered what is not HTTP. */
final class Breaks {

    private Breaks() {}

    static Outcome unanswered(Url url) {
        return Outcome.unreachable(url.authority() + " closed the connection without an answer");
    }

    /**
     * What it means that an exchange broke.
     *
     * @param begun {@code null} if not one byte of a response had come
     */
    static Outcome outcome(Url url, Exception e, @Nullable String begun, Duration after) {
        String who = url.authority();
        if (Failures.isClosedByUs(e)) {
            return Outcome.unreachable(
                    begun == null
                            ? who + " sent no response within " + Spans.text(after)
                            : who + " began to respond but was not finished after " + Spans.text(after));
        }
        if (e instanceof NoHttpResponseException) {
            return unanswered(url);
        }
        if (e instanceof MessageConstraintException) {
            return Outcome.failed(who + " sent a header beyond all limits: "
                    + Failures.text(e).toLowerCase(Locale.ROOT) + " (" + Http1Wire.MAX_HEADERS + " lines of "
                    + Http1Wire.MAX_LINE / 1024 + " KiB are read)");
        }
        if (e instanceof ConnectionClosedException || e instanceof MalformedChunkCodingException) {
            return Outcome.failed(who + " ended its response too early: " + Failures.text(e));
        }
        if (e instanceof HttpException || e instanceof java.io.UnsupportedEncodingException) {
            return Outcome.failed(who + " did not answer with HTTP: " + Failures.text(e));
        }
        String alert = Failures.text(e);
        int fatal = alert.indexOf("fatal alert: ");
        if (fatal >= 0) {
            // TLS 1.3 tells a client that its certificate is missed only after the handshake
            return Outcome.failed(who + " ended the TLS connection: "
                    + alert.substring(fatal + "fatal alert: ".length()).replace('_', ' '));
        }
        return Outcome.unreachable(who
                + (e instanceof SocketException && Failures.isReset(e)
                        ? " reset the connection" + (begun == null ? "" : " in the middle of its response")
                        : (begun == null ? " did not answer: " : " broke off its response: ") + Failures.text(e)));
    }
}
