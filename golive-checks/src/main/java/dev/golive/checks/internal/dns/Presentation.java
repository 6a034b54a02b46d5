package dev.golive.checks.internal.dns;

import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.net.Addresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SPFRecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * The values of records as text, one text for one value: names in lower case without the final dot, addresses in
 * canonical form (RFC 5952), a TXT record as the one text that its strings make up.
 */
public final class Presentation {

    private static final Pattern CAA_TAG = Pattern.compile("(?<= )[A-Za-z0-9]+");

    private Presentation() {}

    /** The value of a record. */
    public static String of(Record record) {
        if (record instanceof ARecord a) {
            return Addresses.text(a.getAddress());
        }
        if (record instanceof AAAARecord aaaa) {
            return Addresses.text(aaaa.getAddress());
        }
        if (record instanceof CNAMERecord alias) {
            return Names.text(alias.getTarget());
        }
        if (record instanceof NSRecord ns) {
            return Names.text(ns.getTarget());
        }
        if (record instanceof PTRRecord ptr) {
            return Names.text(ptr.getTarget());
        }
        if (record instanceof DNAMERecord dname) {
            return Names.text(dname.getTarget());
        }
        if (record instanceof MXRecord mx) {
            return mx.getPriority() + " " + Names.text(mx.getTarget());
        }
        if (record instanceof SRVRecord srv) {
            return srv.getPriority() + " " + srv.getWeight() + " " + srv.getPort() + " " + Names.text(srv.getTarget());
        }
        if (record instanceof CAARecord caa) {
            return caa.getFlags() + " " + caa.getTag().toLowerCase(Locale.ROOT) + " \""
                    + text(caa.getValueAsByteArray()) + '"';
        }
        if (record instanceof TXTRecord txt) {
            return joined(txt.getStringsAsByteArrays());
        }
        if (record instanceof SPFRecord spf) {
            return joined(spf.getStringsAsByteArrays());
        }
        if (record instanceof SOARecord soa) {
            return Names.text(soa.getHost()) + " " + Names.text(soa.getAdmin()) + " " + soa.getSerial() + " "
                    + soa.getRefresh() + " " + soa.getRetry() + " " + soa.getExpire() + " " + soa.getMinimum();
        }
        return record.rdataToString();
    }

    /**
     * A value that is expected, in the same form.
     *
     * @param type the type of the record
     * @param value in presentation format (RFC 1035, section 5); a TXT value that does not start with a quotation mark is
     *     taken as it is
     * @param argument names the argument in messages
     * @throws IllegalArgumentException if no record of the type can have it
     */
    public static String expected(int type, String value, String argument) {
        Given.given(value, argument);
        if ((type == Type.TXT || type == Type.SPF) && !value.startsWith("\"")) {
            return value;
        }
        if (type == Type.A || type == Type.AAAA) {
            InetAddress address = Addresses.literal(value).orElse(null);
            if (address == null || address.getAddress().length != (type == Type.A ? 4 : 16)) {
                throw new IllegalArgumentException(argument + " must be an " + (type == Type.A ? "IPv4" : "IPv6")
                        + " address but was \"" + value + '"');
            }
            return Addresses.text(address);
        }
        try {
            String ascii = Arrays.stream(value.trim().split("\\s+"))
                    .map(Names::toAscii)
                    .collect(Collectors.joining(" "));
            String text = switch (type) {
                case Type.TXT, Type.SPF -> value;
                // tags are compared without regard to case (RFC 8659, section 4.1); dnsjava wants small letters
                case Type.CAA ->
                    CAA_TAG.matcher(ascii).replaceFirst(tag -> tag.group().toLowerCase(Locale.ROOT));
                default -> ascii;
            };
            return of(Record.fromString(Name.root, type, DClass.IN, 0, text, Name.root));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    argument + " must be the value of a record of type " + Type.string(type) + " but was \"" + value
                            + "\": " + e.getMessage(),
                    e);
        }
    }

    private static String joined(List<byte[]> strings) {
        if (strings.size() == 1) {
            return text(strings.get(0));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        strings.forEach(all::writeBytes);
        return text(all.toByteArray());
    }

    /** Nearly always ASCII or UTF-8; what is neither is still shown, byte for byte. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
