package dev.golive.testkit.railway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An environment of the project in {@link FakeRailway}.
 *
 * <pre>{@code
 * fake.in("staging").shared("LOG_LEVEL", "info").service("api").deployed("bbbb222");
 * }</pre>
 *
 * <p>Options change this object and return it; they have held since ever. What somebody does, happens now. Thread-safe.
 */
public final class FakeRailwayEnvironment {

    /** Changes that wait to be applied, together. */
    static final class Patch {
        final String id;
        final Instant createdAt;
        final FakeRailwayVolume.@Nullable Backup restores;
        final @Nullable FakeRailwayVolume volume;
        final @Nullable FakeRailwayVolume fresh;
        Map<String, Object> content;

        @Nullable
        String message;

        @Nullable
        Instant committedAt;

        @Nullable
        Instant appliedAt;

        Patch(
                String id,
                Instant createdAt,
                Map<String, Object> content,
                @Nullable FakeRailwayVolume volume,
                FakeRailwayVolume.@Nullable Backup restores,
                @Nullable FakeRailwayVolume fresh) {
            this.id = id;
            this.createdAt = createdAt;
            this.content = content;
            this.volume = volume;
            this.restores = restores;
            this.fresh = fresh;
        }

        boolean isStaged(Instant at) {
            return !createdAt.isAfter(at) && (committedAt == null || committedAt.isAfter(at));
        }

        String status(Instant at) {
            if (isStaged(at)) {
                return "STAGED";
            }
            return appliedAt != null && at.isBefore(appliedAt) ? "APPLYING" : "COMMITTED";
        }
    }

    final Map<String, FakeRailwayService> services = new LinkedHashMap<>();
    final Map<String, FakeRailwayVolume> volumes = new LinkedHashMap<>();
    final History<Map<String, Variable>> shared = new History<>(Map.of());
    final List<Patch> patches = new ArrayList<>();
    private final FakeRailway railway;
    private final String name;
    private final String id;
    private final Instant createdAt;
    private boolean ephemeral;
    private boolean accessible = true;
    private boolean listedAsDeleted;
    private Duration applying = Duration.ofSeconds(5);
    private @Nullable Instant deletedAt;

    FakeRailwayEnvironment(FakeRailway railway, String name, String id, Instant createdAt) {
        this.railway = railway;
        this.name = name;
        this.id = id;
        this.createdAt = createdAt;
    }

    /**
     * Its id.
     *
     * @return a UUID
     */
    public String id() {
        return id;
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * A service, which is there from the first time that it is asked for.
     *
     * @param service its name
     * @return the service in this environment
     */
    public FakeRailwayService service(String service) {
        Objects.requireNonNull(service, "service must not be null");
        Instant now = railway.time().now();
        return railway.within(() -> services.computeIfAbsent(
                service, key -> new FakeRailwayService(railway, this, key, railway.serviceId(key, now), now)));
    }

    /**
     * A volume, which is there from the first time that it is asked for.
     *
     * @param volume its name
     * @return the volume in this environment
     */
    public FakeRailwayVolume volume(String volume) {
        Objects.requireNonNull(volume, "volume must not be null");
        Instant now = railway.time().now();
        return railway.within(() -> volumes.computeIfAbsent(
                volume, key -> new FakeRailwayVolume(railway, this, key, railway.volumeId(key, now), now)));
    }

    /**
     * A variable that its services may refer to as <code>${{shared.NAME}}</code>.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeRailwayEnvironment shared(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return change(() -> {
            Variable made = new Variable(railway.id(0x7a), variable, value, false, ever());
            shared.always(all -> FakeRailwayService.plus(all, made));
        });
    }

    /**
     * Somebody gives a variable that its services may refer to a value now, and deploys nothing.
     *
     * @param variable its name
     * @param value its value
     * @return this
     */
    public FakeRailwayEnvironment sharedBySomebody(String variable, String value) {
        Objects.requireNonNull(variable, "variable must not be null");
        Objects.requireNonNull(value, "value must not be null");
        Instant now = railway.time().now();
        return change(() -> {
            Variable made = new Variable(railway.id(0x7a), variable, value, false, now);
            shared.put(now, FakeRailwayService.plus(shared.at(now), made));
        });
    }

    /**
     * Is made for a pull request, and goes with it.
     *
     * @return this
     */
    public FakeRailwayEnvironment ephemeral() {
        return change(() -> ephemeral = true);
    }

    /**
     * Is restricted: listed as one that the caller has no access to.
     *
     * @return this
     */
    public FakeRailwayEnvironment restricted() {
        return change(() -> accessible = false);
    }

    /**
     * How long staged changes take to be applied; 5 s unless said otherwise.
     *
     * @param length how long; not negative
     * @return this
     */
    public FakeRailwayEnvironment appliesIn(Duration length) {
        if (Objects.requireNonNull(length, "length must not be null").isNegative()) {
            throw new IllegalArgumentException("length must not be negative but was " + length);
        }
        return change(() -> applying = length);
    }

    /**
     * Somebody stages a change that is not applied yet, beside what is staged already.
     *
     * @param what its message
     * @return this
     */
    public FakeRailwayEnvironment stagedBySomebody(String what) {
        return stagedBySomebody(what, railway.within(this::someChange));
    }

    /** A change that somebody may stage. */
    Map<String, Object> someChange() {
        return Map.of("services", Map.of(railway.id(0x5e), Map.of("deploy", Map.of("numReplicas", 2))));
    }

    /**
     * Somebody stages certain changes that are not applied yet, beside what is staged already: an environment has one staged
     * change only. They change nothing here once they are committed.
     *
     * @param what their message
     * @param content what is changed, as Railway's configuration of an environment; values may be null
     * @return this
     */
    public FakeRailwayEnvironment stagedBySomebody(String what, Map<String, Object> content) {
        Objects.requireNonNull(what, "what must not be null");
        Objects.requireNonNull(content, "content must not be null");
        Instant now = railway.time().now();
        return change(() -> stage(what, content, now));
    }

    void stage(String what, Map<String, Object> content, Instant now) {
        List<Patch> staged = staged(now);
        Patch patch = staged.isEmpty()
                ? new Patch(railway.id(0xba), now, Map.of(), null, null, null)
                : staged.get(staged.size() - 1);
        patch.content = merged(patch.content, content);
        patch.message = what;
        if (staged.isEmpty()) {
            patches.add(patch);
        }
    }

    private static Map<String, Object> merged(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> all = new LinkedHashMap<>(one);
        other.forEach((name, value) -> all.put(
                name,
                value instanceof Map<?, ?> inner && all.get(name) instanceof Map<?, ?> before
                        ? merged(texts(before), texts(inner))
                        : value));
        return all;
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((name, value) -> all.put(String.valueOf(name), value));
        return all;
    }

    /**
     * Somebody discards what is staged.
     *
     * @return this
     */
    public FakeRailwayEnvironment discardedBySomebody() {
        Instant now = railway.time().now();
        return change(() -> patches.removeIf(one -> one.isStaged(now)));
    }

    /**
     * Somebody deletes it. It is not listed any more, and what is in it is answered as if nobody had access.
     *
     * @return this
     */
    public FakeRailwayEnvironment deleted() {
        Instant now = railway.time().now();
        return change(() -> deletedAt = now);
    }

    /**
     * Somebody deletes it. It is not listed any more, and whoever asks for it gets what it was, with the instant of its
     * deletion.
     *
     * @return this
     */
    public FakeRailwayEnvironment deletedButTold() {
        Instant now = railway.time().now();
        return change(() -> {
            deletedAt = now;
            listedAsDeleted = true;
        });
    }

    // ---- for the fields; all of it within the lock

    FakeRailway railway() {
        return railway;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** When came to be what had been there all along. */
    Instant ever() {
        return createdAt.minus(Duration.ofDays(30));
    }

    boolean isEphemeral() {
        return ephemeral;
    }

    boolean isAccessible() {
        return accessible;
    }

    @Nullable
    Instant deletedAt(Instant at) {
        return deletedAt != null && !deletedAt.isAfter(at) ? deletedAt : null;
    }

    boolean isListed(Instant at) {
        return deletedAt(at) == null;
    }

    boolean isTold(Instant at) {
        return deletedAt(at) == null || listedAsDeleted;
    }

    List<Patch> staged(Instant at) {
        return patches.stream().filter(patch -> patch.isStaged(at)).toList();
    }

    /** Begins to apply all that is staged; the id of the workflow that does it. */
    String commit(Instant now, @Nullable String message, boolean skipDeploys) {
        Instant applied = now.plus(applying);
        for (Patch patch : staged(now)) {
            patch.committedAt = now;
            patch.appliedAt = applied;
            if (message != null) {
                patch.message = message;
            }
            if (patch.volume != null && patch.restores != null && patch.fresh != null) {
                FakeRailwayService service = services.get(patch.volume.serviceName(now));
                patch.volume.restored(patch.restores, patch.fresh, now, applied);
                if (service != null && !skipDeploys) {
                    service.redeploy(now, applied);
                }
            }
        }
        FakeRailwayVolume.Workflow workflow = new FakeRailwayVolume.Workflow(railway.id(0x3f), now, applied, null);
        railway.workflows().put(workflow.id(), workflow);
        return workflow.id();
    }

    /** Finds what a variable of a service refers to. */
    Variable.Known known(FakeRailwayService from, Instant at) {
        return reference -> {
            int dot = reference.indexOf('.');
            String where = dot < 0 ? "" : reference.substring(0, dot);
            String variable = reference.substring(dot + 1);
            if (where.equals("shared")) {
                Variable found = shared.at(at).get(variable);
                return found == null ? null : new Variable.Found(found, known(from, at));
            }
            FakeRailwayService service = where.isEmpty() ? from : services.get(where);
            if (service == null) {
                return null;
            }
            Variable found = service.variables.at(at).get(variable);
            return found == null ? null : new Variable.Found(found, known(service, at));
        };
    }

    private FakeRailwayEnvironment change(Runnable change) {
        railway.within(() -> {
            change.run();
            return this;
        });
        return this;
    }
}
