package dev.golive.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads that a piece of a test has left behind. */
final class Threads {

    private final Set<Thread> before = all();

    private Threads() {}

    /** Those that there are now and that nobody has to answer for. */
    static Threads now() {
        return new Threads();
    }

    private static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Names of threads of golive and its fakes that were not there before. */
    List<String> left() {
        return all().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> Arrays.stream(new String[] {"golive", "http-fake", "dns-fake", "Keep-Alive", "HttpC"})
                        .anyMatch(thread.getName()::startsWith))
                .map(Thread::getName)
                .sorted()
                .collect(Collectors.toList());
    }

    /** Fails if one is left, after a moment for those that are about to end. */
    void assertNoneLeft() throws InterruptedException {
        for (Thread thread : all()) {
            if (!before.contains(thread) && left().contains(thread.getName())) {
                thread.join(TimeUnit.SECONDS.toMillis(2));
            }
        }
        assertThat(left()).isEmpty();
    }
}
