package dev.golive.rollback;

import java.time.Instant;
import java.util.List;

/** Where a trigger stands after what it has heard. Immutable; each step gives a new one, or the same if nothing changed. */
abstract sealed class Progress permits LeafProgress, CombinedProgress {

    /** The first that is heard at all; triggers on something else count from here. */
    abstract Progress begin(Instant at, Downtimes down);

    /** The launched release was seen live; triggers on it count from here. */
    abstract Progress arm(Instant at, Downtimes down);

    /** A sample, in the order of the slots of its signal. */
    abstract Progress with(Sample sample, Downtimes down);

    /** Time has passed. */
    abstract Progress at(Passed time);

    abstract Truth truth();

    /** Whether some of what it takes to be true is there. */
    abstract boolean partly();

    /** Whether nothing was known for too long. */
    abstract boolean inconclusive();

    /** Whether there is data, and too little of it to say anything. */
    abstract boolean tooFew();

    /** Why it says what it says, with its inputs. */
    abstract String why();

    /** The samples from which it says so again. */
    abstract List<Sample> deciding();
}
