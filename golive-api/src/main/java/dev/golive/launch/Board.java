package dev.golive.launch;

import dev.golive.Component;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.internal.Texts;
import dev.golive.journal.Journal;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.LaunchWindows;
import dev.golive.time.Spans;
import dev.golive.time.WindowDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator looks at. It is made again after every command and every few seconds, so it reads nothing but the
 * state; the journal tells only how long it is.
 */
final class Board {

    static final int LINES = 24;
    static final int WIDTH = 120;

    private static final int COMPONENTS = 3;
    private static final int OVERDUE = 2;
    private static final int WAITS = 6;

    /** What waits is shown in this order, since there may be more than fits: the worst if nobody sees it comes first. */
    private static final List<String> URGENT = List.of(
            Needs.APPROVAL,
            Needs.ROLLBACK,
            Needs.PERMIT,
            Needs.LIVE,
            Needs.TRIGGER,
            Needs.ACTION,
            Needs.DECISION,
            Needs.STEP,
            Needs.INCONCLUSIVE,
            Needs.PRE_EXISTING,
            Needs.PLAN_CHANGED,
            Needs.ANOTHER_ARMED,
            Needs.HELD,
            Needs.WINDOW,
            Needs.VERDICT);

    private final Course course;
    private final State state;
    private final Instant now;
    private final Agenda agenda;
    private final List<String> lines = new ArrayList<>();

    private Board(Course course, State state, Instant now) {
        this.course = course;
        this.state = state;
        this.now = now;
        this.agenda = Agenda.of(course, state, now);
    }

    static List<String> of(Course course, State state, Journal journal, Instant now) {
        if (state.armed == null) {
            return List.of(cut(course.plan().name() + ": not armed yet"));
        }
        Board board = new Board(course, state, now);
        board.write();
        board.line("Journal: " + journal.size() + (journal.size() == 1 ? " entry" : " entries")
                + (journal.isDurable() ? "" : " in memory only") + ", head "
                + journal.head().substring(0, Math.min(12, journal.head().length())));
        return List.copyOf(board.lines);
    }

    private void write() {
        Event.Armed armed = state.arming();
        Instant h = state.h;
        // the name may be long, and what follows must be seen
        line((armed.drill() ? "DRILL, " : "") + state.state() + ": " + armed.environment()
                + (armed.production() ? " (production)" : "") + ", launch " + Commands.launchId(state) + ", "
                + course.plan().name());
        line("Now " + agenda.date(now) + ", T " + agenda.time(state.planned) + ", H "
                + (h == null ? "not yet" : agenda.time(h)) + ", "
                + course.plan().zone());
        verdict();
        line("Due: "
                + (agenda.underWay().isEmpty()
                        ? "nothing"
                        : agenda.underWay().get(0).owned()
                                + more(agenda.underWay().size() - 1)));
        next();
        overdue();
        window();
        components();
        wayBack();
        waits();
        news();
    }

    // ---- the verdict

    private void verdict() {
        if (state.end != null) {
            line("Verdict: " + state.end.verdict() + ", " + state.end.why());
            return;
        }
        Map<String, State.ListState> newest = new LinkedHashMap<>();
        for (State.ListState list : state.lists.values()) {
            newest.merge(name(list), list, (a, b) -> b.at().isBefore(a.at()) ? a : b);
        }
        Verdict worst = newest.values().stream()
                .map(State.ListState::verdict)
                .max(Enum::compareTo)
                .orElse(Verdict.UNDECIDED);
        Map.Entry<Instant, State.Checkpoint> checkpoint = newestCheckpoint();
        String checked = "";
        if (checkpoint != null && checkpoint.getValue().verdict() != null) {
            Verdict verdict = checkpoint.getValue().verdict();
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
            checked = ", checkpoint " + agenda.time(checkpoint.getKey()) + " " + verdict;
        }
        String digest = digest();
        line("Verdict: " + worst + " of " + newest.size() + (newest.size() == 1 ? " list" : " lists") + checked
                + (digest == null ? "" : "; decide on digest " + digest));
    }

    /** Steps may share a list, and what the newest look at it found counts. */
    private String name(State.ListState list) {
        return course.steps().stream()
                .filter(step -> step.id().equals(list.step()))
                .findFirst()
                .flatMap(Course.Step::list)
                .map(one -> "list " + one.name())
                .orElse("step " + list.step());
    }

    private Map.@Nullable Entry<Instant, State.Checkpoint> newestCheckpoint() {
        return state.checkpoints.entrySet().stream()
                .max(Map.Entry.comparingByKey())
                .orElse(null);
    }

    /** The digest that a decision is waited for on. */
    private @Nullable String digest() {
        if (!state.needs.containsKey(Needs.DECISION)) {
            return null;
        }
        return state.clearances.values().stream()
                .max(Comparator.comparing(State.Clearance::at))
                .map(State.Clearance::digest)
                .orElse(null);
    }

    // ---- when

    private void next() {
        if (agenda.next().isEmpty()) {
            line("Next: nothing");
            return;
        }
        Agenda.Entry first = agenda.next().get(0);
        Instant at = first.at();
        line("Next: " + (at == null ? "once H is known" : agenda.distance(at) + " (" + agenda.time(at) + ")") + " "
                + first.owned());
    }

    private void overdue() {
        List<Agenda.Entry> all = agenda.overdue();
        for (int i = 0; i < Math.min(OVERDUE, all.size()); i++) {
            Agenda.Entry entry = all.get(i);
            Instant at = entry.at();
            line("Overdue" + (at == null ? "" : " by " + Spans.text(Duration.between(at, now))) + ": " + entry.owned()
                    + (i == OVERDUE - 1 ? more(all.size() - OVERDUE) : ""));
        }
    }

    private void window() {
        if (state.isOver()) {
            return;
        }
        LaunchWindows windows = course.plan().windows().answered(state.blackouts);
        Instant at = agenda.windowCountsAt();
        String when = at.equals(now) ? "Window: " : "Window at " + agenda.time(at) + ": ";
        WindowDecision decision = windows.at(at);
        if (!decision.allowed()) {
            line(when + decision.because());
            return;
        }
        Instant end = windows.endOfWindow(at).orElse(Instant.MAX);
        if (end.equals(Instant.MAX)) {
            line(when + "any time");
            return;
        }
        Duration back = course.policy().flatMap(RollbackPolicy::budget).orElse(Duration.ZERO);
        Instant latest = end.minus(course.length()).minus(back);
        line(when + (at.equals(now) ? Spans.text(Duration.between(now, end)) + " left, " : "open ") + "until "
                + agenda.time(end) + "; latest start " + agenda.time(latest)
                + (latest.isBefore(now) ? ", which is over: too late as planned" : ""));
    }

    // ---- what is live, and the way back

    private void components() {
        List<Component> all = List.copyOf(course.components().values());
        boolean fits = all.size() <= COMPONENTS;
        List<Component> shown = fits ? all : all.subList(0, COMPONENTS - 1);
        shown.forEach(component -> {
            String name = component.name();
            Event.LiveSeen seen = state.live.get(name);
            Release armed = state.arming().live().get(name);
            Release live = seen == null ? armed : seen.release();
            Release launched = state.launched.get(name);
            boolean other = seen != null
                    && live != null
                    && launched != null
                    && !state.isLatched()
                    && !live.id().equals(launched.id());
            line((other ? "NOT AS LAUNCHED " : "Live ") + name + ": "
                    + (live != null ? live.id() : seen != null ? "not known, " + seen.why() : "nothing")
                    + (seen == null ? " (when armed)" : "") + "; launched "
                    + (launched == null ? "nothing yet" : launched.id()) + "; back to "
                    + state.frozen(name).map(Release::id).orElse("nothing"));
        });
        if (!fits) {
            line("Live: " + (all.size() - shown.size()) + " more components");
        }
    }

    private void wayBack() {
        RollbackPolicy policy = course.policy().orElse(null);
        if (policy == null) {
            line("Way back: none");
            return;
        }
        long frozen = policy.components().stream()
                .filter(component -> state.frozen(component.name()).isPresent())
                .count();
        Duration takes = policy.components().stream()
                .map(component -> Recovery.part(policy, component).atMost())
                .reduce(Duration.ZERO, (a, b) -> policy.isInParallel() ? (a.compareTo(b) >= 0 ? a : b) : a.plus(b));
        Row row = state.row;
        line("Way back: " + (row == null ? "" : row.status + " because of " + row.cause + "; ") + frozen + " of "
                + policy.components().size() + " frozen, takes "
                + Spans.text(takes)
                + policy.budget()
                        .map(budget -> ", budget " + Spans.text(budget))
                        .orElse("")
                + (policy.isDryRun() ? ", dry run" : policy.isAutomatic() ? ", automatic" : ", a person approves")
                + (state.arming().drill()
                        ? ", a drill"
                        : course.plan()
                                .drilled()
                                .map(drill -> ", drilled in " + Spans.text(drill.took()))
                                .orElse(", never drilled")));
    }

    // ---- people

    private void waits() {
        List<State.Need> all = new ArrayList<>(state.needs.values());
        all.sort(Comparator.comparingInt(Board::urgency).thenComparing(State.Need::since));
        if (all.isEmpty()) {
            line("Waits: for nobody");
            return;
        }
        int shown = all.size() <= WAITS ? all.size() : WAITS - 1;
        for (State.Need need : all.subList(0, shown)) {
            line("Waits: " + need.key() + " since " + agenda.time(need.since())
                    + (need.owner().isEmpty() ? "" : " for " + need.owner()) + ": " + need.what());
        }
        if (shown < all.size()) {
            line("Waits: " + (all.size() - shown) + " more; explain() shows them all");
        }
    }

    private static int urgency(State.Need need) {
        for (int i = 0; i < URGENT.size(); i++) {
            if (need.key().startsWith(URGENT.get(i))) {
                return i;
            }
        }
        return URGENT.size();
    }

    private void news() {
        state.news.forEach(news -> line("- " + agenda.time(news.at()) + " " + news.what()));
    }

    private static String more(int count) {
        return count > 0 ? "; " + count + " more" : "";
    }

    private void line(String text) {
        lines.add(cut(text));
    }

    private static String cut(String text) {
        String line = Texts.line(text);
        if (line.length() <= WIDTH) {
            return line;
        }
        int end = WIDTH - 3;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
