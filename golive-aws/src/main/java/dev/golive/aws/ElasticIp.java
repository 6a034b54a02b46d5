package dev.golive.aws;

/** An elastic IP address. Immutable and thread-safe. */
public final class ElasticIp {

    private final Aws aws;
    private final String address;

    ElasticIp(Aws aws, String address) {
        this.aws = aws;
        this.address = address;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "elastic IP address " + address + " in " + aws.region();
    }
}
