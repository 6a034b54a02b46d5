package dev.golive.aws.internal.s3;

import dev.golive.aws.internal.s3.S3Port.Version;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was under a prefix before it was changed.
 *
 * @param changedBy the key of the launch's action that changed it
 * @param versions the ids of the versions by the keys of the objects, {@code null} if nobody knows
 */
public record Before(String changedBy, @Nullable Map<String, String> versions) {

    /** It was changed by this action, and what was there was so. */
    public static Before of(String changedBy, Iterable<Version> all) {
        Map<String, String> live = new TreeMap<>();
        for (Version version : all) {
            if (version.isLatest() && !version.isDeletion()) {
                live.put(version.key(), version.id());
            }
        }
        return new Before(changedBy, live);
    }

    /** What was there. */
    public Optional<Map<String, String>> known() {
        return Optional.ofNullable(versions);
    }

    /** The name under which it is remembered. */
    public static String name(String bucket, String prefix) {
        return "s3://" + bucket + "/" + prefix;
    }
}
