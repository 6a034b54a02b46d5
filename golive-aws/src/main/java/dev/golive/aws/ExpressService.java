package dev.golive.aws;

/** A service of ECS Express Mode. Immutable and thread-safe. */
public final class ExpressService {

    private final Aws aws;
    private final String name;

    ExpressService(Aws aws, String name) {
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
        return "service of ECS Express Mode " + name + " in " + aws.region();
    }
}
