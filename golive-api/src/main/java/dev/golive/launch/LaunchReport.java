package dev.golive.launch;

import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.internal.Arguments;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.JournalException;
import dev.golive.journal.Verification;
import dev.golive.rollback.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened in a launch, computed from the entries of its journal alone: no plan is needed, and none can
 * embellish it.
 *
 * <pre>{@code
 * LaunchReport report = LaunchReport.of(Path.of("launch.journal"));     // also while it is still running
 * LaunchReports.write(report, View.INCIDENT, ReportFormat.HTML, Path.of("incident.html"));
 * }</pre>
 *
 * <p>The chain of the journal is examined, and {@link #journal()} says what was found: of a journal that is not intact,
 * only what comes before the first bad entry is told. To have a person stand in for a report, sign its JSON:
 *
 * <pre>{@code
 * TextSignature signature = TextSignature.of(report.toJson(), key);
 * boolean unchanged = signature.verifies(report.toJson(), publicKey);
 * }</pre>
 *
 * <p>Immutable and thread-safe; contains no secret that the launch knew of.
 */
public final class LaunchReport {

    /** What a line of the timeline is about. */
    public enum Kind {
        /** The launch as a whole. */
        LAUNCH,
        /** A process that took it up. */
        PROCESS,
        /** What a person said. */
        PERSON,
        /** What waits for a person, or does no longer. */
        WAITING,
        /** A step of the plan. */
        STEP,
        /** A list that was examined. */
        LIST,
        /** An action. */
        ACTION,
        /** An announcement. */
        ANNOUNCEMENT,
        /** Samples, triggers, checkpoints and what is live. */
        WATCH,
        /** The rollback. */
        ROLLBACK
    }

    /**
     * One thing that happened.
     *
     * @param at when
     * @param kind what it is about
     * @param actor who did it: a person's id, or {@code golive}
     * @param state where the launch stood after it
     * @param text what happened, as a sentence without a full stop
     */
    public record Line(Instant at, Kind kind, String actor, LaunchState state, String text) {

        /**
         * Refuses what is missing.
         *
         * @param at when
         * @param kind what it is about
         * @param actor who did it: a person's id, or {@code golive}
         * @param state where the launch stood after it
         * @param text what happened, as a sentence without a full stop
         * @throws NullPointerException if a part is missing that must not be
         */
        public Line {
            Arguments.given(at, "at");
            Arguments.given(kind, "kind");
            Arguments.given(actor, "actor");
            Arguments.given(state, "state");
            Arguments.given(text, "text");
        }
    }

    /**
     * Something that a person said, whether it was accepted or not, or that the rollback policy decided by itself.
     *
     * @param at when
     * @param by the person's id, or {@code golive} for the policy
     * @param roles the roles in which the person acted
     * @param what what was decided
     * @param reason why; may be blank
     * @param digest the digest of what was decided on; blank if there was none
     * @param open what was known to be open then
     * @param accepted whether it counted
     * @param refused why it did not; blank if it did
     */
    public record Decision(
            Instant at,
            String by,
            List<String> roles,
            String what,
            String reason,
            String digest,
            List<String> open,
            boolean accepted,
            String refused) {

        /**
         * Refuses what is missing.
         *
         * @param at when
         * @param by the person's id, or {@code golive} for the policy
         * @param roles the roles in which the person acted
         * @param what what was decided
         * @param reason why; may be blank
         * @param digest the digest of what was decided on; blank if there was none
         * @param open what was known to be open then
         * @param accepted whether it counted
         * @param refused why it did not; blank if it did
         * @throws NullPointerException if a part is missing that must not be
         */
        public Decision {
            Arguments.given(at, "at");
            Arguments.given(by, "by");
            roles = List.copyOf(Arguments.given(roles, "roles"));
            Arguments.given(what, "what");
            Arguments.given(reason, "reason");
            Arguments.given(digest, "digest");
            open = List.copyOf(Arguments.given(open, "open"));
            Arguments.given(refused, "refused");
        }
    }

    /**
     * What a list came to the last time it was examined.
     *
     * @param step the step of the plan that it belongs to
     * @param list the name of the list
     * @param verdict what it came to
     * @param open what was not in order
     * @param at when
     * @param examined how often it was examined
     */
    public record ListResult(String step, String list, Verdict verdict, List<String> open, Instant at, int examined) {

        /**
         * Refuses what is missing.
         *
         * @param step the step of the plan that it belongs to
         * @param list the name of the list
         * @param verdict what it came to
         * @param open what was not in order
         * @param at when
         * @param examined how often it was examined
         * @throws NullPointerException if a part is missing that must not be
         */
        public ListResult {
            Arguments.given(step, "step");
            Arguments.given(list, "list");
            Arguments.given(verdict, "verdict");
            open = List.copyOf(Arguments.given(open, "open"));
            Arguments.given(at, "at");
        }
    }

    /**
     * What became of an action.
     *
     * @param key what tells the action apart within the launch
     * @param status how it ended, or how far it has come: {@code DONE}, {@code ALREADY}, {@code FAILED}, {@code
     *     TIMED_OUT}, {@code SKIPPED}, {@code IN_DOUBT}, {@code NEEDS_HUMAN}, {@code SENT}, {@code OBSERVED}
     * @param attempts how often it was sent
     * @param receipt what the platform called the last request; blank if it did not answer or nothing was sent
     * @param started when it was sent first; {@code null} if it was not
     * @param ended when it ended; {@code null} if it has not
     * @param why why it ended so; may be blank
     */
    public record ActionResult(
            String key,
            String status,
            int attempts,
            String receipt,
            @Nullable Instant started,
            @Nullable Instant ended,
            String why) {

        /**
         * Refuses what is missing and what cannot be.
         *
         * @param key what tells the action apart within the launch
         * @param status how it ended, or how far it has come: {@code DONE}, {@code ALREADY}, {@code FAILED}, {@code
         *     TIMED_OUT}, {@code SKIPPED}, {@code IN_DOUBT}, {@code NEEDS_HUMAN}, {@code SENT}, {@code OBSERVED}
         * @param attempts how often it was sent
         * @param receipt what the platform called the last request; blank if it did not answer or nothing was sent
         * @param started when it was sent first; {@code null} if it was not
         * @param ended when it ended; {@code null} if it has not
         * @param why why it ended so; may be blank
         * @throws NullPointerException if a part is missing that must not be
         * @throws IllegalArgumentException if a number cannot be
         */
        public ActionResult {
            Arguments.given(key, "key");
            Arguments.given(status, "status");
            Arguments.given(receipt, "receipt");
            Arguments.given(why, "why");
            notNegative(attempts, "attempts");
        }

        /**
         * How long it took.
         *
         * @return from the first request to the end; empty if nothing was sent or it has not ended
         */
        public Optional<Duration> took() {
            return between(started, ended);
        }
    }

    /**
     * A rollback that was decided, carried out or not.
     *
     * @param id what tells it apart
     * @param cause which trigger, gate, report or person
     * @param why the deciding rule and what it saw
     * @param evidence the samples that decided, exactly as they were taken
     * @param further what else spoke for it later
     * @param components what was to be taken back
     * @param authority who let it happen: a person's id, or what the policy says; blank if nobody did
     * @param decided when it was decided
     * @param approved when a person or the policy said yes
     * @param performed when the last action had ended
     * @param verified when a verification was good for the first time
     * @param over when it was over, also if it was refused
     * @param verification what the last verification said; blank if there was none
     * @param outcome what became of it
     * @param wouldDo what a dry run would have done
     */
    public record Rollback(
            String id,
            String cause,
            String why,
            List<Sample> evidence,
            List<String> further,
            List<String> components,
            String authority,
            Instant decided,
            @Nullable Instant approved,
            @Nullable Instant performed,
            @Nullable Instant verified,
            @Nullable Instant over,
            String verification,
            String outcome,
            List<String> wouldDo) {

        /**
         * Refuses what is missing.
         *
         * @param id what tells it apart
         * @param cause which trigger, gate, report or person
         * @param why the deciding rule and what it saw
         * @param evidence the samples that decided, exactly as they were taken
         * @param further what else spoke for it later
         * @param components what was to be taken back
         * @param authority who let it happen: a person's id, or what the policy says; blank if nobody did
         * @param decided when it was decided
         * @param approved when a person or the policy said yes
         * @param performed when the last action had ended
         * @param verified when a verification was good for the first time
         * @param over when it was over, also if it was refused
         * @param verification what the last verification said; blank if there was none
         * @param outcome what became of it
         * @param wouldDo what a dry run would have done
         * @throws NullPointerException if a part is missing that must not be
         */
        public Rollback {
            Arguments.given(id, "id");
            Arguments.given(cause, "cause");
            Arguments.given(why, "why");
            evidence = List.copyOf(Arguments.given(evidence, "evidence"));
            further = List.copyOf(Arguments.given(further, "further"));
            components = List.copyOf(Arguments.given(components, "components"));
            Arguments.given(authority, "authority");
            Arguments.given(decided, "decided");
            Arguments.given(verification, "verification");
            Arguments.given(outcome, "outcome");
            wouldDo = List.copyOf(Arguments.given(wouldDo, "wouldDo"));
        }

        /**
         * How long it took to notice.
         *
         * @return from the first deciding sample to the decision; empty if no sample decided
         */
        public Optional<Duration> detection() {
            return evidence.stream()
                    .map(Sample::startedAt)
                    .min(Instant::compareTo)
                    .flatMap(first -> between(first, decided));
        }

        /**
         * How long it took until somebody, or the policy, said yes.
         *
         * @return from the decision to the approval; empty if there was none
         */
        public Optional<Duration> decision() {
            return between(decided, approved);
        }

        /**
         * How long the actions took.
         *
         * @return from the approval to the end of the last action; empty if it was not reached
         */
        public Optional<Duration> execution() {
            return between(approved, performed);
        }

        /**
         * How long it took until it was seen that all is well.
         *
         * @return from the end of the last action to the first good verification; empty if there was none
         */
        public Optional<Duration> verificationTook() {
            return between(performed, verified);
        }

        /**
         * How long users waited for it.
         *
         * @return from the first deciding sample, or the decision if there is none, to the first good verification; empty
         *     if there was none
         */
        public Optional<Duration> total() {
            return between(
                    evidence.stream()
                            .map(Sample::startedAt)
                            .min(Instant::compareTo)
                            .orElse(decided),
                    verified);
        }
    }

    /**
     * A limit of time that was exceeded. Limits that were kept are not in a journal.
     *
     * @param what of what: an action, or the rollback
     * @param limit the limit, counted from the decision
     * @param measured how long it had taken when that was noticed
     * @param taken how long it took in the end; {@code null} if it has not ended
     */
    public record Budget(
            String what,
            Duration limit,
            Duration measured,
            @Nullable Duration taken) {

        /**
         * Refuses what is missing.
         *
         * @param what of what: an action, or the rollback
         * @param limit the limit, counted from the decision
         * @param measured how long it had taken when that was noticed
         * @param taken how long it took in the end; {@code null} if it has not ended
         * @throws NullPointerException if a part is missing that must not be
         */
        public Budget {
            Arguments.given(what, "what");
            Arguments.given(limit, "limit");
            Arguments.given(measured, "measured");
        }
    }

    /**
     * The releases of a component.
     *
     * @param component the name of the component
     * @param before what was live when the launch was armed; {@code null} if that was nothing
     * @param frozen what a rollback returns to; {@code null} if there is nothing
     * @param launched what was launched; {@code null} if nothing was
     * @param live what was live last; {@code null} if that was nothing or is not known
     */
    public record Target(
            String component,
            @Nullable Release before,
            @Nullable Release frozen,
            @Nullable Release launched,
            @Nullable Release live) {

        /**
         * Refuses what is missing.
         *
         * @param component the name of the component
         * @param before what was live when the launch was armed; {@code null} if that was nothing
         * @param frozen what a rollback returns to; {@code null} if there is nothing
         * @param launched what was launched; {@code null} if nothing was
         * @param live what was live last; {@code null} if that was nothing or is not known
         * @throws NullPointerException if a part is missing that must not be
         */
        public Target {
            Arguments.given(component, "component");
        }
    }

    /**
     * A text that was to be posted.
     *
     * @param channel to which channel
     * @param text what
     * @param at when it was due
     * @param posted when the channel took it; {@code null} if it never did
     * @param failures why it did not, each time
     */
    public record Announcement(
            String channel,
            String text,
            Instant at,
            @Nullable Instant posted,
            List<String> failures) {

        /**
         * Refuses what is missing.
         *
         * @param channel to which channel
         * @param text what
         * @param at when it was due
         * @param posted when the channel took it; {@code null} if it never did
         * @param failures why it did not, each time
         * @throws NullPointerException if a part is missing that must not be
         */
        public Announcement {
            Arguments.given(channel, "channel");
            Arguments.given(text, "text");
            Arguments.given(at, "at");
            failures = List.copyOf(Arguments.given(failures, "failures"));
        }
    }

    /**
     * The samples of a signal, from the first to the last.
     *
     * @param id the signal
     * @param ok how many were as they should be
     * @param breach how many were not
     * @param unknown how many said nothing
     * @param maintenance how many more were taken during maintenance, whatever they said
     * @param stretches how the readings followed each other
     */
    public record Signal(String id, int ok, int breach, int unknown, int maintenance, List<Stretch> stretches) {

        /**
         * Refuses what is missing and what cannot be.
         *
         * @param id the signal
         * @param ok how many were as they should be
         * @param breach how many were not
         * @param unknown how many said nothing
         * @param maintenance how many more were taken during maintenance, whatever they said
         * @param stretches how the readings followed each other
         * @throws NullPointerException if a part is missing that must not be
         * @throws IllegalArgumentException if a number cannot be
         */
        public Signal {
            Arguments.given(id, "id");
            stretches = List.copyOf(Arguments.given(stretches, "stretches"));
            notNegative(ok, "ok");
            notNegative(breach, "breach");
            notNegative(unknown, "unknown");
            notNegative(maintenance, "maintenance");
        }
    }

    /**
     * Samples in a row that read the same.
     *
     * @param from when the first one was taken
     * @param until when the last one was there
     * @param reading what they read
     * @param maintenance whether they were taken during maintenance
     * @param samples how many they are
     * @param why what the first one said; may be blank
     */
    public record Stretch(
            Instant from, Instant until, Sample.Reading reading, boolean maintenance, int samples, String why) {

        /**
         * Refuses what is missing and what cannot be.
         *
         * @param from when the first one was taken
         * @param until when the last one was there
         * @param reading what they read
         * @param maintenance whether they were taken during maintenance
         * @param samples how many they are
         * @param why what the first one said; may be blank
         * @throws NullPointerException if a part is missing that must not be
         * @throws IllegalArgumentException if a number cannot be
         */
        public Stretch {
            Arguments.given(from, "from");
            Arguments.given(until, "until");
            Arguments.given(reading, "reading");
            Arguments.given(why, "why");
            notNegative(samples, "samples");
        }
    }

    /**
     * A checkpoint of the watch.
     *
     * @param slot when it was due
     * @param verdict what it came to; {@code null} if it was missed
     * @param open what was not in order
     * @param outcome what a person made of it, or why it was missed; blank if nobody said anything
     * @param trends what changed since the one before
     */
    public record Checkpoint(
            Instant slot, @Nullable Verdict verdict, List<String> open, String outcome, List<String> trends) {

        /**
         * Refuses what is missing.
         *
         * @param slot when it was due
         * @param verdict what it came to; {@code null} if it was missed
         * @param open what was not in order
         * @param outcome what a person made of it, or why it was missed; blank if nobody said anything
         * @param trends what changed since the one before
         * @throws NullPointerException if a part is missing that must not be
         */
        public Checkpoint {
            Arguments.given(slot, "slot");
            open = List.copyOf(Arguments.given(open, "open"));
            Arguments.given(outcome, "outcome");
            trends = List.copyOf(Arguments.given(trends, "trends"));
        }
    }

    /**
     * A trigger that changed.
     *
     * @param at when
     * @param trigger which
     * @param truth what it said from then on
     * @param why with which inputs
     */
    public record Turn(Instant at, String trigger, String truth, String why) {

        /**
         * Refuses what is missing.
         *
         * @param at when
         * @param trigger which
         * @param truth what it said from then on
         * @param why with which inputs
         * @throws NullPointerException if a part is missing that must not be
         */
        public Turn {
            Arguments.given(at, "at");
            Arguments.given(trigger, "trigger");
            Arguments.given(truth, "truth");
            Arguments.given(why, "why");
        }
    }

    /**
     * A release that was seen live, or why none was.
     *
     * @param at when
     * @param component of which component
     * @param release which; {@code null} if there was none or it could not be found out
     * @param why why it could not be found out; may be blank
     */
    public record Live(
            Instant at, String component, @Nullable Release release, String why) {

        /**
         * Refuses what is missing.
         *
         * @param at when
         * @param component of which component
         * @param release which; {@code null} if there was none or it could not be found out
         * @param why why it could not be found out; may be blank
         * @throws NullPointerException if a part is missing that must not be
         */
        public Live {
            Arguments.given(at, "at");
            Arguments.given(component, "component");
            Arguments.given(why, "why");
        }
    }

    /**
     * How well one signal did over the watch.
     *
     * @param signal the signal
     * @param ok how many samples were as they should be
     * @param breach how many were not
     * @param unknown how many said nothing; they count neither as up nor as down
     * @param maintenance how many were left out, since they were taken during maintenance
     * @param uptime the share of OK in OK and BREACH, in percent; {@code null} for a metric, and if there is
     *     neither
     * @param bad how many requests went wrong, of a metric
     * @param total how many requests there were, of a metric
     * @param percentiles the percentiles of a metric
     * @param longest the longest outage of a probe; {@code null} if there was none
     */
    public record Service(
            String signal,
            int ok,
            int breach,
            int unknown,
            int maintenance,
            @Nullable Double uptime,
            long bad,
            long total,
            List<Percentile> percentiles,
            @Nullable Outage longest) {

        /**
         * Refuses what is missing and what cannot be.
         *
         * @param signal the signal
         * @param ok how many samples were as they should be
         * @param breach how many were not
         * @param unknown how many said nothing; they count neither as up nor as down
         * @param maintenance how many were left out, since they were taken during maintenance
         * @param uptime the share of OK in OK and BREACH, in percent; {@code null} for a metric, and if there is
         *     neither
         * @param bad how many requests went wrong, of a metric
         * @param total how many requests there were, of a metric
         * @param percentiles the percentiles of a metric
         * @param longest the longest outage of a probe; {@code null} if there was none
         * @throws NullPointerException if a part is missing that must not be
         * @throws IllegalArgumentException if a number cannot be
         */
        public Service {
            Arguments.given(signal, "signal");
            percentiles = List.copyOf(Arguments.given(percentiles, "percentiles"));
            notNegative(ok, "ok");
            notNegative(breach, "breach");
            notNegative(unknown, "unknown");
            notNegative(maintenance, "maintenance");
            notNegative(bad, "bad");
            notNegative(total, "total");
            percent(uptime, "uptime");
        }

        /**
         * How many requests went wrong.
         *
         * @return the share of bad in all requests, in percent; empty if there were none
         */
        public OptionalDouble errorRate() {
            return total == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * bad / total);
        }
    }

    /**
     * How a percentile was distributed over the slots. Percentiles of slots cannot be averaged to one of the whole
     * time, so that these are not one.
     *
     * @param percentile which, from 0 to 100
     * @param median the median of the slots' values
     * @param worst the largest value of a slot
     * @param worstSlot the beginning of that slot
     * @param slots how many slots had a value
     */
    public record Percentile(double percentile, double median, double worst, Instant worstSlot, int slots) {

        /**
         * Refuses what is missing and what cannot be.
         *
         * @param percentile which, from 0 to 100
         * @param median the median of the slots' values
         * @param worst the largest value of a slot
         * @param worstSlot the beginning of that slot
         * @param slots how many slots had a value
         * @throws NullPointerException if a part is missing that must not be
         * @throws IllegalArgumentException if a number cannot be
         */
        public Percentile {
            Arguments.given(worstSlot, "worstSlot");
            finite(percentile, "percentile");
            finite(median, "median");
            finite(worst, "worst");
            notNegative(slots, "slots");
        }
    }

    /**
     * Breaches in a row; what was unknown in between does not end it.
     *
     * @param from when the first breach was seen
     * @param until when the signal was well again, or the last breach was seen
     * @param ended whether it was seen to be well again
     */
    public record Outage(Instant from, Instant until, boolean ended) {

        /**
         * Refuses what is missing.
         *
         * @param from when the first breach was seen
         * @param until when the signal was well again, or the last breach was seen
         * @param ended whether it was seen to be well again
         * @throws NullPointerException if a part is missing that must not be
         */
        public Outage {
            Arguments.given(from, "from");
            Arguments.given(until, "until");
        }

        /**
         * How long it was.
         *
         * @return the duration
         */
        public Duration lasted() {
            return Duration.between(from, until);
        }
    }

    /**
     * How well the launched release did, from H to the end.
     *
     * @param from H
     * @param until when the launch ended, or the last entry was written
     * @param unwatched for how long of it no process was there to watch
     * @param services each signal
     */
    public record ServiceLevel(Instant from, Instant until, Duration unwatched, List<Service> services) {

        /**
         * Refuses what is missing.
         *
         * @param from H
         * @param until when the launch ended, or the last entry was written
         * @param unwatched for how long of it no process was there to watch
         * @param services each signal
         * @throws NullPointerException if a part is missing that must not be
         */
        public ServiceLevel {
            Arguments.given(from, "from");
            Arguments.given(until, "until");
            Arguments.given(unwatched, "unwatched");
            services = List.copyOf(Arguments.given(services, "services"));
        }
    }

    /**
     * What has to be done after an emergency.
     *
     * @param what what
     * @param due until when
     * @param done when somebody said it was done; {@code null} if nobody did
     */
    public record FollowUp(
            String what, Instant due, @Nullable Instant done) {

        /**
         * Refuses what is missing.
         *
         * @param what what
         * @param due until when
         * @param done when somebody said it was done; {@code null} if nobody did
         * @throws NullPointerException if a part is missing that must not be
         */
        public FollowUp {
            Arguments.given(what, "what");
            Arguments.given(due, "due");
        }
    }

    /**
     * A gate that failed.
     *
     * @param at when
     * @param step which step of the plan
     * @param list the name of its list
     * @param open what was not in order
     */
    public record FailedGate(Instant at, String step, String list, List<String> open) {

        /**
         * Refuses what is missing.
         *
         * @param at when
         * @param step which step of the plan
         * @param list the name of its list
         * @param open what was not in order
         * @throws NullPointerException if a part is missing that must not be
         */
        public FailedGate {
            Arguments.given(at, "at");
            Arguments.given(step, "step");
            Arguments.given(list, "list");
            open = List.copyOf(Arguments.given(open, "open"));
        }
    }

    /** Everything that a report holds, in the form in which it is written as JSON. */
    record Content(
            String plan,
            String planDigest,
            String environment,
            boolean production,
            String launchId,
            @Nullable Person operator,
            String zone,
            @Nullable Instant planned,
            @Nullable Instant launched,
            @Nullable Instant armed,
            @Nullable Instant ended,
            @Nullable Instant last,
            @Nullable LaunchState state,
            @Nullable Verdict verdict,
            String why,
            boolean drill,
            boolean durable,
            Verification journal,
            int processes,
            List<String> remarks,
            List<Line> timeline,
            List<Decision> decisions,
            List<String> waiting,
            List<ListResult> lists,
            List<FailedGate> failedGates,
            List<ActionResult> actions,
            List<Target> targets,
            List<Rollback> rollbacks,
            List<Budget> budgets,
            List<Announcement> announcements,
            List<Signal> signals,
            List<Turn> turns,
            List<Checkpoint> checkpoints,
            List<Live> live,
            @Nullable ServiceLevel serviceLevel,
            List<FollowUp> followUps,
            List<String> people,
            List<String> accounts) {

        Content {
            Arguments.given(plan, "plan");
            Arguments.given(planDigest, "planDigest");
            Arguments.given(environment, "environment");
            Arguments.given(launchId, "launchId");
            Arguments.given(zone, "zone");
            Arguments.given(why, "why");
            Arguments.given(journal, "journal");
            notNegative(processes, "processes");
            remarks = List.copyOf(Arguments.given(remarks, "remarks"));
            timeline = List.copyOf(Arguments.given(timeline, "timeline"));
            decisions = List.copyOf(Arguments.given(decisions, "decisions"));
            waiting = List.copyOf(Arguments.given(waiting, "waiting"));
            lists = List.copyOf(Arguments.given(lists, "lists"));
            failedGates = List.copyOf(Arguments.given(failedGates, "failedGates"));
            actions = List.copyOf(Arguments.given(actions, "actions"));
            targets = List.copyOf(Arguments.given(targets, "targets"));
            rollbacks = List.copyOf(Arguments.given(rollbacks, "rollbacks"));
            budgets = List.copyOf(Arguments.given(budgets, "budgets"));
            announcements = List.copyOf(Arguments.given(announcements, "announcements"));
            signals = List.copyOf(Arguments.given(signals, "signals"));
            turns = List.copyOf(Arguments.given(turns, "turns"));
            checkpoints = List.copyOf(Arguments.given(checkpoints, "checkpoints"));
            live = List.copyOf(Arguments.given(live, "live"));
            followUps = List.copyOf(Arguments.given(followUps, "followUps"));
            people = List.copyOf(Arguments.given(people, "people"));
            accounts = List.copyOf(Arguments.given(accounts, "accounts"));
        }
    }

    private final Content content;

    LaunchReport(Content content) {
        this.content = content;
    }

    /**
     * The report of a journal that is at hand. Of a launch that is still running it tells what happened so far.
     *
     * @param journal the journal
     * @return the report
     * @throws JournalException if the journal cannot be read
     */
    public static LaunchReport of(Journal journal) {
        Arguments.given(journal, "journal");
        return of(journal.verify(), journal::read);
    }

    /**
     * The report of a journal in a file, also while another process has it open. Changes nothing.
     *
     * @param journalFile the file
     * @return the report
     * @throws JournalException if the file cannot be read
     */
    public static LaunchReport of(Path journalFile) {
        Arguments.given(journalFile, "journalFile");
        return of(Journal.verify(journalFile), reader -> Journal.read(journalFile, reader));
    }

    private static LaunchReport of(Verification found, Consumer<Consumer<Entry>> entries) {
        Chronicle chronicle = new Chronicle();
        try {
            entries.accept(Replay.counting(entry -> {
                // what was appended since the examination is left to the next report: the head must fit what is told
                if (entry.number() <= found.entries()) {
                    chronicle.take(entry);
                }
            }));
        } catch (JournalException e) {
            if (found.intact()) {
                throw e;
            }
            // the examination has found the same before, and the report says so
        }
        return new LaunchReport(chronicle.content(found));
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json one JSON object
     * @return the report
     * @throws dev.golive.GoLiveException if it is not that
     */
    public static LaunchReport fromJson(String json) {
        return new LaunchReport(LaunchReportJson.read(Arguments.given(json, "json")));
    }

    /**
     * The report as JSON, in a versioned format. The same report is always the same text, so that it can be signed.
     *
     * @return one JSON object over several lines
     */
    public String toJson() {
        return LaunchReportJson.write(content);
    }

    /**
     * The same without what outsiders need not know: names of persons, addresses and account ids are replaced wherever
     * they stand. Roles, releases, times and hashes stay.
     *
     * @return a new report
     */
    public LaunchReport forSharing() {
        return new LaunchReport(LaunchReportJson.cleaned(content));
    }

    /**
     * Whether there is something to examine afterwards.
     *
     * @return whether a rollback was decided, also one that was refused, or a gate failed
     */
    public boolean hasIncident() {
        return !content.rollbacks().isEmpty() || !content.failedGates().isEmpty();
    }

    /**
     * The rollback that counts.
     *
     * @return the last one that was decided; empty if none was
     */
    public Optional<Rollback> rollback() {
        List<Rollback> all = content.rollbacks();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * The deciding rule of each rollback and its exact inputs.
     *
     * @return several lines, ending with a line break
     */
    public String explain() {
        StringBuilder text = new StringBuilder();
        for (Rollback rollback : content.rollbacks()) {
            text.append(rollback.cause()).append(" decided at ").append(rollback.decided());
            text.append("\n  why: ").append(rollback.why()).append('\n');
            rollback.evidence()
                    .forEach(sample -> text.append("  ").append(sample).append('\n'));
            rollback.further()
                    .forEach(more -> text.append("  also: ").append(more).append('\n'));
            text.append("  authority: ")
                    .append(rollback.authority().isEmpty() ? "nobody" : rollback.authority())
                    .append("\n  outcome: ")
                    .append(rollback.outcome())
                    .append('\n');
        }
        for (FailedGate gate : content.failedGates()) {
            text.append("the gate ").append(gate.list()).append(" failed at ").append(gate.at());
            gate.open().forEach(open -> text.append("\n  ").append(open));
            text.append('\n');
        }
        return text.length() == 0 ? "no rollback was decided, and no gate failed\n" : text.toString();
    }

    /**
     * What was launched.
     *
     * @return the name of the plan; empty if nothing is armed
     */
    public String plan() {
        return content.plan();
    }

    /**
     * Which plan that was, exactly.
     *
     * @return its digest; empty if nothing is armed
     */
    public String planDigest() {
        return content.planDigest();
    }

    /**
     * Where.
     *
     * @return the name of the environment; empty if nothing is armed
     */
    public String environment() {
        return content.environment();
    }

    /**
     * Whether real users depend on it.
     *
     * @return whether it is a production environment
     */
    public boolean isProduction() {
        return content.production();
    }

    /**
     * What tells the launch from every other one.
     *
     * @return its id; empty if nothing is armed
     */
    public String launchId() {
        return content.launchId();
    }

    /**
     * Who armed it.
     *
     * @return the person; empty if nothing is armed
     */
    public Optional<Person> operator() {
        return Optional.ofNullable(content.operator());
    }

    /**
     * In which time zone the plan counts days.
     *
     * @return the zone's id; empty if nothing is armed
     */
    public String zone() {
        return content.zone();
    }

    /**
     * T, as it was planned last.
     *
     * @return the instant; empty if nothing is armed
     */
    public Optional<Instant> planned() {
        return Optional.ofNullable(content.planned());
    }

    /**
     * H, when the launched release was there.
     *
     * @return the instant; empty if it was not reached
     */
    public Optional<Instant> launched() {
        return Optional.ofNullable(content.launched());
    }

    /**
     * When it was armed.
     *
     * @return the instant; empty if nothing is armed
     */
    public Optional<Instant> armed() {
        return Optional.ofNullable(content.armed());
    }

    /**
     * When it was over.
     *
     * @return the instant; empty if it is not over
     */
    public Optional<Instant> ended() {
        return Optional.ofNullable(content.ended());
    }

    /**
     * Up to when this report tells.
     *
     * @return when the last entry was written; empty if there is none
     */
    public Optional<Instant> last() {
        return Optional.ofNullable(content.last());
    }

    /**
     * Where the launch stands, or how it ended.
     *
     * @return the state; empty if nothing is armed
     */
    public Optional<LaunchState> state() {
        return Optional.ofNullable(content.state());
    }

    /**
     * What it came to.
     *
     * @return the verdict; empty as long as the launch is not over
     */
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(content.verdict());
    }

    /**
     * Why it came to that.
     *
     * @return a sentence or several; empty as long as the launch is not over
     */
    public String why() {
        return content.why();
    }

    /**
     * Whether it was a {@linkplain LaunchPlan#drill drill}.
     *
     * @return whether its rollback could be forced
     */
    public boolean isDrill() {
        return content.drill();
    }

    /**
     * Whether what happened was kept on a disk. If not, a restart would have lost it.
     *
     * @return whether the journal was durable when the launch was armed
     */
    public boolean isDurable() {
        return content.durable();
    }

    /**
     * What the examination of the journal found. Only what is intact is in this report.
     *
     * @return the finding, with the hash of the last entry that is told of
     */
    public Verification journal() {
        return content.journal();
    }

    /**
     * How many processes took the launch up.
     *
     * @return the number; 1 if none died or was replaced
     */
    public int processes() {
        return content.processes();
    }

    /**
     * What a reader should know before believing the rest.
     *
     * @return a sentence each; empty if there is nothing
     */
    public List<String> remarks() {
        return content.remarks();
    }

    /**
     * Everything that happened. Polls are told when what they see changes, samples when their reading does.
     *
     * @return the lines in the order of the journal
     */
    public List<Line> timeline() {
        return content.timeline();
    }

    /**
     * Who decided what on which evidence: commands, accepted and refused, answers, and what the rollback policy decided.
     *
     * @return the decisions in the order of the journal
     */
    public List<Decision> decisions() {
        return content.decisions();
    }

    /**
     * What waits for a person.
     *
     * @return a sentence each; empty if nothing does
     */
    public List<String> waiting() {
        return content.waiting();
    }

    /**
     * What the lists came to.
     *
     * @return the latest result of each list, in the order of the first one
     */
    public List<ListResult> lists() {
        return content.lists();
    }

    /**
     * The gates that failed.
     *
     * @return the gates; empty if none did
     */
    public List<FailedGate> failedGates() {
        return content.failedGates();
    }

    /**
     * What became of the actions.
     *
     * @return the actions, in the order in which they were begun
     */
    public List<ActionResult> actions() {
        return content.actions();
    }

    /**
     * The releases.
     *
     * @return a target for each component that was seen
     */
    public List<Target> targets() {
        return content.targets();
    }

    /**
     * The rollbacks that were decided. At most one of them was carried out.
     *
     * @return the rollbacks in order; empty if none was
     */
    public List<Rollback> rollbacks() {
        return content.rollbacks();
    }

    /**
     * The limits of time that were exceeded. Limits that were kept are not in a journal.
     *
     * @return the limits; empty if none was exceeded
     */
    public List<Budget> budgets() {
        return content.budgets();
    }

    /**
     * What was posted.
     *
     * @return the announcements in order
     */
    public List<Announcement> announcements() {
        return content.announcements();
    }

    /**
     * The samples.
     *
     * @return a summary of each signal
     */
    public List<Signal> signals() {
        return content.signals();
    }

    /**
     * How the triggers changed.
     *
     * @return the changes in order
     */
    public List<Turn> turns() {
        return content.turns();
    }

    /**
     * The checkpoints of the watch.
     *
     * @return those held and those missed, in order
     */
    public List<Checkpoint> checkpoints() {
        return content.checkpoints();
    }

    /**
     * What was seen live.
     *
     * @return each change, in order
     */
    public List<Live> live() {
        return content.live();
    }

    /**
     * How well the launched release did.
     *
     * @return the numbers; empty if nothing was launched
     */
    public Optional<ServiceLevel> serviceLevel() {
        return Optional.ofNullable(content.serviceLevel());
    }

    /**
     * What has to be done after an emergency.
     *
     * @return everything, done or not; empty if there was none
     */
    public List<FollowUp> followUps() {
        return content.followUps();
    }

    private static Optional<Duration> between(@Nullable Instant from, @Nullable Instant until) {
        return from == null || until == null ? Optional.empty() : Optional.of(Duration.between(from, until));
    }

    private static void notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative but was " + value);
        }
    }

    private static void finite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a number but was " + value);
        }
    }

    private static void percent(@Nullable Double value, String name) {
        if (value != null && !(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException(name + " must be between 0 and 100 but was " + value);
        }
    }

    /**
     * For people.
     *
     * @return what was launched where, and how it ended
     */
    @Override
    public String toString() {
        return content.state() == null
                ? "nothing is armed"
                : content.plan() + " in " + content.environment() + ": " + content.state();
    }
}
