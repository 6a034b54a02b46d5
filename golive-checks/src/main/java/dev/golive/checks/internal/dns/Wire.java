package dev.golive.checks.internal.dns;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Queries as bytes, and whether bytes are the answer to a query (RFC 1035, section 4; RFC 5452, section 9.1). */
final class Wire {

    /** What fits into one datagram on every path (DNS flag day 2020). */
    static final int UDP_BYTES = 1232;

    private static final int HEADER_BYTES = 12;
    private static final int OPT_BYTES = 11;
    private static final int TYPE_OPT = 41;

    private Wire() {}

    /** What bytes that arrived are. */
    enum Kind {
        /** Not the answer to this query; it may still come. */
        OTHER,
        /** The answer by its id, but not to be read. */
        BROKEN,
        /** The answer. */
        ANSWER
    }

    /**
     * Bytes that arrived.
     *
     * @param kind what they are
     * @param answer what they say, if they are the answer
     * @param truncated whether that is not all of it (TC)
     */
    record Received(Kind kind, @Nullable Answer answer, boolean truncated) {
        private static final Received OTHER = new Received(Kind.OTHER, null, false);
        private static final Received BROKEN = new Received(Kind.BROKEN, null, false);

        boolean isOther() {
            return kind == Kind.OTHER;
        }
    }

    /** A query with one question, and where wanted an OPT record (RFC 6891). */
    static byte[] query(Question question, int id, boolean edns) {
        byte[] name = question.name().toWireCanonical();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + name.length + 4 + (edns ? OPT_BYTES : 0));
        bytes.putShort((short) id);
        // RD where recursion is wanted, with AD to be told of validated answers (RFC 6840, section 5.7)
        bytes.putShort((short) (question.recursive() ? 0x0120 : 0));
        bytes.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) (edns ? 1 : 0));
        bytes.put(name).putShort((short) question.type()).putShort((short) 1);
        if (edns) {
            bytes.put((byte) 0)
                    .putShort((short) TYPE_OPT)
                    .putShort((short) UDP_BYTES)
                    .putInt(0)
                    .putShort((short) 0);
        }
        return bytes.array();
    }

    /**
     * What the bytes between position and limit are. Whatever they are, this does not throw.
     *
     * @param bytes the bytes, which are consumed
     */
    static Received received(ByteBuffer bytes, Question question, int id) {
        if (bytes.remaining() < HEADER_BYTES
                || (bytes.getShort(bytes.position()) & 0xffff) != id
                || (bytes.get(bytes.position() + 2) & 0x80) == 0) {
            return Received.OTHER;
        }
        try {
            Message message = new Message(bytes);
            return isAnswerTo(question, message)
                    ? new Received(
                            Kind.ANSWER,
                            Answer.of(message, question),
                            message.getHeader().getFlag(Flags.TC))
                    : Received.OTHER;
        } catch (IOException | RuntimeException e) {
            // bytes from outside can break a parser in any way; all of them mean that this cannot be read
            return Received.BROKEN;
        }
    }

    private static boolean isAnswerTo(Question question, Message message) {
        Record asked = message.getQuestion();
        return asked == null
                // some servers refuse without repeating the question, which says nothing that could mislead
                ? message.getRcode() != Rcode.NOERROR && message.getRcode() != Rcode.NXDOMAIN
                : message.getHeader().getCount(Section.QUESTION) == 1
                        && asked.getType() == question.type()
                        && asked.getName().equals(question.name());
    }
}
