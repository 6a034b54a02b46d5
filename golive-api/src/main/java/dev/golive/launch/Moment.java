package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.internal.Arguments;
import dev.golive.time.Offset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A point of the plan: when it is due, what is then done one after the other, and whose it is.
 *
 * <pre>{@code
 * Moment.at(T).then(deploy).identity(deploy, served).gate(smoke).announce(room, "The shop is open")
 * }</pre>
 *
 * <ul>
 *   <li>{@link #check}: a list is examined. What is not in order does not hold up the moment, but every action and gate
 *       after it.
 *   <li>{@link #then}: actions are performed, side by side, once a person has decided and every list before is in order.
 *   <li>{@link #identity}: a check proves that what was deployed is what is served.
 *   <li>{@link #gate}: nothing goes on unless the list is in order; everything read-only of earlier moments is examined
 *       again with it.
 *   <li>{@link #announce}: a message is posted, best effort.
 * </ul>
 *
 * <p>Steps are carried out in the order in which they are given. Immutable and thread-safe.
 */
public final class Moment {

    /** One thing to do. */
    sealed interface Step {

        /** What it performs; nothing unless it performs. */
        default List<Action> actions() {
            return List.of();
        }

        /** A list that is examined. */
        record Examine(Checklist list) implements Step {}

        /** Actions that are performed side by side. */
        record Perform(List<Action> actions) implements Step {}

        /** A proof that what was deployed is served. */
        record Identity(Deploy of, Check served) implements Step {}

        /** A list without which nothing goes on. */
        record Gate(Checklist list) implements Step {}

        /** A message. */
        record Announce(Announcement announcement) implements Step {}
    }

    private final Offset offset;
    private final String name;
    private final List<Step> steps;
    private final @Nullable String owner;
    private final Ending ending;
    private final String lost;
    private final boolean pointOfNoReturn;
    private final Set<String> tags;

    private Moment(
            Offset offset,
            String name,
            List<Step> steps,
            @Nullable String owner,
            Ending ending,
            String lost,
            boolean pointOfNoReturn,
            Set<String> tags) {
        this.offset = offset;
        this.name = name;
        this.steps = steps;
        this.owner = owner;
        this.ending = ending;
        this.lost = lost;
        this.pointOfNoReturn = pointOfNoReturn;
        this.tags = tags;
    }

    /**
     * A moment without steps so far.
     *
     * @param offset when it is due
     * @return the moment
     */
    public static Moment at(Offset offset) {
        return new Moment(
                Arguments.given(offset, "offset"), offset.toString(), List.of(), null, Ending.ASK, "", false, Set.of());
    }

    /**
     * The same under a name for people.
     *
     * @param text for example {@code switch the traffic}
     * @return the new moment
     */
    public Moment named(String text) {
        return new Moment(offset, Arguments.text(text, "text"), steps, owner, ending, lost, pointOfNoReturn, tags);
    }

    /**
     * The same, and then a list is examined.
     *
     * @param list the list
     * @return the new moment
     */
    public Moment check(Checklist list) {
        return and(new Step.Examine(Arguments.given(list, "list")));
    }

    /**
     * The same, and then actions are performed side by side.
     *
     * @param next an action
     * @param alongside others at the same time
     * @return the new moment
     */
    public Moment then(Action next, Action... alongside) {
        List<Action> actions = new ArrayList<>();
        actions.add(Arguments.given(next, "next"));
        actions.addAll(Arguments.all(alongside, "alongside"));
        return and(new Step.Perform(List.copyOf(actions)));
    }

    /**
     * The same, and then a check proves that what was deployed is served, not a copy in a cache and not its
     * predecessor. Until it has passed, whatever reads the release is unknown.
     *
     * @param of what was deployed
     * @param served the check, which reads {@link Deploy#release()}
     * @return the new moment
     */
    public Moment identity(Deploy of, Check served) {
        return and(new Step.Identity(Arguments.given(of, "of"), Arguments.given(served, "served")));
    }

    /**
     * The same, and then nothing goes on unless a list is in order.
     *
     * @param list the list
     * @return the new moment
     */
    public Moment gate(Checklist list) {
        return and(new Step.Gate(Arguments.given(list, "list")));
    }

    /**
     * The same, and then a message is posted.
     *
     * @param channel where
     * @param template the text, with places in braces as {@link Announcement} has them
     * @return the new moment
     */
    public Moment announce(Channel channel, String template) {
        return announce(Announcement.of(channel, template));
    }

    /**
     * The same, and then a message is posted.
     *
     * @param announcement the message
     * @return the new moment
     */
    public Moment announce(Announcement announcement) {
        return and(new Step.Announce(Arguments.given(announcement, "announcement")));
    }

    /**
     * The same, owned by a role, whom people ask when it is overdue.
     *
     * @param role the role
     * @return the new moment
     */
    public Moment ownedBy(String role) {
        return new Moment(offset, name, steps, Arguments.text(role, "role"), ending, lost, pointOfNoReturn, tags);
    }

    /**
     * The same with another ending when a step fails; people are asked unless said otherwise.
     *
     * @param next what becomes of the launch
     * @return the new moment
     */
    public Moment otherwise(Ending next) {
        return new Moment(offset, name, steps, owner, Arguments.given(next, "next"), lost, pointOfNoReturn, tags);
    }

    /**
     * The same with what is lost by going back from here on.
     *
     * @param what for example {@code orders taken since the switch}
     * @return the new moment
     */
    public Moment losing(String what) {
        return new Moment(offset, name, steps, owner, ending, Arguments.text(what, "what"), pointOfNoReturn, tags);
    }

    /**
     * The same, after which going back is no longer a matter of course: a policy that rolls back by itself asks a person
     * from here on.
     *
     * @return the new moment
     */
    public Moment pointOfNoReturn() {
        return new Moment(offset, name, steps, owner, ending, lost, true, tags);
    }

    /**
     * The same with more tags.
     *
     * @param tags words to select by
     * @return the new moment
     */
    public Moment tagged(String... tags) {
        return new Moment(offset, name, steps, owner, ending, lost, pointOfNoReturn, Arguments.tags(this.tags, tags));
    }

    private Moment and(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Moment(offset, name, List.copyOf(more), owner, ending, lost, pointOfNoReturn, tags);
    }

    /** The same with every announcement to one channel. */
    Moment announcingTo(Channel channel) {
        List<Step> same = new ArrayList<>();
        for (Step step : steps) {
            same.add(
                    step instanceof Step.Announce announce
                            ? new Step.Announce(announce.announcement().to(channel))
                            : step);
        }
        return new Moment(offset, name, List.copyOf(same), owner, ending, lost, pointOfNoReturn, tags);
    }

    /**
     * When it is due.
     *
     * @return the offset
     */
    public Offset offset() {
        return offset;
    }

    /**
     * What people call it.
     *
     * @return the name, the offset unless one was given
     */
    public String name() {
        return name;
    }

    /**
     * Whose it is.
     *
     * @return the role, if there is one
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * Words to select by.
     *
     * @return the tags
     */
    public Set<String> tags() {
        return tags;
    }

    List<Step> steps() {
        return steps;
    }

    Ending ending() {
        return ending;
    }

    String lost() {
        return lost;
    }

    boolean isPointOfNoReturn() {
        return pointOfNoReturn;
    }

    @Override
    public String toString() {
        return name.equals(offset.toString()) ? name : offset + " " + name;
    }
}
