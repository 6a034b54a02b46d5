package dev.golive.testkit.internal.aws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of an operation of a REST protocol, with its variable parts in braces: {@code
 * /2020-05-31/distribution/{Id}/config}, {@code /{Bucket}/{Key+}}, {@code /{Bucket}?versions}.
 *
 * <ul>
 *   <li>A label stands for one part of the path that is not empty; one with a plus for one or more of them.
 *   <li>What follows the question mark must be in the query: a name alone with any value, a name with a value with
 *       this one. The query may have more.
 *   <li>A slash at the end of a path makes no difference, unless it belongs to a label with a plus.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class UriPattern {

    /** Literal parts before labels, labels before labels with a plus, longer before shorter, with a query before without. */
    public static final Comparator<UriPattern> MOST_SPECIFIC_FIRST = UriPattern::compare;

    private static final Pattern LABEL = Pattern.compile("\\{[A-Za-z0-9_.-]+\\+?}");

    private final String pattern;
    private final List<String> parts;
    private final Map<String, List<String>> query;

    private UriPattern(String pattern, List<String> parts, Map<String, List<String>> query) {
        this.pattern = pattern;
        this.parts = parts;
        this.query = query;
    }

    /**
     * A pattern.
     *
     * @param pattern for example {@code /2020-05-31/distribution/{Id}}; the names in braces are those on the wire
     * @return the pattern
     * @throws IllegalArgumentException if it does not start with a slash, a brace is not around a whole part, or two
     *     labels have a plus
     */
    public static UriPattern of(String pattern) {
        Objects.requireNonNull(pattern, "pattern");
        int question = pattern.indexOf('?');
        String path = question < 0 ? pattern : pattern.substring(0, question);
        List<String> parts =
                parts(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        boolean wellFormed = path.startsWith("/")
                && parts.stream()
                        .allMatch(part ->
                                LABEL.matcher(part).matches() || (part.indexOf('{') < 0 && part.indexOf('}') < 0))
                && parts.stream().filter(UriPattern::isGreedy).count() <= 1;
        if (!wellFormed) {
            throw new IllegalArgumentException("pattern: \"" + pattern
                    + "\" is not a path with labels; expected something like /2020-05-31/distribution/{Id}");
        }
        return new UriPattern(
                pattern, parts, question < 0 ? Map.of() : UrlText.parameters(pattern.substring(question + 1)));
    }

    /**
     * Whether a request is for this path.
     *
     * @param rawPath its path as sent
     * @param rawQuery its query as sent; empty if there is none
     * @return the decoded labels by name; empty if it is for another path
     * @throws MalformedRequestException if it is for this path, and its percent-encoding is broken
     */
    public Optional<Map<String, String>> match(String rawPath, String rawQuery) {
        Objects.requireNonNull(rawPath, "rawPath");
        Objects.requireNonNull(rawQuery, "rawQuery");
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        List<String> given = parts(rawPath);
        int greedy = greedyAt();
        if (greedy < 0) {
            if (!given.isEmpty() && given.get(given.size() - 1).isEmpty()) {
                given = given.subList(0, given.size() - 1);
            }
            return given.size() == parts.size() ? match(given, rawQuery) : Optional.empty();
        }
        int swallowed = given.size() - parts.size() + 1;
        if (swallowed < 1) {
            return Optional.empty();
        }
        List<String> joined = new ArrayList<>(given.subList(0, greedy));
        joined.add(String.join("/", given.subList(greedy, greedy + swallowed)));
        joined.addAll(given.subList(greedy + swallowed, given.size()));
        return match(joined, rawQuery);
    }

    private Optional<Map<String, String>> match(List<String> given, String rawQuery) {
        for (int i = 0; i < parts.size(); i++) {
            boolean fits = isLabel(parts.get(i))
                    ? !given.get(i).isEmpty()
                    : parts.get(i).equals(given.get(i));
            if (!fits) {
                return Optional.empty();
            }
        }
        if (!query.isEmpty() && !isIn(UrlText.parameters(rawQuery))) {
            return Optional.empty();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            if (isLabel(parts.get(i))) {
                labels.put(name(parts.get(i)), UrlText.decodePath(given.get(i)));
            }
        }
        return Optional.of(labels);
    }

    private boolean isIn(Map<String, List<String>> given) {
        for (Map.Entry<String, List<String>> wanted : query.entrySet()) {
            List<String> values = given.get(wanted.getKey());
            if (values == null || wanted.getValue().stream().anyMatch(v -> !v.isEmpty() && !values.contains(v))) {
                return false;
            }
        }
        return true;
    }

    /** What is between the slashes; nothing for the root. */
    private static List<String> parts(String path) {
        return path.length() <= 1 ? List.of() : Arrays.asList(path.substring(1).split("/", -1));
    }

    private int greedyAt() {
        for (int i = 0; i < parts.size(); i++) {
            if (isGreedy(parts.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLabel(String part) {
        return part.startsWith("{");
    }

    private static boolean isGreedy(String part) {
        return part.endsWith("+}");
    }

    private static String name(String label) {
        return label.substring(1, label.length() - (isGreedy(label) ? 2 : 1));
    }

    private static int compare(UriPattern one, UriPattern other) {
        for (int i = 0; i < Math.min(one.parts.size(), other.parts.size()); i++) {
            int difference = rank(one.parts.get(i)) - rank(other.parts.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        int longer = other.parts.size() - one.parts.size();
        return longer != 0 ? longer : other.weight() - one.weight();
    }

    private static int rank(String part) {
        return isGreedy(part) ? 2 : isLabel(part) ? 1 : 0;
    }

    /** How much a pattern asks of the query. */
    private int weight() {
        return query.values().stream()
                .mapToInt(values -> values.stream().allMatch(String::isEmpty) ? 1 : 2)
                .sum();
    }

    /**
     * The pattern as it was given.
     *
     * @return the pattern
     */
    @Override
    public String toString() {
        return pattern;
    }
}
