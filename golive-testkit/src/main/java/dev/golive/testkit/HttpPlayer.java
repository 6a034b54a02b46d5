package dev.golive.testkit;

import dev.golive.testkit.HttpExchange.Framing;
import dev.golive.testkit.HttpExchange.Pace;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plays a reply, and what goes wrong with it, on an exchange of either HTTP version. */
final class HttpPlayer {

    /** The date format of RFC 9110, section 5.6.7, which has two digits for the day. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final TimeSource time;

    HttpPlayer(TimeSource time) {
        this.time = time;
    }

    void play(HttpExchange exchange, ReceivedRequest request, Reply scripted, HttpFault.@Nullable OfExchange fault)
            throws IOException {
        if (fault instanceof HttpFault.ResetOnReuse && request.number() > 1) {
            exchange.reset();
            return;
        }
        if (!scripted.delay().isZero()) {
            exchange.pause(scripted.delay());
        }
        if (fault instanceof HttpFault.Delay late) {
            exchange.pause(late.before());
        }
        Reply reply = content(scripted, request, fault);
        boolean head = request.method().equals("HEAD");
        if (fault != null && (insteadOfHead(exchange, fault) || insteadOfBody(exchange, reply, head, fault))) {
            return;
        }
        send(exchange, reply, head, fault);
        if (fault instanceof HttpFault.WrongContentLength wrong
                && !head
                && wrong.announced() > reply.body().length()) {
            exchange.leaveWaiting();
        } else if (fault instanceof HttpFault.CloseAfterAnswer) {
            exchange.disconnect();
        }
    }

    /** Faults that are only another answer. */
    private static Reply content(Reply reply, ReceivedRequest request, HttpFault.@Nullable OfExchange fault) {
        if (fault instanceof HttpFault.ErrorStatus error) {
            return Reply.text(error.status(), "something went wrong");
        } else if (fault instanceof HttpFault.TooManyRequests tooMany) {
            return Reply.text(429, "too many requests")
                    .header("Retry-After", Long.toString(tooMany.retryAfter().toSeconds()));
        } else if (fault instanceof HttpFault.RedirectLoop) {
            return Reply.redirect(302, request.target());
        } else if (fault instanceof HttpFault.ManyHeaders many) {
            List<HttpHeader> fillers = new ArrayList<>(many.count());
            for (int i = 1; i <= many.count(); i++) {
                fillers.add(new HttpHeader("X-Filler-" + i, "filler"));
            }
            return reply.headers(fillers);
        } else if (fault instanceof HttpFault.OversizedBody oversized) {
            return Reply.filler(oversized.bytes());
        } else if (fault instanceof HttpFault.EndlessBody) {
            return Reply.filler(0).body(HttpBody.endless());
        } else if (fault instanceof HttpFault.CompressionBomb bomb) {
            return Reply.filler(0)
                    .header("Content-Encoding", "gzip")
                    .body(HttpBody.compressed(HttpBody.filler(bomb.bytes())));
        } else if (fault instanceof HttpFault.WrongContentEncoding) {
            return reply.withoutHeader("Content-Encoding")
                    .header("Content-Encoding", "gzip")
                    .body(reply.body().orStandIn());
        } else if (fault instanceof HttpFault.WrongContentLength wrong) {
            return reply.withoutHeader("Content-Length")
                    .header("Content-Length", Long.toString(wrong.announced()))
                    .body(reply.body().orStandIn());
        } else if (fault instanceof HttpFault.SlowBody) {
            return reply.body(reply.body().orStandIn());
        }
        return reply;
    }

    /** Faults before or instead of the headers. */
    private static boolean insteadOfHead(HttpExchange exchange, HttpFault.OfExchange fault) throws IOException {
        if (fault instanceof HttpFault.ResetBeforeHeaders) {
            exchange.reset();
        } else if (fault instanceof HttpFault.HangBeforeHeaders) {
            throw exchange.hang();
        } else if (fault instanceof HttpFault.CloseBeforeHeaders) {
            exchange.disconnect();
        } else if (fault instanceof HttpFault.MalformedStatusLine) {
            exchange.malformedStatus();
        } else if (fault instanceof HttpFault.MalformedHeader) {
            exchange.malformedHeader();
        } else if (fault instanceof HttpFault.EndlessHeaders) {
            exchange.endlessHeaders();
        } else if (fault instanceof HttpFault.GoAway) {
            exchange.goAway();
        } else if (fault instanceof HttpFault.ResetStream reset) {
            exchange.resetStream(reset.errorCode());
        } else if (fault instanceof HttpFault.BadFrame) {
            exchange.badFrame();
        } else {
            return false;
        }
        return true;
    }

    /** Faults in the middle of the body; where there is no body, before the headers. */
    private boolean insteadOfBody(HttpExchange exchange, Reply reply, boolean head, HttpFault.OfExchange fault)
            throws IOException {
        boolean truncated = fault instanceof HttpFault.TruncatedBody;
        boolean hangs = fault instanceof HttpFault.HangMidBody;
        if (!truncated && !hangs && !(fault instanceof HttpFault.ResetMidBody)) {
            return false;
        }
        boolean withoutBody = head || isWithoutBody(reply.status());
        if (!withoutBody) {
            HttpBody body = reply.body().orStandIn();
            byte[] half = body.half();
            // An announced length, whatever the reply wanted: without one, HTTP/2 cannot tell what is missing.
            long length = body.length() < 0 ? 2L * half.length : body.length();
            exchange.head(reply.status(), headers(reply, length, Framing.BY_LENGTH), Framing.BY_LENGTH, null);
            exchange.body().write(half);
            exchange.flush();
        }
        if (hangs) {
            throw exchange.hang();
        } else if (!truncated) {
            exchange.reset();
        } else if (withoutBody) {
            exchange.disconnect();
        } else {
            exchange.endEarly();
        }
        return true;
    }

    private void send(HttpExchange exchange, Reply reply, boolean head, HttpFault.@Nullable OfExchange fault)
            throws IOException {
        Framing framing;
        if (isWithoutBody(reply.status())) {
            framing = Framing.NO_BODY;
        } else if (reply.has("Content-Length")
                || (!reply.isChunked() && reply.body().length() >= 0)) {
            framing = Framing.BY_LENGTH;
        } else {
            framing = Framing.BY_END;
        }
        List<HttpHeader> headers = headers(reply, reply.body().length(), framing);
        Pace pace = fault instanceof HttpFault.SlowHeaders slow ? new Pace(slow.bytes(), slow.every()) : null;
        boolean sendsBody = !head && framing != Framing.NO_BODY;
        exchange.head(reply.status(), headers, sendsBody ? framing : Framing.NO_BODY, pace);
        if (sendsBody) {
            OutputStream body = exchange.body();
            reply.body()
                    .writeTo(
                            fault instanceof HttpFault.SlowBody slow
                                    ? new Drip(exchange, body, new Pace(slow.bytes(), slow.every()))
                                    : body);
        }
        exchange.end();
    }

    private List<HttpHeader> headers(Reply reply, long length, Framing framing) {
        List<HttpHeader> headers = new ArrayList<>();
        if (reply.isDated()) {
            headers.add(new HttpHeader("Date", HTTP_DATE.format(time.now())));
        }
        headers.addAll(reply.headers());
        if (framing == Framing.BY_LENGTH && !reply.has("Content-Length") && !reply.has("Transfer-Encoding")) {
            headers.add(new HttpHeader("Content-Length", Long.toString(length)));
        }
        return headers;
    }

    private static boolean isWithoutBody(int status) {
        return status == 204 || status == 304;
    }

    /** Sends a few bytes at a time, and waits before each piece so that the last byte comes last. */
    static final class Drip extends OutputStream {

        private final HttpExchange exchange;
        private final OutputStream out;
        private final Pace pace;

        Drip(HttpExchange exchange, OutputStream out, Pace pace) {
            this.exchange = exchange;
            this.out = out;
            this.pace = pace;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += pace.bytes()) {
                exchange.pause(pace.every());
                out.write(bytes, offset + done, Math.min(pace.bytes(), length - done));
                exchange.flush();
            }
        }
    }
}
