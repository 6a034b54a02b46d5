package dev.golive.railway;

import dev.golive.provider.Given;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A plan of Railway: it says how long the image of a deployment is kept after another has taken its place, and so until
 * when a rollback need not build.
 *
 * @see <a href="https://docs.railway.com/reference/deployments">Deployments, image retention</a>
 */
public enum RailwayPlan {
    /** The plan that costs nothing: 24 hours. */
    FREE(24),
    /** The trial: 24 hours. */
    TRIAL(24),
    /** The plan for one person: 72 hours. */
    HOBBY(72),
    /** The plan for teams: 120 hours. */
    PRO(120),
    /** The plan by contract: 360 hours. */
    ENTERPRISE(360);

    private final Duration keepsImages;

    RailwayPlan(int hours) {
        this.keepsImages = Duration.ofHours(hours);
    }

    /**
     * How long an image is kept after its deployment was removed.
     *
     * @return the time
     */
    public Duration keepsImages() {
        return keepsImages;
    }

    /** What Railway calls it; empty for a plan that golive has not heard of. */
    static Optional<RailwayPlan> named(String name) {
        for (RailwayPlan plan : values()) {
            if (plan.name().equals(Given.notNull(name, "name").toUpperCase(Locale.ROOT))) {
                return Optional.of(plan);
            }
        }
        return Optional.empty();
    }
}
