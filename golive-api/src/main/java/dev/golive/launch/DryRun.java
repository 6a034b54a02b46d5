package dev.golive.launch;

import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Report;

/** Looks what the actions of a plan would do. */
final class DryRun {

    private DryRun() {}

    static Report of(LaunchPlan plan, GoLive golive, Environment environment) {
        throw new UnsupportedOperationException();
    }
}
