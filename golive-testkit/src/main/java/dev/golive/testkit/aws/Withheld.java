package dev.golive.testkit.aws;

import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** What a description does not tell, although it should. */
final class Withheld {

    private final Set<String> members = new HashSet<>();

    /** Withholds members, named as in the API of the service. */
    void add(String... names) {
        members.addAll(Set.of(names));
    }

    /** The same builder without them. */
    <B extends SdkPojo> B from(B builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (members.contains(field.memberName())) {
                field.set(builder, null);
            }
        }
        return builder;
    }
}
