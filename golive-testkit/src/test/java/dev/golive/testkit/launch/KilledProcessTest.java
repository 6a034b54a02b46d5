package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed, on the real clock, with a journal on a disk. */
class KilledProcessTest {

    private static final TimeSource REAL = TimeSource.system();

    @Test
    void a_launch_whose_process_is_killed_five_times_does_everything_once(@TempDir Path folder) throws Exception {
        killed(folder, 5, 900, 5);
    }

    @Tag("long")
    @Test
    void a_launch_whose_process_is_killed_fifty_times_does_everything_once(@TempDir Path folder) throws Exception {
        int kills = 0;
        for (int launches = 0; kills < 50; launches++) {
            kills += killed(Files.createDirectory(folder.resolve("launch" + launches)), 50 - kills, 350, launches);
        }
        assertThat(kills).isEqualTo(50);
    }

    /** Kills and goes on, at most so often; returns how often. */
    private static int killed(Path folder, int most, int longest, long seed) throws Exception {
        Random random = new Random(seed);
        Files.writeString(
                folder.resolve("planned"),
                LocalDateTime.ofInstant(REAL.now().plusMillis(500), Scene.ZONE).toString(),
                StandardCharsets.UTF_8);
        int kills = 0;
        boolean over = false;
        while (!over) {
            over = live(folder, kills < most ? random.nextInt(longest) : -1);
            kills += over ? 0 : 1;
        }
        Path file = folder.resolve("shop.journal");
        assertThat(Journal.verify(file).intact()).isTrue();
        List<Entry> entries = Journal.read(file);
        assertThat(entries)
                .filteredOn(entry -> entry.type().equals("Ended"))
                .last()
                .satisfies(entry -> assertThat(entry.data()).contains("ROLLED_BACK"));
        assertThat(new FileShop(folder.resolve("shop.txt"), REAL).requests())
                .as("%d kills, %d entries", kills, entries.size())
                .extracting(FileShop.Request::what)
                .containsExactly("web 41", "flag", "web 40", "unflag");
        return kills;
    }

    /** One process; killed after so many milliseconds, or never. Returns whether it came to the end. */
    private static boolean live(Path folder, int killAfter) throws Exception {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledLaunch.class.getName(),
                        folder.toString())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).as(text(errors)).isEqualTo("armed");
            if (killAfter >= 0) {
                REAL.sleepUntil(REAL.now().plusMillis(killAfter));
                boolean alive = process.isAlive();
                process.destroyForcibly();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                if (alive && process.exitValue() != 0) {
                    return false;
                }
            }
            assertThat(process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS))
                    .as(text(errors))
                    .isTrue();
            assertThat(process.exitValue()).as(text(errors)).isZero();
            return true;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
