package dev.golive.testkit.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A secret of Secrets Manager in {@link FakeAws}.
 *
 * <ul>
 *   <li>It has no value before it is given one, and no versions.
 *   <li>Each value is a version of its own, made at an instant; the newest is the current one.
 *   <li>A secret that is scheduled for deletion is described, and refuses to tell its value.
 * </ul>
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeSecret {

    /** A version, with a text or with bytes. */
    record Version(
            String id, @Nullable String text, @Nullable SdkBytes bytes, Instant madeAt) {}

    private final FakeAws aws;
    private final String name;
    private final Instant createdAt;
    private final List<Version> versions = new ArrayList<>();
    private @Nullable Instant deletedAt;
    private @Nullable Duration rotatesEvery;
    private @Nullable Instant rotatedAt;

    FakeSecret(FakeAws aws, String name, Instant now) {
        this.aws = aws;
        this.name = name;
        this.createdAt = now;
    }

    /**
     * What it holds, from now on.
     *
     * @param value its text
     * @return this
     */
    public FakeSecret text(String value) {
        return text(value, aws.time().now());
    }

    /**
     * What it holds, from an instant on.
     *
     * @param value its text
     * @param at since when; not before an earlier value
     * @return this
     */
    public FakeSecret text(String value, Instant at) {
        Objects.requireNonNull(value, "value must not be null");
        Objects.requireNonNull(at, "at must not be null");
        return aws.within(() -> {
            put(value, null, at);
            return this;
        });
    }

    /**
     * What it holds, from now on: bytes and no text.
     *
     * @param value its bytes
     * @return this
     */
    public FakeSecret bytes(byte... value) {
        SdkBytes copy = SdkBytes.fromByteArray(value);
        Instant now = aws.time().now();
        return aws.within(() -> {
            put(null, copy, now);
            return this;
        });
    }

    /**
     * What it holds.
     *
     * @return its text, empty if it has no value yet
     */
    public Optional<String> textNow() {
        Instant now = aws.time().now();
        return aws.within(() -> current(now).map(Version::text));
    }

    /**
     * Schedules it for deletion, from now on.
     *
     * @return this
     */
    public FakeSecret scheduledForDeletion() {
        Instant now = aws.time().now();
        return aws.within(() -> {
            deletedAt = now;
            return this;
        });
    }

    /**
     * Lets Secrets Manager rotate it. The fake makes no new value by itself.
     *
     * @param every how often
     * @return this
     */
    public FakeSecret rotatesEvery(Duration every) {
        Objects.requireNonNull(every, "every must not be null");
        return aws.within(() -> {
            rotatesEvery = every;
            return this;
        });
    }

    /**
     * When it was last rotated.
     *
     * @param at the instant
     * @return this
     */
    public FakeSecret rotatedAt(Instant at) {
        Objects.requireNonNull(at, "at must not be null");
        return aws.within(() -> {
            rotatedAt = at;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = named(drifts)
                .add("gone", "does not exist", gone)
                .add("deleted", "is scheduled for deletion", this::scheduledForDeletion);
        String text = textAt(drifts.now());
        if (!text.isEmpty()) {
            if (text.length() > 1) {
                own.add("short", "has one character", () -> text("x"));
            }
            own.add("old", "has had the same value for 400 days", () -> agedBy(Duration.ofDays(400)));
        }
        for (String key : keys(text)) {
            own.add(key + " gone", "has no key " + key, () -> text(with(text, key, null)), key)
                    .add(key + " empty", "has an empty " + key, () -> text(with(text, key, "")), key)
                    .add(key + " short", "has a " + key + " of one character", () -> text(with(text, key, "x")), key);
        }
        if (rotatesEvery != null) {
            own.add(
                    "not rotated",
                    "is not rotated any more",
                    () -> aws.within(() -> {
                        rotatesEvery = null;
                        return this;
                    }));
        }
        if (rotatedAt != null) {
            Instant then = drifts.now().minus(Duration.ofDays(400));
            own.add("rotated long ago", "was last rotated 400 days ago", () -> rotatedAt(then));
        }
    }

    /** Lists that it holds the same as another one, as it does after a mistake of copying. */
    void driftsTo(Drifts drifts, FakeSecret other) {
        String text = other.textAt(drifts.now());
        named(drifts).add("as " + other.name, "holds the same as " + other.name, () -> text(text), other.name);
    }

    private Drifts.Of named(Drifts drifts) {
        return drifts.of("secretsmanager", name, "secret " + name);
    }

    /** Whether it may hold the same as another one: both are plain texts, or both have keys. */
    boolean isLike(FakeSecret other, Instant now) {
        String own = textAt(now);
        String others = other.textAt(now);
        return !own.isEmpty()
                && !others.isEmpty()
                && !own.equals(others)
                && own.startsWith("{") == others.startsWith("{");
    }

    /** Its text, empty if it has none. */
    String textAt(Instant now) {
        return current(now).map(Version::text).orElse("");
    }

    private void agedBy(Duration span) {
        aws.within(() -> {
            versions.replaceAll(
                    version -> new Version(version.id, version.text, version.bytes, version.madeAt.minus(span)));
            rotatedAt = rotatedAt == null ? null : rotatedAt.minus(span);
            return this;
        });
    }

    private static List<String> keys(String text) {
        List<String> keys = new ArrayList<>();
        if (text.startsWith("{")) {
            try {
                JsonNode node = new ObjectMapper().readTree(text);
                node.properties().forEach(field -> {
                    if (field.getValue().isTextual()) {
                        keys.add(field.getKey());
                    }
                });
            } catch (JsonProcessingException e) {
                // a text that is no JSON has no keys
                return List.of();
            }
        }
        return keys;
    }

    private static String with(String text, String key, @Nullable String value) {
        try {
            ObjectNode node = (ObjectNode) new ObjectMapper().readTree(text);
            if (value == null) {
                node.remove(key);
            } else {
                node.put(key, value);
            }
            return node.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This was JSON when its keys were listed", e);
        }
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    void put(@Nullable String text, @Nullable SdkBytes bytes, Instant at) {
        versions.add(new Version(String.format("00000000-0000-4000-9000-%012d", aws.number()), text, bytes, at));
    }

    /** The versions there were, the newest first. */
    List<Version> versions(Instant now) {
        List<Version> made = new ArrayList<>();
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (!versions.get(i).madeAt().isAfter(now)) {
                made.add(versions.get(i));
            }
        }
        return made;
    }

    Optional<Version> current(Instant now) {
        return versions(now).stream().findFirst();
    }

    @Nullable
    Instant deletedAt() {
        return deletedAt;
    }

    boolean isRotating() {
        return rotatesEvery != null;
    }

    @Nullable
    Instant lastRotated() {
        return rotatedAt;
    }

    @Nullable
    Instant nextRotation() {
        Duration every = rotatesEvery;
        Instant last = rotatedAt == null ? createdAt : rotatedAt;
        return every == null ? null : last.plus(every);
    }
}
