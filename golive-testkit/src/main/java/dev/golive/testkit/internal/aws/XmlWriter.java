package dev.golive.testkit.internal.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Model objects as XML. */
final class XmlWriter {

    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    byte[] bytes() {
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    XmlWriter startRoot(String name, String namespace) {
        xml.append('<').append(name);
        if (!namespace.isEmpty()) {
            attribute("xmlns", namespace);
        }
        xml.append('>');
        return this;
    }

    XmlWriter start(String name) {
        xml.append('<').append(name).append('>');
        return this;
    }

    XmlWriter end(String name) {
        xml.append("</").append(name).append('>');
        return this;
    }

    XmlWriter element(String name, String text) {
        return start(name).text(text).end(name);
    }

    XmlWriter text(String text) {
        escape(text);
        return this;
    }

    /** The fields of a structure that are in the body, each as an element. */
    XmlWriter fields(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = Fields.isIn(field, MarshallLocation.PAYLOAD) ? Fields.get(field, pojo) : null;
            if (value != null
                    && !(value instanceof SdkAutoConstructList)
                    && !(value instanceof SdkAutoConstructMap)
                    && !field.containsTrait(XmlAttributeTrait.class)) {
                value(field, field.unmarshallLocationName(), value);
            }
        }
        return this;
    }

    /** A structure as the root. */
    XmlWriter root(String name, String namespace, SdkPojo pojo) {
        return structure(name, namespace, pojo);
    }

    private void value(SdkField<?> field, String name, @Nullable Object value) {
        if (value == null) {
            start(name).end(name);
        } else if (value instanceof SdkPojo pojo) {
            structure(name, "", pojo);
        } else if (value instanceof List<?> list) {
            list(Fields.list(field), name, list);
        } else if (value instanceof Map<?, ?> map) {
            map(Fields.map(field), name, map);
        } else {
            element(name, Scalars.text(field, value, Format.ISO_8601));
        }
    }

    private XmlWriter structure(String name, String namespace, SdkPojo pojo) {
        xml.append('<').append(name);
        if (!namespace.isEmpty()) {
            attribute("xmlns", namespace);
        }
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.containsTrait(XmlAttributeTrait.class) ? Fields.get(field, pojo) : null;
            if (value != null) {
                if (field.unmarshallLocationName().startsWith("xsi:")) {
                    attribute("xmlns:xsi", SCHEMA_INSTANCE);
                }
                attribute(field.unmarshallLocationName(), Scalars.text(field, value, Format.ISO_8601));
            }
        }
        xml.append('>');
        return fields(pojo).end(name);
    }

    private void list(ListTrait trait, String name, List<?> list) {
        if (!trait.isFlattened()) {
            start(name);
        }
        for (Object element : list) {
            value(Fields.element(trait), trait.isFlattened() ? name : Fields.elementName(trait), element);
        }
        if (!trait.isFlattened()) {
            end(name);
        }
    }

    private void map(MapTrait trait, String name, Map<?, ?> map) {
        if (!trait.isFlattened()) {
            start(name);
        }
        String entryName = trait.isFlattened() ? name : "entry";
        map.forEach((key, value) -> {
            start(entryName).element(Fields.keyName(trait), (String) key);
            value(Fields.value(trait), Fields.valueName(trait), value);
            end(entryName);
        });
        if (!trait.isFlattened()) {
            end(name);
        }
    }

    private void attribute(String name, String value) {
        xml.append(' ').append(name).append("=\"");
        escape(value);
        xml.append('"');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                default -> {
                    if (c < ' ' || c == 0x85 || c == 0x2028) {
                        xml.append("&#x")
                                .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                                .append(';');
                    } else {
                        xml.append(c);
                    }
                }
            }
        }
    }
}
