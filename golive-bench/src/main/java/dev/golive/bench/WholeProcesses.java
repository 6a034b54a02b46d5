package dev.golive.bench;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Measures whole processes, from {@code java} to the end: the servers in one process, each measured run in a new one.
 *
 * <p>Arguments: how often each cold run is repeated (5 unless said otherwise), then options for the measured JVMs. Prints
 * a Markdown table of milliseconds of wall time.
 */
final class WholeProcesses {

    private static final List<String> WORKS = List.of("https-shared", "https-fresh", "dns", "tls", "ten");
    private static final int WARM_ROUNDS = 30;

    private final Path directory;
    private final int repeats;
    private final List<String> options;
    private final TimeSource time = TimeSource.system();

    private WholeProcesses(Path directory, int repeats, List<String> options) {
        this.directory = directory;
        this.repeats = repeats;
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        List<String> options = args.length > 1 ? Arrays.asList(args).subList(1, args.length) : List.of();
        Path directory = Files.createTempDirectory("golive-bench");
        WholeProcesses all = new WholeProcesses(directory, repeats, options);
        Process targets =
                all.java(List.of(), Targets.class, directory.toString()).start();
        try {
            while (!Files.exists(directory.resolve("ready"))) {
                if (!targets.isAlive()) {
                    throw new IllegalStateException("the targets did not start");
                }
                all.time.sleepUntil(all.time.now().plusMillis(50));
            }
            all.measure();
        } finally {
            targets.getOutputStream().close();
            targets.waitFor();
            for (String file : List.of("root.der", "ports", "ready", "classes.jsa", "output")) {
                Files.deleteIfExists(directory.resolve(file));
            }
            Files.delete(directory);
        }
    }

    private void measure() throws Exception {
        System.out.println("| work | cold process, best | median | worst | warm round, best | median |");
        System.out.println("|---|---|---|---|---|---|");
        for (String work : WORKS) {
            row(work, work, List.of());
        }
        Path archive = directory.resolve("classes.jsa");
        output(java(List.of("-XX:ArchiveClassesAtExit=" + archive), Client.class, directory.toString(), "ten", "1"));
        row("ten, with an AppCDS archive", "ten", List.of("-XX:SharedArchiveFile=" + archive));
        row(
                "ten, with the archive and C1",
                "ten",
                List.of("-XX:SharedArchiveFile=" + archive, "-XX:TieredStopAtLevel=1"));
    }

    private void row(String name, String work, List<String> more) throws Exception {
        List<Long> cold = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            Duration before = time.elapsed();
            output(java(more, Client.class, directory.toString(), work, "1"));
            cold.add(time.elapsed().minus(before).toMillis());
        }
        List<Long> warm = output(java(more, Client.class, directory.toString(), work, String.valueOf(WARM_ROUNDS)))
                .subList(WARM_ROUNDS / 2, WARM_ROUNDS);
        System.out.printf(
                "| %s | %d | %d | %d | %d | %d |%n",
                name, Collections.min(cold), median(cold), Collections.max(cold), Collections.min(warm), median(warm));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private List<Long> output(ProcessBuilder builder) throws IOException, InterruptedException {
        Path file = directory.resolve("output");
        Process process = builder.redirectOutput(file.toFile()).start();
        int exit = process.waitFor();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        if (exit != 0) {
            throw new IllegalStateException("a measured process failed:\n" + text);
        }
        // the JVM itself speaks up in between when it makes an archive
        return text.lines()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .toList();
    }

    private ProcessBuilder java(List<String> more, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.addAll(options);
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
