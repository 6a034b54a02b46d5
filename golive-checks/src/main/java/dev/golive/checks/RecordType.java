package dev.golive.checks;

import dev.golive.checks.internal.Given;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * A type of DNS record: one of the constants, or any other by its name.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecordType {

    /** An IPv4 address (RFC 1035). */
    public static final RecordType A = new RecordType(Type.A);

    /** An IPv6 address (RFC 3596). */
    public static final RecordType AAAA = new RecordType(Type.AAAA);

    /** An alias (RFC 1034). */
    public static final RecordType CNAME = new RecordType(Type.CNAME);

    /** A mail exchanger (RFC 5321). */
    public static final RecordType MX = new RecordType(Type.MX);

    /** A name server of a zone (RFC 1035). */
    public static final RecordType NS = new RecordType(Type.NS);

    /** A text (RFC 1035). */
    public static final RecordType TXT = new RecordType(Type.TXT);

    /** The start of a zone (RFC 1035). */
    public static final RecordType SOA = new RecordType(Type.SOA);

    /** Who may issue certificates (RFC 8659). */
    public static final RecordType CAA = new RecordType(Type.CAA);

    /** Where a service is (RFC 2782). */
    public static final RecordType SRV = new RecordType(Type.SRV);

    /** The name of an address (RFC 1035). */
    public static final RecordType PTR = new RecordType(Type.PTR);

    private final int number;

    private RecordType(int number) {
        this.number = number;
    }

    /**
     * The type of that name.
     *
     * @param name its mnemonic, for example {@code TLSA}, or {@code TYPE65280} (RFC 3597); in capitals or not
     * @return the type
     * @throws IllegalArgumentException if there is no such type, or if it is one of a question only, as {@code ANY}
     */
    public static RecordType of(String name) {
        Given.given(name, "name");
        int number = Type.value(name.trim().toUpperCase(Locale.ROOT), false);
        if (number <= 0 || !Type.isRR(number) || number == Type.OPT) {
            throw new IllegalArgumentException(
                    "name must be that of a type of DNS record, such as A, TLSA or TYPE65280, but was \"" + name + '"');
        }
        return new RecordType(number);
    }

    int number() {
        return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordType type && type.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    /**
     * Its mnemonic.
     *
     * @return for example {@code A}
     */
    @Override
    public String toString() {
        return Type.string(number);
    }
}
