package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.rds.RdsPort;
import dev.golive.aws.internal.rds.RdsPort.Instance;
import dev.golive.aws.internal.rds.RdsPort.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a manual snapshot. The end of its name is derived from the idempotency key, so that one of which the answer was
 * lost is found by looking.
 */
final class RdsSnapshot extends AwsAction {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String MANUAL = "manual";

    /** In these a snapshot can be made. */
    private static final Set<String> READY = Set.of("available", "storage-optimization");

    private final RdsInstance db;
    private final String prefix;

    RdsSnapshot(RdsInstance db, String prefix) {
        super(
                db.aws(),
                Service.RDS,
                Kind.REVERSIBLE,
                "make snapshot " + prefix + " of " + db,
                Set.of(
                        permission(db, "rds:DescribeDBInstances", db.arn(db.id())),
                        permission(db, "rds:DescribeDBSnapshots", db.arn(db.id())),
                        permission(db, "rds:DescribeDBSnapshots", db.snapshots()),
                        permission(db, "rds:CreateDBSnapshot", db.arn(db.id())),
                        permission(db, "rds:CreateDBSnapshot", db.aws().arn("rds", "snapshot:" + prefix + "-*"))));
        this.db = db;
        this.prefix = prefix;
    }

    private static Permission permission(RdsInstance db, String action, String resource) {
        return db.aws().permission(action, resource);
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofHours(1)).observedEvery(Duration.ofSeconds(15));
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        RdsPort port = RdsPort.of(calls);
        List<Snapshot> all = port.snapshots(db.id(), MANUAL);
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isPresent()) {
            String name = receipt.get().id();
            Optional<Snapshot> made =
                    all.stream().filter(snapshot -> snapshot.id().equals(name)).findFirst();
            boolean earlier = !isOwn(name, context);
            // what failed before a person wanted it tried again counts no more
            if (made.isPresent() && !(earlier && made.get().hasFailed())) {
                return observed(made.get());
            } else if (!earlier) {
                return Observation.underWay("snapshot " + name + " is not listed yet");
            }
        }
        for (Snapshot snapshot : all) {
            if (isOwn(snapshot.id(), context) && !snapshot.hasFailed()) {
                return observed(snapshot);
            }
        }
        Optional<Instance> instance = port.instance(db.id());
        return instance.isEmpty() ? Observation.refused("there is no " + db) : ready(instance.get());
    }

    private static Observation observed(Snapshot snapshot) {
        if (snapshot.isAvailable()) {
            return Observation.atTarget(snapshot.toString());
        }
        return snapshot.hasFailed()
                ? Observation.refused(snapshot.toString())
                : Observation.underWay(snapshot.toString());
    }

    private static Observation ready(Instance instance) {
        String found = "the instance is " + instance.status();
        if (instance.isOfCluster()) {
            return Observation.refused("the instance is one of a cluster, of which snapshots are made as a whole");
        } else if (READY.contains(instance.status())) {
            return Observation.notAtTarget(found + ", and the snapshot is not there");
        }
        return RdsStatus.isStuck(instance.status())
                ? Observation.refused(found)
                : Observation.underWay(found + ", which has to end first");
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        RdsPort port = RdsPort.of(calls);
        for (Snapshot snapshot : port.snapshots(db.id(), MANUAL)) {
            if (isOwn(snapshot.id(), context) && !snapshot.hasFailed()) {
                // a request that is repeated
                return Receipt.of(snapshot.id());
            }
        }
        Instance instance = port.instance(db.id()).orElseThrow(() -> new GoLiveException("there is no " + db));
        Observation ready = ready(instance);
        if (ready.state() != Observation.State.NOT_AT_TARGET) {
            throw new GoLiveException(ready.found());
        }
        String name = prefix + "-" + STAMP.format(calls.context().time().now()) + "-" + mark(context.idempotencyKey());
        port.snapshot(db.id(), name);
        return Receipt.of(name);
    }

    /** Whether a name was made under this key, by whichever attempt. */
    private boolean isOwn(String name, ActionContext context) {
        return name.startsWith(prefix + "-") && name.endsWith("-" + mark(context.idempotencyKey()));
    }

    private String mark(String idempotencyKey) {
        try {
            String all = db.id().toLowerCase(Locale.ROOT) + " " + prefix + " " + idempotencyKey;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime lacks SHA-256", e);
        }
    }
}
