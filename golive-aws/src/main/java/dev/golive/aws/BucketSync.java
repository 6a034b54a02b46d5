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
import dev.golive.aws.internal.s3.Folder;
import dev.golive.aws.internal.s3.S3Port;
import dev.golive.aws.internal.s3.S3Port.Stored;
import dev.golive.aws.internal.s3.S3Port.Version;
import dev.golive.aws.internal.s3.Sending;
import dev.golive.provider.Given;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 *   <li>Each attempt sends what it has time for, and the next one goes on; what the first one noted counts for all. After a
 *       crash nobody knows what was there before.
 *   <li>Where more than {@value #MOST_VERSIONS} versions are under the prefix it is refused, since it could not be taken
 *       back; again, {@link #withoutVersions()} accepts that.
 *   <li>A folder with more than {@value Folder#MOST} files is refused, and one with none.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class BucketSync extends AwsAction {

    static final int MOST_NOTED = 500;

    /** How many versions there may be under the prefix before it, if it is to be taken back. */
    static final int MOST_VERSIONS = 10_000;

    /** The engine gives each attempt half a minute; what does not fit into it is left for the next. */
    static final Conduct CONDUCT =
            Conduct.standard().deadline(Duration.ofHours(1)).attempts(60);

    private static final int WIDTH = 4;
    private static final int WIDTH_OF_DELETIONS = 8;

    /** Files of more bytes are put there one at a time, before the others. */
    private static final long LARGE = 8L << 20;

    /** How many of the newest objects are asked whether an attempt that was forgotten has put them there. */
    private static final int ASKED = 100;

    /** What must be done. */
    private record Difference(
            List<Folder.Entry> absent, List<Folder.Entry> differing, List<String> others, List<Stored> ours) {

        /** The keys of the objects that change. */
        Set<String> keys(String prefix) {
            Set<String> keys = new LinkedHashSet<>(others);
            absent.forEach(file -> keys.add(prefix + file.name()));
            differing.forEach(file -> keys.add(prefix + file.name()));
            return keys;
        }

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
        needed.addAll(bucket.keyPermissions());
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
    Observation seen(Calls calls, ActionContext context) throws Exception {
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
            reached(calls, context);
            return Observation.atTarget("all " + files.size() + " files are there");
        }
        Optional<String> refusal = refusal(calls, context, port, difference);
        return refusal.isPresent()
                ? Observation.refused(refusal.get())
                : Observation.notAtTarget("of " + files.size() + " files: " + difference);
    }

    private Difference difference(Calls calls, S3Port port, List<Folder.Entry> files) throws Exception {
        Map<String, Stored> there = new TreeMap<>();
        port.objects(prefix).forEach(object -> there.put(object.key(), object));
        List<Stored> ours = new ArrayList<>();
        List<Folder.Entry> absent = new ArrayList<>();
        List<Folder.Entry> doubtful = new ArrayList<>();
        List<Folder.Entry> differing = new ArrayList<>();
        for (Folder.Entry file : files) {
            Stored object = there.remove(prefix + file.name());
            if (object != null) {
                ours.add(object);
            }
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
        return new Difference(absent, differing, deleting ? List.copyOf(there.keySet()) : List.of(), ours);
    }

    private Optional<String> refusal(Calls calls, ActionContext context, S3Port port, Difference difference)
            throws Exception {
        if (withoutVersions) {
            return Optional.empty();
        }
        if (!port.versioning().equals(Optional.of("Enabled"))) {
            return difference.losesVersions()
                    ? Optional.of("the bucket keeps no versions, so that what is replaced or deleted would be lost")
                    : Optional.empty();
        }
        boolean tooMany = begun(calls, context).isEmpty()
                && port.versions(prefix, MOST_VERSIONS).size() > MOST_VERSIONS
                && !wasForgotten(calls, context, port, difference);
        return tooMany
                ? Optional.of("there are more than " + MOST_VERSIONS + " versions under \"" + prefix
                        + "\", too many to take it back; a rule of the lifecycle can delete old ones")
                : Optional.empty();
    }

    /** What this action began, in this attempt or in one before. */
    private Optional<Before> begun(Calls calls, ActionContext context) {
        return calls.remembered(Before.name(bucket.name(), prefix), Before.class)
                .filter(before -> before.isContinuedBy(context.idempotencyKey(), sentence()));
    }

    /** Whether an attempt of which nothing is remembered has put something there: the newest objects tell. */
    private boolean wasForgotten(Calls calls, ActionContext context, S3Port port, Difference difference)
            throws Exception {
        if (context.receipt().isPresent()) {
            return true;
        }
        List<Stored> newest = difference.ours().stream()
                .sorted(Comparator.comparing(Stored::modifiedAt).reversed())
                .limit(ASKED)
                .toList();
        return calls.each(newest, object -> port.head(object.key(), null).sync().equals(context.idempotencyKey()))
                .contains(true);
    }

    /** What does not fit into the time of one attempt is left for the next. */
    @Override
    public Conduct conduct() {
        return CONDUCT;
    }

    @Override
    Receipt sent(Calls calls, ActionContext context) throws Exception {
        S3Port port = bucket.port(calls);
        List<Folder.Entry> files = Folder.entries(folder);
        return port.present(() -> sent(calls, context, port, files))
                .orElseThrow(() -> new GoLiveException("there is no " + bucket));
    }

    private Receipt sent(Calls calls, ActionContext context, S3Port port, List<Folder.Entry> files) throws Exception {
        Difference difference = difference(calls, port, files);
        Optional<String> refusal = refusal(calls, context, port, difference);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get());
        }
        Map<String, String> details =
                difference.isEmpty() ? known(calls, context) : noted(calls, context, port, difference);
        List<Folder.Entry> wanted = new ArrayList<>(difference.absent());
        wanted.addAll(difference.differing());
        List<Folder.Entry> put = wanted.isEmpty() && !difference.others().isEmpty() ? mark(files) : wanted;
        Sending sending = new Sending(context, put.size() + difference.others().size());
        for (boolean pages : new boolean[] {false, true}) {
            for (boolean large : new boolean[] {true, false}) {
                List<Folder.Entry> some = put.stream()
                        .filter(file -> file.isPage() == pages && file.size() > LARGE == large)
                        .toList();
                sending.each(some, large ? 1 : WIDTH, file -> {
                    port.put(prefix + file.name(), file, context.idempotencyKey(), cacheControl(file));
                    return file;
                });
            }
        }
        sending.each(difference.others(), WIDTH_OF_DELETIONS, key -> {
            port.delete(key);
            return key;
        });
        return new Receipt(wanted.size() + " put, " + difference.others().size() + " deleted", details);
    }

    /** Deletions leave no trace of who did them, so that a file is put there again which does: the smallest. */
    private List<Folder.Entry> mark(List<Folder.Entry> files) {
        return withoutVersions
                ? List.of()
                : files.stream().min(Comparator.comparingLong(Folder.Entry::size)).stream()
                        .toList();
    }

    /** What was noted before. */
    private Map<String, String> known(Calls calls, ActionContext context) {
        return begun(calls, context)
                .map(Before::details)
                .filter(details -> !details.isEmpty())
                .or(() -> context.receipt().map(Receipt::details))
                .orElse(Map.of());
    }

    /** Remembers what is there before it is changed; what an attempt before has noted stays as it is. */
    private Map<String, String> noted(Calls calls, ActionContext context, S3Port port, Difference difference)
            throws Exception {
        String name = Before.name(bucket.name(), prefix);
        String key = context.idempotencyKey();
        Optional<Before> begun =
                begun(calls, context).map(before -> before.by(key).open(true));
        if (begun.isEmpty() && (withoutVersions || wasForgotten(calls, context, port, difference))) {
            calls.remember(name, Before.unknown(key, sentence(), true));
            return known(calls, context);
        }
        Before before = begun.orElseGet(() -> new Before(key, sentence(), true, Map.of(), Map.of()));
        Set<String> changed = difference.keys(prefix);
        boolean allNoted = before.known()
                .map(versions -> versions.keySet().containsAll(changed))
                .orElse(true);
        if (!allNoted) {
            before = noted(before, port.versions(prefix, BucketRestore.MOST), changed);
        }
        calls.remember(name, before);
        return known(calls, context);
    }

    private static Before noted(Before before, List<Version> versions, Set<String> changed) {
        Map<String, String> former = new TreeMap<>();
        changed.forEach(key -> former.put(key, Before.ABSENT));
        Instant newest = null;
        for (Version version : versions) {
            if (version.isLatest() && !version.isDeletion()) {
                former.replace(version.key(), version.id());
            }
            if (newest == null || version.modifiedAt().isAfter(newest)) {
                newest = version.modifiedAt();
            }
        }
        Map<String, String> details = new TreeMap<>();
        former.forEach((key, version) -> {
            if (!version.equals(Before.ABSENT) && before.details().size() + details.size() < MOST_NOTED) {
                details.put("version of " + key, version);
            }
        });
        details.put("restore to", newest == null ? "nothing was there" : newest.toString());
        return before.with(former, details);
    }

    /** It is at its end; what an earlier launch replaced is not what this one did. */
    private void reached(Calls calls, ActionContext context) {
        String name = Before.name(bucket.name(), prefix);
        String key = context.idempotencyKey();
        Optional<Before> begun = begun(calls, context);
        if (begun.isPresent()) {
            calls.remember(name, begun.get().by(key).open(false));
        } else if (context.receipt().isEmpty()
                && calls.remembered(name, Before.class).isPresent()) {
            calls.remember(name, Before.unknown(key, sentence(), false));
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
