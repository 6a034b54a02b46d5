package dev.golive.aws;

/** A repository of ECR. Immutable and thread-safe. */
public final class EcrRepository {

    private final Aws aws;
    private final String repository;

    EcrRepository(Aws aws, String repository) {
        this.aws = aws;
        this.repository = repository;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "repository of ECR " + repository + " in " + aws.region();
    }
}
