package dev.golive.testkit.internal.aws;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** What a protocol does with requests and answers; see {@link WireProtocol}, which is what others use. */
interface Codec {

    Optional<String> operation(WireRequest request);

    void read(WireRequest request, Map<String, String> pathLabels, SdkPojo builder);

    WireAnswer write(String operation, String namespace, SdkPojo output, byte @Nullable [] streamed, String requestId);

    WireAnswer error(WireError error, String requestId);
}
