package dev.golive.testkit.rehearsal;

import dev.golive.testkit.VirtualTime;

/** Makes a {@link Stage} anew, set up as everything should be, each time alike. */
@FunctionalInterface
public interface StageMaker {

    /**
     * A new stage.
     *
     * @param time the clock of its fakes
     * @return a stage of its own, to be closed by whoever asked for it
     * @throws Exception if it cannot be set up, which fails the rehearsal
     */
    Stage make(VirtualTime time) throws Exception;
}
