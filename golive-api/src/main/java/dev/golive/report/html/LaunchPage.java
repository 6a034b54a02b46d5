package dev.golive.report.html;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * A view of a launch, in the words in which it is shown: by the template as a page, by others as text or Markdown. Each
 * of them escapes all of it.
 *
 * @param view what kind of report it is
 * @param name what was launched
 * @param environment where
 * @param production whether to say that real users depend on that
 * @param word where the launch stands, in a word
 * @param tone the style class of that
 * @param icon the data URL of the page's icon
 * @param detail what else is to be said first, may be blank
 * @param when the most important times
 * @param remarks what a reader should know before believing the rest
 * @param sections everything else
 */
public record LaunchPage(
        String view,
        String name,
        String environment,
        boolean production,
        String word,
        String tone,
        String icon,
        String detail,
        String when,
        List<String> remarks,
        List<Section> sections) {

    /** A part with a heading. */
    public record Section(String id, String heading, List<Block> blocks) {}

    /** Something within a section. */
    public sealed interface Block {}

    /** A sentence or several. */
    public record Paragraph(String text) implements Block {}

    /** A heading within a section. */
    public record Heading(String text) implements Block {}

    /** Sentences beside each other. */
    public record Bullets(List<String> texts) implements Block {}

    /** Names and what belongs to them. */
    public record Facts(List<Page.Detail> facts) implements Block {}

    /** Rows of cells. */
    public record Table(List<String> columns, List<Row> rows) implements Block {}

    /** A row; a tone colours its first cell, and a blank one does not. */
    public record Row(String tone, List<String> cells) {}

    /** What happened, one below the other. */
    public record Timeline(List<Line> lines) implements Block {}

    /** A line of the timeline; the day is blank unless it is another one than before, and so is the state. */
    public record Line(String day, Page.Moment at, String tone, String state, String kind, String actor, String text) {}

    /** The samples of signals over the same time. */
    public record Strips(Page.Moment from, Page.Moment until, List<Strip> strips, List<Mark> marks) implements Block {}

    /** A signal; each cell is what was sampled in one of as many equal parts of the time. */
    public record Strip(String signal, String counts, String cells) {

        /** For {@link #cells}: as it should be. */
        public static final char OK = '.';

        /** For {@link #cells}: not as it should be. */
        public static final char BREACH = 'X';

        /** For {@link #cells}: nothing was seen. */
        public static final char UNKNOWN = '?';

        /** For {@link #cells}: during maintenance. */
        public static final char MAINTENANCE = 'm';

        /** For {@link #cells}: no sample. */
        public static final char NONE = ' ';

        /** The cells as parts of a bar. */
        public List<Page.Share> shares() {
            List<Page.Share> shares = new ArrayList<>();
            int from = 0;
            for (int i = 1; i <= cells.length(); i++) {
                if (i == cells.length() || cells.charAt(i) != cells.charAt(from)) {
                    String tone = tone(cells.charAt(from));
                    if (!tone.isEmpty()) {
                        shares.add(new Page.Share(tone, from, i - from));
                    }
                    from = i;
                }
            }
            return shares;
        }

        private static String tone(char cell) {
            return switch (cell) {
                case OK -> "passed";
                case BREACH -> "failed";
                case UNKNOWN -> "unknown";
                case MAINTENANCE -> "not-applicable";
                default -> "";
            };
        }
    }

    /** An instant on the strips, as the number of its cell. */
    public record Mark(int cell, String label, Page.Moment at) {}

    private static final String STYLE = Page.style() + Page.resource("launch.css");

    /** Nothing is loaded, and nothing runs at all. */
    private static final String POLICY = "default-src 'none'; style-src " + Page.digest(STYLE)
            + "; img-src data:; base-uri 'none'; form-action 'none'";

    /**
     * The page as HTML.
     *
     * @return one document
     */
    public String render() {
        StringOutput out = new StringOutput(16_384);
        JtelaunchGenerated.render(new OwaspHtmlTemplateOutput(out), null, this);
        return out.toString();
    }

    /** For the template. */
    public static String style() {
        return STYLE;
    }

    /** For the template. */
    public static String policy() {
        return POLICY;
    }
}
