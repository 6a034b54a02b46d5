package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void it_prints_as_three_asterisks() {
        assertThat(Secret.found("token", "very-secret-1")).hasToString("***");
        assertThat(Secret.fromEnv("TOKEN").label()).isEqualTo("environment variable TOKEN");
    }

    @Test
    void a_file_is_read_without_the_line_break_at_its_end_and_nothing_else() throws Exception {
        Path dir = Files.createTempDirectory("golive");
        Path file = dir.resolve("token");
        Files.writeString(file, "  pass word \r\n");
        assertThat(Secret.fromFile(file).value()).isEqualTo("  pass word ");
        Files.delete(file);
        assertThatThrownBy(() -> Secret.fromFile(file).value())
                .isInstanceOf(GoLiveException.class)
                .hasMessageContaining("There is no secret in file");
        Files.delete(dir);
    }

    @Test
    void the_source_is_asked_once() {
        AtomicInteger count = new AtomicInteger();
        Secret secret = Secret.from("vault", () -> "value-" + count.incrementAndGet());
        assertThat(secret.value()).isEqualTo(secret.value()).isEqualTo("value-1");
    }

    @Test
    void two_secrets_with_one_value_are_two() {
        assertThat(Secret.found("a", "12345678")).isNotEqualTo(Secret.found("a", "12345678"));
    }
}
