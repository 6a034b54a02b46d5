package dev.golive.testkit;

import dev.golive.ItemResult;
import dev.golive.Status;
import java.util.List;
import java.util.Objects;

/** Assertions on the result of an item; see {@link GoLiveAssertions}. Each throws {@link AssertionError}. */
public final class ItemResultAssert {

    private final ItemResult result;

    ItemResultAssert(ItemResult result) {
        this.result = result;
    }

    /**
     * The item stands here.
     *
     * @param expected the status
     * @return this assertion
     */
    public ItemResultAssert hasStatus(Status expected) {
        if (result.status() != Objects.requireNonNull(expected, "expected must not be null")) {
            throw Wording.unexpected(expected.toString(), "was " + result.status(), Wording.all(result));
        }
        return this;
    }

    /**
     * The reason has this in it.
     *
     * @param part the part
     * @return this assertion
     */
    public ItemResultAssert hasWhyContaining(String part) {
        Wording.contains("a reason", result.why(), part, Wording.all(result));
        return this;
    }

    /**
     * There is this fact.
     *
     * @param name the name of the fact
     * @param found what was found, compared as text
     * @return this assertion
     */
    public ItemResultAssert hasFact(String name, Object found) {
        Wording.hasFact(result.facts(), name, found, Wording.all(result));
        return this;
    }

    /**
     * There is a fact of this name with this in it.
     *
     * @param name the name of the fact
     * @param part the part
     * @return this assertion
     */
    public ItemResultAssert hasFactContaining(String name, String part) {
        Wording.hasFactContaining(result.facts(), name, part, Wording.all(result));
        return this;
    }

    /**
     * There is no fact of this name.
     *
     * @param name the name
     * @return this assertion
     */
    public ItemResultAssert hasNoFact(String name) {
        Wording.hasNoFact(result.facts(), name, Wording.all(result));
        return this;
    }

    /**
     * It was examined so often.
     *
     * @param expected the number of attempts
     * @return this assertion
     */
    public ItemResultAssert hasAttempts(int expected) {
        if (result.attempts() != expected) {
            throw Wording.unexpected(expected + " attempts", "there were " + result.attempts(), Wording.all(result));
        }
        return this;
    }

    /**
     * These are the root causes that block it, in any order.
     *
     * @param ids the ids of the causes
     * @return this assertion
     */
    public ItemResultAssert isBlockedBy(String... ids) {
        List<String> expected = List.of(ids).stream().sorted().toList();
        List<String> found = result.blockedBy().stream().sorted().toList();
        if (!found.equals(expected)) {
            throw Wording.unexpected("to be blocked by " + expected, "was by " + found, Wording.all(result));
        }
        return this;
    }
}
