package dev.golive.testkit.internal.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.PayloadTrait;

/** Bodies whose names are those of a model and whose values are often, but not always, of the right type. */
final class AnyBody {

    private static final int DEPTH = 6;
    private static final List<Object> SCALARS = List.of(
            "x",
            "",
            "true",
            "NONE",
            "2027-03-01T09:00:00Z",
            "AAE=",
            "1",
            "NaN",
            "-Infinity",
            1,
            -1,
            0,
            1.5,
            Long.MAX_VALUE,
            1e300,
            true,
            false,
            new byte[] {1, 2},
            1_800_000_000);

    private final Random random;

    AnyBody(long seed) {
        this.random = new Random(seed);
    }

    byte[] of(WireProtocol protocol, SdkPojo builder) {
        Map<String, Object> tree = structure(builder, 0);
        try {
            return switch (protocol) {
                case QUERY, EC2_QUERY -> {
                    StringBuilder form = new StringBuilder("Action=x");
                    form(form, "", tree);
                    yield form.toString().getBytes(StandardCharsets.UTF_8);
                }
                case REST_XML, REST_XML_S3 -> {
                    StringBuilder xml = new StringBuilder();
                    SdkField<?> payload = Fields.payload(builder).orElse(null);
                    xml("root", payload == null ? tree : tree.getOrDefault(payload.locationName(), tree), xml);
                    yield xml.toString().getBytes(StandardCharsets.UTF_8);
                }
                case CBOR -> new ObjectMapper(new CBORFactory()).writeValueAsBytes(tree);
                default -> new ObjectMapper().writeValueAsBytes(tree);
            };
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> structure(SdkPojo builder, int depth) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (SdkField<?> field : builder.sdkFields()) {
            boolean payload = field.containsTrait(PayloadTrait.class);
            if (Fields.isIn(field, MarshallLocation.PAYLOAD) && (payload || random.nextInt(3) == 0)) {
                tree.put(field.locationName(), value(field, depth + 1));
            }
        }
        return tree;
    }

    private Object value(SdkField<?> field, int depth) {
        if (depth > DEPTH || random.nextInt(60) == 0) {
            return anything();
        }
        if (field.marshallingType().equals(MarshallingType.SDK_POJO)) {
            return structure(Fields.structure(field), depth);
        }
        if (field.marshallingType().equals(MarshallingType.LIST)) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(random.nextInt(10) == 0 ? null : value(Fields.element(Fields.list(field)), depth + 1));
            }
            return random.nextInt(5) > 0 ? list : Map.of(Fields.elementName(Fields.list(field)), list);
        }
        if (field.marshallingType().equals(MarshallingType.MAP)) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(Fields.keyName(Fields.map(field)), "k");
            map.put(Fields.valueName(Fields.map(field)), value(Fields.value(Fields.map(field)), depth + 1));
            return random.nextInt(5) > 0 ? map : Map.of("entry", List.of(map));
        }
        return random.nextInt(25) == 0 ? anything() : right(field.marshallingType());
    }

    private Object right(MarshallingType<?> type) {
        if (type.equals(MarshallingType.STRING)) {
            return "x";
        }
        if (type.equals(MarshallingType.BOOLEAN)) {
            return random.nextBoolean();
        }
        if (type.equals(MarshallingType.SDK_BYTES)) {
            return new byte[] {0, 1};
        }
        return type.equals(MarshallingType.INSTANT) && random.nextInt(5) == 0
                ? "2027-03-01T09:00:00Z"
                : random.nextInt(100);
    }

    private Object anything() {
        return switch (random.nextInt(8)) {
            case 0 -> new ArrayList<>(Arrays.asList(null, "x"));
            case 1 -> new LinkedHashMap<>();
            case 2 -> {
                Map<String, Object> odd = new LinkedHashMap<>();
                odd.put("", null);
                odd.put("member", List.of());
                yield odd;
            }
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private void form(StringBuilder form, String path, Object value) {
        String prefix = path.isEmpty() ? "" : path + ".";
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> form(form, prefix + name, inner));
        } else if (value instanceof List<?> list) {
            int number = 1;
            for (Object element : list) {
                form(form, prefix + number++, element);
            }
        } else {
            form.append('&').append(path).append('=').append(URLEncoder.encode(text(value), StandardCharsets.UTF_8));
        }
    }

    private void xml(String name, Object value, StringBuilder xml) {
        if (value instanceof List<?> list) {
            list.forEach(element -> xml(name, element, xml));
            return;
        }
        String tag = name.isEmpty() || name.contains(":") ? "odd" : name;
        xml.append('<').append(tag).append('>');
        if (value instanceof Map<?, ?> map) {
            map.forEach((inner, element) -> xml((String) inner, element, xml));
        } else {
            xml.append(text(value));
        }
        xml.append("</").append(tag).append('>');
    }

    private static String text(Object value) {
        return value == null ? "" : value instanceof byte[] ? "AAE=" : value.toString();
    }
}
