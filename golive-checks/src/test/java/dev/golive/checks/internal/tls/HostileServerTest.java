package dev.golive.checks.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.checks.TlsVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HostileServerTest {

    private static final byte[] GOOD = record(22, hello(0x0303, 0xc02f, new byte[0]));

    private static byte[] hello(int version, int suite, byte[] extensions) {
        byte[] body = new byte[2 + 32 + 1 + 2 + 1 + (extensions.length == 0 ? 0 : 2 + extensions.length)];
        body[0] = (byte) (version >> 8);
        body[1] = (byte) version;
        body[35] = (byte) (suite >> 8);
        body[36] = (byte) suite;
        if (extensions.length > 0) {
            body[38] = (byte) (extensions.length >> 8);
            body[39] = (byte) extensions.length;
            System.arraycopy(extensions, 0, body, 40, extensions.length);
        }
        byte[] message = new byte[4 + body.length];
        message[0] = 2;
        message[2] = (byte) (body.length >> 8);
        message[3] = (byte) body.length;
        System.arraycopy(body, 0, message, 4, body.length);
        return message;
    }

    private static byte[] record(int type, byte[] content) {
        byte[] record = new byte[5 + content.length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (content.length >> 8);
        record[4] = (byte) content.length;
        System.arraycopy(content, 0, record, 5, content.length);
        return record;
    }

    private static byte[] joined(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static ServerHello.Answer read(byte[]... parts) throws IOException {
        return ServerHello.read(new ByteArrayInputStream(joined(parts)));
    }

    @Test
    void a_choice_is_read() throws Exception {
        assertThat(read(GOOD)).isEqualTo(new ServerHello.Chosen(0x0303, 0xc02f));
        assertThat(read(record(22, hello(0x0303, 0x1301, new byte[] {0, 43, 0, 2, 3, 4}))))
                .isEqualTo(new ServerHello.Chosen(0x0304, 0x1301));
    }

    @Test
    void a_choice_may_come_after_a_warning_and_in_pieces() throws Exception {
        byte[] hello = hello(0x0302, 0x002f, new byte[0]);

        assertThat(read(
                        record(21, new byte[] {1, 112}),
                        record(22, Arrays.copyOf(hello, 7)),
                        record(22, Arrays.copyOfRange(hello, 7, hello.length))))
                .isEqualTo(new ServerHello.Chosen(0x0302, 0x002f));
    }

    @Test
    void a_refusal_is_read() throws Exception {
        assertThat(read(record(21, new byte[] {2, 70})))
                .isEqualTo(new ServerHello.Declined("alert \"protocol version\"", true));
        assertThat(read(record(21, new byte[] {2, 99})))
                .isEqualTo(new ServerHello.Declined("alert \"number 99\"", true));
        assertThat(read()).isEqualTo(new ServerHello.Declined("it hung up", false));
        assertThat(read(Arrays.copyOf(GOOD, 12))).isInstanceOf(ServerHello.Declined.class);
    }

    @Test
    void something_else_is_not_tls() throws Exception {
        assertThat(read("HTTP/1.1 400 Bad Request\r\n".getBytes())).isInstanceOf(ServerHello.NotTls.class);
        assertThat(read(new byte[] {22, 3, 3, (byte) 0xff, (byte) 0xff})).isInstanceOf(ServerHello.NotTls.class);
        assertThat(read(record(22, new byte[] {11, 0, 0, 0}))).isInstanceOf(ServerHello.NotTls.class);
    }

    @Property
    void whatever_comes_back_is_read_to_an_answer(@ForAll @Size(max = 200) byte[] bytes) throws Exception {
        assertThat(read(bytes)).isNotNull();
        assertThat(read(record(22, bytes))).isNotNull();
    }

    @Property
    void a_damaged_answer_is_read_to_an_answer(
            @ForAll @IntRange(min = 0, max = 46) int at, @ForAll byte value, @ForAll @IntRange(max = 47) int length)
            throws Exception {
        byte[] damaged = GOOD.clone();
        damaged[Math.min(at, damaged.length - 1)] = value;

        assertThat(read(Arrays.copyOf(damaged, Math.min(length, damaged.length))))
                .isNotNull();
    }

    @Test
    void an_endless_answer_is_given_up() throws Exception {
        java.io.InputStream endless = new java.io.InputStream() {
            private int at;

            @Override
            public int read() {
                return new byte[] {21, 3, 3, 0, 2, 1, 0}[at++ % 7] & 0xff;
            }
        };

        assertThat(ServerHello.read(endless)).isInstanceOf(ServerHello.NotTls.class);
    }

    @Property(tries = 200)
    void a_hostile_responder_proves_nothing(@ForAll @Size(max = 300) byte[] bytes) {
        Issued ca = Issued.root("Test Root").issue();
        Issued leaf = ca.server("shop.example").issue();

        assertThat(OcspAnswer.judge(bytes, leaf.certificate(), ca.certificate(), Issued.NOW)
                        .isKnown())
                .isFalse();
        assertThat(RevocationList.judge(bytes, "http://crl.example", leaf.certificate(), ca.certificate(), Issued.NOW)
                        .isKnown())
                .isFalse();
    }

    @Test
    void every_version_is_offered_in_a_well_formed_message() {
        for (TlsVersion version : TlsVersion.values()) {
            byte[] hello = ClientHello.bytes(version, List.of(0x1301, 0xc02f), "shop.example", new SplittableRandom(1));

            assertThat((hello[3] & 0xff) << 8 | hello[4] & 0xff).isEqualTo(hello.length - 5);
            assertThat((hello[7] & 0xff) << 8 | hello[8] & 0xff).isEqualTo(hello.length - 9);
            assertThat(new String(hello, java.nio.charset.StandardCharsets.ISO_8859_1).contains("shop.example"))
                    .isEqualTo(version != TlsVersion.SSL_3);
        }
    }
}
