package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.internal.Arguments;
import dev.golive.journal.Journal;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Blackout;
import dev.golive.time.LaunchWindows;
import dev.golive.time.Offset;
import dev.golive.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole runbook as a value: moments with lists, actions, gates and announcements, the windows, the people, the
 * watch, and how to go back.
 *
 * <pre>{@code
 * LaunchPlan plan = LaunchPlan.named("Shop 1.0", ZoneId.of("Europe/Stockholm"))
 *     .role("ceo", "says GO").role("incident-commander", "decides on rollback")
 *     .window(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY))
 *     .moment(Moment.at(T.minusDays(7)).check(weekBefore))
 *     .moment(Moment.at(T).then(deploy).identity(deploy, served).gate(smoke).announce(room, "The shop is open"))
 *     .watch(Watch.probing(health).checkpoints(minutes(30), H.plusHours(4), smoke))
 *     .rollback(policy)
 *     .escalate(minutes(30), room)
 *     .build();
 * }</pre>
 *
 * <p>{@link #describe()} prints it, {@link #validate()} names what is wrong with it, {@link #dryRun} looks what it would
 * do, and {@link #arm} makes a {@link Launch} of it. Immutable and thread-safe.
 */
public final class LaunchPlan {

    /** Who hears of what waits for a person, and after how long. */
    record Escalation(Duration after, Channel to) {}

    /** How old the last backup may be, and the check that tells. */
    record RecoveryPoint(Duration atMost, Check backup) {}

    /** When the rollback was tried last, and how long it took until it was verified. */
    record Drilled(Instant at, Duration took) {}

    private final String name;
    private final LaunchWindows windows;
    private final Map<String, String> roles;
    private final List<Moment> moments;
    private final @Nullable Watch watch;
    private final @Nullable RollbackPolicy policy;
    private final List<Escalation> escalations;
    private final @Nullable Offset decisionAt;
    private final @Nullable String decidedBy;
    private final @Nullable Emergency emergency;
    private final @Nullable Duration recoveryTime;
    private final @Nullable RecoveryPoint recoveryPoint;
    private final List<Set<String>> compatible;
    private final Map<String, Compatibility> migrations;
    private final List<Channel> informed;
    private final @Nullable Channel headsTo;
    private final boolean drill;
    private final @Nullable Drilled drilled;
    private final Set<String> tags;
    private final Course course;

    private LaunchPlan(Builder builder) {
        this.name = builder.name;
        this.windows = builder.windows;
        this.roles = Collections.unmodifiableMap(new LinkedHashMap<>(builder.roles));
        this.moments = List.copyOf(builder.moments);
        this.watch = builder.watch;
        this.policy = builder.policy;
        this.escalations = List.copyOf(builder.escalations);
        this.decisionAt = builder.decisionAt;
        this.decidedBy = builder.decidedBy;
        this.emergency = builder.emergency;
        this.recoveryTime = builder.recoveryTime;
        this.recoveryPoint = builder.recoveryPoint;
        this.compatible = List.copyOf(builder.compatible);
        this.migrations = Collections.unmodifiableMap(new LinkedHashMap<>(builder.migrations));
        this.informed = List.copyOf(builder.informed);
        this.headsTo = builder.headsTo;
        this.drill = builder.drill;
        this.drilled = builder.drilled;
        this.tags = Arguments.tags(builder.tags);
        this.course = new Course(this);
    }

    /**
     * A builder for a plan.
     *
     * @param name what is launched, as people call it
     * @param zone the zone of its local times, a region such as {@code Europe/Stockholm}
     * @return a new builder
     * @throws IllegalArgumentException if the zone is an abbreviation or a fixed offset, with a proposal
     */
    public static Builder named(String name, ZoneId zone) {
        return new Builder(
                Arguments.text(name, "name"), LaunchWindows.in(LaunchWindows.region(Arguments.given(zone, "zone"))));
    }

    /**
     * Makes a launch of it, or takes up the one that the journal tells of.
     * Other live launches in the same environment are recognised by their journals: files named {@code *.journal} in the
     * same folder.
     *
     * @param engine runs the lists and performs the actions; stays the caller's to close
     * @param journal where everything is recorded; stays the caller's to close
     * @param environment where
     * @param planned the local time of T in the zone of the plan
     * @return the launch, to be closed
     * @throws dev.golive.GoLiveException naming every problem, if the plan cannot work or cannot be armed now
     */
    public Launch arm(GoLive engine, Journal journal, Environment environment, LocalDateTime planned) {
        return arm(engine, journal, environment, planned, Turn.ENGINE);
    }

    /**
     * Makes a launch of it that a named person operates, or takes up the one that the journal tells of.
     * Other live launches in the same environment are recognised by their journals: files named {@code *.journal} in the
     * same folder.
     *
     * @param engine runs the lists and performs the actions; stays the caller's to close
     * @param journal where everything is recorded; stays the caller's to close
     * @param environment where
     * @param planned the local time of T in the zone of the plan
     * @param operator who sits at it; permissions for destructive actions are bound to this person
     * @return the launch, to be closed
     * @throws dev.golive.GoLiveException naming every problem, if the plan cannot work or cannot be armed now
     */
    public Launch arm(GoLive engine, Journal journal, Environment environment, LocalDateTime planned, Person operator) {
        return Launch.arm(
                this,
                Arguments.given(engine, "engine"),
                Arguments.given(journal, "journal"),
                Arguments.given(environment, "environment"),
                Arguments.given(planned, "planned"),
                Arguments.given(operator, "operator"));
    }

    /**
     * The same plan as a drill: in any environment but production, speaking to nobody but a channel of its own, and with
     * a rollback that can be {@linkplain LaunchControl#drill forced}. Everything else is done as in earnest.
     *
     * @param room where everything is announced that the plan announces anywhere
     * @return the drill
     */
    public LaunchPlan drill(Channel room) {
        Arguments.given(room, "room");
        Builder builder = new Builder(name, windows);
        builder.roles.putAll(roles);
        moments.forEach(moment -> builder.moments.add(moment.announcingTo(room)));
        builder.watch = watch == null ? null : watch.beatingTo(room);
        builder.policy = policy;
        escalations.forEach(one -> builder.escalations.add(new Escalation(one.after(), room)));
        builder.decisionAt = decisionAt;
        builder.decidedBy = decidedBy;
        builder.emergency = emergency;
        builder.recoveryTime = recoveryTime;
        builder.recoveryPoint = recoveryPoint;
        builder.compatible.addAll(compatible);
        builder.migrations.putAll(migrations);
        builder.informed.add(room);
        builder.drill = true;
        builder.tags.addAll(tags);
        return builder.build();
    }

    /**
     * Whether it is a {@linkplain #drill drill}.
     *
     * @return whether a rollback can be forced, and production is refused
     */
    public boolean isDrill() {
        return drill;
    }

    /**
     * Looks what the actions of the plan would do, and performs none: every action and the way back of every component
     * is observed once.
     *
     * @param engine observes
     * @param environment where
     * @return an item for each action: passed if it is at its target or could be applied, failed if it could not
     */
    public Report dryRun(GoLive engine, Environment environment) {
        return DryRun.of(this, Arguments.given(engine, "engine"), Arguments.given(environment, "environment"));
    }

    /**
     * The plan as a Markdown runbook that a person would print.
     *
     * @return the text, always the same for the same plan
     */
    public String describe() {
        return Runbook.of(this);
    }

    /**
     * What is wrong with the plan and what deserves a second look. Problems keep it from being armed; warnings do not and
     * begin with {@code warning: }.
     *
     * @return a sentence for each, empty if there is nothing
     */
    public List<String> validate() {
        return PlanRules.of(this);
    }

    /**
     * A digest of everything that {@link #describe()} shows, ids and parameters: two plans with the same digest do the
     * same.
     *
     * @return 32 hexadecimal digits
     */
    public String digest() {
        return course.digest();
    }

    /**
     * What the plan is made of, in the order in which it happens: what it says as a whole, the steps of its moments, the
     * watch, and the rollback.
     *
     * @return the parts
     */
    public List<Part> parts() {
        return Parts.of(this);
    }

    /**
     * How to go back.
     *
     * @return the policy, if there is one
     */
    public Optional<RollbackPolicy> policy() {
        return Optional.ofNullable(policy);
    }

    /**
     * When the launch may happen.
     *
     * @return the windows and blackouts, in the zone of the plan
     */
    public LaunchWindows windows() {
        return windows;
    }

    /**
     * Words to select by.
     *
     * @return the tags of the plan as a whole
     */
    public Set<String> tags() {
        return tags;
    }

    /**
     * Who says what, and what each role does.
     *
     * @return the duties by role, in the order in which they were given
     */
    public Map<String, String> roles() {
        return roles;
    }

    /**
     * What is launched.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The zone of its local times.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return windows.zone();
    }

    Course course() {
        return course;
    }

    List<Moment> moments() {
        return moments;
    }

    Optional<Watch> watch() {
        return Optional.ofNullable(watch);
    }

    List<Escalation> escalations() {
        return escalations;
    }

    Optional<Offset> decisionAt() {
        return Optional.ofNullable(decisionAt);
    }

    Optional<String> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    Optional<Emergency> emergency() {
        return Optional.ofNullable(emergency);
    }

    Optional<Duration> recoveryTime() {
        return Optional.ofNullable(recoveryTime);
    }

    Optional<RecoveryPoint> recoveryPoint() {
        return Optional.ofNullable(recoveryPoint);
    }

    /** Whether releases of two components may be live side by side, one old and one new. */
    boolean compatible(String one, String other) {
        return compatible.contains(Set.of(one, other));
    }

    /** The names of components that may be live side by side, one old and one new. */
    List<Set<String>> compatiblePairs() {
        return compatible;
    }

    Map<String, Compatibility> migrations() {
        return migrations;
    }

    /** Where the launch says what becomes of it: the channels given here and those of the policy; a drill, its own. */
    List<Channel> informed() {
        if (drill || policy == null) {
            return informed;
        }
        List<Channel> all = new ArrayList<>(informed);
        policy.channels().stream().filter(channel -> !all.contains(channel)).forEach(all::add);
        return Collections.unmodifiableList(all);
    }

    Optional<Drilled> drilled() {
        return Optional.ofNullable(drilled);
    }

    Optional<Channel> headsTo() {
        return Optional.ofNullable(headsTo);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Collects the parts of a plan. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private LaunchWindows windows;
        private final Map<String, String> roles = new LinkedHashMap<>();
        private final List<Moment> moments = new ArrayList<>();
        private @Nullable Watch watch;
        private @Nullable RollbackPolicy policy;
        private final List<Escalation> escalations = new ArrayList<>();
        private @Nullable Offset decisionAt;
        private @Nullable String decidedBy;
        private @Nullable Emergency emergency;
        private @Nullable Duration recoveryTime;
        private @Nullable RecoveryPoint recoveryPoint;
        private final List<Set<String>> compatible = new ArrayList<>();
        private final Map<String, Compatibility> migrations = new LinkedHashMap<>();
        private final List<Channel> informed = new ArrayList<>();
        private @Nullable Channel headsTo;
        private boolean drill;
        private @Nullable Drilled drilled;
        private final Set<String> tags = new LinkedHashSet<>();

        private Builder(String name, LaunchWindows windows) {
            this.name = name;
            this.windows = windows;
        }

        /**
         * A role and what it does. Roles that the plan speaks of elsewhere must be among these.
         *
         * @param role the role
         * @param duty what it does
         * @return this builder
         */
        public Builder role(String role, String duty) {
            roles.put(Arguments.text(role, "role"), Arguments.text(duty, "duty"));
            return this;
        }

        /**
         * When the launch may happen; any time if no window is given.
         *
         * @param window the window
         * @return this builder
         */
        public Builder window(Window window) {
            windows = windows.allow(Arguments.given(window, "window"));
            return this;
        }

        /**
         * When the launch must not happen, also within a window.
         *
         * @param blackout the blackout
         * @return this builder
         */
        public Builder blackout(Blackout blackout) {
            windows = windows.deny(Arguments.given(blackout, "blackout"));
            return this;
        }

        /**
         * Adds a moment. Moments are carried out in the order in which they are given.
         *
         * @param moment the moment
         * @return this builder
         */
        public Builder moment(Moment moment) {
            moments.add(Arguments.given(moment, "moment"));
            return this;
        }

        /**
         * What is looked at afterwards.
         *
         * @param after the watch
         * @return this builder
         */
        public Builder watch(Watch after) {
            watch = Arguments.given(after, "after");
            return this;
        }

        /**
         * How to go back.
         *
         * @param way the policy
         * @return this builder
         */
        public Builder rollback(RollbackPolicy way) {
            policy = Arguments.given(way, "way");
            return this;
        }

        /**
         * Who hears when something has waited for a person for a while. Each is told once of each thing.
         *
         * @param after how long it has waited, longer than zero
         * @param to who hears
         * @return this builder
         * @throws IllegalArgumentException if {@code after} is not longer than zero
         */
        public Builder escalate(Duration after, Channel to) {
            escalations.add(new Escalation(Arguments.positive(after, "after"), Arguments.given(to, "to")));
            return this;
        }

        /**
         * When the decision to launch is asked for, and of whom; without it any person may decide, once the first action
         * is due.
         *
         * @param at when it is asked for, counted from T
         * @param role who decides
         * @return this builder
         * @throws IllegalArgumentException if it is counted from H
         */
        public Builder decision(Offset at, String role) {
            if (Arguments.given(at, "at").anchor() != Offset.Anchor.T) {
                throw new IllegalArgumentException("at must be counted from T but was " + at);
            }
            decisionAt = at;
            decidedBy = Arguments.text(role, "role");
            return this;
        }

        /**
         * The short way when waiting does more harm.
         *
         * @param path the path
         * @return this builder
         */
        public Builder emergency(Emergency path) {
            emergency = Arguments.given(path, "path");
            return this;
        }

        /**
         * How long it may take until users are served as before: detection, decision, execution and verification of a
         * rollback together.
         *
         * @param atMost the recovery time objective
         * @return this builder
         */
        public Builder recoveryTime(Duration atMost) {
            recoveryTime = Arguments.positive(atMost, "atMost");
            return this;
        }

        /**
         * How much may be lost: the greatest age of the last backup.
         *
         * @param atMost the recovery point objective
         * @param backup the check that tells, which is examined before the first action
         * @return this builder
         */
        public Builder recoveryPoint(Duration atMost, Check backup) {
            recoveryPoint = new RecoveryPoint(Arguments.positive(atMost, "atMost"), Arguments.given(backup, "backup"));
            return this;
        }

        /**
         * Says that an old release of one component works with a new one of another, so that one may stay live if the
         * deployment of the other fails.
         *
         * @param one a component
         * @param other another one
         * @return this builder
         */
        public Builder compatible(Component one, Component other) {
            compatible.add(Set.of(
                    Arguments.given(one, "one").name(),
                    Arguments.given(other, "other").name()));
            return this;
        }

        /**
         * What a migration means for going back.
         *
         * @param migration an action of the plan that migrates a schema
         * @param meaning what it means
         * @return this builder
         */
        public Builder migration(Action migration, Compatibility meaning) {
            migrations.put(Arguments.given(migration, "migration").id(), Arguments.given(meaning, "meaning"));
            return this;
        }

        /**
         * Where the launch says what becomes of it, besides the channels of the rollback policy: that it is armed, held,
         * resumed, waiting, over.
         *
         * @param first a channel
         * @param more further ones
         * @return this builder
         */
        public Builder inform(Channel first, Channel... more) {
            informed.add(Arguments.given(first, "first"));
            informed.addAll(Arguments.all(more, "more"));
            return this;
        }

        /**
         * A place outside where the head of the journal is posted when the launch is armed, decided and over, so that
         * nobody can rewrite the journal unseen.
         *
         * @param outside the channel
         * @return this builder
         */
        public Builder postHeads(Channel outside) {
            headsTo = Arguments.given(outside, "outside");
            return this;
        }

        /**
         * Says that the rollback was tried: the report of a {@linkplain LaunchPlan#drill drill} of a plan of this name
         * that ended rolled back and verified. Without it, {@link LaunchPlan#validate()} warns.
         *
         * @param report the report of the drill
         * @return this builder
         * @throws IllegalArgumentException if it is not such a report, saying why
         */
        public Builder drilled(LaunchReport report) {
            Arguments.given(report, "report");
            String problem = null;
            if (!report.isDrill()) {
                problem = "of a drill but was that of a launch in earnest";
            } else if (!report.plan().equals(name)) {
                problem = "of a drill of " + name + " but was of " + report.plan();
            } else if (report.state().filter(LaunchState.ROLLED_BACK::equals).isEmpty()) {
                problem = "of a drill that was rolled back and verified but it ended "
                        + report.state().map(Enum::name).orElse("not yet");
            } else if (!report.journal().intact()) {
                problem = "from an intact journal but: " + report.journal().because();
            }
            LaunchReport.Rollback rollback = report.rollback().orElse(null);
            Instant verified = rollback == null ? null : rollback.verified();
            if (problem != null || rollback == null || verified == null) {
                throw new IllegalArgumentException(
                        "report must be " + (problem == null ? "of a drill whose rollback was verified" : problem));
            }
            drilled = new Drilled(rollback.decided(), Duration.between(rollback.decided(), verified));
            return this;
        }

        /**
         * More tags for the plan as a whole: its roles, its windows, its communication.
         *
         * @param more words to select by
         * @return this builder
         */
        public Builder tagged(String... more) {
            tags.addAll(Arguments.tags(Set.of(), more));
            return this;
        }

        /**
         * The plan. Whether it makes sense is what {@link LaunchPlan#validate()} says.
         *
         * @return the plan
         */
        public LaunchPlan build() {
            return new LaunchPlan(this);
        }
    }
}
