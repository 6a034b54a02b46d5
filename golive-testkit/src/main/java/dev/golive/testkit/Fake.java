package dev.golive.testkit;

import java.util.List;
import java.util.Set;

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
     * What may go wrong with what it plays as it stands, each by itself: drifts of what it holds, and faults of what is
     * going to be asked. Two fakes that were set up alike have the same troubles in the same order for the same questions.
     * None of them has happened yet.
     *
     * @param asked what is going to be asked, as {@link Asked#what()} has it
     * @return the troubles, each with an id of its own
     */
    List<Trouble> troubles(Set<String> asked);
}
