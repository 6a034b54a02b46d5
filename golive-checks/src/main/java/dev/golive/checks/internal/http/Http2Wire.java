package dev.golive.checks.internal.http;

import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.checks.HttpVersion;
import dev.golive.checks.internal.net.Connection;
import dev.golive.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.config.H2Param;
import org.apache.hc.core5.http2.config.H2Setting;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.frame.FrameFactory;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.http2.impl.io.FrameInputBuffer;
import org.apache.hc.core5.http2.impl.io.FrameOutputBuffer;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** HTTP/2 (RFC 9113): one request, on the one stream of a connection of its own. */
final class Http2Wire implements Wire {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int STREAM = 1;
    private static final int MAX_FRAME = 16_384;
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_INFORMATIONAL = 10;
    private static final FrameFactory FRAMES = DefaultFrameFactory.INSTANCE;

    private final Connection connection;
    private final InputStream in;
    private final OutputStream out;
    private final FrameInputBuffer input = new FrameInputBuffer(MAX_FRAME);
    private final FrameOutputBuffer output = new FrameOutputBuffer(MAX_FRAME);
    private final HPackEncoder encoder = new HPackEncoder(4_096, StandardCharsets.ISO_8859_1);
    private final HPackDecoder decoder = new HPackDecoder(4_096, StandardCharsets.ISO_8859_1);

    // what the server lets us send
    private long connectionWindow = 65_535;
    private long streamWindow = 65_535;
    private long initialWindow = 65_535;

    // what has come
    private final ByteArrayOutputStream headerBlock = new ByteArrayOutputStream();
    private boolean inHeaders;
    private boolean headersEndStream;
    private @Nullable List<Field> fields;
    private int status;
    private int informational;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean ended;

    Http2Wire(Connection connection) throws IOException {
        this.connection = connection;
        Socket socket = connection.secure() == null ? connection.raw() : connection.secure();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        decoder.setMaxListSize(MAX_HEADER_BYTES);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    /** A stream is enough for a check; further ones would need what this class leaves out. */
    @Override
    public boolean reusable() {
        return false;
    }

    @Override
    public Received exchange(CheckContext context, RequestPlan plan, List<Field> headers, boolean headOnly)
            throws BrokenExchangeException {
        TimeSource time = context.time();
        Duration start = time.elapsed();
        Duration firstByte = null;
        try {
            start(plan, headers);
            send(plan.content());
            while (fields == null) {
                pump(plan);
            }
            firstByte = time.elapsed().minus(start);
            while (!headOnly && !ended && body.size() <= plan.maxBodyBytes()) {
                pump(plan);
            }
            if (!ended) {
                write(FRAMES.createResetStream(STREAM, H2Error.CANCEL));
            }
            return received(plan, headOnly, firstByte, time.elapsed().minus(start));
        } catch (IOException | HttpException e) {
            throw new BrokenExchangeException(
                    Breaks.outcome(
                            plan.url(),
                            e,
                            Breaks.Progress.of(fields != null, time),
                            time.elapsed().minus(start)),
                    firstByte == null,
                    e);
        } catch (RuntimeException e) {
            // the buffers of frames and header blocks are trusted to hold what their lengths say
            throw new BrokenExchangeException(
                    Outcome.failed(plan.url().authority() + " sent a malformed HTTP/2 frame"), firstByte == null, e);
        }
    }

    private Received received(RequestPlan plan, boolean headOnly, Duration firstByte, Duration whole)
            throws ProtocolException, ConnectionClosedException {
        List<Field> head = fields == null ? List.of() : fields;
        Body content = Body.NONE;
        if (!headOnly) {
            byte[] bytes = body.toByteArray();
            boolean complete = bytes.length <= plan.maxBodyBytes();
            if (complete) {
                requireLength(plan, head, bytes.length);
            }
            String coding = head.stream()
                    .filter(field -> field.name().equalsIgnoreCase("content-encoding"))
                    .map(Field::value)
                    .findFirst()
                    .orElse("");
            content = Decoding.decode(
                    complete ? bytes : Arrays.copyOf(bytes, plan.maxBodyBytes()),
                    complete,
                    coding,
                    plan.maxBodyBytes());
        }
        return new Received(status, HttpVersion.HTTP_2, head, content, firstByte, whole);
    }

    /** RFC 9113 section 8.1.1: a body of another length than its header says is not the body that was meant. */
    private void requireLength(RequestPlan plan, List<Field> head, int received)
            throws ProtocolException, ConnectionClosedException {
        if (plan.method().equals("HEAD") || status == 204 || status == 304) {
            return;
        }
        for (Field field : head) {
            if (!field.name().equalsIgnoreCase("content-length")) {
                continue;
            }
            if (!field.value().matches("\\d{1,18}")) {
                throw new ProtocolException("a content length that is no number");
            }
            long announced = Long.parseLong(field.value());
            if (received < announced) {
                throw new ConnectionClosedException("received " + received + " bytes of " + announced);
            }
            if (received > announced) {
                throw new ProtocolException("a body of " + received + " bytes, announced as " + announced);
            }
        }
    }

    private void start(RequestPlan plan, List<Field> headers) throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.write(PREFACE);
        FrameOutputBuffer buffer = new FrameOutputBuffer(MAX_FRAME);
        buffer.write(
                FRAMES.createSettings(
                        new H2Setting(H2Param.ENABLE_PUSH, 0),
                        new H2Setting(H2Param.MAX_HEADER_LIST_SIZE, MAX_HEADER_BYTES)),
                first);
        List<Header> all = new ArrayList<>();
        all.add(new BasicHeader(":method", plan.method()));
        all.add(new BasicHeader(":scheme", plan.url().scheme()));
        all.add(new BasicHeader(":authority", plan.url().authority()));
        all.add(new BasicHeader(":path", plan.url().target()));
        for (Field header : headers) {
            boolean sensitive = header.name().equalsIgnoreCase("authorization")
                    || header.name().equalsIgnoreCase("cookie");
            all.add(new BasicHeader(header.name().toLowerCase(Locale.ROOT), header.value(), sensitive));
        }
        byte[] content = plan.content();
        if (content != null) {
            all.add(new BasicHeader("content-length", content.length));
        }
        ByteArrayBuffer block = new ByteArrayBuffer(512);
        encoder.encodeHeaders(block, all, false);
        boolean last = content == null || content.length == 0;
        for (int from = 0; from == 0 || from < block.length(); from += MAX_FRAME) {
            int length = Math.min(MAX_FRAME, block.length() - from);
            ByteBuffer part = ByteBuffer.wrap(block.array(), from, length);
            boolean end = from + length == block.length();
            buffer.write(
                    from == 0
                            ? FRAMES.createHeaders(STREAM, part, end, last)
                            : FRAMES.createContinuation(STREAM, part, end),
                    first);
        }
        // one write: the preface and the request travel in one packet
        out.write(first.toByteArray());
        out.flush();
    }

    private void send(byte @Nullable [] content) throws IOException, HttpException {
        int sent = 0;
        while (content != null && sent < content.length && !ended) {
            int length = (int)
                    Math.min(Math.min(connectionWindow, streamWindow), Math.min(MAX_FRAME, content.length - sent));
            if (length <= 0) {
                pump(null);
                continue;
            }
            sent += length;
            connectionWindow -= length;
            streamWindow -= length;
            write(FRAMES.createData(STREAM, ByteBuffer.wrap(content, sent - length, length), sent == content.length));
        }
    }

    private void write(RawFrame frame) throws IOException {
        output.write(frame, out);
        out.flush();
    }

    /** Reads a frame and does what it says. */
    private void pump(@Nullable RequestPlan plan) throws IOException, HttpException {
        RawFrame frame = input.read(in);
        if (frame == null) {
            throw fields == null
                    ? new NoHttpResponseException("the connection was closed")
                    : new ConnectionClosedException("the connection was closed");
        }
        FrameType type = FrameType.valueOf(frame.getType());
        if (inHeaders && (type != FrameType.CONTINUATION || frame.getStreamId() != STREAM)) {
            throw new ProtocolException("a header block was interrupted");
        }
        if (type == null) {
            return; // RFC 9113 section 4.1: frames of unknown types are ignored
        }
        ByteBuffer payload = frame.getPayloadContent();
        ByteBuffer content = payload == null ? ByteBuffer.allocate(0) : payload;
        switch (type) {
            case SETTINGS -> settings(frame, content);
            case PING -> ping(frame, content);
            case WINDOW_UPDATE -> windowUpdate(frame, content);
            case GOAWAY -> goAway(content);
            case RST_STREAM -> reset(frame, content);
            case HEADERS -> headers(frame, content);
            case CONTINUATION -> continuation(frame, content);
            case DATA -> data(frame, content, plan == null ? Integer.MAX_VALUE : plan.maxBodyBytes());
            case PUSH_PROMISE -> throw new ProtocolException("a promise that was not allowed");
            case PRIORITY -> {
                // deprecated, and without meaning for a client
            }
        }
    }

    private void settings(RawFrame frame, ByteBuffer content) throws IOException, ProtocolException {
        if (frame.isFlagSet(FrameFlag.ACK)) {
            return;
        }
        while (content.remaining() >= 6) {
            int id = content.getShort() & 0xffff;
            long value = content.getInt() & 0xffff_ffffL;
            if (id == H2Param.HEADER_TABLE_SIZE.getCode()) {
                encoder.setMaxTableSize((int) Math.min(value, 4_096));
            } else if (id == H2Param.INITIAL_WINDOW_SIZE.getCode()) {
                if (value > Integer.MAX_VALUE) {
                    throw new ProtocolException("a window of " + value + " bytes");
                }
                streamWindow += value - initialWindow;
                initialWindow = value;
            }
        }
        write(FRAMES.createSettingsAck());
    }

    private void ping(RawFrame frame, ByteBuffer content) throws IOException, ProtocolException {
        if (frame.isFlagSet(FrameFlag.ACK)) {
            return;
        }
        if (content.remaining() != 8) {
            throw new ProtocolException("a ping of " + content.remaining() + " bytes");
        }
        write(FRAMES.createPingAck(content));
    }

    private void windowUpdate(RawFrame frame, ByteBuffer content) throws ProtocolException {
        if (content.remaining() != 4) {
            throw new ProtocolException("a window update of " + content.remaining() + " bytes");
        }
        int more = content.getInt() & 0x7fff_ffff;
        if (frame.getStreamId() == 0) {
            connectionWindow += more;
        } else {
            streamWindow += more;
        }
    }

    private static void goAway(ByteBuffer content) throws IOException {
        if (content.remaining() < 8) {
            throw new IOException("the server went away");
        }
        int last = content.getInt() & 0x7fff_ffff;
        int code = content.getInt();
        if (last < STREAM || code != H2Error.NO_ERROR.getCode()) {
            throw new IOException("the server went away with " + name(code));
        }
    }

    private void reset(RawFrame frame, ByteBuffer content) throws IOException {
        if (frame.getStreamId() != STREAM) {
            return;
        }
        int code = content.remaining() == 4 ? content.getInt() : -1;
        if (ended && code == H2Error.NO_ERROR.getCode()) {
            return; // RFC 9113 section 8.1: the response is complete, the rest of the request is not wanted
        }
        throw new IOException("the server reset the stream with " + name(code));
    }

    private static String name(int code) {
        H2Error error = H2Error.getByCode(code);
        return error == null ? "error " + code : error.name();
    }

    private void headers(RawFrame frame, ByteBuffer content) throws IOException, HttpException {
        requireOurs(frame);
        if (frame.isFlagSet(FrameFlag.PRIORITY)) {
            if (content.remaining() < 5) {
                throw new ProtocolException("a header frame without its priority");
            }
            content.position(content.position() + 5);
        }
        headersEndStream = frame.isFlagSet(FrameFlag.END_STREAM);
        headerBlock.reset();
        inHeaders = true;
        continuation(frame, content);
    }

    private void continuation(RawFrame frame, ByteBuffer content) throws IOException, HttpException {
        requireOurs(frame);
        if (!inHeaders) {
            throw new ProtocolException("the continuation of nothing");
        }
        byte[] part = new byte[content.remaining()];
        content.get(part);
        headerBlock.write(part);
        if (headerBlock.size() > MAX_HEADER_BYTES) {
            throw new ProtocolException("a header of more than " + MAX_HEADER_BYTES + " bytes");
        }
        if (frame.isFlagSet(FrameFlag.END_HEADERS)) {
            inHeaders = false;
            head(decoder.decodeHeaders(ByteBuffer.wrap(headerBlock.toByteArray())));
        }
    }

    private void head(List<Header> block) throws ProtocolException {
        if (fields != null) {
            ended |= headersEndStream; // a trailer
            return;
        }
        int found = 0;
        List<Field> lines = new ArrayList<>(block.size());
        for (Header header : block) {
            String value = header.getValue() == null ? "" : header.getValue();
            if (header.getName().equals(":status")) {
                found = value.matches("[1-5]\\d\\d") ? Integer.parseInt(value) : 0;
            } else if (header.getName().startsWith(":")) {
                throw new ProtocolException("a response with the field " + header.getName());
            } else {
                lines.add(new Field(header.getName(), value.strip()));
            }
        }
        if (found == 0 || lines.size() > Http1Wire.MAX_HEADERS) {
            throw new ProtocolException(found == 0 ? "a response without a status" : "too many header lines");
        }
        if (found < 200) {
            if (++informational > MAX_INFORMATIONAL || headersEndStream) {
                throw new ProtocolException("interim responses only");
            }
            return;
        }
        status = found;
        fields = List.copyOf(lines);
        ended = headersEndStream;
    }

    private void data(RawFrame frame, ByteBuffer content, int limit) throws IOException, ProtocolException {
        requireOurs(frame);
        if (fields == null || ended) {
            throw new ProtocolException("content outside of a response");
        }
        int room = Math.max(0, limit - body.size()) + 1;
        byte[] part = new byte[Math.min(room, content.remaining())];
        content.get(part);
        body.write(part);
        ended = frame.isFlagSet(FrameFlag.END_STREAM);
        int used = frame.getLength();
        if (used > 0 && !ended) {
            write(FRAMES.createWindowUpdate(0, used));
            write(FRAMES.createWindowUpdate(STREAM, used));
        }
    }

    private static void requireOurs(RawFrame frame) throws ProtocolException {
        if (frame.getStreamId() != STREAM) {
            throw new ProtocolException("a frame on stream " + frame.getStreamId());
        }
    }
}
