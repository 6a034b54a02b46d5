package dev.golive.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http2.frame.DefaultFrameFactory;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.apache.hc.core5.http2.hpack.HPackEncoder;
import org.apache.hc.core5.http2.impl.io.FrameInputBuffer;
import org.apache.hc.core5.http2.impl.io.FrameOutputBuffer;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** Clients that show what is on the wire and hide nothing: no retry, no tolerance, no patience beyond ten seconds. */
final class Wire {

    static final int PATIENCE_MILLIS = 10_000;

    private Wire() {}

    static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return socket;
    }

    static SSLSocket connect(InetSocketAddress address, SSLContext context, String name, String... protocols)
            throws IOException {
        Socket socket = connect(address);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, name, address.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(protocols);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** HTTP/1.1 as text. */
    static final class Http1 implements AutoCloseable {

        private final Socket socket;

        Http1(Socket socket) {
            this.socket = socket;
        }

        Http1 send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Http1 get(String path) throws IOException {
            return send("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        }

        /** Everything until the end of the connection. */
        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        /** At least everything up to a text. */
        String until(String end) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("the connection ended after: " + text);
                }
                text.append((char) next);
            }
            return text.toString();
        }

        String bytes(int count) throws IOException {
            return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
        }

        InputStream in() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** What came on one HTTP/2 stream. */
    static final class Answer {
        final Map<String, String> headers = new TreeMap<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        final List<String> frames = new ArrayList<>();

        @Nullable
        Integer reset;

        boolean ended;

        String text() {
            return body.toString(StandardCharsets.ISO_8859_1);
        }

        String status() {
            return headers.getOrDefault(":status", "");
        }
    }

    /** HTTP/2 as frames. */
    static final class Http2 implements AutoCloseable {

        private final Socket socket;
        private final OutputStream out;
        private final FrameInputBuffer reader = new FrameInputBuffer(1 << 14);
        private final FrameOutputBuffer writer = new FrameOutputBuffer(1 << 14);
        private final HPackEncoder encoder = new HPackEncoder(4_096, StandardCharsets.US_ASCII);
        private final HPackDecoder decoder = new HPackDecoder(4_096, StandardCharsets.UTF_8);
        private final boolean greedy;
        private int next = 1;
        private boolean gone;

        @Nullable
        Integer goAway;

        Http2(Socket socket) throws IOException {
            this(socket, true);
        }

        Http2(Socket socket, boolean greedy) throws IOException {
            this.socket = socket;
            this.greedy = greedy;
            this.out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            write(DefaultFrameFactory.INSTANCE.createSettings());
        }

        void write(RawFrame frame) throws IOException {
            writer.write(frame, out);
            out.flush();
        }

        int get(String path) throws IOException {
            int id = next;
            next += 2;
            ByteArrayBuffer block = new ByteArrayBuffer(256);
            encoder.encodeHeaders(
                    block,
                    List.of(
                            new BasicHeader(":method", "GET"),
                            new BasicHeader(":scheme", "http"),
                            new BasicHeader(":authority", "shop.example"),
                            new BasicHeader(":path", path)),
                    false);
            write(DefaultFrameFactory.INSTANCE.createHeaders(id, ByteBuffer.wrap(block.toByteArray()), true, true));
            return id;
        }

        RawFrame read() throws IOException {
            RawFrame frame = reader.read(socket.getInputStream());
            if (frame == null) {
                throw new IOException("the connection has ended");
            }
            return frame;
        }

        /** Everything of one stream until it ends or is reset, or the connection is given up. */
        Answer answer(int id) throws IOException {
            Answer answer = new Answer();
            while (!answer.ended && answer.reset == null && goAway == null) {
                step(id, answer);
            }
            return answer;
        }

        Answer until(int id, int bodyBytes) throws IOException {
            Answer answer = new Answer();
            while (answer.body.size() < bodyBytes || answer.headers.isEmpty()) {
                step(id, answer);
            }
            return answer;
        }

        void step(int id, Answer answer) throws IOException {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            RawFrame frame = read();
            FrameType type = FrameType.valueOf(frame.getType());
            if (frame.getStreamId() == 0) {
                if (type == FrameType.SETTINGS && !frame.isFlagSet(FrameFlag.ACK)) {
                    acknowledge();
                } else if (type == FrameType.GOAWAY) {
                    goAway = frame.getPayload().getInt();
                } else if (type == FrameType.DATA) {
                    throw new IOException("PROTOCOL_ERROR: data on stream 0");
                }
                return;
            }
            if (frame.getStreamId() != id) {
                return;
            }
            answer.frames.add(type + " " + frame.getLength());
            if (type == FrameType.HEADERS) {
                boolean end = frame.isFlagSet(FrameFlag.END_STREAM);
                add(block, frame.getPayloadContent());
                while (!frame.isFlagSet(FrameFlag.END_HEADERS)) {
                    frame = read();
                    answer.frames.add(FrameType.valueOf(frame.getType()) + " " + frame.getLength());
                    add(block, frame.getPayloadContent());
                    if (block.size() > 1 << 20) {
                        throw new IOException("headers without end");
                    }
                }
                try {
                    for (Header header : decoder.decodeHeaders(ByteBuffer.wrap(block.toByteArray()))) {
                        answer.headers.merge(header.getName(), header.getValue(), (a, b) -> a + ", " + b);
                    }
                } catch (HttpException e) {
                    throw new IOException(e);
                }
                answer.ended = end;
            } else if (type == FrameType.DATA) {
                add(answer.body, frame.getPayloadContent());
                answer.ended = frame.isFlagSet(FrameFlag.END_STREAM);
                if (greedy && frame.getLength() > 0) {
                    grant(0, frame.getLength());
                    grant(id, frame.getLength());
                }
            } else if (type == FrameType.RST_STREAM) {
                answer.reset = frame.getPayload().getInt();
            }
        }

        private void acknowledge() throws IOException {
            try {
                write(DefaultFrameFactory.INSTANCE.createSettingsAck());
            } catch (SocketException e) {
                gone = true;
            }
        }

        /** A server that has reset the connection cannot be granted anything; what it sent can still be read. */
        private void grant(int id, int bytes) throws IOException {
            if (!gone) {
                try {
                    write(DefaultFrameFactory.INSTANCE.createWindowUpdate(id, bytes));
                } catch (SocketException e) {
                    gone = true;
                }
            }
        }

        private static void add(ByteArrayOutputStream to, @Nullable ByteBuffer from) {
            if (from != null) {
                byte[] bytes = new byte[from.remaining()];
                from.get(bytes);
                to.writeBytes(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
