package dev.golive.testkit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 (RFC 9112): requests one after the other, parsed and formatted by HttpCore's codecs. */
final class Http1Connection {

    private static final int BUFFER = 16 * 1024;

    /** Larger than any request of a test; smaller than what would hurt. */
    private static final int BODY_LIMIT = 64 << 20;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(10_000)
            .build();

    private final HttpConnection connection;
    private final InputStream in;
    private final OutputStream out;
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER, LIMITS.getMaxLineLength());
    private final DefaultHttpRequestParser parser = new DefaultHttpRequestParser(LIMITS);
    private final HttpPlayer player;
    private int requests;
    private boolean over;

    Http1Connection(HttpConnection connection, InputStream in, OutputStream out) {
        this.connection = connection;
        this.in = in;
        this.out = new BufferedOutputStream(out, BUFFER);
        this.player = new HttpPlayer(connection.fake().time());
    }

    void run() throws IOException {
        while (!over) {
            ClassicHttpRequest head = next();
            if (head == null) {
                break;
            }
            serve(head);
        }
        if (!connection.isClosed()) {
            connection.disconnect();
        }
    }

    private @Nullable ClassicHttpRequest next() throws IOException {
        try {
            return parser.parse(buffer, in);
        } catch (ConnectionClosedException e) {
            return null;
        } catch (HttpException e) {
            refuse(e);
            return null;
        }
    }

    /** Tells the client that its request is none; without this a mistake in a client would look like a fault. */
    private void refuse(HttpException problem) throws IOException {
        connection.fake().problem("connection " + connection.info().number() + ": " + problem.getMessage());
        String text = "this is no HTTP/1.1 request: " + problem.getMessage() + "\n";
        out.write(("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
                        + text)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void serve(ClassicHttpRequest head) throws IOException {
        boolean http10 = head.getVersion() != null && head.getVersion().lessEquals(HttpVersion.HTTP_1_0);
        byte[] body;
        try {
            body = readBody(head);
        } catch (HttpException e) {
            refuse(e);
            over = true;
            return;
        }
        List<HttpHeader> headers = new ArrayList<>();
        for (Header header : head.getHeaders()) {
            headers.add(new HttpHeader(header.getName(), header.getValue() == null ? "" : header.getValue()));
        }
        Header host = head.getFirstHeader("Host");
        String authority = host == null || host.getValue() == null ? "" : host.getValue();
        String target = head.getPath();
        ReceivedRequest request = new ReceivedRequest(
                connection.info(),
                ++requests,
                connection.fake().time().now(),
                http10 ? HttpFake.Version.HTTP_1_0 : HttpFake.Version.HTTP_1_1,
                head.getMethod(),
                target,
                authority,
                headers,
                body);
        HttpFake.Answer answer = connection.fake().answer(request);
        List<String> wishes = request.headers("Connection").stream()
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split("\\s*,\\s*")).stream())
                .toList();
        boolean close = wishes.contains("close") || (http10 && !wishes.contains("keep-alive"));
        player.play(new Exchange(close, http10), request, answer.reply(), answer.fault());
    }

    private byte[] readBody(ClassicHttpRequest head) throws IOException, HttpException {
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(head);
        if (length == 0 || length == ContentLengthStrategy.UNDEFINED) {
            return new byte[0];
        }
        if (head.containsHeader("Expect")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        InputStream body = length == ContentLengthStrategy.CHUNKED
                ? new ChunkedInputStream(buffer, in, LIMITS)
                : new ContentLengthInputStream(buffer, in, length);
        byte[] bytes = body.readNBytes(BODY_LIMIT + 1);
        if (bytes.length > BODY_LIMIT) {
            throw new HttpException("the body is larger than " + BODY_LIMIT + " bytes");
        }
        return bytes;
    }

    private final class Exchange extends HttpExchange {

        private final boolean http10;
        private boolean close;
        private OutputStream body = out;

        Exchange(boolean close, boolean http10) {
            super(connection.pauses());
            this.close = close;
            this.http10 = http10;
        }

        @Override
        void head(int status, List<HttpHeader> headers, Framing framing, @Nullable Pace pace) throws IOException {
            boolean chunked = framing == Framing.BY_END && !http10;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            SessionOutputBufferImpl session = new SessionOutputBufferImpl(BUFFER);
            ClassicHttpResponse response = new BasicClassicHttpResponse(status, reason(status));
            boolean coded = false;
            boolean spoken = false;
            for (HttpHeader header : headers) {
                response.addHeader(header.name(), header.value());
                coded |= header.isNamed("Transfer-Encoding");
                spoken |= header.isNamed("Connection");
                close |= header.isNamed("Connection") && header.value().equalsIgnoreCase("close");
            }
            if (chunked && !coded) {
                response.addHeader("Transfer-Encoding", "chunked");
                body = new ChunkedOutputStream(new SessionOutputBufferImpl(BUFFER), out, BUFFER);
            } else if (framing == Framing.BY_END) {
                close = true;
            }
            if (close && !spoken) {
                response.addHeader("Connection", "close");
            }
            try {
                new DefaultHttpResponseWriter().write(response, session, bytes);
            } catch (HttpException e) {
                throw new IOException("cannot write the head of the answer", e);
            }
            session.flush(bytes);
            if (pace == null) {
                bytes.writeTo(out);
            } else {
                new HttpPlayer.Drip(this, out, pace).write(bytes.toByteArray());
            }
        }

        private static String reason(int status) {
            String reason = status < 600 ? EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT) : null;
            return reason == null ? "" : reason;
        }

        @Override
        OutputStream body() {
            return body;
        }

        @Override
        void flush() throws IOException {
            body.flush();
        }

        @Override
        void end() throws IOException {
            if (body instanceof ChunkedOutputStream chunks) {
                chunks.finish();
            }
            flush();
            if (close) {
                disconnect();
            }
        }

        @Override
        void endEarly() throws IOException {
            disconnect();
        }

        @Override
        void leaveWaiting() throws IOException {
            if (!connection.isClosed()) {
                throw hang();
            }
        }

        @Override
        void reset() throws IOException {
            over = true;
            connection.reset();
        }

        @Override
        void disconnect() throws IOException {
            over = true;
            out.flush();
            connection.disconnect();
        }

        private void last(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            disconnect();
        }

        @Override
        void malformedStatus() throws IOException {
            last("HTTP/1.1 abc Not A Status\r\nContent-Length: 2\r\n\r\nok");
        }

        @Override
        void malformedHeader() throws IOException {
            last("HTTP/1.1 200 OK\r\nthis line is no header\r\nContent-Length: 2\r\n\r\nok");
        }

        @Override
        @SuppressWarnings("InfiniteLoopStatement")
        void endlessHeaders() throws IOException {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (long i = 1; true; i++) {
                out.write(("X-Endless-" + i + ": filler\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        }

        @Override
        void goAway() throws IOException {
            disconnect();
        }

        @Override
        void resetStream(int errorCode) throws IOException {
            reset();
        }

        @Override
        void badFrame() throws IOException {
            last("\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u00ff\u00fe\u00fd\u00fc\r\n\r\n");
        }
    }
}
