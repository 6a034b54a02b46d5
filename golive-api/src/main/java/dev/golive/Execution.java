package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.TimeSource;

/** A run that is going on. Thread-safe. */
public final class Execution {

    private final Run run;
    private final TimeSource time;

    Execution(Run run, TimeSource time) {
        this.run = run;
        this.time = time;
    }

    /**
     * Waits for the end, which comes by the run's deadline at the latest (cleaning up after trials excepted). If the
     * thread is interrupted, the run is cancelled and the thread's interrupt status set.
     *
     * @return what was found
     */
    public Report report() {
        try (TimeSource.Turn turn = time.join("waiting for a report")) {
            return awaitReport();
        }
    }

    Report awaitReport() {
        boolean interrupted = false;
        while (true) {
            try {
                Report report = run.await();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return report;
            } catch (InterruptedException e) {
                interrupted = true;
                cancel("the waiting thread was interrupted");
            }
        }
    }

    /**
     * Whether the run has ended.
     *
     * @return whether {@link #report()} returns at once
     */
    public boolean isDone() {
        return run.isDone();
    }

    /**
     * Ends the run: what is being examined is given up, what has not begun is not begun, and both are unknown. Trials
     * still clean up. Has no effect once the run has ended.
     *
     * @param reason why; appears in the report
     */
    public void cancel(String reason) {
        run.cancel(Arguments.text(reason, "reason"));
    }
}
