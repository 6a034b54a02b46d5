package dev.golive.testkit;

import dev.golive.Fact;
import dev.golive.ItemResult;
import dev.golive.Report;
import java.util.List;
import java.util.Objects;

/** How assertions tell what was there. */
final class Wording {

    private Wording() {}

    static AssertionError unexpected(String expected, String found, String whatWasThere) {
        return new AssertionError("expected " + expected + " but " + found + "\n" + whatWasThere);
    }

    static String all(Report report) {
        StringBuilder text = new StringBuilder("There was: ").append(report);
        for (ItemResult result : report.results()) {
            text.append("\n  ").append(result);
        }
        for (String remark : report.remarks()) {
            text.append("\n  remark: ").append(remark);
        }
        return text.toString();
    }

    static String all(ItemResult result) {
        return "There was: " + result + facts(result.facts());
    }

    static String facts(List<Fact> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach(fact -> text.append("\n  ").append(fact));
        return text.isEmpty() ? "\n  (no facts)" : text.toString();
    }

    /** Asserts that a fact is there, with a value in the form in which facts print it. */
    static void hasFact(List<Fact> facts, String name, Object found, String whatWasThere) {
        String expected =
                Objects.requireNonNull(found, "found must not be null").toString();
        if (facts.stream()
                .noneMatch(fact -> fact.name().equals(name) && fact.found().equals(expected))) {
            throw unexpected("the fact " + name + ": " + expected, "there is none", whatWasThere);
        }
    }

    static void hasFactContaining(List<Fact> facts, String name, String part, String whatWasThere) {
        Objects.requireNonNull(part, "part must not be null");
        if (facts.stream()
                .noneMatch(fact -> fact.name().equals(name) && fact.found().contains(part))) {
            throw unexpected("a fact " + name + " containing \"" + part + "\"", "there is none", whatWasThere);
        }
    }

    static void hasNoFact(List<Fact> facts, String name, String whatWasThere) {
        Objects.requireNonNull(name, "name must not be null");
        if (facts.stream().anyMatch(fact -> fact.name().equals(name))) {
            throw unexpected("no fact " + name, "there is one", whatWasThere);
        }
    }

    static void contains(String what, String text, String part, String whatWasThere) {
        Objects.requireNonNull(part, "part must not be null");
        if (!text.contains(part)) {
            throw unexpected(what + " containing \"" + part + "\"", "it was \"" + text + "\"", whatWasThere);
        }
    }
}
