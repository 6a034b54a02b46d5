package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one item stands after a run, with everything that explains it. Immutable and thread-safe; contains no secret
 * that the run knew of.
 */
public final class ItemResult {

    private final String list;
    private final String id;
    private final String sentence;
    private final Item.Kind kind;
    private final boolean required;
    private final Status status;
    private final String why;
    private final List<Fact> facts;
    private final int attempts;
    private final @Nullable Instant startedAt;
    private final Duration took;
    private final String because;
    private final Set<String> tags;
    private final @Nullable String owner;
    private final @Nullable String due;
    private final List<String> blockedBy;
    private final boolean blockedByFailure;
    private final boolean notYetDue;
    private final @Nullable String elsewhere;
    private final @Nullable String digest;

    ItemResult(Draft draft) {
        this.list = draft.list;
        this.id = draft.id;
        this.sentence = draft.sentence;
        this.kind = draft.kind;
        this.required = draft.required;
        this.status = draft.status;
        this.why = draft.why;
        this.facts = List.copyOf(draft.facts);
        this.attempts = draft.attempts;
        this.startedAt = draft.startedAt;
        this.took = draft.took;
        this.because = draft.because;
        this.tags = draft.tags;
        this.owner = draft.owner;
        this.due = draft.due;
        this.blockedBy = List.copyOf(draft.blockedBy);
        this.blockedByFailure = draft.blockedByFailure;
        // only what waits can wait for its time: a report read from JSON hides no failure behind it
        this.notYetDue = draft.notYetDue && draft.status == Status.PENDING;
        this.elsewhere = draft.status == Status.PENDING ? draft.elsewhere : null;
        this.digest = draft.digest;
    }

    /** A result while it is being put together. */
    static final class Draft {
        String list = "";
        String id;
        String sentence;
        Item.Kind kind = Item.Kind.CHECK;
        boolean required = true;
        Status status = Status.UNKNOWN;
        String why = "";
        List<Fact> facts = List.of();
        int attempts;

        @Nullable
        Instant startedAt;

        Duration took = Duration.ZERO;
        String because = "";
        Set<String> tags = Set.of();

        @Nullable
        String owner;

        @Nullable
        String due;

        List<String> blockedBy = List.of();
        boolean blockedByFailure;
        boolean notYetDue;

        @Nullable
        String elsewhere;

        @Nullable
        String digest;

        Draft(String id, String sentence) {
            this.id = id;
            this.sentence = sentence;
        }

        Draft(ItemResult result) {
            this(result.id, result.sentence);
            list = result.list;
            kind = result.kind;
            required = result.required;
            status = result.status;
            why = result.why;
            facts = result.facts;
            attempts = result.attempts;
            startedAt = result.startedAt;
            took = result.took;
            because = result.because;
            tags = result.tags;
            owner = result.owner;
            due = result.due;
            blockedBy = result.blockedBy;
            blockedByFailure = result.blockedByFailure;
            notYetDue = result.notYetDue;
            elsewhere = result.elsewhere;
            digest = result.digest;
        }
    }

    /**
     * The list that the item belongs to.
     *
     * @return the name of the list
     */
    public String list() {
        return list;
    }

    /**
     * What the item is called in its list.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * What was asked.
     *
     * @return a sentence
     */
    public String sentence() {
        return sentence;
    }

    /**
     * What kind of question it was.
     *
     * @return the kind
     */
    public Item.Kind kind() {
        return kind;
    }

    /**
     * Whether it must hold, rather than should.
     *
     * @return whether it is required
     */
    public boolean isRequired() {
        return required;
    }

    /**
     * Where it stands.
     *
     * @return the status
     */
    public Status status() {
        return status;
    }

    /**
     * Why it stands there.
     *
     * @return a sentence without a full stop, blank only for a plain pass
     */
    public String why() {
        return why;
    }

    /**
     * What was seen.
     *
     * @return the facts
     */
    public List<Fact> facts() {
        return facts;
    }

    /**
     * How often it was examined.
     *
     * @return the number of attempts, 0 if there was none
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Whether it passed only after a failed attempt.
     *
     * @return whether an attempt before the last one was not good, though the last one was
     */
    public boolean isFlaky() {
        return (status == Status.PASSED || status == Status.WARNED)
                && facts.stream().anyMatch(fact -> fact.name().equals(Run.EARLIER));
    }

    /**
     * When the first attempt began.
     *
     * @return the instant, empty if it was not examined
     */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /**
     * How long it took from the first attempt to the result, pauses included.
     *
     * @return the duration, zero if it was not examined
     */
    public Duration took() {
        return took;
    }

    /**
     * Why the item is in the list.
     *
     * @return the reason, blank if none was given
     */
    public String because() {
        return because;
    }

    /**
     * Words to select by.
     *
     * @return the tags
     */
    public Set<String> tags() {
        return tags;
    }

    /**
     * The role that sees to it.
     *
     * @return the role, empty if none was named
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * When it is due, as an offset such as {@code T-7d}.
     *
     * @return the offset, empty if it always is
     */
    public Optional<String> due() {
        return Optional.ofNullable(due);
    }

    /**
     * The root causes of a blocked item.
     *
     * @return the ids of the items that did not pass, empty unless blocked
     */
    public List<String> blockedBy() {
        return blockedBy;
    }

    /**
     * Whether a root cause of a blocked item failed, rather than being unknown or pending.
     *
     * @return whether it is blocked by a failure
     */
    public boolean isBlockedByFailure() {
        return blockedByFailure;
    }

    /**
     * Whether it is pending because its time has not come.
     *
     * @return whether it leaves the verdict alone for now
     */
    public boolean isNotYetDue() {
        return notYetDue;
    }

    /**
     * Whether it is pending because it must be examined from another place.
     *
     * @return the vantage point it waits for, empty otherwise
     */
    public Optional<String> elsewhere() {
        return Optional.ofNullable(elsewhere);
    }

    /**
     * What an answer to this confirmation or approval must quote.
     *
     * @return the digest, empty for what people do not answer
     */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    /**
     * The fact with a name.
     *
     * @param name the name
     * @return what was found, empty if there is no such fact
     */
    public Optional<String> fact(String name) {
        Arguments.given(name, "name");
        return facts.stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::found)
                .findFirst();
    }

    @Override
    public String toString() {
        return status + " " + id + ": " + sentence + (why.isBlank() ? "" : " - " + why);
    }
}
