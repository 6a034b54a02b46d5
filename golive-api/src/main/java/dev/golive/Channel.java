package dev.golive;

import java.util.Set;

/**
 * A place where announcements go: a chat room, a status page, a mailing list. Announcements are best effort; a channel
 * that is down never holds anything up. Immutable and thread-safe.
 */
public interface Channel {

    /**
     * What people call it.
     *
     * @return the name, for example {@code #launch}
     */
    String name();

    /**
     * Posts a text. May be called again with the same {@link ActionContext#idempotencyKey()} if it is not known whether
     * it was posted; a channel that can recognise the key posts once.
     *
     * @param text the text, redacted
     * @param context everything the channel may use
     * @return what the channel answered
     * @throws Exception if it could not be posted; it is tried again later
     */
    Receipt post(String text, ActionContext context) throws Exception;

    /**
     * What must be allowed at a provider.
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
