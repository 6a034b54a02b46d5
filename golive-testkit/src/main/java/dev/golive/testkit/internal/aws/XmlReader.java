package dev.golive.testkit.internal.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;

/** Model objects from XML. */
final class XmlReader {

    private XmlReader() {}

    static void readInto(SdkPojo builder, XmlElement element) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = Fields.isIn(field, MarshallLocation.PAYLOAD) ? member(field, element) : null;
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    /** The value of one field from the element that is its own. */
    static Object value(SdkField<?> field, XmlElement element) {
        MarshallingType<?> type = field.marshallingType();
        if (type.equals(MarshallingType.SDK_POJO)) {
            SdkPojo builder = Fields.structure(field);
            readInto(builder, element);
            return Fields.built(builder);
        }
        if (type.equals(MarshallingType.LIST)) {
            ListTrait trait = Fields.list(field);
            return list(trait, element.children(Fields.elementName(trait)));
        }
        if (type.equals(MarshallingType.MAP)) {
            return map(Fields.map(field), element.children("entry"));
        }
        if (element.hasChildren()) {
            throw new MalformedRequestException(Scalars.named(field) + ": elements where a single value was expected");
        }
        return text(field, element.text());
    }

    private static @Nullable Object member(SdkField<?> field, XmlElement parent) {
        String name = field.locationName();
        if (field.containsTrait(XmlAttributeTrait.class)) {
            String attribute = parent.attribute(name);
            return attribute == null ? null : text(field, attribute);
        }
        if (field.marshallingType().equals(MarshallingType.LIST)
                && Fields.list(field).isFlattened()) {
            List<XmlElement> elements = parent.children(name);
            return elements.isEmpty() ? null : list(Fields.list(field), elements);
        }
        if (field.marshallingType().equals(MarshallingType.MAP)
                && Fields.map(field).isFlattened()) {
            List<XmlElement> entries = parent.children(name);
            return entries.isEmpty() ? null : map(Fields.map(field), entries);
        }
        XmlElement element = parent.child(name);
        return element == null ? null : value(field, element);
    }

    private static List<Object> list(ListTrait trait, List<XmlElement> elements) {
        List<Object> list = new ArrayList<>(elements.size());
        for (XmlElement element : elements) {
            list.add(value(Fields.element(trait), element));
        }
        return list;
    }

    private static Map<String, Object> map(MapTrait trait, List<XmlElement> entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (XmlElement entry : entries) {
            XmlElement key = entry.child(Fields.keyName(trait));
            XmlElement value = entry.child(Fields.valueName(trait));
            if (key == null || value == null) {
                throw new MalformedRequestException("a map has an entry without "
                        + (key == null ? Fields.keyName(trait) : Fields.valueName(trait)));
            }
            map.put(key.text(), value(Fields.value(trait), value));
        }
        return map;
    }

    private static Object text(SdkField<?> field, String text) {
        return Scalars.parse(
                field, field.marshallingType().equals(MarshallingType.STRING) ? text : text.strip(), Format.ISO_8601);
    }
}
