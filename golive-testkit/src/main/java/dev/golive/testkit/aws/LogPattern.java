package dev.golive.testkit.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter patterns of CloudWatch Logs, as far as the fake knows them: terms that must all be there, {@code ?} before
 * terms of which one must be there, {@code -} before terms that must not, quotation marks around a phrase, and {@code {
 * $.name = "value" }} for a property of a JSON object.
 */
final class LogPattern implements Predicate<String> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PROPERTY =
            Pattern.compile("\\{\\s*\\$\\.([A-Za-z0-9_]+)\\s*(=|!=)\\s*(?:\"([^\"]*)\"|([^\\s}]+))\\s*}");
    private static final Pattern TERM = Pattern.compile("([?-]?)(?:\"([^\"]+)\"|([\\w.:/@]+))(?:\\s+|$)");

    private final List<String> all = new ArrayList<>();
    private final List<String> any = new ArrayList<>();
    private final List<String> none = new ArrayList<>();
    private final @Nullable Matcher property;

    private LogPattern(String pattern) {
        Matcher object = PROPERTY.matcher(pattern);
        if (object.matches()) {
            property = object;
            return;
        }
        property = null;
        Matcher term = TERM.matcher(pattern);
        int end = 0;
        while (term.find() && term.start() == end) {
            String text = term.group(2) == null ? term.group(3) : term.group(2);
            (term.group(1).equals("?") ? any : term.group(1).equals("-") ? none : all).add(text);
            end = term.end();
        }
        if (end < pattern.length()) {
            throw new AwsError(400, "InvalidParameterException", "Invalid filter pattern: " + pattern);
        }
    }

    /** A pattern, in which nothing matches everything. */
    static Predicate<String> of(@Nullable String pattern) {
        return pattern == null || pattern.isBlank() ? message -> true : new LogPattern(pattern.strip());
    }

    @Override
    public boolean test(String message) {
        Matcher object = property;
        if (object != null) {
            return hasProperty(message, object);
        }
        // with a term that must be there, those of which one must be there do not matter
        boolean matches = all.isEmpty()
                ? any.isEmpty() || any.stream().anyMatch(message::contains)
                : all.stream().allMatch(message::contains);
        return matches && none.stream().noneMatch(message::contains);
    }

    private static boolean hasProperty(String message, Matcher object) {
        JsonNode value;
        try {
            value = JSON.readTree(message).path(object.group(1));
        } catch (JsonProcessingException e) {
            return false;
        }
        String wanted = object.group(3) == null ? object.group(4) : object.group(3);
        return value.isValueNode()
                && value.asText().equals(wanted) == object.group(2).equals("=");
    }
}
