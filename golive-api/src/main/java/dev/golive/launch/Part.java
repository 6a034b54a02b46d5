package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Item;
import dev.golive.internal.Arguments;
import dev.golive.rollback.Trigger;
import dev.golive.time.Offset;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing of a {@link LaunchPlan}: an item of a list, an action, a message, a probe, a trigger. For whoever wants to
 * look at a plan instead of carrying it out: which line of a runbook became what, which checks there are, what would be
 * done.
 *
 * <p>Immutable and thread-safe.
 */
public final class Part {

    /** What a part is. */
    public enum Kind {
        /** The plan as a whole: its roles, its windows, who decides. */
        PLAN,
        /** A point in time at which something is done. */
        MOMENT,
        /** Something that is examined. */
        CHECK,
        /** Something that is tried out, with an effect. */
        TRIAL,
        /** Something that a person says. */
        CONFIRMATION,
        /** Something that a person signs. */
        APPROVAL,
        /** Something that is done. */
        ACTION,
        /** Something that is put live. */
        DEPLOYMENT,
        /** The proof that what was deployed is what is served. */
        IDENTITY,
        /** Something that is posted. */
        ANNOUNCEMENT,
        /** The watch as a whole: when it looks, and for how long. */
        WATCH,
        /** Something that is examined again and again. */
        PROBE,
        /** A statement about what is measured whose truth has a consequence. */
        TRIGGER,
        /** A code that people report and that has a consequence. */
        REPORT,
        /** The rollback as a whole. */
        ROLLBACK,
        /** What must pass for a rollback to count. */
        VERIFICATION,
        /** Something that people do after a rollback. */
        FOLLOW_UP
    }

    /** When a part has its turn. */
    public enum Phase {
        /** Before anything is deployed; without a deployment, before the first action. */
        BEFORE,
        /** From the first deployment on, until the last moment that belongs to launching. */
        LAUNCH,
        /** Afterwards. */
        WATCH,
        /** When the launch is taken back. */
        ROLLBACK
    }

    private final Kind kind;
    private final Phase phase;
    private final String id;
    private final String sentence;
    private final Set<String> tags;
    private final @Nullable Offset offset;
    private final @Nullable Checklist list;
    private final @Nullable Item item;
    private final @Nullable Check check;
    private final @Nullable Action action;
    private final @Nullable Trigger trigger;
    private final boolean gate;

    Part(Draft draft) {
        this.kind = draft.kind;
        this.phase = draft.phase;
        this.id = draft.id;
        this.sentence = draft.sentence;
        this.tags = Arguments.tags(draft.tags);
        this.offset = draft.offset;
        this.list = draft.list;
        this.item = draft.item;
        this.check = draft.check;
        this.action = draft.action;
        this.trigger = draft.trigger;
        this.gate = draft.gate;
    }

    /** A part that is being put together. */
    static final class Draft {

        private final Kind kind;
        private final Phase phase;
        private final String id;
        private final String sentence;
        private final Set<String> tags;
        private @Nullable Offset offset;
        private @Nullable Checklist list;
        private @Nullable Item item;
        private @Nullable Check check;
        private @Nullable Action action;
        private @Nullable Trigger trigger;
        private boolean gate;

        Draft(Kind kind, Phase phase, String id, String sentence, Set<String> tags) {
            this.kind = kind;
            this.phase = phase;
            this.id = id;
            this.sentence = sentence;
            this.tags = tags;
        }

        Draft at(Offset at) {
            offset = at;
            return this;
        }

        Draft of(Checklist of, boolean isGate) {
            list = of;
            gate = isGate;
            return this;
        }

        Draft item(Item one) {
            item = one;
            check = one.check().orElse(null);
            return this;
        }

        Draft check(Check one) {
            check = one;
            return this;
        }

        Draft action(Action one) {
            action = one;
            return this;
        }

        Draft trigger(Trigger one) {
            trigger = one;
            return this;
        }
    }

    /**
     * What it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * When it has its turn.
     *
     * @return the phase
     */
    public Phase phase() {
        return phase;
    }

    /**
     * What journals and reports call it.
     *
     * @return the id, one of a kind among the parts of its kind and phase unless the plan names something twice
     */
    public String id() {
        return id;
    }

    /**
     * What it is about.
     *
     * @return a sentence without a full stop
     */
    public String sentence() {
        return sentence;
    }

    /**
     * Words to select by; those of an item and of the moment that it belongs to stay apart.
     *
     * @return the tags in the order in which they were given
     */
    public Set<String> tags() {
        return tags;
    }

    /**
     * When it is due.
     *
     * @return the offset of its moment, empty outside of moments
     */
    public Optional<Offset> offset() {
        return Optional.ofNullable(offset);
    }

    /**
     * The list that it is an item of.
     *
     * @return the list, empty unless it is an item
     */
    public Optional<Checklist> list() {
        return Optional.ofNullable(list);
    }

    /**
     * Whether it is an item of a gate.
     *
     * @return whether nothing goes on unless its list is in order
     */
    public boolean isOfGate() {
        return gate;
    }

    /**
     * The item that it is.
     *
     * @return the item, empty unless it is one of a list or of the verification of a rollback
     */
    public Optional<Item> item() {
        return Optional.ofNullable(item);
    }

    /**
     * What is examined.
     *
     * @return the check of an item, a probe or an identity, empty otherwise
     */
    public Optional<Check> check() {
        return Optional.ofNullable(check);
    }

    /**
     * What is done.
     *
     * @return the action, empty unless it is one
     */
    public Optional<Action> action() {
        return Optional.ofNullable(action);
    }

    /**
     * The statement that has a consequence.
     *
     * @return the trigger, empty unless it is one
     */
    public Optional<Trigger> trigger() {
        return Optional.ofNullable(trigger);
    }

    /**
     * Why it is there.
     *
     * @return the reason of an item, blank unless one was given
     */
    public String because() {
        return item == null ? "" : item.because();
    }

    @Override
    public String toString() {
        return kind + " " + id + ": " + sentence;
    }
}
