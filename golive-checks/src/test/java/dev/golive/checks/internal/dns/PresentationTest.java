package dev.golive.checks.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** What is expected and what comes over the wire meet in one form. */
class PresentationTest {

    private static String expected(String type, String value) {
        return Presentation.expected(Type.value(type), value, "values");
    }

    private static String overTheWire(int type, String value) throws IOException {
        Record record = Record.fromString(Name.root, type, DClass.IN, 60, value, Name.root);
        return Presentation.of(Record.newRecord(Name.root, type, DClass.IN, 60, record.rdataToWireCanonical()));
    }

    @Example
    void values_have_one_form() {
        assertThat(expected("A", "203.0.113.10")).isEqualTo("203.0.113.10");
        assertThat(expected("AAAA", "2001:0DB8:0:0::1")).isEqualTo("2001:db8::1");
        assertThat(expected("CNAME", "Shop.Example.")).isEqualTo("shop.example");
        assertThat(expected("MX", "010   Mail.Shop.Example")).isEqualTo("10 mail.shop.example");
        assertThat(expected("MX", "0 .")).isEqualTo("0 .");
        assertThat(expected("NS", "bücher.example")).isEqualTo("xn--bcher-kva.example");
        assertThat(expected("SRV", "10 60 5060 SIP.shop.example.")).isEqualTo("10 60 5060 sip.shop.example");
        assertThat(expected("CAA", "0 Issue letsencrypt.org")).isEqualTo("0 issue \"letsencrypt.org\"");
        assertThat(expected("CAA", "0 issue \"letsencrypt.org\"")).isEqualTo("0 issue \"letsencrypt.org\"");
        assertThat(expected("TXT", "v=spf1 mx -all")).isEqualTo("v=spf1 mx -all");
        assertThat(expected("TXT", "\"v=spf1 \" \"mx -all\"")).isEqualTo("v=spf1 mx -all");
        assertThat(expected("SOA", "NS1.shop.example. h.shop.example. 7 1 2 3 4"))
                .isEqualTo("ns1.shop.example h.shop.example 7 1 2 3 4");
        assertThat(expected("TLSA", "3 1 1 ABCDEF01")).isEqualTo("3 1 1 ABCDEF01");
    }

    @Property(tries = 200)
    void addresses_are_the_same_however_they_are_written(@ForAll @Size(16) List<Byte> bytes) throws IOException {
        byte[] raw = new byte[16];
        for (int i = 0; i < 16; i++) {
            raw[i] = bytes.get(i);
        }
        InetAddress address = InetAddress.getByAddress(raw);
        String text = address.getHostAddress();
        if (address.getAddress().length == 16) {
            assertThat(expected("AAAA", text.toUpperCase(Locale.ROOT))).isEqualTo(overTheWire(Type.AAAA, text));
        }
    }

    @Property(tries = 200)
    void names_are_the_same_however_they_are_written(@ForAll("names") String name, @ForAll @IntRange(max = 65535) int n)
            throws IOException {
        assertThat(expected("CNAME", name.toUpperCase(Locale.ROOT))).isEqualTo(overTheWire(Type.CNAME, name + "."));
        assertThat(expected("MX", n + " " + name + ".")).isEqualTo(overTheWire(Type.MX, n + " " + name + "."));
        assertThat(Names.text(Names.parse(name, "name"))).isEqualTo(name);
        assertThat(Names.parse(name.toUpperCase(Locale.ROOT) + ".", "name")).isEqualTo(Names.parse(name, "name"));
    }

    @Property(tries = 200)
    void a_text_is_the_same_however_it_is_cut(
            @ForAll @StringLength(max = 300) String text, @ForAll @IntRange(max = 200) int at) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (text.startsWith("\"") || !text.equals(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))) {
            return;
        }
        ByteBuffer wire = ByteBuffer.allocate(bytes.length + 20);
        int cut = Math.min(at, bytes.length);
        for (int from = 0, to = cut;
                from < bytes.length || from == 0;
                from = to, to = Math.min(bytes.length, to + 255)) {
            wire.put((byte) (to - from)).put(bytes, from, to - from);
            if (to == bytes.length) {
                break;
            }
            to = Math.max(to, from);
        }
        byte[] rdata = new byte[wire.position()];
        wire.flip().get(rdata);
        Record record = Record.newRecord(Name.root, Type.TXT, DClass.IN, 60, rdata);

        assertThat(record).isInstanceOf(TXTRecord.class);
        assertThat(Presentation.of(record)).isEqualTo(expected("TXT", text));
    }

    @Property(tries = 300)
    void a_value_is_refused_in_words_or_has_a_form(
            @ForAll @StringLength(max = 60) String value, @ForAll("types") int type) {
        try {
            assertThat(Presentation.expected(type, value, "values")).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("values must be ");
        }
    }

    @Property(tries = 300)
    void a_name_is_refused_in_words_or_goes_over_the_wire(@ForAll @StringLength(max = 300) String name)
            throws UnknownHostException {
        try {
            assertThat(Names.parse(name, "name").isAbsolute()).isTrue();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("name must be a domain name");
        }
    }

    @Provide
    Arbitrary<Integer> types() {
        return Arbitraries.of(
                Type.A,
                Type.AAAA,
                Type.CNAME,
                Type.MX,
                Type.NS,
                Type.TXT,
                Type.SOA,
                Type.CAA,
                Type.SRV,
                Type.PTR,
                Type.TLSA,
                Type.SVCB,
                Type.NAPTR,
                65280);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(63)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(labels -> String.join(".", labels) + ".example");
    }
}
