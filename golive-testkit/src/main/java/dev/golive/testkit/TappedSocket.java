package dev.golive.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An accepted socket whose incoming bytes can be looked at before TLS or HTTP reads them: to choose a certificate by the
 * client hello, and to notice during a pause that the client has gone.
 */
final class TappedSocket extends Socket {

    /** A server socket that accepts such sockets. */
    static final class Server extends ServerSocket {

        Server() throws IOException {}

        @Override
        public TappedSocket accept() throws IOException {
            TappedSocket socket = new TappedSocket();
            implAccept(socket);
            return socket;
        }
    }

    private final Object lock = new Object();
    private @Nullable Tap tap;

    private TappedSocket() throws IOException {
        super((SocketImpl) null);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return tap();
    }

    Tap tap() throws IOException {
        synchronized (lock) {
            if (tap == null) {
                tap = new Tap(super.getInputStream());
            }
            return tap;
        }
    }

    /** Ends the connection with a TCP reset instead of in good order. */
    void reset() throws IOException {
        setSoLinger(true, 0);
        close();
    }

    /**
     * The incoming bytes. One thread may read while another one fills: the reader takes what was filled, or else waits
     * for the bytes of the fill as it would have waited for them on the wire.
     */
    static final class Tap extends InputStream {

        private static final int BLOCK = 4_096;

        /** A client that sends that much while nobody reads is not worth watching any longer. */
        private static final int LIMIT = 1 << 20;

        private final InputStream wire;

        /** Held while the wire is read; taken before the lock of this object. */
        private final Object reading = new Object();

        private final byte[] block = new byte[BLOCK];
        private byte[] pending = new byte[0];
        private int used;

        Tap(InputStream wire) {
            this.wire = wire;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = take(bytes, offset, length);
            if (count > 0) {
                return count;
            }
            synchronized (reading) {
                count = take(bytes, offset, length);
                return count > 0 ? count : wire.read(bytes, offset, length);
            }
        }

        private synchronized int take(byte[] bytes, int offset, int length) {
            int count = Math.min(length, pending.length - used);
            System.arraycopy(pending, used, bytes, offset, count);
            used += count;
            return count;
        }

        @Override
        public synchronized int available() throws IOException {
            return pending.length - used + wire.available();
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }

        /** Puts bytes back so that they are read next. */
        synchronized void unread(byte[] bytes, int length) {
            byte[] all = Arrays.copyOf(bytes, length + pending.length - used);
            System.arraycopy(pending, used, all, length, pending.length - used);
            pending = all;
            used = 0;
        }

        private synchronized int append(byte[] bytes, int length) {
            int left = pending.length - used;
            byte[] all = Arrays.copyOfRange(pending, used, pending.length + length);
            System.arraycopy(bytes, 0, all, left, length);
            pending = all;
            used = 0;
            return all.length;
        }

        /** Waits for further bytes and keeps them; returns whether the client may still be there. */
        boolean fill() throws IOException {
            synchronized (reading) {
                int count = wire.read(block);
                if (count < 0) {
                    return false;
                }
                if (append(block, count) > LIMIT) {
                    throw new IOException(
                            "the client sent more than " + LIMIT + " bytes without waiting for an answer");
                }
                return true;
            }
        }
    }
}
