package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.Spans;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The expectations there are, meant to be imported statically: {@code is("ok")}, {@code atLeast(days(21))}.
 *
 * <p>Numbers of type {@link BigDecimal} are compared by value, so that 1.0 is 1.00. All methods throw
 * {@link NullPointerException} or {@link IllegalArgumentException} for a bad argument.
 */
public final class Expect {

    private Expect() {}

    /**
     * Exactly this.
     *
     * @param value the value expected
     * @param <V> its type
     * @return the expectation
     */
    public static <V> Expectation<V> is(V value) {
        return new Simple<>(text(value), typeOf(value), v -> same(value, v));
    }

    /**
     * Exactly what an earlier item captured.
     *
     * @param capture the key of the value expected
     * @param <V> its type
     * @return the expectation
     */
    public static <V> Expectation<V> is(Capture<V> capture) {
        return new Captured<>(Arguments.given(capture, "capture"));
    }

    /**
     * Anything but this.
     *
     * @param value the value not expected
     * @param <V> its type
     * @return the expectation
     */
    public static <V> Expectation<V> isNot(V value) {
        return new Simple<>("not " + text(value), typeOf(value), v -> !same(value, v));
    }

    /**
     * One of these.
     *
     * @param values the values expected, at least one
     * @param <V> their type
     * @return the expectation
     */
    @SafeVarargs
    public static <V> Expectation<V> oneOf(V... values) {
        List<V> all = new ArrayList<>();
        for (V value : Arguments.given(values, "values")) {
            all.add(Arguments.given(value, "values"));
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("values must not be empty");
        }
        return new Simple<>(
                "one of " + all.stream().map(Expect::text).collect(Collectors.joining(", ")),
                typeOf(all.get(0)),
                v -> all.stream().anyMatch(one -> same(one, v)));
    }

    /**
     * This or more.
     *
     * @param least the smallest value accepted
     * @param <V> its type
     * @return the expectation
     */
    public static <V extends Comparable<? super V>> Expectation<V> atLeast(V least) {
        Arguments.given(least, "least");
        return new Simple<>("at least " + text(least), typeOf(least), v -> v.compareTo(least) >= 0);
    }

    /**
     * This or less.
     *
     * @param most the largest value accepted
     * @param <V> its type
     * @return the expectation
     */
    public static <V extends Comparable<? super V>> Expectation<V> atMost(V most) {
        Arguments.given(most, "most");
        return new Simple<>("at most " + text(most), typeOf(most), v -> v.compareTo(most) <= 0);
    }

    /**
     * More than this.
     *
     * @param bound the largest value refused
     * @param <V> its type
     * @return the expectation
     */
    public static <V extends Comparable<? super V>> Expectation<V> moreThan(V bound) {
        Arguments.given(bound, "bound");
        return new Simple<>("more than " + text(bound), typeOf(bound), v -> v.compareTo(bound) > 0);
    }

    /**
     * Less than this.
     *
     * @param bound the smallest value refused
     * @param <V> its type
     * @return the expectation
     */
    public static <V extends Comparable<? super V>> Expectation<V> lessThan(V bound) {
        Arguments.given(bound, "bound");
        return new Simple<>("less than " + text(bound), typeOf(bound), v -> v.compareTo(bound) < 0);
    }

    /**
     * From one value to another, both included.
     *
     * @param least the smallest value accepted
     * @param most the largest value accepted
     * @param <V> their type
     * @return the expectation
     */
    public static <V extends Comparable<? super V>> Expectation<V> between(V least, V most) {
        Arguments.given(least, "least");
        Arguments.given(most, "most");
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("least must not be more than most but was " + text(least));
        }
        return new Simple<>(
                "between " + text(least) + " and " + text(most),
                typeOf(least),
                v -> v.compareTo(least) >= 0 && v.compareTo(most) <= 0);
    }

    /**
     * A text with this in it.
     *
     * @param part what must be in it, not empty
     * @return the expectation
     */
    public static Expectation<String> containing(String part) {
        return new Simple<>("containing " + text(notEmpty(part, "part")), String.class, v -> v.contains(part));
    }

    /**
     * A text without this in it.
     *
     * @param part what must not be in it, not empty
     * @return the expectation
     */
    public static Expectation<String> notContaining(String part) {
        return new Simple<>("not containing " + text(notEmpty(part, "part")), String.class, v -> !v.contains(part));
    }

    /**
     * A text that begins with this.
     *
     * @param prefix the beginning, not empty
     * @return the expectation
     */
    public static Expectation<String> startingWith(String prefix) {
        return new Simple<>(
                "starting with " + text(notEmpty(prefix, "prefix")), String.class, v -> v.startsWith(prefix));
    }

    /**
     * A text that matches a regular expression as a whole.
     *
     * @param regex the regular expression, see {@link Pattern}
     * @return the expectation
     */
    public static Expectation<String> matching(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(notEmpty(regex, "regex"), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("regex must be a regular expression: " + e.getDescription(), e);
        }
        return new Simple<>(
                "matching " + regex, String.class, v -> pattern.matcher(v).matches());
    }

    /**
     * Anything that a function of one's own accepts.
     *
     * @param sentence what is expected, to follow "should be"
     * @param type the type of the values
     * @param accepts judges a value; must not block
     * @param <V> the type of the values
     * @return the expectation
     */
    public static <V> Expectation<V> satisfying(String sentence, Class<V> type, Predicate<V> accepts) {
        return new Simple<>(
                Arguments.text(sentence, "sentence"),
                Arguments.given(type, "type"),
                Arguments.given(accepts, "accepts"));
    }

    /**
     * A value as a person reads it in an expectation or a fact.
     *
     * @param value the value
     * @return text in quotation marks, durations with their unit, anything else by its {@code toString()}
     */
    public static String text(Object value) {
        Arguments.given(value, "value");
        if (value instanceof String s) {
            return '"' + s + '"';
        }
        return value instanceof Duration d ? Spans.text(d) : value.toString();
    }

    private static String notEmpty(String value, String name) {
        if (Arguments.given(value, name).isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return value;
    }

    private static boolean same(Object expected, Object found) {
        return (expected instanceof BigDecimal e && found instanceof BigDecimal f)
                ? e.compareTo(f) == 0
                : expected.equals(found);
    }

    @SuppressWarnings("unchecked") // the class of a V is a Class<? extends V>; values are only ever read through it
    private static <V> Class<V> typeOf(V value) {
        return (Class<V>) Arguments.given(value, "value").getClass();
    }

    private record Simple<V>(String sentence, Class<V> type, Predicate<V> judge) implements Expectation<V> {
        @Override
        public boolean accepts(V value) {
            return judge.test(value);
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    private record Captured<V>(Capture<V> capture) implements Expectation<V> {
        @Override
        public String sentence() {
            return "the " + capture;
        }

        @Override
        public Class<V> type() {
            return capture.type();
        }

        @Override
        public boolean accepts(V value) {
            throw new GoLiveException("an expectation of a captured value is judged after resolved(context)");
        }

        @Override
        public Set<Capture<?>> reads() {
            return new LinkedHashSet<>(Set.of(capture));
        }

        @Override
        public Expectation<V> resolved(CheckContext context) {
            return is(context.read(capture));
        }

        @Override
        public String toString() {
            return sentence();
        }
    }
}
