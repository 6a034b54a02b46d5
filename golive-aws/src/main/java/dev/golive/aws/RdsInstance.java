package dev.golive.aws;

import dev.golive.Action;
import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ec2.Ec2Port;
import dev.golive.aws.internal.ec2.Ingress;
import dev.golive.aws.internal.rds.RdsPort;
import dev.golive.aws.internal.rds.RdsPort.Instance;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database instance of RDS: its state, who reaches it, its backups, and what can be done about them.
 *
 * <pre>{@code
 * RdsInstance db = aws.rds("shop-db");
 *
 * db.isAvailable();
 * db.isClosedToTheWorld();
 * db.latestAutomatedSnapshot().isRecent();
 * db.snapshot("pre-launch");
 * db.restoreTo(Instant.parse("2027-03-02T08:00:00Z"), "shop-db-restored");
 * }</pre>
 *
 * <ul>
 *   <li>Snapshots count only if they are of this very instance, not of an earlier one of the same id.
 *   <li>An instance of Aurora, or of another cluster, is backed up with its cluster: checks of its backups are unknown,
 *       and its actions are refused.
 * </ul>
 *
 * <p>{@link #isClosedToTheWorld()} asks EC2, for which {@code software.amazon.awssdk:ec2} must be on the class path too.
 * Immutable and thread-safe.
 */
public final class RdsInstance {

    private static final Pattern WINDOW =
            Pattern.compile("((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])");
    private static final Pattern PREFIX = Pattern.compile("[a-z](-?[a-z0-9])*");
    private static final Pattern ID = Pattern.compile("[a-zA-Z](-?[a-zA-Z0-9])*");
    private static final int LONGEST_PREFIX = 200;
    private static final int LONGEST_ID = 63;

    /** What is asked of an instance that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Instance instance) throws Exception;
    }

    private final Aws aws;
    private final String id;

    RdsInstance(Aws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    // ---- checks

    /**
     * Whether it is available. Everything else is not, also {@code backing-up} or {@code modifying}, in which it may well
     * answer.
     *
     * @return the check
     */
    public Check isAvailable() {
        return check(this + " is available", (calls, found) -> Judge.is("status", "available", found.status()));
    }

    /**
     * What its engine is.
     *
     * @param expected what it should be, for example {@code is("postgres")}
     * @return the check
     */
    public Check engine(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return check(
                        "the engine of " + this + " is " + expected.sentence(),
                        (calls, found) -> Judge.value("engine", expected, found.engine(), calls.context()))
                .reading(expected);
    }

    /**
     * Which version its engine has.
     *
     * @param expected what it should be, for example {@code startingWith("15.")}
     * @return the check
     */
    public Check version(Expectation<String> expected) {
        Given.notNull(expected, "expected");
        return check(
                        "the version of " + this + " is " + expected.sentence(),
                        (calls, found) -> Judge.value("version", expected, found.version(), calls.context()))
                .reading(expected);
    }

    /**
     * Whether it has no public address. Who reaches it within the network is said by {@link #isClosedToTheWorld()}.
     *
     * @return the check
     */
    public Check isNotPubliclyAccessible() {
        return flag(" is not publicly accessible", "publicly accessible", false, Instance::isPubliclyAccessible);
    }

    /**
     * Whether its storage is encrypted.
     *
     * @return the check
     */
    public Check isEncrypted() {
        return flag(" is encrypted", "encrypted", true, Instance::isEncrypted);
    }

    /**
     * Whether it has a standby in another availability zone.
     *
     * @return the check
     */
    public Check isMultiAz() {
        return flag(" is in several availability zones", "Multi-AZ", true, Instance::isMultiAz);
    }

    /**
     * Whether it is protected from being deleted.
     *
     * @return the check
     */
    public Check isDeletionProtected() {
        return flag(" is protected from deletion", "deletion protection", true, Instance::isDeletionProtected);
    }

    private Check flag(String predicate, String name, boolean expected, Predicate<Instance> flag) {
        return check(this + predicate, (calls, found) -> {
            boolean value = flag.test(found);
            return Judge.holds(value == expected, name + " is " + value, Fact.of(name, expected, value));
        });
    }

    /**
     * How long its automated backups are kept, in days. Zero means that none are made.
     *
     * @param expected what it should be, for example {@code atLeast(7)}
     * @return the check
     */
    public Check backupRetentionDays(Expectation<Integer> expected) {
        Given.notNull(expected, "expected");
        return check(
                        "the backup retention of " + this + " in days is " + expected.sentence(),
                        (calls, found) ->
                                Judge.value("backup retention", expected, found.retentionDays(), calls.context()))
                .reading(expected);
    }

    /**
     * Whether no security group of it opens the port of the database to the world. What that means is said at {@link
     * SecurityGroup}; all of its groups count together, whether a group is just being added or removed.
     *
     * @return the check
     */
    public Check isClosedToTheWorld() {
        return SecurityGroup.looking(check("the port of " + this + " is closed to the world", (calls, found) -> {
            List<String> groups = found.securityGroups();
            int port = found.port();
            return calls.to(Service.EC2, calls.region(), ec2 -> {
                Optional<Ingress> ingress = Ec2Port.of(ec2).ingress(groups, port);
                if (ingress.isEmpty()) {
                    throw ApiProblem.undecided("EC2 does not know one of the security groups of the instance: "
                            + String.join(", ", groups));
                }
                return ingress.get()
                        .closedToTheWorld()
                        .with(Fact.of("port", port), Fact.of("security groups", String.join(", ", groups)));
            });
        }));
    }

    /**
     * The newest snapshot that was made of it automatically, by RDS or by AWS Backup, and is available.
     *
     * @return the snapshot
     */
    public Snapshot latestAutomatedSnapshot() {
        return new Snapshot(this);
    }

    /**
     * The last instant that it can be brought back to, usually some minutes ago.
     *
     * @return the instant
     */
    public RestorableTime latestRestorableTime() {
        return new RestorableTime(this);
    }

    // ---- actions

    /**
     * Makes a manual snapshot and waits until it is available. Its name is the prefix, the time in UTC, and what tells
     * one request from another: {@code pre-launch-20270302-090000-1f3a5c7e}. A request that is repeated makes no second
     * one. It is kept until somebody deletes it.
     *
     * @param prefix what its name begins with: small letters, digits and single hyphens, beginning with a letter, 200 at
     *     most
     * @return the action
     * @throws IllegalArgumentException if the prefix has another form
     */
    public Action snapshot(String prefix) {
        Given.form(prefix, "prefix", PREFIX, "small letters, digits and single hyphens, beginning with a letter,");
        Given.between(prefix.length(), 1, LONGEST_PREFIX, "the length of prefix");
        return new RdsSnapshot(this, prefix);
    }

    /**
     * Makes a <em>new</em> instance out of what this one was at an instant, and waits until it is available. This one
     * stays as it is, and whoever uses it has still to be pointed at the new one; what was written since the instant is
     * lost then, so that the action needs an approval of its own.
     *
     * <ul>
     *   <li>Security groups, subnet group, parameter group, public access, Multi-AZ, deletion protection and the sign-in
     *       by IAM are those of this instance; everything else is as RDS restores it.
     *   <li>An instant in the future, or before what is kept, is refused. One that RDS has not reached yet, which is
     *       some minutes behind, is waited for.
     *   <li>The new instance carries the tag {@code golive-idempotency-key}, by which it is known again. Another instance
     *       of that id is never touched.
     * </ul>
     *
     * @param instant the instant, in whole seconds
     * @param newInstanceId the id of the new instance
     * @return the action
     * @throws IllegalArgumentException if the instant has parts of a second, or there can be no such id, or it is that of
     *     this instance
     */
    public Action restoreTo(Instant instant, String newInstanceId) {
        if (!Given.notNull(instant, "instant").equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("instant must be in whole seconds but was " + instant);
        }
        return new RdsRestore(this, instant, newId(newInstanceId));
    }

    /**
     * Makes a <em>new</em> instance out of what this one was last, as {@link #restoreTo} does.
     *
     * @param newInstanceId the id of the new instance
     * @return the action
     * @throws IllegalArgumentException if there can be no such id, or it is that of this instance
     */
    public Action restoreToLatest(String newInstanceId) {
        return new RdsRestore(this, null, newId(newInstanceId));
    }

    private String newId(String newInstanceId) {
        Given.form(newInstanceId, "newInstanceId", ID, "letters, digits and single hyphens, beginning with a letter,");
        Given.between(newInstanceId.length(), 1, LONGEST_ID, "the length of newInstanceId");
        if (newInstanceId.equalsIgnoreCase(id)) {
            throw new IllegalArgumentException(
                    "newInstanceId must be another than that of the instance but was " + newInstanceId);
        }
        return newInstanceId.toLowerCase(Locale.ROOT);
    }

    // ---- for its parts

    Aws aws() {
        return aws;
    }

    String id() {
        return id;
    }

    /** The ARN of an instance. */
    String arn(String instanceId) {
        return aws.arn("rds", "db:" + instanceId);
    }

    /** The ARNs that the snapshots of an instance may have. */
    String snapshots() {
        return aws.arn("rds", "snapshot:*");
    }

    private AwsCheck check(String sentence, Question question) {
        return AwsCheck.of(aws, Service.RDS, sentence, calls -> {
                    Optional<Instance> found = RdsPort.of(calls).instance(id);
                    return found.isEmpty() ? Outcome.failed("there is no " + this) : question.of(calls, found.get());
                })
                .needing("rds:DescribeDBInstances", arn(id));
    }

    private static void requireOwnBackups(Instance instance) {
        if (instance.isOfCluster()) {
            throw ApiProblem.undecided("the instance is one of a cluster, which is backed up as a whole");
        }
    }

    /**
     * What it is.
     *
     * @return for example {@code RDS instance shop-db in eu-north-1}
     */
    @Override
    public String toString() {
        return "RDS instance " + id + " in " + aws.region();
    }

    /**
     * The newest snapshot of an instance that was made automatically.
     *
     * <p>It counts from when its data are: a copy is as old as what it was copied from. One that is still being made, that
     * failed, or of which no time is told, does not count. Immutable and thread-safe.
     */
    public static final class Snapshot {

        private static final Duration DAY = Duration.ofHours(24);

        private final RdsInstance of;

        private Snapshot(RdsInstance of) {
            this.of = of;
        }

        /**
         * Whether it is younger than some time. A daily snapshot is older than 24 hours for a while every day, since it is
         * not begun at the same minute and needs time: {@link #isRecent()} allows for that.
         *
         * @param limit how old it is too old
         * @return the check
         * @throws IllegalArgumentException if it is not longer than zero
         */
        public Check isYoungerThan(Duration limit) {
            Given.positive(limit, "limit");
            return check(this + " is younger than " + Expect.text(limit), found -> limit);
        }

        /**
         * Whether it is no older than a daily snapshot may be: 24 hours and the length of the instance's backup window,
         * within which it is begun.
         *
         * @return the check
         */
        public Check isRecent() {
            return check(this + " is recent", found -> DAY.plus(length(found.backupWindow())));
        }

        private Check check(String sentence, Function<Instance, Duration> limit) {
            return of.check(sentence, (calls, found) -> {
                        requireOwnBackups(found);
                        return judge(calls, found, limit.apply(found));
                    })
                    .needing("rds:DescribeDBSnapshots", of.arn(of.id))
                    .needing("rds:DescribeDBSnapshots", of.snapshots());
        }

        private static Outcome judge(Calls calls, Instance found, Duration limit) throws Exception {
            RdsPort port = RdsPort.of(calls);
            List<RdsPort.Snapshot> all = new ArrayList<>(port.snapshots(found.id(), "automated"));
            all.addAll(port.snapshots(found.id(), "awsbackup"));
            List<Fact> others = new ArrayList<>();
            List<RdsPort.Snapshot> proven = new ArrayList<>();
            for (RdsPort.Snapshot snapshot : all) {
                if (!snapshot.resourceId().equals(found.resourceId())) {
                    others.add(
                            Fact.of("does not count", snapshot.id() + ", which is not known to be of this instance"));
                } else if (!snapshot.isAvailable()) {
                    others.add(Fact.of("does not count", snapshot));
                } else if (snapshot.takenAt() == null) {
                    others.add(Fact.of("does not count", snapshot.id() + ", of which no time is told"));
                } else {
                    proven.add(snapshot);
                }
            }
            Optional<RdsPort.Snapshot> newest =
                    proven.stream().max(Comparator.comparing(snapshot -> taken(calls, snapshot)));
            List<Fact> few = others.subList(0, Math.min(5, others.size()));
            if (newest.isEmpty()) {
                return Outcome.failed(
                                others.isEmpty()
                                        ? "there is no automated snapshot"
                                        : "there is no automated snapshot that counts")
                        .with(few);
            }
            Instant taken = taken(calls, newest.get());
            List<Fact> facts = new ArrayList<>();
            facts.add(Fact.of("snapshot", newest.get().id()));
            facts.add(Fact.of("type", newest.get().type()));
            facts.add(Fact.of("taken", taken));
            facts.addAll(few);
            return Judge.younger("the newest one", taken, limit, calls.context())
                    .with(facts);
        }

        private static Instant taken(Calls calls, RdsPort.Snapshot snapshot) {
            return calls.said(snapshot.takenAt(), "the time of a snapshot");
        }

        private static Duration length(String window) {
            Matcher times = WINDOW.matcher(window);
            if (!times.matches()) {
                throw ApiProblem.undecided("the backup window cannot be read: " + window);
            }
            Duration length = Duration.between(LocalTime.parse(times.group(1)), LocalTime.parse(times.group(2)));
            return length.isNegative() ? length.plus(DAY) : length;
        }

        /**
         * What it is.
         *
         * @return for example {@code the latest automated snapshot of RDS instance shop-db in eu-north-1}
         */
        @Override
        public String toString() {
            return "the latest automated snapshot of " + of;
        }
    }

    /** The last instant that an instance can be brought back to. Immutable and thread-safe. */
    public static final class RestorableTime {

        private final RdsInstance of;

        private RestorableTime(RdsInstance of) {
            this.of = of;
        }

        /**
         * Whether it is less than some time ago.
         *
         * @param limit how long ago is too long
         * @return the check
         * @throws IllegalArgumentException if it is not longer than zero
         */
        public Check isYoungerThan(Duration limit) {
            Given.positive(limit, "limit");
            return of.check(this + " is younger than " + Expect.text(limit), (calls, found) -> {
                requireOwnBackups(found);
                Fact retention = Fact.of("backup retention", "more than 0", found.retentionDays());
                if (found.retentionDays() == 0) {
                    return Outcome.failed("automated backups are switched off", retention);
                }
                Instant latest =
                        calls.said(found.latestRestorable().orElse(null), "the last instant that can be brought back");
                return Judge.younger("the last instant that it can be brought back to", latest, limit, calls.context())
                        .with(Fact.of("restorable to", latest));
            });
        }

        /**
         * What it is.
         *
         * @return for example {@code the latest restorable time of RDS instance shop-db in eu-north-1}
         */
        @Override
        public String toString() {
            return "the latest restorable time of " + of;
        }
    }
}
