package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Person;
import dev.golive.internal.Arguments;
import dev.golive.internal.Ids;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people do to a running launch. Everything has a person and, where it matters, a reason; everything is accepted or
 * refused with the reason why, and journaled either way.
 *
 * <p>Automation may only {@linkplain #hold hold} and {@linkplain #recheck recheck}; everything else is refused to whoever
 * is not a person.
 *
 * <p>There are two doors: {@link Launch#control()} within the process, and {@link #through} a folder beside the journal
 * for another JShell, a job or a session elsewhere on the machine. What comes through the folder is known as
 * {@linkplain dev.golive.Assurance#ASSERTED asserted}: whoever can write a file can write any name.
 *
 * <p>Within the process whatever is said throws {@link IllegalStateException} once the launch is closed, and
 * {@link dev.golive.journal.JournalException} once the journal can no longer be written. Through the folder it then gets
 * no answer, and stays in the inbox until somebody carries the launch on.
 *
 * <p>Thread-safe.
 */
public final class LaunchControl {

    /**
     * What a launch says to what a person told it.
     *
     * @param accepted whether it does what was asked
     * @param because why not; if it does, what else there is to say, mostly nothing
     */
    public record Reply(boolean accepted, String because) {

        /**
         * Refuses a missing reason.
         *
         * @param accepted whether it does what was asked
         * @param because why not; if it does, what else there is to say
         */
        public Reply {
            Arguments.given(because, "because");
        }

        @Override
        public String toString() {
            return (accepted ? "accepted" : "refused") + (because.isBlank() ? "" : ": " + because);
        }
    }

    /** How a person settles an action that the engine must not go on with by itself. */
    public enum Settlement {
        /** Observe it again, and apply it if it is not at its target. */
        AGAIN,
        /** It is done: somebody has seen to it. */
        DONE,
        /** Leave it. */
        SKIP
    }

    /** What a person has found at a checkpoint. */
    public enum Seen {
        /** All is well. */
        OK,
        /** Something is wrong, and known. */
        ISSUE,
        /** Nobody looked. */
        SKIPPED
    }

    private final Function<Command, Reply> door;
    private final Supplier<List<String>> board;
    private final TimeSource time;
    private final @Nullable LongSupplier numbers;

    LaunchControl(
            Function<Command, Reply> door,
            Supplier<List<String>> board,
            TimeSource time,
            @Nullable LongSupplier numbers) {
        this.door = door;
        this.board = board;
        this.time = time;
        this.numbers = numbers;
    }

    /**
     * The control of a launch that another process owns.
     *
     * @param journal the journal of the launch, a file on this machine
     * @return the control; it waits up to 30 seconds for an answer, and says so if there is none
     * @throws IllegalArgumentException if there is no such file
     */
    public static LaunchControl through(Path journal) {
        return through(journal, TimeSource.system(), Duration.ofSeconds(30));
    }

    /**
     * The control of a launch that another process owns.
     *
     * @param journal the journal of the launch, a file on this machine
     * @param time dates what is said, and waits
     * @param patience how long to wait for an answer
     * @return the control
     * @throws IllegalArgumentException if there is no such file
     */
    public static LaunchControl through(Path journal, TimeSource time, Duration patience) {
        if (!Files.exists(Arguments.given(journal, "journal"))) {
            throw new IllegalArgumentException("journal must be a file that exists but was " + journal);
        }
        Arguments.given(time, "time");
        Arguments.positive(patience, "patience");
        Inbox inbox = Inbox.of(journal);
        return new LaunchControl(
                command -> {
                    inbox.put(command);
                    return await(journal, command.id(), time, patience);
                },
                inbox::board,
                time,
                null);
    }

    private static Reply await(Path journal, String id, TimeSource time, Duration patience) {
        Instant until = time.now().plus(patience);
        try {
            while (time.now().isBefore(until)) {
                AtomicReference<@Nullable Reply> reply = new AtomicReference<>();
                Journal.read(journal, Replay.counting(entry -> {
                    Reply told = replyIn(entry, id);
                    if (told != null) {
                        reply.set(told);
                    }
                }));
                Reply found = reply.get();
                if (found != null) {
                    return found;
                }
                time.sleepUntil(time.now().plus(Duration.ofMillis(250)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Reply(false, "nobody has answered yet; it stays in the inbox until somebody carries the launch on");
    }

    private static @Nullable Reply replyIn(Entry entry, String id) {
        if (!entry.type().equals(Event.Commanded.class.getSimpleName())
                || !entry.data().contains(id)) {
            return null;
        }
        Event.Commanded commanded = (Event.Commanded) EventJson.read(entry);
        return commanded.command().id().equals(id) ? new Reply(commanded.accepted(), commanded.because()) : null;
    }

    // ---- what people say

    /**
     * Confirms, approves, refuses or withdraws an item of a list.
     *
     * @param answer the answer, with the digest that the item's result names
     * @return whether it was taken
     */
    public Reply answer(Answer answer) {
        return tell(Command.Kind.ANSWER, Arguments.given(answer, "answer").by(), answer.comment(), Map.of(), answer);
    }

    /**
     * Says GO on a verdict. No action of a launch runs without it.
     *
     * @param by who decides
     * @param verdictDigest the digest of the verdict, as {@link #board()} shows it
     * @param reason why, may be blank
     * @return whether it was taken
     */
    public Reply decide(Person by, String verdictDigest, String reason) {
        return tell(Command.Kind.DECIDE, by, reason, Map.of("digest", Arguments.text(verdictDigest, "verdictDigest")));
    }

    /**
     * Stops everything but probes and rollback.
     *
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply hold(Person by, String reason) {
        return tell(Command.Kind.HOLD, by, reason, Map.of());
    }

    /**
     * Goes on after a hold. What failed is carried out again.
     *
     * @param by who
     * @param reason why, may be blank
     * @return whether it was taken
     */
    public Reply resume(Person by, String reason) {
        return tell(Command.Kind.RESUME, by, reason, Map.of());
    }

    /**
     * Ends the launch: cancelled if nothing was applied yet, rolled back otherwise. Without a rollback policy it is
     * cancelled in any case, and what was applied stays.
     *
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply abort(Person by, String reason) {
        return tell(Command.Kind.ABORT, by, reason, Map.of());
    }

    /**
     * Reports something by a code that the rollback policy knows.
     *
     * @param code the code, for example {@code WRONG_BALANCE}
     * @param by who
     * @param reason what was seen
     * @return whether it was taken; a code that is no reason to roll back is taken and answered with what to do instead
     */
    public Reply report(String code, Person by, String reason) {
        return tell(Command.Kind.REPORT, by, reason, Map.of("code", Arguments.text(code, "code")));
    }

    /**
     * Rolls back, whatever the triggers say.
     *
     * @param by who, in a role that may approve a rollback
     * @param reason why
     * @return whether it was taken
     */
    public Reply rollBackNow(Person by, String reason) {
        return tell(Command.Kind.ROLL_BACK, by, reason, Map.of());
    }

    /**
     * Approves the rollback that waits.
     *
     * @param by who
     * @param reason why, may be blank
     * @return whether it was taken; of two people who answer at the same time one is
     */
    public Reply approveRollback(Person by, String reason) {
        return tell(Command.Kind.APPROVE, by, reason, Map.of());
    }

    /**
     * Denies the rollback that waits. The same evidence does not ask again for a while.
     *
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply denyRollback(Person by, String reason) {
        return tell(Command.Kind.DENY, by, reason, Map.of());
    }

    /**
     * Permits one destructive action of a rollback. Bound to the launch, the action, the operator and a time.
     *
     * @param permit what is permitted
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply permit(Permit permit, Person by, String reason) {
        Arguments.given(permit, "permit");
        return tell(
                Command.Kind.PERMIT,
                by,
                reason,
                Map.of(
                        "launch", permit.launch(),
                        "action", permit.action(),
                        "operator", permit.operator(),
                        "expires", permit.expires().toString()));
    }

    /**
     * Takes note of something that waits, so that the launch goes on: a trigger that was red before, a changed plan,
     * another launch that is armed.
     *
     * @param what the key under which it waits, as {@link #board()} shows it
     * @param by who
     * @param reason why it does not matter
     * @return whether it was taken
     */
    public Reply acknowledge(String what, Person by, String reason) {
        return tell(Command.Kind.ACKNOWLEDGE, by, reason, Map.of("what", Arguments.text(what, "what")));
    }

    /**
     * Launches outside of the window all the same.
     *
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply override(Person by, String reason) {
        return tell(Command.Kind.OVERRIDE, by, reason, Map.of());
    }

    /**
     * Settles an action that waits for a person, because somebody else acted or a crash left it in doubt.
     *
     * @param action the key of the action, as {@link #board()} shows it
     * @param how what is to be done with it
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply settle(String action, Settlement how, Person by, String reason) {
        return tell(
                Command.Kind.SETTLE,
                by,
                reason,
                Map.of(
                        "action",
                        Arguments.text(action, "action"),
                        "how",
                        Arguments.given(how, "how").name()));
    }

    /**
     * Looks at everything again that is not in order, and carries out again what failed.
     *
     * @param by who
     * @param reason why, may be blank
     * @return whether it was taken
     */
    public Reply recheck(Person by, String reason) {
        return tell(Command.Kind.RECHECK, by, reason, Map.of());
    }

    /**
     * Plans the launch for another instant, before it has begun. A decision that was made no longer stands.
     *
     * @param planned the new local time of T
     * @param zone the zone of the plan
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply reschedule(LocalDateTime planned, ZoneId zone, Person by, String reason) {
        Instant at = Arguments.given(planned, "planned")
                .atZone(Arguments.given(zone, "zone"))
                .toInstant();
        return tell(Command.Kind.RESCHEDULE, by, reason, Map.of("planned", at.toString()));
    }

    /**
     * Says what a person has found at a checkpoint.
     *
     * @param slot when the checkpoint was due
     * @param outcome what was found
     * @param by who
     * @param reason more, may be blank
     * @return whether it was taken
     */
    public Reply checkpoint(Instant slot, Seen outcome, Person by, String reason) {
        return tell(
                Command.Kind.CHECKPOINT,
                by,
                reason,
                Map.of(
                        "slot",
                        Arguments.given(slot, "slot").toString(),
                        "outcome",
                        Arguments.given(outcome, "outcome").name()));
    }

    /**
     * Takes the emergency path of the plan.
     *
     * @param by who, in the role that the path names
     * @param reason why
     * @return whether it was taken
     */
    public Reply declareEmergency(Person by, String reason) {
        return tell(Command.Kind.EMERGENCY, by, reason, Map.of());
    }

    /**
     * Says that something that had to follow an emergency is done.
     *
     * @param what what was to be done, as the plan says it
     * @param by who
     * @param reason where it can be found, may be blank
     * @return whether it was taken
     */
    public Reply followedUp(String what, Person by, String reason) {
        return tell(Command.Kind.FOLLOWED_UP, by, reason, Map.of("what", Arguments.text(what, "what")));
    }

    /**
     * Says whether an open-ended blackout is in force on a day.
     *
     * @param blackout its name
     * @param day the day in the zone of the plan
     * @param inForce whether it is in force
     * @param by who
     * @return whether it was taken
     */
    public Reply blackout(String blackout, LocalDate day, boolean inForce, Person by) {
        return tell(
                Command.Kind.BLACKOUT,
                by,
                "",
                Map.of(
                        "blackout",
                        Arguments.text(blackout, "blackout"),
                        "day",
                        Arguments.given(day, "day").toString(),
                        "inForce",
                        String.valueOf(inForce)));
    }

    /**
     * Accepts an item that is not in order, as a {@link dev.golive.Waiver}. The item's owner cannot.
     *
     * @param item the id of the item
     * @param until when the waiver ends
     * @param by who
     * @param reason why
     * @return whether it was taken
     */
    public Reply waive(String item, Instant until, Person by, String reason) {
        return tell(
                Command.Kind.WAIVE,
                by,
                reason,
                Map.of(
                        "item",
                        Arguments.text(item, "item"),
                        "until",
                        Arguments.given(until, "until").toString()));
    }

    /**
     * Announces maintenance: samples taken meanwhile are marked and are no evidence.
     *
     * @param until when it ends
     * @param by who
     * @param reason what is done
     * @return whether it was taken
     */
    public Reply maintenance(Instant until, Person by, String reason) {
        return tell(
                Command.Kind.MAINTENANCE,
                by,
                reason,
                Map.of("until", Arguments.given(until, "until").toString()));
    }

    /**
     * Forces the rollback of a {@linkplain LaunchPlan#drill drill}, as if a trigger had fired: who has to approve is
     * asked, everything is performed, verified and measured.
     *
     * @param by who
     * @param reason why
     * @return whether it was taken; a launch in earnest refuses
     */
    public Reply drill(Person by, String reason) {
        return tell(Command.Kind.DRILL, by, reason, Map.of());
    }

    /**
     * What an operator looks at: the verdict, what is now, next and overdue, what waits for whom, what is live, how a
     * rollback stands, the last events.
     *
     * @return at most 24 lines
     */
    public List<String> board() {
        return board.get();
    }

    private Reply tell(Command.Kind kind, Person by, String reason, Map<String, String> details) {
        return tell(kind, by, reason, details, null);
    }

    private Reply tell(
            Command.Kind kind, Person by, String reason, Map<String, String> details, @Nullable Answer answer) {
        Arguments.given(by, "by");
        Arguments.given(reason, "reason");
        // within the process the journal's length tells commands apart, so that a rehearsal gives the same ids each
        // time
        String id = numbers == null
                ? time.now().toString().replace(':', '.') + "-" + UUID.randomUUID()
                : Ids.digest(kind + by.id() + reason + details + time.now() + numbers.getAsLong())
                        .substring(0, 16);
        return door.apply(new Command(id, kind, by, reason, details, answer));
    }
}
