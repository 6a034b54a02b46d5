package dev.golive.aws.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.golive.GoLiveException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * A value of the SDK's model as JSON and back, with every member that the SDK knows, so that a configuration that is kept
 * comes back whole. Members are in the order of their names: the same value is the same text.
 */
public final class PojoJson {

    private PojoJson() {}

    /** The value as JSON; members that are not set do not appear. */
    public static ObjectNode write(SdkPojo pojo) {
        Map<String, JsonNode> members = new TreeMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            // lists and maps that are not set come as empty ones
            if (value != null
                    && !(value instanceof List<?> list && list.isEmpty())
                    && !(value instanceof Map<?, ?> map && map.isEmpty())) {
                members.put(field.memberName(), node(value));
            }
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        members.forEach(node::set);
        return node;
    }

    private static JsonNode node(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof SdkPojo pojo) {
            return write(pojo);
        } else if (value instanceof String text) {
            return nodes.textNode(text);
        } else if (value instanceof Boolean is) {
            return nodes.booleanNode(is);
        } else if (value instanceof Integer number) {
            return nodes.numberNode(number);
        } else if (value instanceof List<?> list) {
            ArrayNode array = nodes.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = nodes.objectNode();
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, element) -> sorted.put((String) key, element));
            sorted.forEach((key, element) -> object.set(key, node(element)));
            return object;
        }
        throw new IllegalArgumentException("value must be made of texts, booleans, integers, lists and maps but had a "
                + value.getClass().getSimpleName());
    }

    /**
     * Fills a builder from JSON.
     *
     * @throws GoLiveException if it is not the JSON of such a value
     */
    public static void read(JsonNode json, SdkPojo builder) {
        if (!json.isObject()) {
            throw new GoLiveException("What was kept is no configuration");
        }
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = json.get(field.memberName());
            if (value != null && !value.isNull()) {
                field.set(builder, value(value, field));
            }
        }
    }

    private static Object value(JsonNode json, SdkField<?> field) {
        MarshallingType<?> type = field.marshallingType();
        if (type.equals(MarshallingType.STRING) && json.isTextual()) {
            return json.textValue();
        } else if (type.equals(MarshallingType.BOOLEAN) && json.isBoolean()) {
            return json.booleanValue();
        } else if (type.equals(MarshallingType.INTEGER) && json.isInt()) {
            return json.intValue();
        } else if (type.equals(MarshallingType.SDK_POJO)) {
            SdkPojo inner = field.constructor().get();
            read(json, inner);
            return ((Buildable) inner).build();
        } else if (type.equals(MarshallingType.LIST) && json.isArray()) {
            SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
            List<Object> list = new ArrayList<>();
            json.forEach(one -> list.add(value(one, element)));
            return list;
        } else if (type.equals(MarshallingType.MAP) && json.isObject()) {
            SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> map = new LinkedHashMap<>();
            json.properties().forEach(one -> map.put(one.getKey(), value(one.getValue(), element)));
            return map;
        }
        throw new GoLiveException("What was kept is no configuration: " + field.memberName() + " has another type");
    }
}
