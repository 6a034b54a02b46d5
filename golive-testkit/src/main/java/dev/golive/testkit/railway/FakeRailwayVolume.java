package dev.golive.testkit.railway;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A volume in an environment of {@link FakeRailway}.
 *
 * <pre>{@code
 * fake.volume("postgres-data").service("postgres").mountedAt("/var/lib/postgresql/data")
 *         .backupAt(Instant.parse("2027-03-02T03:00:00Z"));
 * }</pre>
 *
 * <ul>
 *   <li>It has 5000 MB, of which 400 are used, belongs to no service and has no backups and no schedules.
 *   <li>A schedule makes no backups unless {@link #backedUpBySchedule} was said: those that there are, a test or a client
 *       has made.
 *   <li>What is done with a backup is a workflow, of which nobody knows for a second.
 *   <li>A backup that was restored is a new volume, which nothing mounts, and a staged change of its environment. Once that
 *       is applied, the new volume is mounted in the place of this one, which nothing mounts any more, and newer backups
 *       are gone.
 * </ul>
 *
 * <p>Options change this object and return it; they have held since ever. Thread-safe.
 */
public final class FakeRailwayVolume {

    /** A backup. */
    static final class Backup {
        final String id;
        final @Nullable String name;
        final Instant at;
        final @Nullable Instant expiresAt;
        final @Nullable String scheduleId;
        final int usedMb;
        final int sizeMb;
        boolean locked;

        @Nullable
        Instant deletedAt;

        Backup(
                String id,
                @Nullable String name,
                Instant at,
                @Nullable Instant expiresAt,
                @Nullable String scheduleId,
                int usedMb,
                int sizeMb) {
            this.id = id;
            this.name = name;
            this.at = at;
            this.expiresAt = expiresAt;
            this.scheduleId = scheduleId;
            this.usedMb = usedMb;
            this.sizeMb = sizeMb;
        }

        boolean isThere(Instant when) {
            return !at.isAfter(when)
                    && (deletedAt == null || deletedAt.isAfter(when))
                    && (locked || expiresAt == null || expiresAt.isAfter(when));
        }
    }

    /** Something that goes on by itself. */
    record Workflow(
            String id,
            Instant knownFrom,
            Instant endsAt,
            @Nullable String error) {

        String status(Instant at) {
            if (at.isBefore(knownFrom)) {
                return "NotFound";
            } else if (at.isBefore(endsAt)) {
                return "Running";
            }
            return error == null ? "Complete" : "Error";
        }
    }

    /** When backups are made. */
    enum Schedule {
        DAILY("0 0 * * *", Duration.ofDays(6)),
        WEEKLY("0 0 * * 0", Duration.ofDays(30)),
        MONTHLY("0 0 1 * *", Duration.ofDays(90));

        final String cron;
        final Duration retention;

        /** Whether a backup is made at the beginning of a day. */
        boolean isOn(LocalDate day) {
            return switch (this) {
                case DAILY -> true;
                case WEEKLY -> day.getDayOfWeek() == DayOfWeek.SUNDAY;
                case MONTHLY -> day.getDayOfMonth() == 1;
            };
        }

        Schedule(String cron, Duration retention) {
            this.cron = cron;
            this.retention = retention;
        }
    }

    private static final String DISK = "DISK_USAGE_GB";
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    private final List<Backup> backups = new ArrayList<>();
    final List<FakeRailwayService.Point> points = new ArrayList<>();
    final Steady steady = new Steady();
    final History<Set<String>> schedules = new History<>(Set.of());
    final Map<String, String> scheduleIds = new LinkedHashMap<>();
    private final History<String> state = new History<>("READY");
    private final FakeRailway railway;
    private final FakeRailwayEnvironment environment;
    private final String name;
    private final String volumeId;
    private final String id;
    private final Instant createdAt;
    private final History<String> serviceName = new History<>("");
    private String mountPath = "/data";
    private String region = "us-west2";
    private int sizeMb = 5000;
    private double usedMb = 400;
    private boolean pendingDeletion;
    private Duration works = Duration.ofSeconds(20);
    private @Nullable String failing;
    private @Nullable Instant deletedAt;
    private @Nullable LocalDate scheduledUntil;
    private @Nullable Instant lastScheduled;
    private @Nullable Instant madeAt;
    private @Nullable Backup restored;
    private @Nullable Instant restoredAt;

    FakeRailwayVolume(
            FakeRailway railway, FakeRailwayEnvironment environment, String name, String volumeId, Instant createdAt) {
        this.railway = railway;
        this.environment = environment;
        this.name = name;
        this.volumeId = volumeId;
        this.id = railway.id(0x61);
        this.createdAt = createdAt;
    }

    // ---- what it is like

    /**
     * Its id, which is the same in all environments.
     *
     * @return a UUID
     */
    public String id() {
        return volumeId;
    }

    /**
     * The id of what it is in its environment.
     *
     * @return a UUID
     */
    public String instanceId() {
        return id;
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The service that it belongs to.
     *
     * @param service the name of the service
     * @return this
     */
    public FakeRailwayVolume service(String service) {
        environment.service(service);
        return change(() -> serviceName.always(any -> service));
    }

    /**
     * Where its service has it.
     *
     * @param path the path
     * @return this
     */
    public FakeRailwayVolume mountedAt(String path) {
        Objects.requireNonNull(path, "path must not be null");
        return change(() -> mountPath = path);
    }

    /**
     * How large it is, and how much of it is used.
     *
     * @param megabytes how large
     * @param used how much is used
     * @return this
     */
    public FakeRailwayVolume size(int megabytes, double used) {
        return change(() -> {
            sizeMb = megabytes;
            usedMb = used;
        });
    }

    /**
     * The region that it is in.
     *
     * @param name its name
     * @return this
     */
    public FakeRailwayVolume region(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return change(() -> region = name);
    }

    /**
     * Its state; {@code READY} unless said otherwise.
     *
     * @param inItsWords for example {@code MIGRATING}
     * @return this
     */
    public FakeRailwayVolume state(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> state.always(any -> inItsWords));
    }

    /**
     * Is about to be deleted.
     *
     * @return this
     */
    public FakeRailwayVolume pendingDeletion() {
        return change(() -> pendingDeletion = true);
    }

    /**
     * Somebody deletes it.
     *
     * @return this
     */
    public FakeRailwayVolume deleted() {
        Instant now = railway.time().now();
        return change(() -> deletedAt = now);
    }

    /**
     * A backup that was made by hand.
     *
     * @param at when
     * @return this
     */
    public FakeRailwayVolume backupAt(Instant at) {
        return backupAt(at, "Backup at " + at, (int) usedMb);
    }

    /**
     * A backup that was made by hand.
     *
     * @param at when
     * @param called its name
     * @param used how many megabytes it has
     * @return this
     */
    public FakeRailwayVolume backupAt(Instant at, String called, int used) {
        Objects.requireNonNull(at, "at must not be null");
        Objects.requireNonNull(called, "called must not be null");
        return change(() -> backups.add(new Backup(railway.id(0x62), called, at, null, null, used, sizeMb)));
    }

    /**
     * A backup that a schedule has made, and that is kept for as long as the schedule says.
     *
     * @param at when
     * @param kind {@code DAILY}, {@code WEEKLY} or {@code MONTHLY}
     * @return this
     * @throws IllegalArgumentException if it is another kind
     */
    public FakeRailwayVolume scheduledBackupAt(Instant at, String kind) {
        Objects.requireNonNull(at, "at must not be null");
        Schedule schedule = Schedule.valueOf(kind);
        return change(() -> backups.add(new Backup(
                railway.id(0x62), null, at, at.plus(schedule.retention), scheduleId(kind), (int) usedMb, sizeMb)));
    }

    /**
     * When backups are made of it.
     *
     * @param kinds any of {@code DAILY}, {@code WEEKLY} and {@code MONTHLY}
     * @return this
     * @throws IllegalArgumentException if it is another kind
     */
    public FakeRailwayVolume schedules(String... kinds) {
        Set<String> all = new TreeSet<>();
        for (String kind : kinds) {
            all.add(Schedule.valueOf(kind).name());
        }
        return change(() -> schedules.always(any -> Set.copyOf(all)));
    }

    /**
     * Lets its schedules make backups, by the clock and at midnight in UTC: daily, on Sundays, and on the first of a month.
     * Those that would be there by now are there. Each is kept for as long as its schedule says.
     *
     * @return this
     */
    public FakeRailwayVolume backedUpBySchedule() {
        LocalDate first = LocalDate.ofInstant(environment.ever().minus(Schedule.MONTHLY.retention), ZoneOffset.UTC);
        return change(() -> {
            scheduledUntil = scheduledUntil == null ? first : scheduledUntil;
            // so that no id depends on who asks first
            for (Schedule schedule : Schedule.values()) {
                scheduleId(schedule.name());
            }
        });
    }

    /**
     * Adds a value to a metric of it.
     *
     * @param measurement for example {@code DISK_USAGE_GB}
     * @param at the instant
     * @param value the value
     * @return this
     */
    public FakeRailwayVolume metric(String measurement, Instant at, double value) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        Objects.requireNonNull(at, "at must not be null");
        return change(() -> points.add(new FakeRailwayService.Point(measurement, at, value)));
    }

    /**
     * A metric that has the same value each minute, by the clock.
     *
     * @param measurement for example {@code DISK_USAGE_GB}
     * @param value the value
     * @return this
     */
    public FakeRailwayVolume steadily(String measurement, double value) {
        Objects.requireNonNull(measurement, "measurement must not be null");
        return change(() -> steady.value(measurement, environment.ever(), value));
    }

    // ---- how it goes

    /**
     * How long it takes to make, to delete or to restore a backup; 20 s unless said otherwise.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayVolume worksFor(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> works = length);
    }

    /**
     * Lets everything fail that is done with its backups from now on.
     *
     * @param why what is said of it
     * @return this
     */
    public FakeRailwayVolume failing(String why) {
        Objects.requireNonNull(why, "why must not be null");
        return change(() -> failing = why);
    }

    /**
     * Lets it succeed again.
     *
     * @return this
     */
    public FakeRailwayVolume mend() {
        return change(() -> failing = null);
    }

    // ---- what has become of it

    /**
     * The ids of its backups.
     *
     * @return the oldest first
     */
    public List<String> backups() {
        Instant now = railway.time().now();
        return railway.within(() -> backups(now).stream()
                .filter(one -> one.isThere(now))
                .map(one -> one.id)
                .toList());
    }

    /**
     * The id of the backup of which a volume was made that has taken its place.
     *
     * @return the id, empty if that has not happened or is not applied yet
     */
    public Optional<String> restoredTo() {
        Instant now = railway.time().now();
        return railway.within(() -> restored == null || restoredAt == null || restoredAt.isAfter(now)
                ? Optional.empty()
                : Optional.of(restored.id));
    }

    // ---- for the fields; all of it within the lock

    FakeRailwayEnvironment environment() {
        return environment;
    }

    Instant createdAt() {
        return createdAt;
    }

    String serviceName(Instant at) {
        return serviceName.at(at);
    }

    @Nullable
    String serviceId(Instant at) {
        FakeRailwayService service = environment.services.get(serviceName(at));
        return service == null ? null : service.id();
    }

    String mountPath() {
        return mountPath;
    }

    String region() {
        return region;
    }

    int sizeMb() {
        return sizeMb;
    }

    double usedMb() {
        return usedMb;
    }

    boolean isPendingDeletion() {
        return pendingDeletion;
    }

    @Nullable
    Instant deletedAt(Instant at) {
        return deletedAt != null && !deletedAt.isAfter(at) ? deletedAt : null;
    }

    boolean isListed(Instant at) {
        return (madeAt == null || !madeAt.isAfter(at)) && deletedAt(at) == null;
    }

    String state(Instant at) {
        return state.at(at);
    }

    String scheduleId(String kind) {
        return scheduleIds.computeIfAbsent(kind, key -> railway.id(0x63));
    }

    /** All backups that were ever made of it, also those that schedules have made by an instant. */
    List<Backup> backups(Instant at) {
        for (LocalDate day = scheduledUntil; day != null && !midnight(day).isAfter(at); day = day.plusDays(1)) {
            Instant midnight = midnight(day);
            boolean over = deletedAt(midnight) != null || lastScheduled != null && midnight.isAfter(lastScheduled);
            for (Schedule schedule : Schedule.values()) {
                if (!over && schedule.isOn(day) && schedules.at(midnight).contains(schedule.name())) {
                    String of = scheduleId(schedule.name());
                    String made = String.format("%s-0064-4000-8000-%012x", of.substring(0, 8), day.toEpochDay());
                    Instant end = midnight.plus(schedule.retention);
                    backups.add(new Backup(made, null, midnight, end, of, (int) usedMb, sizeMb));
                }
            }
            scheduledUntil = day.plusDays(1);
        }
        return backups;
    }

    boolean hasBackups(Instant at) {
        return scheduledUntil != null && !schedules.at(at).isEmpty()
                || backups.stream().anyMatch(one -> one.isThere(at));
    }

    /** Loses all backups, and makes none any more; but for one, if its instant is given. */
    void loseBackups(Instant now, @Nullable Instant but) {
        backups(now).forEach(one -> one.deletedAt = one.deletedAt == null ? now : one.deletedAt);
        lastScheduled = now;
        if (but != null) {
            backups.add(new Backup(railway.id(0x62), "Backup at " + but, but, null, null, (int) usedMb, sizeMb));
        }
    }

    /** Is used to some part, and has been for a while. */
    void fill(double part, Instant since) {
        usedMb = sizeMb * part;
        points.removeIf(one -> one.measurement().equals(DISK) && !one.at().isBefore(since));
        if (steady.isMeasuring(DISK) || !points.isEmpty()) {
            steady.value(DISK, since, usedMb / 1024);
        }
    }

    void unmount(Instant now) {
        serviceName.put(now, "");
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** What was measured in a span, its end included. */
    List<FakeRailwayService.Point> points(String measurement, Instant from, Instant to, int step) {
        List<FakeRailwayService.Point> all = new ArrayList<>();
        for (FakeRailwayService.Point one : points) {
            if (one.measurement().equals(measurement)
                    && !one.at().isBefore(from)
                    && !one.at().isAfter(to)) {
                all.add(one);
            }
        }
        Instant begin = from.isAfter(environment.ever()) ? from : environment.ever();
        all.addAll(steady.points(measurement, begin, to, step, at -> deletedAt(at) == null));
        return all;
    }

    Optional<Backup> backup(String backupId, Instant at) {
        return backups(at).stream()
                .filter(one -> one.id.equals(backupId) && one.isThere(at))
                .findFirst();
    }

    /** Begins to make a backup. */
    Workflow create(@Nullable String called, Instant now) {
        boolean tooLarge = usedMb * 2 > sizeMb;
        Workflow workflow = workflow(now, tooLarge ? "Manual backups are limited to 50% of the volume's size" : null);
        if (workflow.error() == null) {
            backups.add(new Backup(railway.id(0x62), called, workflow.endsAt(), null, null, (int) usedMb, sizeMb));
        }
        return workflow;
    }

    Workflow delete(Backup backup, Instant now) {
        Workflow workflow = workflow(now, null);
        if (workflow.error() == null) {
            backup.deletedAt = workflow.endsAt();
        }
        return workflow;
    }

    /** Begins to restore a backup, which ends with a staged change. */
    Workflow restore(Backup backup, Instant now) {
        Workflow workflow = workflow(now, null);
        if (workflow.error() == null) {
            FakeRailwayVolume fresh = outOf(backup, workflow.endsAt());
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("volumes", Map.of(fresh.volumeId, Map.of("region", region, "sizeMB", sizeMb)));
            String service = serviceId(now);
            if (service != null) {
                content.put(
                        "services",
                        Map.of(
                                service,
                                Map.of("volumeMounts", Map.of(fresh.volumeId, Map.of("mountPath", mountPath)))));
            }
            environment.patches.add(new FakeRailwayEnvironment.Patch(
                    railway.id(0xba), workflow.endsAt(), content, this, backup, fresh));
        }
        return workflow;
    }

    /** A new volume that nothing mounts yet. */
    private FakeRailwayVolume outOf(Backup backup, Instant made) {
        String called = name + " of " + backup.at + " made " + made;
        FakeRailwayVolume fresh =
                new FakeRailwayVolume(railway, environment, called, railway.volumeId(called, made), made);
        fresh.madeAt = made;
        fresh.mountPath = mountPath;
        fresh.region = region;
        fresh.sizeMb = sizeMb;
        fresh.usedMb = backup.usedMb;
        environment.volumes.put(called, fresh);
        return fresh;
    }

    /** What a staged change does once it is applied. */
    void restored(Backup backup, FakeRailwayVolume fresh, Instant now, Instant appliedAt) {
        restored = backup;
        restoredAt = appliedAt;
        fresh.state.put(now, "RESTORING");
        fresh.state.put(appliedAt, "READY");
        fresh.serviceName.put(appliedAt, serviceName(now));
        serviceName.put(appliedAt, "");
        for (Backup one : backups(now)) {
            if (one.at.isAfter(backup.at) && one.isThere(now)) {
                one.deletedAt = appliedAt;
            }
        }
    }

    private Workflow workflow(Instant now, @Nullable String error) {
        Instant known = now.plus(works.compareTo(UNKNOWN_FOR) < 0 ? works : UNKNOWN_FOR);
        Workflow workflow = new Workflow(railway.id(0x3f), known, now.plus(works), error != null ? error : failing);
        railway.workflows().put(workflow.id(), workflow);
        return workflow;
    }

    private FakeRailwayVolume change(Runnable change) {
        railway.within(() -> {
            change.run();
            return this;
        });
        return this;
    }
}
