package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Observation;
import dev.golive.Person;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.rollback.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a launch. The journal holds these and nothing else; the state of a launch is what they add up to.
 *
 * <p>Those that {@linkplain #durable() must last} are on disk before anything follows from them.
 */
sealed interface Event {

    /** Whether it must be on disk before an effect follows from it. What was merely seen need not be. */
    default boolean durable() {
        return true;
    }

    /** Who did it: a person's id, or the engine. */
    default String actor() {
        return "golive";
    }

    // ---- the launch as a whole

    record Armed(
            String plan,
            String digest,
            String environment,
            boolean production,
            Instant planned,
            String zone,
            Person operator,
            boolean drill,
            boolean durableJournal,
            Map<String, Release> frozen,
            Map<String, Release> live,
            Map<String, List<String>> holds,
            List<String> warnings)
            implements Event {}

    /** A process took the launch up; {@code silentSince} is when the one before was last heard of. */
    record Opened(String instance, String host, @Nullable Instant silentSince) implements Event {}

    record PlanChanged(String before, String after) implements Event {}

    /** What the steps of the plan do, by their ids: of another plan, only what does the same counts as done. */
    record Laid(Map<String, String> steps) implements Event {}

    record Phase(LaunchState state) implements Event {}

    record Launched(Instant at) implements Event {}

    record Ended(LaunchState state, Verdict verdict, String why) implements Event {}

    // ---- people

    record Commanded(Command command, boolean accepted, String because) implements Event {
        @Override
        public String actor() {
            return command.by().id();
        }
    }

    record Answered(Answer answer) implements Event {
        @Override
        public String actor() {
            return answer.by().id();
        }
    }

    record Waived(String item, Person by, String reason, Instant until) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Decided(Person by, String digest, List<String> open, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record DecisionStale(String because) implements Event {}

    record Held(Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Resumed(Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Aborted(Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Reported(String code, Person by, String reason, String answer) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Overridden(Person by, String reason, String what) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Rescheduled(Instant planned, Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record Acknowledged(String what, Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    /** A person wants everything looked at again. */
    record Rechecked() implements Event {}

    record BlackoutAnswered(String blackout, String day, boolean inForce, Person by) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    /** What people have to do from now on, and until when. */
    record FollowUpsBegan(Map<String, Instant> due) implements Event {}

    record EmergencyDeclared(Person by, String reason, Map<String, Instant> followUps) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record FollowedUp(String what, Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    /** Something waits for a person. */
    record Needed(String key, String what, String owner) implements Event {}

    record NoLongerNeeded(String key, String how) implements Event {}

    record Escalated(String key, int level) implements Event {}

    // ---- steps

    record StepBegan(String step) implements Event {}

    /** A step that failed is carried out again. */
    record StepReopened(String step) implements Event {}

    record StepEnded(String step, StepStatus status, String why) implements Event {}

    /** What a list came to, with its report, for a step or before one. */
    record Examined(String step, String purpose, Verdict verdict, List<String> open, String report) implements Event {}

    /** Everything before a step is in order, or not. */
    record Cleared(String step, Verdict verdict, String digest, List<String> open, List<String> details)
            implements Event {}

    record IdentitySeen(String component, Release release) implements Event {}

    record TriggersArmed(Instant since) implements Event {}

    // ---- actions

    record ActionStarted(String action, int attempt, String key) implements Event {}

    record ActionApplied(String action, Receipt receipt) implements Event {}

    record ApplyFailed(String action, String why) implements Event {}

    record ActionObserved(String action, Observation observation) implements Event {
        @Override
        public boolean durable() {
            return false;
        }
    }

    /** Of several ways, this one was taken. */
    record Chosen(String action, String way) implements Event {}

    /** A person wants it tried again, or what was in its way is gone. */
    record ActionReopened(String action) implements Event {}

    record ActionEnded(
            String action,
            ActionStatus status,
            String why,
            @Nullable Release release) implements Event {}

    // ---- announcements

    /** {@code settles} is blank, or a need of which nobody else hears. */
    record Posting(String key, String channel, String text) implements Event {}

    record Posted(String key, Receipt receipt) implements Event {
        @Override
        public boolean durable() {
            return true;
        }
    }

    record PostFailed(String key, String why) implements Event {
        @Override
        public boolean durable() {
            return false;
        }
    }

    // ---- the watch

    record ProbingBegan(Instant anchor) implements Event {}

    record ProbingEnded() implements Event {}

    record Sampled(List<Sample> samples) implements Event {
        @Override
        public boolean durable() {
            return false;
        }
    }

    record TriggerTurned(String trigger, String truth, String why) implements Event {
        @Override
        public boolean durable() {
            return false;
        }
    }

    record CheckpointExamined(Instant slot, Verdict verdict, List<String> open, boolean waits, String report)
            implements Event {}

    record CheckpointMissed(List<Instant> slots, String why) implements Event {}

    record CheckpointSettled(Instant slot, String outcome, Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record LiveSeen(String component, @Nullable Release release, String why) implements Event {
        @Override
        public boolean durable() {
            return false;
        }
    }

    record MaintenanceSet(@Nullable Instant until, Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    // ---- the rollback

    /** A trigger fired, a gate failed or a person said so: from here on there is at most one rollback. */
    record Deciding(
            String id,
            String cause,
            String why,
            List<String> components,
            List<Sample> evidence,
            @Nullable Person by,
            boolean confirm)
            implements Event {}

    /**
     * One more reason. {@code components} are those that go back from now on, if nothing has begun to; none means the
     * same as before.
     */
    record EvidenceAdded(String cause, String why, List<String> components) implements Event {

        EvidenceAdded(String cause, String why) {
            this(cause, why, List.of());
        }
    }

    /** The fresh look before an automatic decision did not bear it out. */
    record NotConfirmed(String why) implements Event {}

    record ApprovalAsked(String token, Instant expires, String why) implements Event {}

    record RollbackApproved(@Nullable Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by == null ? "golive" : by.id();
        }
    }

    record RollbackDenied(Person by, String reason) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record RollbackExpired(String why) implements Event {}

    record RollbackWithdrawn(String why) implements Event {}

    /** A dry run: what would have been done. */
    record Suppressed(List<String> wouldDo) implements Event {}

    record Permitted(String action, Person by, String operator, String reason, Instant expires) implements Event {
        @Override
        public String actor() {
            return by.id();
        }
    }

    record BudgetExceeded(String what, Duration budget, Duration measured) implements Event {}

    record Verifying() implements Event {}

    record Verified(Verdict verdict, String why, String report) implements Event {}

    record AftercareBegan(Instant until) implements Event {}
}
