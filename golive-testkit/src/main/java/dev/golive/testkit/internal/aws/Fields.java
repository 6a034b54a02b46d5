package dev.golive.testkit.internal.aws;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** What the model classes of the SDK say about their fields, with the defaults that hold on the wire. */
final class Fields {

    /** How deep a request may be nested; what real services take is far less. */
    static final int MAX_DEPTH = 100;

    private static final String MEMBER = "member";

    private Fields() {}

    static ListTrait list(SdkField<?> field) {
        return field.getRequiredTrait(ListTrait.class);
    }

    static MapTrait map(SdkField<?> field) {
        return field.getRequiredTrait(MapTrait.class);
    }

    static SdkField<?> element(ListTrait list) {
        return list.memberFieldInfo();
    }

    static SdkField<?> value(MapTrait map) {
        return map.valueFieldInfo();
    }

    /** The name of the elements of a list that is not flattened. */
    static String elementName(ListTrait list) {
        return Objects.requireNonNullElse(list.memberLocationName(), MEMBER);
    }

    static String keyName(MapTrait map) {
        return Objects.requireNonNullElse(map.keyLocationName(), "key");
    }

    static String valueName(MapTrait map) {
        return Objects.requireNonNullElse(map.valueLocationName(), "value");
    }

    static boolean isIn(SdkField<?> field, MarshallLocation location) {
        return field.location() == location;
    }

    /** The field that is the whole body, if there is one. */
    static Optional<SdkField<?>> payload(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            if (field.containsTrait(PayloadTrait.class)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    static boolean hasBody(SdkPojo pojo) {
        return pojo.sdkFields().stream().anyMatch(field -> isIn(field, MarshallLocation.PAYLOAD));
    }

    /** A builder for what a field of structures holds. */
    static SdkPojo structure(SdkField<?> field) {
        return field.constructor().get();
    }

    static Object built(SdkPojo builder) {
        return ((Buildable) builder).build();
    }

    static @Nullable Object get(SdkField<?> field, SdkPojo pojo) {
        return field.getValueOrDefault(pojo);
    }
}
