package dev.golive.aws;

/** A log group of CloudWatch. Immutable and thread-safe. */
public final class LogGroup {

    private final Aws aws;
    private final String name;

    LogGroup(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "log group of CloudWatch " + name + " in " + aws.region();
    }
}
