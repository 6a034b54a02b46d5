package dev.golive;

import java.time.Duration;

/**
 * Something whose result is carried over instead of being found out again: it becomes an {@link Item} only by saying
 * for how long its result is good.
 */
@FunctionalInterface
public interface Unfresh {

    /**
     * A place in a list.
     *
     * @param age how old the result may be, longer than zero
     * @return the item
     */
    Item freshFor(Duration age);
}
