package dev.golive.launch;

import dev.golive.Answer;
import dev.golive.Assurance;
import dev.golive.Fact;
import dev.golive.Observation;
import dev.golive.Person;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.SampleReports;
import dev.golive.Verdict;
import dev.golive.journal.Journal;
import dev.golive.journal.MemoryJournal;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Journals of launches as the engine writes them. */
public final class SampleLaunches {

    public static final Instant T = Instant.parse("2027-03-02T09:00:00Z");

    private static final Person ANN = Person.human("ann", "release-manager").known(Assurance.ASSERTED);
    private static final Person KIM = Person.human("kim.lee", "incident-commander");
    private static final Release OLD = Release.of("web", "dpl-41");
    private static final Release NEW = Release.of("web", "dpl-42");

    private final List<Journal.Draft> drafts = new ArrayList<>();
    private final String text;

    /** Texts of people and of the outside world say {@code text} besides. */
    private SampleLaunches(String text) {
        this.text = text;
    }

    private String said(String what) {
        return text.isEmpty() ? what : what + " " + text;
    }

    private void at(String after, Event event) {
        drafts.add(new Journal.Draft(
                T.plus(Duration.parse(after)), event.actor(), EventJson.type(event), EventJson.write(event)));
    }

    private static Instant in(String after) {
        return T.plus(Duration.parse(after));
    }

    /** Went wrong after ten minutes and was rolled back by a person's word, over budget. */
    public static List<Journal.Draft> rolledBack() {
        return rolledBack("");
    }

    public static List<Journal.Draft> rolledBack(String text) {
        SampleLaunches launch = new SampleLaunches(text);
        launch.begin(true);
        launch.watch();
        launch.rollBack();
        return launch.inOrder();
    }

    /** Kept in memory, watched and well. */
    public static List<Journal.Draft> completed() {
        SampleLaunches launch = new SampleLaunches("");
        launch.begin(false);
        for (int i = 0; i < 120; i++) {
            launch.at(
                    "PT" + (130 + i * 15) + "S",
                    new Event.Sampled(List.of(Sample.ok("health", T.plusSeconds(130L + i * 15)))));
        }
        launch.at("PT40M", new Event.Ended(LaunchState.COMPLETED, Verdict.CONDITIONAL_GO, "kept in memory only"));
        return launch.inOrder();
    }

    private List<Journal.Draft> inOrder() {
        return drafts.stream().sorted(Comparator.comparing(Journal.Draft::at)).toList();
    }

    private static Instant in(long seconds) {
        return T.plusSeconds(seconds);
    }

    /** Failed at its gate, and waits for people. */
    public static List<Journal.Draft> failedGate() {
        SampleLaunches launch = new SampleLaunches("");
        launch.begin(true);
        launch.at("PT3M", new Event.Examined("2.3", "gate", Verdict.NO_GO, List.of("home FAILED"), ""));
        launch.at("PT3M", new Event.StepEnded("2.3", StepStatus.FAILED, "home FAILED"));
        launch.at("PT3M", new Event.Needed("step:2.3", "the gate failed; look again or abort", "release-manager"));
        return launch.inOrder();
    }

    /** A journal with these entries, written by two processes one after the other. */
    public static Journal journal(List<Journal.Draft> drafts) {
        MemoryJournal journal = Journal.inMemory();
        int half = drafts.size() / 2;
        journal.append(drafts.subList(0, half), true);
        MemoryJournal next = journal.reopen();
        next.append(drafts.subList(half, drafts.size()), true);
        return next;
    }

    public static LaunchReport report(List<Journal.Draft> drafts) {
        return LaunchReport.of(journal(drafts));
    }

    private void begin(boolean durable) {
        at(
                "-PT2H",
                new Event.Armed(
                        "Shop 2.0",
                        "0f3a",
                        "production",
                        true,
                        T,
                        "Europe/Berlin",
                        ANN,
                        false,
                        durable,
                        Map.of("web", OLD),
                        Map.of("web", OLD),
                        Map.of("web", List.of("auto-deploy on push")),
                        List.of(said("auto-deploy on push would undo a rollback"))));
        at("-PT2H", new Event.Opened("p1", "host-1", null));
        at("-PT1H59M", new Event.StepBegan("1.1"));
        String list = SampleReports.launch().toJson();
        at("-PT1H58M", new Event.Examined("1.1", "list", Verdict.NO_GO, List.of(said("backup FAILED")), list));
        at("-PT1H58M", new Event.StepEnded("1.1", StepStatus.OPEN, said("backup FAILED")));
        at("-PT1H58M", new Event.Needed("list:1.1", said("Before is not in order"), "dba"));
        at("-PT1H57M", new Event.Examined("1.1", "list", Verdict.NO_GO, List.of(said("backup FAILED")), list));
        at(
                "-PT1H",
                new Event.Answered(new Answer(
                        "backup", Answer.Kind.CONFIRMED, KIM, in("-PT1H"), "77aa", said("restored and read"))));
        at("-PT59M", new Event.Examined("1.1", "list", Verdict.GO, List.of(), ""));
        at("-PT59M", new Event.StepEnded("1.1", StepStatus.DONE, ""));
        at("-PT59M", new Event.NoLongerNeeded("list:1.1", "in order"));
        at("-PT10M", new Event.Posting("announce:1.2@#ops", "#ops", said("Shop 2.0 goes live at 10:00")));
        at("-PT10M", new Event.PostFailed("announce:1.2@#ops", said("429 from 203.0.113.7")));
        at("-PT9M", new Event.Posted("announce:1.2@#ops", Receipt.of("msg-1")));
        at("-PT5M", new Event.Cleared("decision", Verdict.GO, "beef01", List.of("seo WARNED"), List.of()));
        at(
                "-PT4M",
                new Event.Commanded(
                        new Command("c0", Command.Kind.DECIDE, KIM, said("let us go"), Map.of(), null),
                        false,
                        said("kim.lee does not act as release-manager")));
        at("-PT3M", new Event.Commanded(new Command("c1", Command.Kind.DECIDE, ANN, "", Map.of(), null), true, ""));
        at("-PT3M", new Event.Decided(ANN, "beef01", List.of("seo WARNED"), said("known")));
        at("-PT2M", new Event.ProbingBegan(in("-PT2M")));
        for (int i = 0; i < 8; i++) {
            at("-PT" + (120 - i * 15) + "S", new Event.Sampled(List.of(Sample.ok("health", in(-120L + i * 15)))));
        }
        at("PT0S", new Event.Phase(LaunchState.LAUNCHING));
        at("PT0S", new Event.StepBegan("2.1"));
        at("PT1S", new Event.ActionObserved("launch:deploy-web", Observation.notAtTarget("dpl-41 is live")));
        at("PT1S", new Event.ActionStarted("launch:deploy-web", 1, "k1"));
        at("PT2S", new Event.ApplyFailed("launch:deploy-web", said("502")));
        at("PT20S", new Event.ActionObserved("launch:deploy-web", Observation.notAtTarget("dpl-41 is live")));
        at("PT20S", new Event.ActionStarted("launch:deploy-web", 2, "k1"));
        at("PT22S", new Event.ActionApplied("launch:deploy-web", Receipt.of("req-77")));
        at("PT50S", new Event.ActionObserved("launch:deploy-web", Observation.underWay("building")));
        at("PT60S", new Event.ActionObserved("launch:deploy-web", Observation.underWay("building")));
        at("PT2M", new Event.ActionEnded("launch:deploy-web", ActionStatus.DONE, said("dpl-42 is live"), NEW));
        at("PT2M", new Event.Launched(in("PT2M")));
        at("PT2M", new Event.StepEnded("2.1", StepStatus.DONE, ""));
        at("PT2M", new Event.IdentitySeen("web", NEW));
        at("PT2M", new Event.TriggersArmed(in("PT2M")));
        at("PT2M", new Event.Phase(LaunchState.WATCHING));
    }

    private void watch() {
        for (int i = 0; i < 24; i++) {
            int seconds = 130 + i * 15;
            if (seconds > 270 && seconds < 300) {
                // nobody was there
                continue;
            }
            List<Sample> samples = new ArrayList<>();
            samples.add(
                    i == 5
                            ? Sample.unknown(
                                    "health", in(seconds), Sample.Kind.CHECK_ERROR, said("our proxy timed out"))
                            : i == 8
                                    ? Sample.breach("health", in(seconds), "status was 503")
                                            .duringMaintenance()
                                    : Sample.ok("health", in(seconds)));
            if (i % 4 == 0) {
                samples.add(Sample.counts(
                        "orders",
                        in(120L + i / 4 * 60),
                        Duration.ofMinutes(1),
                        new MetricSource.Counts(i, 1000, Map.of(99.0, 200.0 + i * 10))));
            }
            at("PT" + seconds + "S", new Event.Sampled(samples));
        }
        at(
                "PT3M",
                new Event.CheckpointExamined(
                        in("PT3M"),
                        Verdict.GO,
                        List.of(),
                        false,
                        SampleReports.found(Fact.of("days left", 20)).toJson()));
        at("PT5M", new Event.Opened("p2", "host-2", in("PT4M30S")));
        at("PT5M", new Event.CheckpointMissed(List.of(in("PT4M")), "nobody was there"));
        at(
                "PT6M",
                new Event.CheckpointExamined(
                        in("PT6M"),
                        Verdict.CONDITIONAL_GO,
                        List.of(said("cert WARNED")),
                        false,
                        SampleReports.found(Fact.of("days left", 19)).toJson()));
        at("PT7M", new Event.CheckpointSettled(in("PT6M"), said("ISSUE by ann"), ANN, ""));
        at("PT7M", new Event.LiveSeen("web", NEW, ""));
        at("PT8M", new Event.LiveSeen("web", NEW, ""));
        List<Sample> breaches = breaches();
        for (int i = 0; i < breaches.size(); i++) {
            at("PT" + (500 + i * 15) + "S", new Event.Sampled(List.of(breaches.get(i))));
            if (i == 1) {
                at("PT516S", new Event.TriggerTurned("health-down", "FALSE (partly)", said("2 of 4 were BREACH")));
            }
        }
        at("PT9M10S", new Event.TriggerTurned("health-down", "TRUE", said("4 of 4 were BREACH")));
    }

    private List<Sample> breaches() {
        List<Sample> breaches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            breaches.add(Sample.breach("health", in(500L + i * 15), said("status was 500")));
        }
        return breaches;
    }

    private void rollBack() {
        at(
                "PT9M10S",
                new Event.Deciding(
                        "rb-1",
                        "trigger health-down",
                        said("health fails in 4 samples in a row: 4 of 4 were BREACH"),
                        List.of("web"),
                        breaches(),
                        null,
                        false));
        at("PT9M10S", new Event.ApprovalAsked("secret-token", in("PT19M10S"), said("health is down")));
        at("PT9M10S", new Event.Needed("approve-rollback", said("approve or deny rb-1"), "incident-commander"));
        at(
                "PT9M30S",
                new Event.Commanded(
                        new Command("c2", Command.Kind.APPROVE, ANN, said("go"), Map.of("token", "secret-token"), null),
                        false,
                        "ann does not act as incident-commander"));
        at("PT10M", new Event.RollbackApproved(KIM, said("customers see it")));
        at("PT10M", new Event.NoLongerNeeded("approve-rollback", "approved"));
        at("PT10M1S", new Event.ActionStarted("back:web", 1, "k2"));
        at("PT10M2S", new Event.ActionApplied("back:web", Receipt.of("req-78")));
        at("PT11M10S", new Event.BudgetExceeded("back:web", Duration.ofMinutes(2), Duration.ofMinutes(2)));
        at("PT12M", new Event.ActionEnded("back:web", ActionStatus.DONE, "dpl-41 is live", OLD));
        at("PT12M", new Event.ActionStarted("undo:flag", 1, "k3"));
        at("PT12M5S", new Event.ActionEnded("undo:flag", ActionStatus.FAILED, said("403"), null));
        at("PT12M5S", new Event.Verifying());
        at("PT12M10S", new Event.Sampled(List.of(Sample.ok("health", in(730)))));
        at("PT12M20S", new Event.Verified(Verdict.NO_GO, "still starting", ""));
        at("PT12M35S", new Event.Verified(Verdict.GO, "", ""));
        at("PT12M35S", new Event.Posting("rolled-back:rb-1@#ops", "#ops", "Shop 2.0 is rolled back"));
        at("PT12M35S", new Event.PostFailed("rolled-back:rb-1@#ops", "429"));
        at(
                "PT12M36S",
                new Event.Ended(
                        LaunchState.PARTIALLY_ROLLED_BACK,
                        Verdict.NO_GO,
                        said("verified, but not everything was rolled back: undo:flag FAILED")));
    }
}
