package dev.golive.aws;

/** A key pair of EC2. Immutable and thread-safe. */
public final class KeyPair {

    private final Aws aws;
    private final String name;

    KeyPair(Aws aws, String name) {
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
        return "key pair of EC2 " + name + " in " + aws.region();
    }
}
