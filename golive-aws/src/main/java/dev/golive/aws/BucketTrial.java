package dev.golive.aws;

import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Trial;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.s3.S3Port;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Judge;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Whether an object that is put into a bucket is there, and can be deleted again. */
final class BucketTrial implements Trial {

    private final Bucket bucket;
    private final String key;

    BucketTrial(Bucket bucket, String key) {
        this.bucket = bucket;
        this.key = key;
    }

    @Override
    public String sentence() {
        return bucket + " gives back what is put under " + key + ", and deletes it";
    }

    @Override
    public String writes() {
        return "the object " + key + " of " + bucket;
    }

    @Override
    public String cost() {
        return "six requests to the store";
    }

    @Override
    public Outcome perform(CheckContext context) throws Exception {
        // unlike what an earlier run may have left there
        byte[] content = ("golive trial of " + context.time().now() + " "
                        + Long.toHexString(context.random().nextLong()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        try {
            return bucket.place().ask(Service.S3, context, calls -> {
                S3Port port = bucket.port(calls);
                return port.present(() -> written(port, content)).orElseGet(bucket::missing);
            });
        } catch (ApiProblem e) {
            return Outcome.unknown(e.why()).with(e.facts());
        }
    }

    private Outcome written(S3Port port, byte[] content) throws Exception {
        Fact object = Fact.of("object", key);
        // a bucket that is not there, or in another region, is told by those who read
        port.touch();
        port.put(key, content, "text/plain; charset=utf-8");
        Optional<byte[]> found = port.get(key);
        if (found.isEmpty()) {
            return Outcome.failed("the object that was put there is not there", object);
        } else if (!Arrays.equals(content, found.get())) {
            return Outcome.failed("the object has another content than what was put there", object);
        }
        port.delete(key);
        return Judge.holds(
                port.get(key).isEmpty(),
                "the object is still there after it was deleted",
                object,
                Fact.of("size", content.length + " B"));
    }

    @Override
    public void cleanUp(CheckContext context) throws Exception {
        bucket.place().ask(Service.S3, context, calls -> {
            S3Port port = bucket.port(calls);
            return port.present(() -> {
                port.delete(key);
                return key;
            });
        });
    }

    @Override
    public Set<Secret> secrets() {
        return bucket.place().secrets();
    }

    @Override
    public Set<Subject> touches() {
        return bucket.place().touches();
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> needed = new LinkedHashSet<>();
        for (String action : new String[] {"s3:PutObject", "s3:GetObject", "s3:DeleteObject"}) {
            needed.add(bucket.place().permission(action, bucket.arn() + "/" + key));
        }
        // without it a missing object is not told from a forbidden one
        needed.add(bucket.place().permission("s3:ListBucket", bucket.arn()));
        needed.addAll(bucket.keyPermissions());
        return needed;
    }

    @Override
    public String toString() {
        return sentence();
    }
}
