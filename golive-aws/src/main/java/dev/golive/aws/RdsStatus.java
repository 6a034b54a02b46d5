package dev.golive.aws;

import java.util.Set;

/** What the statuses of an instance of RDS mean for somebody who waits. */
final class RdsStatus {

    private static final Set<String> STUCK = Set.of(
            "deleting",
            "delete-precheck",
            "failed",
            "inaccessible-encryption-credentials",
            "inaccessible-encryption-credentials-recoverable",
            "insufficient-capacity",
            "restore-error",
            "stopped",
            "storage-full");

    private RdsStatus() {}

    /** Whether it stays as it is until somebody does something. A status that is not known may well pass. */
    static boolean isStuck(String status) {
        return STUCK.contains(status) || status.startsWith("incompatible-");
    }
}
