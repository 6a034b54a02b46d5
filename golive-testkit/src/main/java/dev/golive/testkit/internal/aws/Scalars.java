package dev.golive.testkit.internal.aws;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Single values as text: in XML, forms, headers, paths and queries. */
final class Scalars {

    private static final int MAX_SHOWN = 80;
    private static final int MAX_NUMBER = 1000;
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern NOT_A_DECIMAL = Pattern.compile("NaN|-?Infinity");

    private static final Map<MarshallingType<?>, Function<String, Object>> FROM_TEXT = fromText();

    private Scalars() {}

    private static Map<MarshallingType<?>, Function<String, Object>> fromText() {
        Map<MarshallingType<?>, Function<String, Object>> table = new HashMap<>();
        table.put(MarshallingType.STRING, text -> text);
        table.put(MarshallingType.BOOLEAN, Scalars::truth);
        table.put(MarshallingType.BYTE, text -> Byte.valueOf(whole(text)));
        table.put(MarshallingType.SHORT, text -> Short.valueOf(whole(text)));
        table.put(MarshallingType.INTEGER, text -> Integer.valueOf(whole(text)));
        table.put(MarshallingType.LONG, text -> Long.valueOf(whole(text)));
        table.put(MarshallingType.FLOAT, text -> Float.valueOf(floating(text)));
        table.put(MarshallingType.DOUBLE, text -> Double.valueOf(floating(text)));
        table.put(MarshallingType.BIG_DECIMAL, text -> new BigDecimal(decimal(text)));
        table.put(MarshallingType.SDK_BYTES, text -> SdkBytes.fromByteArray(base64(text)));
        return Map.copyOf(table);
    }

    /** The value of a field that is neither a structure nor a list nor a map. */
    static Object parse(SdkField<?> field, String text, Format usual) {
        if (field.marshallingType().equals(MarshallingType.INSTANT)) {
            return Timestamps.parse(text.strip(), Timestamps.format(field, usual));
        }
        Function<String, Object> reading = FROM_TEXT.get(field.marshallingType());
        if (reading == null) {
            throw new MalformedRequestException(
                    named(field) + ": a single value where a structure, a list or a map was expected");
        }
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(
                    named(field) + ": \"" + shown(text) + "\" is not of type "
                            + field.marshallingType().getTargetClass().getSimpleName(),
                    e);
        }
    }

    static String text(SdkField<?> field, Object value, Format usual) {
        if (value instanceof Instant instant) {
            return Timestamps.text(instant, Timestamps.format(field, usual));
        }
        if (value instanceof SdkBytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
        }
        return value.toString();
    }

    static String named(SdkField<?> field) {
        return field.locationName() == null ? "element" : field.locationName();
    }

    /** Text of a request as part of a message about it. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** Bytes in Base64 with its padding; the decoder of the JDK would do without. */
    static byte[] base64(String text) {
        if (text.length() % 4 != 0) {
            throw new IllegalArgumentException("not padded");
        }
        return Base64.getDecoder().decode(text);
    }

    /** Text that must be proper UTF-8. */
    static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRequestException(what + ": not UTF-8", e);
        }
    }

    static @Nullable Double special(String text) {
        return NOT_A_DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    private static String whole(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new NumberFormatException("not an integer");
        }
        return text;
    }

    private static String floating(String text) {
        return NOT_A_DECIMAL.matcher(text).matches() ? text : decimal(text);
    }

    private static String decimal(String text) {
        if (text.length() > MAX_NUMBER || !DECIMAL.matcher(text).matches()) {
            throw new NumberFormatException("not a number");
        }
        return text;
    }
}
