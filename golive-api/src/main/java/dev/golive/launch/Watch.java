package dev.golive.launch;

import dev.golive.Channel;
import dev.golive.Checklist;
import dev.golive.internal.Arguments;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.time.Offset;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at after the launch, in two planes: probes, seconds apart, that feed triggers, and checkpoints, minutes
 * to hours apart, that feed people.
 *
 * <pre>{@code
 * Watch.probing(health)
 *     .checkpoints(minutes(30), H.plusHours(4), smoke)      // H+0:00, 0:30, ... 4:00
 *     .checkpoints(hours(1), H.plusHours(24), smoke)        // H+5:00, ... 24:00
 *     .until(H.plusHours(48))
 * }</pre>
 *
 * <p>A phase begins where the one before ends and includes its end. Times are computed from H as instants, so that a
 * change of daylight saving moves nothing. What a rollback policy refers to is sampled too, without being named here. A
 * watch ends when {@link #until} says so, or with its last phase. Immutable and thread-safe.
 */
public final class Watch {

    /** Checkpoints at regular distances. */
    record Phase(Duration every, Offset until, Checklist list) {}

    /** Checkpoints at fixed local times. */
    record Daily(List<LocalTime> times, Checklist list) {}

    private final List<Probe> probes;
    private final List<MetricSource> sources;
    private final List<Phase> phases;
    private final List<Daily> daily;
    private final @Nullable Offset until;
    private final @Nullable Channel heartbeat;
    private final Duration heartbeatEvery;
    private final Duration baseline;
    private final @Nullable Offset probingUntil;
    private final Set<String> tags;

    private Watch(
            List<Probe> probes,
            List<MetricSource> sources,
            List<Phase> phases,
            List<Daily> daily,
            @Nullable Offset until,
            @Nullable Channel heartbeat,
            Duration heartbeatEvery,
            Duration baseline,
            @Nullable Offset probingUntil,
            Set<String> tags) {
        this.probes = probes;
        this.sources = sources;
        this.phases = phases;
        this.daily = daily;
        this.until = until;
        this.heartbeat = heartbeat;
        this.heartbeatEvery = heartbeatEvery;
        this.baseline = baseline;
        this.probingUntil = probingUntil;
        this.tags = tags;
    }

    /**
     * A watch that probes and has no checkpoints so far.
     *
     * @param first a probe
     * @param more further ones
     * @return the watch
     * @throws IllegalArgumentException if two probes have the same id
     */
    public static Watch probing(Probe first, Probe... more) {
        List<Probe> all = new ArrayList<>();
        all.add(Arguments.given(first, "first"));
        all.addAll(Arguments.all(more, "more"));
        TreeSet<String> ids = new TreeSet<>();
        all.forEach(probe -> {
            if (!ids.add(probe.id())) {
                throw new IllegalArgumentException("probes must have different ids, but two have " + probe.id());
            }
        });
        return new Watch(
                List.copyOf(all),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                null,
                Set.of());
    }

    /**
     * The same, which asks metric sources too, also those that no trigger refers to.
     *
     * @param more the sources
     * @return the new watch
     */
    public Watch measuring(MetricSource... more) {
        List<MetricSource> all = new ArrayList<>(sources);
        all.addAll(Arguments.all(more, "more"));
        return new Watch(
                probes,
                List.copyOf(all),
                phases,
                daily,
                until,
                heartbeat,
                heartbeatEvery,
                baseline,
                probingUntil,
                tags);
    }

    /**
     * The same with one more phase of checkpoints. The first one begins with a checkpoint at H, each other one after the
     * end of the one before.
     *
     * @param every the distance, longer than zero
     * @param end the last checkpoint, counted from H
     * @param list what is examined
     * @return the new watch
     * @throws IllegalArgumentException if {@code every} is not longer than zero, or the end is not counted from H
     */
    public Watch checkpoints(Duration every, Offset end, Checklist list) {
        List<Phase> all = new ArrayList<>(phases);
        all.add(new Phase(Arguments.positive(every, "every"), fromH(end, "end"), Arguments.given(list, "list")));
        return new Watch(
                probes,
                sources,
                List.copyOf(all),
                daily,
                until,
                heartbeat,
                heartbeatEvery,
                baseline,
                probingUntil,
                tags);
    }

    /**
     * The same with checkpoints at fixed local times of every day, in the zone of the plan.
     *
     * @param list what is examined
     * @param first a local time
     * @param more further ones
     * @return the new watch
     */
    public Watch daily(Checklist list, LocalTime first, LocalTime... more) {
        TreeSet<LocalTime> times = new TreeSet<>();
        times.add(Arguments.given(first, "first"));
        times.addAll(Arguments.all(more, "more"));
        List<Daily> all = new ArrayList<>(daily);
        all.add(new Daily(List.copyOf(times), Arguments.given(list, "list")));
        return new Watch(
                probes,
                sources,
                phases,
                List.copyOf(all),
                until,
                heartbeat,
                heartbeatEvery,
                baseline,
                probingUntil,
                tags);
    }

    /**
     * The same with another end.
     *
     * @param end the end, counted from H
     * @return the new watch
     * @throws IllegalArgumentException if it is not counted from H
     */
    public Watch until(Offset end) {
        return new Watch(
                probes,
                sources,
                phases,
                daily,
                fromH(end, "end"),
                heartbeat,
                heartbeatEvery,
                baseline,
                probingUntil,
                tags);
    }

    /**
     * The same with an end of its continuous part: from then on nothing is probed or measured, and triggers have said what
     * they had to say; checkpoints, later moments and people go on until the {@linkplain #until end}. While a trigger is in
     * breach or cannot be judged, probing goes on.
     *
     * @param end until when probes and metric sources are asked, counted from H
     * @return the new watch
     * @throws IllegalArgumentException if it is not counted from H
     */
    public Watch probingUntil(Offset end) {
        return new Watch(
                probes, sources, phases, daily, until, heartbeat, heartbeatEvery, baseline, fromH(end, "end"), tags);
    }

    /**
     * The same with a dead-man's switch outside: as long as the watch lives it posts there, and somebody else raises the
     * alarm when that stops. A process that has died cannot raise its own.
     *
     * @param outside where the sign of life goes
     * @param every how often, longer than zero
     * @return the new watch
     * @throws IllegalArgumentException if {@code every} is not longer than zero
     */
    public Watch heartbeat(Channel outside, Duration every) {
        return new Watch(
                probes,
                sources,
                phases,
                daily,
                until,
                Arguments.given(outside, "outside"),
                Arguments.positive(every, "every"),
                baseline,
                probingUntil,
                tags);
    }

    /**
     * The same with another time for which signals are sampled before the first action, to see what was red before.
     *
     * @param span how long; ten minutes unless said otherwise
     * @return the new watch
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public Watch baseline(Duration span) {
        return new Watch(
                probes,
                sources,
                phases,
                daily,
                until,
                heartbeat,
                heartbeatEvery,
                Arguments.positive(span, "span"),
                probingUntil,
                tags);
    }

    /**
     * The same with more tags.
     *
     * @param tags words to select by
     * @return the new watch
     */
    public Watch tagged(String... tags) {
        return new Watch(
                probes,
                sources,
                phases,
                daily,
                until,
                heartbeat,
                heartbeatEvery,
                baseline,
                probingUntil,
                Arguments.tags(this.tags, tags));
    }

    /** The same with its sign of life going to one channel, if it gives any. */
    Watch beatingTo(Channel channel) {
        return heartbeat == null ? this : heartbeat(channel, heartbeatEvery);
    }

    private static Offset fromH(Offset offset, String name) {
        if (Arguments.given(offset, name).anchor() != Offset.Anchor.H) {
            throw new IllegalArgumentException(name + " must be counted from H but was " + offset);
        }
        return offset;
    }

    /**
     * Words to select by.
     *
     * @return the tags
     */
    public Set<String> tags() {
        return tags;
    }

    List<Probe> probes() {
        return probes;
    }

    List<MetricSource> sources() {
        return sources;
    }

    List<Phase> phases() {
        return phases;
    }

    List<Daily> daily() {
        return daily;
    }

    /** The end, counted from H. */
    Offset end() {
        if (until != null) {
            return until;
        }
        return phases.isEmpty() ? Offset.H : phases.get(phases.size() - 1).until();
    }

    /** The end of the continuous part, counted from H. */
    Optional<Offset> probingUntil() {
        return Optional.ofNullable(probingUntil);
    }

    Optional<Channel> heartbeat() {
        return Optional.ofNullable(heartbeat);
    }

    Duration heartbeatEvery() {
        return heartbeatEvery;
    }

    Duration baseline() {
        return baseline;
    }
}
