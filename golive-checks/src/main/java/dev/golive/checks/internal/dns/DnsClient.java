package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import dev.golive.Shared;
import dev.golive.checks.internal.dns.UdpSockets.UdpSocket;
import dev.golive.checks.internal.dns.Wire.Received;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.Failures;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * Asks name servers: over UDP, with the question sent again where nothing comes, and over TCP where the answer does not
 * fit (RFC 1035, 6891, 7766). Every call blocks on the thread of the check, with its limits in the time source.
 *
 * <p>Thread-safe. One per {@link dev.golive.GoLive}, by {@link #SHARED}.
 */
public final class DnsClient implements AutoCloseable {

    /** The one client of a {@link dev.golive.GoLive}. */
    public static final Shared<DnsClient> SHARED = Shared.of("DNS client", (network, time) -> new DnsClient());

    /** How long to wait for the first answer and, where nothing came, for the second. */
    private static final List<Duration> PATIENCE = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4));

    private final UdpSockets sockets = new UdpSockets();
    private final SecureRandom random = new SecureRandom();

    private DnsClient() {}

    /** Whose a socket is while a query runs: the query's, until its limit strikes or it has ended. */
    private enum Lease {
        RUNNING,
        GIVEN_UP,
        ENDED
    }

    /**
     * Asks one server.
     *
     * @throws Exception if the attempt was given up
     */
    Reply ask(CheckContext context, Server server, Question question) throws Exception {
        List<Reply> replies = askInTurn(context, List.of(server), question, answer -> true);
        return replies.get(0);
    }

    /**
     * Asks one server after the other until one gives an answer that will do; those that were silent are asked again,
     * with more patience.
     *
     * @param accepts whether an answer will do
     * @return the last reply of each server that was asked; only the last one can be an answer that will do
     * @throws Exception if the attempt was given up
     */
    List<Reply> askInTurn(CheckContext context, List<Server> servers, Question question, Predicate<Answer> accepts)
            throws Exception {
        List<Reply> replies = new ArrayList<>(1);
        List<Server> toAsk = servers;
        Instant end = Connector.due(context);
        for (int round = 0; round < PATIENCE.size(); round++) {
            Duration patience = PATIENCE.get(round);
            List<Server> silent = new ArrayList<>();
            for (Server server : toAsk) {
                Reply reply = once(context, server, question, patience, end);
                if (reply.silent() && round > 0) {
                    reply = reply.again();
                }
                replies.removeIf(earlier -> earlier.server().equals(server));
                replies.add(reply);
                if (reply.answer() != null && accepts.test(reply.answer())) {
                    return replies;
                }
                if (reply.silent()) {
                    silent.add(server);
                }
            }
            toAsk = silent;
            if (silent.isEmpty() || !context.time().now().isBefore(end)) {
                break;
            }
        }
        return replies;
    }

    private Reply once(CheckContext context, Server server, Question question, Duration patience, Instant end)
            throws Exception {
        TimeSource time = context.time();
        Duration start = time.elapsed();
        Instant patient = time.now().plus(patience);
        Instant due = patient.isBefore(end) ? patient : end;
        if (!time.now().isBefore(end)) {
            return Reply.failed(server, question, "was not asked, as no time was left", Duration.ZERO);
        }
        String over = "";
        try {
            InetSocketAddress target = context.network().consult(server.address());
            boolean edns = true;
            Received received = byUdp(context, target, question, due, edns);
            Answer answer = received == null ? null : received.answer();
            if (answer != null && answer.rcode() == Rcode.FORMERR) {
                // a server from before EDNS (RFC 6891, section 7)
                edns = false;
                received = byUdp(context, target, question, due, edns);
            }
            if (received != null && received.truncated()) {
                over = " over TCP, which it asked for";
                received = byTcp(context, target, question, due, edns);
                if (received.truncated()) {
                    // part of an answer must not be taken for all of it: what is missing may be what is forbidden
                    return Reply.failed(
                            server,
                            question,
                            "sent an answer that is cut off" + over,
                            time.elapsed().minus(start));
                }
            }
            Duration took = time.elapsed().minus(start);
            if (received == null) {
                return Reply.silent(server, question, "did not answer within " + Spans.text(took), took);
            }
            answer = received.answer();
            return answer == null
                    ? Reply.failed(server, question, "sent an answer that cannot be read" + over, took)
                    : Reply.answered(server, question, answer, took);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            Duration took = time.elapsed().minus(start);
            if (Failures.isClosedByUs(e)) {
                return Reply.silent(server, question, "did not answer within " + Spans.text(took) + over, took);
            }
            if (isNoWay(e)) {
                return Reply.noWay(server, question, "cannot be reached from here: " + Failures.text(e), took);
            }
            if (e instanceof PortUnreachableException || Failures.isRefused(e)) {
                return Reply.refused(server, question, "refused the connection" + over, took);
            }
            String problem = e instanceof EOFException
                    ? "closed the connection without an answer"
                    : "could not be asked: " + Failures.text(e);
            return Reply.failed(server, question, problem + over, took);
        }
    }

    private static boolean isNoWay(IOException e) {
        if (e instanceof PortUnreachableException) {
            return false;
        }
        return e instanceof NoRouteToHostException
                || Failures.text(e).toLowerCase(Locale.ROOT).contains("unreachable");
    }

    /** The answer, or {@code null} if none came in time. */
    private @Nullable Received byUdp(
            CheckContext context, InetSocketAddress target, Question question, Instant due, boolean edns)
            throws Exception {
        UdpSocket socket = sockets.take(target);
        // the limit may strike while the answer is being handed on, and must not close what is used again by then
        AtomicReference<Lease> lease = new AtomicReference<>(Lease.RUNNING);
        Runnable abort = () -> {
            if (lease.compareAndSet(Lease.RUNNING, Lease.GIVEN_UP)) {
                socket.close();
            }
        };
        boolean answered = false;
        try (TimeSource.Alarm hook = context.onCancel(abort)) {
            int id = random.nextInt(1 << 16);
            byte[] query = Wire.query(question, id, edns);
            Received received = context.time().within(due, abort, () -> {
                socket.send(query);
                Received next;
                do {
                    next = Wire.received(socket.receive(), question, id);
                } while (next.isOther());
                return next;
            });
            answered = true;
            return received;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (ClosedChannelException e) {
            return null;
        } finally {
            if (lease.compareAndSet(Lease.RUNNING, Lease.ENDED)) {
                if (answered) {
                    sockets.giveBack(socket);
                } else {
                    socket.close();
                }
            }
        }
    }

    private Received byTcp(CheckContext context, InetSocketAddress target, Question question, Instant due, boolean edns)
            throws Exception {
        try (Socket socket = context.network().newSocket()) {
            int id = random.nextInt(1 << 16);
            byte[] query = Wire.query(question, id, edns);
            byte[] framed = ByteBuffer.allocate(query.length + 2)
                    .putShort((short) query.length)
                    .put(query)
                    .array();
            return context.time().within(due, () -> close(socket), () -> {
                socket.connect(target);
                socket.setTcpNoDelay(true);
                socket.getOutputStream().write(framed);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                Received next;
                do {
                    byte[] bytes = new byte[in.readUnsignedShort()];
                    in.readFully(bytes);
                    next = Wire.received(ByteBuffer.wrap(bytes), question, id);
                } while (next.isOther());
                return next;
            });
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(DnsClient.class.getName())
                    .log(System.Logger.Level.DEBUG, "A socket did not close in good order", e);
        }
    }

    @Override
    public void close() {
        sockets.close();
    }
}
