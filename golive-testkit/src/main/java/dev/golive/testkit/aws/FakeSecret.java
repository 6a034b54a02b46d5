package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret of Secrets Manager in {@link FakeAws}.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeSecret {

    private final FakeAws aws;
    private final String name;
    private @Nullable String text;
    private Instant changedAt;

    FakeSecret(FakeAws aws, String name, Instant now) {
        this.aws = aws;
        this.name = name;
        this.changedAt = now;
    }

    /**
     * What it holds, from now on.
     *
     * @param value its text
     * @return this
     */
    public FakeSecret text(String value) {
        Objects.requireNonNull(value, "value must not be null");
        Instant now = aws.time().now();
        return aws.within(() -> {
            put(value, now);
            return this;
        });
    }

    /**
     * What it holds.
     *
     * @return its text, empty if it has no value yet
     */
    public Optional<String> textNow() {
        return aws.within(() -> Optional.ofNullable(text));
    }

    // ---- for the service; all of it within the lock

    String name() {
        return name;
    }

    void put(String value, Instant now) {
        text = value;
        changedAt = now;
    }

    Optional<String> held() {
        return Optional.ofNullable(text);
    }

    Instant changedAt() {
        return changedAt;
    }
}
