package dev.golive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A launched part (a frontend, a backend, a worker) that a provider can put live and take back.
 *
 * <p>What a provider implements sits behind {@link #driver()}, so that a user's completion list shows what a user needs.
 * Immutable and thread-safe.
 */
public interface Component {

    /**
     * What people call it.
     *
     * @return the name, the same as {@link Release#component()} of its releases
     */
    String name();

    /**
     * What the engine of a launch talks to.
     *
     * @return the driver, thread-safe
     */
    Driver driver();

    /** How a launch finds out about a component and takes it back. Its methods may block and throw like a check. */
    interface Driver {

        /**
         * What actually runs, not what is configured to run.
         *
         * @param context everything the driver may use
         * @return the live release, empty if nothing is live
         * @throws Exception if it could not be found out
         */
        Optional<Release> live(CheckContext context) throws Exception;

        /**
         * What was live before that. A launch that deploys the component goes back to what was live when it was armed;
         * this is asked by one that only watches what was deployed already.
         *
         * @param context everything the driver may use
         * @return the release before the live one, empty if there is none
         * @throws Exception if it could not be found out
         */
        Optional<Release> previous(CheckContext context) throws Exception;

        /**
         * Whether a release can still be brought back: its image and its configuration exist.
         *
         * @param release the frozen release
         * @param context everything the driver may use
         * @return passed if it can, failed if it is gone, unknown if it could not be found out or if the platform says
         *     no only because the release is live
         * @throws Exception counts as unknown
         */
        Outcome available(Release release, CheckContext context) throws Exception;

        /**
         * What would undo a rollback: deployment on push, a branch trigger, automatic assignment of names.
         *
         * @param context everything the driver may use
         * @return a sentence for each, empty if there is nothing
         * @throws Exception if it could not be found out
         */
        List<String> holds(CheckContext context) throws Exception;

        /**
         * The action that brings a release back.
         *
         * @param frozen the concrete release
         * @return the action; alternatives for the case that the short way is closed are given by {@link Action#oneOf}
         */
        Action backTo(Release frozen);

        /**
         * Until when the platform keeps what is needed to bring a release back.
         *
         * @param release the frozen release
         * @param context everything the driver may use
         * @return the instant, empty if there is no such limit or none is known
         * @throws Exception if it could not be found out
         */
        default Optional<Instant> keptUntil(Release release, CheckContext context) throws Exception {
            return Optional.empty();
        }

        /**
         * How long the platform keeps what is needed to bring a release back once another has taken its place. It is asked
         * about a live release for which {@link #keptUntil} names no instant.
         *
         * @param context everything the driver may use
         * @return the time, empty if there is no such limit or none is known
         * @throws Exception if it could not be found out
         */
        default Optional<Duration> keptOnceReplaced(CheckContext context) throws Exception {
            return Optional.empty();
        }

        /**
         * How long bringing a release back takes by experience or by the platform's word.
         *
         * @return the time, empty if none is known
         */
        default Optional<Duration> rollbackTakes() {
            return Optional.empty();
        }

        /**
         * What a person types or clicks to take the component back without this program.
         *
         * @param frozen the concrete release
         * @return the command or the path in the provider's console, without secrets
         */
        String byHand(Release frozen);

        /**
         * What must be allowed at the provider for reading and for taking back.
         *
         * @return the permissions needed
         */
        default Set<Permission> permissions() {
            return Set.of();
        }

        /**
         * The hosts and accounts that are touched.
         *
         * @return what is touched
         */
        default Set<Subject> touches() {
            return Set.of();
        }

        /**
         * The secrets that are revealed.
         *
         * @return the secrets needed
         */
        default Set<Secret> secrets() {
            return Set.of();
        }
    }
}
