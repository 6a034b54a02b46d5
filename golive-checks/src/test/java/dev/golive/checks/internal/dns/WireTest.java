package dev.golive.checks.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.checks.internal.dns.Wire.Kind;
import dev.golive.checks.internal.dns.Wire.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Bytes from outside: what is the answer, what is not, and that none of them breaks anything. */
class WireTest {

    private static final int ID = 4711;
    private static final Question QUESTION = new Question(Names.parse("shop.example", "name"), Type.A, true);

    private static Message answer() {
        try {
            Message answer = new Message(ID);
            answer.getHeader().setFlag(Flags.QR);
            answer.addRecord(Record.newRecord(QUESTION.name(), Type.A, DClass.IN), Section.QUESTION);
            for (String text : new String[] {"203.0.113.10", "203.0.113.11", "203.0.113.10"}) {
                answer.addRecord(
                        Record.fromString(QUESTION.name(), Type.A, DClass.IN, 60, text, QUESTION.name()),
                        Section.ANSWER);
            }
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Received received(byte[] bytes) {
        return Wire.received(ByteBuffer.wrap(bytes), QUESTION, ID);
    }

    @Example
    void a_query_is_what_was_meant() throws IOException {
        Message query = new Message(Wire.query(QUESTION, ID, true));

        assertThat(query.getHeader().getID()).isEqualTo(ID);
        assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(query.getQuestion()).isEqualTo(Record.newRecord(QUESTION.name(), Type.A, DClass.IN));
        assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
        assertThat(new Message(Wire.query(QUESTION, ID, false)).getOPT()).isNull();
    }

    @Example
    void the_answer_is_known_by_its_id_and_its_question() throws IOException {
        assertThat(received(answer().toWire()).kind()).isEqualTo(Kind.ANSWER);

        Message otherId = answer();
        otherId.getHeader().setID(ID + 1);
        assertThat(received(otherId.toWire()).kind()).isEqualTo(Kind.OTHER);

        Message noAnswer = answer();
        noAnswer.getHeader().unsetFlag(Flags.QR);
        assertThat(received(noAnswer.toWire()).kind()).isEqualTo(Kind.OTHER);

        Message otherQuestion = answer();
        otherQuestion.removeAllRecords(Section.QUESTION);
        otherQuestion.addRecord(
                Record.newRecord(Names.parse("other.example", "name"), Type.A, DClass.IN), Section.QUESTION);
        assertThat(received(otherQuestion.toWire()).kind()).isEqualTo(Kind.OTHER);

        Message noQuestion = answer();
        noQuestion.removeAllRecords(Section.QUESTION);
        assertThat(received(noQuestion.toWire()).kind()).isEqualTo(Kind.OTHER);
        noQuestion.getHeader().setRcode(Rcode.REFUSED);
        assertThat(received(noQuestion.toWire()).kind()).isEqualTo(Kind.ANSWER);
    }

    @Property(tries = 1000)
    void noise_never_breaks_anything(@ForAll @Size(max = 200) byte[] noise) {
        received(noise);
    }

    @Property(tries = 1000)
    void a_spoilt_answer_never_breaks_anything(
            @ForAll @IntRange(min = 2, max = 80) int at, @ForAll byte instead, @ForAll @IntRange(max = 90) int length) {
        byte[] wire = answer().toWire();
        if (at < wire.length) {
            wire[at] = instead;
        }
        byte[] cut = java.util.Arrays.copyOf(wire, Math.min(length + 12, wire.length));
        Received received = received(cut);
        Answer answer = received.answer();
        if (answer != null) {
            assertThat(answer.sentence()).isNotBlank();
            assertThat(answer.text()).isNotBlank();
        }
    }
}
