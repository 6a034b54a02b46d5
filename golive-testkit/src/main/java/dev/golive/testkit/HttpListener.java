package dev.golive.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** One port of a fake, which can stop and start to accept connections without losing its number. */
final class HttpListener {

    private static final int BACKLOG = 1_024;

    private final HttpFake fake;
    private final boolean secure;
    private final InetSocketAddress address;
    private TappedSocket.@Nullable Server server;
    private @Nullable Socket placeholder;
    private @Nullable Thread acceptor;

    HttpListener(HttpFake fake, InetAddress loopback, boolean secure) {
        this.fake = fake;
        this.secure = secure;
        TappedSocket.Server opened = open(new InetSocketAddress(loopback, 0));
        this.address = new InetSocketAddress(loopback, opened.getLocalPort());
        accept(opened);
    }

    InetSocketAddress address() {
        return address;
    }

    private static TappedSocket.Server open(InetSocketAddress where) {
        try {
            TappedSocket.Server opened = new TappedSocket.Server();
            opened.setReuseAddress(true);
            opened.bind(where, BACKLOG);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + where, e);
        }
    }

    private void accept(TappedSocket.Server opened) {
        Thread thread = new Thread(() -> acceptAll(opened), "http-fake-" + address.getPort() + "-accept");
        thread.setDaemon(true);
        server = opened;
        acceptor = thread;
        thread.start();
    }

    private void acceptAll(TappedSocket.Server opened) {
        while (true) {
            try {
                fake.accepted(opened.accept(), secure);
            } catch (IOException e) {
                if (!opened.isClosed()) {
                    fake.problem("port " + address.getPort() + " cannot accept a connection: " + e);
                }
                return;
            }
        }
    }

    /** Refuses connections; a bound socket that does not listen keeps the port for later. */
    synchronized void refuse() {
        if (server == null) {
            return;
        }
        stop();
        try {
            Socket bound = new Socket();
            bound.setReuseAddress(true);
            bound.bind(address);
            placeholder = bound;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep port " + address.getPort(), e);
        }
    }

    /** Accepts connections again. */
    synchronized void mend() {
        if (server != null) {
            return;
        }
        release();
        accept(open(address));
    }

    synchronized void close() {
        release();
        stop();
    }

    private void release() {
        Socket bound = placeholder;
        placeholder = null;
        if (bound != null) {
            try {
                bound.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot release port " + address.getPort(), e);
            }
        }
    }

    private void stop() {
        TappedSocket.Server open = server;
        Thread thread = acceptor;
        server = null;
        acceptor = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close port " + address.getPort(), e);
            }
        }
        if (thread != null) {
            HttpFake.uninterruptibly(() -> {
                thread.join();
                return true;
            });
        }
    }
}
