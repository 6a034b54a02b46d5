package dev.golive.launch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.golive.GoLiveException;
import dev.golive.internal.Discretion;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reports of launches as JSON, in one versioned format. */
final class LaunchReportJson {

    private static final String FORMAT = "golive-launch-report";
    private static final int VERSION = 1;
    private static final String NO = "This is no report of a launch: ";
    private static final ObjectMapper JSON = mapper(text -> text);

    private LaunchReportJson() {}

    static String write(LaunchReport.Content content) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("version", VERSION);
        root.setAll((ObjectNode) JSON.valueToTree(content));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }

    static LaunchReport.Content read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject() || !FORMAT.equals(root.path("format").textValue())) {
                throw new GoLiveException(NO + "its \"format\" is not \"" + FORMAT + "\"");
            }
            if (!root.path("version").isInt() || root.path("version").intValue() != VERSION) {
                throw new GoLiveException("This report of a launch has version "
                        + root.path("version").asText() + "; this release of golive reads version " + VERSION);
            }
            return JSON.treeToValue(root, LaunchReport.Content.class);
        } catch (JsonProcessingException e) {
            throw new GoLiveException(NO + e.getOriginalMessage(), e);
        }
    }

    /** The same without persons, addresses and accounts, wherever a text names them. */
    static LaunchReport.Content cleaned(LaunchReport.Content content) {
        Map<String, String> names = new LinkedHashMap<>();
        content.accounts().stream().filter(id -> !id.isBlank()).forEach(id -> names.put(id, "[account]"));
        content.people().stream().filter(id -> !id.isBlank()).forEach(id -> names.put(id, "[person]"));
        // numbers, times and words of the format are no strings to this mapper, so that a person called DONE does no
        // harm
        ObjectNode tree = mapper(Discretion.of(names)::clean).valueToTree(content);
        tree.putArray("people");
        tree.putArray("accounts");
        try {
            return JSON.treeToValue(tree, LaunchReport.Content.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was just written can be read", e);
        }
    }

    private static ObjectMapper mapper(UnaryOperator<String> cleaning) {
        SimpleModule module = new SimpleModule();
        module.addSerializer(Instant.class, ToStringSerializer.instance);
        module.addSerializer(Duration.class, ToStringSerializer.instance);
        module.addSerializer(String.class, new StdScalarSerializer<>(String.class) {
            @Override
            public void serialize(String value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(cleaning.apply(value));
            }
        });
        module.addDeserializer(Instant.class, parsed(Instant.class, Instant::parse));
        module.addDeserializer(Duration.class, parsed(Duration.class, Duration::parse));
        return JsonMapper.builder()
                .addModule(module)
                // of two members of one name, or two documents in a row, the one that is not read may be the true one
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    private static <V> FromStringDeserializer<V> parsed(Class<V> type, Function<String, V> parse) {
        return new FromStringDeserializer<V>(type) {
            @Override
            protected V _deserialize(String text, DeserializationContext context) throws IOException {
                try {
                    return parse.apply(text);
                } catch (DateTimeException | ArithmeticException e) {
                    throw context.weirdStringException(text, type, e.getMessage());
                }
            }
        };
    }
}
