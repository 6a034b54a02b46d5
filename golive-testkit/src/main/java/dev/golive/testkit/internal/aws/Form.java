package dev.golive.testkit.internal.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** A form whose names are paths: {@code Filters.Filter.1.Values.Value.1=postgres}. */
final class Form {

    private static final Pattern INDEX = Pattern.compile("[1-9][0-9]{0,8}");

    /** A place in the form: its own value, if it has one, and what is below it. */
    private static final class Place {
        private final Map<String, Place> below = new LinkedHashMap<>();
        private @Nullable String value;

        private Place at(String name) {
            return below.computeIfAbsent(name, key -> new Place());
        }
    }

    private final Place root = new Place();
    /** Lists have no level of their own, whatever the model says: the names of EC2. */
    private final boolean flat;

    Form(byte[] body, boolean flat) {
        this.flat = flat;
        UrlText.parameters(Scalars.utf8(body, "body")).forEach(this::put);
    }

    private void put(String path, List<String> values) {
        String[] names = path.split("\\.", Fields.MAX_DEPTH + 1);
        if (names.length > Fields.MAX_DEPTH) {
            throw new MalformedRequestException("\"" + Scalars.shown(path) + "\": nested too deep");
        }
        if (values.size() > 1) {
            throw new MalformedRequestException("\"" + Scalars.shown(path) + "\": given " + values.size() + " times");
        }
        Place place = root;
        for (String name : names) {
            place = place.at(name);
        }
        place.value = values.get(0);
    }

    /** The value of a top-level name. */
    Optional<String> value(String name) {
        Place place = root.below.get(name);
        return place == null ? Optional.empty() : Optional.ofNullable(place.value);
    }

    void readInto(SdkPojo builder) {
        readInto(builder, root);
    }

    private void readInto(SdkPojo builder, Place place) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (Fields.isIn(field, MarshallLocation.PAYLOAD)) {
                Place member = place.below.get(field.locationName());
                Object value = member == null ? null : value(field, member);
                if (value != null) {
                    field.set(builder, value);
                }
            }
        }
    }

    /** The value at a place; null if nothing is there that belongs to a field of this type. */
    private @Nullable Object value(SdkField<?> field, Place place) {
        MarshallingType<?> type = field.marshallingType();
        if (type.equals(MarshallingType.SDK_POJO)) {
            SdkPojo builder = Fields.structure(field);
            readInto(builder, place);
            return Fields.built(builder);
        }
        if (type.equals(MarshallingType.LIST)) {
            return list(Fields.list(field), place);
        }
        if (type.equals(MarshallingType.MAP)) {
            return map(Fields.map(field), place);
        }
        return place.value == null ? null : Scalars.parse(field, place.value, Format.ISO_8601);
    }

    private @Nullable List<Object> list(ListTrait trait, Place place) {
        Place elements = flat || trait.isFlattened() ? place : place.below.get(Fields.elementName(trait));
        List<Object> list = new ArrayList<>();
        for (Place element : inOrder(elements)) {
            Object value = value(Fields.element(trait), element);
            if (value != null) {
                list.add(value);
            }
        }
        return list.isEmpty() && place.value == null ? null : list;
    }

    private @Nullable Map<String, Object> map(MapTrait trait, Place place) {
        Place entries = flat || trait.isFlattened() ? place : place.below.get("entry");
        Map<String, Object> map = new LinkedHashMap<>();
        for (Place entry : inOrder(entries)) {
            Place key = entry.below.get(Fields.keyName(trait));
            if (key == null || key.value == null) {
                throw new MalformedRequestException("a map has an entry without " + Fields.keyName(trait));
            }
            Place at = entry.below.get(Fields.valueName(trait));
            Object value = at == null ? null : value(Fields.value(trait), at);
            if (value == null) {
                throw new MalformedRequestException("a map has an entry without " + Fields.valueName(trait));
            }
            map.put(key.value, value);
        }
        return map.isEmpty() && place.value == null ? null : map;
    }

    private static Iterable<Place> inOrder(@Nullable Place numbered) {
        Map<Integer, Place> places = new TreeMap<>();
        if (numbered != null) {
            numbered.below.forEach((name, place) -> {
                if (!INDEX.matcher(name).matches()) {
                    throw new MalformedRequestException(
                            "\"" + Scalars.shown(name) + "\" where the number of an element was expected");
                }
                places.put(Integer.valueOf(name), place);
            });
        }
        return places.values();
    }
}
