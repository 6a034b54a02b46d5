package dev.golive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of a report what outsiders need not know, see {@link Report#forSharing()}. */
final class Sharing {

    private static final Pattern IPV4 = Pattern.compile("(?<![\\w.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\w.]*\\d)");
    private static final Pattern IPV6 =
            Pattern.compile("(?<![\\w:.])(?:[0-9A-Fa-f]{1,4}:|::)(?:[0-9A-Fa-f:]{1,40})(?:%\\w+)?(?![\\w])");

    private Sharing() {}

    static Report cleaned(Report report) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String id : report.environment().accountIds()) {
            names.put(id, "[account]");
        }
        for (ItemResult result : report.results()) {
            for (Fact fact : result.facts()) {
                if (fact.name().equals(People.PERSON)) {
                    names.put(fact.found(), "[person]");
                }
            }
        }
        List<ItemResult> results = new ArrayList<>();
        for (ItemResult result : report.results()) {
            ItemResult.Draft draft = new ItemResult.Draft(result);
            draft.sentence = cleaned(result.sentence(), names);
            draft.why = cleaned(result.why(), names);
            draft.because = cleaned(result.because(), names);
            draft.facts = result.facts().stream()
                    .map(fact -> {
                        String expected = fact.expected();
                        return new Fact(
                                fact.name(),
                                expected == null ? null : cleaned(expected, names),
                                cleaned(fact.found(), names));
                    })
                    .toList();
            results.add(new ItemResult(draft));
        }
        List<String> remarks =
                report.remarks().stream().map(remark -> cleaned(remark, names)).toList();
        return new Report(report.environment().withoutAccounts(), report.sources(), results, remarks);
    }

    private static String cleaned(String text, Map<String, String> names) {
        String cleaned = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            cleaned = cleaned.replace(name.getKey(), name.getValue());
        }
        cleaned = IPV4.matcher(cleaned).replaceAll("[address]");
        return IPV6.matcher(cleaned)
                .replaceAll(match -> match.group().contains("::")
                                || match.group().chars().filter(c -> c == ':').count() >= 3
                        ? "[address]"
                        : java.util.regex.Matcher.quoteReplacement(match.group()));
    }
}
