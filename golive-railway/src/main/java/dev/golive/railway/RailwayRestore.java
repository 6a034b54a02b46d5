package dev.golive.railway;

import dev.golive.Action;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.VolumePort.Backup;
import dev.golive.railway.internal.VolumePort.Replacement;
import dev.golive.railway.internal.VolumePort.Volume;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup of a volume that is to be brought back. Railway does that in two steps, and so does golive, with two actions of
 * which the second needs the first:
 *
 * <ul>
 *   <li>{@link #stage()} makes a new volume out of the backup and stages that it takes the place of the old one. Nothing is
 *       live yet, and a person can look at it.
 *   <li>{@link #commit()} puts it live, for which Railway deploys the service anew. Railway commits all that is staged in
 *       the environment: if that is anything but what {@link #stage()} has staged in the same run, nothing is committed.
 *       A run that was started anew in between does not know that any more, and refuses too: a person looks at what is
 *       staged, and commits or discards it.
 * </ul>
 *
 * <p>A volume that no service mounts is refused, since nothing can take its place.
 *
 * <p>What was written after the backup is lost, and so are the backups that are newer than it. Both actions are
 * destructive. Immutable and thread-safe.
 */
public final class RailwayRestore {

    /** So many backups of the same name are said. */
    private static final int SHOWN = 5;

    private final RailwayVolume volume;
    private final String backup;
    private final @Nullable Instant before;

    RailwayRestore(RailwayVolume volume, String backup, @Nullable Instant before) {
        this.volume = volume;
        this.backup = backup;
        this.before = before;
    }

    /**
     * Stages the restore and waits until it is staged. It is refused if something is staged already, which would be
     * committed with it. A request of which the answer was lost is not repeated.
     *
     * @return the first action
     */
    public Action stage() {
        return new VolumeRestoreStage(this);
    }

    /**
     * Commits the restore that was staged in the same run, and waits until it is applied, and the service has the new volume, which is ready. Whether the service works
     * with it is for checks to find out.
     *
     * @return the second action
     */
    public Action commit() {
        return new VolumeRestoreCommit(this);
    }

    /**
     * What was staged in this session, and waits for being committed.
     *
     * @param what the restore that was staged
     * @param backupId the backup that is brought back
     * @param patchId what is staged
     * @param oldVolumeId the volume that is mounted until then
     * @param made the volume that takes its place
     */
    record Ready(String what, String backupId, String patchId, String oldVolumeId, Replacement made) {}

    private static String key(Calls calls) throws InterruptedException {
        return "staged restore " + calls.scope().environmentId();
    }

    void remember(Calls calls, Ready ready) throws InterruptedException {
        calls.remember(key(calls), ready);
    }

    /** What was staged in this session, be it by another restore. */
    Optional<Ready> remembered(Calls calls) throws InterruptedException {
        return calls.remembered(key(calls), Ready.class);
    }

    /** Whether this is what was staged. */
    boolean isMeant(Ready ready) {
        return ready.what().equals(toString()) || before == null && backup.equals(ready.backupId());
    }

    RailwayVolume volume() {
        return volume;
    }

    /** The backup that is meant, or the reason why there is none. */
    record Choice(@Nullable Backup backup, String why) {}

    Choice choose(Calls calls, Volume found) throws InterruptedException {
        List<Backup> all = RailwayVolume.backups(calls, found);
        Instant limit = before;
        if (limit != null) {
            Optional<Backup> newest = all.stream()
                    .filter(one -> one.createdAt().isBefore(limit))
                    .max(Comparator.comparing(Backup::createdAt));
            return new Choice(newest.orElse(null), "there is no backup from before " + limit);
        }
        List<Backup> named = all.stream()
                .filter(one -> one.id().equals(backup) || backup.equals(one.name()))
                .toList();
        if (named.isEmpty()) {
            return new Choice(null, "there is no backup " + backup);
        } else if (named.size() == 1) {
            return new Choice(named.get(0), "");
        }
        Optional<String> own = VolumeBackup.made(calls, found, backup);
        Optional<Backup> made =
                named.stream().filter(one -> own.equals(Optional.of(one.id()))).findFirst();
        return new Choice(
                made.orElse(null),
                "there is more than one backup " + backup + ": say the id of one: "
                        + String.join(
                                ", ",
                                named.stream()
                                        .limit(SHOWN)
                                        .map(Backup::toString)
                                        .toList()));
    }

    /**
     * What it is.
     *
     * @return for example {@code backup before 1.4 of volume postgres-data of Railway shop/production}
     */
    @Override
    public String toString() {
        return (before == null ? "backup " + backup : "the newest backup from before " + before) + " of " + volume;
    }
}
