package dev.golive.rollback;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.Component;
import dev.golive.Item;
import dev.golive.internal.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a launch is taken back, by whom, how, and how it is verified.
 *
 * <pre>{@code
 * RollbackPolicy.of(api)
 *         .when(health.failingLongerThan(minutes(3)))
 *         .when(Rate.of(metrics).exceeds(percent(5)).within(minutes(5)))
 *         .whenReported("WRONG_BALANCE").by("incident-commander")
 *         .neverFor("COSMETIC", "open a ticket; fix forward")
 *         .announce(room)
 *         .budget(minutes(5))
 *         .verify(health)
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>{@link #of} asks a person before anything goes back; {@link #automatic} does not, except for destructive actions
 *       and where the trigger's consequence is {@link Consequence#ASK}.
 *   <li>There is one rollback. Once it is decided, further triggers are evidence.
 *   <li>Budgets are announced when they are exceeded, and end nothing.
 * </ul>
 *
 * <p>Immutable and thread-safe, if its components, actions, checks and channels are.
 */
public final class RollbackPolicy {

    /** What happens when nobody answered in time whether to roll back. */
    public enum OnTimeout {
        /** The question goes on to those who come next. */
        ESCALATE,
        /** It is rolled back. */
        PROCEED,
        /** It is not rolled back. */
        DENY
    }

    /** What happens when a trigger is cleared while somebody is being asked. */
    public enum OnClear {
        /** The question stands. */
        KEEP_ASKING,
        /** The question is withdrawn. */
        WITHDRAW
    }

    /**
     * A list of checks whose failure has a consequence.
     *
     * @param list the name of the checklist
     * @param confirmed whether it must fail a second time, in one rerun
     * @param consequence what follows when its verdict is NO_GO; one that could not be examined is inconclusive
     */
    public record Gate(String list, boolean confirmed, Consequence consequence) {

        /**
         * Refuses a blank name.
         *
         * @param list the name of the checklist
         * @param confirmed whether it must fail a second time
         * @param consequence what follows
         */
        public Gate {
            Arguments.text(list, "list");
            Arguments.given(consequence, "consequence");
        }
    }

    /**
     * A code that people report.
     *
     * @param code the code
     * @param roles who may report it, at least one
     * @param consequence what follows
     * @param tags words to select by
     */
    public record Reported(String code, Set<String> roles, Consequence consequence, Set<String> tags) {

        /**
         * Refuses blank texts.
         *
         * @param code the code
         * @param roles who may report it
         * @param consequence what follows
         * @param tags words to select by
         */
        public Reported {
            Arguments.text(code, "code");
            Arguments.given(consequence, "consequence");
            Set<String> copy = new LinkedHashSet<>(Arguments.all(roles, "roles", 1));
            copy.forEach(role -> Arguments.text(role, "roles"));
            roles = java.util.Collections.unmodifiableSet(copy);
            tags = Arguments.tags(tags);
        }
    }

    /**
     * Something that people do after a rollback.
     *
     * @param what what is done
     * @param role who does it
     * @param within how long after the decision it is done
     * @param tags words to select by
     */
    public record FollowUp(String what, String role, Duration within, Set<String> tags) {

        /**
         * Refuses blank texts and times that are not longer than zero.
         *
         * @param what what is done
         * @param role who does it
         * @param within how long after the decision it is done
         * @param tags words to select by
         */
        public FollowUp {
            Arguments.text(what, "what");
            Arguments.text(role, "role");
            Arguments.positive(within, "within");
            tags = Arguments.tags(tags);
        }
    }

    /** A reported code that needs somebody who may report it. */
    public interface Unassigned {

        /**
         * The same with more tags.
         *
         * @param tags words to select by
         * @return what needs those who may report it
         */
        Unassigned tagged(String... tags);

        /**
         * Who may report it, with a reason.
         *
         * @param role the role
         * @param more further roles
         * @return the builder
         */
        Builder by(String role, String... more);
    }

    final Builder told;

    private RollbackPolicy(Builder told) {
        this.told = told;
    }

    /**
     * A policy under which a person approves before anything goes back.
     *
     * @param first what goes back
     * @param more what goes back after it, in this order
     * @return a builder
     */
    public static Builder of(Component first, Component... more) {
        return new Builder(false, Arguments.all(first, "first", more));
    }

    /**
     * A policy under which it goes back without asking.
     *
     * @param first what goes back
     * @param more what goes back after it, in this order
     * @return a builder
     */
    public static Builder automatic(Component first, Component... more) {
        return new Builder(true, Arguments.all(first, "first", more));
    }

    /**
     * What goes back.
     *
     * @return the components, in order
     */
    public List<Component> components() {
        return told.components;
    }

    /**
     * Whether the components go back all at once.
     *
     * @return whether {@link Builder#inParallel()} was said
     */
    public boolean isInParallel() {
        return told.parallel;
    }

    /**
     * Whether it goes back without asking.
     *
     * @return whether it was made by {@link #automatic}
     */
    public boolean isAutomatic() {
        return told.automatic;
    }

    /**
     * Whether nothing is performed and only shown what would be.
     *
     * @return whether {@link Builder#dryRun()} was said
     */
    public boolean isDryRun() {
        return told.dryRun;
    }

    /**
     * The triggers with their consequences.
     *
     * @return the rules in the order in which they were given
     */
    public List<Rule> rules() {
        return List.copyOf(told.rules);
    }

    /**
     * What must be sampled.
     *
     * @return each signal once
     */
    public List<Signal> signals() {
        Map<String, Signal> all = new LinkedHashMap<>();
        told.rules.forEach(rule -> rule.trigger().signals().forEach(signal -> all.putIfAbsent(signal.id(), signal)));
        return List.copyOf(all.values());
    }

    /**
     * The checklists whose failure has a consequence.
     *
     * @return the gates
     */
    public List<Gate> gates() {
        return List.copyOf(told.gates);
    }

    /**
     * The codes that people may report.
     *
     * @return the codes
     */
    public List<Reported> reports() {
        return List.copyOf(told.reports);
    }

    /**
     * A code that people may report.
     *
     * @param code the code
     * @return who may report it and what follows; empty for a code that is not known, or never a reason
     */
    public Optional<Reported> report(String code) {
        Arguments.text(code, "code");
        return told.reports.stream()
                .filter(report -> report.code().equals(code))
                .findFirst();
    }

    /**
     * The codes that are never a reason to roll back.
     *
     * @return what to do instead, by code
     */
    public Map<String, String> neverFor() {
        return java.util.Collections.unmodifiableMap(told.never);
    }

    /**
     * What is performed besides bringing the components back, after them.
     *
     * @return the groups in order; the actions of a group side by side
     */
    public List<List<Action>> groups() {
        return List.copyOf(told.groups);
    }

    /**
     * What a rollback leaves as it is, on purpose.
     *
     * @return the reasons, by the id of the launch's action
     */
    public Map<String, String> leaves() {
        return java.util.Collections.unmodifiableMap(told.leaves);
    }

    /**
     * What undoes an action of the launch.
     *
     * @return the undoing actions, by the id of the launch's action
     */
    public Map<String, Action> undoes() {
        return java.util.Collections.unmodifiableMap(told.undoes);
    }

    /**
     * How to bring a component back when what it should go back to is gone.
     *
     * @param component the component
     * @return the action, if one was declared
     */
    public Optional<Action> rebuild(Component component) {
        return Optional.ofNullable(
                told.rebuilds.get(Arguments.given(component, "component").name()));
    }

    /**
     * What is performed instead of going back where nothing was live before.
     *
     * @return the actions in order; empty unless declared
     */
    public List<Action> noPreviousRelease() {
        return List.copyOf(told.takeDown);
    }

    /**
     * Whether there is no way back, and who has accepted that.
     *
     * @return the role that approves it, if {@link Builder#fixForwardOnly} was said
     */
    public Optional<String> fixForwardOnly() {
        return Optional.ofNullable(told.fixForward);
    }

    /**
     * Where a rollback is announced.
     *
     * @return the channels
     */
    public List<Channel> channels() {
        return List.copyOf(told.channels);
    }

    /**
     * How long a rollback should take.
     *
     * @return the time from the decision to the verification, if one was stated
     */
    public Optional<Duration> budget() {
        return Optional.ofNullable(told.budget);
    }

    /**
     * How long a component should take to go back.
     *
     * @param component the component
     * @return the time from the decision on, if one was stated
     */
    public Optional<Duration> budget(Component component) {
        return Optional.ofNullable(
                told.budgets.get(Arguments.given(component, "component").name()));
    }

    /**
     * How many requests are expected.
     *
     * @return requests per minute, if stated
     */
    public Optional<Integer> expectedTraffic() {
        return Optional.ofNullable(told.traffic);
    }

    /**
     * What must pass for a rollback to count.
     *
     * @return the items, at least one
     */
    public List<Item> verification() {
        return List.copyOf(told.verification);
    }

    /**
     * What people do after a rollback.
     *
     * @return what is followed up, in the order in which it was given
     */
    public List<FollowUp> followUps() {
        return List.copyOf(told.followUps);
    }

    /**
     * Words to select by.
     *
     * @return the tags of the policy as a whole
     */
    public Set<String> tags() {
        return java.util.Collections.unmodifiableSet(told.tags);
    }

    /**
     * How long to wait for that.
     *
     * @return the limit, 10 min unless said otherwise
     */
    public Duration verifyTimeout() {
        return told.verifyTimeout;
    }

    /**
     * How long to wait for an approval.
     *
     * @return the limit, 15 min unless said otherwise
     */
    public Duration approvalTimeout() {
        return told.approvalTimeout;
    }

    /**
     * What happens when nobody answered by then.
     *
     * @return {@link OnTimeout#ESCALATE} unless said otherwise
     */
    public OnTimeout onTimeout() {
        return told.onTimeout;
    }

    /**
     * What happens when the trigger is cleared before somebody answered.
     *
     * @return {@link OnClear#KEEP_ASKING} unless said otherwise
     */
    public OnClear onClear() {
        return told.onClear;
    }

    /**
     * Who may approve a rollback.
     *
     * @return the roles; any person if empty
     */
    public Set<String> approvers() {
        return java.util.Collections.unmodifiableSet(told.approvers);
    }

    /**
     * Who may approve an action that destroys something.
     *
     * @return the roles; any person if empty
     */
    public Set<String> destructiveApprovers() {
        return java.util.Collections.unmodifiableSet(told.destructiveApprovers);
    }

    /**
     * How long the same evidence does not ask again after it was denied or nobody answered.
     *
     * @return the time, 15 min unless said otherwise
     */
    public Duration coolDown() {
        return told.coolDown;
    }

    /**
     * How long the system is watched after a rollback.
     *
     * @return the time, 30 min unless said otherwise
     */
    public Duration aftercare() {
        return told.aftercare;
    }

    /**
     * What is doubtful about the policy, though it can work: budgets that cannot be kept, with the numbers, and triggers
     * that may never fire.
     *
     * @return the warnings: the name of the rule, a colon, and a sentence; empty if there are none
     */
    public List<String> validate() {
        return PolicyRules.warnings(told);
    }

    /**
     * What would have been decided on recorded samples, in the order in which they began.
     *
     * @param samples the samples
     * @return the decisions with their reasons
     */
    public BackTest replay(Collection<Sample> samples) {
        return replay(samples, List.of());
    }

    /**
     * What would have been decided on recorded samples, in the order in which they began.
     *
     * @param samples the samples
     * @param downtimes the times in which nobody watched
     * @return the decisions with their reasons
     */
    public BackTest replay(Collection<Sample> samples, Collection<Downtime> downtimes) {
        return BackTest.of(this, Arguments.all(samples, "samples", 0), Arguments.all(downtimes, "downtimes", 0));
    }

    /**
     * Judges again.
     *
     * @param evidence what an earlier judgement rested on
     * @return the judgement, the same as the earlier one if the trigger is
     * @throws IllegalArgumentException if the policy has no such trigger
     */
    public Judgement judge(Evidence evidence) {
        return Evaluation.of(this, Arguments.given(evidence, "evidence"));
    }

    /**
     * For people.
     *
     * @return the components and the triggers with all their options
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(told.automatic ? "automatic rollback of " : "rollback of ")
                .append(String.join(
                        ", ", told.components.stream().map(Component::name).toList()));
        told.rules.forEach(rule -> text.append("; ")
                .append(rule.consequence()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' '))
                .append(" when ")
                .append(rule.trigger().inFull()));
        return text.toString();
    }

    /** Collects the parts of a policy. Not thread-safe. */
    public static final class Builder {

        final boolean automatic;
        final List<Component> components;
        final List<Rule> rules = new ArrayList<>();
        final List<Gate> gates = new ArrayList<>();
        final List<Reported> reports = new ArrayList<>();
        final Map<String, String> never = new LinkedHashMap<>();
        final List<List<Action>> groups = new ArrayList<>();
        final Map<String, String> leaves = new LinkedHashMap<>();
        final Map<String, Action> undoes = new LinkedHashMap<>();
        final Map<String, Action> rebuilds = new LinkedHashMap<>();
        final List<Action> takeDown = new ArrayList<>();
        final List<Channel> channels = new ArrayList<>();
        final List<Item> verification = new ArrayList<>();
        final List<FollowUp> followUps = new ArrayList<>();
        final Set<String> tags = new LinkedHashSet<>();
        final Map<String, Duration> budgets = new LinkedHashMap<>();
        final Set<String> approvers = new LinkedHashSet<>();
        final Set<String> destructiveApprovers = new LinkedHashSet<>();
        final List<String> mistakes = new ArrayList<>();
        boolean parallel;
        boolean dryRun;

        @Nullable
        String fixForward;

        @Nullable
        Duration budget;

        @Nullable
        Integer traffic;

        Duration verifyTimeout = Duration.ofMinutes(10);
        Duration approvalTimeout = Duration.ofMinutes(15);
        Duration coolDown = Duration.ofMinutes(15);
        Duration aftercare = Duration.ofMinutes(30);
        OnTimeout onTimeout = OnTimeout.ESCALATE;
        OnClear onClear = OnClear.KEEP_ASKING;

        Builder(boolean automatic, List<Component> components) {
            this.automatic = automatic;
            this.components = components;
        }

        private Builder(Builder other) {
            this(other.automatic, other.components);
            rules.addAll(other.rules);
            gates.addAll(other.gates);
            reports.addAll(other.reports);
            never.putAll(other.never);
            groups.addAll(other.groups);
            leaves.putAll(other.leaves);
            undoes.putAll(other.undoes);
            rebuilds.putAll(other.rebuilds);
            takeDown.addAll(other.takeDown);
            channels.addAll(other.channels);
            verification.addAll(other.verification);
            followUps.addAll(other.followUps);
            tags.addAll(other.tags);
            budgets.putAll(other.budgets);
            approvers.addAll(other.approvers);
            destructiveApprovers.addAll(other.destructiveApprovers);
            mistakes.addAll(other.mistakes);
            parallel = other.parallel;
            dryRun = other.dryRun;
            fixForward = other.fixForward;
            budget = other.budget;
            traffic = other.traffic;
            verifyTimeout = other.verifyTimeout;
            approvalTimeout = other.approvalTimeout;
            coolDown = other.coolDown;
            aftercare = other.aftercare;
            onTimeout = other.onTimeout;
            onClear = other.onClear;
        }

        /**
         * All components go back when the trigger is true.
         *
         * @param trigger the trigger
         * @return this builder
         */
        public Builder when(Trigger trigger) {
            return rule(trigger, Consequence.ROLL_BACK, components);
        }

        /**
         * Some of the components go back when the trigger is true.
         *
         * @param trigger the trigger
         * @param only what goes back
         * @param more what else
         * @return this builder
         */
        public Builder when(Trigger trigger, Component only, Component... more) {
            return rule(trigger, Consequence.ROLL_BACK, Arguments.all(only, "only", more));
        }

        /**
         * Somebody is asked whether all components go back when the trigger is true, also if the policy is automatic.
         *
         * @param trigger the trigger
         * @return this builder
         */
        public Builder askWhen(Trigger trigger) {
            return rule(trigger, Consequence.ASK, components);
        }

        /**
         * Somebody is asked whether some of the components go back when the trigger is true.
         *
         * @param trigger the trigger
         * @param only what goes back
         * @param more what else
         * @return this builder
         */
        public Builder askWhen(Trigger trigger, Component only, Component... more) {
            return rule(trigger, Consequence.ASK, Arguments.all(only, "only", more));
        }

        /**
         * It is announced when the trigger is true, and nothing else happens.
         *
         * @param trigger the trigger
         * @return this builder
         */
        public Builder notifyWhen(Trigger trigger) {
            return rule(trigger, Consequence.NOTIFY, List.of());
        }

        private Builder rule(Trigger trigger, Consequence consequence, List<Component> what) {
            rules.add(new Rule(Arguments.given(trigger, "trigger"), consequence, what));
            return this;
        }

        /**
         * All components go back when a gate of the launch fails, once for each of its runs. One that could not be
         * examined is no failure: a person is asked.
         *
         * @param list the name of the checklist
         * @return this builder
         */
        public Builder whenGateFails(String list) {
            gates.add(new Gate(list, false, Consequence.ROLL_BACK));
            return this;
        }

        /**
         * The same, but only if it fails again in one rerun.
         *
         * @param list the name of the checklist
         * @return this builder
         */
        public Builder whenGateFailsTwice(String list) {
            gates.add(new Gate(list, true, Consequence.ROLL_BACK));
            return this;
        }

        /**
         * All components go back when somebody reports a code.
         *
         * @param code the code, for example {@code WRONG_BALANCE}
         * @return what needs those who may report it
         */
        public Unassigned whenReported(String code) {
            return reported(code, Consequence.ROLL_BACK);
        }

        /**
         * Somebody else is asked whether to go back when somebody reports a code.
         *
         * @param code the code
         * @return what needs those who may report it
         */
        public Unassigned askWhenReported(String code) {
            return reported(code, Consequence.ASK);
        }

        private Unassigned reported(String code, Consequence consequence) {
            Arguments.text(code, "code");
            return new Unheard(code, consequence, Set.of());
        }

        private final class Unheard implements Unassigned {

            private final String code;
            private final Consequence consequence;
            private final Set<String> tags;

            Unheard(String code, Consequence consequence, Set<String> tags) {
                this.code = code;
                this.consequence = consequence;
                this.tags = tags;
            }

            @Override
            public Unassigned tagged(String... more) {
                return new Unheard(code, consequence, Arguments.tags(tags, more));
            }

            @Override
            public Builder by(String role, String... more) {
                Set<String> roles = new LinkedHashSet<>(Arguments.all(role, "role", more));
                reports.add(new Reported(code, roles, consequence, tags));
                return Builder.this;
            }
        }

        /**
         * A code that people may report and that is never a reason to go back.
         *
         * @param code the code, for example {@code COSMETIC}
         * @param insteadDo what they are told to do instead
         * @return this builder
         */
        public Builder neverFor(String code, String insteadDo) {
            if (never.put(Arguments.text(code, "code"), Arguments.text(insteadDo, "insteadDo")) != null) {
                mistakes.add("duplicate code: " + code + " is twice never a reason");
            }
            return this;
        }

        /**
         * What is performed besides bringing the components back, after them and after earlier groups.
         *
         * @param action what is performed
         * @param alongside what is performed side by side with it
         * @return this builder
         */
        public Builder then(Action action, Action... alongside) {
            groups.add(Arguments.all(action, "action", alongside));
            return this;
        }

        /**
         * The components go back side by side and not one after the other.
         *
         * @return this builder
         */
        public Builder inParallel() {
            parallel = true;
            return this;
        }

        /**
         * A rollback leaves what an action of the launch did, on purpose.
         *
         * @param launched the action of the launch
         * @param why why that is fine
         * @return this builder
         */
        public Builder leaves(Action launched, String why) {
            leaves.put(Arguments.given(launched, "launched").id(), Arguments.text(why, "why"));
            return this;
        }

        /**
         * What undoes an action of the launch. It is performed after the groups of {@link #then}, the last of the launch
         * first.
         *
         * @param launched the action of the launch
         * @param by what undoes it
         * @return this builder
         */
        public Builder undoes(Action launched, Action by) {
            undoes.put(Arguments.given(launched, "launched").id(), Arguments.given(by, "by"));
            return this;
        }

        /**
         * How to bring a component back when its earlier release can no longer be had. Takes its own
         * {@linkplain Action#budget budget}.
         *
         * @param component the component
         * @param action what builds and brings it back
         * @return this builder
         */
        public Builder rebuild(Component component, Action action) {
            rebuilds.put(Arguments.given(component, "component").name(), Arguments.given(action, "action"));
            return this;
        }

        /**
         * Nothing was live before this launch; going back means taking down.
         *
         * @param takeDown what is performed
         * @param more what is performed after it
         * @return this builder
         */
        public Builder noPreviousRelease(Action takeDown, Action... more) {
            this.takeDown.clear();
            this.takeDown.addAll(Arguments.all(takeDown, "takeDown", more));
            return this;
        }

        /**
         * There is no way back; whatever is wrong is put right by a new release. The triggers still ask.
         *
         * @param approvedBy the role that must approve this
         * @return this builder
         */
        public Builder fixForwardOnly(String approvedBy) {
            fixForward = Arguments.text(approvedBy, "approvedBy");
            return this;
        }

        /**
         * Where a rollback is announced. A channel that is down holds nothing up.
         *
         * @param channel the channel
         * @return this builder
         */
        public Builder announce(Channel channel) {
            channels.add(Arguments.given(channel, "channel"));
            return this;
        }

        /**
         * How long a rollback should take, from the decision until it is verified.
         *
         * @param expected how long, longer than zero
         * @return this builder
         * @throws IllegalArgumentException if {@code expected} is not longer than zero
         */
        public Builder budget(Duration expected) {
            budget = Arguments.positive(expected, "expected");
            return this;
        }

        /**
         * How long a component should take to go back, from the decision on.
         *
         * @param component the component
         * @param expected how long, longer than zero
         * @return this builder
         * @throws IllegalArgumentException if {@code expected} is not longer than zero
         */
        public Builder budget(Component component, Duration expected) {
            budgets.put(Arguments.given(component, "component").name(), Arguments.positive(expected, "expected"));
            return this;
        }

        /**
         * How many requests are expected, so that triggers that need more can be named.
         *
         * @param perMinute requests per minute, not negative
         * @return this builder
         * @throws IllegalArgumentException if {@code perMinute} is negative
         */
        public Builder expectedTraffic(int perMinute) {
            traffic = Arguments.between(perMinute, 0, Integer.MAX_VALUE, "perMinute");
            return this;
        }

        /**
         * What must pass for a rollback to count.
         *
         * @param first a check
         * @param more further ones
         * @return this builder
         */
        public Builder verify(Check first, Check... more) {
            for (Check check : Arguments.all(first, "first", more)) {
                verification.add(check.as("verify-" + (verification.size() + 1)));
            }
            return this;
        }

        /**
         * What must pass for a rollback to count, under ids of their own.
         *
         * @param first an item
         * @param more further ones
         * @return this builder
         * @throws IllegalArgumentException if an item is not a check, or has its turn only later: nothing is waited for
         */
        public Builder verify(Item first, Item... more) {
            for (Item item : Arguments.all(first, "first", more)) {
                if (item.kind() != Item.Kind.CHECK) {
                    throw new IllegalArgumentException("a rollback is verified by checks, and " + item.id() + " is a "
                            + item.kind().name().toLowerCase(java.util.Locale.ROOT));
                }
                if (item.until().isPresent() || item.due().isPresent()) {
                    throw new IllegalArgumentException("a rollback is verified as soon as it is performed, and "
                            + item.id() + " has to wait for something");
                }
                verification.add(item);
            }
            return this;
        }

        /**
         * What people do after a rollback. It is on the board from the decision on, until somebody has
         * said with {@code followedUp(..)} that it is done; what is overdue waits for its role,
         * and what is still open at the end is named there.
         *
         * @param what what is done, for example {@code find out why}
         * @param role who does it
         * @param within how long after the decision, longer than zero
         * @param tags words to select by
         * @return this builder
         * @throws IllegalArgumentException if {@code within} is not longer than zero
         */
        public Builder followUp(String what, String role, Duration within, String... tags) {
            followUps.add(new FollowUp(what, role, within, Arguments.tags(Set.of(), tags)));
            return this;
        }

        /**
         * More tags for the policy as a whole.
         *
         * @param more words to select by
         * @return this builder
         */
        public Builder tagged(String... more) {
            tags.addAll(Arguments.tags(Set.of(), more));
            return this;
        }

        /**
         * How long to wait for that. Default 10 min.
         *
         * @param limit how long, longer than zero
         * @return this builder
         * @throws IllegalArgumentException if {@code limit} is not longer than zero
         */
        public Builder verifyTimeout(Duration limit) {
            verifyTimeout = Arguments.positive(limit, "limit");
            return this;
        }

        /**
         * How long to wait for an approval. Default 15 min.
         *
         * @param limit how long, longer than zero
         * @return this builder
         * @throws IllegalArgumentException if {@code limit} is not longer than zero
         */
        public Builder approvalTimeout(Duration limit) {
            approvalTimeout = Arguments.positive(limit, "limit");
            return this;
        }

        /**
         * What happens when nobody answered by then. Default {@link OnTimeout#ESCALATE}.
         *
         * @param then what happens
         * @return this builder
         */
        public Builder onTimeout(OnTimeout then) {
            onTimeout = Arguments.given(then, "then");
            return this;
        }

        /**
         * What happens when the trigger is cleared before somebody answered. Default {@link OnClear#KEEP_ASKING}.
         *
         * @param then what happens
         * @return this builder
         */
        public Builder onClear(OnClear then) {
            onClear = Arguments.given(then, "then");
            return this;
        }

        /**
         * Who may approve a rollback. Default any person.
         *
         * @param role the role
         * @param more further roles
         * @return this builder
         */
        public Builder approvedBy(String role, String... more) {
            Arguments.all(role, "role", more).forEach(one -> approvers.add(Arguments.text(one, "role")));
            return this;
        }

        /**
         * Who may approve an action that destroys something. Default any person.
         *
         * @param role the role
         * @param more further roles
         * @return this builder
         */
        public Builder destructiveApprovedBy(String role, String... more) {
            Arguments.all(role, "role", more).forEach(one -> destructiveApprovers.add(Arguments.text(one, "role")));
            return this;
        }

        /**
         * How long the same evidence does not ask again after it was denied or nobody answered. Default 15 min.
         *
         * @param span how long, not negative
         * @return this builder
         * @throws IllegalArgumentException if {@code span} is negative
         */
        public Builder coolDown(Duration span) {
            coolDown = Arguments.notNegative(span, "span");
            return this;
        }

        /**
         * How long the system is watched after a rollback. Default 30 min.
         *
         * @param span how long, not negative
         * @return this builder
         * @throws IllegalArgumentException if {@code span} is negative
         */
        public Builder aftercare(Duration span) {
            aftercare = Arguments.notNegative(span, "span");
            return this;
        }

        /**
         * Nothing is performed; it is shown what would be.
         *
         * @return this builder
         */
        public Builder dryRun() {
            dryRun = true;
            return this;
        }

        /**
         * What is wrong or doubtful, without an exception.
         *
         * @return the problems, then the warnings
         */
        public List<String> validate() {
            List<String> all = new ArrayList<>(PolicyRules.problems(this));
            all.addAll(PolicyRules.warnings(this));
            return List.copyOf(all);
        }

        /**
         * The policy.
         *
         * @return the policy
         * @throws InvalidPolicyException if it can never work as it is meant; names all problems
         */
        public RollbackPolicy build() {
            List<String> problems = PolicyRules.problems(this);
            if (!problems.isEmpty()) {
                throw new InvalidPolicyException(problems);
            }
            return new RollbackPolicy(new Builder(this));
        }
    }
}
