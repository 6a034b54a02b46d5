package dev.golive;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked: an item's sentence, and the digest of everything that an answer to it would cover. Immutable.
 *
 * <p>For a confirmation the digest covers the item, the environment and the release. For an approval it covers the
 * whole checklist, the environment, the release, every item that is not in order and every waiver, so that any change
 * of those makes the approval stale.
 */
public final class Question {

    private final String itemId;
    private final String sentence;
    private final String digest;
    private final boolean approval;

    Question(String itemId, String sentence, String digest, boolean approval) {
        this.itemId = itemId;
        this.sentence = sentence;
        this.digest = digest;
        this.approval = approval;
    }

    /**
     * The item that asks.
     *
     * @return its id
     */
    public String itemId() {
        return itemId;
    }

    /**
     * What is asked.
     *
     * @return a sentence
     */
    public String sentence() {
        return sentence;
    }

    /**
     * What an answer must quote to count.
     *
     * @return 32 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /**
     * Whether a role is asked to sign, rather than a person to confirm.
     *
     * @return {@code true} for an approval
     */
    public boolean isApproval() {
        return approval;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Question q && q.itemId.equals(itemId) && q.digest.equals(digest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(itemId, digest);
    }

    @Override
    public String toString() {
        return itemId + ": " + sentence + " [" + digest + "]";
    }
}
