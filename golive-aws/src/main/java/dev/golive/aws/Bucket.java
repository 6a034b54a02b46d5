package dev.golive.aws;

/** A bucket of S3. Immutable and thread-safe. */
public final class Bucket {

    private final Aws aws;
    private final String name;

    Bucket(Aws aws, String name) {
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
        return "bucket of S3 " + name + " in " + aws.region();
    }
}
