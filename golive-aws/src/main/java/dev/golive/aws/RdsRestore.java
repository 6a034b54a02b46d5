package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.Expect;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.rds.RdsPort;
import dev.golive.aws.internal.rds.RdsPort.Instance;
import dev.golive.aws.internal.rds.RdsPort.Window;
import dev.golive.provider.ApiProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new instance out of what another was. The new one is known again by the id that only it has, or by a tag if the
 * answer was lost.
 */
final class RdsRestore extends AwsAction {

    private static final String RESOURCE_ID = "resource id";

    /** RDS is usually five minutes behind; if it is more than this, waiting is no help. */
    private static final Duration USUAL_LAG = Duration.ofMinutes(15);

    private final RdsInstance db;
    private final @Nullable Instant instant;
    private final String target;

    RdsRestore(RdsInstance db, @Nullable Instant instant, String target) {
        super(
                db.aws(),
                Service.RDS,
                Kind.DESTRUCTIVE,
                "restore " + db + " to " + (instant == null ? "the latest restorable time" : instant) + " as " + target,
                permissions(db, target));
        this.db = db;
        this.instant = instant;
        this.target = target;
    }

    private static Set<Permission> permissions(RdsInstance db, String target) {
        Aws aws = db.aws();
        Set<Permission> needed = new LinkedHashSet<>();
        needed.add(aws.permission("rds:DescribeDBInstances", db.arn(db.id())));
        needed.add(aws.permission("rds:DescribeDBInstances", db.arn(target)));
        needed.add(aws.permission("rds:DescribeDBInstanceAutomatedBackups", "*"));
        needed.add(aws.permission("rds:AddTagsToResource", db.arn(target)));
        needed.add(aws.permission("rds:RestoreDBInstanceToPointInTime", db.arn(db.id())));
        needed.add(aws.permission("rds:RestoreDBInstanceToPointInTime", db.arn(target)));
        for (String group : new String[] {"og:*", "pg:*", "subgrp:*"}) {
            needed.add(aws.permission("rds:RestoreDBInstanceToPointInTime", aws.arn("rds", group)));
        }
        return needed;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofHours(3)).observedEvery(Duration.ofSeconds(30));
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        RdsPort port = RdsPort.of(calls);
        Optional<Instance> there = port.instance(target);
        if (there.isPresent()) {
            return observed(there.get(), context);
        } else if (context.receipt().isPresent()) {
            return Observation.underWay("RDS instance " + target + " is not listed yet");
        }
        Optional<Instance> source = port.instance(db.id());
        return source.isEmpty() ? Observation.refused("there is no " + db) : ready(calls, port, source.get());
    }

    private Observation observed(Instance there, ActionContext context) {
        if (!isOurs(there, context)) {
            String found = "there is another RDS instance " + target;
            return context.receipt().isPresent() ? Observation.somewhereElse(found) : Observation.refused(found);
        }
        String found = "RDS instance " + target + " is " + there.status();
        if (there.status().equals("available")) {
            return Observation.atTarget(found + (there.endpoint().isEmpty() ? "" : " at " + there.endpoint()));
        } else if (RdsStatus.isStuck(there.status())) {
            return Observation.refused(found);
        }
        return Observation.underWay(found + (there.progress().isEmpty() ? "" : ", " + there.progress() + " % done"));
    }

    private static boolean isOurs(Instance there, ActionContext context) {
        Optional<Receipt> receipt = context.receipt();
        return receipt.isPresent()
                ? there.resourceId().equals(receipt.get().details().get(RESOURCE_ID))
                : there.isRestoredUnder(context.idempotencyKey());
    }

    private Observation ready(Calls calls, RdsPort port, Instance source) throws Exception {
        if (source.isOfCluster()) {
            return Observation.refused("the instance is one of a cluster, which is restored as a whole");
        } else if (source.retentionDays() == 0) {
            return Observation.refused("automated backups of the instance are switched off");
        }
        Optional<Window> window = port.window(source);
        if (window.isEmpty()) {
            return Observation.refused("the instance has no automated backups");
        }
        Instant latest = window.get().latest();
        if (latest == null) {
            latest = source.latestRestorable().orElse(null);
        }
        Instant earliest = window.get().earliest();
        if (latest == null || earliest == null) {
            throw ApiProblem.incomplete(Service.RDS.title(), "the bounds of the restore window");
        }
        String found = "what is kept is from " + earliest + " to " + latest;
        Instant wanted = instant;
        if (wanted == null) {
            return Observation.notAtTarget(found);
        }
        Instant now = calls.context().time().now();
        if (wanted.isBefore(earliest) || wanted.isAfter(now)) {
            return Observation.refused(wanted + " cannot be restored: " + found);
        } else if (wanted.isAfter(latest)) {
            Duration lag = Duration.between(latest, now);
            return lag.compareTo(USUAL_LAG) <= 0
                    ? Observation.underWay(wanted + " cannot be restored yet: " + found)
                    : Observation.refused(
                            wanted + " cannot be restored: " + found + ", which is " + Expect.text(lag) + " ago");
        }
        return Observation.notAtTarget(found);
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        RdsPort port = RdsPort.of(calls);
        Optional<Instance> there = port.instance(target);
        if (there.isEmpty()) {
            Instance source = port.instance(db.id()).orElseThrow(() -> new GoLiveException("there is no " + db));
            Observation ready = ready(calls, port, source);
            if (ready.state() != Observation.State.NOT_AT_TARGET) {
                throw new GoLiveException(ready.found());
            }
            Optional<Instance> made = port.restore(source, target, instant, context.idempotencyKey());
            if (made.isPresent()) {
                return receipt(made.get());
            }
            there = port.instance(target);
        }
        if (there.isPresent() && isOurs(there.get(), context)) {
            // a request that is repeated
            return receipt(there.get());
        }
        throw new GoLiveException("there is another RDS instance " + target);
    }

    private Receipt receipt(Instance made) {
        return new Receipt(target, Map.of(RESOURCE_ID, made.resourceId()));
    }
}
