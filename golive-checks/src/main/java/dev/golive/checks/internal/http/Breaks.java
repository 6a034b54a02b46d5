package dev.golive.checks.internal.http;

import dev.golive.Outcome;
import dev.golive.checks.internal.net.Failures;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says what came of an exchange that broke: nobody answered, or somebody answered what is not HTTP. */
final class Breaks {

    private Breaks() {}

    static Outcome unanswered(Url url) {
        return Outcome.unreachable(url.authority() + " closed the connection without an answer");
    }

    /** How far an exchange had come when it broke. */
    enum Progress {
        /** Not one byte of a response had come. */
        UNANSWERED,
        /** Some of a response had come. */
        ANSWERED,
        /** In virtual time, how many bytes came before it was given up is a matter of chance, and not told. */
        UNCERTAIN;

        static Progress of(boolean answered, TimeSource time) {
            return time.cooperative() ? UNCERTAIN : answered ? ANSWERED : UNANSWERED;
        }
    }

    /** What it means that an exchange broke. */
    static Outcome outcome(Url url, Exception e, Progress progress, Duration after) {
        String who = url.authority();
        if (Failures.isClosedByUs(e)) {
            return Outcome.unreachable(
                    switch (progress) {
                        case UNANSWERED -> who + " sent no response within " + Spans.text(after);
                        case ANSWERED -> who + " began to respond but was not finished after " + Spans.text(after);
                        case UNCERTAIN -> who + " sent no whole response within " + Spans.text(after);
                    });
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
                        ? " reset the connection"
                                + (progress == Progress.ANSWERED ? " in the middle of its response" : "")
                        : (progress == Progress.ANSWERED ? " broke off its response: " : " did not answer: ")
                                + Failures.text(e)));
    }
}
