package dev.golive.aws;

/** A topic of SNS. Immutable and thread-safe. */
public final class SnsTopic {

    private final Aws aws;
    private final String name;

    SnsTopic(Aws aws, String name) {
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
        return "topic of SNS " + name + " in " + aws.region();
    }
}
