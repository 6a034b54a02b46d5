package dev.golive.testkit.internal.aws;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Instants in the formats of the wire. */
final class Timestamps {

    private static final DateTimeFormatter RFC_822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    /** As in RFC 9110, with the fraction that some services write. */
    private static final DateTimeFormatter RFC_822_LENIENT = new DateTimeFormatterBuilder()
            .appendPattern("EEE, d MMM yyyy HH:mm:ss[.SSS][.SS][.S] 'GMT'")
            .toFormatter(Locale.US)
            .withZone(ZoneOffset.UTC);

    /** RFC 3339 in UTC: services take no offsets. */
    private static final Pattern ISO_8601 =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?Z");

    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final int NANO_DIGITS = 9;
    /** More whole digits than the seconds of any instant have. */
    private static final int MAX_WHOLE_DIGITS = 18;
    /** As many as there may be in a number of JSON. */
    private static final int MAX_DIGITS = 1000;

    private Timestamps() {}

    static Format format(SdkField<?> field, Format usual) {
        return field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format)
                .orElse(usual);
    }

    static Instant parse(String text, Format format) {
        try {
            return switch (format) {
                case ISO_8601 -> ofIso8601(text);
                case RFC_822 -> RFC_822_LENIENT.parse(text, Instant::from);
                case UNIX_TIMESTAMP -> ofSeconds(decimal(text));
                case UNIX_TIMESTAMP_MILLIS -> ofMillis(decimal(text));
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new MalformedRequestException("\"" + Scalars.shown(text) + "\" is not a timestamp in " + format, e);
        }
    }

    static Instant ofNumber(BigDecimal number, Format format) {
        if (format != Format.UNIX_TIMESTAMP && format != Format.UNIX_TIMESTAMP_MILLIS) {
            throw new MalformedRequestException("a number where a timestamp in " + format + " was expected");
        }
        try {
            return format == Format.UNIX_TIMESTAMP ? ofSeconds(number) : ofMillis(number);
        } catch (DateTimeException e) {
            throw new MalformedRequestException("a timestamp out of range", e);
        }
    }

    static boolean isNumber(Format format) {
        return format == Format.UNIX_TIMESTAMP || format == Format.UNIX_TIMESTAMP_MILLIS;
    }

    static BigDecimal number(Instant instant, Format format) {
        BigDecimal seconds =
                BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), NANO_DIGITS));
        BigDecimal number = format == Format.UNIX_TIMESTAMP ? seconds : seconds.multiply(MILLIS);
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    static String text(Instant instant, Format format) {
        return switch (format) {
            case ISO_8601 -> DateTimeFormatter.ISO_INSTANT.format(instant);
            case RFC_822 -> RFC_822.format(instant);
            default -> number(instant, format).toPlainString();
        };
    }

    private static Instant ofIso8601(String text) {
        if (!ISO_8601.matcher(text).matches()) {
            throw new DateTimeException("not of the form of 2027-03-01T09:00:00Z");
        }
        return Instant.parse(text);
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > MAX_DIGITS) {
            throw new NumberFormatException("a number of " + text.length() + " characters");
        }
        return new BigDecimal(text);
    }

    private static Instant ofMillis(BigDecimal millis) {
        return ofSeconds(new BigDecimal(
                millis.unscaledValue(), Math.addExact(bounded(millis).scale(), 3)));
    }

    private static Instant ofSeconds(BigDecimal seconds) {
        BigDecimal nanos = bounded(seconds).setScale(NANO_DIGITS, RoundingMode.FLOOR);
        BigDecimal whole = nanos.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), nanos.subtract(whole).unscaledValue().longValueExact());
    }

    /** Refuses exponents before anybody writes out their digits. */
    private static BigDecimal bounded(BigDecimal number) {
        long wholeDigits = (long) number.precision() - number.scale();
        if (wholeDigits > MAX_WHOLE_DIGITS || number.scale() > MAX_DIGITS) {
            throw new DateTimeException("a timestamp out of range");
        }
        return number;
    }
}
