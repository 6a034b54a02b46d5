package dev.golive.testkit;

import java.util.List;

/**
 * What all fakes have in common: each knows what it was asked, and what may go wrong with what it plays.
 *
 * <p>A rehearsal plays a plan against fakes; a fire drill lets every {@link Trouble} of each happen, one at a time.
 * Implementations are thread-safe.
 */
public interface Fake {

    /**
     * What it plays, for people: {@code AWS}, {@code the resolver}.
     *
     * @return a few words, always the same for the same fake
     */
    String plays();

    /**
     * What it was asked so far, in the order of arrival.
     *
     * @return a copy
     */
    List<Asked> asked();

    /**
     * What may go wrong with what it plays as it stands, each by itself: faults of what it was asked so far, and drifts of
     * what it holds. Two fakes that were set up and asked alike have the same troubles in the same order. None of them has
     * happened yet.
     *
     * @return the troubles
     */
    List<Trouble> troubles();
}
