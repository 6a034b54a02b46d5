package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Assurance;
import dev.golive.Person;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.PlanRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways by which people reach a launch, and what is to be seen from outside. */
class DoorsTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("shop.journal");
    }

    private static LaunchControl outside(Scene scene, Path journal) {
        return LaunchControl.through(journal, scene.time, Duration.ofMillis(1));
    }

    private static List<String> data(Path journal, String type) {
        return Journal.read(journal).stream()
                .filter(entry -> entry.type().equals(type))
                .map(Entry::data)
                .toList();
    }

    @Test
    void what_another_process_puts_into_the_folder_is_carried_out_and_answered_in_the_journal() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            scene.launch.advance();

            Reply reply = outside(scene, file()).hold(Scene.ENGINEER, "the network team is at it");
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.because()).contains("nobody has answered yet");
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);

            scene.launch.advance();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.HELD);
            assertThat(data(file(), "Commanded")).singleElement().asString().contains("\"accepted\":true", "HOLD");
            try (Stream<Path> left = Files.list(folder.resolve("shop.journal.inbox"))) {
                assertThat(left.map(path -> path.getFileName().toString())).containsExactly("board.txt");
            }
        }
    }

    @Test
    void the_same_command_arriving_twice_is_carried_out_once() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            scene.launch.advance();
            outside(scene, file()).hold(Scene.ENGINEER, "wait");
            Path inbox = folder.resolve("shop.journal.inbox");
            Path command;
            try (Stream<Path> files = Files.list(inbox)) {
                command = files.filter(one -> one.toString().endsWith(".command"))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] text = Files.readAllBytes(command);
            scene.launch.advance();
            assertThat(scene.launch.control().resume(Scene.ENGINEER, "go on").accepted())
                    .isTrue();

            Files.write(command, text);
            scene.launch.advance();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
            assertThat(data(file(), "Held")).hasSize(1);
        }
    }

    @Test
    void whoever_writes_a_file_is_believed_to_be_asserted_and_no_more() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            scene.launch.advance();
            Person forged = Person.human("ada", "incident-commander").known(Assurance.SIGNED);
            outside(scene, file()).hold(forged, "signed, says the file");
            scene.launch.advance();
            assertThat(data(file(), "Held")).singleElement().asString().contains("ASSERTED");
        }
    }

    @Test
    void what_is_no_command_is_put_aside_and_disturbs_nobody() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            scene.launch.advance();
            Path inbox = Files.createDirectories(folder.resolve("shop.journal.inbox"));
            for (String hostile : List.of(
                    "",
                    "null",
                    "{",
                    "[]",
                    "{\"id\":\"x\"}",
                    "\u0000\u0001",
                    "{\"id\":\"../../etc\",\"kind\":\"HOLD\"}")) {
                Files.writeString(inbox.resolve("h" + hostile.hashCode() + ".command"), hostile);
            }
            scene.launch.advance();
            assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
            assertThat(data(file(), "Commanded")).isEmpty();
            try (Stream<Path> files = Files.list(inbox)) {
                assertThat(files.filter(one -> one.toString().endsWith(".command")))
                        .isEmpty();
            }
        }
    }

    @Test
    void the_board_can_be_read_from_outside_while_the_journal_is_locked() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            scene.until(Duration.ofSeconds(1));
            List<String> board = outside(scene, file()).board();
            assertThat(board).isEqualTo(scene.launch.control().board());
            assertThat(String.join("\n", board)).contains("Shop 1.0", "decision");
            assertThat(Journal.verify(file()).intact()).isTrue();
        }
    }

    @Test
    void a_run_that_waits_for_people_ends_and_goes_on_when_it_is_run_again() throws Exception {
        LaunchPlan plan;
        try (Scene scene = new Scene()) {
            plan = scene.plan(policy -> policy);
            try (Journal journal = Journal.file(file())) {
                scene.arm(plan, journal);
                assertThat(scene.launch
                                .control()
                                .hold(Scene.ENGINEER, "until the flag is set")
                                .accepted())
                        .isTrue();
                assertThat(scene.launch.runUntilWaiting(Duration.ofMinutes(10))).isEqualTo(LaunchState.HELD);
                scene.launch.close();
            }
            outside(scene, file()).resume(Scene.ENGINEER, "it is set");
            try (Journal journal = Journal.file(file())) {
                scene.arm(plan, journal);
                assertThat(journal.epoch()).isEqualTo(2);
                scene.until(Duration.ofSeconds(1));
                assertThat(scene.launch.state()).isEqualTo(LaunchState.ARMED);
                assertThat(String.join("\n", scene.launch.control().board())).contains("decision");
            }
        }
    }

    @Test
    void a_job_does_not_sleep_through_the_days_before_a_launch() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            assertThat(scene.launch.runUntilWaiting(Duration.ofMinutes(10))).isEqualTo(LaunchState.ARMED);
            assertThat(scene.time.now()).isEqualTo(Scene.START);
        }
    }

    @Test
    void a_second_launch_in_the_same_environment_is_shown_and_must_be_acknowledged() throws Exception {
        try (Scene scene = new Scene();
                Journal first = Journal.file(folder.resolve("first.journal"))) {
            LaunchPlan plan = scene.plan(policy -> policy);
            scene.arm(plan, first);
            scene.launch.advance();
            try (Journal second = Journal.file(file())) {
                scene.arm(plan, second);
                scene.until(Duration.ofSeconds(1));
                assertThat(String.join("\n", scene.launch.control().board())).contains("another-launch-is-armed");
                assertThat(scene.launch.waiting())
                        .anyMatch(waiting -> waiting.what().contains("first.journal"));
                assertThat(scene.web.applied()).isEmpty();

                Reply reply = scene.launch
                        .control()
                        .acknowledge("another-launch-is-armed", Scene.COMMANDER, "the first one was abandoned");
                assertThat(reply.accepted()).isTrue();
                scene.until(Duration.ofSeconds(2));
                assertThat(String.join("\n", scene.launch.control().board())).contains("decision");
            }
        }
    }

    @Test
    void arming_announces_plan_environment_host_and_instance() throws Exception {
        try (Scene scene = new Scene();
                Journal journal = Journal.file(file())) {
            scene.arm(scene.plan(policy -> policy), journal);
            scene.launch.advance();
            assertThat(scene.room.texts())
                    .anyMatch(text -> text.contains("Shop 1.0 is armed in staging")
                            && text.contains("virtual")
                            && text.contains("instance 1"));
        }
    }

    @Test
    void a_policy_that_rolls_back_by_itself_needs_a_journal_that_survives() {
        try (Scene scene = new Scene();
                Journal memory = Journal.inMemory()) {
            LaunchPlan plan = scene.plan(scene.automatic().build()).build();
            assertThatThrownBy(() -> scene.arm(plan, memory))
                    .isInstanceOf(PlanRefusedException.class)
                    .hasMessageContaining("kept in memory only");
        }
    }

    @Test
    void a_control_for_a_journal_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> LaunchControl.through(folder.resolve("no.journal")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.journal");
    }
}
