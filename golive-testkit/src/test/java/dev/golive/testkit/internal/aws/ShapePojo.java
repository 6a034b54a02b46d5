package dev.golive.testkit.internal.aws;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** A model object without a class: its fields come from a model read at run time. It is its own builder. */
final class ShapePojo implements SdkPojo, Buildable {

    private final Supplier<List<SdkField<?>>> fields;
    final Map<String, Object> values = new TreeMap<>();

    ShapePojo(Supplier<List<SdkField<?>>> fields) {
        this.fields = fields;
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        return fields.get();
    }

    @Override
    public boolean equalsBySdkFields(Object other) {
        return equals(other);
    }

    @Override
    public Object build() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShapePojo pojo && values.equals(pojo.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
