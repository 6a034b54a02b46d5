package dev.golive.aws.internal.rds;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.RdsClientBuilder;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreWindow;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** What golive asks of RDS. */
public final class RdsPort {

    private static final ClientType<RdsClientBuilder, RdsClient> CLIENT =
            ClientType.of(Service.RDS, RdsClient::builder, RdsClient.serviceMetadata());

    private static final Set<String> NO_INSTANCE = Set.of("DBInstanceNotFound");
    private static final Set<String> NO_BACKUP = Set.of("DBInstanceAutomatedBackupNotFound");
    private static final Set<String> TAKEN = Set.of("DBSnapshotAlreadyExists", "DBInstanceAlreadyExists");

    /** Tells a restored instance from another of its name. */
    private static final String TAG = "golive-idempotency-key";

    /** An instance as it is described. What was not told is not there, and each question says what it needs. */
    public final class Instance {

        private final DBInstance instance;

        private Instance(DBInstance instance) {
            this.instance = instance;
        }

        /** Its id. */
        public String id() {
            return calls.said(instance.dbInstanceIdentifier(), "the id of the instance");
        }

        /** What no other instance ever has, also none of the same id. */
        public String resourceId() {
            return calls.said(instance.dbiResourceId(), "the resource id of the instance");
        }

        /** Its status, in RDS's words. */
        public String status() {
            return calls.said(instance.dbInstanceStatus(), "the status of the instance");
        }

        /** How far what goes on is, empty if that was not told. */
        public String progress() {
            return instance.percentProgress() == null ? "" : instance.percentProgress();
        }

        /** Its engine. */
        public String engine() {
            return calls.said(instance.engine(), "the engine of the instance");
        }

        /** The version of its engine. */
        public String version() {
            return calls.said(instance.engineVersion(), "the version of the engine");
        }

        /** Whether it is a part of a cluster, as those of Aurora are, which is backed up as a whole. */
        public boolean isOfCluster() {
            String cluster = instance.dbClusterIdentifier();
            return engine().startsWith("aurora") || cluster != null && !cluster.isEmpty();
        }

        /** Whether it has a public address. */
        public boolean isPubliclyAccessible() {
            return calls.said(instance.publiclyAccessible(), "whether the instance is publicly accessible");
        }

        /** Whether its storage is encrypted. */
        public boolean isEncrypted() {
            return calls.said(instance.storageEncrypted(), "whether the storage is encrypted");
        }

        /** Whether it has a standby in another zone. */
        public boolean isMultiAz() {
            return calls.said(instance.multiAZ(), "whether the instance is in several zones");
        }

        /** Whether it cannot be deleted. */
        public boolean isDeletionProtected() {
            return calls.said(instance.deletionProtection(), "whether the instance is protected");
        }

        /** How long automated backups are kept, in days; zero if none are made. */
        public int retentionDays() {
            return calls.said(instance.backupRetentionPeriod(), "how long backups are kept");
        }

        /** The last instant that it can be brought back to, empty if there is none or none was told. */
        public Optional<Instant> latestRestorable() {
            return Optional.ofNullable(instance.latestRestorableTime());
        }

        /** When a day's automated backup is begun, in UTC, for example {@code 03:00-03:30}. */
        public String backupWindow() {
            return calls.said(instance.preferredBackupWindow(), "the backup window");
        }

        /** The port of its endpoint. */
        public int port() {
            return calls.said(
                    calls.said(instance.endpoint(), "the endpoint of the instance")
                            .port(),
                    "the port of the instance");
        }

        /** Where it is, for people; empty if it has no endpoint yet. */
        public String endpoint() {
            Endpoint endpoint = instance.endpoint();
            return endpoint == null || endpoint.address() == null ? "" : endpoint.address() + ":" + endpoint.port();
        }

        /** The ids of its security groups, of which there is at least one. */
        public List<String> securityGroups() {
            List<String> groups = new ArrayList<>();
            for (VpcSecurityGroupMembership group : calls.listed(
                    instance.hasVpcSecurityGroups(), instance.vpcSecurityGroups(), "the security groups")) {
                groups.add(calls.said(group.vpcSecurityGroupId(), "the id of a security group"));
            }
            if (groups.isEmpty()) {
                throw ApiProblem.incomplete(Service.RDS.title(), "any security group of the instance");
            }
            return groups;
        }

        /** Whether it was restored by a request under an idempotency key. */
        public boolean isRestoredUnder(String idempotencyKey) {
            return instance.tagList().stream()
                    .anyMatch(tag -> TAG.equals(tag.key()) && idempotencyKey.equals(tag.value()));
        }
    }

    /**
     * A snapshot.
     *
     * @param id its id
     * @param type for example {@code automated}
     * @param status in RDS's words
     * @param percent how much of it is done, {@code null} if that was not told
     * @param takenAt when the data were as they are in it, {@code null} if that was not told
     * @param resourceId of which instance it is, empty if that was not told
     */
    public record Snapshot(
            String id,
            String type,
            String status,
            @Nullable Integer percent,
            @Nullable Instant takenAt,
            String resourceId) {

        /** Whether it can be restored from. */
        public boolean isAvailable() {
            return status.equals("available");
        }

        /** Whether it came to nothing. */
        public boolean hasFailed() {
            return status.equals("failed")
                    || status.equals("deleting")
                    || status.equals("deleted")
                    || status.startsWith("incompatible-");
        }

        @Override
        public String toString() {
            boolean goesOn = !isAvailable() && !hasFailed();
            return "snapshot " + id + " is " + status + (goesOn && percent != null ? ", " + percent + " % done" : "");
        }
    }

    /**
     * What an instance can be brought back to.
     *
     * @param earliest the first instant, {@code null} if it was not told
     * @param latest the last instant, {@code null} if it was not told
     */
    public record Window(
            @Nullable Instant earliest, @Nullable Instant latest) {}

    private final Calls calls;
    private final RdsClient client;

    private RdsPort(Calls calls, RdsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static RdsPort of(Calls calls) throws Exception {
        return new RdsPort(calls, calls.client(CLIENT));
    }

    /** The instance of an id, empty if there is none. */
    public Optional<Instance> instance(String id) throws Exception {
        return calls.found(NO_INSTANCE, () -> {
            DescribeDbInstancesResponse answer =
                    client.describeDBInstances(request -> request.dbInstanceIdentifier(id));
            for (DBInstance instance : answer.dbInstances()) {
                if (id.equalsIgnoreCase(instance.dbInstanceIdentifier())) {
                    return new Instance(instance);
                }
            }
            throw ApiProblem.incomplete(Service.RDS.title(), "the instance");
        });
    }

    /** The snapshots of one type of an instance, also of an earlier one of the same id. */
    public List<Snapshot> snapshots(String id, String type) {
        List<Snapshot> snapshots = new ArrayList<>();
        for (DescribeDbSnapshotsResponse page : client.describeDBSnapshotsPaginator(
                request -> request.dbInstanceIdentifier(id).snapshotType(type))) {
            for (DBSnapshot snapshot : calls.listed(page.hasDbSnapshots(), page.dbSnapshots(), "snapshots")) {
                snapshots.add(new Snapshot(
                        calls.said(snapshot.dbSnapshotIdentifier(), "the id of a snapshot"),
                        type,
                        calls.said(snapshot.status(), "the status of a snapshot"),
                        snapshot.percentProgress(),
                        takenAt(snapshot),
                        snapshot.dbiResourceId() == null ? "" : snapshot.dbiResourceId()));
            }
        }
        return snapshots;
    }

    /** A copy has the time at which it was copied, and besides it that of what it is a copy of. */
    private static @Nullable Instant takenAt(DBSnapshot snapshot) {
        Instant created = snapshot.snapshotCreateTime();
        Instant original = snapshot.originalSnapshotCreateTime();
        return created != null && original != null && original.isBefore(created) ? original : created;
    }

    /** What an instance can be brought back to, empty if it has no automated backups. */
    public Optional<Window> window(Instance instance) throws Exception {
        return calls.found(NO_BACKUP, () -> {
            DescribeDbInstanceAutomatedBackupsResponse answer =
                    client.describeDBInstanceAutomatedBackups(request -> request.dbiResourceId(instance.resourceId()));
            for (DBInstanceAutomatedBackup backup : calls.listed(
                    answer.hasDbInstanceAutomatedBackups(), answer.dbInstanceAutomatedBackups(), "automated backups")) {
                RestoreWindow window = backup.restoreWindow();
                if (window != null && instance.resourceId().equals(backup.dbiResourceId())) {
                    return new Window(window.earliestTime(), window.latestTime());
                }
            }
            throw ApiProblem.incomplete(Service.RDS.title(), "the restore window of the instance");
        });
    }

    /** Begins a manual snapshot, unless there is one of that id. */
    public void snapshot(String id, String snapshotId) throws Exception {
        calls.writing(() -> calls.found(
                TAKEN,
                () -> client.createDBSnapshot(
                        request -> request.dbInstanceIdentifier(id).dbSnapshotIdentifier(snapshotId))));
    }

    /**
     * Begins to make a new instance out of what another was at an instant, with everything that decides who reaches it.
     *
     * @param instant the instant, {@code null} for the latest
     * @return the new instance, empty if there is one of that id already
     */
    public Optional<Instance> restore(
            Instance source, String targetId, @Nullable Instant instant, String idempotencyKey) throws Exception {
        DBInstance from = source.instance;
        RestoreDbInstanceToPointInTimeRequest.Builder request = RestoreDbInstanceToPointInTimeRequest.builder()
                .sourceDBInstanceIdentifier(source.id())
                .targetDBInstanceIdentifier(targetId)
                .vpcSecurityGroupIds(source.securityGroups())
                .dbSubnetGroupName(calls.said(
                        calls.said(from.dbSubnetGroup(), "the subnet group of the instance")
                                .dbSubnetGroupName(),
                        "the name of the subnet group"))
                .dbParameterGroupName(parameterGroup(from))
                .publiclyAccessible(source.isPubliclyAccessible())
                .multiAZ(source.isMultiAz())
                .deletionProtection(source.isDeletionProtected())
                .enableIAMDatabaseAuthentication(from.iamDatabaseAuthenticationEnabled())
                .copyTagsToSnapshot(from.copyTagsToSnapshot())
                .tags(Tag.builder().key(TAG).value(idempotencyKey).build());
        if (instant == null) {
            request.useLatestRestorableTime(true);
        } else {
            request.restoreTime(instant);
        }
        return calls.writing(() -> calls.found(
                TAKEN,
                () -> new Instance(calls.said(
                        client.restoreDBInstanceToPointInTime(request.build()).dbInstance(),
                        "the restored instance"))));
    }

    private String parameterGroup(DBInstance instance) {
        if (instance.dbParameterGroups().isEmpty()) {
            throw ApiProblem.incomplete(Service.RDS.title(), "the parameter group of the instance");
        }
        return calls.said(
                instance.dbParameterGroups().get(0).dbParameterGroupName(), "the name of the parameter group");
    }
}
