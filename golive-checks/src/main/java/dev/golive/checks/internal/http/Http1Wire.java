package dev.golive.checks.internal.http;

import dev.golive.CheckContext;
import dev.golive.checks.HttpVersion;
import dev.golive.checks.internal.net.Connection;
import dev.golive.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 (RFC 9112), parsed by Apache HttpCore within limits. */
final class Http1Wire implements Wire {

    /** Generous for real servers, and a bound on what a hostile one can make us keep. */
    static final int MAX_HEADERS = 200;

    static final int MAX_LINE = 16 * 1024;
    private static final int MAX_INFORMATIONAL = 10;
    private static final int CHUNK = 8 * 1024;

    private static final Http1Config CONFIG = Http1Config.custom()
            .setBufferSize(CHUNK)
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_LINE)
            .setMaxEmptyLineCount(5)
            .build();

    // the factory, too, must be given the limits: without them it parses without any
    private static final DefaultHttpResponseParserFactory PARSERS = new DefaultHttpResponseParserFactory(CONFIG);

    private final Connection connection;
    private final SessionInputBufferImpl buffer =
            new SessionInputBufferImpl(CONFIG.getBufferSize(), CONFIG.getMaxLineLength());
    private final HttpMessageParser<ClassicHttpResponse> parser = PARSERS.create();
    private final InputStream in;
    private final OutputStream out;
    private boolean reusable;

    Http1Wire(Connection connection) throws IOException {
        this.connection = connection;
        Socket socket = connection.secure() == null ? connection.raw() : connection.secure();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public boolean reusable() {
        try {
            // bytes that nobody asked for would be taken for the answer to the next request
            return reusable && !buffer.hasBufferedData() && in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Received exchange(CheckContext context, RequestPlan plan, List<Field> headers, boolean headOnly)
            throws BrokenExchangeException {
        reusable = false;
        TimeSource time = context.time();
        Duration start = time.elapsed();
        Duration firstByte = null;
        try {
            IOException sending = send(plan, headers);
            if (!buffer.hasBufferedData() && buffer.fillBuffer(in) < 0) {
                throw new BrokenExchangeException(Breaks.unanswered(plan.url()), true, endOf(sending));
            }
            firstByte = time.elapsed().minus(start);
            ClassicHttpResponse head = head();
            HttpVersion version = version(head);
            Body body = Body.NONE;
            boolean whole = false;
            if (!headOnly) {
                long length = MessageSupport.canResponseHaveBody(plan.method(), head)
                        ? DefaultContentLengthStrategy.INSTANCE.determineLength(head)
                        : 0;
                byte[] received = read(content(length), plan.maxBodyBytes());
                whole = received.length <= plan.maxBodyBytes();
                body = Decoding.decode(
                        whole ? received : Arrays.copyOf(received, plan.maxBodyBytes()),
                        whole,
                        coding(head),
                        plan.maxBodyBytes());
                reusable = whole && length != -1 && sending == null && keepsAlive(plan, head);
            }
            return new Received(
                    head.getCode(),
                    version,
                    fields(head),
                    body,
                    firstByte,
                    time.elapsed().minus(start));
        } catch (IOException | HttpException e) {
            throw new BrokenExchangeException(
                    Breaks.outcome(
                            plan.url(),
                            e,
                            Breaks.Progress.of(firstByte != null, time),
                            time.elapsed().minus(start)),
                    firstByte == null,
                    e);
        }
    }

    private static IOException endOf(@Nullable IOException sending) {
        return sending == null ? new IOException("the connection was closed") : sending;
    }

    /** A server may answer and close before it has read a request that it refuses: then its answer counts. */
    private @Nullable IOException send(RequestPlan plan, List<Field> headers) {
        byte[] content = plan.content();
        StringBuilder head = new StringBuilder(256)
                .append(plan.method())
                .append(' ')
                .append(plan.url().target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(plan.url().authority())
                .append("\r\n");
        for (Field header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (content != null) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        try {
            if (content != null) {
                ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + content.length);
                both.write(first);
                both.write(content);
                first = both.toByteArray();
            }
            out.write(first);
            out.flush();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private ClassicHttpResponse head() throws IOException, HttpException {
        for (int i = 0; i <= MAX_INFORMATIONAL; i++) {
            ClassicHttpResponse head = parser.parse(buffer, in);
            if (head == null) {
                // nothing came but empty lines
                throw new ProtocolException("the connection was closed before a status line came");
            }
            if (head.getCode() >= 200 || head.getCode() == 101) {
                return head;
            }
        }
        throw new ProtocolException("more than " + MAX_INFORMATIONAL + " interim responses");
    }

    private static HttpVersion version(ClassicHttpResponse head) throws ProtocolException {
        ProtocolVersion version = head.getVersion();
        if (version == null || version.getMajor() != 1) {
            throw new ProtocolException("the version of the response is " + version);
        }
        return version.getMinor() == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    private InputStream content(long length) {
        if (length >= 0) {
            return new ContentLengthInputStream(buffer, in, length);
        }
        return length == DefaultContentLengthStrategy.CHUNKED
                ? new ChunkedInputStream(buffer, in, CONFIG)
                : new IdentityInputStream(buffer, in);
    }

    /** One byte more than the limit tells a body of just that length from a longer one. */
    // not closed: that would read the rest of it; the connection is closed instead
    private static byte[] read(InputStream content, int limit) throws IOException {
        return content.readNBytes(limit + 1);
    }

    private static boolean keepsAlive(RequestPlan plan, ClassicHttpResponse head) {
        return head.getCode() != 101
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                        new BasicHttpRequest(plan.method(), "/"), head, HttpCoreContext.create());
    }

    private static String coding(ClassicHttpResponse head) {
        Header coding = head.getFirstHeader("Content-Encoding");
        return coding == null || coding.getValue() == null ? "" : coding.getValue();
    }

    private static List<Field> fields(ClassicHttpResponse head) {
        Header[] headers = head.getHeaders();
        List<Field> fields = new ArrayList<>(headers.length);
        for (Header header : headers) {
            String value = header.getValue();
            fields.add(new Field(header.getName(), value == null ? "" : value.strip()));
        }
        return List.copyOf(fields);
    }
}
