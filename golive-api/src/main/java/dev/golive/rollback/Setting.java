package dev.golive.rollback;

import java.time.Duration;

/** What a condition inherits from the combinations around it. */
record Setting(boolean elsewhere, Duration warmUp, boolean dry) {

    static final Setting OUTSIDE = new Setting(false, Duration.ZERO, false);

    Setting inside(Trigger.Options options) {
        return new Setting(
                elsewhere || options.elsewhere() != null,
                warmUp.compareTo(options.warmUp()) >= 0 ? warmUp : options.warmUp(),
                dry || options.dryRun());
    }
}
