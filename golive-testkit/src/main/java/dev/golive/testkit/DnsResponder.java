package dev.golive.testkit;

import dev.golive.testkit.DnsAnswers.Answer;
import dev.golive.testkit.DnsAnswers.Exchange;
import dev.golive.testkit.DnsServer.Rule;
import dev.golive.testkit.DnsSockets.Reply;
import dev.golive.time.TimeSource;
import dev.golive.time.TimeSource.Alarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a server answers: reads a message, applies the faults, and answers by the role of the server. */
final class DnsResponder implements AutoCloseable {

    private static final int HEADER_BYTES = 12;

    /** What a client without EDNS takes over UDP (RFC 1035, section 2.3.4). */
    private static final int PLAIN_UDP_BYTES = 512;

    /** The largest payload of a datagram over IPv4. */
    private static final int MAX_UDP_BYTES = 65_507;

    /** What this server says that it takes over UDP; fits into any path's packets. */
    private static final int OWN_UDP_BYTES = 1_232;

    /** Exchanges that hang at once in virtual time, each with a thread; far above what an engine has in flight. */
    private static final int MAX_HANGING = 512;

    /** Further ahead than any plan; then the silence of a server ends with nothing. */
    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    /** Addresses and a name that belong to nobody: documentation ranges (RFC 5737, 3849) and RFC 6761. */
    private static final InetAddress NOBODY_4 = address(198, 51, 100, 66);

    private static final InetAddress NOBODY_6 = address(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x66);
    private static final Name NOBODY = Name.fromConstantString("forged.invalid.");

    private final DnsFake fake;
    private final TimeSource time;
    private final DnsAnswers answers;
    private final Set<Delayed> delayed = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor sleepers;
    private final Set<Thread> sleeping = ConcurrentHashMap.newKeySet();

    DnsResponder(DnsFake fake, TimeSource time) {
        this.fake = fake;
        this.time = time;
        this.answers = new DnsAnswers(fake, time);
        AtomicInteger number = new AtomicInteger();
        this.sleepers = new ThreadPoolExecutor(0, MAX_HANGING, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "golive-dns-fake-sleeper-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Handles one message; never throws and never blocks. */
    void receive(DnsServer server, byte[] message, Reply reply) {
        try {
            handle(server, message, reply);
        } catch (RuntimeException e) {
            fake.failed(e);
            reply.done();
        }
    }

    private void handle(DnsServer server, byte[] message, Reply reply) {
        if (message.length < HEADER_BYTES || (message[2] & 0x80) != 0) {
            // Too short to be answered, or itself an answer: replying to those is how two servers talk for ever.
            reply.hangUp();
            reply.done();
            return;
        }
        Message query;
        try {
            query = new Message(message);
        } catch (IOException | RuntimeException e) {
            // Bytes from outside that do not parse, in whatever way: RFC 1035 has an answer for them.
            reply.send(headerOnly(message, Rcode.FORMERR));
            reply.done();
            return;
        }
        int opcode = query.getHeader().getOpcode();
        if (opcode != Opcode.QUERY) {
            reply.send(headerOnly(message, Rcode.NOTIMP));
            reply.done();
            return;
        }
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
            reply.send(headerOnly(message, Rcode.FORMERR));
            reply.done();
            return;
        }
        fake.recorded(new DnsQuery(
                server.inetAddress(),
                reply.transport(),
                DnsText.text(question.getName()),
                Type.string(question.getType()),
                query.getHeader().getFlag(Flags.RD),
                query.getOPT() != null,
                time.now()));

        Duration delay = Duration.ZERO;
        Rule age = null;
        DnsFault fault = null;
        for (Rule rule : server.rules()) {
            boolean terminal = !(rule.fault() instanceof DnsFault.Late
                    || rule.fault() instanceof DnsFault.Stale
                    || rule.fault() instanceof DnsFault.Lagging);
            if ((terminal && fault != null) || !rule.takes(reply.transport(), question.getName(), question.getType())) {
                continue;
            }
            if (terminal) {
                fault = rule.fault();
            } else if (rule.fault() instanceof DnsFault.Late late) {
                delay = delay.plus(late.delay());
            } else {
                age = rule;
            }
        }
        Exchange exchange = new Exchange(server, query, question, reply, age);
        if (delay.isZero()) {
            respond(exchange, fault);
        } else {
            DnsFault then = fault;
            later(time.now().plus(delay), reply, () -> respond(exchange, then));
        }
    }

    private void respond(Exchange exchange, @Nullable DnsFault fault) {
        Reply reply = exchange.reply();
        if (fault instanceof DnsFault.Silent) {
            fallSilent(reply);
        } else if (fault instanceof DnsFault.Forged forged) {
            forge(exchange, forged);
        } else if (fault instanceof DnsFault.CutShort) {
            byte[] whole = wire(exchange, answers.right(exchange));
            reply.sendLast(Arrays.copyOf(whole, whole.length / 2), whole.length);
            reply.done();
        } else if (fault instanceof DnsFault.Malformed) {
            reply.send(looping(exchange));
            reply.done();
        } else if (fault instanceof DnsFault.Truncated && exchange.overUdp()) {
            Message cut = message(exchange, Answer.of(Rcode.NOERROR));
            cut.getHeader().setFlag(Flags.TC);
            reply.send(cut.toWire());
            reply.done();
        } else if (fault instanceof DnsFault.FormerrToEdns && exchange.query().getOPT() != null) {
            Message refusal = message(exchange, Answer.of(Rcode.FORMERR));
            refusal.removeAllRecords(Section.ADDITIONAL);
            reply.send(refusal.toWire());
            reply.done();
        } else {
            reply.send(wire(exchange, answerWith(exchange, fault)));
            reply.done();
        }
    }

    private Answer answerWith(Exchange exchange, @Nullable DnsFault fault) {
        if (fault instanceof DnsFault.Code code) {
            Answer error = Answer.of(Rcode.value(code.code()));
            if (error.rcode == Rcode.NXDOMAIN) {
                error.authoritative = !exchange.server().recursive();
                error.authority = answers.negative(exchange);
            }
            return error;
        }
        if (fault instanceof DnsFault.Lame) {
            Answer upward = Answer.of(Rcode.NOERROR);
            upward.authority = List.of(DnsRecordSet.of(
                    Name.root,
                    Type.NS,
                    518_400,
                    List.of(new NSRecord(
                            Name.root, DClass.IN, 518_400, Name.fromConstantString("a.root-servers.net.")))));
            return upward;
        }
        if (fault instanceof DnsFault.Empty) {
            Answer nothing = Answer.of(Rcode.NOERROR);
            nothing.authoritative = !exchange.server().recursive();
            return nothing;
        }
        Answer right = answers.right(exchange);
        if (fault instanceof DnsFault.NotAuthoritative) {
            right.authoritative = false;
        }
        return right;
    }

    // ---- wrong answers

    private void forge(Exchange exchange, DnsFault.Forged forged) {
        Reply reply = exchange.reply();
        switch (forged.how()) {
            case WRONG_ID -> {
                byte[] lie = lie(exchange, exchange.question());
                lie[1] ^= 0x55;
                reply.send(lie);
            }
            case WRONG_QUESTION -> reply.send(lie(exchange, Record.newRecord(NOBODY, exchange.type(), DClass.IN)));
            case WRONG_SOURCE -> {
                if (!exchange.overUdp()) {
                    reply.send(wire(exchange, answers.right(exchange)));
                    reply.done();
                    return;
                }
                reply.sendFromElsewhere(lie(exchange, exchange.question()));
            }
            case GARBAGE -> {
                byte[] noise = new byte[48];
                new Random(48).nextBytes(noise);
                // Never the id of the query: then it would be a bad answer to it rather than noise.
                noise[0] = (byte) ~(exchange.query().getHeader().getID() >> 8);
                reply.send(noise);
            }
        }
        if (forged.rightFollows()) {
            reply.send(wire(exchange, answers.right(exchange)));
            reply.done();
        } else if (exchange.overUdp()) {
            fallSilent(reply);
        } else {
            reply.hangUp();
            reply.done();
        }
    }

    /** An answer with addresses of nobody's, so that a client that believes it is caught. */
    private static byte[] lie(Exchange exchange, Record question) {
        Message lie = new Message(exchange.query().getHeader().getID());
        Header header = lie.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.AA);
        lie.addRecord(question, Section.QUESTION);
        Name name = question.getName();
        if (question.getType() == Type.AAAA) {
            lie.addRecord(DnsText.addressRecord(name, 300, NOBODY_6), Section.ANSWER);
        } else if (question.getType() == Type.A) {
            lie.addRecord(DnsText.addressRecord(name, 300, NOBODY_4), Section.ANSWER);
        } else {
            lie.addRecord(new CNAMERecord(name, DClass.IN, 300, NOBODY), Section.ANSWER);
        }
        return lie.toWire();
    }

    /** One answer whose name is a pointer to itself. */
    private byte[] looping(Exchange exchange) {
        Message empty = message(exchange, Answer.of(Rcode.NOERROR));
        empty.removeAllRecords(Section.ADDITIONAL);
        byte[] start = empty.toWire();
        start[7] = 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start);
        bytes.write(0xC0 | (start.length >> 8));
        bytes.write(start.length);
        bytes.writeBytes(new byte[] {0, 1, 0, 1, 0, 0, 1, 44, 0, 4, (byte) 192, 0, 2, 1});
        return bytes.toByteArray();
    }

    // ---- bytes

    private Message message(Exchange exchange, Answer answer) {
        Header asked = exchange.query().getHeader();
        Message message = new Message(asked.getID());
        Header header = message.getHeader();
        header.setFlag(Flags.QR);
        if (asked.getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        if (asked.getFlag(Flags.CD)) {
            header.setFlag(Flags.CD);
        }
        if (answer.authoritative) {
            header.setFlag(Flags.AA);
        }
        if (exchange.server().recursive()) {
            header.setFlag(Flags.RA);
        }
        header.setRcode(answer.rcode & 0xF);
        message.addRecord(exchange.question(), Section.QUESTION);
        add(message, answer.answer, Section.ANSWER);
        add(message, answer.authority, Section.AUTHORITY);
        add(message, answer.additional, Section.ADDITIONAL);
        OPTRecord opt = exchange.query().getOPT();
        if (opt != null) {
            message.addRecord(
                    new OPTRecord(OWN_UDP_BYTES, answer.rcode >> 4, 0, opt.getFlags() & 0x8000), Section.ADDITIONAL);
        }
        return message;
    }

    private static void add(Message message, List<DnsRecordSet> sets, int section) {
        for (DnsRecordSet set : sets) {
            for (Record record : set.records()) {
                message.addRecord(record, section);
            }
        }
    }

    private byte[] wire(Exchange exchange, Answer answer) {
        Message message = message(exchange, answer);
        if (!exchange.overUdp()) {
            return message.toWire(Message.MAXLENGTH);
        }
        OPTRecord opt = exchange.query().getOPT();
        int taken = opt == null ? PLAIN_UDP_BYTES : Math.max(PLAIN_UDP_BYTES, opt.getPayloadSize());
        return message.toWire(Math.min(taken, MAX_UDP_BYTES));
    }

    /** An answer to something that could not be read: nothing but the header is echoed. */
    private static byte[] headerOnly(byte[] query, int rcode) {
        byte[] header = new byte[HEADER_BYTES];
        header[0] = query[0];
        header[1] = query[1];
        header[2] = (byte) (0x80 | (query[2] & 0x79));
        header[3] = (byte) rcode;
        return header;
    }

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- time

    /** Where threads take turns the asking one is parked with its exchange; elsewhere nothing is left to do. */
    private void fallSilent(Reply reply) {
        if (time.cooperative()) {
            later(time.now().plus(FOR_EVER), reply, reply::done);
        } else {
            reply.done();
        }
    }

    private void later(Instant due, Reply reply, Runnable work) {
        if (!time.cooperative()) {
            Delayed task = new Delayed(reply, work);
            delayed.add(task);
            task.alarm = time.at(due, task);
            if (fake.closed()) {
                task.cancel();
            }
            return;
        }
        try {
            sleepers.execute(() -> {
                try {
                    time.sleepUntil(due);
                } catch (InterruptedException e) {
                    // Who asked has given up, or the fake is closed: an answer would reach nobody.
                    reply.done();
                    return;
                }
                guarded(reply, work);
            });
        } catch (RejectedExecutionException e) {
            if (!fake.closed()) {
                fake.failed(new IllegalStateException("more than " + MAX_HANGING + " exchanges hang at once", e));
            }
            reply.done();
        }
    }

    private void guarded(Reply reply, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            fake.failed(e);
            reply.done();
        }
    }

    /** An answer that an alarm of the system's clock will send. */
    private final class Delayed implements Runnable {

        private final Reply reply;
        private final Runnable work;
        private volatile @Nullable Alarm alarm;

        Delayed(Reply reply, Runnable work) {
            this.reply = reply;
            this.work = work;
        }

        @Override
        public void run() {
            if (delayed.remove(this)) {
                guarded(reply, work);
            }
        }

        void cancel() {
            delayed.remove(this);
            Alarm set = alarm;
            if (set != null) {
                set.close();
            }
        }
    }

    /** Cancels what is delayed; the threads that sleep have ended when this returns. */
    @Override
    public void close() {
        delayed.forEach(Delayed::cancel);
        sleepers.shutdownNow();
        // The pool counts a thread as gone a moment before it is: only the thread itself knows.
        boolean interrupted = false;
        for (Thread thread : sleeping) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
