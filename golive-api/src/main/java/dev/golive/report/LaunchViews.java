package dev.golive.report;

import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.launch.LaunchReport;
import dev.golive.launch.LaunchState;
import dev.golive.report.html.LaunchPage;
import dev.golive.report.html.Page;
import dev.golive.rollback.Sample;
import dev.golive.time.Spans;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prepares the views of a launch, in words that all formats share. It escapes nothing. */
final class LaunchViews {

    /** Statuses of actions that need nobody. */
    private static final List<String> GOOD = List.of("DONE", "ALREADY");

    private final LaunchReport report;
    private final int cells;
    private final List<LaunchPage.Section> sections = new ArrayList<>();
    private List<LaunchPage.Block> blocks = new ArrayList<>();

    private LaunchViews(LaunchReport report, int cells) {
        this.report = report;
        this.cells = cells;
    }

    /** A view; the samples are shown in so many cells. */
    static LaunchPage of(LaunchReport report, LaunchReports.View view, int cells) {
        LaunchViews views = new LaunchViews(report, cells);
        switch (view) {
            case LAUNCH -> views.launch();
            case INCIDENT -> views.incident();
            case SLA -> views.sla();
        }
        return views.page(view);
    }

    private LaunchPage page(LaunchReports.View view) {
        Optional<LaunchState> state = report.state();
        String tone = state.map(this::tone).orElse("unknown");
        return new LaunchPage(
                switch (view) {
                    case LAUNCH -> "Launch report";
                    case INCIDENT -> "Incident report";
                    case SLA -> "Service level report";
                },
                report.plan().isEmpty() ? "No launch" : Words.line(report.plan()),
                report.environment().isEmpty() ? "no environment" : Words.line(report.environment()),
                showsProduction(),
                state.map(LaunchViews::word).orElse("NOTHING ARMED"),
                tone,
                icon(tone),
                detail(),
                when(),
                report.remarks().stream().map(Words::line).toList(),
                sections);
    }

    private boolean showsProduction() {
        return report.isProduction() && !report.environment().equalsIgnoreCase("production");
    }

    private String detail() {
        String verdict = report.verdict().map(Words::of).orElse("");
        return Words.line(verdict + (verdict.isEmpty() || report.why().isBlank() ? "" : ": ") + report.why());
    }

    private String when() {
        List<String> parts = new ArrayList<>();
        report.planned().ifPresent(t -> parts.add("T " + Words.utc(t)));
        report.launched().ifPresent(h -> parts.add("H " + Words.utc(h)));
        report.ended().ifPresent(end -> parts.add("ended " + Words.utc(end)));
        if (report.ended().isEmpty()) {
            report.last().ifPresent(last -> parts.add("still running, as of " + Words.utc(last)));
        }
        return String.join(", ", parts);
    }

    // ---- the three views

    private void launch() {
        summary();
        waiting();
        rollbacks();
        budgets();
        targets();
        signals(null);
        timeline("Timeline", report.timeline());
        decisions(report.decisions());
        lists();
        actions("Actions", report.actions());
        checkpoints();
        triggers();
        announcements();
        service();
        followUps();
    }

    private void incident() {
        Instant from = firstSignOfIt();
        report.rollback().ifPresent(rollback -> impact(rollback, from));
        failedGates();
        rollbacks();
        actions(
                "What was done",
                report.actions().stream().filter(LaunchViews::isWayBack).toList());
        budgets();
        targets();
        signals(from);
        timeline(
                "Timeline from the first sign of it",
                report.timeline().stream()
                        .filter(line -> !line.at().isBefore(from))
                        .toList());
        decisions(report.decisions().stream()
                .filter(decision -> !decision.at().isBefore(from)
                        || decision.what().startsWith("decided")
                        || decision.what().startsWith("overrode")
                        || decision.what().startsWith("waived"))
                .toList());
        open();
    }

    private void sla() {
        service();
        if (report.serviceLevel().isEmpty()) {
            say("Nothing was launched, so there is nothing to measure.");
            section("service", "Service level");
        }
        report.launched().ifPresent(this::signals);
    }

    // ---- parts

    private void section(String id, String heading) {
        if (!blocks.isEmpty()) {
            sections.add(new LaunchPage.Section(id, heading, List.copyOf(blocks)));
            blocks = new ArrayList<>();
        }
    }

    private void say(String text) {
        blocks.add(new LaunchPage.Paragraph(Words.line(text)));
    }

    private void say(Facts facts) {
        blocks.add(new LaunchPage.Facts(List.copyOf(facts.all)));
    }

    private void bullets(List<String> texts) {
        if (!texts.isEmpty()) {
            blocks.add(new LaunchPage.Bullets(texts.stream().map(Words::line).toList()));
        }
    }

    private <T> void table(List<T> values, String columns, Function<T, LaunchPage.Row> row) {
        if (!values.isEmpty()) {
            blocks.add(new LaunchPage.Table(
                    List.of(columns.split(", ")), values.stream().map(row).toList()));
        }
    }

    private static LaunchPage.Row row(String tone, String... cells) {
        List<String> lines = new ArrayList<>();
        for (String cell : cells) {
            lines.add(Words.line(cell));
        }
        return new LaunchPage.Row(tone, lines);
    }

    /** Names and what belongs to them, as far as there is something. */
    private static final class Facts {
        private final List<Page.Detail> all = new ArrayList<>();

        private Facts add(String name, String text) {
            if (!text.isBlank()) {
                all.add(new Page.Detail(name, null, Words.line(text)));
            }
            return this;
        }

        private Facts add(String name, Optional<Instant> at) {
            return add(name, at.map(Words::utc).orElse(""));
        }

        private Facts span(String name, Optional<Duration> span) {
            return add(name, span.map(Spans::text).orElse("not reached"));
        }
    }

    private void summary() {
        say(new Facts()
                .add("plan", report.plan() + (report.planDigest().isEmpty() ? "" : " (" + report.planDigest() + ")"))
                .add("environment", report.environment() + (showsProduction() ? ", production" : ""))
                .add("launch id", report.launchId())
                .add("operator", report.operator().map(Object::toString).orElse(""))
                .add("armed", report.armed())
                .add("T", report.planned())
                .add("H", report.launched())
                .add("ended", report.ended())
                .add(
                        "state",
                        report.state().map(LaunchViews::word).orElse("nothing is armed")
                                + (report.isDrill() ? ", a drill" : ""))
                .add("verdict", report.verdict().map(Words::of).orElse("none yet"))
                .add("why", report.why())
                .add("processes", report.processes() + (report.processes() > 1 ? ", one after the other" : ""))
                .add(
                        "journal",
                        (report.journal().intact() ? "intact" : "NOT INTACT")
                                + (report.isDurable() ? "" : ", not durable") + ", "
                                + report.journal().entries() + " entries")
                .add("head of the journal", report.journal().head()));
        section("summary", "Summary");
    }

    private void waiting() {
        bullets(report.waiting());
        section("waiting", "What waits for people");
    }

    /** The first bad sample of those that decided, or what else made people look. */
    private Instant firstSignOfIt() {
        Instant first = null;
        for (LaunchReport.FailedGate gate : report.failedGates()) {
            first = earlier(first, gate.at());
        }
        for (LaunchReport.Rollback rollback : report.rollbacks()) {
            first = earlier(first, rollback.decided());
            for (Sample sample : rollback.evidence()) {
                first = earlier(first, sample.startedAt());
                first = earlier(first, beginning(sample));
            }
        }
        return first == null ? Instant.MIN : first;
    }

    /** When the breach began that a sample is part of. */
    private Instant beginning(Sample sample) {
        for (LaunchReport.Signal signal : report.signals()) {
            for (LaunchReport.Stretch stretch : signal.stretches()) {
                if (signal.id().equals(sample.signal())
                        && stretch.reading() == Sample.Reading.BREACH
                        && !sample.startedAt().isBefore(stretch.from())
                        && !sample.startedAt().isAfter(stretch.until())) {
                    return stretch.from();
                }
            }
        }
        return sample.startedAt();
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private void impact(LaunchReport.Rollback rollback, Instant from) {
        Instant verified = rollback.verified();
        say(rollback.why());
        say(new Facts()
                .add("first sign of it", Words.utc(from))
                .add("decided", Words.utc(rollback.decided()))
                .add("approved", Optional.ofNullable(rollback.approved()))
                .add("performed", Optional.ofNullable(rollback.performed()))
                .add("verified", Optional.ofNullable(verified))
                .add(
                        "lasted",
                        verified == null ? "not seen to be well again" : Spans.text(Duration.between(from, verified)))
                .add("what became of it", rollback.outcome()));
        section("impact", "What happened");
    }

    private void failedGates() {
        table(
                report.failedGates(),
                "Verdict, Gate, Step, At, What was not in order",
                gate -> row(
                        "failed",
                        "NO GO",
                        gate.list(),
                        gate.step(),
                        Words.utc(gate.at()),
                        String.join("; ", gate.open())));
        section("gates", "Gates that failed");
    }

    private void rollbacks() {
        int number = 0;
        for (LaunchReport.Rollback rollback : report.rollbacks()) {
            number++;
            if (report.rollbacks().size() > 1) {
                blocks.add(new LaunchPage.Heading("Decision " + number));
            }
            say(new Facts()
                    .add("cause", rollback.cause())
                    .add("why", rollback.why())
                    .add("of", String.join(", ", rollback.components()))
                    .add("authority", rollback.authority().isEmpty() ? "nobody" : rollback.authority())
                    .add("outcome", rollback.outcome())
                    .add("verification", rollback.verification()));
            if (rollback.approved() != null) {
                say(new Facts()
                        .span("detection took", rollback.detection())
                        .span("decision took", rollback.decision())
                        .span("execution took", rollback.execution())
                        .span("verification took", rollback.verificationTook())
                        .span("in all", rollback.total()));
            }
            table(
                    rollback.evidence(),
                    "Reading, Signal, Taken, Slot, What was seen",
                    sample -> row(
                            tone(sample),
                            sample.kind() != null
                                    ? sample.kind().name().replace('_', ' ')
                                    // numbers are neither good nor bad until a trigger has judged them
                                    : sample.counts() != null
                                            ? "COUNTED"
                                            : sample.reading().name(),
                            sample.signal(),
                            Words.utc(sample.startedAt()),
                            Words.utc(sample.slotAt()),
                            seen(sample)));
            bullets(rollback.further().stream().map(more -> "Also: " + more).toList());
            bullets(rollback.wouldDo().stream()
                    .map(would -> "Would be done: " + would)
                    .toList());
        }
        section("rollback", "Rollback");
    }

    private static String seen(Sample sample) {
        var counts = sample.counts();
        String numbers = counts == null
                ? ""
                : counts.bad() + " of " + counts.total()
                        + (counts.percentiles().isEmpty() ? "" : " " + counts.percentiles());
        return numbers + (numbers.isEmpty() || sample.why().isBlank() ? "" : ": ") + sample.why();
    }

    private void budgets() {
        table(
                report.budgets(),
                "Taken, Of, Limit",
                budget -> row(
                        "failed",
                        budget.taken() == null
                                ? "more than " + Spans.text(budget.measured())
                                : Spans.text(Objects.requireNonNull(budget.taken())),
                        budget.what(),
                        Spans.text(budget.limit())));
        section("budgets", "Budgets exceeded");
    }

    private void targets() {
        table(
                report.targets(),
                "Component, Before, Launched, Rollback returns to, Live at the end",
                target -> row(
                        "",
                        target.component(),
                        release(target.before()),
                        release(target.launched()),
                        release(target.frozen()),
                        release(target.live())));
        section("releases", "Releases");
    }

    private static String release(@Nullable Release release) {
        return release == null ? "none" : release.id();
    }

    private void timeline(String heading, List<LaunchReport.Line> lines) {
        List<LaunchPage.Line> shown = new ArrayList<>();
        String day = "";
        LaunchState state = null;
        for (LaunchReport.Line line : lines) {
            String[] parts = Words.utc(line.at()).split(" ", -1);
            String today = parts[0];
            shown.add(new LaunchPage.Line(
                    today.equals(day) ? "" : today,
                    new Page.Moment(line.at().toString(), parts.length > 1 ? parts[1] : ""),
                    tone(line.state()),
                    line.state() == state ? "" : word(line.state()),
                    line.kind().name().toLowerCase(Locale.ROOT),
                    line.actor().equals("golive") ? "" : Words.line(line.actor()),
                    Words.line(line.text())));
            day = today;
            state = line.state();
        }
        if (!shown.isEmpty()) {
            blocks.add(new LaunchPage.Timeline(shown));
        }
        section("timeline", heading);
    }

    private void decisions(List<LaunchReport.Decision> decisions) {
        table(
                decisions,
                "Counted, Who, What, Why, On what, At",
                decision -> row(
                        decision.accepted() ? "passed" : "failed",
                        decision.accepted() ? "yes" : "refused",
                        decision.by()
                                + (decision.roles().isEmpty() ? "" : " (" + String.join(", ", decision.roles()) + ")"),
                        decision.what(),
                        decision.reason()
                                + (decision.accepted()
                                        ? ""
                                        : (decision.reason().isBlank() ? "" : "; ") + "refused: " + decision.refused()),
                        (decision.digest().isEmpty() ? "" : "digest " + decision.digest())
                                + (decision.digest().isEmpty()
                                                || decision.open().isEmpty()
                                        ? ""
                                        : ", ")
                                + (decision.open().isEmpty() ? "" : String.join("; ", decision.open())),
                        Words.utc(decision.at())));
        section("decisions", "Who decided what");
    }

    private void lists() {
        table(
                report.lists(),
                "Verdict, List, Step, Open, Examined, Last",
                list -> row(
                        tone(list.verdict()),
                        Words.of(list.verdict()),
                        list.list(),
                        list.step(),
                        String.join("; ", list.open()),
                        list.examined() == 1 ? "once" : list.examined() + " times",
                        Words.utc(list.at())));
        section("lists", "Lists");
    }

    /** Whether an action is not one of the launch itself. */
    private static boolean isWayBack(LaunchReport.ActionResult action) {
        return !action.key().startsWith("launch:");
    }

    private void actions(String heading, List<LaunchReport.ActionResult> actions) {
        table(
                actions,
                "Status, Action, Sent, Took, Receipt, Began, Ended, Why",
                action -> row(
                        tone(action),
                        action.status().replace('_', ' '),
                        action.key(),
                        action.attempts() == 0
                                ? "never"
                                : action.attempts() == 1 ? "once" : action.attempts() + " times",
                        action.took().map(Spans::text).orElse(""),
                        action.receipt(),
                        action.started() == null ? "" : Words.utc(Objects.requireNonNull(action.started())),
                        action.ended() == null ? "" : Words.utc(Objects.requireNonNull(action.ended())),
                        action.why()));
        section("actions", heading);
    }

    private void checkpoints() {
        table(
                report.checkpoints(),
                "Verdict, Due, Open, What people said, What changed",
                c -> row(
                        c.verdict() == null ? "unknown" : tone(Objects.requireNonNull(c.verdict())),
                        c.verdict() == null ? "missed" : Words.of(Objects.requireNonNull(c.verdict())),
                        Words.utc(c.slot()),
                        String.join("; ", c.open()),
                        c.outcome(),
                        String.join("; ", c.trends())));
        section("checkpoints", "Checkpoints");
    }

    private void triggers() {
        table(
                report.turns(),
                "Says, Trigger, At, Why",
                turn -> row(
                        turn.truth().startsWith("TRUE")
                                ? "failed"
                                : turn.truth().equals("FALSE") ? "passed" : "unknown",
                        turn.truth(),
                        turn.trigger(),
                        Words.utc(turn.at()),
                        turn.why()));
        section("triggers", "Triggers");
        table(
                report.live(),
                "Component, Release, At, Why",
                live -> row("", live.component(), release(live.release()), Words.utc(live.at()), live.why()));
        section("live", "What was seen live");
    }

    private void announcements() {
        table(
                report.announcements(),
                "Posted, Channel, Text, Failed",
                a -> row(
                        a.posted() == null ? "failed" : "passed",
                        a.posted() == null ? "never" : Words.utc(Objects.requireNonNull(a.posted())),
                        a.channel(),
                        a.text(),
                        a.failures().isEmpty()
                                ? ""
                                : a.failures().size() + " times, last: "
                                        + a.failures().get(a.failures().size() - 1)));
        section("announcements", "Announcements");
    }

    private void followUps() {
        promised();
        section("follow-ups", "To be done afterwards");
    }

    private void promised() {
        table(
                report.followUps(),
                "Done, What, Due",
                one -> row(
                        one.done() == null ? "pending" : "passed",
                        one.done() == null ? "not yet" : Words.utc(Objects.requireNonNull(one.done())),
                        one.what(),
                        Words.utc(one.due())));
    }

    /** What is still to be done after an incident: what was promised, what waits, and what is not as it should be. */
    private void open() {
        bullets(report.waiting());
        List<String> open = new ArrayList<>();
        for (LaunchReport.ActionResult action : report.actions()) {
            if (isWayBack(action) && !GOOD.contains(action.status())) {
                open.add(action.key() + " is " + action.status() + (action.why().isBlank() ? "" : ": " + action.why()));
            }
        }
        if (report.rollback().filter(rollback -> rollback.approved() != null).isPresent()) {
            for (LaunchReport.Target target : report.targets()) {
                Release frozen = target.frozen();
                Release live = target.live();
                if (frozen != null && live != null && !frozen.id().equals(live.id())) {
                    open.add(target.component() + " is at " + live.id() + " and should be back at " + frozen.id());
                }
            }
        }
        long unposted = report.announcements().stream()
                .filter(a -> a.posted() == null && !a.failures().isEmpty())
                .count();
        if (unposted > 0) {
            open.add(Words.number((int) unposted, "announcement") + " could not be posted");
        }
        bullets(open);
        promised();
        section("open", "What is still open");
    }

    // ---- the level of service

    private void service() {
        LaunchReport.ServiceLevel level = report.serviceLevel().orElse(null);
        if (level == null) {
            return;
        }
        say(new Facts()
                .add("from", Words.utc(level.from()) + " (H)")
                .add("until", Words.utc(level.until()))
                .add("length", Spans.text(Duration.between(level.from(), level.until())))
                .add("nobody watched for", level.unwatched().isZero() ? "" : Spans.text(level.unwatched())));
        table(
                level.services().stream()
                        .filter(s -> s.total() == 0 && s.percentiles().isEmpty())
                        .toList(),
                "Uptime, Probe, OK, Breach, Unknown, Maintenance, Longest outage",
                s -> row(
                        s.uptime() == null ? "unknown" : s.breach() > 0 ? "failed" : "passed",
                        s.uptime() == null
                                ? "not known"
                                : percent(Objects.requireNonNull(s.uptime()), RoundingMode.FLOOR),
                        s.signal(),
                        String.valueOf(s.ok()),
                        String.valueOf(s.breach()),
                        String.valueOf(s.unknown()),
                        String.valueOf(s.maintenance()),
                        outage(s.longest())));
        List<LaunchReport.Service> metrics = level.services().stream()
                .filter(s -> s.total() > 0 || !s.percentiles().isEmpty())
                .toList();
        table(
                metrics,
                "Error rate, Metric, Bad, Total, Slots, Unknown, Maintenance",
                s -> row(
                        "",
                        s.errorRate().isPresent()
                                ? percent(s.errorRate().getAsDouble(), RoundingMode.CEILING)
                                : "not known",
                        s.signal(),
                        String.valueOf(s.bad()),
                        String.valueOf(s.total()),
                        String.valueOf(s.ok() + s.breach()),
                        String.valueOf(s.unknown()),
                        String.valueOf(s.maintenance())));
        List<LaunchPage.Row> percentiles = new ArrayList<>();
        for (LaunchReport.Service s : metrics) {
            for (LaunchReport.Percentile p : s.percentiles()) {
                percentiles.add(row(
                        "",
                        s.signal() + " p" + number(p.percentile()),
                        number(p.median()),
                        number(p.worst()),
                        Words.utc(p.worstSlot()),
                        String.valueOf(p.slots())));
            }
        }
        table(percentiles, "Percentile of each slot, Median slot, Worst slot, Which, Slots", row -> row);
        List<String> notes = new ArrayList<>();
        notes.add(
                "Uptime is OK / (OK + BREACH). Unknown samples count neither as up nor as down, and samples taken during"
                        + " maintenance are left out.");
        notes.add("An outage lasts from its first breach to the next OK; what was unknown in between does not end it.");
        if (!percentiles.isEmpty()) {
            notes.add("Percentiles of slots cannot be averaged to one of the whole time: what is shown is how they were"
                    + " distributed over the slots.");
        }
        bullets(notes);
        section("service", "Service level");
    }

    private static String outage(LaunchReport.@Nullable Outage outage) {
        return outage == null
                ? "none"
                : Spans.text(outage.lasted()) + " from " + Words.utc(outage.from())
                        + (outage.ended() ? "" : ", not seen to have ended");
    }

    /** Rounded so that it never looks better than it was. */
    private static String percent(double value, RoundingMode mode) {
        return BigDecimal.valueOf(value).setScale(3, mode).stripTrailingZeros().toPlainString() + " %";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    // ---- samples over time

    private void signals(@Nullable Instant since) {
        Instant from = since;
        Instant until = report.rollback().map(LaunchReport.Rollback::verified).orElse(null);
        for (LaunchReport.Signal signal : report.signals()) {
            for (LaunchReport.Stretch stretch : signal.stretches()) {
                from = since == null ? earlier(from, stretch.from()) : since;
                until = until == null || stretch.until().isAfter(until) ? stretch.until() : until;
            }
        }
        if (from == null || until == null || !from.isBefore(until)) {
            return;
        }
        Axis axis = new Axis(from, until, cells);
        List<LaunchPage.Strip> strips = report.signals().stream()
                .map(signal -> new LaunchPage.Strip(
                        Words.line(signal.id()), since == null ? counts(signal) : "", axis.cells(signal)))
                .toList();
        List<LaunchPage.Mark> marks = new ArrayList<>();
        report.launched().ifPresent(h -> axis.mark(marks, "H", h));
        report.rollback().ifPresent(rollback -> {
            axis.mark(marks, "decided", rollback.decided());
            if (rollback.approved() != null) {
                axis.mark(marks, "approved", rollback.approved());
            }
            if (rollback.verified() != null) {
                axis.mark(marks, "verified", rollback.verified());
            }
        });
        blocks.add(new LaunchPage.Strips(Html.moment(from), Html.moment(until), strips, marks));
        section("signals", "Samples");
    }

    private static String counts(LaunchReport.Signal signal) {
        return signal.ok() + " OK, " + signal.breach() + " breach, " + signal.unknown() + " unknown"
                + (signal.maintenance() == 0 ? "" : ", " + signal.maintenance() + " during maintenance");
    }

    /** A stretch of time in equal cells. */
    private record Axis(Instant from, Instant until, int cells) {

        private int cell(Instant at) {
            double share = seconds(Duration.between(from, at)) / seconds(Duration.between(from, until));
            return (int) Math.max(0, Math.min(cells - 1, Math.floor(share * cells)));
        }

        private static double seconds(Duration duration) {
            return duration.getSeconds() + duration.getNano() / 1e9;
        }

        private void mark(List<LaunchPage.Mark> marks, String label, Instant at) {
            if (!at.isBefore(from) && !at.isAfter(until)) {
                marks.add(new LaunchPage.Mark(cell(at), label, Html.moment(at)));
            }
        }

        /** The worst that was sampled in each cell. */
        private String cells(LaunchReport.Signal signal) {
            char[] worst = new char[cells];
            Arrays.fill(worst, LaunchPage.Strip.NONE);
            double usual = spacing(signal);
            for (int i = 0; i < signal.stretches().size(); i++) {
                LaunchReport.Stretch stretch = signal.stretches().get(i);
                Instant end = stretch.until();
                if (i + 1 < signal.stretches().size()) {
                    Instant next = signal.stretches().get(i + 1).from();
                    // between two samples in a row nothing is missing
                    end = seconds(Duration.between(end, next)) <= 2 * usual ? next : end;
                }
                if (!end.isBefore(from) && !stretch.from().isAfter(until)) {
                    char here = sign(stretch);
                    for (int cell = cell(stretch.from()); cell <= cell(end); cell++) {
                        worst[cell] = worse(worst[cell], here);
                    }
                }
            }
            return new String(worst);
        }

        private static double spacing(LaunchReport.Signal signal) {
            double shortest = Double.POSITIVE_INFINITY;
            for (LaunchReport.Stretch stretch : signal.stretches()) {
                if (stretch.samples() > 1) {
                    double average =
                            seconds(Duration.between(stretch.from(), stretch.until())) / (stretch.samples() - 1);
                    shortest = Math.min(shortest, average);
                }
            }
            return shortest;
        }

        private static char sign(LaunchReport.Stretch stretch) {
            if (stretch.maintenance()) {
                return LaunchPage.Strip.MAINTENANCE;
            }
            return switch (stretch.reading()) {
                case OK -> LaunchPage.Strip.OK;
                case BREACH -> LaunchPage.Strip.BREACH;
                case UNKNOWN -> LaunchPage.Strip.UNKNOWN;
            };
        }

        private static char worse(char one, char other) {
            String order = " .m?X";
            return order.indexOf(one) < order.indexOf(other) ? other : one;
        }
    }

    // ---- words and tones

    static String word(LaunchState state) {
        return state.name().replace('_', ' ');
    }

    private String tone(LaunchState state) {
        if (state == LaunchState.COMPLETED) {
            return report.verdict().map(LaunchViews::tone).orElse("unknown");
        }
        return switch (state) {
            case ARMED, LAUNCHING, VERIFYING, AFTERCARE -> "pending";
            case WATCHING, COMPLETED -> "passed";
            case BREACHING, WOULD_ROLL_BACK -> "warned";
            case DECIDING, AWAITING_APPROVAL -> "unknown";
            case HELD, ABORTING, ROLLED_BACK -> "blocked";
            case ROLLING_BACK, PARTIALLY_ROLLED_BACK, ROLLBACK_FAILED, TIMED_OUT -> "failed";
            case CANCELLED -> "not-applicable";
        };
    }

    private static String tone(Verdict verdict) {
        return switch (verdict) {
            case GO -> "passed";
            case CONDITIONAL_GO -> "warned";
            case UNDECIDED -> "unknown";
            case NO_GO -> "failed";
        };
    }

    private static String tone(Sample sample) {
        if (sample.counts() != null && sample.kind() == null) {
            return "pending";
        }
        return switch (sample.reading()) {
            case OK -> "passed";
            case BREACH -> "failed";
            case UNKNOWN -> "unknown";
        };
    }

    private static String tone(LaunchReport.ActionResult action) {
        return switch (action.status()) {
            case "DONE", "ALREADY" -> "passed";
            case "SENT", "OBSERVED" -> "pending";
            case "SKIPPED" -> "not-applicable";
            case "IN_DOUBT", "NEEDS_HUMAN" -> "unknown";
            default -> "failed";
        };
    }

    private static String icon(String tone) {
        return Html.icon(
                switch (tone) {
                    case "passed" -> "2e9e5b";
                    case "warned" -> "d69a1e";
                    case "failed" -> "d63a30";
                    case "blocked" -> "b4582f";
                    case "pending" -> "2f7fb5";
                    default -> "7d6bd0";
                });
    }
}
