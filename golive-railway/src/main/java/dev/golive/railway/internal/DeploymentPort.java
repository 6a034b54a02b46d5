package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ApiProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What golive asks about what a deployment was made with and what deploys by itself, and how it deploys. */
public final class DeploymentPort {

    /**
     * What deploys a service at every push.
     *
     * @param repository the repository
     * @param branch the branch
     * @param afterChecks whether it waits for the checks of the repository
     */
    public record Trigger(String repository, String branch, boolean afterChecks) {

        /** For people. */
        @Override
        public String toString() {
            return "branch " + branch + " of " + repository + (afterChecks ? ", after its checks" : "");
        }
    }

    /** What is remembered of variables that this token may not read. */
    private static final String WITHHELD = "withheld";

    private final Calls calls;

    private DeploymentPort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static DeploymentPort of(Calls calls) {
        return new DeploymentPort(calls);
    }

    // ---- reading

    /**
     * A hash of the variables that a deployment was made with, without those that Railway adds itself. The values go
     * nowhere, the hash no further than this session.
     *
     * @return empty if Railway does not tell them
     * @throws ApiProblem if it could not be asked now
     */
    public Optional<String> variables(String deploymentId) throws InterruptedException {
        String key = "variables " + deploymentId;
        Optional<String> known = calls.remembered(key, String.class);
        if (known.isEmpty()) {
            try {
                known = Optional.of(
                        hash(calls.askWithValues(Operation.DEPLOYMENT_SNAPSHOT, Map.of("deploymentId", deploymentId))
                                .get("variables")
                                .members()));
            } catch (ApiProblem e) {
                if (mayPass(e)) {
                    throw e;
                } else if (e.kind() != Kind.DENIED) {
                    // what has just begun has no variables yet
                    return Optional.empty();
                }
                known = Optional.of(WITHHELD);
            }
            calls.remember(key, known.get());
        }
        return known.filter(hash -> !hash.equals(WITHHELD));
    }

    /** Whether nothing was said about the variables, neither what they are nor that nobody is told. */
    private static boolean mayPass(ApiProblem problem) {
        return problem.kind() == Kind.UNREACHABLE
                || problem.kind() == Kind.THROTTLED
                || problem.kind() == Kind.NOT_ACCEPTED
                || problem.kind() == Kind.BROKEN && !Problems.isItsAnswer(problem);
    }

    private static String hash(Map<String, ApiJson> variables) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        new TreeMap<>(variables).forEach((name, value) -> {
            if (!name.startsWith("RAILWAY_")) {
                // lengths in between, so that no two sets of variables read the same
                String text = value.textIfAny().orElse("");
                sha.update((name.length() + ":" + name + text.length() + ":" + text).getBytes(StandardCharsets.UTF_8));
            }
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    /** What deploys a service by itself. */
    public List<Trigger> triggers(String serviceId) throws InterruptedException {
        Map<String, Object> asked = Map.of(
                "projectId",
                calls.scope().projectId(),
                "environmentId",
                calls.scope().environmentId(),
                "serviceId",
                serviceId);
        return calls.all(Operation.DEPLOYMENT_TRIGGERS, asked).stream()
                .map(one -> new Trigger(
                        one.get("repository").text(),
                        one.get("branch").text(),
                        one.get("checkSuites").flag()))
                .toList();
    }

    /** What the plan of the workspace is called; empty if the token does not tell its workspace. */
    public Optional<String> plan() throws InterruptedException {
        String workspace = calls.scope().workspaceId();
        if (workspace == null) {
            return Optional.empty();
        }
        String key = "plan of " + workspace;
        Optional<String> known = calls.remembered(key, String.class);
        if (known.isEmpty()) {
            known = Optional.of(calls.ask(Operation.WORKSPACE, Map.of("workspaceId", workspace))
                    .get("plan")
                    .text());
            calls.remember(key, known.get());
        }
        return known;
    }

    // ---- changing

    /** Makes a deployment with the image and the variables of an older one. */
    public void rollBack(String deploymentId) throws InterruptedException {
        done(Operation.DEPLOYMENT_ROLLBACK, Map.of("id", deploymentId));
    }

    /** Makes a deployment of what another was made of; gives its id. */
    public String redeploy(String deploymentId, boolean sameImage) throws InterruptedException {
        return calls.ask(Operation.DEPLOYMENT_REDEPLOY, Map.of("id", deploymentId, "usePreviousImageTag", sameImage))
                .get("id")
                .text();
    }

    /** Deploys a commit; gives the id of the deployment. */
    public String deploy(String serviceId, String commit) throws InterruptedException {
        return calls.ask(
                        Operation.SERVICE_INSTANCE_DEPLOY_V2,
                        Map.of(
                                "serviceId",
                                serviceId,
                                "environmentId",
                                calls.scope().environmentId(),
                                "commitSha",
                                commit))
                .text();
    }

    /** Deploys the newest commit of the branch, or what the tag of the image stands for by now. */
    public void deployLatest(String serviceId) throws InterruptedException {
        done(
                Operation.SERVICE_INSTANCE_DEPLOY,
                Map.of("serviceId", serviceId, "environmentId", calls.scope().environmentId(), "latestCommit", true));
    }

    /** Restarts the instances of a deployment. */
    public void restart(String deploymentId) throws InterruptedException {
        done(Operation.DEPLOYMENT_RESTART, Map.of("id", deploymentId));
    }

    private void done(Operation operation, Map<String, ?> variables) throws InterruptedException {
        if (!calls.ask(operation, variables).flag()) {
            throw ApiProblem.of(Kind.REFUSED, "Railway refuses the request: " + operation + " answered false");
        }
    }
}
