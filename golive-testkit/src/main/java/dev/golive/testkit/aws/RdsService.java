package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstanceAutomatedBackupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeResponse;
import software.amazon.awssdk.services.rds.model.RestoreWindow;

/** RDS. */
final class RdsService extends FakeService {

    private static final String BAD_VALUE = "InvalidParameterValue";
    private static final String BAD_STATE = "InvalidDBInstanceState";

    private final Map<String, FakeRds> instances = new LinkedHashMap<>();

    RdsService(FakeAws aws) {
        super(aws, "rds", "http://rds.amazonaws.com/doc/2014-10-31/");
        reads("DescribeDBInstances", DescribeDbInstancesRequest::builder, this::instances);
        reads("DescribeDBSnapshots", DescribeDbSnapshotsRequest::builder, this::snapshots);
        reads("DescribeDBInstanceAutomatedBackups", DescribeDbInstanceAutomatedBackupsRequest::builder, this::backups);
        changes("CreateDBSnapshot", CreateDbSnapshotRequest::builder, this::snapshot);
        changes("RestoreDBInstanceToPointInTime", RestoreDbInstanceToPointInTimeRequest::builder, this::restore);
    }

    FakeRds rds(String id) {
        return instances.computeIfAbsent(key(id), key -> new FakeRds(aws(), key));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private FakeRds find(@Nullable String id, Instant now) {
        FakeRds instance = id == null ? null : instances.get(key(id));
        if (instance == null || !instance.isThere(now)) {
            throw new AwsError(404, "DBInstanceNotFound", "DBInstance " + id + " not found.");
        }
        return instance;
    }

    private DescribeDbInstancesResponse instances(DescribeDbInstancesRequest request, Instant now) {
        List<DBInstance> found = new ArrayList<>();
        if (request.dbInstanceIdentifier() != null) {
            found.add(find(request.dbInstanceIdentifier(), now).describe(now));
        } else {
            for (FakeRds instance : instances.values()) {
                if (instance.isThere(now)) {
                    found.add(instance.describe(now));
                }
            }
        }
        Page<DBInstance> page = page(found, request.marker(), request.maxRecords(), BAD_VALUE);
        return DescribeDbInstancesResponse.builder()
                .dbInstances(page.items())
                .marker(page.next())
                .build();
    }

    private DescribeDbSnapshotsResponse snapshots(DescribeDbSnapshotsRequest request, Instant now) {
        List<String> types =
                request.snapshotType() == null ? List.of("automated", "manual") : List.of(request.snapshotType());
        List<DBSnapshot> found = new ArrayList<>();
        instances.forEach((id, instance) -> {
            if (request.dbInstanceIdentifier() == null || id.equals(key(request.dbInstanceIdentifier()))) {
                found.addAll(instance.describeSnapshots(types, now));
            }
        });
        String wanted = request.dbSnapshotIdentifier();
        if (wanted != null) {
            found.removeIf(snapshot -> !snapshot.dbSnapshotIdentifier().equalsIgnoreCase(wanted));
            if (found.isEmpty()) {
                throw new AwsError(404, "DBSnapshotNotFound", "DBSnapshot " + wanted + " not found.");
            }
        }
        Page<DBSnapshot> page = page(found, request.marker(), request.maxRecords(), BAD_VALUE);
        return DescribeDbSnapshotsResponse.builder()
                .dbSnapshots(page.items())
                .marker(page.next())
                .build();
    }

    private DescribeDbInstanceAutomatedBackupsResponse backups(
            DescribeDbInstanceAutomatedBackupsRequest request, Instant now) {
        List<DBInstanceAutomatedBackup> found = new ArrayList<>();
        instances.forEach((id, instance) -> {
            boolean wanted = (request.dbiResourceId() == null
                            || request.dbiResourceId().equals(instance.resourceId()))
                    && (request.dbInstanceIdentifier() == null || id.equals(key(request.dbInstanceIdentifier())));
            if (wanted && instance.isThere(now) && instance.hasBackups()) {
                found.add(DBInstanceAutomatedBackup.builder()
                        .dbInstanceIdentifier(id)
                        .dbiResourceId(instance.resourceId())
                        .status("active")
                        .restoreWindow(instance.window(now).orElse(null))
                        .build());
            }
        });
        if (found.isEmpty() && (request.dbiResourceId() != null || request.dbInstanceIdentifier() != null)) {
            throw new AwsError(
                    404, "DBInstanceAutomatedBackupNotFound", "No automated backup for this DB instance was found.");
        }
        Page<DBInstanceAutomatedBackup> page = page(found, request.marker(), request.maxRecords(), BAD_VALUE);
        return DescribeDbInstanceAutomatedBackupsResponse.builder()
                .dbInstanceAutomatedBackups(page.items())
                .marker(page.next())
                .build();
    }

    private CreateDbSnapshotResponse snapshot(CreateDbSnapshotRequest request, Instant now) {
        FakeRds instance = find(request.dbInstanceIdentifier(), now);
        String name = request.dbSnapshotIdentifier();
        if (!name.matches("[A-Za-z](-?[A-Za-z0-9]){0,254}")) {
            throw new AwsError(400, BAD_VALUE, "Invalid snapshot identifier: " + name);
        } else if (instances.values().stream().anyMatch(one -> one.hasSnapshot(name))) {
            throw new AwsError(
                    400,
                    "DBSnapshotAlreadyExists",
                    "Cannot create the snapshot because a snapshot with the identifier " + name + " already exists.");
        }
        String status = instance.statusAt(now);
        if (instance.isOfCluster()) {
            throw new AwsError(
                    400,
                    BAD_STATE,
                    "The specified instance is a member of a cluster and a snapshot cannot be created directly.");
        } else if (!status.equals("available") && !status.equals("storage-optimization")) {
            throw new AwsError(
                    400,
                    BAD_STATE,
                    "Cannot create a snapshot because the database instance " + request.dbInstanceIdentifier()
                            + " is not currently in the available state.");
        } else if (instance.isQuotaReached()) {
            throw new AwsError(
                    400, "SnapshotQuotaExceeded", "Cannot create more than 100 manual snapshots in this region.");
        }
        instance.begin(name, now);
        return CreateDbSnapshotResponse.builder()
                .dbSnapshot(instance.describeSnapshots(List.of("manual"), now).stream()
                        .filter(snapshot -> snapshot.dbSnapshotIdentifier().equals(name))
                        .findFirst()
                        .orElseThrow())
                .build();
    }

    private RestoreDbInstanceToPointInTimeResponse restore(RestoreDbInstanceToPointInTimeRequest request, Instant now) {
        FakeRds source = find(request.sourceDBInstanceIdentifier(), now);
        String target = key(request.targetDBInstanceIdentifier());
        if (instances.containsKey(target)) {
            throw new AwsError(400, "DBInstanceAlreadyExists", "DB instance already exists");
        } else if (source.isOfCluster()) {
            throw new AwsError(400, BAD_STATE, "The specified instance is a member of a cluster.");
        } else if (!source.hasBackups()) {
            throw new AwsError(
                    400, "PointInTimeRestoreNotEnabled", "Point-in-time restore is not enabled for the DB instance.");
        }
        Instant wanted = request.restoreTime();
        boolean latest = Boolean.TRUE.equals(request.useLatestRestorableTime());
        if (latest == (wanted != null)) {
            throw new AwsError(
                    400, "InvalidParameterCombination", "Either RestoreTime or UseLatestRestorableTime is required.");
        }
        RestoreWindow window = source.window(now).orElse(null);
        if (wanted != null
                && (window == null || wanted.isBefore(window.earliestTime()) || wanted.isAfter(window.latestTime()))) {
            throw new AwsError(400, BAD_VALUE, "The specified time " + wanted + " is not within the restore window.");
        }
        FakeRds restored = new FakeRds(aws(), target);
        restored.restore(request, source, now);
        instances.put(target, restored);
        return RestoreDbInstanceToPointInTimeResponse.builder()
                .dbInstance(restored.describe(now))
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        instances.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> instances.remove(key, one))));
    }
}
