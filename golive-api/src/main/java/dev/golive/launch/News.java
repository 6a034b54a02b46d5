package dev.golive.launch;

import java.time.Instant;

/** Something that happened and that people want to know of, in a few words. */
record News(Instant at, String what) {

    /** So many are remembered. */
    static final int LATEST = 5;

    /** What an event is in a few words; blank for what happens all the time or says nothing to people. */
    static String of(Event event) {
        if (event instanceof Event.Armed e) {
            return "armed in " + e.environment() + " by " + e.operator().id();
        } else if (event instanceof Event.Opened e) {
            return "taken up by " + e.host() + ", instance " + e.instance();
        } else if (event instanceof Event.PlanChanged) {
            return "the plan is another one than was armed";
        } else if (event instanceof Event.Phase e) {
            return "now " + e.state();
        } else if (event instanceof Event.Launched) {
            return "launched: this is H";
        } else if (event instanceof Event.Ended e) {
            return "ended " + e.state() + ", " + e.verdict() + ": " + e.why();
        }
        String people = people(event);
        return people.isEmpty() ? work(event) : people;
    }

    private static String people(Event event) {
        if (event instanceof Event.Commanded e) {
            // what was accepted is told by what follows from it
            return e.accepted() ? "" : "refused " + e.command().kind() + " of " + e.actor() + ": " + e.because();
        } else if (event instanceof Event.Answered e) {
            return e.actor() + " answered " + e.answer().itemId() + ": "
                    + e.answer().kind();
        } else if (event instanceof Event.Waived e) {
            return e.actor() + " waived " + e.item() + ": " + e.reason();
        } else if (event instanceof Event.Decided e) {
            return e.actor() + " said GO on " + e.digest();
        } else if (event instanceof Event.DecisionStale e) {
            return "the decision no longer stands: " + e.because();
        } else if (event instanceof Event.Held e) {
            return "held by " + e.actor() + ": " + e.reason();
        } else if (event instanceof Event.Resumed e) {
            return "resumed by " + e.actor() + because(e.reason());
        } else if (event instanceof Event.Aborted e) {
            return "aborted by " + e.actor() + ": " + e.reason();
        } else if (event instanceof Event.Reported e) {
            return e.actor() + " reported " + e.code() + ": " + e.answer();
        } else if (event instanceof Event.Overridden e) {
            return e.actor() + " overrode the " + e.what() + ": " + e.reason();
        } else if (event instanceof Event.Rescheduled e) {
            return e.actor() + " rescheduled T to " + e.planned() + ": " + e.reason();
        } else if (event instanceof Event.Acknowledged e) {
            return e.actor() + " acknowledged " + e.what() + ": " + e.reason();
        } else if (event instanceof Event.BlackoutAnswered e) {
            return e.actor() + " said that " + e.blackout() + (e.inForce() ? " is" : " is not") + " in force on "
                    + e.day();
        } else if (event instanceof Event.EmergencyDeclared e) {
            return "emergency declared by " + e.actor() + ": " + e.reason();
        } else if (event instanceof Event.FollowedUp e) {
            return e.actor() + " did: " + e.what();
        } else if (event instanceof Event.CheckpointSettled e) {
            return "checkpoint " + e.slot() + ": " + e.outcome();
        } else if (event instanceof Event.MaintenanceSet e) {
            return e.actor() + " announced maintenance until " + (e.until() == null ? "now" : e.until()) + ": "
                    + e.reason();
        } else if (event instanceof Event.Permitted e) {
            return e.actor() + " permitted " + e.action() + ": " + e.reason();
        }
        return "";
    }

    private static String work(Event event) {
        if (event instanceof Event.Needed e) {
            return "waits: " + e.key();
        } else if (event instanceof Event.Escalated e) {
            return "escalated: " + e.key();
        } else if (event instanceof Event.StepReopened e) {
            return "step " + e.step() + " is tried again";
        } else if (event instanceof Event.StepEnded e) {
            return "step " + e.step() + " " + e.status() + because(e.why());
        } else if (event instanceof Event.IdentitySeen e) {
            return e.release() + " is what is served";
        } else if (event instanceof Event.ActionStarted e) {
            return "sent " + e.action() + (e.attempt() > 1 ? ", attempt " + e.attempt() : "");
        } else if (event instanceof Event.ApplyFailed e) {
            return "sending " + e.action() + " failed: " + e.why();
        } else if (event instanceof Event.Chosen e) {
            return "for " + e.action() + " " + e.way() + " was chosen";
        } else if (event instanceof Event.ActionReopened e) {
            return e.action() + " is tried again";
        } else if (event instanceof Event.ActionEnded e) {
            return e.action() + " " + e.status() + because(e.why());
        } else if (event instanceof Event.TriggerTurned e) {
            return "trigger " + e.trigger() + " " + e.truth() + because(e.why());
        } else if (event instanceof Event.CheckpointExamined e) {
            return "checkpoint " + e.slot() + " " + e.verdict();
        } else if (event instanceof Event.CheckpointMissed e) {
            return e.slots().size() + (e.slots().size() == 1 ? " checkpoint was" : " checkpoints were") + " missed: "
                    + e.why();
        }
        return rollback(event);
    }

    private static String rollback(Event event) {
        if (event instanceof Event.Deciding e) {
            return "rollback " + e.id() + " because of " + e.cause() + ": " + e.why();
        } else if (event instanceof Event.EvidenceAdded e) {
            return "more evidence: " + e.cause() + because(e.why());
        } else if (event instanceof Event.NotConfirmed e) {
            return "the rollback was not borne out: " + e.why();
        } else if (event instanceof Event.ApprovalAsked e) {
            return "asked to approve the rollback until " + e.expires();
        } else if (event instanceof Event.RollbackApproved e) {
            return "rollback approved by " + e.actor() + because(e.reason());
        } else if (event instanceof Event.RollbackDenied e) {
            return "rollback denied by " + e.actor() + because(e.reason());
        } else if (event instanceof Event.RollbackExpired e) {
            return "rollback expired: " + e.why();
        } else if (event instanceof Event.RollbackWithdrawn e) {
            return "rollback withdrawn: " + e.why();
        } else if (event instanceof Event.Suppressed e) {
            return "dry run: would have done " + String.join("; ", e.wouldDo());
        } else if (event instanceof Event.BudgetExceeded e) {
            return e.what() + " is over its budget";
        } else if (event instanceof Event.Verifying) {
            return "the rollback is being verified";
        } else if (event instanceof Event.AftercareBegan e) {
            return "verified; aftercare until " + e.until();
        }
        return "";
    }

    private static String because(String why) {
        return why.isBlank() ? "" : ": " + why;
    }
}
