package dev.golive.railway;

import dev.golive.Action;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.VolumePort.Backup;
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
 *       the environment: if that is anything but a volume for this service, nothing is committed.
 * </ul>
 *
 * <p>What was written after the backup is lost, and so are the backups that are newer than it. Both actions are
 * destructive. Immutable and thread-safe.
 */
public final class RailwayRestore {

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
     * Commits the restore that is staged, and waits until it is applied and the volume is ready. Whether the service works
     * with it is for checks to find out.
     *
     * @return the second action
     */
    public Action commit() {
        return new VolumeRestoreCommit(this);
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
        return named.size() == 1
                ? new Choice(named.get(0), "")
                : new Choice(
                        null,
                        named.isEmpty()
                                ? "there is no backup " + backup
                                : "there is more than one backup " + backup + ": say the id of one");
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
