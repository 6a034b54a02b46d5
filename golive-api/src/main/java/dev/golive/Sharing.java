package dev.golive;

import dev.golive.internal.Discretion;
import dev.golive.internal.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes out of a report what outsiders need not know, see {@link Report#forSharing()}. */
final class Sharing {

    private final Discretion discretion;

    private Sharing(Discretion discretion) {
        this.discretion = discretion;
    }

    static Report cleaned(Report report) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String id : report.environment().accountIds()) {
            names.put(id, "[account]");
        }
        for (ItemResult result : report.results()) {
            for (Fact fact : result.facts()) {
                if (People.NAMES.contains(fact.name())) {
                    names.put(fact.found(), "[person]");
                }
            }
        }
        return new Sharing(Discretion.of(names)).clean(report);
    }

    private Report clean(Report report) {
        Set<List<String>> telling = report.results().stream()
                .filter(this::tells)
                .map(result -> List.of(result.list(), result.id()))
                .collect(Collectors.toSet());
        List<ItemResult> results = new ArrayList<>();
        for (ItemResult result : report.results()) {
            ItemResult.Draft draft = new ItemResult.Draft(result);
            draft.list = clean(result.list());
            draft.id = id(result.list(), result.id(), telling);
            draft.blockedBy = result.blockedBy().stream()
                    .map(id -> id(result.list(), id, telling))
                    .toList();
            draft.tags = result.tags().stream().map(this::clean).collect(Collectors.toCollection(LinkedHashSet::new));
            draft.owner = result.owner().map(this::clean).orElse(null);
            draft.elsewhere = result.elsewhere().map(this::clean).orElse(null);
            draft.sentence = clean(result.sentence());
            draft.why = clean(result.why());
            draft.because = clean(result.because());
            draft.facts = result.facts().stream()
                    .map(fact -> {
                        String expected = fact.expected();
                        return new Fact(fact.name(), expected == null ? null : clean(expected), clean(fact.found()));
                    })
                    .toList();
            results.add(new ItemResult(draft));
        }
        Environment environment = report.environment();
        Set<String> addresses = environment.hosts().stream()
                .filter(host -> !clean(host).equals(host))
                .collect(Collectors.toSet());
        return new Report(
                environment.withoutAccounts().withoutHosts(addresses),
                report.sources().stream().map(this::clean).toList(),
                results,
                report.remarks().stream().map(this::clean).toList());
    }

    private Report.Source clean(Report.Source source) {
        String from = source.vantagePoint();
        return new Report.Source(
                clean(source.list()),
                source.digest(),
                source.release(),
                from == null ? null : clean(from),
                source.startedAt(),
                source.took());
    }

    /** Whether an id says what must not be said: an id that is derived from a sentence says what the sentence does. */
    private boolean tells(ItemResult result) {
        boolean derived = result.id().equals(Ids.from(result.sentence()));
        return (derived && !clean(result.sentence()).equals(result.sentence())) || tells(result.id());
    }

    private boolean tells(String id) {
        String words = id.replace('-', ' ');
        return !clean(words).equals(words);
    }

    /** Ids must stay different from each other. */
    private String id(String list, String id, Set<List<String>> telling) {
        return telling.contains(List.of(list, id)) || tells(id)
                ? "item-" + Ids.digest(id).substring(0, 8)
                : id;
    }

    private String clean(String text) {
        return discretion.clean(text);
    }
}
