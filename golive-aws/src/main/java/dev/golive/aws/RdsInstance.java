package dev.golive.aws;

/** An instance of RDS. Immutable and thread-safe. */
public final class RdsInstance {

    private final Aws aws;
    private final String id;

    RdsInstance(Aws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "instance of RDS " + id + " in " + aws.region();
    }
}
