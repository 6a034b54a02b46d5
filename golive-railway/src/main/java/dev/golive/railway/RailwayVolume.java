package dev.golive.railway;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.ProviderCheck;
import dev.golive.provider.Words;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Backup;
import dev.golive.railway.internal.VolumePort.Schedule;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A volume of Railway, as databases have it: its state and size, its backups, and what can be done with them.
 *
 * <pre>{@code
 * RailwayVolume data = shop.volume("postgres-data");
 *
 * data.isReady();
 * data.isUsedLessThan(80);
 * data.latestBackup().isYoungerThan(hours(24));
 * data.backupSchedule().has(DAILY, WEEKLY, MONTHLY);
 * data.backup("before 1.4");
 * data.restore("before 1.4").stage();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayVolume {

    private static final Set<String> KNOWN =
            Set.of("READY", "UPDATING", "MIGRATING", "MIGRATION_PENDING", "RESTORING", "DELETING", "DELETED", "ERROR");

    /** What is asked of a volume that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Volume volume) throws Exception;
    }

    private final Railway railway;
    private final String name;
    private final boolean ofService;

    /**
     * A volume.
     *
     * @param name the name of the volume, or of the service
     * @param ofService whether it is found by its service
     */
    RailwayVolume(Railway railway, String name, boolean ofService) {
        this.railway = railway;
        this.name = name;
        this.ofService = ofService;
    }

    // ---- checks

    /**
     * Whether it is there, and nobody is about to delete it.
     *
     * @return the check
     */
    public Check exists() {
        return check(
                this + " exists",
                (calls, volume) -> Judge.holds(
                        !volume.isPendingDeletion(),
                        "the volume is about to be deleted",
                        Fact.of("name", Words.line(volume.name())),
                        Fact.of("id", volume.volumeId())));
    }

    /**
     * Whether it is ready. While something goes on with it, it is not, although it may well be in use.
     *
     * @return the check
     */
    public Check isReady() {
        return check(this + " is ready", (calls, volume) -> {
            String state = state(volume);
            return volume.isPendingDeletion()
                    ? Outcome.failed("the volume is about to be deleted", Fact.of("state", "READY", state))
                    : Judge.is("state", "READY", state);
        });
    }

    /** The state of a volume, one that is known. */
    static String state(Volume volume) {
        String state = volume.state();
        if (state == null) {
            throw ApiProblem.incomplete("Railway", "the state of the volume");
        } else if (!KNOWN.contains(state)) {
            throw ApiProblem.undecided("what the state " + Words.line(state) + " of a volume means is not known");
        }
        return state;
    }

    /**
     * How large it is, in Railway's megabytes.
     *
     * @param expected what the size should be, for example {@code atLeast(5000L)}
     * @return the check
     */
    public Check sizeMegabytes(Expectation<Long> expected) {
        Given.notNull(expected, "expected");
        return check(
                        "the size of " + this + " in MB is " + expected.sentence(),
                        (calls, volume) -> Judge.value("size", expected, size(volume), calls.context()))
                .reading(expected);
    }

    /**
     * Whether less than a part of it is used.
     *
     * @param percent how many hundredths are too many
     * @return the check
     * @throws IllegalArgumentException if it is not between 1 and 100
     */
    public Check isUsedLessThan(int percent) {
        Given.between(percent, 1, 100, "percent");
        return check(this + " is used less than " + percent + " %", (calls, volume) -> {
            double used = volume.usedMegabytes();
            long size = size(volume);
            if (used < 0) {
                throw ApiProblem.undecided("Railway says that " + used + " MB of the volume are used, which cannot be");
            }
            long shown = (long) Math.floor(used * 100 / size);
            return Judge.holds(
                    used * 100 < (double) percent * size,
                    shown + " % of the volume are used",
                    Fact.of("used", "less than " + percent + " %", shown + " %"),
                    Fact.of("used megabytes", (long) Math.ceil(used)),
                    Fact.of("megabytes", size));
        });
    }

    private static long size(Volume volume) {
        if (volume.sizeMegabytes() <= 0) {
            throw ApiProblem.undecided(
                    "Railway says that the volume has " + volume.sizeMegabytes() + " MB, which cannot be");
        }
        return volume.sizeMegabytes();
    }

    /**
     * Whether a service mounts it at a path.
     *
     * @param path the path
     * @return the check
     * @throws IllegalArgumentException if it is blank
     */
    public Check isMountedAt(String path) {
        Given.text(path, "path");
        return check(
                this + " is mounted at " + path,
                (calls, volume) -> volume.serviceId() == null
                        ? Outcome.failed("no service mounts the volume", Fact.of("path", path, "none"))
                        : Judge.is("path", path, Words.line(volume.mountPath())));
    }

    /**
     * When backups are made of it.
     *
     * @return the schedule
     */
    public Schedules backupSchedule() {
        return new Schedules(this);
    }

    /**
     * The newest backup of it.
     *
     * @return the backup
     */
    public LatestBackup latestBackup() {
        return new LatestBackup(this);
    }

    // ---- actions

    /**
     * Makes a backup and waits until it is complete. Railway refuses one of a volume that is more than half full.
     *
     * <p>Only a backup that was not there before counts: one that an earlier launch made under this name never passes for a
     * backup of now. A request of which it is not known whether it was sent, as after a crash, is not repeated without a
     * person. Somebody has to delete the backup one day.
     *
     * @param backupName the name of the backup, for example {@code before 1.4}
     * @return the action
     * @throws IllegalArgumentException if the name is blank
     */
    public Action backup(String backupName) {
        return new VolumeBackup(this, Given.text(backupName, "backupName"));
    }

    /**
     * Brings back a backup, in two actions.
     *
     * @param backup the name or the id of the backup; of several that have the name it is the one that {@link #backup} has
     *     made in the same run, and without that none, since a wrong choice loses data
     * @return what to do with it
     * @throws IllegalArgumentException if it is blank
     */
    public RailwayRestore restore(String backup) {
        return new RailwayRestore(this, Given.text(backup, "backup"), null);
    }

    /**
     * Brings back the newest backup from before an instant, in two actions.
     *
     * @param instant the instant, for example when the migration began
     * @return what to do with it
     */
    public RailwayRestore restoreNewestBefore(Instant instant) {
        return new RailwayRestore(this, "", Given.notNull(instant, "instant"));
    }

    /**
     * Has backups made by these schedules and no others.
     *
     * @param kind how often
     * @param more how often besides
     * @return the action
     */
    public Action scheduleBackups(BackupKind kind, BackupKind... more) {
        return new VolumeSchedule(this, EnumSet.copyOf(Given.all(kind, "kind", more)));
    }

    // ---- for its parts

    Railway railway() {
        return railway;
    }

    /** What is asked to find it. */
    Operation[] looking(Operation... more) {
        Set<Operation> all = new LinkedHashSet<>();
        if (ofService) {
            all.add(Operation.SERVICES);
        }
        all.add(Operation.VOLUME_INSTANCES);
        all.addAll(List.of(more));
        return all.toArray(Operation[]::new);
    }

    /** The volume, if it is there. */
    Optional<Volume> find(Calls calls) throws InterruptedException {
        Optional<String> service = ofService ? calls.service(name) : Optional.empty();
        if (ofService && service.isEmpty()) {
            return Optional.empty();
        }
        List<Volume> found = VolumePort.of(calls).volumes().stream()
                .filter(one -> ofService
                        ? service.get().equals(one.serviceId())
                        : one.name().equals(name)
                                || one.volumeId().equals(name)
                                || one.id().equals(name))
                .toList();
        if (found.size() > 1) {
            throw ApiProblem.undecided("there is more than one " + this + ": say the id of one");
        }
        return found.stream().findFirst();
    }

    /** The backups that are still there. */
    static List<Backup> backups(Calls calls, Volume volume) throws InterruptedException {
        Instant now = calls.context().time().now();
        return VolumePort.of(calls).backups(volume.id()).stream()
                .filter(one -> !one.hasExpired(now))
                .toList();
    }

    private ProviderCheck<Calls> check(String sentence, Question question, Operation... more) {
        return railway.check(
                sentence,
                calls -> {
                    Optional<Volume> volume = find(calls);
                    return volume.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, volume.get());
                },
                looking(more));
    }

    /**
     * What it is.
     *
     * @return for example {@code volume postgres-data of Railway shop/production}
     */
    @Override
    public String toString() {
        return ofService
                ? "volume of Railway service " + name + " of " + railway.where()
                : "volume " + name + " of " + railway;
    }

    /** When backups of a volume are made, and how long they are kept. Immutable and thread-safe. */
    public static final class Schedules {

        private final RailwayVolume of;

        private Schedules(RailwayVolume of) {
            this.of = of;
        }

        /**
         * Whether backups are made so often, perhaps in other rhythms too.
         *
         * @param kind how often
         * @param more how often besides
         * @return the check
         */
        public Check has(BackupKind kind, BackupKind... more) {
            Set<BackupKind> wanted = EnumSet.copyOf(Given.all(kind, "kind", more));
            return of.check(
                    of + " has the backup schedules " + words(wanted),
                    (calls, volume) -> {
                        List<Schedule> all = VolumePort.of(calls).schedules(volume.id());
                        Set<BackupKind> missing = EnumSet.copyOf(wanted);
                        all.forEach(one -> BackupKind.of(one).ifPresent(missing::remove));
                        return Judge.holds(
                                missing.isEmpty(),
                                "there is no schedule " + words(missing),
                                Fact.of("schedules", words(wanted), found(all)));
                    },
                    Operation.VOLUME_INSTANCE_BACKUP_SCHEDULE_LIST);
        }

        /**
         * Whether backups are kept for so long by at least one of its schedules. Between two backups of a schedule lies its
         * rhythm: of weekly ones that are kept for 30 days the oldest is at least 23 days old.
         *
         * @param span how long
         * @return the check
         * @throws IllegalArgumentException if it is not longer than zero
         */
        public Check reachBack(Duration span) {
            Given.positive(span, "span");
            return of.check(
                    "backups of " + of + " are kept for at least " + Expect.text(span),
                    (calls, volume) -> {
                        List<Schedule> all = VolumePort.of(calls).schedules(volume.id());
                        Duration longest = Duration.ZERO;
                        for (Schedule one : all) {
                            Duration kept = BackupKind.retention(one);
                            longest = kept.compareTo(longest) > 0 ? kept : longest;
                        }
                        return Judge.holds(
                                longest.compareTo(span) >= 0,
                                all.isEmpty()
                                        ? "no backups are scheduled"
                                        : "backups are kept for " + Expect.text(longest),
                                Fact.of("kept for", "at least " + Expect.text(span), Expect.text(longest)),
                                Fact.of("schedules", found(all)));
                    },
                    Operation.VOLUME_INSTANCE_BACKUP_SCHEDULE_LIST);
        }

        static String words(Set<BackupKind> kinds) {
            return String.join(", ", kinds.stream().map(BackupKind::name).toList());
        }

        static String found(List<Schedule> all) {
            List<String> kinds =
                    all.stream().map(Schedule::kind).map(Words::line).sorted().toList();
            return kinds.isEmpty() ? "none" : String.join(", ", kinds);
        }

        /**
         * What it is.
         *
         * @return for example {@code backup schedules of volume postgres-data of Railway shop/production}
         */
        @Override
        public String toString() {
            return "backup schedules of " + of;
        }
    }

    /**
     * The newest backup of a volume, made by a schedule or by hand. One that has expired does not count. Railway tells what
     * a backup takes besides others, which may be nothing, so that its size proves nothing and is only shown. Immutable and
     * thread-safe.
     */
    public static final class LatestBackup {

        private final RailwayVolume of;

        private LatestBackup(RailwayVolume of) {
            this.of = of;
        }

        /**
         * Whether there is one.
         *
         * @return the check
         */
        public Check exists() {
            return check(this + " exists", (calls, found) -> Outcome.passed());
        }

        /**
         * Whether it is younger than some time. A daily one is older than 24 hours for a while every day, since making it
         * takes its time.
         *
         * @param limit how old it is too old
         * @return the check
         * @throws IllegalArgumentException if it is not longer than zero
         */
        public Check isYoungerThan(Duration limit) {
            Given.positive(limit, "limit");
            return check(
                    this + " is younger than " + Expect.text(limit),
                    (calls, found) -> Judge.younger("the latest backup", found.createdAt(), limit, calls.context()));
        }

        /** What is asked of a backup that is there. */
        @FunctionalInterface
        private interface Judgement {
            Outcome of(Calls calls, Backup found);
        }

        private Check check(String sentence, Judgement judgement) {
            return of.check(
                    sentence,
                    (calls, volume) -> {
                        List<Backup> all = new ArrayList<>(backups(calls, volume));
                        Optional<Backup> latest = all.stream().max(Comparator.comparing(Backup::createdAt));
                        if (latest.isEmpty()) {
                            return Outcome.failed("the volume has no backup", Fact.of("backups", "at least 1", 0));
                        }
                        Long used = latest.get().usedMegabytes();
                        return judgement
                                .of(calls, latest.get())
                                .with(
                                        Fact.of("latest", latest.get()),
                                        Fact.of("made by", latest.get().scheduleId() == null ? "hand" : "a schedule"),
                                        Fact.of("megabytes of its own", used == null ? "not told" : used),
                                        Fact.of("backups", all.size()));
                    },
                    Operation.VOLUME_INSTANCE_BACKUP_LIST);
        }

        /**
         * What it is.
         *
         * @return for example {@code latest backup of volume postgres-data of Railway shop/production}
         */
        @Override
        public String toString() {
            return "latest backup of " + of;
        }
    }
}
