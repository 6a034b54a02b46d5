package dev.golive.aws;

/** A distribution of CloudFront. Immutable and thread-safe. */
public final class Distribution {

    private final Aws aws;
    private final String id;

    Distribution(Aws aws, String id) {
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
        return "distribution of CloudFront " + id + " in " + aws.region();
    }
}
