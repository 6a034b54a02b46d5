package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.s3.Before;
import dev.golive.aws.internal.s3.S3Port;
import dev.golive.aws.internal.s3.S3Port.Head;
import dev.golive.aws.internal.s3.S3Port.Version;
import dev.golive.aws.internal.s3.Sending;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what was under a prefix of a bucket. Older versions are copied to the top and objects are deleted, so that
 * no version is lost and it can be taken back itself.
 */
final class BucketRestore extends AwsAction {

    /**
     * How many versions there may be under the prefix: as many as a sync begins with, those that it adds, and those of
     * taking it back.
     */
    static final int MOST = 5 * BucketSync.MOST_VERSIONS;

    private static final int WIDTH = 8;

    /** What must be done: nothing more once both are empty. */
    private record Way(List<Version> back, List<String> away, int objects) {

        boolean isEmpty() {
            return back.isEmpty() && away.isEmpty();
        }

        @Override
        public String toString() {
            return back.size() + " objects have another content or are missing, " + away.size() + " are new";
        }
    }

    /** Why it cannot be done. */
    private static final class RefusedException extends GoLiveException {
        private static final long serialVersionUID = 1L;

        RefusedException(String why) {
            super(why);
        }
    }

    private final Bucket bucket;
    private final String prefix;
    private final @Nullable Instant instant;

    BucketRestore(Bucket bucket, String prefix, @Nullable Instant instant) {
        super(
                bucket.place(),
                Service.S3,
                Kind.REVERSIBLE,
                "bring back what was in " + bucket + (prefix.isEmpty() ? "" : " under " + prefix)
                        + (instant == null ? " before the last sync" : " at " + instant),
                permissions(bucket, prefix));
        this.bucket = bucket;
        this.prefix = prefix;
        this.instant = instant;
    }

    private static Set<Permission> permissions(Bucket bucket, String prefix) {
        Place place = bucket.place();
        Set<Permission> needed = new LinkedHashSet<>();
        needed.add(place.permission("s3:ListBucketVersions", bucket.arn()));
        needed.add(place.permission("s3:GetBucketVersioning", bucket.arn()));
        for (String action : List.of(
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:GetObjectTagging",
                "s3:GetObjectVersionTagging",
                "s3:PutObject",
                "s3:PutObjectTagging",
                "s3:DeleteObject")) {
            needed.add(place.permission(action, bucket.arn() + "/" + prefix + "*"));
        }
        needed.addAll(bucket.keyPermissions());
        return needed;
    }

    /** What does not fit into the time of one attempt is left for the next. */
    @Override
    public Conduct conduct() {
        return BucketSync.CONDUCT;
    }

    @Override
    Observation seen(Calls calls, ActionContext context) throws Exception {
        S3Port port = bucket.port(calls);
        try {
            return port.present(() -> {
                        Way way = way(calls, port);
                        if (way.isEmpty() && instant == null) {
                            close(calls);
                        }
                        return way.isEmpty()
                                ? Observation.atTarget("all " + way.objects() + " objects are as they were")
                                : Observation.notAtTarget(way.toString());
                    })
                    .orElseGet(() -> Observation.refused("there is no " + bucket));
        } catch (RefusedException e) {
            return Observation.refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        S3Port port = bucket.port(calls);
        return port.present(() -> {
                    Way way = way(calls, port);
                    Sending sending =
                            new Sending(context, way.back().size() + way.away().size());
                    sending.each(way.back(), WIDTH, version -> {
                        port.restore(version.key(), version.id());
                        return version;
                    });
                    sending.each(way.away(), WIDTH, key -> {
                        port.delete(key);
                        return key;
                    });
                    return Receipt.of(
                            way.back().size() + " brought back, " + way.away().size() + " deleted");
                })
                .orElseThrow(() -> new GoLiveException("there is no " + bucket));
    }

    /** What was taken back is at its end: the next sync begins with what is there then. */
    private void close(Calls calls) {
        String name = Before.name(bucket.name(), prefix);
        calls.remembered(name, Before.class)
                .filter(Before::isOpen)
                .ifPresent(before -> calls.remember(name, before.open(false)));
    }

    private Way way(Calls calls, S3Port port) throws Exception {
        if (!port.versioning().equals(Optional.of("Enabled"))) {
            throw new RefusedException("the bucket keeps no versions");
        }
        List<Version> all = port.versions(prefix, MOST);
        if (all.size() > MOST) {
            throw new RefusedException("there are more than " + MOST + " versions under \"" + prefix + "\"");
        }
        Map<String, List<Version>> byKey = new TreeMap<>();
        for (Version version : all) {
            byKey.computeIfAbsent(version.key(), key -> new ArrayList<>()).add(version);
        }
        Map<String, Version> target;
        if (instant == null) {
            Map<String, String> former = former(calls);
            // what the sync did not change is not its business, whoever changed it since
            byKey.keySet().retainAll(former.keySet());
            target = before(former, byKey);
        } else {
            target = at(instant, byKey);
        }
        List<String> away = new ArrayList<>();
        List<Version> doubtful = new ArrayList<>();
        Map<String, Version> live = new TreeMap<>();
        byKey.forEach((key, versions) -> {
            Version wanted = target.get(key);
            Optional<Version> now = versions.stream()
                    .filter(version -> version.isLatest() && !version.isDeletion())
                    .findFirst();
            now.ifPresent(version -> live.put(key, version));
            if (wanted == null) {
                now.ifPresent(version -> away.add(key));
            } else if (now.isEmpty() || !isSame(now.get(), wanted)) {
                doubtful.add(wanted);
            }
        });
        List<Boolean> same = calls.each(doubtful, wanted -> isSameByDigest(port, wanted, live.get(wanted.key())));
        List<Version> back = new ArrayList<>();
        for (int i = 0; i < doubtful.size(); i++) {
            if (!same.get(i)) {
                back.add(doubtful.get(i));
            }
        }
        return new Way(back, away, target.size());
    }

    private static boolean isSame(Version one, Version other) {
        return one.id().equals(other.id())
                || one.size() == other.size() && one.etag().equals(other.etag());
    }

    /** A copy of some objects gets another entity tag; then what golive wrote into them decides. */
    private static boolean isSameByDigest(S3Port port, Version wanted, @Nullable Version now) {
        Head head = port.head(wanted.key(), wanted.id());
        boolean tagIsDigest = !wanted.etag().contains("-") && !head.encryption().startsWith("aws:kms");
        if (head.digest().isEmpty() && !tagIsDigest) {
            throw new RefusedException(wanted.key()
                    + " came in parts or is encrypted with a key of KMS, so that nobody could tell whether it is back");
        }
        return now != null
                && !head.digest().isEmpty()
                && now.size() == wanted.size()
                && port.head(now.key(), now.id()).digest().equals(head.digest());
    }

    private Map<String, String> former(Calls calls) {
        return calls.remembered(Before.name(bucket.name(), prefix), Before.class)
                .flatMap(Before::known)
                .orElseThrow(() -> new RefusedException(
                        "nobody remembers what was there before; bucket.restoreTo(..) brings back an instant, which the"
                                + " receipt of the sync names"));
    }

    private static Map<String, Version> before(Map<String, String> former, Map<String, List<Version>> byKey) {
        Map<String, Version> target = new TreeMap<>();
        former.forEach((key, id) -> {
            if (!id.equals(Before.ABSENT)) {
                target.put(
                        key,
                        byKey.getOrDefault(key, List.of()).stream()
                                .filter(version -> version.id().equals(id) && !version.isDeletion())
                                .findFirst()
                                .orElseThrow(
                                        () -> new RefusedException("the version " + id + " of " + key + " is gone")));
            }
        });
        return target;
    }

    private static Map<String, Version> at(Instant instant, Map<String, List<Version>> byKey) {
        Map<String, Version> target = new TreeMap<>();
        byKey.forEach((key, versions) -> {
            // the order among versions is that of S3; between versions and deletions there are only their seconds
            List<Version> then = versions.stream()
                    .filter(version -> !version.modifiedAt().isAfter(instant))
                    .sorted(Comparator.comparing(Version::modifiedAt)
                            .reversed()
                            .thenComparing(version -> !version.isLatest()))
                    .toList();
            if (then.isEmpty()) {
                return;
            }
            Version newest = then.get(0);
            if (!newest.isLatest()
                    && then.stream()
                            .anyMatch(other -> other.isDeletion() != newest.isDeletion()
                                    && other.modifiedAt().equals(newest.modifiedAt()))) {
                throw ApiProblem.undecided(
                        key + " was put there and deleted within the second of " + newest.modifiedAt());
            }
            if (!newest.isDeletion()) {
                target.put(key, newest);
            }
        });
        return target;
    }
}
