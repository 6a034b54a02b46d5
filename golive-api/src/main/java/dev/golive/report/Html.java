package dev.golive.report;

import dev.golive.Fact;
import dev.golive.ItemResult;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Status;
import dev.golive.Verdict;
import dev.golive.report.html.Page;
import dev.golive.time.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Prepares the page of HTML. It escapes nothing: that is the template's part. */
final class Html {

    private static final String ALL = "all";
    private static final String ATTENTION = "attention";
    private static final String LATER = "later";

    /** What is in the way stands open on the page unless there is so much of it that nobody would find the rest. */
    private static final int MOST_OPEN = 12;

    /** So many reasons are read; behind them the items should come into sight. */
    private static final int MOST_REASONS = 12;

    /** A group of blocked items of this size is shown by name. */
    private static final int MOST_NAMED = 5;

    private static final Pattern ANCHOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Report report;
    private final Set<ItemResult> inTheWay;
    private final Map<ItemResult, String> anchors = new HashMap<>();
    private final Map<List<String>, ItemResult> byId = new HashMap<>();

    private Html(Report report) {
        this.report = report;
        this.inTheWay = new HashSet<>(report.inTheWay());
        Set<String> taken = new HashSet<>();
        int number = 0;
        for (ItemResult result : report.results()) {
            number++;
            // a link to an item should survive the next run, so the id is used wherever it can be
            String anchor = "item-" + result.id();
            if (!ANCHOR.matcher(result.id()).matches() || !taken.add(anchor)) {
                anchor = "item." + number;
            }
            anchors.put(result, anchor);
            byId.putIfAbsent(List.of(result.list(), result.id()), result);
        }
    }

    static String render(Report report) {
        return new Html(report).page().render();
    }

    private Page page() {
        List<Page.Reason> reasons = reasons();
        String headline = Words.line(report.headline());
        String word = Words.of(report.verdict());
        String tone = tone(report.verdict());
        return new Page(
                Words.line(report.title()),
                Words.line(report.environment().name()),
                report.environment().isProduction()
                        && !report.environment().name().equalsIgnoreCase("production"),
                word,
                tone,
                icon(report.verdict()),
                headline.startsWith(word + ": ") ? headline.substring(word.length() + 2) : "",
                moment(report.startedAt()),
                Spans.text(report.took()),
                heading(report.verdict()),
                reasons.subList(0, Math.min(MOST_REASONS, reasons.size())),
                reasons.subList(Math.min(MOST_REASONS, reasons.size()), reasons.size()),
                Words.counts(report),
                shares(),
                filters(),
                report.sources().stream().map(Html::source).toList(),
                report.remarks().stream().map(Words::line).toList(),
                sections());
    }

    static String tone(Verdict verdict) {
        return switch (verdict) {
            case GO -> "go";
            case CONDITIONAL_GO -> "conditional";
            case UNDECIDED -> "undecided";
            case NO_GO -> "no-go";
        };
    }

    private static String heading(Verdict verdict) {
        return switch (verdict) {
            case GO, CONDITIONAL_GO -> "What to keep in mind";
            case UNDECIDED -> "What is open";
            case NO_GO -> "What stands in the way";
        };
    }

    private static String tone(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String tone(ItemResult result) {
        return result.isNotYetDue() ? LATER : tone(result.status());
    }

    private static String status(ItemResult result) {
        return result.isNotYetDue() ? "not yet due" : Words.lower(result.status());
    }

    /** A dot in the colour of the verdict, so that the page is found among many tabs. */
    private static String icon(Verdict verdict) {
        return icon(
                switch (verdict) {
                    case GO -> "2e9e5b";
                    case CONDITIONAL_GO -> "d69a1e";
                    case UNDECIDED -> "7d6bd0";
                    case NO_GO -> "d63a30";
                });
    }

    static String icon(String colour) {
        return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
                + "%3Ccircle cx='8' cy='8' r='7' fill='%23" + colour + "'/%3E%3C/svg%3E";
    }

    static Page.Moment moment(Instant instant) {
        return new Page.Moment(instant.toString(), Words.utc(instant));
    }

    private List<Page.Reason> reasons() {
        List<Page.Reason> reasons = new ArrayList<>();
        for (List<ItemResult> group : Words.inTheWay(report)) {
            ItemResult first = group.get(0);
            boolean alone = group.size() == 1;
            reasons.add(new Page.Reason(
                    tone(first),
                    status(first),
                    alone ? link(first) : new Page.Link(Words.number(group.size(), "item"), null),
                    !first.isRequired(),
                    alone ? Words.line(first.why()) : "",
                    causes(first),
                    alone ? List.of() : group.stream().map(this::link).toList(),
                    group.size() <= MOST_NAMED));
        }
        if (reasons.isEmpty()) {
            for (String reason : report.reasons()) {
                reasons.add(new Page.Reason(
                        "unknown",
                        "not examined",
                        new Page.Link(Words.line(reason), null),
                        false,
                        "",
                        List.of(),
                        List.of(),
                        false));
            }
        }
        return reasons;
    }

    private Page.Link link(ItemResult result) {
        return new Page.Link(Words.line(result.sentence()), anchors.get(result));
    }

    private List<Page.Link> causes(ItemResult result) {
        return result.blockedBy().stream()
                .map(id -> {
                    ItemResult cause = byId.get(List.of(result.list(), id));
                    return cause == null ? new Page.Link(Words.line(id), null) : link(cause);
                })
                .toList();
    }

    private List<Page.Share> shares() {
        List<Page.Share> shares = new ArrayList<>();
        int from = 0;
        for (Map.Entry<String, Integer> tone : tones().entrySet()) {
            shares.add(new Page.Share(tone.getKey(), from, tone.getValue()));
            from += tone.getValue();
        }
        return shares;
    }

    /** How many items there are of each tone that there is at all: the good first, as a bar fills from the left. */
    private Map<String, Integer> tones() {
        List<Status> bestFirst = new ArrayList<>(Words.WORST_FIRST);
        bestFirst.remove(Status.NOT_APPLICABLE);
        Collections.reverse(bestFirst);
        bestFirst.add(Status.NOT_APPLICABLE);
        Map<String, Integer> tones = new LinkedHashMap<>();
        for (Status status : bestFirst) {
            put(tones, tone(status), result -> result.status() == status && !result.isNotYetDue());
        }
        put(tones, LATER, ItemResult::isNotYetDue);
        return tones;
    }

    private void put(Map<String, Integer> tones, String tone, Predicate<ItemResult> which) {
        int count = (int) report.results().stream().filter(which).count();
        if (count > 0) {
            tones.put(tone, count);
        }
    }

    private List<Page.Filter> filters() {
        List<Page.Filter> filters = new ArrayList<>();
        filters.add(new Page.Filter(ALL, "all", report.results().size(), true));
        Map<String, Integer> tones = tones();
        if (!inTheWay.isEmpty() && inTheWay.size() < report.results().size()) {
            filters.add(new Page.Filter(ATTENTION, "need attention", inTheWay.size(), false));
        }
        for (Status status : Words.WORST_FIRST) {
            Integer count = tones.get(tone(status));
            if (count != null) {
                filters.add(new Page.Filter(tone(status), Words.lower(status), count, false));
            }
        }
        Integer later = tones.get(LATER);
        if (later != null) {
            filters.add(new Page.Filter(LATER, "not yet due", later, false));
        }
        return filters;
    }

    private static Page.Source source(Report.Source source) {
        Release release = source.release();
        List<String> released = new ArrayList<>();
        if (release != null) {
            released.add(release.toString());
            if (release.commit() != null) {
                released.add("commit " + release.commit());
            }
            if (release.digest() != null) {
                released.add(release.digest());
            }
        }
        return new Page.Source(
                Words.line(source.list()),
                Words.line(String.join(", ", released)),
                Words.line(Objects.requireNonNullElse(source.vantagePoint(), "")),
                moment(source.startedAt()),
                Spans.text(source.took()));
    }

    private List<Page.Section> sections() {
        Map<String, List<Page.Row>> lists = new LinkedHashMap<>();
        for (ItemResult result : report.results()) {
            lists.computeIfAbsent(result.list(), list -> new ArrayList<>()).add(row(result));
        }
        return lists.entrySet().stream()
                .map(list -> new Page.Section(Words.line(list.getKey()), list.getValue()))
                .toList();
    }

    private Page.Row row(ItemResult result) {
        boolean attention = inTheWay.contains(result);
        List<String> marks = new ArrayList<>();
        String id = Words.givenId(result);
        if (!id.isEmpty()) {
            marks.add(Words.line(id));
        }
        if (!result.isRequired()) {
            marks.add("recommended");
        }
        if (result.isFlaky()) {
            marks.add("flaky");
        }
        result.due().ifPresent(due -> marks.add("due " + Words.line(due)));
        result.owner().ifPresent(owner -> marks.add("owner " + Words.line(owner)));
        result.tags().forEach(tag -> marks.add("#" + Words.line(tag)));
        return new Page.Row(
                Objects.requireNonNull(anchors.get(result)),
                tone(result) + (attention ? " " + ATTENTION : ""),
                status(result),
                Words.line(result.sentence()),
                Words.line(result.why()),
                result.attempts() == 0 ? "" : Spans.text(result.took()),
                attention && !result.facts().isEmpty() && inTheWay.size() <= MOST_OPEN,
                marks,
                causes(result),
                result.facts().stream().map(Html::fact).toList(),
                result.facts().stream().anyMatch(fact -> fact.expected() != null),
                about(result));
    }

    private static Page.Detail fact(Fact fact) {
        String expected = fact.expected();
        return new Page.Detail(
                Words.line(fact.name()),
                expected == null ? null : Words.visible(expected),
                Words.visible(fact.found()));
    }

    private static List<Page.Detail> about(ItemResult result) {
        List<Page.Detail> about = new ArrayList<>();
        if (!result.because().isBlank()) {
            add(about, "because", result.because());
        }
        add(about, "id", result.id());
        add(about, "kind", result.kind().name().toLowerCase(Locale.ROOT));
        result.owner().ifPresent(owner -> add(about, "owner", owner));
        result.due().ifPresent(due -> add(about, "due", due));
        result.elsewhere().ifPresent(place -> add(about, "to be run from", place));
        result.digest().ifPresent(digest -> add(about, "answers quote", digest));
        if (result.attempts() > 0) {
            String started = result.startedAt().map(at -> Words.utc(at) + ", ").orElse("");
            add(
                    about,
                    "examined",
                    started + Words.number(result.attempts(), "attempt") + ", " + Spans.text(result.took()));
        }
        return about;
    }

    private static void add(List<Page.Detail> about, String name, String text) {
        about.add(new Page.Detail(name, null, Words.line(text)));
    }
}
