package dev.golive.testkit.rehearsal;

import dev.golive.testkit.VirtualTime;

/**
 * Makes a {@link Stage} anew, set up as everything should be, each time alike.
 *
 * @param <S> the stage
 */
@FunctionalInterface
public interface StageMaker<S extends Stage> {

    /**
     * A new stage.
     *
     * @param time the clock of its fakes
     * @return a stage of its own, to be closed by whoever asked for it
     * @throws Exception if it cannot be set up, which fails the rehearsal
     */
    S make(VirtualTime time) throws Exception;
}
