package dev.golive.examples;

import static dev.golive.testkit.GoLiveAssertions.assertThat;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Checklist;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Part;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.rehearsal.Cast;
import dev.golive.testkit.rehearsal.Rehearsal;
import dev.golive.testkit.rehearsal.Rehearsed;
import dev.golive.time.Offset;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runbook of the wallet: complete, and carried out on its stage. */
class FintechOnAppRunnerTest {

    private static final Instant T =
            AppRunnerStage.PLANNED.atZone(FintechOnAppRunner.ZONE).toInstant();

    @TempDir
    Path reports;

    private static VirtualTime daysBefore(int days) {
        return VirtualTime.startingAt(AppRunnerStage.PLANNED
                .minusDays(days)
                .atZone(FintechOnAppRunner.ZONE)
                .toInstant());
    }

    private static Rehearsal rehearsal(AppRunnerStage stage) {
        return Rehearsal.on(stage).planned(AppRunnerStage.PLANNED);
    }

    /** A rehearsal with something that is done to the stage or to the rehearsal before it begins. */
    private static Rehearsed rehearsed(Consumer<AppRunnerStage> before) {
        VirtualTime time = daysBefore(8);
        try (AppRunnerStage stage = new AppRunnerStage(time)) {
            before.accept(stage);
            return rehearsal(stage).in(time);
        }
    }

    private static void onStage(Consumer<AppRunnerStage> what) {
        try (AppRunnerStage stage = new AppRunnerStage(daysBefore(8))) {
            what.accept(stage);
        }
    }

    // ---- the plan

    @Test
    void the_plan_is_in_order_but_that_its_rollback_was_never_drilled() {
        onStage(stage -> assertThat(stage.plan().validate())
                .containsExactly("warning: the rollback was never drilled; arm plan.drill(..) in an environment that is"
                        + " not production"));
    }

    @Test
    void every_line_of_the_runbook_is_covered() {
        onStage(stage -> {
            Set<String> covered = stage.plan().parts().stream()
                    .flatMap(part -> part.tags().stream())
                    .filter(tag -> tag.matches("C[0-9]{2}"))
                    .collect(toCollection(TreeSet::new));

            assertThat(covered)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 81)
                            .mapToObj(line -> String.format("C%02d", line))
                            .toList());
        });
    }

    @Test
    void every_confirmation_has_an_owner_and_none_stands_in_for_what_is_looked_at_without_a_reason() {
        onStage(stage -> {
            List<Part> parts = stage.plan().parts();
            for (Part part : parts) {
                Item item = part.item().orElse(null);
                if (part.kind() != Part.Kind.CONFIRMATION || item == null) {
                    continue;
                }
                assertThat(item.owner()).as(item.id()).isPresent();
                boolean lookedAtToo = parts.stream()
                        .filter(other -> other.kind() == Part.Kind.CHECK || other.kind() == Part.Kind.TRIAL)
                        .anyMatch(other -> other.tags().stream()
                                .anyMatch(tag -> !tag.matches("C65|C66|C80")
                                        && item.tags().contains(tag)));
                if (lookedAtToo) {
                    assertThat(item.because()).as(item.id()).isNotBlank();
                }
            }
        });
    }

    @Test
    void a_plan_made_twice_is_the_same() {
        onStage(one -> onStage(
                other -> assertThat(one.plan().digest()).isEqualTo(other.plan().digest())));
    }

    // ---- the stage

    @ParameterizedTest
    @ValueSource(ints = {7, 0})
    void what_golive_looks_at_before_the_launch_is_in_order_on_the_stage(int daysBefore) throws Exception {
        VirtualTime time =
                VirtualTime.startingAt(T.minus(Duration.ofDays(daysBefore)).minus(Duration.ofHours(2)));
        try (AppRunnerStage stage = new AppRunnerStage(time);
                GoLive golive = GoLive.builder()
                        .time(time)
                        .network(stage.fakes().network())
                        .allowTrials(stage.fakes().environment())
                        .build();
                TimeSource.Turn turn = time.join("what is looked at")) {
            Report report = golive.run(
                    lookedAt(stage, part -> part.phase() == Part.Phase.BEFORE),
                    stage.fakes().environment());

            assertThat(report.results())
                    .as(report.summary())
                    .hasSizeGreaterThan(40)
                    .extracting(ItemResult::status)
                    .containsOnly(Status.PASSED);
        }
    }

    private static Checklist lookedAt(AppRunnerStage stage, Predicate<Part> which) {
        Checklist.Builder list = Checklist.named("what golive looks at");
        stage.plan().parts().stream()
                .filter(part -> part.kind() == Part.Kind.CHECK || part.kind() == Part.Kind.TRIAL)
                .filter(which)
                .flatMap(part -> part.item().stream())
                .forEach(list::require);
        return list.build();
    }

    // ---- the rehearsal

    @Test
    void two_weeks_are_rehearsed_and_the_wallet_is_open() throws Exception {
        VirtualTime time = daysBefore(8);
        try (AppRunnerStage stage = new AppRunnerStage(time)) {
            Rehearsed end = rehearsal(stage).in(time);

            assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.COMPLETED);
            assertThat(end.verdict()).as(end.toString()).contains(Verdict.GO);
            assertThat(stage.admitEverybody.effects()).hasSize(1);
            assertThat(stage.closeMaintenance.effects()).hasSize(1);
            assertThat(stage.openIncident.effects()).isEmpty();
            assertThat(stage.world.texts())
                    .containsExactly("Tern wallet is open to everybody: https://wallet.tern.example");
            assertThat(stage.wallet().variablesNow()).containsEntry("WALLET_URL", "https://wallet.tern.example");
            assertThat(stage.site.unscripted()).isEmpty();
            assertThat(stage.dns.unscripted()).isEmpty();
            assertThat(end.report().ended().orElseThrow()).isAfter(T.plus(Duration.ofDays(7)));
            assertThat(end.writeTo(reports)).allMatch(Files::exists);
            assertThat(end.toString().lines().toList()).containsSubsequence(theReadme());
            assertThat(end.journal()).as("another one has the same journal").startsWith(untilTheLaunch());
        }
    }

    /** The diary as the README shows it, without what it leaves out. */
    private static List<String> theReadme() throws IOException {
        String page = Files.readString(Path.of("..", "README.md"));
        int begin = page.indexOf("Rehearsal of The wallet opens");
        return page.substring(begin, page.indexOf("```", begin))
                .lines()
                .filter(line -> !line.isBlank() && !line.equals("   ..."))
                .toList();
    }

    /** What was written but for the last entry, which is that it was left off. */
    private static String untilTheLaunch() {
        VirtualTime time = daysBefore(8);
        try (AppRunnerStage stage = new AppRunnerStage(time)) {
            String journal =
                    rehearsal(stage).until(Offset.H.plusMinutes(5)).in(time).journal();
            return journal.substring(0, journal.stripTrailing().lastIndexOf('\n') + 1);
        }
    }

    @Test
    void a_real_login_that_fails_takes_the_wallet_back() {
        VirtualTime time = daysBefore(8);
        try (AppRunnerStage stage = new AppRunnerStage(time)) {
            Rehearsed end = rehearsal(stage)
                    .with(Cast.willing().refusing("login-succeeds", "the provider knows nothing of us"))
                    .in(time);

            assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
            assertThat(stage.wallet().variablesNow()).doesNotContainKey("WALLET_URL");
            assertThat(stage.wallet().imageNow()).contains("a".repeat(64));
            assertThat(stage.openIncident.effects()).hasSize(1);
            assertThat(stage.admitEverybody.effects()).isEmpty();
        }
    }

    @Test
    void what_the_rollback_authority_reports_takes_the_wallet_and_the_invitations_back() {
        VirtualTime time = daysBefore(8);
        try (AppRunnerStage stage = new AppRunnerStage(time)) {
            Rehearsed end = rehearsal(stage)
                    .at(
                            Offset.H.plusMinutes(65),
                            "wrong balances are seen",
                            control -> assertThat(control.report(
                                            "CRITICAL", Cast.person("rollback authority"), "balances are wrong"))
                                    .matches(reply -> reply.accepted()))
                    .in(time);

            assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.ROLLED_BACK);
            LaunchReport.Rollback rollback = end.report().rollback().orElseThrow();
            assertThat(rollback.total().orElseThrow()).isLessThan(Duration.ofMinutes(20));
            assertThat(stage.inviteOnly.effects()).hasSize(1);
        }
    }

    @Test
    void a_variable_that_somebody_unsets_holds_the_launch_up() {
        Rehearsed end = rehearsed(stage -> stage.wallet().variable("LOGIN_MOCK", "true"));

        assertThat(end.state()).as(end.toString()).isEqualTo(LaunchState.CANCELLED);
        assertThat(blamed(end)).contains("login-not-mocked");
    }

    private static Set<String> blamed(Rehearsed end) {
        return Stream.of(end.found())
                .flatMap(Optional::stream)
                .flatMap(report -> report.inTheWay().stream())
                .map(ItemResult::id)
                .collect(toCollection(TreeSet::new));
    }
}
