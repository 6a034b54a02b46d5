package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.Objects;

/**
 * A deployment of a service in {@link FakeRailway}, as it is at the moment of asking. Immutable.
 *
 * @param id its id
 * @param status its status, for example {@code SUCCESS}
 * @param commit the commit that it deploys, empty if it deploys an image that was built elsewhere
 * @param image the image that it deploys, empty if Railway builds it
 * @param digest the digest of what it runs, empty if there is none
 * @param createdAt when it was created
 */
public record RailwayDeployment(
        String id, String status, String commit, String image, String digest, Instant createdAt) {

    /**
     * Refuses missing parts.
     *
     * @param id its id
     * @param status its status, for example {@code SUCCESS}
     * @param commit the commit that it deploys, empty if it deploys an image that was built elsewhere
     * @param image the image that it deploys, empty if Railway builds it
     * @param digest the digest of what it runs, empty if there is none
     * @param createdAt when it was created
     */
    public RailwayDeployment {
        Objects.requireNonNull(id, "id must not be null");
        Objects.requireNonNull(status, "status must not be null");
        Objects.requireNonNull(commit, "commit must not be null");
        Objects.requireNonNull(image, "image must not be null");
        Objects.requireNonNull(digest, "digest must not be null");
        Objects.requireNonNull(createdAt, "createdAt must not be null");
    }
}
