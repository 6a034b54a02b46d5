package dev.golive.aws;

/** A certificate of ACM. Immutable and thread-safe. */
public final class Certificate {

    private final Aws aws;
    private final String arn;

    Certificate(Aws aws, String arn) {
        this.aws = aws;
        this.arn = arn;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "certificate of ACM " + arn + " in " + aws.region();
    }
}
