package dev.golive.aws;

/** A budget. Immutable and thread-safe. */
public final class Budget {

    private final Aws aws;
    private final String name;

    Budget(Aws aws, String name) {
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
        return "budget " + name + " in " + aws.region();
    }
}
