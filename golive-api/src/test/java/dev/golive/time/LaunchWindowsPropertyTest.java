package dev.golive.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.WindowDecision.State;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LaunchWindowsPropertyTest {

    private static final List<ZoneId> REGIONS = ZoneId.getAvailableZoneIds().stream()
            .filter(Regions::isRegion)
            .sorted()
            .map(ZoneId::of)
            .toList();

    private static final String QUESTION = "question";

    /** Windows and an instant that lies among their blackouts and answers, mostly beside a change of the clocks. */
    record Case(LaunchWindows windows, Instant at, long seed) {

        State state(Instant instant) {
            return windows.at(instant).state();
        }

        /** Instants from one to another: both, those beside them, some between, and all edges of hours for a while. */
        List<Instant> between(Instant from, Instant to) {
            Set<Instant> some = new TreeSet<>(List.of(from, to.minusNanos(1)));
            Random random = new Random(seed);
            long span = Math.max(1, Duration.between(from, to).toSeconds());
            for (int i = 0; i < 20; i++) {
                some.add(from.plusSeconds((long) (random.nextDouble() * span)));
            }
            Instant hour = from.truncatedTo(ChronoUnit.HOURS);
            for (int i = 1; i < 60; i++) {
                some.add(hour.plus(Duration.ofMinutes(30L * i)));
            }
            return some.stream()
                    .filter(i -> !i.isBefore(from) && i.isBefore(to))
                    .toList();
        }
    }

    /** A change of the clocks in some zone and year, or some instant of a year without. */
    private static Instant change(ZoneId zone, int year, int nth) {
        Instant instant = LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (int i = 0; i <= nth; i++) {
            ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
            if (next == null || next.getInstant().isAfter(Instant.parse("2041-01-01T00:00:00Z"))) {
                return instant;
            }
            instant = next.getInstant();
        }
        return instant;
    }

    @Provide
    Arbitrary<Window> windows() {
        // many of them at the hours at which clocks change, and all at whole minutes, which is what the oracle sees
        Arbitrary<LocalTime> times = Arbitraries.oneOf(
                Arbitraries.of(0, 30, 60, 90, 120, 150, 180, 1380, 1410, 1439)
                        .map(m -> LocalTime.MIDNIGHT.plusMinutes(m)),
                Arbitraries.integers().between(0, 1439).map(m -> LocalTime.MIDNIGHT.plusMinutes(m)));
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(7);
        Arbitrary<Long> minutes = Arbitraries.oneOf(
                Arbitraries.of(15L, 30L, 60L, 120L, 360L, 1440L),
                Arbitraries.longs().between(1, 2000));
        return Combinators.combine(times, minutes, days).as((from, length, on) -> {
            DayOfWeek[] all = on.toArray(DayOfWeek[]::new);
            return Window.lasting(from, Duration.ofMinutes(length), all[0], all);
        });
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<ZoneId> zones = Arbitraries.of(REGIONS);
        Arbitrary<Integer> years = Arbitraries.integers().between(1990, 2040);
        Arbitrary<Integer> nth = Arbitraries.integers().between(0, 1);
        Arbitrary<List<Window>> windows = windows().list().ofMaxSize(3);
        Arbitrary<Long> seeds = Arbitraries.longs();
        return Combinators.combine(zones, years, nth, windows, seeds).as((zone, year, n, allowed, seed) -> {
            Random random = new Random(seed);
            Instant change = change(zone, year, n);
            LaunchWindows all = LaunchWindows.in(zone);
            for (Window window : allowed) {
                all = all.allow(window);
            }
            LocalDate day = LocalDate.ofInstant(change, zone);
            for (int i = random.nextInt(4); i > 0; i--) {
                LocalDate first = day.plusDays(random.nextInt(7) - 3);
                Instant from = change.plus(Duration.ofMinutes(random.nextInt(5000) - 2500));
                all = all.deny(
                        switch (random.nextInt(3)) {
                            case 0 -> Blackout.on("days", first, first.plusDays(random.nextInt(3)));
                            case 1 -> Blackout.on("dates", Set.of(first, first.plusDays(2)));
                            default ->
                                Blackout.between("exact", from, from.plus(Duration.ofMinutes(1 + random.nextInt(600))));
                        });
            }
            if (random.nextInt(3) == 0) {
                all = all.deny(Blackout.openEnded(QUESTION));
                List<BlackoutAnswer> answers = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    answers.add(
                            new BlackoutAnswer(QUESTION, day.plusDays(random.nextInt(5) - 2), random.nextInt(4) == 0));
                }
                all = all.answered(answers);
            }
            return new Case(all, change.plus(Duration.ofMinutes(random.nextInt(5000) - 2500)), seed);
        });
    }

    /** Some days of the wall clock, minute by minute: it knows of gaps and overlaps only what the clock shows. */
    private static final class Walk {

        private static final int MINUTES = 9 * 24 * 60;

        private final Instant begin;
        private final LocalDateTime[] shown = new LocalDateTime[MINUTES];

        Walk(Instant middle, ZoneId zone) {
            begin = middle.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(MINUTES / 2));
            for (int i = 0; i < MINUTES; i++) {
                shown[i] = LocalDateTime.ofInstant(instant(i), zone);
            }
        }

        Instant instant(int minute) {
            return begin.plusSeconds(60L * minute);
        }

        /** The first minute at which the clock shows a time, else the first at which it shows a later one. */
        int first(LocalDateTime time) {
            int i = 0;
            while (i < MINUTES && shown[i].isBefore(time)) {
                i++;
            }
            return i;
        }

        /** The last minute at which the clock shows a time, else the first at which it shows a later one. */
        int last(LocalDateTime time) {
            for (int i = MINUTES - 1; i >= 0; i--) {
                if (shown[i].equals(time)) {
                    return i;
                }
            }
            return first(time);
        }

        State[] states(LaunchWindows windows) {
            boolean[] open = new boolean[MINUTES];
            boolean[] denied = new boolean[MINUTES];
            LocalDate start = shown[0].toLocalDate().minusDays(1);
            LocalDate end = shown[MINUTES - 1].toLocalDate().plusDays(1);
            for (LocalDate day = start; !day.isAfter(end); day = day.plusDays(1)) {
                for (Window window : windows.windows()) {
                    if (window.days().contains(day.getDayOfWeek())) {
                        LocalDateTime from = day.atTime(window.from());
                        mark(open, first(from), last(from.plus(window.length())));
                    }
                }
                for (Blackout blackout : windows.blackouts()) {
                    if (denies(blackout, day)) {
                        mark(
                                denied,
                                first(day.atStartOfDay()),
                                last(day.plusDays(1).atStartOfDay()));
                    }
                }
            }
            State[] states = new State[MINUTES];
            for (int i = 0; i < MINUTES; i++) {
                states[i] = (!open[i] && !windows.windows().isEmpty()) || denied[i] || deniedExactly(windows, i)
                        ? State.REFUSED
                        : answered(windows, shown[i].toLocalDate());
            }
            return states;
        }

        private static void mark(boolean[] marks, int from, int to) {
            for (int i = from; i < to; i++) {
                marks[i] = true;
            }
        }

        /** Read from the sentence, so that no code is shared with what is examined. */
        private static boolean denies(Blackout blackout, LocalDate day) {
            String text = blackout.toString();
            return switch (blackout.name()) {
                case "dates" -> text.contains(day.toString());
                case "days" -> {
                    String[] days = text.replaceAll(".*\\((.*)\\)", "$1").split(" to ");
                    yield !day.isBefore(LocalDate.parse(days[0]))
                            && !day.isAfter(LocalDate.parse(days[days.length - 1]));
                }
                default -> false;
            };
        }

        private boolean deniedExactly(LaunchWindows windows, int minute) {
            Instant instant = instant(minute);
            return windows.blackouts().stream()
                    .filter(b -> b.name().equals("exact"))
                    .map(b -> b.toString().replaceAll(".*\\((.*)\\)", "$1").split(" to "))
                    .anyMatch(ends ->
                            !instant.isBefore(Instant.parse(ends[0])) && instant.isBefore(Instant.parse(ends[1])));
        }

        private static State answered(LaunchWindows windows, LocalDate day) {
            if (windows.blackouts().stream().noneMatch(Blackout::isOpenEnded)) {
                return State.ALLOWED;
            }
            if (windows.answers().contains(new BlackoutAnswer(QUESTION, day, true))) {
                return State.REFUSED;
            }
            return windows.answers().contains(new BlackoutAnswer(QUESTION, day, false)) ? State.ALLOWED : State.UNKNOWN;
        }
    }

    @Property(tries = 120)
    void the_decision_is_what_a_walk_along_the_wall_clock_finds(@ForAll("cases") Case given) {
        Walk walk = new Walk(given.at, given.windows.zone());
        State[] states = walk.states(given.windows);
        // far enough from both ends of the walk for every window and blackout that matters to be seen whole
        for (int i = 3 * 24 * 60; i < 6 * 24 * 60; i += 1) {
            if (states[i] != states[i - 1] || states[i] != states[i + 1] || i % 37 == 0) {
                assertThat(given.state(walk.instant(i)))
                        .as("%s with %s at %s", given.windows, given.windows.answers(), walk.instant(i))
                        .isEqualTo(states[i]);
            }
        }
    }

    @Property(tries = 150)
    void a_decision_stays_the_same_until_the_instant_it_names(@ForAll("cases") Case given) {
        WindowDecision decision = given.windows.at(given.at);
        Instant end = decision.until().orElse(given.at.plus(Duration.ofDays(30)));
        assertThat(end).isAfter(given.at);
        assertThat(given.between(given.at, end)).allSatisfy(i -> {
            assertThat(given.state(i)).isEqualTo(decision.state());
            assertThat(given.windows.at(i).until()).isEqualTo(decision.until());
        });
        if (decision.state() != State.UNKNOWN) {
            decision.until().ifPresent(until -> assertThat(given.state(until)).isNotEqualTo(decision.state()));
        }
    }

    @Property(tries = 150)
    void the_next_permitted_instant_is_permitted_and_nothing_before_it_is(@ForAll("cases") Case given) {
        WindowOpening opening = given.windows.nextPermitted(given.at).orElseThrow();
        WindowDecision then = given.windows.at(opening.at());
        assertThat(opening.at()).isAfterOrEqualTo(given.at);
        assertThat(then.state()).isEqualTo(opening.certain() ? State.ALLOWED : State.UNKNOWN);
        assertThat(then.blackouts()).isEqualTo(opening.unanswered());
        if (opening.at().isAfter(given.at)) {
            assertThat(given.between(given.at, opening.at()))
                    .allSatisfy(i -> assertThat(given.state(i)).isEqualTo(State.REFUSED));
        }
    }

    @Property(tries = 150)
    void a_window_ends_at_an_instant_that_is_not_allowed_and_all_before_it_is(@ForAll("cases") Case given) {
        var end = given.windows.endOfWindow(given.at);
        assertThat(end.isPresent()).isEqualTo(given.state(given.at) == State.ALLOWED);
        end.ifPresent(e -> {
            boolean never = e.equals(Instant.MAX);
            if (!never) {
                assertThat(given.state(e)).isNotEqualTo(State.ALLOWED);
            }
            assertThat(given.between(given.at, never ? given.at.plus(Duration.ofDays(30)) : e))
                    .allSatisfy(i -> assertThat(given.state(i)).isEqualTo(State.ALLOWED));
        });
    }

    @Property(tries = 150)
    void an_overrun_leads_back_to_where_it_was_not_refused(@ForAll("cases") Case given) {
        Duration overrun = given.windows.overrun(given.at);
        if (given.state(given.at) != State.REFUSED) {
            assertThat(overrun).isZero();
            return;
        }
        Instant end = given.at.minus(overrun);
        assertThat(given.state(end.minusNanos(1))).isNotEqualTo(State.REFUSED);
        assertThat(given.between(end, given.at.plusNanos(1)))
                .allSatisfy(i -> assertThat(given.state(i)).isEqualTo(State.REFUSED));
    }

    @Property(tries = 150)
    void a_latest_start_is_in_the_same_window_and_leaves_just_enough_time(@ForAll("cases") Case given) {
        Duration needed = Duration.ofMinutes(Math.floorMod(given.seed, 600));
        var latest = given.windows.latestStart(given.at, needed, Duration.ofMinutes(7));
        var end = given.windows.endOfWindow(given.at);
        if (latest.isPresent() && !latest.get().equals(Instant.MAX)) {
            assertThat(latest.get().plus(needed).plus(Duration.ofMinutes(7))).isEqualTo(end.orElseThrow());
            assertThat(given.between(latest.get(), end.orElseThrow()))
                    .allSatisfy(i -> assertThat(given.state(i)).isEqualTo(State.ALLOWED));
        } else if (latest.isEmpty() && end.isPresent()) {
            Instant wanted = end.get().minus(needed).minus(Duration.ofMinutes(7));
            assertThat(wanted).isBefore(given.at);
            // somewhere between it and now the window was not open
            assertThat(given.windows.endOfWindow(wanted)).isNotEqualTo(end);
        }
    }

    @Property(tries = 150)
    void a_blackout_beats_every_window(@ForAll("cases") Case given) {
        Instant from = given.at.minusSeconds(Math.floorMod(given.seed, 10_000));
        Instant to = given.at.plusSeconds(1 + Math.floorMod(given.seed, 777));
        LaunchWindows denied = given.windows.deny(Blackout.between("one more", from, to));
        assertThat(denied.at(given.at).state()).isEqualTo(State.REFUSED);
        assertThat(denied.at(from).state()).isEqualTo(State.REFUSED);
        assertThat(denied.at(to.minusNanos(1)).state()).isEqualTo(State.REFUSED);
        assertThat(denied.at(to).state()).isEqualTo(given.state(to));
        assertThat(denied.at(from.minusNanos(1)).state()).isEqualTo(given.state(from.minusNanos(1)));
    }

    @Property(tries = 150)
    void one_more_window_never_refuses_and_one_more_blackout_never_allows(
            @ForAll("cases") Case given, @ForAll("windows") Window more) {
        State before = given.state(given.at);
        if (before != State.REFUSED && !given.windows.windows().isEmpty()) {
            assertThat(given.windows.allow(more).at(given.at).state()).isEqualTo(before);
        }
        if (before != State.ALLOWED) {
            LocalDate day = LocalDate.ofInstant(given.at, given.windows.zone());
            assertThat(given.windows
                            .deny(Blackout.on("more", day, day))
                            .at(given.at)
                            .state())
                    .isNotEqualTo(State.ALLOWED);
            assertThat(given.windows
                            .deny(Blackout.openEnded("more"))
                            .at(given.at)
                            .state())
                    .isNotEqualTo(State.ALLOWED);
        }
    }

    @Property(tries = 150)
    void whole_days_of_every_day_never_refuse(@ForAll("cases") Case given, @ForAll("windows") Window any) {
        LaunchWindows always = LaunchWindows.in(given.windows.zone()).allow(Window.everyDay(any.from(), any.from()));
        assertThat(always.at(given.at).allowed()).isTrue();
        assertThat(always.at(given.at).window()).isPresent();
        assertThat(always.at(given.at).until()).isEmpty();
    }

    @Property(tries = 100)
    void every_sentence_is_one_line_that_ends_like_the_text_of_a_person(@ForAll("cases") Case given) {
        assertThat(given.windows.at(given.at).toString())
                .matches("(allowed|refused|unknown): \\S.*\\S")
                .doesNotContain("null", "Optional", "  ");
        assertThat(given.windows.toString()).doesNotContain("null", "  ");
    }
}
