package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.secretsmanager.HeldValue;
import dev.golive.aws.internal.secretsmanager.SecretsPort;
import dev.golive.aws.internal.secretsmanager.SecretsPort.Description;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.JoinedCheck;
import dev.golive.provider.Judge;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret of Secrets Manager.
 *
 * <pre>{@code
 * aws.secret("shop/jwt").hasAtLeastCharacters(32);
 * aws.secret("shop/db").key("password").differsFrom(staging.secret("shop/db").key("password"));
 * aws.secret("shop/db").rotatedWithin(days(30));
 * }</pre>
 *
 * <ul>
 *   <li>No outcome, fact or exception ever says the value, a part of it, anything computed from it, or its length.
 *   <li>{@link #hasAtLeastCharacters} and {@link #differsFrom} read the value, which needs {@code secretsmanager:GetSecretValue} and
 *       is recorded in CloudTrail; {@code kms:Decrypt} too where the secret has a key of the customer, see {@link
 *       #encryptedWith}. All other checks read descriptions only.
 *   <li>A secret that holds several values, as a JSON object, must be asked by {@link #key}: the length of the object says
 *       nothing about that of a password in it.
 *   <li>White space around a value does not count.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class AwsSecret {

    /** A rotation may begin at any time of the day that it is due, and takes its time. */
    private static final Duration LATE = Duration.ofDays(1);

    private final Aws aws;
    private final String name;
    private final @Nullable String key;
    private final @Nullable String kmsKey;

    AwsSecret(Aws aws, String name) {
        this(aws, name, null, null);
    }

    private AwsSecret(Aws aws, String name, @Nullable String key, @Nullable String kmsKey) {
        this.aws = aws;
        this.name = name;
        this.key = key;
        this.kmsKey = kmsKey;
    }

    /**
     * One of the values of a secret that is a JSON object.
     *
     * @param other its name in the object
     * @return the same secret, of which only this value is meant
     */
    public AwsSecret key(String other) {
        return new AwsSecret(aws, name, Given.text(other, "other"), kmsKey);
    }

    /**
     * The same, encrypted with a key of the customer, so that reading the value needs {@code kms:Decrypt} on it. Only the
     * stated permissions change.
     *
     * @param keyArn the ARN of the key
     * @return the new secret
     */
    public AwsSecret encryptedWith(String keyArn) {
        return new AwsSecret(aws, name, key, Given.text(keyArn, "keyArn"));
    }

    /**
     * Whether it is there, with a value, and not scheduled for deletion. The value is not read, unless it is one of a JSON
     * object: then that one must be there and not be empty.
     *
     * @return the check
     */
    public Check exists() {
        if (key != null) {
            return reading(
                    this + " exists",
                    calls -> SecretsPort.of(calls)
                            .value(name, key)
                            .map(value -> Judge.holds(value.hasAtLeast(1), "it is empty"))
                            .orElseGet(this::missing));
        }
        return describing(whole() + " exists", (calls, secret) -> {
            if (!secret.hasValue()) {
                // whether that is left out or not there is the same answer
                throw ApiProblem.incomplete(
                        Service.SECRETS_MANAGER.title(), "a current version of the secret: it may have no value yet");
            }
            return Outcome.passed();
        });
    }

    /**
     * Whether the value has so many characters, the white space around it not counted. Bytes are not characters: a secret
     * of bytes is unknown.
     *
     * @param characters how many it must have at least, 1 or more
     * @return the check
     * @throws IllegalArgumentException if {@code characters} is less than 1
     */
    public Check hasAtLeastCharacters(int characters) {
        Given.between(characters, 1, Integer.MAX_VALUE, "characters");
        return reading(this + " has at least " + characters + " characters", calls -> {
            Optional<HeldValue> value = SecretsPort.of(calls).value(name, key);
            if (value.isEmpty()) {
                return missing();
            }
            boolean enough = value.get().hasAtLeast(characters);
            return Judge.holds(
                    enough,
                    "it has fewer than " + characters + " characters",
                    Fact.of(
                            "characters",
                            "at least " + characters,
                            (enough ? "at least " : "fewer than ") + characters));
        });
    }

    /**
     * Whether its value is another than that of a second secret, which may belong to another account, for example that of
     * the test environment. Both must be there: nothing differs from what is missing.
     *
     * @param other the other secret
     * @return the check
     * @throws IllegalArgumentException if it is this very secret
     */
    public Check differsFrom(AwsSecret other) {
        Given.notNull(other, "other");
        if (other.toString().equals(toString()) && other.aws.account().equals(aws.account())) {
            throw new IllegalArgumentException("other must be another secret but was " + other);
        }
        String whose = other.aws.account().equals(aws.account()) ? "" : " of account " + other.aws.account();
        AwsCheck check = reading(this + " differs from " + other + whose, calls -> {
            Optional<HeldValue> own = SecretsPort.of(calls).value(name, key);
            if (own.isEmpty()) {
                return missing();
            }
            Optional<HeldValue> second = other.aws.ask(
                    Service.SECRETS_MANAGER,
                    calls.context(),
                    others -> SecretsPort.of(others).value(other.name, other.key));
            if (second.isEmpty()) {
                return other.missing();
            }
            return Judge.holds(!own.get().isSameAs(second.get()), "both have the same value");
        });
        return JoinedCheck.of(check, other.reading(other.toString(), calls -> Outcome.passed()), check::examine);
    }

    /**
     * Whether Secrets Manager rotates it, and does so: the next rotation is not overdue by more than a day.
     *
     * @return the check
     */
    public Check isRotated() {
        return describing(whole() + " is rotated", (calls, secret) -> {
            if (!secret.rotates()) {
                return Outcome.failed("it is not rotated", Fact.of("rotation", "on", "off"));
            }
            List<Fact> facts = new ArrayList<>();
            facts.add(Fact.of("rotation", "on", "on"));
            Instant last = secret.rotatedAt();
            facts.add(Fact.of("last rotated", last == null ? "never" : last));
            Instant next = secret.rotatesAt();
            if (next == null) {
                return Outcome.passed().with(facts);
            }
            facts.add(Fact.of("next rotation", next));
            boolean late = next.plus(LATE).isBefore(now(calls));
            return (late ? Outcome.failed("its rotation is overdue since " + next) : Outcome.passed()).with(facts);
        });
    }

    /**
     * Whether Secrets Manager has rotated it lately. What people do by hand does not count, see {@link #changedWithin}.
     *
     * @param span how long ago is too long
     * @return the check
     * @throws IllegalArgumentException if the span is not longer than zero
     */
    public Check rotatedWithin(Duration span) {
        Given.positive(span, "span");
        return describing(
                whole() + " was rotated within " + Spans.text(span),
                (calls, secret) -> secret.rotatedAt() == null
                        ? Outcome.failed("it was never rotated", Fact.of("last rotated", "never"))
                        : recent("the last rotation", secret.rotatedAt(), span, calls));
    }

    /**
     * Whether its value is not older than so long, by when its current version was made. A change of its description does
     * not count, nor does putting an older version back.
     *
     * @param span how long ago is too long
     * @return the check
     * @throws IllegalArgumentException if the span is not longer than zero
     */
    public Check changedWithin(Duration span) {
        Given.positive(span, "span");
        return check(whole() + " was changed within " + Spans.text(span), calls -> {
                    Optional<Instant> changed = SecretsPort.of(calls).changedAt(name);
                    return changed.isEmpty() ? missing() : recent("the current value", changed.get(), span, calls);
                })
                .needing("secretsmanager:ListSecretVersionIds", resource());
    }

    private static Outcome recent(String what, Instant at, Duration span, Calls calls) {
        return Judge.younger(what, at, span, calls.context()).with(Fact.of(what, at));
    }

    /** What is asked of the description of a secret that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Description secret) throws Exception;
    }

    private AwsCheck describing(String sentence, Question question) {
        return check(sentence, calls -> {
                    Optional<Description> secret = SecretsPort.of(calls).description(name);
                    if (secret.isEmpty()) {
                        return new AwsSecret(aws, name).missing();
                    } else if (secret.get().deletedAt() != null) {
                        return Outcome.failed(
                                "it is scheduled for deletion",
                                Fact.of("scheduled for deletion", secret.get().deletedAt()));
                    }
                    return question.of(calls, secret.get());
                })
                .needing("secretsmanager:DescribeSecret", resource());
    }

    private AwsCheck reading(String sentence, Calls.Asking<Outcome> judge) {
        AwsCheck check = check(sentence, judge).needing("secretsmanager:GetSecretValue", resource());
        return kmsKey == null ? check : check.needing("kms:Decrypt", kmsKey);
    }

    private AwsCheck check(String sentence, Calls.Asking<Outcome> judge) {
        return AwsCheck.of(aws, Service.SECRETS_MANAGER, sentence, judge);
    }

    private static Instant now(Calls calls) {
        return calls.context().time().now();
    }

    private Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    /** Its ARN as policies know it: Secrets Manager puts six characters of its own after the name. */
    private String resource() {
        return aws.arn("secretsmanager", "secret:" + name + "-??????");
    }

    private String whole() {
        return "secret " + name + " in " + aws.region();
    }

    /**
     * What it is.
     *
     * @return for example {@code key password of secret shop/db in eu-north-1}
     */
    @Override
    public String toString() {
        return (key == null ? "" : "key " + key + " of ") + whole();
    }
}
