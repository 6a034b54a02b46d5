package dev.golive.checks.internal.net;

import dev.golive.CheckContext;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks the resolvers of the network, by UDP and where the answer does not fit by TCP. */
final class DnsLookup implements NameResolver {

    private static final int UDP_BYTES = 4096;
    private static final long PATIENCE_MILLIS = 2_000;

    @Override
    public List<InetAddress> resolve(CheckContext context, String host, Family family) throws Exception {
        Optional<InetAddress> literal = Addresses.literal(host);
        List<InetAddress> known =
                literal.isPresent() ? List.of(literal.get()) : context.network().known(host);
        if (!known.isEmpty()) {
            List<InetAddress> fitting = known.stream().filter(family::includes).toList();
            if (fitting.isEmpty()) {
                throw new NoAddressException(host + " has no " + family + " address");
            }
            return fitting;
        }
        Name name;
        try {
            name = Name.fromString(host, Name.root);
        } catch (TextParseException e) {
            throw new NoAddressException(host + " is not a name that can exist in DNS");
        }
        List<InetAddress> found = family == Family.IPV6 ? List.of() : ask(context, name, Type.A);
        if (found.isEmpty() && family != Family.IPV4) {
            found = ask(context, name, Type.AAAA);
        }
        if (found.isEmpty()) {
            throw new NoAddressException(host + " has no " + (family == Family.ANY ? "" : family + " ") + "address");
        }
        return found;
    }

    private static List<InetAddress> ask(CheckContext context, Name name, int type) throws Exception {
        List<InetSocketAddress> servers = context.network().resolvers();
        if (servers.isEmpty()) {
            servers = ResolverConfig.getCurrentConfig().servers();
        }
        IOException last = null;
        String said = "there is no resolver to ask";
        for (InetSocketAddress server : servers) {
            try {
                Message answer = exchange(context, name, type, server);
                int code = answer.getRcode();
                if (code == Rcode.NXDOMAIN) {
                    throw new NoAddressException("the name " + name.toString(true) + " does not exist");
                }
                if (code == Rcode.NOERROR) {
                    return addresses(answer);
                }
                said = Addresses.text(server.getAddress()) + " answered " + Rcode.string(code);
            } catch (NoAddressException e) {
                throw e;
            } catch (IOException e) {
                last = e;
                said = Addresses.text(server.getAddress()) + " did not answer";
            }
        }
        throw new UnresolvedException(
                "the address of " + name.toString(true) + " could not be found out: " + said, last);
    }

    private static List<InetAddress> addresses(Message answer) {
        List<InetAddress> found = new ArrayList<>();
        for (Record record : answer.getSection(Section.ANSWER)) {
            if (record instanceof ARecord a) {
                found.add(a.getAddress());
            } else if (record instanceof AAAARecord aaaa) {
                found.add(aaaa.getAddress());
            }
        }
        return found;
    }

    private static Message exchange(CheckContext context, Name name, int type, InetSocketAddress server)
            throws Exception {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        InetSocketAddress target = context.network().consult(server);
        Message answer = byUdp(context, query, target);
        return answer.getHeader().getFlag(Flags.TC) ? byTcp(context, query, target) : answer;
    }

    private static Message byUdp(CheckContext context, Message query, InetSocketAddress target) throws Exception {
        try (DatagramSocket socket = new DatagramSocket();
                var hook = context.onCancel(socket::close)) {
            byte[] bytes = query.toWire();
            return context.time().within(due(context), socket::close, () -> {
                // connected, so that only the server itself can answer
                socket.connect(target);
                socket.send(new DatagramPacket(bytes, bytes.length));
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[UDP_BYTES], UDP_BYTES);
                    socket.receive(packet);
                    Message answer = answerTo(query, Arrays.copyOf(packet.getData(), packet.getLength()));
                    if (answer != null) {
                        return answer;
                    }
                }
            });
        }
    }

    private static Message byTcp(CheckContext context, Message query, InetSocketAddress target) throws Exception {
        try (Socket socket = context.network().newSocket()) {
            byte[] bytes = query.toWire();
            return context.time().within(due(context), () -> Connection.close(socket), () -> {
                socket.connect(target);
                byte[] framed = new byte[bytes.length + 2];
                framed[0] = (byte) (bytes.length >> 8);
                framed[1] = (byte) bytes.length;
                System.arraycopy(bytes, 0, framed, 2, bytes.length);
                socket.getOutputStream().write(framed);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] wire = new byte[in.readUnsignedShort()];
                in.readFully(wire);
                Message answer = answerTo(query, wire);
                if (answer == null) {
                    throw new IOException("the answer is to another question");
                }
                return answer;
            });
        }
    }

    private static Instant due(CheckContext context) {
        Instant patience = context.time().now().plusMillis(PATIENCE_MILLIS);
        Instant due = Connector.due(context);
        return patience.isBefore(due) ? patience : due;
    }

    /** The answer, or {@code null} for something that is none to this query. */
    private static @Nullable Message answerTo(Message query, byte[] wire) {
        try {
            Message answer = new Message(wire);
            boolean fits = answer.getHeader().getID() == query.getHeader().getID()
                    && answer.getHeader().getFlag(Flags.QR)
                    && query.getQuestion().equals(answer.getQuestion());
            return fits ? answer : null;
        } catch (IOException e) {
            // not a message at all: as little an answer as one with a wrong id
            return null;
        }
    }
}
