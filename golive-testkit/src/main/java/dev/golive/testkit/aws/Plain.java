package dev.golive.testkit.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** What a request of the SDK says, without the SDK's types. */
final class Plain {

    private Plain() {}

    static Map<String, Object> of(SdkPojo pojo) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null) {
                plain.put(field.memberName(), value(value));
            }
        }
        return plain;
    }

    private static Object value(Object value) {
        if (value instanceof SdkPojo pojo) {
            return of(pojo);
        } else if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(value(element)));
            return plain;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> plain.put(String.valueOf(key), value(element)));
            return plain;
        } else if (value instanceof SdkBytes bytes) {
            return bytes.asByteArray().length + " bytes";
        } else if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return value.toString();
    }
}
