package dev.golive.launch;

import dev.golive.internal.Texts;
import dev.golive.rollback.Rule;
import dev.golive.rollback.Sample;
import dev.golive.time.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is due, overdue and next, what waits for whom, and why it is rolled back if it is. */
final class Explanation {

    private final Course course;
    private final State state;
    private final Instant now;
    private final Agenda agenda;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Course course, State state, Instant now) {
        this.course = course;
        this.state = state;
        this.now = now;
        this.agenda = Agenda.of(course, state, now);
    }

    static String of(Course course, State state, Instant now) {
        if (state.armed == null) {
            return Texts.line(course.plan().name()) + ": not armed yet";
        }
        Explanation explanation = new Explanation(course, state, now);
        explanation.write();
        return String.join("\n", explanation.lines);
    }

    private void write() {
        line(course.plan().name() + " in " + state.arming().environment() + ", launch " + Commands.launchId(state)
                + (state.arming().drill() ? ", a drill" : "") + ": " + state.state());
        Instant h = state.h;
        line("It is " + agenda.date(now) + " in " + course.plan().zone() + "; T is " + agenda.time(state.planned)
                + ", H is " + (h == null ? "not yet" : agenda.time(h)) + ".");
        if (state.end != null) {
            line("It is over, " + state.end.verdict() + ": " + state.end.why());
        } else {
            section("Due now", agenda.underWay(), this::since);
            waits();
            section("Overdue", agenda.overdue(), entry -> by(entry.at()));
            section("Next", agenda.next(), this::toGo);
        }
        rollback();
    }

    private interface When {
        String of(Agenda.Entry entry);
    }

    private void section(String title, List<Agenda.Entry> entries, When when) {
        title(title);
        if (entries.isEmpty()) {
            line("- nothing");
        }
        entries.forEach(entry -> line("- " + entry.owned() + when.of(entry)));
    }

    private String since(Agenda.Entry entry) {
        Instant at = entry.at();
        return at == null ? "" : ", since " + agenda.time(at);
    }

    private String by(@Nullable Instant due) {
        return due == null ? "" : ", by " + Spans.text(Duration.between(due, now)) + " (" + agenda.time(due) + ")";
    }

    private String toGo(Agenda.Entry entry) {
        Instant at = entry.at();
        return at == null
                ? ", once H is known"
                : ", in " + Spans.text(Duration.between(now, at)) + " (" + agenda.time(at) + ")";
    }

    private void waits() {
        title("Waits");
        if (state.needs.isEmpty()) {
            line("- for nobody");
        }
        state.needs.values().stream()
                .sorted(Comparator.comparing(State.Need::since))
                .forEach(need -> line("- " + need.key() + ", for "
                        + (need.owner().isEmpty() ? "anybody" : need.owner()) + " since " + agenda.time(need.since())
                        + " (" + Spans.text(Duration.between(need.since(), now)) + "): " + need.what()));
    }

    // ---- the rollback

    private void rollback() {
        Row row = state.row;
        if (row == null && state.refused.isEmpty()) {
            return;
        }
        title("Rollback");
        state.refused.forEach(refused -> line("- asked for because of " + refused.cause() + " and " + refused.how()
                + ", at " + agenda.time(refused.at())));
        if (row == null) {
            return;
        }
        line("- " + row.id + " of " + String.join(", ", row.components) + ", "
                + row.status.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", decided at " + row.decidedAt
                + (row.by == null ? "" : " by " + row.by.id()));
        line("- cause: " + row.cause);
        line("- why: " + row.why);
        course.policy()
                .ifPresent(policy -> policy.rules().stream()
                        .filter(rule ->
                                row.cause.equals("trigger " + rule.trigger().id()))
                        .forEach(this::rule));
        for (Sample sample : row.evidence) {
            line("- input: " + sample);
        }
        if (row.verified != null) {
            line("- verification: " + row.verified + (row.verifiedWhy.isEmpty() ? "" : ", " + row.verifiedWhy));
        }
    }

    private void rule(Rule rule) {
        line("- rule: " + rule.consequence().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " when "
                + rule.trigger().sentence());
    }

    private void title(String text) {
        lines.add("");
        lines.add(text);
    }

    private void line(String text) {
        lines.add(Texts.line(text));
    }
}
