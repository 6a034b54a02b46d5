package dev.golive.aws;

/** An instance of EC2. Immutable and thread-safe. */
public final class Ec2Instance {

    private final Aws aws;
    private final String id;

    Ec2Instance(Aws aws, String id) {
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
        return "instance of EC2 " + id + " in " + aws.region();
    }
}
