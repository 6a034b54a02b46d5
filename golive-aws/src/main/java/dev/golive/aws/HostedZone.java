package dev.golive.aws;

/** A hosted zone of Route 53. Immutable and thread-safe. */
public final class HostedZone {

    private final Aws aws;
    private final String name;

    HostedZone(Aws aws, String name) {
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
        return "hosted zone of Route 53 " + name + " in " + aws.region();
    }
}
