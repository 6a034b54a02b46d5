package dev.golive.testkit.rehearsal;

import dev.golive.Person;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Settlement;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Permit;
import dev.golive.launch.Waiting;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.Blackout;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** How the people of a rehearsal do what a launch waits for. */
final class Acting {

    private static final String WHY = "as rehearsed";

    private final LaunchPlan plan;
    private final Launch launch;
    private final TimeSource time;
    private final Cast cast;
    private final Person operator;
    private final Set<String> done = new HashSet<>();

    Acting(LaunchPlan plan, Launch launch, TimeSource time, Cast cast, Person operator) {
        this.plan = plan;
        this.launch = launch;
        this.time = time;
        this.cast = cast;
        this.operator = operator;
    }

    /** Whether somebody did something that the launch has accepted. */
    boolean acts() {
        for (Waiting one : launch.waiting()) {
            // nobody says the same thing about the same thing twice
            String said = one.key() + one.what();
            if (!done.contains(said) && answers(one)) {
                done.add(said);
                return true;
            }
        }
        return false;
    }

    /** When somebody runs out of patience, if nothing happens before. */
    Instant patienceEnds() {
        return launch.waiting().stream()
                .filter(one -> !done.contains(one.key() + one.what()))
                .map(one -> one.since().plus(cast.patience()))
                .filter(end -> end.isAfter(time.now()))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private boolean answers(Waiting one) {
        LaunchControl control = launch.control();
        String key = one.key();
        int colon = key.indexOf(':');
        String kind = colon < 0 ? key : key.substring(0, colon);
        String about = key.substring(colon + 1);
        Person by = Cast.oneOf(one.owner(), plan);
        return switch (kind) {
            case "decision" -> decides(control, by);
            case "approve-rollback" -> control.approveRollback(approver(), WHY).accepted();
            case "trigger", "report" ->
                control.rollBackNow(approver(), "better safe than sorry").accepted();
            case "permit" -> permits(control, about, by);
            case "blackout" -> saysThatThereIsNone(control, by);
            case "follow-up" -> control.followedUp(about, by, WHY).accepted();
            // what was found stays as it was found, and the end says so
            case "checkpoint", "baseline", "inconclusive" -> false;
            default -> isTooLong(one) && givesUp(control, kind, about, by);
        };
    }

    private boolean decides(LaunchControl control, Person by) {
        return launch.asksDecisionOn()
                .map(digest -> control.decide(by, digest, "all is in order").accepted())
                .orElse(false);
    }

    private boolean permits(LaunchControl control, String action, Person by) {
        Permit permit = new Permit(
                launch.report().launchId(), action, operator.id(), time.now().plus(Duration.ofHours(1)));
        return control.permit(permit, by, WHY).accepted();
    }

    private boolean saysThatThereIsNone(LaunchControl control, Person by) {
        LocalDate today = LocalDate.ofInstant(time.now(), plan.zone());
        boolean accepted = false;
        for (Blackout blackout : plan.windows().blackouts()) {
            accepted |= blackout.isOpenEnded()
                    && control.blackout(blackout.name(), today, false, by).accepted();
        }
        return accepted;
    }

    private boolean isTooLong(Waiting one) {
        return !time.now().isBefore(one.since().plus(cast.patience()));
    }

    /** What does not go on for too long is skipped in a rollback, and ends a launch. */
    private boolean givesUp(LaunchControl control, String kind, String about, Person by) {
        if (launch.state().isRollingBack()) {
            return kind.equals("action")
                    && control.settle(about, Settlement.SKIP, by, "it does not go on")
                            .accepted();
        }
        return control.abort(by, "it does not go on").accepted();
    }

    private Person approver() {
        String roles = plan.policy()
                .map(RollbackPolicy::approvers)
                .map(all -> String.join(" or ", all))
                .orElse("");
        return Cast.oneOf(roles, plan);
    }
}
