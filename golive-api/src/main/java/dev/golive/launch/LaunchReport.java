package dev.golive.launch;

import dev.golive.journal.Journal;

/** Everything that happened in a launch. */
public final class LaunchReport {

    private LaunchReport() {}

    static LaunchReport of(Journal journal) {
        return new LaunchReport();
    }
}
