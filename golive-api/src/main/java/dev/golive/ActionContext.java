package dev.golive;

import java.util.Optional;

/** Everything that an action, a channel or a component may use: what checks may use, and what makes repeating safe. */
public interface ActionContext extends CheckContext {

    /**
     * The key under which the platform recognises a repeated request as the same one. It stays the same for all
     * attempts of an action of one launch, also after a crash.
     *
     * @return the key, at most 36 letters, digits and hyphens
     */
    String idempotencyKey();

    /**
     * What {@link Action#apply} returned before, so that observing can ask for the operation by its id.
     *
     * @return the newest receipt of this action in this launch, also from before a crash
     */
    Optional<Receipt> receipt();

    /**
     * What this launch itself put live, or found live if it deploys nothing and only watches. Somebody else acted if
     * something is live that is neither this nor the target; the age of a deployment says nothing about that.
     *
     * @param component the name of the component
     * @return the release that this launch's own deployment yielded, or that it watches, if there is one
     */
    Optional<Release> launched(String component);
}
