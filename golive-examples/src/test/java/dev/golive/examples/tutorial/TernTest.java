package dev.golive.examples.tutorial;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.golive.Answer;
import dev.golive.Answers;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Network;
import dev.golive.Person;
import dev.golive.launch.LaunchPlan;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Perform;
import dev.golive.testkit.Reply;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.Coverage;
import dev.golive.testkit.rehearsal.DrillReport;
import dev.golive.testkit.rehearsal.FireDrill;
import dev.golive.testkit.rehearsal.Rehearsal;
import dev.golive.testkit.rehearsal.Requirement;
import dev.golive.testkit.rehearsal.RollbackRehearsal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The steps of docs/tutorial.md; what each of them prints is on the page. */
// region first
class TernTest {

    static final LocalDateTime WHEN = LocalDateTime.of(2027, 3, 2, 10, 0);
    static final Environment PLAYED = Environment.named("production (played)").host("tern.example");

    PrintStream out = System.out;
    final VirtualTime time = VirtualTime.startingAt("2027-03-01T08:00:00Z");
    // endregion

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void what_is_printed_is_kept() {
        out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    @AfterEach
    void what_is_printed_is_on_the_page(TestInfo step) throws IOException {
        String name = step.getTestMethod().orElseThrow().getName();
        TutorialPage.requirePrinted(name, printed.toString(StandardCharsets.UTF_8));
    }

    // region two_checks
    @Test
    void two_checks() {
        try (HttpFake shop = HttpFake.start(time)) {
            Network network =
                    FakeNetwork.create().host("tern.example", "203.0.113.10").route("203.0.113.10", 80, shop.address());
            try (GoLive golive = GoLive.builder().time(time).network(network).build()) {
                shop.get("/").reply(Reply.html("<h1>Tern</h1>"));
                shop.get("/health").reply(Reply.json(503, "{\"status\":\"no database\"}"));
                out.println(golive.run(TernLists.well(), PLAYED).summary());

                shop.get("/health").reply(Reply.json("{\"status\":\"ok\"}"));
                out.println(golive.run(TernLists.well(), PLAYED).summary());
            }
        }
    }
    // endregion

    // region people
    @Test
    void people() {
        try (GoLive nobody = GoLive.builder().time(time).build()) {
            out.println(nobody.run(TernLists.people(), PLAYED).summary());
        }
        Person sam = Person.human("sam", "support");
        Answers answers = question -> question.itemId().equals("support")
                ? List.of(new Answer("support", Answer.Kind.CONFIRMED, sam, time.now(), question.digest(), ""))
                : List.of();
        try (GoLive golive = GoLive.builder().time(time).answers(answers).build()) {
            out.println(golive.run(TernLists.people(), PLAYED).summary());
        }
    }
    // endregion

    // region actions
    @Test
    void actions() throws Exception {
        FakeAction backup = FakeAction.named("back up the orders", time).takes(minutes(2));
        FakeComponent web = FakeComponent.named("web", time)
                .live("40")
                .deploysIn(seconds(90))
                .rollsBackIn(seconds(25));

        out.println(Perform.on(time).toTheEnd(backup));
        out.println(Perform.on(time).toTheEnd(web.deploy("41")));
        out.println(
                "live is " + web.liveNow().orElseThrow() + ", " + time.elapsed().toSeconds() + " s later");
    }
    // endregion

    // region describe
    @Test
    void describe() {
        try (TernStage stage = new TernStage(time)) {
            LaunchPlan plan = stage.tern.launch().build();
            out.println(plan.describe());
            plan.validate().forEach(out::println);
        }
    }
    // endregion

    // region rehearse
    @Test
    void rehearse() {
        try (TernStage stage = new TernStage(time)) {
            LaunchPlan plan = stage.tern.launch().build();
            out.println(Rehearsal.of(plan).against(stage.fakes()).planned(WHEN).in(time));
        }
    }
    // endregion

    // region watch
    @Test
    void watch() {
        try (TernStage stage = new TernStage(time)) {
            LaunchPlan plan = stage.tern.watched().build();
            Rehearsal rehearsal = Rehearsal.of(plan).against(stage.fakes()).planned(WHEN);
            out.println(rehearsal
                    .at(H.plusMinutes(10), "the shop falls ill", control -> stage.ill = true)
                    .in(time));
        }
    }
    // endregion

    // region rollback
    @Test
    void rollback() {
        try (TernStage stage = new TernStage(time)) {
            stage.plan().validate().forEach(out::println);
            out.println(Rehearsal.on(stage)
                    .planned(WHEN)
                    .at(H.plusMinutes(10), "the shop falls ill", control -> stage.ill = true)
                    .in(time));
        }
    }
    // endregion

    // region every_way_back
    @Test
    void every_way_back() {
        out.println(RollbackRehearsal.of(TernStage::new)
                .planned(WHEN)
                .coming("health-fails-for-longer-than-3-min", stage -> stage.ill = true)
                .run());
    }
    // endregion

    // region drill
    @Test
    void drill() {
        out.println(FireDrill.of(TernStage::new).planned(WHEN).run());
    }
    // endregion

    // region drill_again
    @Test
    void drill_again() {
        DrillReport drill = FireDrill.of(time -> new TernStage(time, TernLists.better()))
                .planned(WHEN)
                .run();
        out.println(drill);
        assertEquals(List.of(), drill.missed());
    }
    // endregion

    // region coverage
    @Test
    void coverage() {
        String wiki = """
                id,kind,systems
                W1,check,http
                W2,check,http
                W3,manual,
                W4,manual,
                W5,action,postgres
                W6,action,http
                W7,check,http
                W8,trigger,http
                W9,trigger,
                W10,announcement,mail
                """;
        try (TernStage stage = new TernStage(time)) {
            List<Requirement> page = Requirement.read(new ByteArrayInputStream(wiki.getBytes(StandardCharsets.UTF_8)));
            Coverage coverage = Coverage.of(stage.plan()).reaching("http").of(page);
            out.println(coverage);
            assertEquals(List.of(), coverage.problems());
        }
    }
    // endregion
    // region last
}
// endregion
