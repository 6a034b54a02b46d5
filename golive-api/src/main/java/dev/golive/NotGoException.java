package dev.golive;

/** Thrown by {@link Report#orThrow()} for a verdict that is neither GO nor CONDITIONAL_GO; its message is the reasons. */
public final class NotGoException extends GoLiveException {

    private static final long serialVersionUID = 1L;

    private final transient Report report;

    NotGoException(Report report) {
        super(report.summary());
        this.report = report;
    }

    /**
     * What the run found.
     *
     * @return the report
     */
    public Report report() {
        return report;
    }
}
