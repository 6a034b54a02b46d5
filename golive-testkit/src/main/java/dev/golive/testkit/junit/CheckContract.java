package dev.golive.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.golive.Check;
import dev.golive.Network;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.Status;
import dev.golive.Timing;
import dev.golive.testkit.Examine;
import dev.golive.testkit.FakeNetwork;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * What every check promises to the engine. Whoever writes a check extends this class, and says how to make the check,
 * what it looks like against a target that never answers, and how to see what was written to the target.
 *
 * <pre>{@code
 * class LampIsLitContract extends CheckContract {
 *     private final HttpFake lamps = HttpFake.start(TimeSource.system());
 *
 *     protected Check check() {
 *         return Lighthouse.at(token).lamp("east").isLit();
 *     }
 *
 *     protected Optional<Check> hanging() {
 *         lamps.fault(HttpFault.hang());
 *         return Optional.of(check());
 *     }
 *
 *     protected Collection<?> writes() {
 *         return lamps.requests().stream().filter(request -> !request.method().equals("GET")).toList();
 *     }
 *
 *     protected Network network() {
 *         return FakeNetwork.create().route("lamps.example", 443, lamps.address());
 *     }
 * }
 * }</pre>
 *
 * <p>Each test calls the methods anew; JUnit makes a new object of the class for each. The tests run on the system
 * clock.
 */
public abstract class CheckContract {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(3);

    /** For classes that state how to make their check. */
    protected CheckContract() {}

    /**
     * A check of a target that is as it should be. Called several times in a test; each time it gives the same check.
     *
     * @return the check, which passes or warns
     */
    protected abstract Check check();

    /**
     * A check of a target that accepts and then never answers.
     *
     * @return the check, or empty for one that waits for nothing
     */
    protected abstract Optional<Check> hanging();

    /**
     * What was written to the target since the test began, as its fake saw it.
     *
     * @return the writing requests, which are shown if there are any
     */
    protected abstract Collection<?> writes();

    /**
     * The way to the target.
     *
     * @return one that leads nowhere unless overridden
     */
    protected Network network() {
        return FakeNetwork.create();
    }

    /**
     * Prepares the examination, for example with the values that the check reads.
     *
     * @param examination the examination, with the network
     * @return the same unless overridden
     */
    protected Examine prepare(Examine examination) {
        return examination;
    }

    private Examine examine(Check check) {
        return prepare(Examine.once(check).through(network()));
    }

    /** The check describes itself with one sentence that stays the same. */
    @Test
    @DisplayName("describes itself with one sentence that stays the same")
    public final void describesItself() {
        Check check = check();
        String sentence = check.sentence();
        assertNotNull(sentence, "sentence() must not be null");
        assertFalse(sentence.isBlank(), "sentence() must not be blank");
        assertEquals(sentence.strip(), sentence, "sentence() must not begin or end with white space");
        assertFalse(sentence.endsWith("."), () -> "sentence() must end without a full stop: " + sentence);
        assertFalse(sentence.contains("\n"), () -> "sentence() must be one line: " + sentence);
        assertEquals(sentence, check.sentence(), "sentence() must be the same each time");
        assertEquals(sentence, check().sentence(), "the same check must have the same sentence, or its id changes");
        assertEquals(sentence, check.toString(), "toString() must be the sentence");
        examine(check).result();
        assertEquals(sentence, check.sentence(), "sentence() must be the same after an examination");
    }

    /** The check declares what it needs, the same each time. */
    @Test
    @DisplayName("declares what it needs, the same each time")
    public final void declaresConsistently() {
        Check check = check();
        Map<String, @Nullable Object> before = declared(check);
        before.forEach((name, value) -> {
            assertNotNull(value, name + "() must not be null");
            if (value instanceof Collection<?> values) {
                values.forEach(one -> assertNotNull(one, name + "() must not hold null"));
            }
        });
        assertDeclaresTheSame(before, check, "each time");
        examine(check).result();
        assertDeclaresTheSame(before, check, "after an examination");
    }

    /** The check passes against a target that is as it should be, any number of times. */
    @Test
    @DisplayName("passes against a target that is as it should be, any number of times")
    public final void passesRepeatedly() {
        Check check = check();
        for (int i = 1; i <= 3; i++) {
            Status status = examine(check).result().status();
            if (status != Status.PASSED && status != Status.WARNED) {
                fail("check() must pass against its target, but examination " + i + " came to "
                        + examine(check).result() + " "
                        + examine(check).outcome().facts());
            }
        }
    }

    /**
     * The check comes back soon after it was given up.
     *
     * @throws InterruptedException if the test is interrupted while it waits
     */
    @Test
    @DisplayName("comes back soon after it was given up")
    public final void obeysCancellation() throws InterruptedException {
        Observed observed = observedHanging();
        Outcome outcome =
                examine(observed.with(observed.timing().timeout(SHORT))).outcome();
        assertFalse(
                outcome.finding().good(),
                () -> "hanging() must give a check of a target that never answers, but it came to " + outcome);
        TimeSource time = TimeSource.system();
        assertTrue(
                observed.returned().await(time.now().plus(SOON)),
                "the check must come back soon after its deadline: wait on context.time(), connect through"
                        + " context.network(), or give context.onCancel(..) what ends the wait");
    }

    private Observed observedHanging() {
        return hanging().map(Observed::new).orElseThrow(() -> new TestAbortedException("the check waits for nothing"));
    }

    /** The check never shows a secret, and reveals only what it declares. */
    @Test
    @DisplayName("never shows a secret, and reveals only what it declares")
    public final void keepsSecrets() {
        Observed observed = new Observed(check());
        examine(observed).result();
        assertKeepsSecrets(observed);
    }

    /**
     * The check never shows a secret when it is given up.
     *
     * @throws InterruptedException if the test is interrupted while it waits
     */
    @Test
    @DisplayName("never shows a secret when it is given up")
    public final void keepsSecretsWhenGivenUp() throws InterruptedException {
        Observed observed = observedHanging();
        examine(observed.with(observed.timing().timeout(SHORT))).result();
        TimeSource time = TimeSource.system();
        observed.returned().await(time.now().plus(SOON));
        assertKeepsSecrets(observed);
    }

    private static void assertKeepsSecrets(Observed observed) {
        List<String> said = new ArrayList<>(observed.said());
        said.add(observed.sentence());
        said.add(observed.toString());
        for (String value : observed.revealed().values()) {
            for (String text : said) {
                if (text.contains(value)) {
                    fail("a secret is shown: " + text.replace(value, "***"));
                }
            }
        }
        for (Secret secret : observed.revealed().keySet()) {
            boolean known =
                    observed.secrets().contains(secret) || observed.read().contains(secret);
            assertTrue(known, () -> "secrets() must declare " + secret.label() + ", which is revealed");
        }
    }

    /** The check does not write. */
    @Test
    @DisplayName("does not write")
    public final void doesNotWrite() {
        Check check = check();
        examine(check).result();
        examine(check.retrying(2)).result();
        Collection<?> writes = writes();
        assertTrue(writes.isEmpty(), () -> "a check must not write, but the target saw " + writes);
    }

    /** The check declares the same with any timing. */
    @Test
    @DisplayName("declares the same with any timing")
    public final void wrappersForward() {
        Check check = check();
        Map<String, @Nullable Object> declared = declared(check);
        Duration span = Duration.ofSeconds(7);
        Timing plain = Timing.standard();
        Map<String, Function<Check, Check>> wrappers = new LinkedHashMap<>();
        wrappers.put("with(timing)", one -> one.with(plain.timeout(span)));
        wrappers.put("timeout(..)", one -> one.timeout(span));
        wrappers.put("retrying(..)", one -> one.with(plain).retrying(2));
        wrappers.put("eventually(..)", one -> one.with(plain).eventually(span));
        wrappers.put("holdingFor(..)", one -> one.holdingFor(span));
        wrappers.put(
                "all of them",
                one -> one.with(plain).timeout(span).holdingFor(span).eventually(span));
        wrappers.forEach((name, wrapper) -> {
            Check wrapped = wrapper.apply(check);
            assertEquals(check.sentence(), wrapped.sentence(), name + " must keep the sentence");
            assertEquals(check.toString(), wrapped.toString(), name + " must keep toString()");
            assertDeclaresTheSame(declared, wrapped, "with " + name);
        });
        assertAll(
                () -> assertEquals(span, check.timeout(span).timing().timeout(), "timeout(..) must have its effect"),
                () -> assertEquals(
                        2, check.with(plain).retrying(2).timing().retries(), "retrying(..) must have its effect"),
                () -> assertEquals(
                        span, check.holdingFor(span).timing().holdingFor(), "holdingFor(..) must have its effect"));
    }

    /** Preconditions are made anew by many a check, so it is their sentences that are compared. */
    private static Map<String, @Nullable Object> declared(Check check) {
        Map<String, @Nullable Object> declared = new LinkedHashMap<>();
        declared.put("reads", check.reads());
        declared.put("writes", check.writes());
        declared.put("secrets", check.secrets());
        declared.put("permissions", check.permissions());
        declared.put("touches", check.touches());
        declared.put("timing", check.timing());
        declared.put(
                "preconditions",
                Optional.ofNullable(check.preconditions())
                        .map(all -> all.stream().map(Check::sentence).toList())
                        .orElse(null));
        return declared;
    }

    private static void assertDeclaresTheSame(Map<String, @Nullable Object> before, Check check, String when) {
        Map<String, @Nullable Object> after = declared(check);
        before.forEach((name, value) -> {
            if (!name.equals("timing") || !when.startsWith("with")) {
                assertEquals(value, after.get(name), name + "() must be the same " + when);
            }
        });
    }
}
