package dev.golive.aws;

/** An alarm of CloudWatch. Immutable and thread-safe. */
public final class Alarm {

    private final Aws aws;
    private final String name;

    Alarm(Aws aws, String name) {
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
        return "alarm of CloudWatch " + name + " in " + aws.region();
    }
}
