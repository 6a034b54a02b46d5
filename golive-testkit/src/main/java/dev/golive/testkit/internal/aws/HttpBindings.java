package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.JsonValueTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** What the REST protocols carry outside of the body: in the path, the query, header fields and the status. */
final class HttpBindings {

    private HttpBindings() {}

    static void readInto(SdkPojo builder, WireRequest request, Map<String, String> pathLabels) {
        Map<String, List<String>> query = UrlText.parameters(request.rawQuery());
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = switch (field.location()) {
                case PATH, GREEDY_PATH -> label(field, pathLabels);
                case QUERY_PARAM -> parameter(field, query);
                case HEADER -> header(field, request);
                default -> null;
            };
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    private static @Nullable Object label(SdkField<?> field, Map<String, String> pathLabels) {
        String label = pathLabels.get(field.locationName());
        return label == null ? null : Scalars.parse(field, label, Format.ISO_8601);
    }

    private static @Nullable Object parameter(SdkField<?> field, Map<String, List<String>> query) {
        if (field.marshallingType().equals(MarshallingType.MAP)) {
            return query.isEmpty() ? null : parameters(Fields.value(Fields.map(field)), query);
        }
        List<String> values = query.get(field.locationName());
        if (values == null) {
            return null;
        }
        return field.marshallingType().equals(MarshallingType.LIST)
                ? elements(Fields.element(Fields.list(field)), values, Format.ISO_8601)
                : Scalars.parse(field, values.get(0), Format.ISO_8601);
    }

    private static Map<String, Object> parameters(SdkField<?> type, Map<String, List<String>> query) {
        Map<String, Object> map = new LinkedHashMap<>();
        query.forEach((name, values) -> map.put(
                name,
                type.marshallingType().equals(MarshallingType.LIST)
                        ? elements(Fields.element(Fields.list(type)), values, Format.ISO_8601)
                        : Scalars.parse(type, values.get(0), Format.ISO_8601)));
        return map;
    }

    private static List<Object> elements(SdkField<?> type, List<String> texts, Format usual) {
        List<Object> elements = new ArrayList<>(texts.size());
        for (String text : texts) {
            elements.add(Scalars.parse(type, text, usual));
        }
        return elements;
    }

    private static @Nullable Object header(SdkField<?> field, WireRequest request) {
        if (field.marshallingType().equals(MarshallingType.MAP)) {
            return prefixed(field, request);
        }
        List<String> values = request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(field.locationName()))
                .map(HttpHeader::value)
                .collect(Collectors.toList());
        if (values.isEmpty()) {
            return null;
        }
        if (field.marshallingType().equals(MarshallingType.LIST)) {
            SdkField<?> type = Fields.element(Fields.list(field));
            boolean dates = type.marshallingType().equals(MarshallingType.INSTANT)
                    && Timestamps.format(type, Format.RFC_822) == Format.RFC_822;
            return elements(type, split(String.join(",", values), dates), Format.RFC_822);
        }
        String value = values.get(0);
        if (field.containsTrait(JsonValueTrait.class)) {
            return json(field, value);
        }
        return Scalars.parse(
                field, field.marshallingType().equals(MarshallingType.STRING) ? value : value.strip(), Format.RFC_822);
    }

    private static String json(SdkField<?> field, String value) {
        try {
            return Scalars.utf8(Scalars.base64(value.strip()), Scalars.named(field));
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(Scalars.named(field) + ": not Base64", e);
        }
    }

    private static @Nullable Map<String, Object> prefixed(SdkField<?> field, WireRequest request) {
        String prefix = field.locationName().toLowerCase(Locale.ROOT);
        Map<String, Object> map = new LinkedHashMap<>();
        for (HttpHeader header : request.headers()) {
            if (header.name().toLowerCase(Locale.ROOT).startsWith(prefix)
                    && header.name().length() > prefix.length()) {
                map.putIfAbsent(header.name().substring(prefix.length()), header.value());
            }
        }
        return map.isEmpty() ? null : map;
    }

    /** The elements of a list in one value; each of them may be quoted, and a date has a comma of its own. */
    static List<String> split(String value, boolean dates) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        boolean blank = true;
        int commas = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\' && i + 1 < value.length()) {
                element.append(value.charAt(++i));
            } else if (c == '"' && (quoted || blank)) {
                if (!quoted) {
                    element.setLength(0);
                }
                quoted = !quoted;
                wasQuoted = true;
            } else if (c == ',' && !quoted && !(dates && ++commas % 2 == 1)) {
                elements.add(wasQuoted ? element.toString() : element.toString().strip());
                element.setLength(0);
                wasQuoted = false;
                blank = true;
            } else if (quoted || !wasQuoted) {
                element.append(c);
                blank = blank && (c == ' ' || c == '\t');
            } else if (c != ' ' && c != '\t') {
                throw new MalformedRequestException("\"" + Scalars.shown(value) + "\": text after a closing quote");
            }
        }
        if (quoted) {
            throw new MalformedRequestException("\"" + Scalars.shown(value) + "\": a quote that is not closed");
        }
        elements.add(wasQuoted ? element.toString() : element.toString().strip());
        return elements;
    }

    /** The header fields that an output has. */
    static List<HttpHeader> headers(SdkPojo output) {
        List<HttpHeader> headers = new ArrayList<>();
        for (SdkField<?> field : output.sdkFields()) {
            Object value = Fields.isIn(field, MarshallLocation.HEADER) ? Fields.get(field, output) : null;
            if (value instanceof Map<?, ?> map) {
                map.forEach((name, text) ->
                        headers.add(new HttpHeader(field.unmarshallLocationName() + name, String.valueOf(text))));
            } else if (value instanceof List<?> list) {
                SdkField<?> type = Fields.element(Fields.list(field));
                if (!list.isEmpty()) {
                    headers.add(new HttpHeader(
                            field.unmarshallLocationName(),
                            list.stream().map(element -> quoted(type, element)).collect(Collectors.joining(", "))));
                }
            } else if (value != null) {
                String text = Scalars.text(field, value, Format.RFC_822);
                headers.add(new HttpHeader(
                        field.unmarshallLocationName(),
                        field.containsTrait(JsonValueTrait.class)
                                ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                                : text));
            }
        }
        return headers;
    }

    private static String quoted(SdkField<?> type, Object element) {
        String text = Scalars.text(type, element, Format.RFC_822);
        if (!type.marshallingType().equals(MarshallingType.STRING)
                || (text.indexOf(',') < 0 && text.indexOf('"') < 0)) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The status that an output has a field for, or 200. */
    static int status(SdkPojo output) {
        for (SdkField<?> field : output.sdkFields()) {
            Object value = Fields.isIn(field, MarshallLocation.STATUS_CODE) ? Fields.get(field, output) : null;
            if (value != null) {
                return (Integer) value;
            }
        }
        return 200;
    }
}
