package dev.golive.aws;

/** A service of ECS. Immutable and thread-safe. */
public final class EcsService {

    private final Aws aws;
    private final String cluster;
    private final String service;

    EcsService(Aws aws, String cluster, String service) {
        this.aws = aws;
        this.cluster = cluster;
        this.service = service;
    }

    /**
     * What it is.
     *
     * @return its kind, its name and its region
     */
    @Override
    public String toString() {
        return "service of ECS " + cluster + "/" + service + " in " + aws.region();
    }
}
