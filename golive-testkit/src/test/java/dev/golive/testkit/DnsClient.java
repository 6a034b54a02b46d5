package dev.golive.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A client of plain sockets, which shows exactly what came over the wire. */
final class DnsClient {

    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final Duration BRIEFLY = Duration.ofMillis(150);

    private DnsClient() {}

    static Message query(String name, String type) {
        Message query = Message.newQuery(Record.newRecord(
                Name.fromConstantString(name.endsWith(".") ? name : name + "."), Type.value(type), DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        return query;
    }

    static Message recursive(String name, String type) {
        Message query = query(name, type);
        query.getHeader().setFlag(Flags.RD);
        return query;
    }

    static Message edns(Message query, int payload) {
        query.addRecord(new OPTRecord(payload, 0, 0), Section.ADDITIONAL);
        return query;
    }

    /** Asks a logical server over UDP; the first datagram that comes back, from wherever. */
    static Message udp(DnsFake dns, String server, Message query) {
        return parse(udpRaw(dns, server, query.toWire(), 1, PATIENCE).get(0).bytes());
    }

    static Message udp(DnsFake dns, String server, String name, String type) {
        return udp(dns, server, query(name, type));
    }

    static Message ask(DnsFake dns, String resolver, String name, String type) {
        return udp(dns, resolver, recursive(name, type));
    }

    record Datagram(byte[] bytes, int port) {}

    /** At most so many datagrams; fewer if the time ends before. */
    static List<Datagram> udpRaw(DnsFake dns, String server, byte[] query, int count, Duration wait) {
        InetSocketAddress real = dns.at(server).realAddress();
        List<Datagram> answers = new ArrayList<>();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout((int) wait.toMillis());
            socket.send(new DatagramPacket(query, query.length, real));
            byte[] buffer = new byte[65_536];
            while (answers.size() < count) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException e) {
                    break;
                }
                answers.add(new Datagram(Arrays.copyOf(buffer, packet.getLength()), packet.getPort()));
            }
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean silentOverUdp(DnsFake dns, String server, Message query) {
        return udpRaw(dns, server, query.toWire(), 1, BRIEFLY).isEmpty();
    }

    static Message tcp(DnsFake dns, String server, Message query) {
        try (Stream stream = new Stream(dns, server)) {
            stream.send(query.toWire());
            return parse(stream.receive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message parse(byte[] bytes) {
        try {
            return new Message(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> answers(Message message) {
        return section(message, Section.ANSWER);
    }

    /** Records without class: owner, time to live, type and data. */
    static List<String> section(Message message, int section) {
        return message.getSection(section).stream()
                .filter(r -> r.getType() != Type.OPT)
                .map(r -> r.getName() + " " + r.getTTL() + " " + Type.string(r.getType()) + " " + r.rdataToString())
                .toList();
    }

    static boolean flag(Message message, int flag) {
        return message.getHeader().getFlag(flag);
    }

    /** A TCP connection. */
    static final class Stream implements AutoCloseable {

        final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Stream(DnsFake dns, String server) throws IOException {
            InetSocketAddress real = dns.at(server).realAddress();
            this.socket = new Socket(real.getAddress(), real.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            this.in = new DataInputStream(socket.getInputStream());
            this.out = new DataOutputStream(socket.getOutputStream());
        }

        void send(byte[]... messages) throws IOException {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (byte[] message : messages) {
                all.write(message.length >> 8);
                all.write(message.length);
                all.writeBytes(message);
            }
            raw(all.toByteArray());
        }

        void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        byte[] receive() throws IOException {
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            return message;
        }

        /** Reads to the end; how many bytes came before it. */
        int bytesUntilEnd() throws IOException {
            int count = 0;
            try {
                while (true) {
                    in.readByte();
                    count++;
                }
            } catch (EOFException e) {
                return count;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
