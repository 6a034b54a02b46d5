package dev.golive.testkit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
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

/**
 * HTTP/2 (RFC 9113) on blocking streams, with HttpCore's frames and header compression: the connection's thread reads
 * frames, each request is answered on a thread of its own.
 */
final class Http2Connection {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME = 16_384;
    private static final int TABLE = 4_096;
    private static final int FIRST_WINDOW = 65_535;
    private static final int BODY_LIMIT = 64 << 20;
    private static final int HEADERS_LIMIT = 1 << 20;
    private static final int STREAMS = 1_000;

    /** Header fields that only concern an HTTP/1.1 connection (RFC 9113, section 8.2.2). */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private static final FrameFactory FRAMES = DefaultFrameFactory.INSTANCE;

    private final HttpConnection connection;
    private final HttpFake fake;
    private final InputStream in;
    private final OutputStream out;
    private final HttpPlayer player;
    private final FrameInputBuffer reader = new FrameInputBuffer(FRAME);
    private final HPackDecoder decoder = new HPackDecoder(TABLE, StandardCharsets.UTF_8);

    /** Guards what is written: a header block must not be interrupted, and its compression has a memory. */
    private final Object writing = new Object();

    private final FrameOutputBuffer writer = new FrameOutputBuffer(FRAME);

    /** Without a table: its lookups cost more than the bytes that it saves, and without memory nothing can go stale. */
    private final HPackEncoder encoder = new HPackEncoder(0, StandardCharsets.UTF_8);

    /** Guards the streams and how much may be sent. */
    private final Object windows = new Object();

    private final Map<Integer, Stream> streams = new HashMap<>();
    private long window = FIRST_WINDOW;
    private long streamWindow = FIRST_WINDOW;
    private boolean ended;

    private int requests;
    private @Nullable Stream inHeaders;

    Http2Connection(HttpConnection connection, InputStream in, OutputStream out) {
        this.connection = connection;
        this.fake = connection.fake();
        this.in = in;
        this.out = new BufferedOutputStream(out, 2 * FRAME);
        this.player = new HttpPlayer(fake.time());
    }

    void run() throws IOException {
        try {
            byte[] preface = in.readNBytes(PREFACE.length);
            if (preface.length == 0) {
                return;
            }
            if (!Arrays.equals(preface, PREFACE)) {
                throw new IOException("the client does not begin like an HTTP/2 client");
            }
            write(
                    true,
                    FRAMES.createSettings(new H2Setting(H2Param.MAX_CONCURRENT_STREAMS, STREAMS)),
                    FRAMES.createWindowUpdate(0, Integer.MAX_VALUE - FIRST_WINDOW));
            readFrames();
        } finally {
            List<Stream> left;
            synchronized (windows) {
                ended = true;
                left = new ArrayList<>(streams.values());
                windows.notifyAll();
            }
            left.forEach(stream -> stream.pauses().abandon());
        }
    }

    private void readFrames() throws IOException {
        while (true) {
            RawFrame frame;
            try {
                frame = reader.read(in);
            } catch (ConnectionClosedException e) {
                return;
            }
            if (frame == null) {
                return;
            }
            handle(frame);
        }
    }

    private void handle(RawFrame frame) throws IOException {
        int id = frame.getStreamId();
        FrameType type = FrameType.valueOf(frame.getType());
        if (type == null) {
            // RFC 9113, section 4.1: frames of unknown types are ignored.
            return;
        }
        switch (type) {
            case HEADERS -> headers(frame);
            case CONTINUATION -> {
                Stream stream = inHeaders;
                if (stream == null || stream.id != id) {
                    throw new IOException("a continuation frame without header frame");
                }
                stream.block(frame.getPayloadContent());
                endHeaders(frame, stream);
            }
            case DATA -> data(frame);
            case SETTINGS -> {
                if (!frame.isFlagSet(FrameFlag.ACK)) {
                    settings(frame.getPayload());
                }
            }
            case PING -> {
                if (!frame.isFlagSet(FrameFlag.ACK)) {
                    write(true, FRAMES.createPingAck(copy(frame.getPayload())));
                }
            }
            case WINDOW_UPDATE -> {
                int increment = frame.getPayload().getInt() & Integer.MAX_VALUE;
                synchronized (windows) {
                    Stream stream = streams.get(id);
                    if (id == 0) {
                        window += increment;
                    } else if (stream != null) {
                        stream.window += increment;
                    }
                    windows.notifyAll();
                }
            }
            case RST_STREAM -> {
                Stream stream = removed(id);
                if (stream != null) {
                    stream.cancel();
                }
            }
            // Priorities are advice, a server gets no promises, and after the client's GOAWAY it simply goes.
            default -> {}
        }
    }

    private void headers(RawFrame frame) throws IOException {
        int id = frame.getStreamId();
        ByteBuffer block = frame.getPayloadContent();
        if (frame.isFlagSet(FrameFlag.PRIORITY)) {
            block.position(block.position() + 5);
        }
        Stream stream;
        synchronized (windows) {
            stream = streams.get(id);
            if (stream == null) {
                stream = new Stream(id, streamWindow);
                streams.put(id, stream);
            }
        }
        stream.last = frame.isFlagSet(FrameFlag.END_STREAM);
        stream.block(block);
        inHeaders = stream;
        endHeaders(frame, stream);
    }

    private void endHeaders(RawFrame frame, Stream stream) throws IOException {
        if (!frame.isFlagSet(FrameFlag.END_HEADERS)) {
            return;
        }
        inHeaders = null;
        List<Header> decoded;
        try {
            decoded = decoder.decodeHeaders(ByteBuffer.wrap(stream.block.toByteArray()));
        } catch (HttpException e) {
            throw new IOException("the client's header block cannot be decoded", e);
        }
        stream.block.reset();
        // A second header block of a stream is its trailer, which a request of a test has no use for.
        if (stream.head == null) {
            stream.head = decoded;
        }
        if (stream.last) {
            dispatch(stream);
        }
    }

    private void data(RawFrame frame) throws IOException {
        int id = frame.getStreamId();
        Stream stream;
        synchronized (windows) {
            stream = streams.get(id);
        }
        int length = frame.getLength();
        if (length > 0) {
            write(true, FRAMES.createWindowUpdate(0, length));
        }
        if (stream == null) {
            return;
        }
        ByteBuffer content = frame.getPayloadContent();
        if (content != null) {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            stream.body.writeBytes(bytes);
        }
        if (stream.body.size() > BODY_LIMIT) {
            removed(id);
            write(true, FRAMES.createResetStream(id, H2Error.ENHANCE_YOUR_CALM));
        } else if (frame.isFlagSet(FrameFlag.END_STREAM)) {
            dispatch(stream);
        } else if (length > 0) {
            write(true, FRAMES.createWindowUpdate(id, length));
        }
    }

    private void settings(ByteBuffer payload) throws IOException {
        while (payload != null && payload.hasRemaining()) {
            int code = payload.getShort() & 0xffff;
            int value = payload.getInt();
            if (code == H2Param.INITIAL_WINDOW_SIZE.getCode()) {
                synchronized (windows) {
                    long change = value - streamWindow;
                    streamWindow = value;
                    streams.values().forEach(stream -> stream.window += change);
                    windows.notifyAll();
                }
            }
        }
        write(true, FRAMES.createSettingsAck());
    }

    private void dispatch(Stream stream) throws IOException {
        stream.number = ++requests;
        stream.at = fake.time().now();
        try {
            fake.execute(stream);
        } catch (RejectedExecutionException e) {
            removed(stream.id);
            write(true, FRAMES.createResetStream(stream.id, H2Error.REFUSED_STREAM));
        }
    }

    private @Nullable Stream removed(int id) {
        synchronized (windows) {
            return streams.remove(id);
        }
    }

    private void write(boolean flush, RawFrame... frames) throws IOException {
        synchronized (writing) {
            for (RawFrame frame : frames) {
                writer.write(frame, out);
            }
            if (flush) {
                out.flush();
            }
        }
    }

    private static ByteBuffer copy(ByteBuffer from) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** One request and its answer. */
    private final class Stream extends HttpExchange implements Runnable {

        private final int id;
        private final ByteArrayOutputStream block = new ByteArrayOutputStream();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final DataStream data = new DataStream(this);
        private long window;
        private boolean cancelled;
        private boolean last;
        private int number;
        private @Nullable Instant at;
        private @Nullable List<Header> head;

        Stream(int id, long window) {
            // The connection's thread reads all the time and notices by itself when the client goes.
            super(new Pauses(fake.time(), () -> {}));
            this.id = id;
            this.window = window;
        }

        void block(ByteBuffer fragment) throws IOException {
            byte[] bytes = new byte[fragment.remaining()];
            fragment.get(bytes);
            block.writeBytes(bytes);
            if (block.size() > HEADERS_LIMIT) {
                throw new IOException("the client's headers are larger than " + HEADERS_LIMIT + " bytes");
            }
        }

        void cancel() {
            synchronized (windows) {
                cancelled = true;
                windows.notifyAll();
            }
            pauses().abandon();
        }

        @Override
        public void run() {
            try {
                ReceivedRequest request = request();
                HttpFake.Answer answer = fake.answer(request);
                player.play(this, request, answer.reply(), answer.fault());
            } catch (AbandonedException e) {
                giveUp(e);
            } catch (IOException e) {
                connection.info().endedBy(e);
            } catch (RuntimeException e) {
                fake.problem("stream " + id + " of connection "
                        + connection.info().number() + " failed in the fake itself: " + e);
                connection.abort();
            } finally {
                removed(id);
            }
        }

        /** Nobody waits on this stream any more, but others of the connection may still be used. */
        private void giveUp(AbandonedException reason) {
            boolean known;
            synchronized (windows) {
                known = cancelled || ended;
            }
            try {
                if (!known) {
                    write(true, FRAMES.createResetStream(id, H2Error.CANCEL));
                }
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
            connection.info().endedBy(reason);
        }

        private ReceivedRequest request() {
            String method = "";
            String target = "";
            String authority = "";
            List<HttpHeader> headers = new ArrayList<>();
            for (Header header : head == null ? List.<Header>of() : head) {
                String value = header.getValue() == null ? "" : header.getValue();
                switch (header.getName()) {
                    case ":method" -> method = value;
                    case ":path" -> target = value;
                    case ":authority" -> authority = value;
                    case ":scheme" -> {}
                    default -> headers.add(new HttpHeader(header.getName(), value));
                }
            }
            if (authority.isEmpty()) {
                for (HttpHeader header : headers) {
                    if (header.isNamed("Host")) {
                        authority = header.value();
                    }
                }
            }
            return new ReceivedRequest(
                    connection.info(),
                    number,
                    at == null ? fake.time().now() : at,
                    HttpFake.Version.HTTP_2,
                    method,
                    target,
                    authority,
                    headers,
                    body.toByteArray());
        }

        @Override
        void head(int status, List<HttpHeader> headers, Framing framing, @Nullable Pace pace) throws IOException {
            List<Header> fields = new ArrayList<>();
            fields.add(new BasicHeader(":status", Integer.toString(status)));
            for (HttpHeader header : headers) {
                String name = header.name().toLowerCase(Locale.ROOT);
                if (!HOP_BY_HOP.contains(name)) {
                    fields.add(new BasicHeader(name, header.value()));
                }
            }
            head(fields, framing == Framing.NO_BODY, pace);
        }

        private void head(List<Header> fields, boolean end, @Nullable Pace pace) throws IOException {
            synchronized (writing) {
                byte[] bytes = encoded(fields);
                int piece = pace == null ? FRAME : pace.bytes();
                for (int done = 0; done < bytes.length; done += piece) {
                    if (pace != null) {
                        pause(pace.every());
                    }
                    ByteBuffer part = ByteBuffer.wrap(bytes, done, Math.min(piece, bytes.length - done));
                    boolean whole = done + piece >= bytes.length;
                    write(
                            pace != null,
                            done == 0
                                    ? FRAMES.createHeaders(id, part, whole, end)
                                    : FRAMES.createContinuation(id, part, whole));
                }
            }
            data.ended = end;
        }

        private byte[] encoded(List<Header> fields) throws IOException {
            ByteArrayBuffer bytes = new ByteArrayBuffer(512);
            encoder.encodeHeaders(bytes, fields, true);
            return bytes.toByteArray();
        }

        @Override
        OutputStream body() {
            return data;
        }

        @Override
        void flush() throws IOException {
            data.flush();
        }

        @Override
        void end() throws IOException {
            data.end();
        }

        @Override
        void endEarly() throws IOException {
            end();
        }

        @Override
        void leaveWaiting() {
            // The end of the stream was sent, so that nobody waits.
        }

        /** How many of the wanted bytes may be sent now; waits until it is at least one. */
        private int allowance(int wanted) throws IOException {
            int granted = granted(wanted);
            if (granted == 0) {
                // The client grants more only when it has seen what was written so far.
                write(true);
                synchronized (windows) {
                    for (granted = granted(wanted); granted == 0; granted = granted(wanted)) {
                        try {
                            windows.wait();
                        } catch (InterruptedException e) {
                            throw new AbandonedException("the fake was closed", e);
                        }
                    }
                }
            }
            return granted;
        }

        private int granted(int wanted) throws IOException {
            synchronized (windows) {
                if (ended || cancelled) {
                    throw new AbandonedException("the client does not want the rest", null);
                }
                long granted = Math.max(0, Math.min(wanted, Math.min(window, Http2Connection.this.window)));
                window -= granted;
                Http2Connection.this.window -= granted;
                return (int) granted;
            }
        }

        @Override
        void reset() throws IOException {
            connection.reset();
        }

        @Override
        void disconnect() throws IOException {
            write(true);
            connection.disconnect();
        }

        @Override
        void malformedStatus() throws IOException {
            head(List.of(new BasicHeader(":status", "abc")), true, null);
            write(true);
        }

        @Override
        void malformedHeader() throws IOException {
            head(List.of(new BasicHeader(":status", "200"), new BasicHeader("This Is No Header", "x")), true, null);
            write(true);
        }

        @Override
        @SuppressWarnings("InfiniteLoopStatement")
        void endlessHeaders() throws IOException {
            synchronized (writing) {
                byte[] first = encoded(List.of(new BasicHeader(":status", "200")));
                write(false, FRAMES.createHeaders(id, ByteBuffer.wrap(first), false, false));
                byte[] more = encoded(Collections.nCopies(100, new BasicHeader("x-endless", "filler".repeat(16))));
                while (true) {
                    write(false, FRAMES.createContinuation(id, ByteBuffer.wrap(more), false));
                }
            }
        }

        @Override
        void goAway() throws IOException {
            // Naming the stream before this one says that this one was not processed and may be repeated.
            write(true, FRAMES.createGoAway(Math.max(0, id - 2), H2Error.NO_ERROR, "going away"));
            connection.disconnect();
        }

        @Override
        void resetStream(int errorCode) throws IOException {
            write(true, FRAMES.createResetStream(id, errorCode));
        }

        @Override
        void badFrame() throws IOException {
            byte[] content = "no stream".getBytes(StandardCharsets.US_ASCII);
            // By hand: the frame factory rightly refuses to make such a frame.
            write(true, new RawFrame(FrameType.DATA.getValue(), 0, 0, ByteBuffer.wrap(content)));
            connection.disconnect();
        }
    }

    /** The body of an answer, in frames as large as they may be. */
    private final class DataStream extends OutputStream {

        private final Stream stream;
        private final byte[] pending = new byte[FRAME];
        private int count;
        private boolean ended;

        DataStream(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (count == pending.length) {
                    send();
                }
                int part = Math.min(length - done, pending.length - count);
                System.arraycopy(bytes, offset + done, pending, count, part);
                count += part;
                done += part;
            }
        }

        private void send() throws IOException {
            int done = 0;
            while (done < count) {
                int part = stream.allowance(count - done);
                Http2Connection.this.write(
                        false, FRAMES.createData(stream.id, ByteBuffer.wrap(pending, done, part), false));
                done += part;
            }
            count = 0;
        }

        @Override
        public void flush() throws IOException {
            send();
            Http2Connection.this.write(true);
        }

        void end() throws IOException {
            if (ended) {
                Http2Connection.this.write(true);
                return;
            }
            ended = true;
            int done = 0;
            while (true) {
                int part = count == done ? 0 : stream.allowance(count - done);
                boolean whole = done + part == count;
                Http2Connection.this.write(
                        whole, FRAMES.createData(stream.id, ByteBuffer.wrap(pending, done, part), whole));
                done += part;
                if (whole) {
                    break;
                }
            }
            count = 0;
        }
    }
}
