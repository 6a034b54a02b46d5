package dev.golive.testkit;

import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that goes wrong at a platform while a launch or a rollback goes on, as a value. Its text says what it does.
 *
 * <pre>{@code
 * web.fault(LaunchFault.neverEnds());                            // every operation, until web.mend()
 * web.faultNext(2, LaunchFault.refuses(Call.Kind.APPLY));        // the next two requests
 * room.fault(LaunchFault.refuses());                             // the channel is down
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface LaunchFault {

    /** A fault of one call. {@link FakeComponent}, {@link FakeAction} and {@link FakeChannel} have it. */
    sealed interface OfCall extends LaunchFault permits Refuses, Leaks, Hangs, FailsAfterEffect {

        /**
         * The kinds of calls that it concerns.
         *
         * @return the kinds, empty for all
         */
        Set<Call.Kind> kinds();
    }

    /** A fault of what was begun by a call. {@link FakeComponent} and {@link FakeAction} have it. */
    sealed interface OfOperation extends LaunchFault permits Slow, NeverEnds, Fails, StaysInProgress {}

    /** A fault of a platform that keeps releases. {@link FakeComponent} has it. */
    sealed interface OfPlatform extends LaunchFault permits Gone, Busy, Undone, StaleRead, LiveIsNoTarget {}

    /**
     * The call throws and has no effect.
     *
     * @param kinds the kinds of calls that it concerns, empty for all
     */
    record Refuses(Set<Call.Kind> kinds) implements OfCall {

        /**
         * A refusal.
         *
         * @param kinds the kinds of calls that it concerns, empty for all
         */
        public Refuses {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public String toString() {
            return "refuses " + text(kinds);
        }
    }

    /**
     * The call throws, has no effect, and its message shows the secret that the fake was given.
     *
     * @param kinds the kinds of calls that it concerns, empty for all
     */
    record Leaks(Set<Call.Kind> kinds) implements OfCall {

        /**
         * A leak.
         *
         * @param kinds the kinds of calls that it concerns, empty for all
         */
        public Leaks {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public String toString() {
            return "refuses " + text(kinds) + " and shows the secret";
        }
    }

    /**
     * The call does not come back before its context is given up, and has no effect.
     *
     * @param kinds the kinds of calls that it concerns, empty for all
     */
    record Hangs(Set<Call.Kind> kinds) implements OfCall {

        /**
         * A call that hangs.
         *
         * @param kinds the kinds of calls that it concerns, empty for all
         */
        public Hangs {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public String toString() {
            return "never answers " + text(kinds);
        }
    }

    /** What was asked for takes effect, and the call throws all the same, as if the answer was lost. */
    record FailsAfterEffect() implements OfCall {

        @Override
        public Set<Call.Kind> kinds() {
            return Set.of(Call.Kind.APPLY, Call.Kind.POST);
        }

        @Override
        public String toString() {
            return "does what is asked for, and the answer is lost";
        }
    }

    /**
     * An operation takes longer.
     *
     * @param more how much longer
     */
    record Slow(Duration more) implements OfOperation {

        /**
         * A slow operation.
         *
         * @param more how much longer; positive
         * @throws IllegalArgumentException if it is not positive
         */
        public Slow {
            requirePositive(more, "more");
        }

        @Override
        public String toString() {
            return "takes " + Spans.text(more) + " longer";
        }
    }

    /** An operation is accepted and does not end before the fake is mended. */
    record NeverEnds() implements OfOperation {
        @Override
        public String toString() {
            return "accepts and never ends";
        }
    }

    /**
     * An operation is accepted, takes its time, and fails; nothing has changed.
     *
     * @param why what the platform says
     */
    record Fails(String why) implements OfOperation {

        /**
         * A failing operation.
         *
         * @param why what the platform says; not blank
         * @throws IllegalArgumentException if it is blank
         */
        public Fails {
            requireText(why, "why");
        }

        @Override
        public String toString() {
            return "accepts and then fails: " + why;
        }
    }

    /** An operation takes effect, but is shown as being in progress until the fake is mended. */
    record StaysInProgress() implements OfOperation {
        @Override
        public String toString() {
            return "takes effect and stays in progress";
        }
    }

    /**
     * A release is gone, with its image and configuration, and does not come back.
     *
     * @param release the platform's id of the release
     * @param from when it is removed; an instant in the past means that it is gone
     */
    record Gone(String release, Instant from) implements OfPlatform {

        /**
         * A pruned release.
         *
         * @param release the platform's id of the release; not blank
         * @param from when it is removed; an instant in the past means that it is gone
         * @throws IllegalArgumentException if the id is blank
         */
        public Gone {
            requireText(release, "release");
            Objects.requireNonNull(from, "from must not be null");
        }

        @Override
        public String toString() {
            return "has pruned " + release + (from.equals(Instant.MIN) ? "" : " at " + from);
        }
    }

    /**
     * The next request is refused, since somebody else has begun the same operation just before; once, then it is over.
     * Whoever observes finds that operation under way.
     */
    record Busy() implements OfPlatform {
        @Override
        public String toString() {
            return "is busy with the same operation, begun by somebody else";
        }
    }

    /**
     * A branch trigger deploys the former release again some time after a rollback.
     *
     * @param after how long after the rollback took effect
     */
    record Undone(Duration after) implements OfPlatform {

        /**
         * A branch trigger.
         *
         * @param after how long after the rollback took effect; positive
         * @throws IllegalArgumentException if it is not positive
         */
        public Undone {
            requirePositive(after, "after");
        }

        @Override
        public String toString() {
            return "undoes a rollback after " + Spans.text(after);
        }
    }

    /**
     * Reading shows what was live some time ago.
     *
     * @param age how long ago
     */
    record StaleRead(Duration age) implements OfPlatform {

        /**
         * A stale read.
         *
         * @param age how long ago; positive
         * @throws IllegalArgumentException if it is not positive
         */
        public StaleRead {
            requirePositive(age, "age");
        }

        @Override
        public String toString() {
            return "shows what was live " + Spans.text(age) + " ago";
        }
    }

    /** The release that is live is not available to go back to, because it is live. */
    record LiveIsNoTarget() implements OfPlatform {
        @Override
        public String toString() {
            return "does not offer the live release to go back to";
        }
    }

    /**
     * Every call throws and has no effect.
     *
     * @return the fault
     */
    static Refuses refuses() {
        return new Refuses(Set.of());
    }

    /**
     * Calls of some kinds throw and have no effect.
     *
     * @param kind a kind of call
     * @param more further kinds
     * @return the fault
     */
    static Refuses refuses(Call.Kind kind, Call.Kind... more) {
        return new Refuses(all(kind, more));
    }

    /**
     * Every call throws, and its message shows the secret that the fake was given.
     *
     * @return the fault
     */
    static Leaks leaks() {
        return new Leaks(Set.of());
    }

    /**
     * Calls of some kinds throw, and their messages show the secret that the fake was given.
     *
     * @param kind a kind of call
     * @param more further kinds
     * @return the fault
     */
    static Leaks leaks(Call.Kind kind, Call.Kind... more) {
        return new Leaks(all(kind, more));
    }

    /**
     * No call comes back before its context is given up.
     *
     * @return the fault
     */
    static Hangs hangs() {
        return new Hangs(Set.of());
    }

    /**
     * Calls of some kinds do not come back before their contexts are given up.
     *
     * @param kind a kind of call
     * @param more further kinds
     * @return the fault
     */
    static Hangs hangs(Call.Kind kind, Call.Kind... more) {
        return new Hangs(all(kind, more));
    }

    /**
     * What was asked for takes effect, and the call throws.
     *
     * @return the fault
     */
    static FailsAfterEffect failsAfterEffect() {
        return new FailsAfterEffect();
    }

    /**
     * Operations take longer.
     *
     * @param more how much longer; positive
     * @return the fault
     * @throws IllegalArgumentException if it is not positive
     */
    static Slow slow(Duration more) {
        return new Slow(more);
    }

    /**
     * Operations are accepted and do not end.
     *
     * @return the fault
     */
    static NeverEnds neverEnds() {
        return new NeverEnds();
    }

    /**
     * Operations are accepted and fail.
     *
     * @param why what the platform says; not blank
     * @return the fault
     * @throws IllegalArgumentException if it is blank
     */
    static Fails fails(String why) {
        return new Fails(why);
    }

    /**
     * Operations take effect, but are shown as being in progress.
     *
     * @return the fault
     */
    static StaysInProgress staysInProgress() {
        return new StaysInProgress();
    }

    /**
     * A release is gone.
     *
     * @param release the platform's id of the release; not blank
     * @return the fault
     * @throws IllegalArgumentException if the id is blank
     */
    static Gone gone(String release) {
        return new Gone(release, Instant.MIN);
    }

    /**
     * A release is gone from an instant on.
     *
     * @param release the platform's id of the release; not blank
     * @param from when it is removed
     * @return the fault
     * @throws IllegalArgumentException if the id is blank
     */
    static Gone gone(String release, Instant from) {
        return new Gone(release, from);
    }

    /**
     * The next request is refused, since somebody else has begun the same operation.
     *
     * @return the fault
     */
    static Busy busy() {
        return new Busy();
    }

    /**
     * A branch trigger deploys the former release again after a rollback.
     *
     * @param after how long after the rollback took effect; positive
     * @return the fault
     * @throws IllegalArgumentException if it is not positive
     */
    static Undone undone(Duration after) {
        return new Undone(after);
    }

    /**
     * Reading shows what was live some time ago.
     *
     * @param age how long ago; positive
     * @return the fault
     * @throws IllegalArgumentException if it is not positive
     */
    static StaleRead staleRead(Duration age) {
        return new StaleRead(age);
    }

    /**
     * The release that is live is not available to go back to.
     *
     * @return the fault
     */
    static LiveIsNoTarget liveIsNoTarget() {
        return new LiveIsNoTarget();
    }

    /**
     * One fault of each kind, some in variants; for tests of everything that can go wrong. The pruned release is 40.
     *
     * @return the faults
     */
    static List<LaunchFault> catalogue() {
        return List.of(
                refuses(),
                refuses(Call.Kind.APPLY),
                refuses(Call.Kind.OBSERVE),
                leaks(),
                hangs(),
                hangs(Call.Kind.APPLY),
                failsAfterEffect(),
                slow(Duration.ofMinutes(2)),
                slow(Duration.ofHours(1)),
                neverEnds(),
                fails("the health check of the new release failed"),
                staysInProgress(),
                gone("40"),
                busy(),
                undone(Duration.ofMinutes(10)),
                staleRead(Duration.ofSeconds(30)),
                liveIsNoTarget());
    }

    private static Set<Call.Kind> all(Call.Kind kind, Call.Kind... more) {
        Objects.requireNonNull(kind, "kind must not be null");
        Set<Call.Kind> kinds = EnumSet.of(kind);
        kinds.addAll(List.of(more));
        return kinds;
    }

    private static String text(Set<Call.Kind> kinds) {
        return kinds.isEmpty()
                ? "every call"
                : kinds.stream().sorted().map(Call.Kind::toString).collect(Collectors.joining(" and "));
    }

    private static void requireText(String value, String name) {
        Objects.requireNonNull(value, name + " must not be null");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }

    private static void requirePositive(Duration value, String name) {
        Objects.requireNonNull(value, name + " must not be null");
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
