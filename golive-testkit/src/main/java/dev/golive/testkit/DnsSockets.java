package dev.golive.testkit;

import dev.golive.testkit.DnsQuery.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of all servers of one fake, on one thread that never blocks but in its selector. It answers in line, so
 * that a query costs no hand-over; whoever answers later does so from any thread.
 */
final class DnsSockets implements AutoCloseable {

    /** After so many datagrams of one socket the others get their turn. */
    private static final int DATAGRAMS_IN_A_ROW = 64;

    /** Tries to find a port that is free for both UDP and TCP. */
    private static final int PORT_ATTEMPTS = 64;

    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    private static final int LENGTH_BYTES = 2;

    private final Consumer<Throwable> failures;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(0x10000);
    private final Object spoofLock = new Object();
    private @Nullable DatagramChannel spoof;
    private volatile boolean closed;
    private volatile boolean finished;

    DnsSockets(Consumer<Throwable> failures) {
        this.failures = failures;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = new Thread(this::run, "golive-dns-fake");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a server does with a message. Called on the thread of the sockets; must not block. */
    interface Receiver {
        void receive(byte[] message, Reply reply);
    }

    /** The way back to who asked. Thread-safe; what can no longer be delivered is dropped, as a network does. */
    interface Reply {
        Transport transport();

        void send(byte[] message);

        /** Over UDP as {@link #send}, over TCP with a length of the sender's choice, and then the connection ends. */
        void sendLast(byte[] message, int claimedLength);

        /** Over UDP from a port that was not asked. */
        void sendFromElsewhere(byte[] message);

        /** Over TCP, ends the connection. */
        void hangUp();

        /** Nothing more will be sent. */
        void done();
    }

    /** A server's port, for both transports. */
    final class Endpoint {

        private final Receiver receiver;
        private final InetSocketAddress address;
        private final DatagramChannel udp;
        private ServerSocketChannel tcp;
        private boolean udpShut;
        private @Nullable SocketChannel tcpShut;

        private Endpoint(Receiver receiver, ServerSocketChannel tcp, DatagramChannel udp) throws IOException {
            this.receiver = receiver;
            this.tcp = tcp;
            this.udp = udp;
            this.address = (InetSocketAddress) tcp.getLocalAddress();
        }

        InetSocketAddress address() {
            return address;
        }

        /** Opens or shuts each transport; has happened when the call returns. */
        void listen(boolean overUdp, boolean overTcp) {
            onThread(() -> {
                listenUdp(overUdp);
                listenTcp(overTcp);
                return this;
            });
        }

        /** A socket that is connected to itself keeps the port, and the system refuses everyone else's datagrams. */
        private void listenUdp(boolean wanted) throws IOException {
            if (wanted == udpShut) {
                if (wanted) {
                    udp.disconnect();
                } else {
                    udp.connect(address);
                }
                udpShut = !wanted;
            }
        }

        /** A socket that is bound but does not listen keeps the port, and the system refuses connections. */
        private void listenTcp(boolean wanted) throws IOException {
            SocketChannel placeholder = tcpShut;
            if (wanted && placeholder != null) {
                placeholder.close();
                tcpShut = null;
                tcp = listening(address);
                tcp.register(selector, SelectionKey.OP_ACCEPT, this);
            } else if (!wanted && placeholder == null) {
                tcp.close();
                // The system closes a registered socket only when its selector has let go of it.
                selector.selectNow(DnsSockets.this::ready);
                SocketChannel bound = SocketChannel.open();
                tcpShut = bound;
                bound.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                bound.bind(address);
            }
        }

        private void accept() throws IOException {
            SocketChannel channel = tcp.accept();
            if (channel != null) {
                try {
                    channel.configureBlocking(false);
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    Connection connection = new Connection(receiver, channel);
                    connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
                } catch (IOException e) {
                    closeQuietly(channel);
                }
            }
        }

        private void read() throws IOException {
            for (int i = 0; i < DATAGRAMS_IN_A_ROW; i++) {
                datagram.clear();
                SocketAddress client = udp.receive(datagram);
                if (client == null) {
                    return;
                }
                byte[] message = new byte[datagram.flip().remaining()];
                datagram.get(message);
                receiver.receive(message, new DatagramReply(udp, client));
            }
        }

        private void close() {
            closeQuietly(udp);
            closeQuietly(tcp);
            if (tcpShut != null) {
                closeQuietly(tcpShut);
            }
        }
    }

    private final List<Endpoint> endpoints = new ArrayList<>();

    /** Opens a port of loopback for a server. */
    Endpoint open(Receiver receiver) {
        return onThread(() -> {
            for (int attempt = 1; ; attempt++) {
                ServerSocketChannel tcp =
                        listening(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
                DatagramChannel udp = DatagramChannel.open();
                try {
                    udp.configureBlocking(false);
                    udp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
                    udp.bind(tcp.getLocalAddress());
                    Endpoint endpoint = new Endpoint(receiver, tcp, udp);
                    tcp.register(selector, SelectionKey.OP_ACCEPT, endpoint);
                    udp.register(selector, SelectionKey.OP_READ, endpoint);
                    endpoints.add(endpoint);
                    return endpoint;
                } catch (IOException e) {
                    closeQuietly(udp);
                    closeQuietly(tcp);
                    if (!(e instanceof BindException) || attempt == PORT_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        });
    }

    private static ServerSocketChannel listening(InetSocketAddress address) throws IOException {
        ServerSocketChannel tcp = ServerSocketChannel.open();
        try {
            tcp.configureBlocking(false);
            tcp.bind(address, 1_024);
            return tcp;
        } catch (IOException e) {
            closeQuietly(tcp);
            throw e;
        }
    }

    private void run() {
        try {
            while (!closed) {
                runTasks();
                selector.select(this::ready);
            }
        } catch (IOException | RuntimeException e) {
            failures.accept(e);
        } finally {
            closed = true;
            for (SelectionKey key : selector.keys()) {
                closeQuietly(key.channel());
            }
            endpoints.forEach(Endpoint::close);
            closeQuietly(selector);
            finished = true;
            runTasks();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.attachment() instanceof Connection connection) {
                connection.ready();
            } else if (key.attachment() instanceof Endpoint endpoint) {
                if (key.channel().equals(endpoint.udp)) {
                    endpoint.read();
                } else {
                    endpoint.accept();
                }
            }
        } catch (CancelledKeyException | ClosedChannelException e) {
            // Closed from this side while it was ready: there is nobody left to serve.
            return;
        } catch (IOException | RuntimeException e) {
            failures.accept(e);
        }
    }

    private void execute(Runnable task) {
        if (thread.equals(Thread.currentThread())) {
            task.run();
        } else {
            tasks.add(task);
            selector.wakeup();
            if (finished) {
                // The thread may have looked for tasks for the last time before this one came.
                runTasks();
            }
        }
    }

    private <T> T onThread(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        execute(() -> {
            if (closed) {
                result.completeExceptionally(new IllegalStateException("the DnsFake is closed"));
                return;
            }
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(io);
            }
            if (e.getCause() instanceof IllegalStateException state) {
                throw new IllegalStateException(state.getMessage(), state);
            }
            throw e;
        }
    }

    /** Closes all sockets; the thread has ended when this returns. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive() && !thread.equals(Thread.currentThread())) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        synchronized (spoofLock) {
            if (spoof != null) {
                closeQuietly(spoof);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class DatagramReply implements Reply {

        private final DatagramChannel channel;
        private final SocketAddress client;

        DatagramReply(DatagramChannel channel, SocketAddress client) {
            this.channel = channel;
            this.client = client;
        }

        @Override
        public Transport transport() {
            return Transport.UDP;
        }

        @Override
        public void send(byte[] message) {
            send(channel, message);
        }

        @Override
        public void sendLast(byte[] message, int claimedLength) {
            send(channel, message);
        }

        @Override
        public void sendFromElsewhere(byte[] message) {
            synchronized (spoofLock) {
                if (closed) {
                    return;
                }
                try {
                    if (spoof == null) {
                        spoof = DatagramChannel.open();
                        spoof.configureBlocking(false);
                        spoof.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
                    }
                } catch (IOException e) {
                    failures.accept(e);
                    return;
                }
                send(spoof, message);
            }
        }

        private void send(DatagramChannel from, byte[] message) {
            try {
                from.send(ByteBuffer.wrap(message), client);
            } catch (ClosedChannelException | AlreadyConnectedException e) {
                // The fake, or only this port of it, was closed meanwhile; the answer is lost as any datagram may be.
                return;
            } catch (IOException | RuntimeException e) {
                failures.accept(e);
            }
        }

        @Override
        public void hangUp() {}

        @Override
        public void done() {}
    }

    /** A TCP connection, used on the thread of the sockets only. */
    private final class Connection {

        private static final int FIRST_BUFFER_BYTES = 2_048;

        private final Receiver receiver;
        private final SocketChannel channel;
        private final Deque<ByteBuffer> out = new ArrayDeque<>();
        private ByteBuffer in = ByteBuffer.allocate(FIRST_BUFFER_BYTES);
        private @Nullable SelectionKey key;
        private int open;
        private boolean ended;
        private boolean closing;

        Connection(Receiver receiver, SocketChannel channel) {
            this.receiver = receiver;
            this.channel = channel;
        }

        void ready() {
            try {
                SelectionKey k = key;
                if (k != null && k.isReadable()) {
                    read();
                }
                if (channel.isOpen()) {
                    flush();
                }
            } catch (IOException e) {
                // A reset by the other side, which is its right, ends the connection and nothing else.
                closeQuietly(channel);
            }
        }

        private void read() throws IOException {
            int count = channel.read(in);
            in.flip();
            while (!closing && in.remaining() >= LENGTH_BYTES) {
                int length = in.getShort(in.position()) & 0xFFFF;
                if (in.remaining() < LENGTH_BYTES + length) {
                    break;
                }
                in.position(in.position() + LENGTH_BYTES);
                byte[] message = new byte[length];
                in.get(message);
                open++;
                receiver.receive(message, new StreamReply(this));
            }
            makeRoom();
            ended |= count < 0;
        }

        private void makeRoom() {
            int needed = in.remaining() >= LENGTH_BYTES
                    ? LENGTH_BYTES + (in.getShort(in.position()) & 0xFFFF)
                    : FIRST_BUFFER_BYTES;
            if (needed <= in.capacity()) {
                in.compact();
            } else {
                in = ByteBuffer.allocate(needed).put(in);
            }
        }

        private void flush() throws IOException {
            while (!out.isEmpty()) {
                ByteBuffer first = out.getFirst();
                channel.write(first);
                if (first.hasRemaining()) {
                    break;
                }
                out.removeFirst();
            }
            if (out.isEmpty() && (closing || (ended && open == 0))) {
                channel.close();
                return;
            }
            SelectionKey k = key;
            if (k != null) {
                k.interestOps(
                        (ended || closing ? 0 : SelectionKey.OP_READ) | (out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
            }
        }

        private void update(byte @Nullable [] message, int claimedLength, boolean last, boolean done) {
            execute(() -> {
                if (!channel.isOpen() || closing) {
                    return;
                }
                if (message != null) {
                    out.add(ByteBuffer.allocate(LENGTH_BYTES + message.length)
                            .putShort((short) claimedLength)
                            .put(message)
                            .flip());
                }
                closing = last;
                open -= done ? 1 : 0;
                try {
                    flush();
                } catch (IOException e) {
                    // The other side is gone; there is nobody to tell.
                    closeQuietly(channel);
                }
            });
        }
    }

    private static final class StreamReply implements Reply {

        private final Connection connection;

        StreamReply(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Transport transport() {
            return Transport.TCP;
        }

        @Override
        public void send(byte[] message) {
            connection.update(message, message.length, false, false);
        }

        @Override
        public void sendLast(byte[] message, int claimedLength) {
            connection.update(message, claimedLength, true, false);
        }

        @Override
        public void sendFromElsewhere(byte[] message) {
            throw new IllegalStateException("a TCP connection has one source");
        }

        @Override
        public void hangUp() {
            connection.update(null, 0, true, false);
        }

        @Override
        public void done() {
            connection.update(null, 0, false, true);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing a socket of loopback frees it whatever it reports; the port is gone either way.
            return;
        }
    }
}
