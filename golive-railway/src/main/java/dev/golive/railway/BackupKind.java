package dev.golive.railway;

import dev.golive.provider.ApiProblem;
import dev.golive.railway.internal.VolumePort.Schedule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How often Railway makes backups of a volume. */
public enum BackupKind {
    /** Every day, kept for 6 days. */
    DAILY(6),
    /** Every week, kept for a month. */
    WEEKLY(30),
    /** Every month, kept for 3 months. */
    MONTHLY(90);

    private final Duration usualRetention;

    BackupKind(int days) {
        usualRetention = Duration.ofDays(days);
    }

    static Optional<BackupKind> of(Schedule schedule) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(schedule.kind()))
                .findFirst();
    }

    /** How long backups are kept: as Railway says of this schedule, or else as it says of the kind. */
    static Duration retention(Schedule schedule) {
        Long told = schedule.retentionSeconds();
        if (told != null) {
            if (told <= 0) {
                throw ApiProblem.undecided("Railway keeps backups for " + told + " s, which cannot be");
            }
            return Duration.ofSeconds(told);
        }
        return of(schedule)
                .map(kind -> kind.usualRetention)
                .orElseThrow(
                        () -> ApiProblem.undecided("how long backups of an unknown schedule are kept is not known"));
    }
}
