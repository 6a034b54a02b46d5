package dev.golive.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Turns what users write into names, types, addresses and records, and back; nothing here looks anything up. */
final class DnsText {

    /** The longest character-string of a TXT record (RFC 1035, section 3.3.14). */
    private static final int MAX_STRING = 255;

    private DnsText() {}

    /** An absolute name; a final dot is optional, other than ASCII is converted (IDNA). */
    static Name name(String argument, String text) {
        Objects.requireNonNull(text, argument);
        if (text.isBlank() || !text.equals(text.strip())) {
            throw new IllegalArgumentException(
                    argument + ": \"" + text + "\" is not a domain name; expected something like shop.example");
        }
        try {
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            return Name.fromString(ascii ? text : IDN.toASCII(text), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    argument + ": \"" + text + "\" is not a domain name: " + e.getMessage(), e);
        }
    }

    /** The name as this library shows it: lower case, without the final dot; the root is a dot. */
    static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    /** A record type by its mnemonic, or as TYPE65280. */
    static int type(String argument, String text) {
        Objects.requireNonNull(text, argument);
        int type = Type.value(text.toUpperCase(Locale.ROOT));
        if (type < 0 || !Type.isRR(type)) {
            throw new IllegalArgumentException(argument + ": \"" + text
                    + "\" is not a type of record; expected a mnemonic such as A, CAA or SSHFP, or TYPE65280");
        }
        return type;
    }

    /** An address literal; a host name is refused, as it would have to be looked up. */
    static InetAddress address(String argument, String text) {
        Objects.requireNonNull(text, argument);
        InetAddress address = addressOrNull(text);
        if (address == null) {
            throw new IllegalArgumentException(argument + ": \"" + text
                    + "\" is not an address; expected something like 192.0.2.53 or 2001:db8::53");
        }
        return address;
    }

    static @Nullable InetAddress addressOrNull(String text) {
        byte[] bytes = Address.toByteArray(text, Address.IPv4);
        if (bytes == null && text.indexOf(':') >= 0) {
            bytes = Address.toByteArray(text, Address.IPv6);
        }
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: \"" + text + "\" has an impossible length", e);
        }
    }

    /** The name of a pointer record: an address stands for its name below in-addr.arpa or ip6.arpa. */
    static Name pointerName(String argument, String nameOrAddress) {
        Objects.requireNonNull(nameOrAddress, argument);
        InetAddress address = addressOrNull(nameOrAddress);
        return address == null ? name(argument, nameOrAddress) : ReverseMap.fromAddress(address);
    }

    static Record addressRecord(Name owner, long ttl, InetAddress address) {
        return address.getAddress().length == 4
                ? new ARecord(owner, DClass.IN, ttl, address)
                : new AAAARecord(owner, DClass.IN, ttl, address);
    }

    /**
     * A record from its presentation format (RFC 1035, section 5.1). Names inside are absolute. The text of a TXT
     * record is taken as it is unless it starts with a quote: splitting it at blanks is never what was meant.
     */
    static Record record(Name owner, int type, long ttl, String value) {
        Objects.requireNonNull(value, "value");
        if (type == Type.TXT && !value.startsWith("\"")) {
            return txtRecord(owner, ttl, value);
        }
        try {
            return Record.fromString(owner, type, DClass.IN, ttl, value, Name.root);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "value: \"" + value + "\" is not a record of type " + Type.string(type) + ": " + e.getMessage(), e);
        }
    }

    static List<Record> records(Name owner, int type, long ttl, String... values) {
        Objects.requireNonNull(values, "values");
        List<Record> records = new ArrayList<>(values.length);
        for (String value : values) {
            records.add(record(owner, type, ttl, value));
        }
        return records;
    }

    /** A TXT record of any length: longer text is cut into character-strings, as DNS providers do. */
    static Record txtRecord(Name owner, long ttl, String text) {
        Objects.requireNonNull(text, "text");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream rdata = new ByteArrayOutputStream(bytes.length + 8);
        int at = 0;
        do {
            int length = Math.min(MAX_STRING, bytes.length - at);
            rdata.write(length);
            rdata.write(bytes, at, length);
            at += length;
        } while (at < bytes.length);
        if (rdata.size() > 0xFFFF - 512) {
            throw new IllegalArgumentException("text: " + bytes.length + " bytes do not fit into one DNS message");
        }
        return Record.newRecord(owner, Type.TXT, DClass.IN, ttl, rdata.toByteArray());
    }

    /** The same record under another owner and with another time to live. */
    static Record copy(Record record, Name owner, long ttl) {
        if (record.getTTL() == ttl) {
            return record.getName().equals(owner) ? record : record.withName(owner);
        }
        byte[] wire = record.toWire(Section.ANSWER);
        int rdataAt = record.getName().length() + 10;
        byte[] rdata = new byte[wire.length - rdataAt];
        System.arraycopy(wire, rdataAt, rdata, 0, rdata.length);
        return Record.newRecord(owner, record.getType(), DClass.IN, ttl, rdata);
    }
}
