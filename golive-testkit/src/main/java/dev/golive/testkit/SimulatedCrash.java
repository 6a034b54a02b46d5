package dev.golive.testkit;

/**
 * The process died here, as far as a {@link CrashingJournal} can make it so. An {@link Error}, so that no code that
 * copes with exceptions copes with its own death; only a test may catch it.
 */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String message) {
        super(message);
    }
}
