package dev.golive;

import dev.golive.internal.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * One concrete version of a launched component. Evidence is bound to it: what was found for one release says nothing
 * about another.
 *
 * @param component the name of the component, for example {@code web}
 * @param id the platform's id of the version, for example a deployment id or a tag
 * @param commit the commit it was built from, or {@code null} where that is not known
 * @param digest the digest of its image, for example {@code sha256:...}, or {@code null} where that is not known
 */
public record Release(
        String component,
        String id,
        @Nullable String commit,
        @Nullable String digest) {

    /**
     * Refuses blank names.
     *
     * @param component the name of the component, for example {@code web}
     * @param id the platform's id of the version, for example a deployment id or a tag
     * @param commit the commit it was built from, or {@code null} where that is not known
     * @param digest the digest of its image, for example {@code sha256:...}, or {@code null} where that is not known
     */
    public Release {
        Arguments.text(component, "component");
        Arguments.text(id, "id");
    }

    /**
     * A release known by its id alone.
     *
     * @param component the name of the component
     * @param id the platform's id of the version
     * @return the release
     */
    public static Release of(String component, String id) {
        return new Release(component, id, null, null);
    }

    @Override
    public String toString() {
        return component + " " + id;
    }
}
