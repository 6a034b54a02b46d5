package dev.golive.report;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.RunListener;
import dev.golive.Status;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Shows a run while it takes place, and at its end the verdict with what is in the way.
 *
 * <pre>{@code
 * GoLive golive = GoLive.builder().listener(ConsoleProgress.on(System.out)).build();        // a log: lines only
 * GoLive golive = GoLive.builder().listener(ConsoleProgress.on(System.out).live()).build(); // a terminal
 * }</pre>
 *
 * <ul>
 *   <li>{@link #on} prints a line for each item, without control characters: right for logs and CI servers.
 *   <li>{@link #live()} keeps one line up to date with how far the run is and what is being examined, prints a line only
 *       for what does not let others go ahead, and uses colours. It needs a terminal that understands ANSI control
 *       sequences (ECMA-48); whether there is one is for the caller to know, since {@code System.console()} tells it
 *       differently from JDK 22 on.
 * </ul>
 *
 * <p>Its own marks are ASCII. Text of the run that would steer the terminal is replaced. The options return a new value;
 * one value shows one run at a time. Thread-safe.
 */
public final class ConsoleProgress implements RunListener {

    private static final String START_OF_LINE = "\r";
    private static final String ERASE_TO_END = "\u001B[K";
    private static final int BAR = 20;

    private final PrintStream out;
    private final boolean live;
    private final PlainText.Style style;
    private final Map<String, Integer> running = new LinkedHashMap<>();
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
    private int done;
    private int of;

    private ConsoleProgress(PrintStream out, boolean live, PlainText.Style style) {
        this.out = out;
        this.live = live;
        this.style = style;
    }

    /**
     * Lines on a stream.
     *
     * @param out the stream; it stays open
     * @return a listener that prints a plain line for each item, and the verdict for 80 columns
     */
    public static ConsoleProgress on(PrintStream out) {
        return new ConsoleProgress(
                Objects.requireNonNull(out, "out must not be null"), false, new PlainText.Style(80, false));
    }

    /**
     * The same on a terminal: one line that is redrawn, and colours.
     *
     * @return the new listener
     */
    public ConsoleProgress live() {
        return new ConsoleProgress(out, true, new PlainText.Style(style.width(), true));
    }

    /**
     * The same with or without colours. Honouring {@code NO_COLOR} is for the caller.
     *
     * @param use whether to use the colours of ANSI terminals
     * @return the new listener
     */
    public ConsoleProgress colours(boolean use) {
        return new ConsoleProgress(out, live, new PlainText.Style(style.width(), use));
    }

    /**
     * The same for a terminal of another width than 80 columns. A live line that is longer than the terminal is wide would not be
     * redrawn but repeated.
     *
     * @param columns the number of columns, between 40 and 1000
     * @return the new listener
     * @throws IllegalArgumentException if it is not between 40 and 1000
     */
    public ConsoleProgress width(int columns) {
        if (columns < 40 || columns > 1000) {
            throw new IllegalArgumentException("columns must be between 40 and 1000 but was " + columns);
        }
        return new ConsoleProgress(out, live, new PlainText.Style(columns, style.colours()));
    }

    @Override
    public synchronized void started(Checklist list, Environment environment) {
        running.clear();
        counts.clear();
        done = 0;
        of = 0;
        out.println(Words.line(list.name() + " in " + environment.name()));
        out.flush();
    }

    @Override
    public synchronized void attempting(String id, int attempt) {
        running.put(id, attempt);
        redraw();
    }

    @Override
    public synchronized void finished(ItemResult result, int doneNow, int ofAll) {
        running.remove(result.id());
        counts.merge(result.status(), 1, Integer::sum);
        done = doneNow;
        of = ofAll;
        if (live) {
            if (!result.status().lets() && !result.isNotYetDue()) {
                erase();
                out.println(new PlainText(style).item(result));
            }
            redraw();
        } else {
            String all = String.valueOf(ofAll);
            String number = " "
                            .repeat(Math.max(
                                    0, all.length() - String.valueOf(doneNow).length()))
                    + doneNow;
            PlainText.Style rest = new PlainText.Style(Integer.MAX_VALUE, style.colours());
            out.println("[" + number + "/" + all + "] " + new PlainText(rest).item(result));
            out.flush();
        }
    }

    @Override
    public synchronized void ended(Report report) {
        erase();
        out.println();
        out.print(new PlainText(style).ending(report));
        out.flush();
    }

    private void erase() {
        if (live) {
            out.print(START_OF_LINE + ERASE_TO_END);
        }
    }

    private void redraw() {
        if (!live) {
            return;
        }
        erase();
        // the last column stays free: some terminals break the line when it is written
        out.print(PlainText.cut(status(), style.width() - 1));
        out.flush();
    }

    private String status() {
        StringBuilder line = new StringBuilder();
        if (of > 0) {
            int filled = (int) ((long) BAR * done / of);
            line.append('[')
                    .append("=".repeat(filled))
                    .append(" ".repeat(BAR - filled))
                    .append("] ")
                    .append(done)
                    .append('/')
                    .append(of);
        }
        for (Status status : Words.WORST_FIRST) {
            Integer count = counts.get(status);
            if (count != null && !status.lets()) {
                line.append("  ").append(count).append(' ').append(Words.lower(status));
            }
        }
        if (!running.isEmpty()) {
            List<String> now = new ArrayList<>();
            running.forEach(
                    (id, attempt) -> now.add(Words.line(id) + (attempt == 1 ? "" : " (attempt " + attempt + ")")));
            line.append("  now: ").append(String.join(", ", now));
        }
        return line.toString();
    }
}
