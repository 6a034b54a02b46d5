package dev.golive.testkit;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that may go wrong with what a {@link Fake} plays.
 *
 * <p>A <em>fault</em> lies between the world and whoever looks at it: an answer that does not come, is garbled or refused.
 * What is looked at is as it was, so a check may find that out all the same, or not find out; it must not say that
 * something else is wrong. A <em>drift</em> changes the world: a variable is unset, a record is missing, a database is
 * public. A plan should notice.
 *
 * <p>{@link #happen} changes the fake that it came from; everything else is immutable and thread-safe.
 */
public final class Trouble {

    /** Where a trouble lies. */
    public enum Kind {
        /** Between the world and whoever looks at it. */
        FAULT,
        /** In the world. */
        DRIFT
    }

    private final Kind kind;
    private final String id;
    private final String sentence;
    private final Set<String> about;
    private final Predicate<String> concerns;
    private final Runnable happening;
    private final boolean harmless;

    private Trouble(
            Kind kind,
            String id,
            String sentence,
            Set<String> about,
            Predicate<String> concerns,
            Runnable happening,
            boolean harmless) {
        this.kind = kind;
        this.id = id;
        this.sentence = sentence;
        this.about = about;
        this.concerns = concerns;
        this.happening = happening;
        this.harmless = harmless;
    }

    /**
     * A fault.
     *
     * @param id what reports call it, one of a kind within its fake: {@code rds:DescribeDBInstances denied}
     * @param sentence what goes wrong, for people
     * @param concerns whether it concerns a question, by {@link Asked#what()}
     * @param happening makes it happen
     * @return the fault, about nothing in particular
     */
    public static Trouble fault(String id, String sentence, Predicate<String> concerns, Runnable happening) {
        return new Trouble(Kind.FAULT, text(id), text(sentence), Set.of(), given(concerns), given(happening), false);
    }

    /**
     * A drift.
     *
     * @param id what reports call it, one of a kind within its fake: {@code rds shop-db public}
     * @param sentence what is otherwise, for people
     * @param concerns whether it concerns a question, by {@link Asked#what()}
     * @param happening makes it happen
     * @return the drift, about nothing in particular
     */
    public static Trouble drift(String id, String sentence, Predicate<String> concerns, Runnable happening) {
        return new Trouble(Kind.DRIFT, text(id), text(sentence), Set.of(), given(concerns), given(happening), false);
    }

    /**
     * The same about something by name: an item blames the right thing if what it is or says holds one of these words.
     *
     * @param names names of what is wrong, such as {@code shop-db} or {@code DATABASE_URL}, upper and lower case being the
     *     same
     * @return the new trouble
     */
    public Trouble about(String... names) {
        Set<String> all = new LinkedHashSet<>(about);
        for (String name : names) {
            all.add(text(name));
        }
        return new Trouble(kind, id, sentence, Collections.unmodifiableSet(all), concerns, happening, harmless);
    }

    /**
     * The same as one that nobody has to notice: whoever looks finds out how things stand, only later or on another way.
     *
     * @return the new trouble
     */
    public Trouble harmless() {
        return new Trouble(kind, id, sentence, about, concerns, happening, true);
    }

    /**
     * Where it lies.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * What reports call it.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * What goes wrong, for people.
     *
     * @return a sentence without a full stop
     */
    public String sentence() {
        return sentence;
    }

    /**
     * Names of what is wrong.
     *
     * @return the names; empty if it is nothing in particular
     */
    public Set<String> about() {
        return about;
    }

    /**
     * Whether it concerns a question.
     *
     * @param what the question, as {@link Asked#what()} has it
     * @return whether who asks this may notice
     */
    public boolean concerns(String what) {
        return concerns.test(Objects.requireNonNull(what, "what must not be null"));
    }

    /**
     * Whether nobody has to notice.
     *
     * @return whether {@link #harmless()} was said
     */
    public boolean isHarmless() {
        return harmless;
    }

    /** Makes it happen, now and until the fake is closed. */
    public void happen() {
        happening.run();
    }

    private static String text(String text) {
        if (Objects.requireNonNull(text, "texts must not be null").isBlank()) {
            throw new IllegalArgumentException("texts must not be blank");
        }
        return text;
    }

    private static <T> T given(T value) {
        return Objects.requireNonNull(value, "arguments must not be null");
    }

    @Override
    public String toString() {
        return id;
    }
}
