package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.testkit.railway.RailwayFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RailwayLogFileTest extends OnFakeRailway {

    @TempDir
    Path folder;

    @BeforeEach
    void deploy() {
        fake.service("api").deployed("aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1");
    }

    private Action save(Path file) {
        return railway.service("api").log().within(Duration.ofHours(1)).saveTo(file);
    }

    @Test
    void the_log_of_what_was_taken_back_is_in_the_file_too() throws Exception {
        fake.service("api").log("info", "the first one speaks");
        time.advance(Duration.ofMinutes(5));
        fake.service("api").deployedBySomebody("bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2");
        fake.service("api").log("error", "the second one breaks");
        time.advance(Duration.ofMinutes(5));
        Path file = folder.resolve("logs/api.log");

        assertThat(toTheEnd(save(file)).state()).isEqualTo(Observation.State.AT_TARGET);

        assertThat(Files.readAllLines(file))
                .first()
                .asString()
                .startsWith("# Railway service api of shop/production, ");
        assertThat(Files.readString(file))
                .containsSubsequence("info the first one speaks", "error the second one breaks");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void a_file_of_somebody_else_is_not_written_over() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");

        Observation observation = perform().observe(save(file));

        assertThat(observation.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(Files.readString(file)).isEqualTo("mine");
    }

    @Test
    void done_twice_it_is_done_once() throws Exception {
        Path file = folder.resolve("api.log");
        toTheEnd(save(file));
        int asked = fake.requests().size();

        assertThat(toTheEnd(save(file)).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.requests()).hasSize(asked);
        assertThat(perform().key("another-launch").observe(save(file)).state()).isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void without_an_answer_there_is_no_file_and_no_half_of_one() {
        fake.fault("deploymentLogs", RailwayFault.internalError());
        Path file = folder.resolve("api.log");

        Assertions.assertThatThrownBy(() -> perform().apply(save(file))).hasMessageContaining("Railway");

        assertThat(folder.toFile().list()).isEqualTo(List.of().toArray(new String[0]));
    }
}
