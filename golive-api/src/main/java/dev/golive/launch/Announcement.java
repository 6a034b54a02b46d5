package dev.golive.launch;

import dev.golive.Channel;
import dev.golive.internal.Arguments;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of the communication plan: to whom, where, and a text that is filled from the state of the launch.
 *
 * <p>Places in braces are filled in: {@code {plan}}, {@code {environment}}, {@code {release}}, {@code {state}},
 * {@code {verdict}}, {@code {reasons}}, {@code {T}}, {@code {H}} and {@code {now}}. Another word in braces is refused when
 * the announcement is made, since nobody wants to read it on launch day. Immutable and thread-safe.
 */
public final class Announcement {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** What a template may hold. */
    static final Set<String> PLACES =
            Set.of("plan", "environment", "release", "state", "verdict", "reasons", "T", "H", "now");

    private final Channel channel;
    private final String template;
    private final String audience;
    private final Set<String> tags;

    private Announcement(Channel channel, String template, String audience, Set<String> tags) {
        this.channel = channel;
        this.template = template;
        this.audience = audience;
        this.tags = tags;
    }

    /**
     * A message to whoever reads a channel.
     *
     * @param channel where it is posted
     * @param template the text, with places in braces
     * @return the announcement
     * @throws IllegalArgumentException if a place in braces is none of those that can be filled
     */
    public static Announcement of(Channel channel, String template) {
        Arguments.given(channel, "channel");
        Matcher places = PLACE.matcher(Arguments.text(template, "template"));
        while (places.find()) {
            if (!PLACES.contains(places.group(1))) {
                throw new IllegalArgumentException("template must hold only the places " + new TreeSet<>(PLACES)
                        + " in braces but holds {" + places.group(1) + "}");
            }
        }
        return new Announcement(channel, template, "", Set.of());
    }

    /**
     * The same, meant for somebody in particular.
     *
     * @param who for example {@code customers}
     * @return the new announcement
     */
    public Announcement audience(String who) {
        return new Announcement(channel, template, Arguments.text(who, "who"), tags);
    }

    /**
     * The same with more tags.
     *
     * @param tags words to select by
     * @return the new announcement
     */
    public Announcement tagged(String... tags) {
        return new Announcement(channel, template, audience, Arguments.tags(this.tags, tags));
    }

    /** The same text to the same people, posted elsewhere. */
    Announcement to(Channel other) {
        return new Announcement(other, template, audience, tags);
    }

    /**
     * Where it is posted.
     *
     * @return the channel
     */
    public Channel channel() {
        return channel;
    }

    /**
     * The text with its places.
     *
     * @return the template
     */
    public String template() {
        return template;
    }

    /**
     * For whom it is meant.
     *
     * @return the audience, blank if nobody in particular
     */
    public String audience() {
        return audience;
    }

    /**
     * Words to select by.
     *
     * @return the tags
     */
    public Set<String> tags() {
        return tags;
    }

    String filled(Map<String, String> places) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(places.getOrDefault(place.group(1), "unknown")));
    }

    @Override
    public String toString() {
        return channel.name() + (audience.isEmpty() ? "" : " (" + audience + ")") + ": " + template;
    }
}
