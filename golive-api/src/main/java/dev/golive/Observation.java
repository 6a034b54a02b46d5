package dev.golive;

import dev.golive.internal.Arguments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the world stands with regard to the target of an {@link Action}. Immutable.
 *
 * @param state how far it is
 * @param found what was there, in words for people
 * @param release what a {@link Deploy} has put live, or {@code null} if it is not known (yet)
 */
public record Observation(
        State state, String found, @Nullable Release release) {

    /** How far the world is. */
    public enum State {
        /** It is as the action wants it. */
        AT_TARGET,
        /** The platform is working on it, or on something else that has to end first. */
        UNDER_WAY,
        /** It is as it was before the action. */
        NOT_AT_TARGET,
        /** It is neither at the target nor where this launch left it: somebody else acted. A person decides. */
        SOMEWHERE_ELSE,
        /** It cannot be brought to the target: the image is gone, the deployment failed, the permission is missing. */
        REFUSED,
        /** It could not be found out. */
        UNKNOWN
    }

    /**
     * Refuses missing parts.
     *
     * @param state how far it is
     * @param found what was there, in words for people
     * @param release what a {@link Deploy} has put live, or {@code null} if it is not known (yet)
     */
    public Observation {
        Arguments.given(state, "state");
        Arguments.text(found, "found");
    }

    /**
     * It is as the action wants it.
     *
     * @param found what was there
     * @return the observation
     */
    public static Observation atTarget(String found) {
        return new Observation(State.AT_TARGET, found, null);
    }

    /**
     * The platform is working on it.
     *
     * @param found what was there
     * @return the observation
     */
    public static Observation underWay(String found) {
        return new Observation(State.UNDER_WAY, found, null);
    }

    /**
     * It is as it was before the action.
     *
     * @param found what was there
     * @return the observation
     */
    public static Observation notAtTarget(String found) {
        return new Observation(State.NOT_AT_TARGET, found, null);
    }

    /**
     * Somebody else acted.
     *
     * @param found what was there
     * @return the observation
     */
    public static Observation somewhereElse(String found) {
        return new Observation(State.SOMEWHERE_ELSE, found, null);
    }

    /**
     * It cannot be brought to the target.
     *
     * @param found why
     * @return the observation
     */
    public static Observation refused(String found) {
        return new Observation(State.REFUSED, found, null);
    }

    /**
     * It could not be found out.
     *
     * @param found why
     * @return the observation
     */
    public static Observation unknown(String found) {
        return new Observation(State.UNKNOWN, found, null);
    }

    /**
     * The same, of a deployment that has put a release live.
     *
     * @param live what is live now
     * @return the new observation
     */
    public Observation yielding(Release live) {
        return new Observation(state, found, Arguments.given(live, "live"));
    }

    /**
     * What a deployment has put live.
     *
     * @return the release, if it is known
     */
    public Optional<Release> yielded() {
        return Optional.ofNullable(release);
    }
}
