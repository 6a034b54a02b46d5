package dev.golive.rollback;

import dev.golive.internal.Arguments;
import dev.golive.time.Spans;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A statement about signals whose truth has a consequence in a {@link RollbackPolicy}.
 *
 * <p>Triggers hang on a {@link Probe}, or on a {@link Rate} or {@link Percentile} of a {@link MetricSource}, and are
 * combined by {@link #anyOf}, {@link #allOf} and {@link #not}. They are {@link Truth#TRUE}, {@link Truth#FALSE} or
 * {@link Truth#UNKNOWN}; unknown never fires.
 *
 * <p>The options give a new trigger. On a combination, what concerns samples ({@link #whenMissing}, {@link #maxGap},
 * {@link #maxUnknown}) applies to each of its conditions. Immutable and thread-safe.
 */
public abstract sealed class Trigger permits LastingTrigger, SlotsTrigger, RateTrigger, CombinedTrigger {

    private static final int LONGEST_ID = 64;

    final Options options;

    Trigger(Options options) {
        this.options = options;
    }

    /** What is the same for all kinds of triggers. */
    record Options(
            @Nullable String id,
            MissingData missing,
            @Nullable Duration maxGap,
            Duration clearFor,
            Duration warmUp,
            Duration maxUnknown,
            boolean dryRun,
            @Nullable PreExisting elsewhere,
            Set<String> tags) {

        static final Options STANDARD = new Options(
                null,
                MissingData.INCONCLUSIVE,
                null,
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofMinutes(5),
                false,
                null,
                Set.of());

        String text() {
            return "when missing " + missing.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (maxGap == null ? "" : ", longest gap " + Spans.text(maxGap))
                    + ", cleared after " + Spans.text(clearFor)
                    + ", warm-up " + Spans.text(warmUp)
                    + ", unknown for " + Spans.text(maxUnknown) + " at most"
                    + (dryRun ? ", dry run" : "")
                    + (elsewhere == null
                            ? ""
                            : ", on something else: "
                                    + elsewhere.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }

        Options id(String id) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options missing(MissingData missing) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options maxGap(Duration maxGap) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options clearFor(Duration clearFor) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options warmUp(Duration warmUp) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options maxUnknown(Duration maxUnknown) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options dryRun(boolean dryRun) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options tags(Set<String> tags) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }

        Options elsewhere(PreExisting elsewhere) {
            return new Options(id, missing, maxGap, clearFor, warmUp, maxUnknown, dryRun, elsewhere, tags);
        }
    }

    /**
     * When it fires, as a statement.
     *
     * @return a sentence without a full stop
     */
    public abstract String sentence();

    /**
     * The signals that must be sampled for it.
     *
     * @return each once, in the order in which they are named
     */
    public abstract Set<Signal> signals();

    /**
     * How long it takes at worst from the first failure until this fires, if nothing but failures follows. A warm-up is
     * not counted.
     *
     * @return the time, that of the slowest condition for a combination
     */
    public final Duration firesWithin() {
        return Detection.worst(this);
    }

    /** The same with other options. */
    abstract Trigger with(Options changed);

    /** Whether acknowledging is not enough when it was true before the launch. */
    boolean blocksLaunch() {
        return options.elsewhere() == PreExisting.BLOCK_LAUNCH;
    }

    /** Where it stands before it has heard anything. */
    abstract Progress begin(Setting setting);

    /**
     * What journals, acknowledgements and people call it.
     *
     * @return the id, derived from the sentence unless given with {@link #as}
     */
    public final String id() {
        return options.id() == null ? derived(sentence()) : options.id();
    }

    /**
     * The same under an id of its own.
     *
     * @param id what it is called, one of a kind within a policy
     * @return the new trigger
     */
    public Trigger as(String id) {
        return with(options.id(Arguments.text(id, "id")));
    }

    /**
     * The same with more tags.
     *
     * @param tags words to select by
     * @return the new trigger
     */
    public Trigger tagged(String... tags) {
        return with(options.tags(Arguments.tags(options.tags(), tags)));
    }

    /**
     * Words to select by.
     *
     * @return the tags
     */
    public final Set<String> tags() {
        return options.tags();
    }

    /**
     * What it means that a signal says nothing. Default {@link MissingData#INCONCLUSIVE}.
     *
     * @param policy what it means
     * @return the new trigger
     */
    public Trigger whenMissing(MissingData policy) {
        return with(options.missing(Arguments.given(policy, "policy")));
    }

    /**
     * How far two samples may be apart before the time between them counts as missing. Default two intervals of the
     * signal.
     *
     * @param gap the longest pause that is none, longer than zero
     * @return the new trigger
     * @throws IllegalArgumentException if {@code gap} is not longer than zero
     */
    public Trigger maxGap(Duration gap) {
        return with(options.maxGap(Arguments.positive(gap, "gap")));
    }

    /**
     * How long it must be false before it counts as cleared. Default 1 min.
     *
     * @param span how long, zero for at once
     * @return the new trigger
     * @throws IllegalArgumentException if {@code span} is negative
     */
    public Trigger clearFor(Duration span) {
        return with(options.clearFor(Arguments.notNegative(span, "span")));
    }

    /**
     * How long after arming samples do not count yet. Default not at all.
     *
     * @param span how long, not negative
     * @return the new trigger
     * @throws IllegalArgumentException if {@code span} is negative
     */
    public Trigger afterWarmUp(Duration span) {
        return with(options.warmUp(Arguments.notNegative(span, "span")));
    }

    /**
     * How long nothing may be known before somebody is told that this cannot be judged. Default 5 min.
     *
     * @param span how long, longer than zero
     * @return the new trigger
     * @throws IllegalArgumentException if {@code span} is not longer than zero
     */
    public Trigger maxUnknown(Duration span) {
        return with(options.maxUnknown(Arguments.positive(span, "span")));
    }

    /**
     * Judged and shown, without any consequence. As a condition of a combination it counts as unknown, unless the
     * combination is a dry run itself.
     *
     * @return the new trigger
     */
    public Trigger dryRun() {
        return with(options.dryRun(true));
    }

    /**
     * A trigger on something that is not launched here, such as a payment provider. It counts from the beginning and not
     * only once the launched release is live. If it is true before the launch, somebody must acknowledge that, and it is
     * ignored until it has been cleared.
     *
     * @return the new trigger
     */
    public Trigger onSomethingElse() {
        return onSomethingElse(PreExisting.IGNORE_UNTIL_CLEARED);
    }

    /**
     * A trigger on something that is not launched here, such as a payment provider. It counts from the beginning and not
     * only once the launched release is live.
     *
     * @param before what it means that it is true before the launch
     * @return the new trigger
     */
    public Trigger onSomethingElse(PreExisting before) {
        return with(options.elsewhere(Arguments.given(before, "before")));
    }

    /**
     * Whether it, or one of its conditions, is on something that is not launched here.
     *
     * @return {@code true} after {@link #onSomethingElse()}
     */
    public boolean isOnSomethingElse() {
        return options.elsewhere() != null;
    }

    /**
     * Whether it has no consequence.
     *
     * @return {@code true} after {@link #dryRun()}
     */
    public final boolean isDryRun() {
        return options.dryRun();
    }

    /**
     * At least one of several.
     *
     * @param first a condition
     * @param second another
     * @param more further ones
     * @return the trigger
     */
    public static Trigger anyOf(Trigger first, Trigger second, Trigger... more) {
        return CombinedTrigger.of(CombinedTrigger.Kind.ANY, Duration.ZERO, both(first, second, more));
    }

    /**
     * All of several, not necessarily at the same time: a condition counts for a while after it was last true.
     *
     * @param within for how long it counts; zero for all at the same time
     * @param first a condition
     * @param second another
     * @param more further ones
     * @return the trigger
     * @throws IllegalArgumentException if {@code within} is negative
     */
    public static Trigger allOf(Duration within, Trigger first, Trigger second, Trigger... more) {
        return CombinedTrigger.of(
                CombinedTrigger.Kind.ALL, Arguments.notNegative(within, "within"), both(first, second, more));
    }

    /**
     * The opposite: true when the condition is known to be false.
     *
     * @param condition the condition
     * @return the trigger
     */
    public static Trigger not(Trigger condition) {
        return CombinedTrigger.of(
                CombinedTrigger.Kind.NOT, Duration.ZERO, List.of(Arguments.given(condition, "condition")));
    }

    private static List<Trigger> both(Trigger first, Trigger second, Trigger... more) {
        Set<Trigger> all = new LinkedHashSet<>();
        all.add(Arguments.given(first, "first"));
        all.addAll(Arguments.all(second, "second", more));
        return List.copyOf(all);
    }

    /** The words of a sentence in lower case, joined by hyphens; a long one is cut and ends in a check sum. */
    private static String derived(String sentence) {
        String words = sentence.toLowerCase(Locale.ROOT)
                .replace("%", "percent")
                .replaceAll("[^\\p{L}\\p{N}._]+", "-")
                .replaceAll("^-|-$", "");
        if (words.length() <= LONGEST_ID) {
            return words;
        }
        CRC32 sum = new CRC32();
        sum.update(sentence.getBytes(StandardCharsets.UTF_8));
        return words.substring(0, LONGEST_ID - 9) + "-" + String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    static String text(Duration span) {
        return Spans.text(span);
    }

    /** What it asks for besides its sentence. */
    String settings() {
        return options.text();
    }

    /** Everything that decides when it fires: two triggers that differ read differently. */
    final String inFull() {
        return sentence() + " [" + id() + "; " + settings() + "]";
    }

    @Override
    public final String toString() {
        return sentence();
    }
}
