package dev.golive.checks.internal.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * UDP sockets to be used again: each is connected to one server, so that the system drops what others send, and serves
 * one query at a time. Its port is a random one of the system's; after some queries it is given up for another.
 *
 * <p>Thread-safe.
 */
final class UdpSockets implements AutoCloseable {

    private static final int QUERIES_PER_PORT = 64;
    private static final int KEPT_PER_SERVER = 64;
    private static final int KEPT_SERVERS = 64;

    /** Larger than any answer that keeps to the size we ask for; what is longer comes cut off and cannot be read. */
    private static final int BUFFER_BYTES = 4096;

    private final Map<InetSocketAddress, Deque<UdpSocket>> idle = new HashMap<>();
    private boolean closed;

    /** A socket that is connected to a server. */
    static final class UdpSocket {
        private final DatagramChannel channel;
        private final InetSocketAddress server;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private int queries;

        UdpSocket(DatagramChannel channel, InetSocketAddress server) {
            this.channel = channel;
            this.server = server;
        }

        void send(byte[] query) throws IOException {
            channel.write(ByteBuffer.wrap(query));
        }

        /** The next datagram, in a buffer that the next call overwrites. */
        ByteBuffer receive() throws IOException {
            buffer.clear();
            channel.read(buffer);
            return buffer.flip();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(UdpSockets.class.getName())
                        .log(System.Logger.Level.DEBUG, "A socket did not close in good order", e);
            }
        }
    }

    /** A socket to a server, the caller's until it is {@link #giveBack given back} or closed. */
    UdpSocket take(InetSocketAddress server) throws IOException {
        UdpSocket kept = kept(server);
        if (kept != null) {
            return kept;
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(server);
            return new UdpSocket(channel, server);
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            throw new NoRouteToHostException("this machine does not use addresses of this family");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private synchronized @Nullable UdpSocket kept(InetSocketAddress server) {
        Deque<UdpSocket> sockets = idle.get(server);
        return sockets == null ? null : sockets.poll();
    }

    /** Only for a socket whose query was answered: after any other a late answer could still come. */
    void giveBack(UdpSocket socket) {
        socket.queries++;
        if (!keeps(socket)) {
            socket.close();
        }
    }

    private synchronized boolean keeps(UdpSocket socket) {
        if (closed || socket.queries >= QUERIES_PER_PORT) {
            return false;
        }
        Deque<UdpSocket> sockets = idle.get(socket.server);
        if (sockets == null) {
            if (idle.size() >= KEPT_SERVERS) {
                return false;
            }
            sockets = new ArrayDeque<>();
            idle.put(socket.server, sockets);
        }
        if (sockets.size() >= KEPT_PER_SERVER) {
            return false;
        }
        sockets.push(socket);
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.values().forEach(sockets -> sockets.forEach(UdpSocket::close));
        idle.clear();
    }
}
