package dev.golive.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.golive.GoLiveException;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.journal.FileJournal;
import dev.golive.journal.Journal;
import dev.golive.journal.SigningKey;
import dev.golive.journal.TextSignature;
import dev.golive.rollback.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal tells of a launch. */
class LaunchReportTest {

    private static final LaunchReport ROLLED_BACK = SampleLaunches.report(SampleLaunches.rolledBack());

    @TempDir
    Path directory;

    private static Instant at(String after) {
        return SampleLaunches.T.plus(Duration.parse(after));
    }

    private static List<String> texts(LaunchReport report) {
        return report.timeline().stream().map(LaunchReport.Line::text).toList();
    }

    @Test
    void it_says_what_was_launched_where_by_whom_and_how_it_ended() {
        assertThat(ROLLED_BACK.plan()).isEqualTo("Shop 2.0");
        assertThat(ROLLED_BACK.isProduction()).isTrue();
        assertThat(ROLLED_BACK.operator())
                .hasValueSatisfying(ann -> assertThat(ann.id()).isEqualTo("ann"));
        assertThat(ROLLED_BACK.armed()).contains(at("-PT2H"));
        assertThat(ROLLED_BACK.launched()).contains(at("PT2M"));
        assertThat(ROLLED_BACK.ended()).contains(at("PT12M36S"));
        assertThat(ROLLED_BACK.state()).contains(LaunchState.PARTIALLY_ROLLED_BACK);
        assertThat(ROLLED_BACK.verdict()).contains(Verdict.NO_GO);
        assertThat(ROLLED_BACK.processes()).isEqualTo(2);
        assertThat(ROLLED_BACK.journal().intact()).isTrue();
        assertThat(ROLLED_BACK.isDurable()).isTrue();
    }

    @Test
    void a_list_that_is_looked_at_again_is_told_when_it_changes() {
        assertThat(texts(ROLLED_BACK))
                .filteredOn(text -> text.contains("NO_GO: backup FAILED"))
                .hasSize(1);
        assertThat(ROLLED_BACK.lists())
                .extracting(LaunchReport.ListResult::examined)
                .containsExactly(3);
    }

    @Test
    void samples_are_told_when_they_change() {
        assertThat(texts(ROLLED_BACK))
                .filteredOn(text -> text.startsWith("health is"))
                .containsExactly(
                        "health is OK",
                        "health is CHECK_ERROR: our proxy timed out, after 13 OK",
                        "health is OK, after 1 UNKNOWN",
                        "health is BREACH (maintenance): status was 503, after 2 OK",
                        "health is OK, after 1 BREACH",
                        "health is BREACH: status was 500, after 12 OK",
                        "health is OK, after 4 BREACH");
    }

    @Test
    void a_refused_command_is_a_decision_that_does_not_count() {
        assertThat(ROLLED_BACK.decisions())
                .filteredOn(decision -> !decision.accepted())
                .extracting(LaunchReport.Decision::by, LaunchReport.Decision::what, LaunchReport.Decision::refused)
                .containsExactly(
                        tuple("kim.lee", "decide", "kim.lee does not act as release-manager"),
                        tuple("ann", "approve", "ann does not act as incident-commander"));
    }

    @Test
    void a_decision_names_the_digest_and_what_was_open() {
        assertThat(ROLLED_BACK.decisions()).anySatisfy(decision -> {
            assertThat(decision.what()).isEqualTo("decided to launch");
            assertThat(decision.digest()).isEqualTo("beef01");
            assertThat(decision.open()).containsExactly("seo WARNED");
        });
    }

    @Test
    void a_token_with_which_somebody_could_approve_is_not_told() {
        assertThat(ROLLED_BACK.toJson()).doesNotContain("secret-token");
    }

    @Test
    void the_times_of_a_rollback_follow_each_other() {
        LaunchReport.Rollback rollback = ROLLED_BACK.rollback().orElseThrow();
        assertThat(rollback.authority()).isEqualTo("kim.lee");
        assertThat(rollback.evidence()).hasSize(4).allMatch(sample -> sample.reading() == Sample.Reading.BREACH);
        assertThat(rollback.detection()).contains(Duration.ofSeconds(50));
        assertThat(rollback.decision()).contains(Duration.ofSeconds(50));
        assertThat(rollback.execution()).contains(Duration.ofSeconds(125));
        assertThat(rollback.verificationTook()).contains(Duration.ofSeconds(30));
        assertThat(rollback.total()).contains(Duration.ofSeconds(255));
    }

    @Test
    void a_budget_is_shown_with_what_it_took_in_the_end() {
        assertThat(ROLLED_BACK.budgets())
                .containsExactly(new LaunchReport.Budget(
                        "back:web", Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(170)));
    }

    @Test
    void what_was_launched_is_kept_apart_from_what_was_brought_back() {
        assertThat(ROLLED_BACK.targets())
                .containsExactly(new LaunchReport.Target(
                        "web",
                        Release.of("web", "dpl-41"),
                        Release.of("web", "dpl-41"),
                        Release.of("web", "dpl-42"),
                        Release.of("web", "dpl-41")));
    }

    @Test
    void an_action_has_its_attempts_and_the_last_receipt() {
        assertThat(ROLLED_BACK.actions()).first().satisfies(action -> {
            assertThat(action.attempts()).isEqualTo(2);
            assertThat(action.receipt()).isEqualTo("req-77");
            assertThat(action.took()).contains(Duration.ofSeconds(119));
        });
    }

    @Test
    void a_post_that_failed_is_shown_with_its_failures() {
        assertThat(ROLLED_BACK.announcements())
                .extracting(LaunchReport.Announcement::posted)
                .containsExactly(at("-PT9M"), null);
        assertThat(ROLLED_BACK.announcements().get(1).failures()).containsExactly("429");
    }

    @Test
    void unknown_is_never_up_and_maintenance_is_left_out() {
        LaunchReport.Service health = ROLLED_BACK.serviceLevel().orElseThrow().services().stream()
                .filter(service -> service.signal().equals("health"))
                .findFirst()
                .orElseThrow();
        assertThat(health.ok()).isEqualTo(21);
        assertThat(health.breach()).isEqualTo(4);
        assertThat(health.unknown()).isEqualTo(1);
        assertThat(health.maintenance()).isEqualTo(1);
        assertThat(health.uptime()).isEqualTo(84.0);
        assertThat(health.longest()).isEqualTo(new LaunchReport.Outage(at("PT500S"), at("PT730S"), true));
    }

    @Test
    void percentiles_are_a_distribution_over_slots() {
        LaunchReport.Service orders = ROLLED_BACK.serviceLevel().orElseThrow().services().stream()
                .filter(service -> service.signal().equals("orders"))
                .findFirst()
                .orElseThrow();
        assertThat(orders.uptime()).isNull();
        assertThat(orders.bad()).isEqualTo(60);
        assertThat(orders.total()).isEqualTo(6000);
        assertThat(orders.percentiles())
                .containsExactly(new LaunchReport.Percentile(99.0, 320.0, 400.0, at("PT7M"), 6));
    }

    @Test
    void the_time_in_which_nobody_watched_is_counted() {
        assertThat(ROLLED_BACK.serviceLevel().orElseThrow().unwatched()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void checkpoints_say_what_changed_since_the_one_before() {
        assertThat(ROLLED_BACK.checkpoints())
                .extracting(LaunchReport.Checkpoint::slot)
                .containsExactly(at("PT3M"), at("PT4M"), at("PT6M"));
        assertThat(ROLLED_BACK.checkpoints().get(1).verdict()).isNull();
        assertThat(ROLLED_BACK.checkpoints().get(2).outcome()).isEqualTo("ISSUE by ann");
        assertThat(ROLLED_BACK.checkpoints().get(2).trends())
                .contains("C12 days left: 20 -> 19 (falling)")
                .anyMatch(trend -> trend.startsWith("orders errors since the last checkpoint:"));
    }

    @Test
    void a_release_that_stays_live_is_told_once() {
        assertThat(ROLLED_BACK.live()).hasSize(1);
    }

    @Test
    void the_deciding_rule_is_explained_with_its_inputs() {
        assertThat(ROLLED_BACK.explain())
                .contains("trigger health-down", "4 of 4 were BREACH", "authority: kim.lee")
                .contains("health at 2027-03-02T09:08:20Z BREACH: status was 500");
    }

    @Test
    void a_journal_in_memory_is_said_to_have_been_one() {
        LaunchReport report = SampleLaunches.report(SampleLaunches.completed());
        assertThat(report.isDurable()).isFalse();
        assertThat(report.remarks()).anyMatch(remark -> remark.startsWith("The state was not durable"));
        assertThat(report.hasIncident()).isFalse();
        assertThat(report.explain()).isEqualTo("no rollback was decided, and no gate failed\n");
    }

    @Test
    void a_journal_can_be_reported_while_another_holds_it() {
        Path file = directory.resolve("journal");
        try (FileJournal open = Journal.file(file)) {
            open.append(SampleLaunches.rolledBack(), true);
            LaunchReport report = LaunchReport.of(file);
            assertThat(report.state()).isEqualTo(ROLLED_BACK.state());
            assertThat(report.journal().head()).isEqualTo(open.head());
        }
    }

    @Test
    void a_journal_that_was_tampered_with_is_told_up_to_there() throws Exception {
        Path file = directory.resolve("journal");
        try (FileJournal journal = Journal.file(file)) {
            journal.append(SampleLaunches.rolledBack(), true);
        }
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"seo WARNED\"],\"reason\":\"known", "\"nothing\"],\"reason\":\"known"));
        LaunchReport report = LaunchReport.of(file);
        assertThat(report.journal().intact()).isFalse();
        assertThat(report.journal().firstBad()).isEqualTo(report.journal().entries() + 1);
        assertThat(report.remarks().get(0))
                .startsWith(
                        "The journal is not intact: entry " + report.journal().firstBad());
        assertThat(report.decisions()).noneMatch(decision -> decision.what().equals("decided to launch"));
        assertThat(report.launched()).isEmpty();
    }

    @Test
    void an_entry_of_a_later_version_is_said_to_be_missing() {
        Journal journal = Journal.inMemory();
        List<Journal.Draft> drafts = SampleLaunches.rolledBack();
        journal.append(drafts.subList(0, 5), true);
        journal.append(List.of(new Journal.Draft(at("-PT1H"), "golive", "Invented", "{}")), true);
        LaunchReport report = LaunchReport.of(journal);
        assertThat(report.remarks()).anyMatch(remark -> remark.startsWith("entry 6, Invented, is not understood"));
        assertThat(texts(report)).last().asString().contains("Invented");
    }

    @Test
    void a_second_sample_of_a_slot_does_not_count() {
        Journal journal = Journal.inMemory();
        journal.append(
                List.of(
                        draft("PT0S", new Event.Sampled(List.of(Sample.ok("health", at("PT0S"))))),
                        draft("PT1S", new Event.Sampled(List.of(Sample.breach("health", at("PT0S"), "late"))))),
                true);
        LaunchReport.Signal health = LaunchReport.of(journal).signals().get(0);
        assertThat(health.ok()).isEqualTo(1);
        assertThat(health.breach()).isZero();
    }

    @Test
    void a_signal_that_flaps_does_not_bury_the_rest() {
        Journal journal = Journal.inMemory();
        for (int i = 0; i < 500; i++) {
            Instant at = at("PT" + i * 10 + "S");
            Sample sample = i % 2 == 0 ? Sample.ok("health", at) : Sample.breach("health", at, "status was 500");
            journal.append(List.of(draft("PT" + i * 10 + "S", new Event.Sampled(List.of(sample)))), false);
        }
        LaunchReport report = LaunchReport.of(journal);
        assertThat(report.timeline()).hasSize(20);
        assertThat(report.remarks())
                .containsExactly("health changed 499 times; the first 19 changes are in the timeline");
    }

    @Test
    void a_rollback_that_was_denied_is_an_incident_without_an_execution() {
        Journal journal = Journal.inMemory();
        List<Journal.Draft> drafts = SampleLaunches.rolledBack();
        int decided = indexOf(drafts, "Deciding");
        journal.append(drafts.subList(0, decided + 1), true);
        journal.append(
                List.of(draft("PT10M", new Event.RollbackDenied(Person.human("kim.lee"), "a false alarm"))), true);
        LaunchReport.Rollback rollback = LaunchReport.of(journal).rollback().orElseThrow();
        assertThat(rollback.outcome()).isEqualTo("denied by kim.lee: a false alarm");
        assertThat(rollback.over()).isEqualTo(at("PT10M"));
        assertThat(rollback.approved()).isNull();
        assertThat(rollback.authority()).isEmpty();
        assertThat(LaunchReport.of(journal).hasIncident()).isTrue();
    }

    @Test
    void what_a_dry_run_would_have_done_is_told() {
        Journal journal = Journal.inMemory();
        List<Journal.Draft> drafts = SampleLaunches.rolledBack();
        journal.append(drafts.subList(0, indexOf(drafts, "Deciding") + 1), true);
        journal.append(
                List.of(
                        draft("PT10M", new Event.Suppressed(List.of("web goes back to dpl-41"))),
                        draft("PT20M", new Event.Ended(LaunchState.WOULD_ROLL_BACK, Verdict.CONDITIONAL_GO, "dry"))),
                true);
        LaunchReport.Rollback rollback = LaunchReport.of(journal).rollback().orElseThrow();
        assertThat(rollback.outcome()).isEqualTo("dry run: nothing was done");
        assertThat(rollback.wouldDo()).containsExactly("web goes back to dpl-41");
    }

    @Test
    void a_failed_gate_is_an_incident() {
        Journal journal = Journal.inMemory();
        journal.append(
                List.of(draft("PT1M", new Event.Examined("3.1", "gate", Verdict.NO_GO, List.of("home FAILED"), ""))),
                true);
        LaunchReport report = LaunchReport.of(journal);
        assertThat(report.hasIncident()).isTrue();
        assertThat(report.explain()).contains("home FAILED");
    }

    @Test
    void what_follows_an_emergency_is_told_until_it_is_done() {
        Journal journal = Journal.inMemory();
        Person cto = Person.human("zoe", "cto");
        journal.append(
                List.of(
                        draft("PT1M", new Event.EmergencyDeclared(cto, "a leak", Map.of("post-mortem", at("PT24H")))),
                        draft("PT2H", new Event.FollowedUp("post-mortem", cto, "held"))),
                true);
        assertThat(LaunchReport.of(journal).followUps())
                .containsExactly(new LaunchReport.FollowUp("post-mortem", at("PT24H"), at("PT2H")));
    }

    @Test
    void its_json_can_be_signed_and_a_changed_one_is_noticed() {
        SigningKey key = SigningKey.generate();
        TextSignature signature = TextSignature.of(ROLLED_BACK.toJson(), key);
        assertThat(signature.verifies(
                        LaunchReport.fromJson(ROLLED_BACK.toJson()).toJson(), key.verifyingKey()))
                .isTrue();
        assertThat(signature.verifies(ROLLED_BACK.toJson().replace("NO_GO", "GO"), key.verifyingKey()))
                .isFalse();
    }

    @Test
    void nothing_is_armed_in_an_empty_journal() {
        LaunchReport report = LaunchReport.of(Journal.inMemory());
        assertThat(report.state()).isEmpty();
        assertThat(report.verdict()).isEmpty();
        assertThat(report.timeline()).isEmpty();
        assertThat(report).hasToString("nothing is armed");
    }

    @Test
    void a_shared_report_names_no_person_no_address_and_no_account() {
        LaunchReport shared = ROLLED_BACK.forSharing();
        assertThat(shared.toJson())
                .doesNotContain("ann\"", "kim.lee", "203.0.113.7", "Kim")
                .contains(
                        "[person]",
                        "[address]",
                        "release-manager",
                        "dpl-42",
                        ROLLED_BACK.journal().head());
        assertThat(shared.rollback().orElseThrow().total())
                .isEqualTo(ROLLED_BACK.rollback().orElseThrow().total());
        assertThat(shared.timeline()).hasSameSizeAs(ROLLED_BACK.timeline());
    }

    @Test
    void a_person_called_like_a_word_of_the_format_does_no_harm() {
        Journal journal = Journal.inMemory();
        journal.append(SampleLaunches.rolledBack(), true);
        journal.append(List.of(draft("PT13M", new Event.Held(Person.human("PARTIALLY_ROLLED_BACK"), "x"))), true);
        LaunchReport shared = LaunchReport.of(journal).forSharing();
        assertThat(shared.state()).contains(LaunchState.PARTIALLY_ROLLED_BACK);
        assertThat(shared.decisions()).noneMatch(decision -> decision.by().equals("PARTIALLY_ROLLED_BACK"));
    }

    @Test
    void the_engine_is_no_person() {
        Journal journal = Journal.inMemory();
        journal.append(List.of(draft("PT1M", new Event.Held(Person.automation("golive"), "golive holds"))), true);
        LaunchReport.Decision held =
                LaunchReport.of(journal).forSharing().decisions().get(0);
        assertThat(held.by()).isEqualTo("golive");
        assertThat(held.reason()).isEqualTo("golive holds");
    }

    @Test
    void missing_arguments_are_refused() {
        assertThatThrownBy(() -> LaunchReport.of((Path) null)).hasMessage("journalFile must not be null");
        assertThatThrownBy(() -> LaunchReport.of((Journal) null)).hasMessage("journal must not be null");
        assertThatThrownBy(() -> LaunchReport.fromJson(null)).hasMessage("json must not be null");
        assertThatThrownBy(() -> LaunchReport.of(directory.resolve("none"))).isInstanceOf(GoLiveException.class);
    }

    static Journal.Draft draft(String after, Event event) {
        return new Journal.Draft(at(after), event.actor(), EventJson.type(event), EventJson.write(event));
    }

    private static int indexOf(List<Journal.Draft> drafts, String type) {
        for (int i = 0; i < drafts.size(); i++) {
            if (drafts.get(i).type().equals(type)) {
                return i;
            }
        }
        throw new IllegalArgumentException(type);
    }

    @Test
    void the_file_is_utf_8() throws Exception {
        Path file = directory.resolve("journal");
        try (FileJournal journal = Journal.file(file)) {
            journal.append(SampleLaunches.rolledBack("Grüße \uD83D\uDE80"), true);
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).contains("Grüße");
        assertThat(LaunchReport.of(file).why()).contains("Grüße \uD83D\uDE80");
    }
}
