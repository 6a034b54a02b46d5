package dev.golive.aws.internal.s3;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the objects were that a sync changed, before it changed them.
 *
 * @param changedBy the key of the launch's action that changed them
 * @param action what that action does; another try of it goes on with the same, unless it has come to its end
 * @param isOpen whether it was begun and has not been seen at its end, nor taken back
 * @param versions the ids of the former versions by the keys of the objects, {@link #ABSENT} for one that was not there;
 *     {@code null} if nobody knows
 * @param details what the receipt says of it
 */
public record Before(
        String changedBy,
        String action,
        boolean isOpen,
        @Nullable Map<String, String> versions,
        Map<String, String> details) {

    /** Instead of the id of a version: there was no object. */
    public static final String ABSENT = "";

    /** What nobody knows. */
    public static Before unknown(String changedBy, String action, boolean isOpen) {
        return new Before(changedBy, action, isOpen, null, Map.of());
    }

    /** Whether an action with a key goes on with what this one began. */
    public boolean isContinuedBy(String key, String other) {
        return changedBy.equals(key) || isOpen && action.equals(other);
    }

    /** The same by another try. */
    public Before by(String key) {
        return new Before(key, action, isOpen, versions, details);
    }

    /** The same, begun or at its end. */
    public Before open(boolean open) {
        return new Before(changedBy, action, open, versions, details);
    }

    /** The same with more objects and details; what is there already stays as it is. */
    public Before with(Map<String, String> more, Map<String, String> moreDetails) {
        if (versions == null) {
            return this;
        }
        Map<String, String> all = new TreeMap<>(more);
        all.putAll(versions);
        Map<String, String> said = new TreeMap<>(moreDetails);
        said.putAll(details);
        return new Before(changedBy, action, isOpen, all, said);
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
