package dev.golive.testkit.internal.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Model objects as trees of JSON, or of CBOR, which knows bytes, timestamps and all floating-point numbers. */
final class JsonTrees {

    static final JsonTrees JSON = new JsonTrees(
            JsonMapper.builder(JsonFactory.builder()
                            .streamReadConstraints(constraints())
                            .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build(),
            false);
    static final JsonTrees CBOR = new JsonTrees(
            new ObjectMapper(
                    CBORFactory.builder().streamReadConstraints(constraints()).build()),
            true);

    /** The tag of a time since the epoch (RFC 8949, section 3.4.2). */
    private static final int EPOCH_TAG = 1;

    private interface Reading {
        Object of(SdkField<?> field, JsonNode node);
    }

    private final ObjectMapper mapper;
    private final boolean binary;
    private final Map<MarshallingType<?>, Reading> readings = new HashMap<>();

    private JsonTrees(ObjectMapper mapper, boolean binary) {
        this.mapper = mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.binary = binary;
        readings.put(
                MarshallingType.STRING,
                (field, node) -> expected(node.isTextual(), field, node).textValue());
        readings.put(
                MarshallingType.BOOLEAN,
                (field, node) -> expected(node.isBoolean(), field, node).booleanValue());
        readings.put(MarshallingType.BYTE, (field, node) -> (byte) whole(field, node, Byte.MIN_VALUE, Byte.MAX_VALUE));
        readings.put(
                MarshallingType.SHORT, (field, node) -> (short) whole(field, node, Short.MIN_VALUE, Short.MAX_VALUE));
        readings.put(MarshallingType.INTEGER, (field, node) ->
                (int) whole(field, node, Integer.MIN_VALUE, Integer.MAX_VALUE));
        readings.put(MarshallingType.LONG, (field, node) -> whole(field, node, Long.MIN_VALUE, Long.MAX_VALUE));
        readings.put(MarshallingType.FLOAT, (field, node) -> (float) floating(field, node));
        readings.put(MarshallingType.DOUBLE, this::floating);
        // The one service with such numbers sends them as text: their model calls them strings.
        readings.put(
                MarshallingType.BIG_DECIMAL,
                (field, node) -> node.isTextual()
                        ? Scalars.parse(field, node.textValue(), Format.UNIX_TIMESTAMP)
                        : decimal(field, node));
        readings.put(MarshallingType.SDK_BYTES, this::bytes);
        readings.put(MarshallingType.INSTANT, this::instant);
        readings.put(MarshallingType.DOCUMENT, (field, node) -> document(node));
        readings.put(MarshallingType.SDK_POJO, this::structure);
        readings.put(MarshallingType.LIST, this::list);
        readings.put(MarshallingType.MAP, this::map);
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder().maxNestingDepth(Fields.MAX_DEPTH).build();
    }

    /** Reads the fields of a structure that are in the body; no body is a structure without any. */
    void readInto(SdkPojo builder, byte[] body) {
        if (body.length > 0) {
            readInto(builder, parse(body), "body");
        }
    }

    /** Reads a body that is the value of one field. */
    void readPayload(SdkPojo builder, SdkField<?> field, byte[] body) {
        JsonNode node = parse(body);
        if (!node.isNull()) {
            field.set(builder, value(field, node));
        }
    }

    private JsonNode parse(byte[] body) {
        JsonNode node;
        try {
            node = mapper.readTree(body);
        } catch (IOException e) {
            throw new MalformedRequestException("body: not " + (binary ? "CBOR" : "JSON"), e);
        }
        if (node.isMissingNode()) {
            throw new MalformedRequestException("body: nothing in it");
        }
        return node;
    }

    private void readInto(SdkPojo builder, JsonNode node, String what) {
        if (!node.isObject()) {
            throw new MalformedRequestException(what + ": expected a structure, was " + node.getNodeType());
        }
        for (SdkField<?> field : builder.sdkFields()) {
            if (Fields.isIn(field, MarshallLocation.PAYLOAD)) {
                JsonNode member = node.get(field.locationName());
                if (member != null && !member.isNull()) {
                    field.set(builder, value(field, member));
                }
            }
        }
    }

    private @Nullable Object element(SdkField<?> field, JsonNode node) {
        return node.isNull() ? null : value(field, node);
    }

    private Object value(SdkField<?> field, JsonNode node) {
        Reading reading = readings.get(field.marshallingType());
        if (reading == null) {
            throw new IllegalArgumentException(Scalars.named(field) + ": no values of type "
                    + field.marshallingType().getTargetClass());
        }
        return reading.of(field, node);
    }

    private Object structure(SdkField<?> field, JsonNode node) {
        SdkPojo builder = Fields.structure(field);
        readInto(builder, node, Scalars.named(field));
        return Fields.built(builder);
    }

    private Object list(SdkField<?> field, JsonNode node) {
        SdkField<?> type = Fields.element(Fields.list(field));
        List<@Nullable Object> list = new ArrayList<>();
        expected(node.isArray(), field, node).forEach(element -> list.add(element(type, element)));
        return list;
    }

    private Object map(SdkField<?> field, JsonNode node) {
        SdkField<?> type = Fields.value(Fields.map(field));
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        expected(node.isObject(), field, node)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), element(type, entry.getValue())));
        return map;
    }

    private static JsonNode expected(boolean right, SdkField<?> field, JsonNode node) {
        if (!right) {
            throw new MalformedRequestException(Scalars.named(field) + ": " + node.getNodeType() + " where "
                    + field.marshallingType().getTargetClass().getSimpleName() + " was expected");
        }
        return node;
    }

    private static long whole(SdkField<?> field, JsonNode node, long min, long max) {
        boolean fits = node.isIntegralNumber() && node.canConvertToLong();
        long value = expected(fits, field, node).longValue();
        expected(value >= min && value <= max, field, node);
        return value;
    }

    private double floating(SdkField<?> field, JsonNode node) {
        if (!binary && node.isTextual()) {
            Double special = Scalars.special(node.textValue());
            expected(special != null, field, node);
            return special == null ? Double.NaN : special;
        }
        double value = expected(node.isNumber(), field, node).doubleValue();
        expected(binary || !Double.isInfinite(value), field, node);
        return value;
    }

    private BigDecimal decimal(SdkField<?> field, JsonNode node) {
        return finite(expected(node.isNumber(), field, node)).decimalValue();
    }

    private SdkBytes bytes(SdkField<?> field, JsonNode node) {
        try {
            return SdkBytes.fromByteArray(
                    binary
                            ? expected(node.isBinary(), field, node).binaryValue()
                            : Scalars.base64(
                                    expected(node.isTextual(), field, node).textValue()));
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(Scalars.named(field) + ": not Base64", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a node of bytes has its bytes in memory
        }
    }

    private Instant instant(SdkField<?> field, JsonNode node) {
        Format format = Timestamps.format(field, Format.UNIX_TIMESTAMP);
        if (!Timestamps.isNumber(format)) {
            return Timestamps.parse(expected(node.isTextual(), field, node).textValue(), format);
        }
        return Timestamps.ofNumber(decimal(field, node), format);
    }

    private Document document(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Document> map = new LinkedHashMap<>();
                node.properties().forEach(entry -> map.put(entry.getKey(), document(entry.getValue())));
                yield Document.fromMap(map);
            }
            case ARRAY -> {
                List<Document> list = new ArrayList<>();
                node.forEach(element -> list.add(document(element)));
                yield Document.fromList(list);
            }
            case BOOLEAN -> Document.fromBoolean(node.booleanValue());
            case NUMBER -> Document.fromNumber(finite(node).asText());
            case STRING -> Document.fromString(node.textValue());
            case NULL -> Document.fromNull();
            default -> throw new MalformedRequestException("document: " + node.getNodeType());
        };
    }

    private static JsonNode finite(JsonNode node) {
        if ((node.isFloat() || node.isDouble()) && !Double.isFinite(node.doubleValue())) {
            throw new MalformedRequestException("a number that is none");
        }
        return node;
    }

    /** The fields of a structure that are in the body. */
    byte[] written(SdkPojo pojo) {
        return written(generator -> structure(generator, pojo));
    }

    /** The value of one field. */
    byte[] written(SdkField<?> field, Object value) {
        return written(generator -> write(generator, field, value));
    }

    /** A structure of texts. */
    byte[] written(Map<String, String> texts) {
        return written(generator -> {
            generator.writeStartObject();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                generator.writeStringField(text.getKey(), text.getValue());
            }
            generator.writeEndObject();
        });
    }

    private interface Writing {
        void to(JsonGenerator generator) throws IOException;
    }

    private byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = mapper.getFactory().createGenerator(bytes)) {
            writing.to(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private void structure(JsonGenerator generator, SdkPojo pojo) throws IOException {
        generator.writeStartObject();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = Fields.isIn(field, MarshallLocation.PAYLOAD) ? Fields.get(field, pojo) : null;
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                generator.writeFieldName(field.unmarshallLocationName());
                write(generator, field, value);
            }
        }
        generator.writeEndObject();
    }

    private void write(JsonGenerator generator, SdkField<?> field, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof SdkPojo pojo) {
            structure(generator, pojo);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, Fields.element(Fields.list(field)), element);
            }
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName((String) entry.getKey());
                write(generator, Fields.value(Fields.map(field)), entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Instant instant) {
            write(generator, field, instant);
        } else if (value instanceof SdkBytes bytes && binary) {
            generator.writeBinary(bytes.asByteArrayUnsafe());
        } else if (value instanceof Document document) {
            write(generator, document);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(generator, number);
        } else {
            generator.writeString(Scalars.text(field, value, Format.UNIX_TIMESTAMP));
        }
    }

    private void write(JsonGenerator generator, SdkField<?> field, Instant instant) throws IOException {
        Format format = Timestamps.format(field, Format.UNIX_TIMESTAMP);
        if (binary) {
            ((CBORGenerator) generator).writeTag(EPOCH_TAG);
            BigDecimal seconds = Timestamps.number(instant, Format.UNIX_TIMESTAMP);
            if (seconds.scale() > 0) {
                generator.writeNumber(seconds.doubleValue());
            } else {
                generator.writeNumber(instant.getEpochSecond());
            }
        } else if (Timestamps.isNumber(format)) {
            generator.writeNumber(Timestamps.number(instant, format));
        } else {
            generator.writeString(Timestamps.text(instant, format));
        }
    }

    private void write(JsonGenerator generator, Number number) throws IOException {
        boolean floating = number instanceof Float || number instanceof Double;
        if (floating && !binary && !Double.isFinite(number.doubleValue())) {
            generator.writeString(number.toString());
        } else if (number instanceof Float) {
            generator.writeNumber(number.floatValue());
        } else if (number instanceof Double) {
            generator.writeNumber(number.doubleValue());
        } else if (number instanceof BigDecimal) {
            generator.writeString(number.toString());
        } else {
            generator.writeNumber(number.longValue());
        }
    }

    private void write(JsonGenerator generator, Document document) throws IOException {
        if (document.isMap()) {
            generator.writeStartObject();
            for (Map.Entry<String, Document> entry : document.asMap().entrySet()) {
                generator.writeFieldName(entry.getKey());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (document.isList()) {
            generator.writeStartArray();
            for (Document element : document.asList()) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (document.isNumber()) {
            generator.writeNumber(document.asNumber().bigDecimalValue());
        } else if (document.isBoolean()) {
            generator.writeBoolean(document.asBoolean());
        } else if (document.isString()) {
            generator.writeString(document.asString());
        } else {
            generator.writeNull();
        }
    }
}
