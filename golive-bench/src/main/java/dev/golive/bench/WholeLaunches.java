package dev.golive.bench;

import static dev.golive.time.Offset.H;
import static dev.golive.time.Offset.T;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Deploy;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Moment;
import dev.golive.launch.Watch;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Measures whole launches with a journal on the disk.
 *
 * <p>Arguments: {@code reaction}, from the sample that completes a trigger to the first call of the rollback, in real
 * time; {@code memory}, the heap after 48 hours of a sample each second, in virtual time; {@code week}, from a week
 * before to two days after with a sample each 30 seconds, in virtual time; and how often (5 unless said otherwise).
 */
final class WholeLaunches {

    private static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
    private static final Person PERSON = Person.human("ada", "incident-commander");
    private static final TimeSource REAL = TimeSource.system();

    private WholeLaunches() {}

    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "";
        int times = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        for (int i = 0; i < times; i++) {
            switch (what) {
                case "reaction" -> reaction();
                case "memory" -> virtual(Duration.ofSeconds(1), Duration.ofMinutes(30));
                case "week" -> virtual(Duration.ofSeconds(30), Duration.ofDays(7));
                default -> throw new IllegalArgumentException("say reaction, memory or week");
            }
        }
    }

    private static LaunchPlan plan(
            FakeComponent web, Probe probe, Duration failing, Duration before, Function<Instant, Outcome> smoke) {
        Deploy deploy = web.deploy("41");
        Check served = Check.that(
                "the shop serves 41",
                context -> web.liveNow().map(Release::id).filter("41"::equals).isPresent()
                        ? Outcome.passed()
                        : Outcome.failed("it serves another one"));
        Checklist list = Checklist.named("smoke")
                .require(Check.that(
                                "a customer can buy",
                                context -> smoke.apply(context.time().now()))
                        .as("S1"))
                .build();
        return LaunchPlan.named("Shop 1.0", ZONE)
                .moment(Moment.at(T.minusMinutes((int) before.toMinutes())).check(list))
                .moment(Moment.at(T).then(deploy).identity(deploy, served))
                .watch(Watch.probing(probe)
                        .checkpoints(Duration.ofMinutes(30), H.plusHours(4), list)
                        .checkpoints(Duration.ofHours(1), H.plusHours(24), list)
                        .checkpoints(Duration.ofHours(4), H.plusHours(48), list)
                        .until(H.plusHours(48)))
                .rollback(RollbackPolicy.automatic(web)
                        .when(probe.failingLongerThan(failing))
                        .verify(served)
                        .build())
                .build();
    }

    // ---- real time

    /** From the sample that completes a trigger, over the fresh look, to the first call that changes something. */
    private static void reaction() throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Path folder = Files.createTempDirectory("golive-bench");
            FakeComponent web = FakeComponent.named("web", REAL)
                    .live("40")
                    .deploysIn(Duration.ZERO)
                    .rollsBackIn(Duration.ZERO);
            Instant[] red = {Instant.MAX};
            Probe probe = Probe.of(
                            "health",
                            Check.that(
                                    "the shop is healthy",
                                    context -> REAL.now().isBefore(red[0]) ? Outcome.passed() : Outcome.failed("500")))
                    .every(Duration.ofMillis(100));
            LocalDateTime planned = LocalDateTime.ofInstant(REAL.now(), ZONE);
            Path file = folder.resolve("shop.journal");
            try (GoLive golive = GoLive.create();
                    Journal journal = Journal.file(file);
                    Launch launch = plan(
                                    web, probe, Duration.ofMillis(400), Duration.ofMinutes(1), at -> Outcome.passed())
                            .arm(golive, journal, Environment.named("benchmark"), planned, PERSON)) {
                while (web.applied().size() < 2) {
                    Instant next = launch.advance();
                    launch.asksDecisionOn().ifPresent(digest -> launch.control().decide(PERSON, digest, "go"));
                    if (launch.state() == LaunchState.WATCHING && red[0].equals(Instant.MAX)) {
                        red[0] = REAL.now().plusMillis(200);
                    }
                    Instant soon = REAL.now().plusMillis(2);
                    REAL.sleepUntil(next.isBefore(soon) ? next : soon);
                }
                Call first = web.applied().get(1);
                Entry decided = journal.entries().stream()
                        .filter(entry -> entry.type().equals("Deciding"))
                        .findFirst()
                        .orElseThrow();
                // the newest sample that it was decided on
                String text = decided.data();
                Stream<Instant> finished = Stream.of(text.split("\"finishedAt\":\""))
                        .skip(1)
                        .map(part -> Instant.parse(part.substring(0, part.indexOf('"'))));
                Instant sample = finished.max(Instant::compareTo).orElseThrow();
                millis.add(Duration.between(sample, first.at()).toNanos() / 1e6);
            }
            delete(folder);
        }
        double first = millis.get(0);
        Collections.sort(millis);
        System.out.printf(
                "reaction: first %.1f ms, median %.1f ms, worst %.1f ms of %d%n",
                first, millis.get(millis.size() / 2), millis.get(millis.size() - 1), millis.size());
    }

    // ---- virtual time

    private static void virtual(Duration every, Duration before) throws Exception {
        Path folder = Files.createTempDirectory("golive-bench");
        Path file = folder.resolve("shop.journal");
        LocalDateTime planned = LocalDateTime.of(2027, 3, 10, 10, 0);
        Instant t = planned.atZone(ZONE).toInstant();
        Duration began = REAL.elapsed();
        VirtualTime time = VirtualTime.startingAt(t.minus(before).minus(Duration.ofMinutes(1)));
        long most = 0;
        try (TimeSource.Turn turn = time.join("benchmark");
                GoLive golive = GoLive.builder().time(time).build();
                Journal journal = Journal.file(file)) {
            FakeComponent web = FakeComponent.named("web", time).live("40");
            Probe probe = Probe.of("health", Check.that("the shop is healthy", context -> Outcome.passed()))
                    .every(every);
            try (Launch launch = plan(web, probe, Duration.ofMinutes(3), before, at -> Outcome.passed())
                    .arm(golive, journal, Environment.named("benchmark"), planned, PERSON)) {
                Instant next = launch.advance();
                long steps = 0;
                while (!launch.state().isFinal()) {
                    time.sleepUntil(
                            next.isBefore(time.now().plus(Duration.ofHours(1)))
                                    ? next
                                    : time.now().plus(Duration.ofHours(1)));
                    next = launch.advance();
                    launch.asksDecisionOn().ifPresent(digest -> launch.control().decide(PERSON, digest, "go"));
                    if (++steps % 40_000 == 0) {
                        most = Math.max(most, used());
                    }
                }
                most = Math.max(most, used());
                System.out.printf(
                        "a sample each %s: %s, %.2f s, %d steps, %d entries, %.1f MB on the disk, %.1f MB of heap%n",
                        every,
                        launch.state(),
                        REAL.elapsed().minus(began).toNanos() / 1e9,
                        steps,
                        journal.size(),
                        Files.size(file) / 1e6,
                        most / 1e6);
            }
        }
        began = REAL.elapsed();
        long[] entries = {0};
        Journal.read(file, entry -> entries[0]++);
        System.out.printf(
                "  read again: %d entries in %.2f s%n",
                entries[0], REAL.elapsed().minus(began).toNanos() / 1e9);
        delete(folder);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
