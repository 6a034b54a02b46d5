package dev.golive.report.html;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, in the words in which it shows it. The template escapes all of it.
 *
 * @param name what was examined
 * @param environment where
 * @param production whether to say that real users depend on that
 * @param verdict the verdict's word
 * @param tone the style class of the verdict
 * @param icon the data URL of the page's icon
 * @param detail what follows the word in the headline, may be blank
 * @param startedAt when the first run began
 * @param took how long the longest run took
 * @param heading what the reasons are
 * @param reasons what is in the way, the worst first
 * @param furtherReasons those that are too many to be read first
 * @param counts how the items stand, in a sentence
 * @param shares how the items stand, as parts of a bar
 * @param filters what can be shown alone
 * @param sources the runs
 * @param remarks what else a reader should know
 * @param sections the items, list by list
 */
public record Page(
        String name,
        String environment,
        boolean production,
        String verdict,
        String tone,
        String icon,
        String detail,
        Moment startedAt,
        String took,
        String heading,
        List<Reason> reasons,
        List<Reason> furtherReasons,
        String counts,
        List<Share> shares,
        List<Filter> filters,
        List<Source> sources,
        List<String> remarks,
        List<Section> sections) {

    /** A point in time, for programs and for people. */
    public record Moment(String iso, String text) {}

    /** A link to an item; without an anchor there is no such item on the page. */
    public record Link(String text, @Nullable String anchor) {}

    /** Something in the way; {@code items} is for a group, {@code link} for a single item; an open group shows by name. */
    public record Reason(
            String tone,
            String status,
            Link link,
            boolean recommended,
            String why,
            List<Link> causes,
            List<Link> items,
            boolean open) {}

    /** A part of the bar, from where and how wide in items. */
    public record Share(String tone, int from, int width) {}

    /** A choice of items to be shown alone. */
    public record Filter(String tone, String label, int count, boolean chosen) {}

    /** A run. */
    public record Source(String list, String release, String from, Moment startedAt, String took) {}

    /** The items of a list. */
    public record Section(String list, List<Row> rows) {}

    /** An item; {@code tones} are the filters under which it shows, the first gives its colour. */
    public record Row(
            String anchor,
            String tones,
            String status,
            String sentence,
            String why,
            String took,
            boolean open,
            List<String> marks,
            List<Link> causes,
            List<Detail> facts,
            boolean expectations,
            List<Detail> about) {}

    /** A fact, or something about the item itself. */
    public record Detail(String name, @Nullable String expected, String found) {}

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    /** Nothing is loaded and nothing runs but what golive itself wrote: script and style are known by their digest. */
    private static final String POLICY = "default-src 'none'; style-src " + digest(STYLE) + "; script-src "
            + digest(SCRIPT) + "; img-src data:; base-uri 'none'; form-action 'none'";

    /**
     * The page as HTML.
     *
     * @return one document
     */
    public String render() {
        StringOutput out = new StringOutput(16_384);
        JtereportGenerated.render(new OwaspHtmlTemplateOutput(out), null, this);
        return out.toString();
    }

    /** For the template. */
    public static String style() {
        return STYLE;
    }

    /** For the template. */
    public static String script() {
        return SCRIPT;
    }

    /** For the template. */
    public static String policy() {
        return POLICY;
    }

    /** How many items the page shows, for the template. */
    public int all() {
        return sections.stream().mapToInt(section -> section.rows().size()).sum();
    }

    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing from golive-api");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " of golive-api cannot be read", e);
        }
    }

    /** The source expression of Content Security Policy level 3, section 2.3.1. */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
