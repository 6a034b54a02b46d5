package dev.golive.aws;

/** A secret of Secrets Manager. Immutable and thread-safe. */
public final class AwsSecret {

    private final Aws aws;
    private final String name;

    AwsSecret(Aws aws, String name) {
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
        return "secret of Secrets Manager " + name + " in " + aws.region();
    }
}
