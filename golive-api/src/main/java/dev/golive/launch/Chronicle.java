package dev.golive.launch;

import dev.golive.Fact;
import dev.golive.GoLiveException;
import dev.golive.ItemResult;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Verdict;
import dev.golive.journal.Entry;
import dev.golive.journal.Verification;
import dev.golive.launch.LaunchReport.Kind;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its first entry to its last and remembers what a person wants to see of it. */
final class Chronicle {

    /** The facts by which the reports of lists name persons. */
    private static final Set<String> NAMES = Set.of("person", "not counted");

    private static final String ENGINE = "golive";

    private State state = new State(null);
    private @Nullable Instant last;
    private @Nullable Instant endedAt;
    private final List<String> remarks = new ArrayList<>();
    private final List<LaunchReport.Line> timeline = new ArrayList<>();
    private final List<LaunchReport.Decision> decisions = new ArrayList<>();
    private final Map<String, LaunchReport.ListResult> lists = new LinkedHashMap<>();
    private final List<LaunchReport.FailedGate> failedGates = new ArrayList<>();
    private final Map<String, Deed> actions = new LinkedHashMap<>();
    private final List<Undoing> rollbacks = new ArrayList<>();
    private final Map<String, Event.BudgetExceeded> budgets = new LinkedHashMap<>();
    private final Map<String, Notice> notices = new LinkedHashMap<>();
    private final SampleBook samples = new SampleBook();
    private final List<LaunchReport.Turn> turns = new ArrayList<>();
    private final Map<Instant, LaunchReport.Checkpoint> checkpoints = new LinkedHashMap<>();
    private final List<LaunchReport.Live> live = new ArrayList<>();
    private final Map<String, LaunchReport.FollowUp> followUps = new LinkedHashMap<>();
    private final Set<String> people = new LinkedHashSet<>();
    private final Set<String> accounts = new LinkedHashSet<>();
    private final Map<String, Release> launched = new LinkedHashMap<>();
    private final Map<String, Release> liveNow = new LinkedHashMap<>();
    private final Map<String, String> cleared = new LinkedHashMap<>();
    private @Nullable Report lastCheckpoint;

    /** What becomes of an action. */
    private static final class Deed {
        private final String key;
        private String status = "OBSERVED";
        private int attempts;
        private String receipt = "";
        private @Nullable Instant started;
        private @Nullable Instant ended;
        private String why = "";
        private String seen = "";

        private Deed(String key) {
            this.key = key;
        }

        private LaunchReport.ActionResult result() {
            return new LaunchReport.ActionResult(key, status, attempts, receipt, started, ended, why);
        }
    }

    /** What becomes of a rollback. */
    private static final class Undoing {
        private final Event.Deciding decided;
        private final Instant decidedAt;
        private final List<String> further = new ArrayList<>();
        private String authority = "";
        private @Nullable Instant approved;
        private @Nullable Instant performed;
        private @Nullable Instant verified;
        private @Nullable Instant over;
        private String verification = "";
        private @Nullable Verdict verdict;
        private String outcome = "decided";
        private List<String> wouldDo = List.of();

        private Undoing(Event.Deciding decided, Instant decidedAt) {
            this.decided = decided;
            this.decidedAt = decidedAt;
        }

        private LaunchReport.Rollback result() {
            return new LaunchReport.Rollback(
                    decided.id(),
                    decided.cause(),
                    decided.why(),
                    decided.evidence(),
                    further,
                    decided.components(),
                    authority,
                    decidedAt,
                    approved,
                    performed,
                    verified,
                    over,
                    verification,
                    outcome,
                    wouldDo);
        }
    }

    /** What becomes of an announcement. */
    private static final class Notice {
        private final Event.Posting posting;
        private final Instant at;
        private @Nullable Instant posted;
        private final List<String> failures = new ArrayList<>();

        private Notice(Event.Posting posting, Instant at) {
            this.posting = posting;
            this.at = at;
        }

        private LaunchReport.Announcement result() {
            return new LaunchReport.Announcement(posting.channel(), posting.text(), at, posted, failures);
        }
    }

    // ---- reading

    void take(Entry entry) {
        last = entry.at();
        named(entry.actor());
        Event event;
        try {
            event = EventJson.read(entry);
        } catch (GoLiveException e) {
            // a report that stops here would hide what came after it
            String text = "entry " + entry.number() + ", " + entry.type() + ", is not understood by this version";
            remarks.add(text + ": what follows from it is missing here");
            line(entry.at(), Kind.LAUNCH, entry.actor(), text);
            return;
        }
        State before = state;
        state = state.after(event, entry.at());
        told(event, entry.at(), entry.actor(), before);
    }

    private void line(Instant at, Kind kind, String actor, String text) {
        LaunchState now = isBreaching() ? LaunchState.BREACHING : state.state();
        timeline.add(new LaunchReport.Line(at, kind, actor, now, text));
    }

    /** What the engine reads from the samples, by its own words: without a plan they cannot be judged again. */
    private boolean isBreaching() {
        return state.state() == LaunchState.WATCHING
                && state.turned.values().stream()
                        .anyMatch(truth -> truth.startsWith("TRUE") || truth.contains("partly"));
    }

    private static String because(String why) {
        return why.isBlank() ? "" : ": " + why;
    }

    private void told(Event event, Instant at, String actor, State before) {
        if (event instanceof Event.Armed e) {
            named(e.operator().id());
            line(
                    at,
                    Kind.LAUNCH,
                    e.operator().id(),
                    e.plan() + (e.drill() ? " is armed as a drill in " : " is armed in ") + e.environment()
                            + (e.production() && !e.environment().equalsIgnoreCase("production") ? " (production)" : "")
                            + ", planned for " + e.planned());
            e.warnings().forEach(warning -> line(at, Kind.LAUNCH, actor, "warning: " + warning));
            if (!e.durableJournal()) {
                remarks.add("The state was not durable: the journal was kept in memory, and a restart would have lost"
                        + " the launch");
            }
        } else if (event instanceof Event.Opened e) {
            samples.pause(e.silentSince(), at);
            line(
                    at,
                    Kind.PROCESS,
                    actor,
                    "process " + e.instance() + " on " + e.host()
                            + (state.opened == 1
                                    ? " carries it out"
                                    : " takes it up"
                                            + (e.silentSince() == null
                                                    ? ""
                                                    : ", nobody was there since " + e.silentSince())));
        } else if (event instanceof Event.PlanChanged e) {
            line(at, Kind.LAUNCH, actor, "the plan is another one now: " + e.after() + " instead of " + e.before());
            remarks.add("The plan was changed after arming, at " + at);
        } else if (event instanceof Event.Phase e) {
            line(at, Kind.LAUNCH, actor, "is " + e.state() + " from here on");
        } else if (event instanceof Event.Launched e) {
            line(at, Kind.LAUNCH, actor, "H is " + e.at());
        } else if (event instanceof Event.Ended e) {
            endedAt = at;
            line(at, Kind.LAUNCH, actor, "ended " + e.state() + ", " + e.verdict() + because(e.why()));
            current().ifPresent(row -> {
                row.over = at;
                if (row.wouldDo.isEmpty()) {
                    row.outcome = e.state() + because(e.why());
                }
            });
        } else if (event instanceof Event.Needed e) {
            line(
                    at,
                    Kind.WAITING,
                    actor,
                    "waits for " + (e.owner().isBlank() ? "a person" : e.owner()) + ": " + e.what());
        } else if (event instanceof Event.NoLongerNeeded e) {
            State.Need need = before.needs.get(e.key());
            line(
                    at,
                    Kind.WAITING,
                    actor,
                    "no longer waits: " + (need == null ? e.key() : need.what()) + because(e.how()));
        } else if (event instanceof Event.Escalated e) {
            State.Need need = before.needs.get(e.key());
            line(
                    at,
                    Kind.WAITING,
                    actor,
                    "escalated to level " + e.level() + ": " + (need == null ? e.key() : need.what()));
        } else if (!byPeople(event, at) && !work(event, at) && !watch(event, at, before)) {
            rollback(event, at);
        }
    }

    // ---- people

    private boolean byPeople(Event event, Instant at) {
        if (event instanceof Event.Commanded e) {
            commanded(e, at);
        } else if (event instanceof Event.Answered e) {
            answered(e, at);
        } else if (event instanceof Event.Waived e) {
            said(at, e.by(), "waived " + e.item() + " until " + e.until(), e.reason());
        } else if (event instanceof Event.Decided e) {
            decided(at, e.by(), "decided to launch", e.reason(), e.digest(), e.open());
        } else if (event instanceof Event.DecisionStale e) {
            line(at, Kind.LAUNCH, ENGINE, "the decision does not count any more" + because(e.because()));
        } else if (event instanceof Event.Held e) {
            said(at, e.by(), "held the launch", e.reason());
        } else if (event instanceof Event.Resumed e) {
            said(at, e.by(), "resumed the launch", e.reason());
        } else if (event instanceof Event.Aborted e) {
            said(at, e.by(), "aborted the launch", e.reason());
        } else if (event instanceof Event.Reported e) {
            said(at, e.by(), "reported " + e.code() + ", which is " + e.answer(), e.reason());
        } else if (event instanceof Event.Overridden e) {
            said(at, e.by(), "overrode the " + e.what(), e.reason());
        } else if (event instanceof Event.Rescheduled e) {
            said(at, e.by(), "moved T to " + e.planned(), e.reason());
        } else if (event instanceof Event.Acknowledged e) {
            said(at, e.by(), "acknowledged " + e.what(), e.reason());
        } else if (event instanceof Event.BlackoutAnswered e) {
            said(
                    at,
                    e.by(),
                    "said that " + e.blackout() + " is " + (e.inForce() ? "" : "not ") + "in force on " + e.day(),
                    "");
        } else if (event instanceof Event.EmergencyDeclared e) {
            said(at, e.by(), "declared an emergency", e.reason());
            e.followUps().forEach((what, due) -> followUps.put(what, new LaunchReport.FollowUp(what, due, null)));
        } else if (event instanceof Event.FollowUpsBegan e) {
            e.due().forEach((what, due) -> {
                followUps.put(what, new LaunchReport.FollowUp(what, due, null));
                line(at, Kind.ROLLBACK, ENGINE, "has to be done until " + due + ": " + what);
            });
        } else if (event instanceof Event.FollowedUp e) {
            said(at, e.by(), "followed up: " + e.what(), e.reason());
            LaunchReport.FollowUp open = followUps.get(e.what());
            followUps.put(e.what(), new LaunchReport.FollowUp(e.what(), open == null ? at : open.due(), at));
        } else if (event instanceof Event.MaintenanceSet e) {
            said(
                    at,
                    e.by(),
                    e.until() == null ? "ended the maintenance" : "announced maintenance until " + e.until(),
                    e.reason());
        } else if (event instanceof Event.CheckpointSettled e) {
            LaunchReport.Checkpoint c = checkpoints.get(e.slot());
            checkpoints.put(
                    e.slot(),
                    new LaunchReport.Checkpoint(
                            e.slot(),
                            c == null ? null : c.verdict(),
                            c == null ? List.of() : c.open(),
                            e.outcome(),
                            c == null ? List.of() : c.trends()));
            said(at, e.by(), "settled the checkpoint " + e.slot() + ": " + e.outcome(), "");
        } else if (event instanceof Event.Permitted e) {
            named(e.operator());
            said(
                    at,
                    e.by(),
                    "permitted the destructive action " + e.action() + " for " + e.operator() + " until " + e.expires(),
                    e.reason());
        } else {
            return event instanceof Event.Rechecked;
        }
        return true;
    }

    /** What a command leads to is told by the event that follows; a refusal is followed by nothing. */
    private void commanded(Event.Commanded e, Instant at) {
        Command c = e.command();
        named(c.by().id());
        List<String> details = details(c);
        String what = c.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (details.isEmpty() ? "" : " " + String.join(", ", details));
        if (!e.accepted()) {
            decisions.add(new LaunchReport.Decision(
                    at, c.by().id(), List.copyOf(c.by().roles()), what, c.reason(), "", List.of(), false, e.because()));
            line(at, Kind.PERSON, c.by().id(), "was refused: " + what + because(e.because()));
        } else if (c.kind() == Command.Kind.SETTLE || c.kind() == Command.Kind.RECHECK) {
            said(at, c.by(), c.kind() == Command.Kind.RECHECK ? "asked to look again" : what, c.reason());
        }
    }

    private static List<String> details(Command c) {
        List<String> details = new ArrayList<>();
        c.details().forEach((name, value) -> {
            // a token lets its reader approve, and a report travels further than it
            if (!name.equals("token")) {
                details.add(name + " " + value);
            }
        });
        return details;
    }

    private void answered(Event.Answered e, Instant at) {
        String digest = e.answer().digest();
        decided(
                at,
                e.answer().by(),
                e.answer().kind().name().toLowerCase(Locale.ROOT) + " "
                        + e.answer().itemId(),
                e.answer().comment(),
                digest,
                List.of());
    }

    private void said(Instant at, Person by, String what, String reason) {
        decided(at, by, what, reason, "", List.of());
    }

    private void decided(Instant at, Person by, String what, String reason, String digest, List<String> open) {
        named(by.id());
        decisions.add(
                new LaunchReport.Decision(at, by.id(), List.copyOf(by.roles()), what, reason, digest, open, true, ""));
        line(
                at,
                Kind.PERSON,
                by.id(),
                what + because(reason) + (open.isEmpty() ? "" : " (open: " + String.join("; ", open) + ")"));
    }

    // ---- steps, lists, actions and announcements

    private boolean work(Event event, Instant at) {
        if (event instanceof Event.StepBegan e) {
            line(at, Kind.STEP, ENGINE, "step " + e.step() + " began");
        } else if (event instanceof Event.StepReopened e) {
            line(at, Kind.STEP, ENGINE, "step " + e.step() + " is carried out again");
        } else if (event instanceof Event.StepEnded e) {
            line(at, Kind.STEP, ENGINE, "step " + e.step() + " is " + e.status() + because(e.why()));
        } else if (event instanceof Event.Examined e) {
            examined(e, at);
        } else if (event instanceof Event.Cleared e) {
            String now = e.verdict() + " " + e.open();
            if (!now.equals(cleared.put(e.step(), now))) {
                line(
                        at,
                        Kind.LIST,
                        ENGINE,
                        "everything before " + step(e.step()) + " is " + e.verdict() + open(e.open()));
            }
        } else if (event instanceof Event.IdentitySeen e) {
            line(at, Kind.STEP, ENGINE, e.release() + " was seen served");
        } else if (event instanceof Event.Posting e) {
            notices.put(e.key(), new Notice(e, at));
        } else if (event instanceof Event.Posted e) {
            Notice notice = notices.get(e.key());
            if (notice != null) {
                notice.posted = at;
                line(
                        at,
                        Kind.ANNOUNCEMENT,
                        ENGINE,
                        "posted to " + notice.posting.channel() + ": " + notice.posting.text());
            }
        } else if (event instanceof Event.PostFailed e) {
            Notice notice = notices.get(e.key());
            if (notice != null) {
                notice.failures.add(e.why());
                if (notice.failures.size() == 1) {
                    line(
                            at,
                            Kind.ANNOUNCEMENT,
                            ENGINE,
                            "could not post to " + notice.posting.channel() + because(e.why()));
                }
            }
        } else {
            return action(event, at);
        }
        return true;
    }

    private static String step(String id) {
        return id.equals(Needs.DECISION) ? "the decision" : "step " + id;
    }

    private static String open(List<String> open) {
        return open.isEmpty() ? "" : ": " + String.join("; ", open);
    }

    private void examined(Event.Examined e, Instant at) {
        Report report = report(e.report());
        names(report);
        LaunchReport.ListResult before = lists.get(e.step());
        String list =
                report != null ? report.title() : before != null ? before.list() : "the list of " + step(e.step());
        lists.put(
                e.step(),
                new LaunchReport.ListResult(
                        e.step(), list, e.verdict(), e.open(), at, before == null ? 1 : before.examined() + 1));
        // a list is looked at again and again until it is in order: the news is what it comes to
        boolean news = before == null
                || before.verdict() != e.verdict()
                || !before.open().equals(e.open());
        if (news) {
            line(at, Kind.LIST, ENGINE, list + " is " + e.verdict() + open(e.open()));
            if (e.purpose().equals("gate") && e.verdict() == Verdict.NO_GO) {
                failedGates.add(new LaunchReport.FailedGate(at, e.step(), list, e.open()));
            }
        }
    }

    private static @Nullable Report report(String json) {
        if (json.isEmpty()) {
            return null;
        }
        try {
            return Report.fromJson(json);
        } catch (GoLiveException e) {
            // of another version: what it came to stands beside it in the entry
            return null;
        }
    }

    private void named(String person) {
        if (!person.isBlank() && !person.equals(ENGINE)) {
            people.add(person);
        }
    }

    private void names(@Nullable Report report) {
        if (report == null) {
            return;
        }
        report.environment().accounts().values().forEach(accounts::addAll);
        for (ItemResult result : report.results()) {
            for (Fact fact : result.facts()) {
                if (NAMES.contains(fact.name())) {
                    named(fact.found());
                }
            }
        }
    }

    private Deed deed(String key) {
        return actions.computeIfAbsent(key, Deed::new);
    }

    private boolean action(Event event, Instant at) {
        if (event instanceof Event.ActionStarted e) {
            Deed deed = deed(e.action());
            deed.attempts++;
            deed.status = "SENT";
            deed.started = deed.started == null ? at : deed.started;
            line(
                    at,
                    Kind.ACTION,
                    ENGINE,
                    e.action() + " is sent" + (e.attempt() == 1 ? "" : ", attempt " + e.attempt()));
        } else if (event instanceof Event.ActionApplied e) {
            deed(e.action()).receipt = e.receipt().id();
            line(
                    at,
                    Kind.ACTION,
                    ENGINE,
                    e.action() + " was taken as " + e.receipt().id());
        } else if (event instanceof Event.ApplyFailed e) {
            line(at, Kind.ACTION, ENGINE, e.action() + " could not be sent" + because(e.why()));
        } else if (event instanceof Event.ActionObserved e) {
            Deed deed = deed(e.action());
            String seen = e.observation().state().name();
            if (!seen.equals(deed.seen)) {
                deed.seen = seen;
                line(
                        at,
                        Kind.ACTION,
                        ENGINE,
                        e.action() + " is " + seen.replace('_', ' ').toLowerCase(Locale.ROOT)
                                + because(e.observation().found()));
            }
        } else if (event instanceof Event.Chosen e) {
            line(at, Kind.ACTION, ENGINE, e.action() + " goes by " + e.way());
        } else if (event instanceof Event.ActionReopened e) {
            Deed deed = deed(e.action());
            deed.ended = null;
            deed.status = "OBSERVED";
            deed.why = "";
            line(at, Kind.ACTION, ENGINE, e.action() + " is tried again");
        } else if (event instanceof Event.ActionEnded e) {
            Deed deed = deed(e.action());
            deed.status = e.status().name();
            deed.ended = at;
            deed.why = e.why();
            Release release = e.release();
            if (release != null) {
                liveNow.put(release.component(), release);
                if (e.action().startsWith(Course.LAUNCH)) {
                    launched.put(release.component(), release);
                }
            }
            line(at, Kind.ACTION, ENGINE, e.action() + " is " + e.status() + because(e.why()));
        } else {
            return false;
        }
        return true;
    }

    // ---- the watch

    private boolean watch(Event event, Instant at, State before) {
        if (event instanceof Event.TriggersArmed e) {
            line(at, Kind.WATCH, ENGINE, "triggers count since " + e.since());
        } else if (event instanceof Event.ProbingBegan) {
            line(at, Kind.WATCH, ENGINE, "signals are sampled");
        } else if (event instanceof Event.ProbingEnded) {
            line(at, Kind.WATCH, ENGINE, "signals are no longer sampled; the watch goes on with its checkpoints");
        } else if (event instanceof Event.Sampled e) {
            e.samples().forEach(sample -> samples.add(sample).ifPresent(news -> line(at, Kind.WATCH, ENGINE, news)));
        } else if (event instanceof Event.TriggerTurned e) {
            turns.add(new LaunchReport.Turn(at, e.trigger(), e.truth(), e.why()));
            line(at, Kind.WATCH, ENGINE, "trigger " + e.trigger() + " is " + e.truth() + because(e.why()));
        } else if (event instanceof Event.CheckpointExamined e) {
            checkpoint(e, at);
        } else if (event instanceof Event.CheckpointMissed e) {
            for (Instant slot : e.slots()) {
                checkpoints.put(slot, new LaunchReport.Checkpoint(slot, null, List.of(), e.why(), List.of()));
            }
            if (!e.slots().isEmpty()) {
                line(
                        at,
                        Kind.WATCH,
                        ENGINE,
                        (e.slots().size() == 1
                                        ? "the checkpoint " + e.slots().get(0) + " was missed"
                                        : e.slots().size() + " checkpoints were missed, from "
                                                + e.slots().get(0) + " to "
                                                + e.slots().get(e.slots().size() - 1))
                                + because(e.why()));
            }
        } else if (event instanceof Event.LiveSeen e) {
            Event.LiveSeen earlier = before.live.get(e.component());
            if (earlier == null
                    || !Objects.equals(earlier.release(), e.release())
                    || !earlier.why().equals(e.why())) {
                if (e.release() == null) {
                    liveNow.remove(e.component());
                } else {
                    liveNow.put(e.component(), e.release());
                }
                live.add(new LaunchReport.Live(at, e.component(), e.release(), e.why()));
                line(
                        at,
                        Kind.WATCH,
                        ENGINE,
                        (e.release() == null ? "no release of " + e.component() : e.release()) + " is live"
                                + because(e.why()));
            }
        } else {
            return false;
        }
        return true;
    }

    private void checkpoint(Event.CheckpointExamined e, Instant at) {
        Report report = report(e.report());
        names(report);
        List<String> trends = new ArrayList<>();
        if (report != null) {
            if (lastCheckpoint != null) {
                trends.addAll(Trends.between(lastCheckpoint, report));
            }
            lastCheckpoint = report;
        }
        trends.addAll(samples.errorsSinceLastCheckpoint());
        checkpoints.put(e.slot(), new LaunchReport.Checkpoint(e.slot(), e.verdict(), e.open(), "", trends));
        line(
                at,
                Kind.WATCH,
                ENGINE,
                "checkpoint " + e.slot() + " is " + e.verdict() + open(e.open())
                        + (trends.isEmpty() ? "" : "; " + String.join("; ", trends)));
    }

    // ---- the rollback

    private Optional<Undoing> current() {
        if (rollbacks.isEmpty() || rollbacks.get(rollbacks.size() - 1).over != null) {
            return Optional.empty();
        }
        return Optional.of(rollbacks.get(rollbacks.size() - 1));
    }

    private void rollback(Event event, Instant at) {
        if (event instanceof Event.Deciding e) {
            rollbacks.add(new Undoing(e, at));
            Person by = e.by();
            if (by != null) {
                named(by.id());
            }
            line(
                    at,
                    Kind.ROLLBACK,
                    by == null ? ENGINE : by.id(),
                    "rollback of " + String.join(", ", e.components()) + " decided by " + e.cause() + because(e.why())
                            + (e.confirm() ? "; the signals are sampled once more" : ""));
        } else if (event instanceof Event.BudgetExceeded e) {
            budgets.put(e.what(), e);
            line(at, Kind.ROLLBACK, ENGINE, e.what() + " is over its budget of " + Spans.text(e.budget()));
        } else {
            current().ifPresent(row -> rollback(event, at, row));
        }
    }

    private void rollback(Event event, Instant at, Undoing row) {
        if (event instanceof Event.EvidenceAdded e) {
            row.further.add(e.cause() + because(e.why()));
            line(at, Kind.ROLLBACK, ENGINE, "one more reason: " + e.cause() + because(e.why()));
        } else if (event instanceof Event.NotConfirmed e) {
            refused(row, at, "not confirmed" + because(e.why()));
            line(at, Kind.ROLLBACK, ENGINE, row.outcome);
        } else if (event instanceof Event.ApprovalAsked e) {
            row.outcome = "waits for an approval until " + e.expires();
            line(at, Kind.ROLLBACK, ENGINE, "an approval is asked for until " + e.expires() + because(e.why()));
        } else if (event instanceof Event.RollbackApproved e) {
            approved(e, at, row);
        } else if (event instanceof Event.RollbackDenied e) {
            refused(row, at, "denied by " + e.by().id() + because(e.reason()));
            said(at, e.by(), "denied the rollback", e.reason());
        } else if (event instanceof Event.RollbackExpired e) {
            refused(row, at, "expired" + because(e.why()));
            line(at, Kind.ROLLBACK, ENGINE, row.outcome);
        } else if (event instanceof Event.RollbackWithdrawn e) {
            refused(row, at, "withdrawn" + because(e.why()));
            line(at, Kind.ROLLBACK, ENGINE, row.outcome);
        } else if (event instanceof Event.Suppressed e) {
            row.wouldDo = e.wouldDo();
            row.outcome = "dry run: nothing was done";
            line(at, Kind.ROLLBACK, ENGINE, "dry run, this would be done" + open(e.wouldDo()));
        } else if (event instanceof Event.Verifying) {
            row.performed = at;
            row.outcome = "performed, being verified";
            line(at, Kind.ROLLBACK, ENGINE, "all actions of the rollback have ended, and its verification begins");
        } else if (event instanceof Event.Verified e) {
            boolean good = Steps.isGood(e.verdict());
            if (good && row.verified == null) {
                row.verified = at;
            }
            String text = e.verdict() + because(e.why());
            if (row.verdict != e.verdict()) {
                line(at, Kind.ROLLBACK, ENGINE, "the verification is " + text);
            }
            names(report(e.report()));
            row.verdict = e.verdict();
            row.verification = text;
        } else if (event instanceof Event.AftercareBegan e) {
            row.outcome = "verified, in aftercare until " + e.until();
            line(at, Kind.ROLLBACK, ENGINE, "rolled back and verified; watched until " + e.until());
        }
    }

    private void approved(Event.RollbackApproved e, Instant at, Undoing row) {
        Person by = e.by();
        row.approved = at;
        row.outcome = "being carried out";
        if (by == null) {
            row.authority = "the policy: " + (e.reason().isBlank() ? "automatic" : e.reason());
            decisions.add(new LaunchReport.Decision(
                    at, ENGINE, List.of(), "approved the rollback", e.reason(), "", evidence(row), true, ""));
            line(at, Kind.ROLLBACK, ENGINE, "the policy approved the rollback" + because(e.reason()));
        } else {
            row.authority = by.id();
            named(by.id());
            decisions.add(new LaunchReport.Decision(
                    at,
                    by.id(),
                    List.copyOf(by.roles()),
                    "approved the rollback",
                    e.reason(),
                    "",
                    evidence(row),
                    true,
                    ""));
            line(at, Kind.ROLLBACK, by.id(), "approved the rollback" + because(e.reason()));
        }
    }

    private static List<String> evidence(Undoing row) {
        return List.of(row.decided.cause() + because(row.decided.why()));
    }

    private static void refused(Undoing row, Instant at, String how) {
        row.over = at;
        row.outcome = how;
    }

    // ---- what it comes to

    LaunchReport.Content content(Verification journal) {
        Event.Armed armed = state.armed;
        Event.Ended end = state.end;
        List<String> all = new ArrayList<>();
        if (!journal.intact()) {
            all.add("The journal is not intact: entry " + journal.firstBad() + " " + journal.because()
                    + ". Nothing from there on is told here.");
        } else if (!journal.because().isBlank()) {
            all.add("Of the journal " + journal.because());
        }
        all.addAll(remarks);
        all.addAll(samples.remarks());
        Instant h = state.h;
        Instant until = endedAt == null ? last : endedAt;
        return new LaunchReport.Content(
                armed == null ? "" : armed.plan(),
                armed == null ? "" : armed.digest(),
                armed == null ? "" : armed.environment(),
                armed != null && armed.production(),
                armed == null ? "" : Commands.launchId(state),
                armed == null ? null : armed.operator(),
                armed == null ? "" : armed.zone(),
                armed == null ? null : state.planned,
                h,
                armed == null ? null : state.armedAt,
                endedAt,
                last,
                armed == null ? null : isBreaching() ? LaunchState.BREACHING : state.state(),
                end == null ? null : end.verdict(),
                end == null ? "" : end.why(),
                armed != null && armed.drill(),
                armed != null && armed.durableJournal(),
                journal,
                state.opened,
                all,
                timeline,
                decisions,
                state.needs.values().stream()
                        .map(need -> (need.owner().isBlank() ? "" : need.owner() + ": ") + need.what())
                        .toList(),
                List.copyOf(lists.values()),
                failedGates,
                actions.values().stream().map(Deed::result).toList(),
                targets(),
                rollbacks.stream().map(Undoing::result).toList(),
                budgets.values().stream().map(this::budget).toList(),
                notices.values().stream().map(Notice::result).toList(),
                samples.signals(),
                turns,
                checkpoints.values().stream()
                        .sorted(Comparator.comparing(LaunchReport.Checkpoint::slot))
                        .toList(),
                live,
                h == null || until == null ? null : samples.serviceLevel(h, until),
                List.copyOf(followUps.values()),
                List.copyOf(people),
                List.copyOf(accounts));
    }

    private LaunchReport.Budget budget(Event.BudgetExceeded e) {
        Undoing row = rollbacks.isEmpty() ? null : rollbacks.get(rollbacks.size() - 1);
        Deed deed = actions.get(e.what());
        Instant end = deed != null ? deed.ended : row == null ? null : row.performed;
        return new LaunchReport.Budget(
                e.what(),
                e.budget(),
                e.measured(),
                row == null || end == null ? null : Duration.between(row.decidedAt, end));
    }

    private List<LaunchReport.Target> targets() {
        Event.Armed armed = state.armed;
        Set<String> components = new LinkedHashSet<>();
        if (armed != null) {
            components.addAll(armed.live().keySet());
            components.addAll(armed.frozen().keySet());
        }
        components.addAll(launched.keySet());
        components.addAll(liveNow.keySet());
        List<LaunchReport.Target> targets = new ArrayList<>();
        for (String component : components) {
            targets.add(new LaunchReport.Target(
                    component,
                    armed == null ? null : armed.live().get(component),
                    armed == null ? null : armed.frozen().get(component),
                    launched.get(component),
                    liveNow.get(component)));
        }
        return targets;
    }
}
