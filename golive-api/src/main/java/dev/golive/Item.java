package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.internal.Ids;
import dev.golive.time.Offset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list: what is asked, under which id, why, after what, and whose it is.
 *
 * <p>An id is given with {@link #as} or derived from the sentence. Whatever is referred to (by a waiver, an answer or
 * {@link #after}) needs an explicit one. Immutable and thread-safe.
 */
public final class Item {

    /** What kind of question an item asks. */
    public enum Kind {
        /** A read-only question, answered by looking. */
        CHECK,
        /** A question answered by writing test data. */
        TRIAL,
        /** A person says so. */
        CONFIRMATION,
        /** A role signs. */
        APPROVAL,
        /** What other items need: examined once, however many need it. */
        PRECONDITION
    }

    private final String id;
    private final boolean explicitId;
    private final Kind kind;
    private final Object asks;
    private final String because;
    private final List<String> after;
    private final @Nullable Check onlyIf;
    private final @Nullable String from;
    private final Set<String> tags;
    private final @Nullable String owner;
    private final @Nullable Offset due;
    private final @Nullable Action until;
    private final boolean waivable;
    private final @Nullable Duration freshFor;

    private Item(Draft draft) {
        this.id = draft.id;
        this.explicitId = draft.explicitId;
        this.kind = draft.kind;
        this.asks = draft.asks;
        this.because = draft.because;
        this.after = draft.after;
        this.onlyIf = draft.onlyIf;
        this.from = draft.from;
        this.tags = draft.tags;
        this.owner = draft.owner;
        this.due = draft.due;
        this.until = draft.until;
        this.waivable = draft.waivable;
        this.freshFor = draft.freshFor;
    }

    /** An item while one of its options is being changed. */
    private static final class Draft {
        private String id;
        private boolean explicitId;
        private final Kind kind;
        private final Object asks;
        private String because = "";
        private List<String> after = List.of();
        private @Nullable Check onlyIf;
        private @Nullable String from;
        private Set<String> tags = Set.of();
        private @Nullable String owner;
        private @Nullable Offset due;
        private @Nullable Action until;
        private boolean waivable = true;
        private @Nullable Duration freshFor;

        Draft(String id, boolean explicitId, Kind kind, Object asks) {
            this.id = id;
            this.explicitId = explicitId;
            this.kind = kind;
            this.asks = asks;
        }

        Draft(Item item) {
            this(item.id, item.explicitId, item.kind, item.asks);
            because = item.because;
            after = item.after;
            onlyIf = item.onlyIf;
            from = item.from;
            tags = item.tags;
            owner = item.owner;
            due = item.due;
            until = item.until;
            waivable = item.waivable;
            freshFor = item.freshFor;
        }
    }

    /**
     * A check under an id derived from its sentence.
     *
     * @param check the check
     * @return the item
     */
    public static Item of(Check check) {
        String sentence = Arguments.text(Arguments.given(check, "check").sentence(), "the sentence of check");
        return new Item(new Draft(Ids.from(sentence), false, Kind.CHECK, check));
    }

    /**
     * A check under an id of its own.
     *
     * @param id what waivers, answers and other items call it
     * @param check the check
     * @return the item
     */
    public static Item of(String id, Check check) {
        Arguments.text(id, "id");
        return of(check).as(id);
    }

    static Item trial(String id, Trial trial, Duration freshFor) {
        Arguments.text(trial.sentence(), "the sentence of trial");
        Arguments.text(trial.writes(), "what the trial writes");
        return carriedOver(id, Kind.TRIAL, trial, freshFor);
    }

    static Item confirmation(String id, Confirmation confirmation, Duration freshFor) {
        return carriedOver(id, Kind.CONFIRMATION, confirmation, freshFor);
    }

    static Item approval(String id, Approval approval, Duration freshFor) {
        return carriedOver(id, Kind.APPROVAL, approval, freshFor);
    }

    private static Item carriedOver(String id, Kind kind, Object asks, Duration freshFor) {
        Draft draft = new Draft(id, true, kind, asks);
        draft.freshFor = freshFor;
        return new Item(draft);
    }

    /**
     * The same under another id.
     *
     * @param newId what waivers, answers and other items call it
     * @return the new item
     */
    public Item as(String newId) {
        Draft draft = new Draft(this);
        draft.id = Arguments.text(newId, "newId").strip();
        draft.explicitId = true;
        return new Item(draft);
    }

    /**
     * The same with the reason why it is in the list.
     *
     * @param reason why it matters
     * @return the new item
     */
    public Item because(String reason) {
        Draft draft = new Draft(this);
        draft.because = Arguments.text(reason, "reason");
        return new Item(draft);
    }

    /**
     * The same, examined only after others have passed, warned, been waived or turned out not to apply; if one of them
     * comes to anything else, this item is blocked by it.
     *
     * @param first an item with an explicit id, in the same list
     * @param more further ones
     * @return the new item
     */
    public Item after(Item first, Item... more) {
        Set<String> ids = new LinkedHashSet<>(after);
        ids.add(referable(first, "first"));
        for (Item one : Arguments.all(more, "more")) {
            ids.add(referable(one, "more"));
        }
        Draft draft = new Draft(this);
        draft.after = List.copyOf(ids);
        return new Item(draft);
    }

    /**
     * The same, applying only where a condition passes. A condition that fails makes the item not applicable, with the
     * condition's reason; one that cannot be evaluated makes it unknown.
     *
     * @param condition the condition
     * @return the new item
     */
    public Item onlyIf(Check condition) {
        Draft draft = new Draft(this);
        draft.onlyIf = Arguments.given(condition, "condition");
        return new Item(draft);
    }

    /**
     * The same, to be examined from a named place only, such as inside a private network; elsewhere it is pending.
     *
     * @param vantagePoint the name of the place, see {@link GoLive.Builder#vantagePoint}
     * @return the new item
     */
    public Item from(String vantagePoint) {
        Draft draft = new Draft(this);
        draft.from = Arguments.text(vantagePoint, "vantagePoint");
        return new Item(draft);
    }

    /**
     * The same with more tags.
     *
     * @param tags words to select by
     * @return the new item
     */
    public Item tagged(String... tags) {
        Draft draft = new Draft(this);
        draft.tags = Arguments.tags(this.tags, tags);
        return new Item(draft);
    }

    /**
     * The same with the role that sees to it, and that therefore cannot waive it.
     *
     * @param role the role
     * @return the new item
     */
    public Item ownedBy(String role) {
        Draft draft = new Draft(this);
        draft.owner = Arguments.text(role, "role");
        return new Item(draft);
    }

    /**
     * The same with the time from which it counts. Before it, in a run that {@linkplain GoLive.Builder#launchAt knows
     * the launch}, the item is pending and "not yet due", and does not touch the verdict.
     *
     * @param offset when it is due
     * @return the new item
     */
    public Item due(Offset offset) {
        Draft draft = new Draft(this);
        draft.due = Arguments.given(offset, "offset");
        return new Item(draft);
    }

    /**
     * The same, which makes sense only once an action of the launch was performed: until then it is pending and "not
     * yet due", and does not touch the verdict.
     *
     * @param action what must have been done
     * @return the new item
     */
    public Item until(Action action) {
        Draft draft = new Draft(this);
        draft.until = Arguments.given(action, "action");
        return new Item(draft);
    }

    /**
     * The same, which no waiver can help.
     *
     * @return the new item
     */
    public Item notWaivable() {
        Draft draft = new Draft(this);
        draft.waivable = false;
        return new Item(draft);
    }

    private static String referable(Item item, String name) {
        if (!Arguments.given(item, name).explicitId) {
            throw new IllegalArgumentException(name + " must have an explicit id to be referred to, give it one with"
                    + " as(\"...\"): " + item.sentence());
        }
        return item.id;
    }

    /**
     * What the item is called.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Whether the id was given and not derived.
     *
     * @return whether the item can be referred to
     */
    public boolean hasExplicitId() {
        return explicitId;
    }

    /**
     * What kind of question it asks.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * What is asked.
     *
     * @return a sentence
     */
    public String sentence() {
        if (asks instanceof Check check) {
            return check.sentence();
        }
        if (asks instanceof Trial trial) {
            return trial.sentence();
        }
        return asks instanceof Confirmation confirmation ? confirmation.question() : ((Approval) asks).sentence();
    }

    /**
     * Why it is in the list.
     *
     * @return the reason, blank if none was given
     */
    public String because() {
        return because;
    }

    /**
     * The ids of what it comes after.
     *
     * @return the ids
     */
    public List<String> after() {
        return after;
    }

    /**
     * The place it must be examined from.
     *
     * @return the vantage point, empty for any
     */
    public Optional<String> from() {
        return Optional.ofNullable(from);
    }

    /**
     * Words to select by.
     *
     * @return the tags in the order in which they were given
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
     * When it is due.
     *
     * @return the offset, empty if it always is
     */
    public Optional<Offset> due() {
        return Optional.ofNullable(due);
    }

    /**
     * What must have been done before it makes sense.
     *
     * @return the action, if there is one
     */
    public Optional<Action> until() {
        return Optional.ofNullable(until);
    }

    /**
     * Whether a waiver can help it.
     *
     * @return {@code true} unless {@link #notWaivable()}
     */
    public boolean isWaivable() {
        return waivable;
    }

    /**
     * For how long a result that is carried over is good.
     *
     * @return the limit, empty for a check
     */
    public Optional<Duration> freshFor() {
        return Optional.ofNullable(freshFor);
    }

    /**
     * The check it asks.
     *
     * @return the check, empty for the other kinds
     */
    public Optional<Check> check() {
        return asks instanceof Check check ? Optional.of(check) : Optional.empty();
    }

    /**
     * The trial it performs.
     *
     * @return the trial, empty for the other kinds
     */
    public Optional<Trial> trial() {
        return asks instanceof Trial trial ? Optional.of(trial) : Optional.empty();
    }

    /**
     * The condition under which it applies.
     *
     * @return the condition, empty if it always does
     */
    public Optional<Check> condition() {
        return Optional.ofNullable(onlyIf);
    }

    /**
     * The values of earlier items that it reads.
     *
     * @return the captures read
     */
    public Set<Capture<?>> reads() {
        List<Capture<?>> all = new ArrayList<>();
        check().ifPresent(check -> all.addAll(check.reads()));
        trial().ifPresent(trial -> all.addAll(trial.reads()));
        condition().ifPresent(condition -> all.addAll(condition.reads()));
        return Collections.unmodifiableSet(new LinkedHashSet<>(all));
    }

    /**
     * The values that it captures for later items.
     *
     * @return the captures written
     */
    public Set<Capture<?>> captures() {
        return asks instanceof Check check ? check.writes() : asks instanceof Trial trial ? trial.captures() : Set.of();
    }

    /**
     * The role that approves it.
     *
     * @return the role, empty for what is no approval
     */
    public Optional<String> approver() {
        return asks instanceof Approval approval ? Optional.of(approval.role()) : Optional.empty();
    }

    Approval approval() {
        return (Approval) asks;
    }

    /**
     * The sentence with its id.
     *
     * @return for example {@code C12: the database is available}
     */
    @Override
    public String toString() {
        return id + ": " + sentence();
    }
}
