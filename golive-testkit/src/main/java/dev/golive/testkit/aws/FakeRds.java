package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.RestoreWindow;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * An instance of RDS in {@link FakeAws}, with its snapshots.
 *
 * <pre>{@code
 * fake.rds("shop-db").securityGroups("sg-db").automatedSnapshot(Instant.parse("2027-03-02T03:10:00Z"));
 * fake.securityGroup("sg-db").ingressFromGroup(5432, "sg-web");
 * }</pre>
 *
 * <ul>
 *   <li>It is a PostgreSQL 15.4, available, in one zone, without a public address, encryption or protection, in the
 *       security group {@code sg-default}, which admits its own members only. Backups are kept for 7 days, begun between
 *       03:00 and 03:30, and it can be brought back to 5 minutes ago. It has no snapshot yet.
 *   <li>A manual snapshot takes its time, in which the instance is {@code backing-up}. A restored instance is {@code
 *       creating}, then {@code backing-up}, then {@code available}; what its request does not say is RDS's default and not
 *       that of its source.
 *   <li>Whoever asks {@link FakeAws#rds} for the handle of an instance that is not there makes it. The handle of one that
 *       was restored is had in the same way, afterwards.
 * </ul>
 *
 * <p>Options change this object and return it; they take effect at once. Thread-safe.
 */
public final class FakeRds {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A snapshot and how it is made. */
    private static final class Snapshot {
        final String id;
        final String type;
        final String resourceId;
        final Instant begunAt;
        final Instant endsAt;
        final String end;
        final @Nullable Instant createTime;
        final @Nullable Instant originalTime;

        Snapshot(
                String id,
                String type,
                String resourceId,
                Instant begunAt,
                Instant endsAt,
                String end,
                @Nullable Instant createTime,
                @Nullable Instant originalTime) {
            this.id = id;
            this.type = type;
            this.resourceId = resourceId;
            this.begunAt = begunAt;
            this.endsAt = endsAt;
            this.end = end;
            this.createTime = createTime;
            this.originalTime = originalTime;
        }

        boolean isBeingMade(Instant now) {
            return now.isBefore(endsAt);
        }
    }

    private final FakeAws aws;
    private final String id;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final Withheld withheld = new Withheld();
    private String resourceId;
    private Instant createdAt = Instant.MIN;
    private @Nullable Instant dailySince;
    private Instant dailyUntil = Instant.MAX;
    private Instant readyAt = Instant.MIN;
    private String status = "available";
    private String engine = "postgres";
    private String version = "15.4";
    private int port = 5432;
    private boolean publiclyAccessible;
    private boolean encrypted;
    private boolean multiAz;
    private boolean deletionProtection;
    private boolean iam;
    private int retentionDays = 7;
    private String backupWindow = "03:00-03:30";
    private @Nullable Duration lag = Duration.ofMinutes(5);
    private List<String> securityGroups = List.of(Ec2Service.DEFAULT_GROUP);
    private String subnetGroup = "default";
    private String parameterGroup = "default.postgres15";
    private @Nullable String cluster;
    private List<Tag> tags = List.of();
    private @Nullable RestoreDbInstanceToPointInTimeRequest origin;
    private Duration snapshotsIn = Duration.ofMinutes(5);
    private Duration restoresIn = Duration.ofMinutes(20);
    private boolean failingSnapshots;
    private boolean failingRestores;
    private boolean quotaReached;

    FakeRds(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
        this.resourceId = newResourceId();
    }

    private String newResourceId() {
        return String.format("db-FAKE%022d", aws.number());
    }

    // ---- what it is like

    /**
     * Its status while nothing goes on.
     *
     * @param inItsWords for example {@code stopped} or {@code modifying}
     * @return this
     */
    public FakeRds status(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return change(() -> status = inItsWords);
    }

    /**
     * Its engine.
     *
     * @param name for example {@code postgres}
     * @param versionOfIt for example {@code 15.4}
     * @return this
     */
    public FakeRds engine(String name, String versionOfIt) {
        Objects.requireNonNull(name, "name must not be null");
        Objects.requireNonNull(versionOfIt, "versionOfIt must not be null");
        return change(() -> {
            engine = name;
            version = versionOfIt;
        });
    }

    /**
     * The port that it listens on.
     *
     * @param number the port
     * @return this
     */
    public FakeRds port(int number) {
        return change(() -> port = number);
    }

    /**
     * Gives it a public address.
     *
     * @return this
     */
    public FakeRds publiclyAccessible() {
        return change(() -> publiclyAccessible = true);
    }

    /**
     * Encrypts its storage.
     *
     * @return this
     */
    public FakeRds encrypted() {
        return change(() -> encrypted = true);
    }

    /**
     * Gives it a standby in another zone.
     *
     * @return this
     */
    public FakeRds multiAz() {
        return change(() -> multiAz = true);
    }

    /**
     * Protects it from being deleted.
     *
     * @return this
     */
    public FakeRds deletionProtection() {
        return change(() -> deletionProtection = true);
    }

    /**
     * Lets users sign in by IAM.
     *
     * @return this
     */
    public FakeRds iamAuthentication() {
        return change(() -> iam = true);
    }

    /**
     * The security groups that it is in.
     *
     * @param ids their ids
     * @return this
     */
    public FakeRds securityGroups(String... ids) {
        List<String> all = List.of(ids);
        return change(() -> securityGroups = all);
    }

    /**
     * The subnet group that it is in.
     *
     * @param name its name
     * @return this
     */
    public FakeRds subnetGroup(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return change(() -> subnetGroup = name);
    }

    /**
     * The parameter group that it has.
     *
     * @param name its name
     * @return this
     */
    public FakeRds parameterGroup(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return change(() -> parameterGroup = name);
    }

    /**
     * Makes it a member of a cluster.
     *
     * @param clusterId the id of the cluster
     * @return this
     */
    public FakeRds ofCluster(String clusterId) {
        Objects.requireNonNull(clusterId, "clusterId must not be null");
        return change(() -> cluster = clusterId);
    }

    // ---- its backups

    /**
     * How long backups are kept; with zero there are none.
     *
     * @param days how many days
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeRds backupRetentionDays(int days) {
        if (days < 0) {
            throw new IllegalArgumentException("days must not be negative but was " + days);
        }
        return change(() -> retentionDays = days);
    }

    /**
     * When the daily backup is begun.
     *
     * @param hours in UTC, for example {@code 23:45-00:45}
     * @return this
     */
    public FakeRds backupWindow(String hours) {
        Objects.requireNonNull(hours, "hours must not be null");
        return change(() -> backupWindow = hours);
    }

    /**
     * How far behind the last instant is that it can be brought back to.
     *
     * @param behind how far; not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeRds restorableUpTo(Duration behind) {
        if (Objects.requireNonNull(behind, "behind must not be null").isNegative()) {
            throw new IllegalArgumentException("behind must not be negative but was " + behind);
        }
        return change(() -> lag = behind);
    }

    /**
     * Does not tell the last instant that it can be brought back to.
     *
     * @return this
     */
    public FakeRds withoutRestorableTime() {
        return change(() -> lag = null);
    }

    /**
     * Adds a snapshot that RDS has made by itself.
     *
     * @param at when
     * @return this
     */
    public FakeRds automatedSnapshot(Instant at) {
        return snapshot("rds:" + id + "-" + MINUTE.format(at), "automated", "available", at, null);
    }

    /**
     * Lets RDS make a snapshot by itself each day, at the beginning of the {@linkplain #backupWindow backup window}, as it
     * has always done and goes on doing while the clock goes on; those older than the backups are kept for are gone.
     *
     * @return this
     */
    public FakeRds dailySnapshots() {
        return change(() -> {
            dailySince = Instant.MIN;
            dailyUntil = Instant.MAX;
        });
    }

    /**
     * Ends the {@linkplain #dailySnapshots daily snapshots}: from an instant on RDS makes none.
     *
     * @param last when it was that it made the last one, or might have
     * @return this
     */
    public FakeRds noDailySnapshotsAfter(Instant last) {
        Objects.requireNonNull(last, "last must not be null");
        return change(() -> dailyUntil = last);
    }

    /** The daily snapshots that are kept, oldest first. */
    private List<Snapshot> daily(Instant now) {
        List<Snapshot> daily = new ArrayList<>();
        Instant since = dailySince;
        if (since == null) {
            return daily;
        }
        boolean told = backupWindow.matches("([01]\\d|2[0-3]):[0-5]\\d-.+");
        LocalTime begin = told ? LocalTime.parse(backupWindow.substring(0, 5)) : LocalTime.MIDNIGHT;
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        for (int ago = retentionDays; ago >= 0; ago--) {
            Instant at = today.minusDays(ago).atTime(begin).toInstant(ZoneOffset.UTC);
            if (at.isBefore(since)
                    || at.isAfter(now)
                    || at.isAfter(dailyUntil)
                    || at.isBefore(now.minus(Duration.ofDays(retentionDays)))) {
                continue;
            }
            String name = "rds:" + id + "-" + MINUTE.format(at);
            daily.add(new Snapshot(name, "automated", resourceId, Instant.MIN, Instant.MIN, "available", at, null));
        }
        return daily;
    }

    /**
     * Adds a snapshot that AWS Backup has made.
     *
     * @param at when
     * @return this
     */
    public FakeRds backupSnapshot(Instant at) {
        return snapshot("awsbackup:job-" + MINUTE.format(at), "awsbackup", "available", at, null);
    }

    /**
     * Adds a copy of a snapshot that AWS Backup has made.
     *
     * @param copiedAt when it was copied
     * @param takenAt when it was made
     * @return this
     */
    public FakeRds copiedBackupSnapshot(Instant copiedAt, Instant takenAt) {
        Objects.requireNonNull(takenAt, "takenAt must not be null");
        return snapshot("awsbackup:copyjob-" + MINUTE.format(copiedAt), "awsbackup", "available", copiedAt, takenAt);
    }

    /**
     * Adds a snapshot that somebody has made.
     *
     * @param name its name
     * @param at when
     * @return this
     */
    public FakeRds manualSnapshot(String name, Instant at) {
        Objects.requireNonNull(name, "name must not be null");
        return snapshot(name, "manual", "available", at, null);
    }

    /**
     * Adds an automated snapshot with a status.
     *
     * @param at when
     * @param inItsWords for example {@code failed}
     * @return this
     */
    public FakeRds automatedSnapshot(Instant at, String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return snapshot("rds:" + id + "-" + MINUTE.format(at), "automated", inItsWords, at, null);
    }

    /**
     * Adds an automated snapshot that is just being made, of which no time is told yet.
     *
     * @return this
     */
    public FakeRds automatedSnapshotInTheMaking() {
        Instant now = aws.time().now();
        return change(() -> snapshots.add(new Snapshot(
                "rds:" + id + "-" + MINUTE.format(now),
                "automated",
                resourceId,
                now,
                Instant.MAX,
                "available",
                null,
                null)));
    }

    private FakeRds snapshot(String name, String type, String end, Instant at, @Nullable Instant original) {
        Objects.requireNonNull(at, "at must not be null");
        return change(
                () -> snapshots.add(new Snapshot(name, type, resourceId, Instant.MIN, Instant.MIN, end, at, original)));
    }

    /**
     * Deletes it and makes a new one of its id; its snapshots stay.
     *
     * @return this
     */
    public FakeRds madeAnew() {
        Instant now = aws.time().now();
        return change(() -> {
            snapshots.addAll(daily(now));
            dailySince = dailySince == null ? null : now;
            resourceId = newResourceId();
        });
    }

    /**
     * How long a manual snapshot takes; 5 minutes unless said otherwise.
     *
     * @param length from the request until it is available; not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeRds snapshotsIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> snapshotsIn = length);
    }

    /**
     * How long it takes to restore it; 20 minutes unless said otherwise.
     *
     * @param length from the request until the new instance is available; not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FakeRds restoresIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> restoresIn = length);
    }

    // ---- what goes wrong

    /**
     * Lets every manual snapshot that is begun from now on fail.
     *
     * @return this
     */
    public FakeRds failingSnapshots() {
        return change(() -> failingSnapshots = true);
    }

    /**
     * Lets every instance that is restored from now on end {@code incompatible-restore}.
     *
     * @return this
     */
    public FakeRds failingRestores() {
        return change(() -> failingRestores = true);
    }

    /**
     * Lets there be as many manual snapshots as the account may have.
     *
     * @return this
     */
    public FakeRds snapshotQuotaReached() {
        return change(() -> quotaReached = true);
    }

    /**
     * Leaves something out of its description.
     *
     * @param members what, named as in the API of RDS, for example {@code PubliclyAccessible}
     * @return this
     */
    public FakeRds silentAbout(String... members) {
        String[] names = members.clone();
        return change(() -> withheld.add(names));
    }

    /**
     * Lets snapshots and restores succeed again.
     *
     * @return this
     */
    public FakeRds mend() {
        return change(() -> {
            failingSnapshots = false;
            failingRestores = false;
            quotaReached = false;
        });
    }

    // ---- what has become of it

    /**
     * The manual snapshots that are there, also those that are being made or failed.
     *
     * @return their names in the order in which they were begun
     */
    public List<String> manualSnapshotsNow() {
        return aws.within(() -> snapshots.stream()
                .filter(snapshot -> snapshot.type.equals("manual"))
                .map(snapshot -> snapshot.id)
                .toList());
    }

    /**
     * What it was restored from.
     *
     * @return the id of the source, empty if it was not restored
     */
    public Optional<String> restoredFrom() {
        return aws.within(() ->
                Optional.ofNullable(origin).map(RestoreDbInstanceToPointInTimeRequest::sourceDBInstanceIdentifier));
    }

    /**
     * What it was restored to.
     *
     * @return the instant, empty if it was not restored, or to the latest one
     */
    public Optional<Instant> restoredTo() {
        return aws.within(() -> Optional.ofNullable(origin).map(RestoreDbInstanceToPointInTimeRequest::restoreTime));
    }

    /**
     * The security groups that it is in.
     *
     * @return their ids
     */
    public List<String> securityGroupsNow() {
        return aws.within(() -> securityGroups);
    }

    private FakeRds change(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Instant now = drifts.now();
        Drifts.Of own = drifts.of("rds", id, toString()).add("gone", "does not exist", gone);
        if (status.equals("available")) {
            own.add("stopped", "is stopped", () -> status("stopped"))
                    .add("full", "has no storage left", () -> status("storage-full"))
                    .add("failed", "has failed", () -> status("failed"));
        }
        if (!publiclyAccessible) {
            own.add("public", "is publicly accessible", this::publiclyAccessible);
        }
        String open = "sg-open-of-" + id;
        own.add("open", "is in a security group that admits the whole world", () -> openToTheWorld(open), open);
        if (encrypted) {
            own.add("not encrypted", "is not encrypted", () -> change(() -> encrypted = false));
        }
        if (multiAz) {
            own.add("one zone", "has no standby in another zone", () -> change(() -> multiAz = false));
        }
        if (deletionProtection) {
            own.add("unprotected", "may be deleted", () -> change(() -> deletionProtection = false));
        }
        if (iam) {
            own.add("no IAM", "does not let users sign in by IAM", () -> change(() -> iam = false));
        }
        String newer = version.equals("17.9") ? "17.10" : "17.9";
        own.add("version", "has another version of its engine", () -> engine(engine, newer), "version");
        if (retentionDays > 0) {
            own.add("no backups", "keeps no backups", () -> backupRetentionDays(0));
        }
        if (retentionDays > 1) {
            own.add("short backups", "keeps backups for a day only", () -> backupRetentionDays(1));
        }
        if (retentionDays > 0 && lag != null) {
            own.add(
                    "behind",
                    "can be brought back to six hours ago at the latest",
                    () -> restorableUpTo(Duration.ofHours(6)));
        }
        if (dailySince != null || snapshots.stream().anyMatch(snapshot -> snapshot.type.equals("automated"))) {
            own.add(
                            "old snapshot",
                            "has had no automated snapshot for three days",
                            () -> noSnapshotSince(now.minus(Duration.ofDays(3))))
                    .add("made anew", "was made anew and has no snapshot yet", this::madeAnew);
        }
        if (!parameterGroup.startsWith("default.")) {
            own.add("parameters", "has the default parameters", () -> parameterGroup("default.postgres15"));
        }
        List<String> snapshot = List.of("rds:CreateDBSnapshot");
        own.addTo(snapshot, "no new snapshot", "fails to make snapshots", this::failingSnapshots)
                .addTo(snapshot, "quota", "may have no more snapshots", this::snapshotQuotaReached)
                .addTo(
                        snapshot,
                        "slow snapshot",
                        "takes three hours to make a snapshot",
                        () -> snapshotsIn(Duration.ofHours(3)))
                .addTo(
                        List.of("rds:RestoreDBInstanceToPointInTime"),
                        "not restorable",
                        "fails to be restored",
                        this::failingRestores);
    }

    private void openToTheWorld(String group) {
        aws.securityGroup(group).ingress(port, "0.0.0.0/0");
        change(() -> {
            List<String> all = new ArrayList<>(securityGroups);
            all.add(group);
            securityGroups = List.copyOf(all);
        });
    }

    private void noSnapshotSince(Instant last) {
        change(() -> {
            dailyUntil = last;
            boolean any = snapshots.removeIf(snapshot -> snapshot.type.equals("automated")
                    && snapshot.createTime != null
                    && snapshot.createTime.isAfter(last));
            if (any && dailySince == null) {
                automatedSnapshot(last);
            }
        });
    }

    String resourceId() {
        return resourceId;
    }

    boolean isThere(Instant now) {
        return !now.isBefore(createdAt);
    }

    boolean hasBackups() {
        return retentionDays > 0;
    }

    boolean isOfCluster() {
        return cluster != null;
    }

    boolean isQuotaReached() {
        return quotaReached;
    }

    String statusAt(Instant now) {
        if (now.isBefore(readyAt)) {
            Duration length = Duration.between(createdAt, readyAt);
            return now.isBefore(createdAt.plus(length.multipliedBy(4).dividedBy(5))) ? "creating" : "backing-up";
        }
        boolean backingUp = snapshots.stream()
                .anyMatch(snapshot ->
                        snapshot.type.equals("manual") && !now.isBefore(snapshot.begunAt) && snapshot.isBeingMade(now));
        return backingUp && status.equals("available") ? "backing-up" : status;
    }

    Optional<RestoreWindow> window(Instant now) {
        Duration behind = lag;
        return hasBackups() && behind != null
                ? Optional.of(RestoreWindow.builder()
                        .earliestTime(now.minus(Duration.ofDays(retentionDays)))
                        .latestTime(now.minus(behind))
                        .build())
                : Optional.empty();
    }

    DBInstance describe(Instant now) {
        DBInstance.Builder instance = DBInstance.builder()
                .dbInstanceIdentifier(id)
                .dbiResourceId(resourceId)
                .dbInstanceArn("arn:aws:rds:" + aws.region() + ":" + aws.account() + ":db:" + id)
                .dbInstanceStatus(statusAt(now))
                .dbInstanceClass("db.t4g.medium")
                .engine(engine)
                .engineVersion(version)
                .publiclyAccessible(publiclyAccessible)
                .storageEncrypted(encrypted)
                .multiAZ(multiAz)
                .deletionProtection(deletionProtection)
                .iamDatabaseAuthenticationEnabled(iam)
                .copyTagsToSnapshot(false)
                .backupRetentionPeriod(retentionDays)
                .preferredBackupWindow(backupWindow)
                .latestRestorableTime(window(now).map(RestoreWindow::latestTime).orElse(null))
                .dbClusterIdentifier(cluster)
                .dbSubnetGroup(group -> group.dbSubnetGroupName(subnetGroup).vpcId("vpc-1"))
                .dbParameterGroups(DBParameterGroupStatus.builder()
                        .dbParameterGroupName(parameterGroup)
                        .parameterApplyStatus("in-sync")
                        .build())
                .vpcSecurityGroups(securityGroups.stream()
                        .map(group -> VpcSecurityGroupMembership.builder()
                                .vpcSecurityGroupId(group)
                                .status("active")
                                .build())
                        .toList())
                .tagList(tags);
        if (!statusAt(now).equals("creating")) {
            instance.endpoint(endpoint -> endpoint.address(id + ".fake." + aws.region() + ".rds.amazonaws.com")
                    .port(port));
        }
        return withheld.from(instance).build();
    }

    boolean hasSnapshot(String name) {
        // the names of automated snapshots have a colon, which nobody else may give
        return snapshots.stream().anyMatch(snapshot -> snapshot.id.equalsIgnoreCase(name));
    }

    void begin(String name, Instant now) {
        snapshots.add(new Snapshot(
                name,
                "manual",
                resourceId,
                now,
                now.plus(snapshotsIn),
                failingSnapshots ? "failed" : "available",
                now,
                null));
    }

    List<DBSnapshot> describeSnapshots(List<String> types, Instant now) {
        List<DBSnapshot> described = new ArrayList<>();
        List<Snapshot> all = new ArrayList<>(snapshots);
        all.addAll(daily(now));
        for (Snapshot snapshot : all) {
            if (types.contains(snapshot.type) && !now.isBefore(snapshot.begunAt)) {
                described.add(DBSnapshot.builder()
                        .dbSnapshotIdentifier(snapshot.id)
                        .dbInstanceIdentifier(id)
                        .dbiResourceId(snapshot.resourceId)
                        .snapshotType(snapshot.type)
                        .engine(engine)
                        .engineVersion(version)
                        .encrypted(encrypted)
                        .status(snapshot.isBeingMade(now) ? "creating" : snapshot.end)
                        .percentProgress(percent(snapshot, now))
                        .snapshotCreateTime(snapshot.createTime)
                        .originalSnapshotCreateTime(
                                snapshot.originalTime == null ? snapshot.createTime : snapshot.originalTime)
                        .build());
            }
        }
        return described;
    }

    private static int percent(Snapshot snapshot, Instant now) {
        if (!snapshot.isBeingMade(now)) {
            return 100;
        } else if (snapshot.endsAt.equals(Instant.MAX)) {
            return 0;
        }
        long length = Duration.between(snapshot.begunAt, snapshot.endsAt).toMillis();
        return (int) (Duration.between(snapshot.begunAt, now).toMillis() * 100 / length);
    }

    /** Makes this, which is new, what a request wants; what it does not say is not taken from the source. */
    void restore(RestoreDbInstanceToPointInTimeRequest request, FakeRds source, Instant now) {
        origin = request;
        createdAt = now;
        readyAt = now.plus(source.restoresIn);
        status = source.failingRestores ? "incompatible-restore" : "available";
        engine = source.engine;
        version = source.version;
        port = request.port() == null ? source.port : request.port();
        encrypted = source.encrypted;
        retentionDays = source.retentionDays;
        backupWindow = source.backupWindow;
        publiclyAccessible = Boolean.TRUE.equals(request.publiclyAccessible());
        multiAz = Boolean.TRUE.equals(request.multiAZ());
        deletionProtection = Boolean.TRUE.equals(request.deletionProtection());
        iam = Boolean.TRUE.equals(request.enableIAMDatabaseAuthentication());
        if (!request.vpcSecurityGroupIds().isEmpty()) {
            securityGroups = List.copyOf(request.vpcSecurityGroupIds());
        }
        if (request.dbSubnetGroupName() != null) {
            subnetGroup = request.dbSubnetGroupName();
        }
        if (request.dbParameterGroupName() != null) {
            parameterGroup = request.dbParameterGroupName();
        }
        tags = List.copyOf(request.tags());
    }

    @Override
    public String toString() {
        return "RDS instance " + id;
    }
}
