package dev.golive.aws;

/** A user of IAM. Immutable and thread-safe. */
public final class IamUser {

    private final Aws aws;
    private final String name;

    IamUser(Aws aws, String name) {
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
        return "user of IAM " + name + " in " + aws.region();
    }
}
