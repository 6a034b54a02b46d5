package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deployment of a service.
 *
 * @param id its id
 * @param status its status, one of 13 that are known, or another
 * @param createdAt when it was begun
 * @param changedAt when it came to its status, {@code null} if it was not told
 * @param stopped whether its process ended by itself, so that it serves nothing although it succeeded
 * @param canRedeploy whether it can be deployed once more
 * @param canRollback whether its image is kept and it is not live
 * @param snapshotId the id of its source and variables, {@code null} if there is none
 * @param commit the commit it was built from, {@code null} if there is none
 * @param branch the branch of the commit, {@code null} if there is none
 * @param repository the repository of the commit, {@code null} if there is none
 * @param image the name of its image, {@code null} if it was built by Railway
 * @param digest the digest of its image, {@code null} if it was not told
 * @param replicas how many instances in which region, empty if it was not told; where none is named, {@link #ANYWHERE}
 *     has them, and what was not told is {@link #UNTOLD}
 * @param healthcheckPath which path was asked before it was put live, {@code null} if it was not told
 * @param instances the statuses of its instances, empty if they were not told
 */
public record Deployment(
        String id,
        String status,
        Instant createdAt,
        @Nullable Instant changedAt,
        boolean stopped,
        boolean canRedeploy,
        boolean canRollback,
        @Nullable String snapshotId,
        @Nullable String commit,
        @Nullable String branch,
        @Nullable String repository,
        @Nullable String image,
        @Nullable String digest,
        Map<String, Integer> replicas,
        @Nullable String healthcheckPath,
        List<String> instances) {

    /** The region of instances of which no region was told. */
    public static final String ANYWHERE = "";

    /** A number of instances that was not told. */
    public static final int UNTOLD = -1;

    /** Railway has no service with more. */
    private static final long MOST = 10_000;

    /** What a status says of a deployment. */
    public enum Stage {
        /** It is on its way. */
        UNDER_WAY,
        /** It was put live. */
        LIVE,
        /** It was not put live, or broke afterwards. */
        FAILED,
        /** It is over: superseded, removed or skipped. */
        ENDED,
        /** Railway says something that nobody has told golive of. */
        UNKNOWN
    }

    private static final Set<String> UNDER_WAY =
            Set.of("QUEUED", "WAITING", "INITIALIZING", "BUILDING", "DEPLOYING", "NEEDS_APPROVAL");

    static Deployment of(ApiJson said) {
        ApiJson meta = said.get("meta").unquoted();
        String image = meta.get("image").textIfAny().orElse(null);
        Optional<String> digest = meta.get("imageDigest").textIfAny();
        if (digest.isEmpty() && image != null && image.contains("@sha256:")) {
            digest = Optional.of(image.substring(image.indexOf('@') + 1));
        }
        ApiJson instances = said.get("instances");
        return new Deployment(
                said.get("id").text(),
                said.get("status").text(),
                said.get("createdAt").instant(),
                said.get("statusUpdatedAt").maybe().map(ApiJson::instant).orElse(null),
                said.get("deploymentStopped").flag(),
                said.get("canRedeploy").flag(),
                said.get("canRollback").flag(),
                said.get("snapshotId").textIfAny().orElse(null),
                meta.get("commitHash").textIfAny().orElse(null),
                meta.get("branch").textIfAny().orElse(null),
                meta.get("repo").textIfAny().orElse(null),
                image,
                digest.orElse(null),
                replicas(meta.get("serviceManifest").get("deploy")),
                meta.get("serviceManifest")
                        .get("deploy")
                        .get("healthcheckPath")
                        .textIfAny()
                        .orElse(null),
                instances.isPresent()
                        ? instances.list().stream()
                                .map(one -> one.get("status").text())
                                .toList()
                        : List.of());
    }

    /** A region without a configuration was given up. */
    private static Map<String, Integer> replicas(ApiJson deploy) {
        Map<String, Integer> all = new LinkedHashMap<>();
        ApiJson regions = deploy.get("multiRegionConfig");
        if (regions.isPresent()) {
            regions.members().forEach((region, config) -> {
                if (config.isPresent()) {
                    all.put(region, number(config));
                }
            });
        } else if (deploy.get("region").isPresent() || deploy.get("numReplicas").isPresent()) {
            all.put(deploy.get("region").textIfAny().orElse(ANYWHERE), number(deploy));
        }
        return Map.copyOf(all);
    }

    private static int number(ApiJson config) {
        ApiJson count = config.get("numReplicas");
        if (!count.isPresent()) {
            return UNTOLD;
        }
        long number = count.integer();
        if (number < 0 || number > MOST) {
            throw count.missing(" as a number of instances");
        }
        return (int) number;
    }

    /** The same with what was told elsewhere of when it came to its status. */
    Deployment changedAt(@Nullable Instant instant) {
        return new Deployment(
                id,
                status,
                createdAt,
                instant,
                stopped,
                canRedeploy,
                canRollback,
                snapshotId,
                commit,
                branch,
                repository,
                image,
                digest,
                replicas,
                healthcheckPath,
                instances);
    }

    /** How far it is. */
    public Stage stage() {
        if (UNDER_WAY.contains(status)) {
            return Stage.UNDER_WAY;
        }
        return switch (status) {
            case "SUCCESS", "SLEEPING" -> Stage.LIVE;
            case "CRASHED" -> instances.contains("RUNNING") ? Stage.LIVE : Stage.FAILED;
            case "FAILED" -> Stage.FAILED;
            // the last is in no schema, and was seen of one that a newer one took the place of while it waited
            case "REMOVING", "REMOVED", "SKIPPED", "CANCELLED" -> Stage.ENDED;
            default -> Stage.UNKNOWN;
        };
    }

    /** Whether it answers requests, given that Railway lists it as active. */
    public boolean isServing() {
        return stage() == Stage.LIVE && !stopped;
    }

    /** Whether it may have been put live once: something was built, and it neither failed nor was left out. */
    public boolean wasGood() {
        return (stage() == Stage.LIVE || status.equals("REMOVING") || status.equals("REMOVED"))
                && (canRollback || image != null || digest != null);
    }

    /** What it waits for somebody to do, empty if Railway goes on by itself. */
    public String waitsFor() {
        return switch (status) {
            case "NEEDS_APPROVAL" -> ", which waits for somebody to approve it in the dashboard";
            case "WAITING" -> ", which waits for the checks of its repository";
            default -> "";
        };
    }

    /** For people. */
    @Override
    public String toString() {
        return "deployment " + id + " (" + status + (stopped ? ", stopped" : "")
                + (commit == null ? "" : ", commit " + commit) + (digest == null ? "" : ", image " + digest) + ")";
    }
}
