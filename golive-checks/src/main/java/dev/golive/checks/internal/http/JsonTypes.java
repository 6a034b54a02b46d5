package dev.golive.checks.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Java types as which a JSON value may be expected or captured. */
final class JsonTypes {

    /** Numbers with more digits than this are not turned into integers: the digits alone could fill the memory. */
    private static final int LONGEST_INTEGER = 1_000;

    private static final Map<Class<?>, Function<JsonNode, @Nullable Object>> READERS = Map.of(
            String.class, node -> node.isTextual() ? node.textValue() : null,
            Boolean.class, node -> node.isBoolean() ? (Object) node.booleanValue() : null,
            BigDecimal.class, node -> node.isNumber() ? node.decimalValue() : null,
            Integer.class, node -> integer(node, BigDecimal::intValueExact),
            Long.class, node -> integer(node, BigDecimal::longValueExact),
            BigInteger.class, node -> integer(node, JsonTypes::bigInteger),
            Double.class, node -> node.isNumber() ? (Object) node.doubleValue() : null);

    private JsonTypes() {}

    private static BigInteger bigInteger(BigDecimal number) {
        if (number.precision() - (long) number.scale() > LONGEST_INTEGER) {
            throw new ArithmeticException("too long");
        }
        return number.toBigIntegerExact();
    }

    private static @Nullable Object integer(JsonNode node, Function<BigDecimal, Object> exact) {
        if (!node.isNumber()) {
            return null;
        }
        try {
            return exact.apply(node.decimalValue());
        } catch (ArithmeticException e) {
            // a number all the same, but none of this type
            return null;
        }
    }

    /** Refuses a type that no JSON value can have. */
    static void require(Class<?> type, String argument) {
        if (!READERS.containsKey(type)) {
            throw new IllegalArgumentException(argument
                    + " must be of a type that JSON has (String, Boolean, BigDecimal, Integer, Long, Double or BigInteger)"
                    + ", but is of type " + type.getSimpleName());
        }
    }

    /** Refuses a type as which no JSON value can be captured. */
    static void requireCapturable(Class<?> type, String argument) {
        if (type != Secret.class) {
            require(type, argument);
        }
    }

    /** The value as that type; empty if it is of another one. */
    static <V> Optional<V> read(JsonNode node, Class<V> type) {
        Function<JsonNode, @Nullable Object> reader = READERS.get(type);
        return reader == null ? Optional.empty() : Optional.ofNullable(type.cast(reader.apply(node)));
    }
}
