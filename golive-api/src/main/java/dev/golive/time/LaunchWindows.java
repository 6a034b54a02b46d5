package dev.golive.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a launch may start: the windows of a zone, and the blackouts in them.
 *
 * <pre>{@code
 * LaunchWindows windows = LaunchWindows.in(ZoneId.of("Europe/Stockholm"))
 *         .allow(Window.between(LocalTime.of(9, 0), LocalTime.of(15, 0), TUESDAY, WEDNESDAY, THURSDAY))
 *         .deny(Blackout.on("Christmas freeze", LocalDate.of(2026, 12, 18), LocalDate.of(2027, 1, 6)))
 *         .deny(Blackout.openEnded("payroll run"));
 * WindowDecision decision = windows.at(instant);
 * }</pre>
 *
 * <ul>
 *   <li>A blackout beats a window.
 *   <li>Where no window is given, any time is allowed that is not denied.
 *   <li>Windows that overlap or touch are one.
 *   <li>Windows and days are meant in wall-clock time of the zone; {@link Window} and {@link Blackout} say what becomes
 *       of times that a change of daylight saving leaves out or repeats. Durations are exact.
 *   <li>An open-ended blackout that is not answered for a day makes that day {@link WindowDecision.State#UNKNOWN}
 *       wherever it would be allowed. An answer counts for the calendar day it was given for; where two contradict each
 *       other, the blackout is in force. Answers about other blackouts are left aside.
 * </ul>
 *
 * <p>All decisions are pure: the same windows, answers and instant give the same decision, whatever the time is. All
 * instants must be within the years 1 to 9999. Immutable and thread-safe.
 */
public final class LaunchWindows {

    static final int LAST_YEAR = 9999;

    private static final Instant FIRST = LocalDate.of(1, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final Instant LAST =
            LocalDate.of(LAST_YEAR, 12, 31).atTime(23, 59, 59).toInstant(ZoneOffset.UTC);

    private static final Duration SEARCHED = Duration.ofDays(400);
    private static final Duration LONGEST_PLAN = Duration.ofDays(3650);
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss xxx", Locale.ENGLISH);
    private static final DateTimeFormatter WRITTEN_BRIEFLY =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm xxx", Locale.ENGLISH);

    /** A date line that moves makes a calendar day come early or late by up to a day; one more is for the rounding. */
    private static final int MARGIN_DAYS = 2;

    private final ZoneId zone;
    private final List<Window> windows;
    private final List<Blackout> blackouts;
    private final List<BlackoutAnswer> answers;

    private final ZoneRules rules;
    private final boolean always;
    private final NavigableMap<Instant, Instant> denied;
    private final List<Blackout> asked;
    private final Map<String, Map<LocalDate, Boolean>> answered = new HashMap<>();
    private final NavigableSet<Instant> edgesOfAnswers = new TreeSet<>();

    private LaunchWindows(ZoneId zone, List<Window> windows, List<Blackout> blackouts, List<BlackoutAnswer> answers) {
        this.zone = zone;
        this.windows = windows;
        this.blackouts = blackouts;
        this.answers = answers;
        rules = zone.getRules();
        always = windows.isEmpty() || coverTheWeek(windows);
        denied = merged(blackouts, rules);
        asked = blackouts.stream().filter(Blackout::isOpenEnded).toList();
        for (Blackout question : asked) {
            Map<LocalDate, Boolean> days = new HashMap<>();
            for (BlackoutAnswer answer : answers) {
                if (answer.blackout().equals(question.name())) {
                    days.merge(answer.day(), answer.inForce(), Boolean::logicalOr);
                    edgesOfAnswers.addAll(Stretch.edges(answer.day(), rules));
                }
            }
            answered.put(question.name(), days);
        }
    }

    /**
     * Any time in a zone.
     *
     * @param zone the zone of the launch, the id of a region
     * @return the windows, without any so far
     * @throws IllegalArgumentException as in {@link #region(ZoneId)}
     */
    public static LaunchWindows in(ZoneId zone) {
        return new LaunchWindows(region(zone), List.of(), List.of(), List.of());
    }

    /**
     * The zone with an id, if it is the id of a region such as {@code Europe/Stockholm}, or {@code UTC}.
     *
     * <p>Abbreviations such as {@code CET} and fixed offsets such as {@code +02:00} and {@code GMT+1} are refused, and
     * so are old names without an area such as {@code Japan}: whoever writes one of them mostly means a place, and its
     * daylight saving.
     *
     * @param id the id
     * @return the zone
     * @throws IllegalArgumentException if it is not the id of a region; the message proposes one
     */
    public static ZoneId region(String id) {
        return Regions.region(id);
    }

    /**
     * The zone, if its id is that of a region such as {@code Europe/Stockholm}, or {@code UTC}.
     *
     * @param zone the zone
     * @return the same zone
     * @throws IllegalArgumentException if its id is not that of a region, as in {@link #region(String)}
     */
    public static ZoneId region(ZoneId zone) {
        return Regions.region(zone);
    }

    /**
     * The same with one more window.
     *
     * @param window when a launch may start
     * @return the new windows
     */
    public LaunchWindows allow(Window window) {
        return new LaunchWindows(
                zone, and(windows, Objects.requireNonNull(window, "window must not be null")), blackouts, answers);
    }

    /**
     * The same with one more blackout.
     *
     * @param blackout when no launch may start
     * @return the new windows
     * @throws IllegalArgumentException if it or another of its name is open-ended: an answer could mean either
     */
    public LaunchWindows deny(Blackout blackout) {
        Objects.requireNonNull(blackout, "blackout must not be null");
        for (Blackout other : blackouts) {
            if (other.name().equals(blackout.name()) && (other.isOpenEnded() || blackout.isOpenEnded())) {
                throw new IllegalArgumentException(
                        "blackout must have a name of its own, since answers are given by name, but was another \""
                                + blackout.name() + "\"");
            }
        }
        return new LaunchWindows(zone, windows, and(blackouts, blackout), answers);
    }

    /**
     * The same with what people said about the open-ended blackouts, in place of all answers given before. Every method
     * goes by these answers.
     *
     * @param known all answers that are known
     * @return the new windows
     * @throws IllegalArgumentException if an answer is about a day that is not within the years 1 to 9999
     */
    public LaunchWindows answered(Collection<BlackoutAnswer> known) {
        List<BlackoutAnswer> all = new ArrayList<>();
        for (BlackoutAnswer answer : Objects.requireNonNull(known, "known must not be null")) {
            Objects.requireNonNull(answer, "known must not hold null");
            Blackout.within(answer.day(), "day of an answer");
            all.add(answer);
        }
        return new LaunchWindows(zone, windows, blackouts, List.copyOf(all));
    }

    /**
     * The zone of the launch.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return zone;
    }

    /**
     * When a launch may start.
     *
     * @return the windows in the order in which they were given
     */
    public List<Window> windows() {
        return windows;
    }

    /**
     * When no launch may start.
     *
     * @return the blackouts in the order in which they were given
     */
    public List<Blackout> blackouts() {
        return blackouts;
    }

    /**
     * What people said about the open-ended blackouts.
     *
     * @return the answers in the order in which they were given
     */
    public List<BlackoutAnswer> answers() {
        return answers;
    }

    /**
     * Decides whether a launch may start, by the answers known to these windows and no others.
     *
     * @param instant when
     * @return the decision
     * @throws IllegalArgumentException if {@code instant} is not within the years 1 to 9999
     */
    public WindowDecision at(Instant instant) {
        within(instant, "instant");
        WindowDecision.State state = state(instant);
        Optional<Instant> until = until(instant, state);
        Optional<Window> open = windows.stream().filter(w -> isOpen(w, instant)).findFirst();
        return switch (state) {
            case ALLOWED ->
                new WindowDecision(
                        state,
                        opened(open, day(instant))
                                + until.map(e -> ", until " + written(e)).orElse(""),
                        open,
                        List.of(),
                        until);
            case UNKNOWN -> {
                List<Blackout> missing = unanswered(instant);
                yield new WindowDecision(
                        state,
                        "nobody has said whether " + named(missing) + inForce(missing) + " on " + day(instant),
                        open,
                        missing,
                        until);
            }
            case REFUSED -> {
                List<Blackout> against =
                        blackouts.stream().filter(b -> isInForce(b, instant)).toList();
                yield new WindowDecision(
                        state,
                        refused(against, !always && open.isEmpty())
                                + until.map(e -> "; not before " + written(e)).orElse(""),
                        open,
                        against,
                        until);
            }
        };
    }

    /**
     * Decides whether a launch may start, by these answers and no others: {@code answered(known).at(instant)}.
     *
     * @param instant when
     * @param known all answers that are known
     * @return the decision
     * @throws IllegalArgumentException if {@code instant} or the day of an answer is not within the years 1 to 9999
     */
    public WindowDecision at(Instant instant, Collection<BlackoutAnswer> known) {
        return answered(known).at(instant);
    }

    /**
     * The first instant from which a launch may start. Open-ended blackouts count as not in force on the days that
     * nobody has answered for, and the result names them.
     *
     * @param from where to begin; it is the result if a launch may start then
     * @return the opening, absent if there is none within 400 days
     * @throws IllegalArgumentException if {@code from} is not within the years 1 to 9999
     */
    public Optional<WindowOpening> nextPermitted(Instant from) {
        Instant last = within(from, "from").plus(SEARCHED);
        for (Instant at = from; at != null && !at.isAfter(last); at = next(at)) {
            if (state(at) != WindowDecision.State.REFUSED) {
                return Optional.of(opening(at));
            }
        }
        return Optional.empty();
    }

    /**
     * The end of the time in which a launch may go on without a break, for an instant at which it may start.
     *
     * <p>An unanswered blackout ends it too, at the midnight before its day.
     *
     * @param at when
     * @return the first later instant that is not {@link WindowDecision.State#ALLOWED}, {@link Instant#MAX} if there is
     *     none; absent if {@code at} is not allowed itself
     * @throws IllegalArgumentException if {@code at} is not within the years 1 to 9999
     */
    public Optional<Instant> endOfWindow(Instant at) {
        WindowDecision.State state = state(within(at, "at"));
        return state == WindowDecision.State.ALLOWED
                ? Optional.of(until(at, state).orElse(Instant.MAX))
                : Optional.empty();
    }

    /**
     * How long ago the last window ended, or the blackout began that ended it.
     *
     * <p>It knows nothing of when a launch started: inside the next window it is zero again. A question that nobody has
     * answered makes no overrun.
     *
     * @param at when
     * @return the time since the last instant that was not {@link WindowDecision.State#REFUSED}; zero if {@code at} is
     *     not refused itself
     * @throws IllegalArgumentException if {@code at} is not within the years 1 to 9999
     */
    public Duration overrun(Instant at) {
        Instant end = within(at, "at");
        while (state(end) == WindowDecision.State.REFUSED) {
            Instant edge = previous(end);
            if (state(edge.minusNanos(1)) != WindowDecision.State.REFUSED) {
                return Duration.between(edge, at);
            }
            end = edge.minusNanos(1);
        }
        return Duration.ZERO;
    }

    /**
     * The latest start that leaves time for the plan and then for a rollback before the window ends.
     *
     * <p>It may lie before {@code at}: then it is too late in a window that was long enough. To plan for days that
     * cannot be answered for yet, ask {@linkplain #answered with the answers} that are hoped for.
     *
     * @param at an instant in the window
     * @param plan how long the launch takes, not negative, at most 3650 days
     * @param rollbackBudget how long the rollback may take, not negative, at most 3650 days
     * @return {@linkplain #endOfWindow the end of the window} less both, {@link Instant#MAX} if the window has no end;
     *     absent if both together are longer than the window, or if {@code at} is not allowed
     * @throws IllegalArgumentException if {@code at} is not within the years 1 to 9999, or a duration is out of range
     */
    public Optional<Instant> latestStart(Instant at, Duration plan, Duration rollbackBudget) {
        within(at, "at");
        Duration needed = within(plan, "plan").plus(within(rollbackBudget, "rollbackBudget"));
        Optional<Instant> end = endOfWindow(at);
        if (end.isEmpty() || end.get().equals(Instant.MAX)) {
            return end;
        }
        Instant latest = end.get().minus(needed);
        boolean sameWindow = !latest.isBefore(at)
                || (state(latest) == WindowDecision.State.ALLOWED
                        && until(latest, WindowDecision.State.ALLOWED).equals(end));
        return sameWindow ? Optional.of(latest) : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LaunchWindows w
                && w.zone.equals(zone)
                && w.windows.equals(windows)
                && w.blackouts.equals(blackouts)
                && w.answers.equals(answers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, windows, blackouts, answers);
    }

    /**
     * The windows and blackouts as a person writes them.
     *
     * @return for example {@code Tue, Wed, Thu 09:00-15:00 Europe/Stockholm, but not "Christmas freeze" (2026-12-18 to
     *     2027-01-06)}
     */
    @Override
    public String toString() {
        return (windows.isEmpty() ? "any time" : written(windows)) + " " + zone
                + (blackouts.isEmpty()
                        ? ""
                        : ", but not "
                                + blackouts.stream().map(Blackout::toString).collect(Collectors.joining(", ")));
    }

    /** Refuses instants of which the calendar of a zone could not be told with certainty. */
    static Instant within(Instant instant, String argument) {
        Objects.requireNonNull(instant, () -> argument + " must not be null");
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    argument + " must be within the years 1 to " + LAST_YEAR + " but was " + instant);
        }
        return instant;
    }

    private static Duration within(Duration span, String argument) {
        Objects.requireNonNull(span, () -> argument + " must not be null");
        if (span.isNegative() || span.compareTo(LONGEST_PLAN) > 0) {
            throw new IllegalArgumentException(
                    argument + " must not be negative and at most " + LONGEST_PLAN.toDays() + " days but was " + span);
        }
        return span;
    }

    /** The decision itself; all else here explains it or looks for where it changes. */
    private WindowDecision.State state(Instant instant) {
        if (isDenied(instant) || !isOpen(instant)) {
            return WindowDecision.State.REFUSED;
        }
        if (asked.stream().anyMatch(b -> isInForce(b, instant))) {
            return WindowDecision.State.REFUSED;
        }
        return unanswered(instant).isEmpty() ? WindowDecision.State.ALLOWED : WindowDecision.State.UNKNOWN;
    }

    private boolean isDenied(Instant instant) {
        Map.Entry<Instant, Instant> last = denied.floorEntry(instant);
        return last != null && instant.isBefore(last.getValue());
    }

    private boolean isOpen(Instant instant) {
        return always || windows.stream().anyMatch(w -> isOpen(w, instant));
    }

    private boolean isOpen(Window window, Instant instant) {
        LocalDate last = day(instant).plusDays(MARGIN_DAYS);
        for (LocalDate d = earliest(window, instant); !d.isAfter(last); d = d.plusDays(1)) {
            if (window.on(d, rules).contains(instant)) {
                return true;
            }
        }
        return false;
    }

    /** The first day on which a window can have opened that is still open, or opens later. */
    private LocalDate earliest(Window window, Instant instant) {
        return day(instant).minusDays(window.length().toDays() + 1 + MARGIN_DAYS);
    }

    private boolean isInForce(Blackout blackout, Instant instant) {
        return blackout.isOpenEnded()
                ? Boolean.TRUE.equals(answer(blackout, day(instant)))
                : blackout.stretches(rules).stream().anyMatch(s -> s.contains(instant));
    }

    private List<Blackout> unanswered(Instant instant) {
        LocalDate day = day(instant);
        return asked.stream().filter(b -> answer(b, day) == null).toList();
    }

    private @Nullable Boolean answer(Blackout question, LocalDate day) {
        return answered.getOrDefault(question.name(), Map.of()).get(day);
    }

    private LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    private Optional<Instant> until(Instant instant, WindowDecision.State state) {
        Instant change = next(instant);
        while (change != null && state(change) == state) {
            change = next(change);
        }
        if (state == WindowDecision.State.UNKNOWN) {
            LocalDate day = day(instant);
            for (Instant edge : Stretch.edges(day, rules)) {
                if (edge.isAfter(instant) && !day(edge).equals(day)) {
                    return Optional.ofNullable(earlier(change, edge));
                }
            }
        }
        return Optional.ofNullable(change);
    }

    /** The first later instant at which the state may change, if there is one; between the two it does not. */
    private @Nullable Instant next(Instant instant) {
        Map.Entry<Instant, Instant> last = denied.floorEntry(instant);
        if (last != null && instant.isBefore(last.getValue())) {
            return last.getValue();
        }
        Instant next = earlier(denied.higherKey(instant), edgesOfAnswers.higher(instant));
        if (!always) {
            for (Window window : windows) {
                LocalDate day = earliest(window, instant);
                Stretch stretch = window.on(day, rules);
                while (stretch.isEmpty() || !stretch.end().isAfter(instant)) {
                    day = day.plusDays(1);
                    stretch = window.on(day, rules);
                }
                next = earlier(next, stretch.start().isAfter(instant) ? stretch.start() : stretch.end());
            }
        }
        return next;
    }

    /** The last instant, not after this refused one, at which the state may have changed. */
    private Instant previous(Instant instant) {
        Map.Entry<Instant, Instant> last = denied.floorEntry(instant);
        if (last != null && instant.isBefore(last.getValue())) {
            return last.getKey();
        }
        Instant previous = later(last == null ? null : last.getValue(), edgesOfAnswers.floor(instant));
        if (!always) {
            for (Window window : windows) {
                LocalDate day = day(instant).plusDays(MARGIN_DAYS);
                Stretch stretch = window.on(day, rules);
                while (stretch.isEmpty() || stretch.start().isAfter(instant)) {
                    day = day.minusDays(1);
                    stretch = window.on(day, rules);
                }
                previous = later(previous, stretch.end().isAfter(instant) ? stretch.start() : stretch.end());
            }
        }
        return Objects.requireNonNull(previous, "what is refused was allowed before its window, blackout or answer");
    }

    private WindowOpening opening(Instant at) {
        List<Blackout> missing = unanswered(at);
        String needs = missing.isEmpty()
                ? ""
                : ", if somebody says that " + named(missing) + (missing.size() == 1 ? " is" : " are")
                        + " not in force on " + day(at);
        return new WindowOpening(at, missing, written(at) + needs);
    }

    private String opened(Optional<Window> open, LocalDate day) {
        String said = asked.isEmpty()
                ? ""
                : ", and " + named(asked) + (asked.size() == 1 ? " is" : " are") + " said not to be in force on " + day;
        return open.map(w -> "the window " + w + " (" + zone + ") is open").orElse("any time is allowed") + said;
    }

    private String refused(List<Blackout> against, boolean outside) {
        String blackout = against.isEmpty() ? "" : named(against) + inForce(against);
        if (!outside) {
            return blackout;
        }
        return (blackout.isEmpty() ? "" : blackout + ", and ") + "no window is open (" + written(windows) + " " + zone
                + ")";
    }

    private static String named(List<Blackout> some) {
        return (some.size() == 1 ? "the blackout " : "the blackouts ")
                + some.stream()
                        .map(b -> b.isOpenEnded() ? "\"" + b.name() + "\"" : b.toString())
                        .collect(Collectors.joining(" and "));
    }

    private static String inForce(List<Blackout> some) {
        return (some.size() == 1 ? " is" : " are") + " in force";
    }

    private static String written(List<Window> windows) {
        return windows.stream().map(Window::toString).collect(Collectors.joining(" or "));
    }

    private String written(Instant instant) {
        return (instant.getEpochSecond() % 60 == 0 ? WRITTEN_BRIEFLY : WRITTEN).format(instant.atZone(zone));
    }

    /** Where the week is covered the windows never close, and looking for their end would not end either. */
    private static boolean coverTheWeek(List<Window> windows) {
        long dayNanos = Duration.ofDays(1).toNanos();
        NavigableMap<Long, Long> week = new TreeMap<>();
        for (Window window : windows) {
            window.days().forEach(day -> {
                long start = (day.getValue() - 1) * dayNanos + window.from().toNanoOfDay();
                long end = start + window.length().toNanos();
                // each twice, a week apart: what reaches into the next week covers the beginning of this one
                week.merge(start, end, Math::max);
                week.merge(start - 7 * dayNanos, end - 7 * dayNanos, Math::max);
            });
        }
        long covered = 0;
        for (Map.Entry<Long, Long> stretch : week.entrySet()) {
            if (stretch.getKey() > covered) {
                return false;
            }
            covered = Math.max(covered, stretch.getValue());
        }
        return covered >= 7 * dayNanos;
    }

    private static NavigableMap<Instant, Instant> merged(List<Blackout> blackouts, ZoneRules rules) {
        NavigableMap<Instant, Instant> byStart = new TreeMap<>();
        for (Blackout blackout : blackouts) {
            for (Stretch stretch : blackout.stretches(rules)) {
                if (!stretch.isEmpty()) {
                    byStart.merge(stretch.start(), stretch.end(), (a, b) -> a.isAfter(b) ? a : b);
                }
            }
        }
        NavigableMap<Instant, Instant> merged = new TreeMap<>();
        byStart.forEach((start, end) -> {
            Map.Entry<Instant, Instant> last = merged.lastEntry();
            if (last == null || start.isAfter(last.getValue())) {
                merged.put(start, end);
            } else if (end.isAfter(last.getValue())) {
                merged.put(last.getKey(), end);
            }
        });
        return merged;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isAfter(a)) ? b : a;
    }

    private static <T> List<T> and(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }
}
