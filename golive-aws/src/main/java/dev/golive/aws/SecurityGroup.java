package dev.golive.aws;

/** A security group of EC2. Immutable and thread-safe. */
public final class SecurityGroup {

    private final Aws aws;
    private final String id;

    SecurityGroup(Aws aws, String id) {
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
        return "security group of EC2 " + id + " in " + aws.region();
    }
}
