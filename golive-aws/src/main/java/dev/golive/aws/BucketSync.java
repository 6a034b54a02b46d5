package dev.golive.aws;

import dev.golive.ActionContext;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Given;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.s3.Before;
import dev.golive.aws.internal.s3.Folder;
import dev.golive.aws.internal.s3.S3Port;
import dev.golive.aws.internal.s3.S3Port.Stored;
import dev.golive.aws.internal.s3.S3Port.Version;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of a folder into a bucket. It is at its target when every file is there with its content.
 *
 * <ul>
 *   <li>Only what is not there yet, or has another content, is put there; pages of HTML come last, so that they never name
 *       what is not there.
 *   <li>Contents are compared by size and MD5 digest. A file that differs in media type or cache control alone is not put
 *       there again.
 *   <li>Nothing is deleted, unless {@link #deletingOthers()} is asked for.
 *   <li>What it replaces or deletes must remain as a version; in a bucket without versions it is refused, unless {@link
 *       #withoutVersions()} accepts the loss.
 *   <li>The receipt names the versions that were replaced or deleted, up to {@value #MOST_NOTED} of them, and the instant
 *       before which everything was as it was.
 *   <li>A folder with more than {@value Folder#MOST} files is refused, and one with none.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class BucketSync extends AwsAction {

    static final int MOST_NOTED = 500;

    /** What must be done. */
    private record Difference(List<Folder.Entry> absent, List<Folder.Entry> differing, List<String> others) {

        boolean isEmpty() {
            return absent.isEmpty() && differing.isEmpty() && others.isEmpty();
        }

        boolean losesVersions() {
            return !differing.isEmpty() || !others.isEmpty();
        }

        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            count(words, absent.size(), "not there");
            count(words, differing.size(), "different");
            count(words, others.size(), "to be deleted");
            return String.join(", ", words);
        }

        private static void count(List<String> words, int number, String what) {
            if (number > 0) {
                words.add(number + " " + what);
            }
        }
    }

    private final Bucket bucket;
    private final Path folder;
    private final String prefix;
    private final Map<String, String> cacheControl;
    private final boolean deleting;
    private final boolean withoutVersions;

    private BucketSync(
            Bucket bucket,
            Path folder,
            String prefix,
            Map<String, String> cacheControl,
            boolean deleting,
            boolean withoutVersions) {
        super(
                bucket.place(),
                Service.S3,
                withoutVersions ? Kind.DESTRUCTIVE : Kind.REVERSIBLE,
                "put " + folder + " into " + bucket + (prefix.isEmpty() ? "" : " under " + prefix)
                        + (deleting ? " and delete everything else" + (prefix.isEmpty() ? "" : " there") : ""),
                permissions(bucket, prefix, deleting));
        this.bucket = bucket;
        this.folder = folder;
        this.prefix = prefix;
        this.cacheControl = cacheControl;
        this.deleting = deleting;
        this.withoutVersions = withoutVersions;
    }

    static BucketSync of(Bucket bucket, Path folder, String prefix) {
        return new BucketSync(bucket, folder, prefix, Map.of(), false, false);
    }

    private static Set<Permission> permissions(Bucket bucket, String prefix, boolean deleting) {
        Place place = bucket.place();
        Set<Permission> needed = new LinkedHashSet<>();
        for (String action : List.of("s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketVersioning")) {
            needed.add(place.permission(action, bucket.arn()));
        }
        needed.add(place.permission("s3:GetObject", bucket.arn() + "/" + prefix + "*"));
        needed.add(place.permission("s3:PutObject", bucket.arn() + "/" + prefix + "*"));
        if (deleting) {
            needed.add(place.permission("s3:DeleteObject", bucket.arn() + "/" + prefix + "*"));
        }
        return needed;
    }

    /**
     * The same with what browsers and caches are told about some files. The last pattern that fits a file counts.
     *
     * @param glob which files: a pattern for their paths in the folder, as in {@code *.html} for those at the top and
     *     {@code **.html} for all
     * @param value the value of the header field {@code Cache-Control}
     * @return the new action
     * @throws IllegalArgumentException if the pattern cannot be read
     */
    public BucketSync cacheControl(String glob, String value) {
        FileSystems.getDefault().getPathMatcher("glob:" + Given.text(glob, "glob"));
        Map<String, String> more = new LinkedHashMap<>(cacheControl);
        more.remove(glob);
        more.put(glob, Given.text(value, "value"));
        return new BucketSync(bucket, folder, prefix, more, deleting, withoutVersions);
    }

    /**
     * The same, which also deletes every object under the prefix that is not in the folder.
     *
     * @return the new action
     */
    public BucketSync deletingOthers() {
        return new BucketSync(bucket, folder, prefix, cacheControl, true, withoutVersions);
    }

    /**
     * The same, also where versions are not kept, or where the store knows none: what is replaced or deleted is lost, so
     * that it counts as destructive.
     *
     * @return the new action
     */
    public BucketSync withoutVersions() {
        return new BucketSync(bucket, folder, prefix, cacheControl, deleting, true);
    }

    @Override
    Observation look(Calls calls, ActionContext context) throws Exception {
        S3Port port = bucket.port(calls);
        List<Folder.Entry> files;
        try {
            files = Folder.entries(folder);
        } catch (IOException e) {
            return Observation.refused(String.valueOf(e.getMessage()));
        }
        return port.present(() -> looked(calls, context, port, files))
                .orElseGet(() -> Observation.refused("there is no " + bucket));
    }

    private Observation looked(Calls calls, ActionContext context, S3Port port, List<Folder.Entry> files)
            throws Exception {
        Difference difference = difference(calls, port, files);
        if (difference.isEmpty()) {
            if (context.receipt().isEmpty()) {
                forget(calls, context);
            }
            return Observation.atTarget("all " + files.size() + " files are there");
        }
        Optional<String> refusal = refusal(port, difference);
        return refusal.isPresent()
                ? Observation.refused(refusal.get())
                : Observation.notAtTarget("of " + files.size() + " files: " + difference);
    }

    private Difference difference(Calls calls, S3Port port, List<Folder.Entry> files) throws Exception {
        Map<String, Stored> there = new TreeMap<>();
        port.objects(prefix).forEach(object -> there.put(object.key(), object));
        List<Folder.Entry> absent = new ArrayList<>();
        List<Folder.Entry> doubtful = new ArrayList<>();
        List<Folder.Entry> differing = new ArrayList<>();
        for (Folder.Entry file : files) {
            Stored object = there.remove(prefix + file.name());
            if (object == null) {
                absent.add(file);
            } else if (object.size() != file.size()) {
                differing.add(file);
            } else if (!object.etag().equalsIgnoreCase(file.digest())) {
                doubtful.add(file);
            }
        }
        // an object that a key of KMS encrypts, or that came in parts, has another entity tag
        List<Boolean> same = calls.each(
                doubtful, file -> port.head(prefix + file.name(), null).digest().equals(file.digest()));
        for (int i = 0; i < doubtful.size(); i++) {
            if (!same.get(i)) {
                differing.add(doubtful.get(i));
            }
        }
        return new Difference(absent, differing, deleting ? List.copyOf(there.keySet()) : List.of());
    }

    private Optional<String> refusal(S3Port port, Difference difference) {
        return !withoutVersions
                        && difference.losesVersions()
                        && !port.versioning().equals(Optional.of("Enabled"))
                ? Optional.of("the bucket keeps no versions, so that what is replaced or deleted would be lost")
                : Optional.empty();
    }

    @Override
    Receipt send(Calls calls, ActionContext context) throws Exception {
        S3Port port = bucket.port(calls);
        List<Folder.Entry> files = Folder.entries(folder);
        return port.present(() -> sent(calls, context, port, files))
                .orElseThrow(() -> new GoLiveException("there is no " + bucket));
    }

    private Receipt sent(Calls calls, ActionContext context, S3Port port, List<Folder.Entry> files) throws Exception {
        Difference difference = difference(calls, port, files);
        Optional<String> refusal = refusal(port, difference);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get());
        }
        Map<String, String> details = new TreeMap<>();
        if (!difference.isEmpty()) {
            details.putAll(noted(calls, context, port, difference));
        }
        List<Folder.Entry> wanted = new ArrayList<>(difference.absent());
        wanted.addAll(difference.differing());
        for (boolean pages : new boolean[] {false, true}) {
            calls.each(wanted.stream().filter(file -> file.isPage() == pages).toList(), file -> {
                String key = prefix + file.name();
                port.put(key, file.content(), file.digest(), file.contentType(), cacheControl(file));
                return key;
            });
        }
        calls.each(difference.others(), key -> {
            port.delete(key);
            return key;
        });
        return new Receipt(wanted.size() + " put, " + difference.others().size() + " deleted", details);
    }

    /** Remembers what is there before it is changed; an attempt after the first does not. */
    private Map<String, String> noted(Calls calls, ActionContext context, S3Port port, Difference difference) {
        Map<String, String> details = new TreeMap<>();
        String name = Before.name(bucket.name(), prefix);
        boolean again = calls.remembered(name, Before.class)
                .filter(before -> before.changedBy().equals(context.idempotencyKey()))
                .isPresent();
        if (again || context.receipt().isPresent()) {
            return details;
        }
        List<Version> versions = withoutVersions ? List.of() : port.versions(prefix, BucketRestore.MOST);
        if (withoutVersions || versions.size() > BucketRestore.MOST) {
            calls.remember(name, new Before(context.idempotencyKey(), null));
            return details;
        }
        Before before = Before.of(context.idempotencyKey(), versions);
        calls.remember(name, before);
        Set<String> changed = new LinkedHashSet<>(difference.others());
        difference.differing().forEach(file -> changed.add(prefix + file.name()));
        before.known().orElseThrow().forEach((key, version) -> {
            if (changed.contains(key) && details.size() < MOST_NOTED) {
                details.put("version of " + key, version);
            }
        });
        Instant newest = null;
        for (Version version : versions) {
            if (newest == null || version.modifiedAt().isAfter(newest)) {
                newest = version.modifiedAt();
            }
        }
        details.put("restore to", newest == null ? "nothing was there" : newest.toString());
        return details;
    }

    /** What an earlier launch replaced is not what this one did. */
    private void forget(Calls calls, ActionContext context) {
        String name = Before.name(bucket.name(), prefix);
        if (calls.remembered(name, Before.class)
                .filter(before -> !before.changedBy().equals(context.idempotencyKey()))
                .isPresent()) {
            calls.remember(name, new Before(context.idempotencyKey(), null));
        }
    }

    private @Nullable String cacheControl(Folder.Entry file) {
        String found = null;
        for (Map.Entry<String, String> one : cacheControl.entrySet()) {
            if (FileSystems.getDefault().getPathMatcher("glob:" + one.getKey()).matches(Path.of(file.name()))) {
                found = one.getValue();
            }
        }
        return found;
    }
}
