package dev.golive.railway;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.ProviderCheck;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.DeploymentPort;
import dev.golive.railway.internal.DeploymentPort.Trigger;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Problems;
import dev.golive.railway.internal.ServicePort;
import dev.golive.railway.internal.ServicePort.Instance;
import dev.golive.railway.internal.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a service is asked about its deployments. */
final class DeploymentChecks {

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}");
    private static final Pattern NUMBERED = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}([-._+].*)?");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** What is asked of a deployment that runs. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Deployment live, Instance instance, CheckContext context) throws Exception;
    }

    private final RailwayService service;

    DeploymentChecks(RailwayService service) {
        this.service = service;
    }

    private ProviderCheck<Calls> running(String sentence, Question question) {
        return service.asking(sentence, (calls, instance) -> {
            Optional<Deployment> live = Sight.live(instance);
            return live.isEmpty()
                    ? Outcome.failed(
                            instance.active().isEmpty()
                                    ? "nothing runs: no deployment is active"
                                    : "nothing runs: what is active is "
                                            + instance.active().get(0))
                    : question.of(live.get(), instance, calls.context()).with(Fact.of("active", live.get()));
        });
    }

    // ---- images and commits

    /** The name of the image that runs; empty if Railway built it. */
    private static Optional<String> image(Deployment live) {
        if (live.image() != null) {
            return Optional.of(live.image());
        } else if (live.commit() == null && live.repository() == null) {
            throw ApiProblem.incomplete(Problems.RAILWAY, "the image of the active " + live);
        }
        return Optional.empty();
    }

    private static Outcome built(Deployment live) {
        return Outcome.failed("it runs no image with a name, but what Railway built"
                + (live.repository() == null ? "" : " from " + live.repository()));
    }

    Check image(Expectation<String> expected) {
        return running("the image of " + service + " is " + expected.sentence(), (live, instance, context) -> {
                    Optional<String> image = image(live);
                    return image.isEmpty() ? built(live) : Judge.value("image", expected, image.get(), context);
                })
                .reading(expected);
    }

    Check imageVersion(String version) {
        Given.form(version, "version", VERSION, "a number with parts after points, like 15 or 15.4");
        return running("the version of the image of " + service + " is " + version, (live, instance, context) -> {
            Optional<String> image = image(live);
            return image.isEmpty() ? built(live) : version(version, image.get());
        });
    }

    private static Outcome version(String version, String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        String last = name.substring(name.lastIndexOf('/') + 1);
        String tag = last.contains(":") ? last.substring(last.indexOf(':') + 1) : "";
        if (!NUMBERED.matcher(tag).matches()) {
            throw ApiProblem.undecided("the image " + image + " does not tell its version"
                    + (tag.isEmpty() ? ": it has no tag" : " by its tag"));
        }
        boolean same =
                tag.equals(version) || tag.startsWith(version) && "-._+".indexOf(tag.charAt(version.length())) >= 0;
        if (!same && version.startsWith(tag + ".")) {
            throw ApiProblem.undecided(
                    "the tag " + tag + " stands for any " + tag + ", which may be " + version + " or another");
        }
        return Judge.holds(same, "the image is " + image, Fact.of("tag", version, tag), Fact.of("image", image));
    }

    Check imageDigest(String digest) {
        Given.form(digest, "digest", DIGEST, "sha256: with 64 hexadecimal digits");
        return running("the image of " + service + " is " + digest, (live, instance, context) -> {
            String found = live.digest();
            if (found == null) {
                throw ApiProblem.incomplete(Problems.RAILWAY, "the digest of the image of the active deployment");
            }
            return Judge.is("digest", digest, found);
        });
    }

    Check commit(Expectation<String> expected) {
        return running(
                        "the commit of " + service + " is " + expected.sentence(),
                        (live, instance, context) -> Judge.value("commit", expected, commit(live), context))
                .reading(expected);
    }

    Check commit(String sha) {
        String wanted = Commits.given(sha);
        return running("the commit of " + service + " is " + wanted, (live, instance, context) -> {
            String found = commit(live);
            return Judge.holds(Commits.same(wanted, found), "the commit is " + found, Fact.of("commit", wanted, found));
        });
    }

    private static String commit(Deployment live) {
        String found = live.commit();
        if (found == null) {
            throw ApiProblem.incomplete(Problems.RAILWAY, "the commit of the active deployment");
        }
        return found;
    }

    // ---- where and how many

    Check region(Expectation<String> expected) {
        return running("each region of " + service + " is " + expected.sentence(), (live, instance, context) -> {
                    Map<String, Integer> replicas = told(live);
                    Expectation<String> resolved = expected.resolved(context);
                    List<Fact> facts = new ArrayList<>();
                    List<String> wrong = new ArrayList<>();
                    replicas.forEach((region, count) -> {
                        if (region.equals(Deployment.ANYWHERE)) {
                            throw ApiProblem.incomplete(Problems.RAILWAY, "the region of the active deployment");
                        }
                        facts.add(Fact.of("region", resolved.sentence(), region));
                        if (!resolved.accepts(region)) {
                            wrong.add(region);
                        }
                    });
                    return (wrong.isEmpty()
                                    ? Outcome.passed()
                                    : Outcome.failed("it runs in " + String.join(", ", wrong)))
                            .with(facts);
                })
                .reading(expected);
    }

    Check replicas(Expectation<Integer> expected) {
        return running(
                        "the number of replicas of " + service + " is " + expected.sentence(),
                        (live, instance, context) -> {
                            int total = 0;
                            List<Fact> facts = new ArrayList<>();
                            for (Map.Entry<String, Integer> one : told(live).entrySet()) {
                                if (one.getValue() == Deployment.UNTOLD) {
                                    throw ApiProblem.incomplete(
                                            Problems.RAILWAY, "the replicas of the active deployment");
                                }
                                total += one.getValue();
                                facts.add(Fact.of(
                                        "in " + (one.getKey().isEmpty() ? "the region of the project" : one.getKey()),
                                        one.getValue()));
                            }
                            return Judge.value("number of replicas", expected, total, context)
                                    .with(facts);
                        })
                .reading(expected);
    }

    /** In the order of the regions' names. */
    private static Map<String, Integer> told(Deployment live) {
        if (live.replicas().isEmpty()) {
            throw ApiProblem.incomplete(Problems.RAILWAY, "the regions and replicas of the active deployment");
        }
        return new TreeMap<>(live.replicas());
    }

    // ---- from what and how

    Check healthcheckPath(String path) {
        return running("the health check of " + service + " asks " + path, (live, instance, context) -> {
            // a file in the repository overrules what is configured, and is seen in the deployment only
            String found = live.healthcheckPath() == null ? instance.healthcheckPath() : live.healthcheckPath();
            Fact configured = Fact.of("configured", told(instance.healthcheckPath()));
            return Judge.holds(
                            path.equals(found),
                            found == null ? "no path is asked" : "the health check asks " + found,
                            Fact.of("path", path, told(found)))
                    .with(configured);
        });
    }

    private static String told(@Nullable String text) {
        return text == null ? "none" : text;
    }

    Check repository(String repository) {
        return running("the repository of " + service + " is " + repository, (live, instance, context) -> {
            if (live.repository() == null && live.commit() != null) {
                throw ApiProblem.incomplete(Problems.RAILWAY, "the repository of the active deployment");
            }
            boolean runs = repository.equalsIgnoreCase(live.repository());
            boolean next = repository.equalsIgnoreCase(instance.repository());
            return Judge.holds(
                    runs && next,
                    runs
                            ? "the next deployment is of " + told(instance.repository())
                            : "what runs was built from " + told(live.repository()),
                    Fact.of("runs", repository, told(live.repository())),
                    Fact.of("configured", repository, told(instance.repository())));
        });
    }

    Check branch(String branch) {
        return running("the branch of " + service + " is " + branch, (live, instance, context) -> {
            String found = live.branch();
            if (found == null) {
                throw ApiProblem.incomplete(Problems.RAILWAY, "the branch of the active deployment");
            }
            return Judge.is("branch", branch, found);
        });
    }

    Check deploysFrom(String branch) {
        return service.asking(
                service + " is deployed by a push on " + branch,
                (calls, instance) -> judge(branch, DeploymentPort.of(calls).triggers(instance.serviceId())),
                Operation.DEPLOYMENT_TRIGGERS);
    }

    private static Outcome judge(String branch, List<Trigger> triggers) {
        List<Fact> facts = new ArrayList<>();
        triggers.forEach(trigger -> facts.add(Fact.of("deploys", trigger)));
        boolean deploys = triggers.stream().anyMatch(trigger -> trigger.branch().equals(branch));
        return (deploys
                        ? Outcome.passed()
                        : Outcome.failed(
                                triggers.isEmpty()
                                        ? "no push is deployed"
                                        : "no push on " + branch + " is deployed, but on " + triggers.get(0)))
                .with(facts);
    }

    // ---- how they went

    Check hasNothingUnderWay() {
        return service.asking(
                "no deployment of " + service + " is under way",
                (calls, instance) -> nothingUnderWay(calls),
                Operation.DEPLOYMENTS);
    }

    private Outcome nothingUnderWay(Calls calls) throws InterruptedException {
        Optional<Sight> sight = service.sight(calls);
        if (sight.isEmpty()) {
            return Outcome.failed("there is no " + service);
        }
        Optional<Deployment> going = sight.get().underWay();
        return going.isEmpty()
                ? Outcome.passed()
                : Outcome.failed(going.get() + going.get().waitsFor());
    }

    Check isReadyToDeploy(String branch) {
        return service.asking(
                service + " is ready to deploy a push on " + branch,
                (calls, instance) -> {
                    Outcome deploys = judge(branch, DeploymentPort.of(calls).triggers(instance.serviceId()));
                    return deploys.finding().good() ? nothingUnderWay(calls).with(deploys.facts()) : deploys;
                },
                Operation.DEPLOYMENT_TRIGGERS,
                Operation.DEPLOYMENTS);
    }

    Check hasDeploymentOf(String sha) {
        String wanted = Commits.given(sha);
        return service.asking(
                "a deployment of commit " + wanted + " was begun on " + service,
                (calls, instance) -> {
                    List<Deployment> of = ServicePort.of(calls).newest(instance.serviceId()).stream()
                            .filter(one -> Commits.same(wanted, one.commit()))
                            .toList();
                    for (Deployment one : of) {
                        if (one.stage() == Deployment.Stage.UNKNOWN) {
                            throw ApiProblem.undecided("what the status of " + one + " means is not known");
                        } else if (!one.status().equals("SKIPPED")) {
                            return Outcome.passed(Fact.of("deployment", one));
                        }
                    }
                    return of.isEmpty()
                            ? Outcome.failed("there is no deployment of the commit")
                            : Outcome.failed(
                                    "Railway skipped the commit, since it concerns none of the paths that are watched",
                                    Fact.of("deployment", of.get(0)));
                },
                Operation.DEPLOYMENTS);
    }

    Check latestSucceeded() {
        return service.asking(
                "the latest deployment of " + service + " has succeeded",
                (calls, instance) -> {
                    Optional<Deployment> latest = latest(calls, instance);
                    if (latest.isEmpty()) {
                        return Outcome.failed("nothing was deployed");
                    }
                    return judge(latest.get(), instance).with(Fact.of("latest", latest.get()));
                },
                Operation.DEPLOYMENTS);
    }

    /** The newest that was not skipped. */
    private static Optional<Deployment> latest(Calls calls, Instance instance) throws InterruptedException {
        Deployment latest = instance.latest();
        if (latest != null && !latest.status().equals("SKIPPED")) {
            return Optional.of(latest);
        }
        List<Deployment> all = ServicePort.of(calls).newest(instance.serviceId());
        Optional<Deployment> found =
                all.stream().filter(one -> !one.status().equals("SKIPPED")).findFirst();
        if (found.isEmpty()) {
            if (latest == null && all.isEmpty()) {
                return Optional.empty();
            }
            throw ApiProblem.undecided("the newest " + all.size() + " deployments were skipped");
        }
        // only the service tells the instances
        for (Deployment one : instance.active()) {
            if (one.id().equals(found.get().id())) {
                return Optional.of(one);
            }
        }
        return found;
    }

    private static Outcome judge(Deployment latest, Instance instance) {
        return switch (latest.stage()) {
            case LIVE ->
                latest.stopped() && instance.cron() == null
                        ? Outcome.failed("it was put live, and its process has ended")
                        : Outcome.passed();
            case UNDER_WAY -> throw ApiProblem.undecided(latest + " is under way" + latest.waitsFor());
            case FAILED ->
                Outcome.failed(
                        latest.status().equals("CRASHED")
                                ? "its process crashed"
                                : "its build, its start or its health check failed");
            case ENDED -> Outcome.failed("it was removed");
            case UNKNOWN -> throw ApiProblem.undecided("what the status of " + latest + " means is not known");
        };
    }

    Check runsAllTheTime() {
        return running(service + " runs all the time", (live, instance, context) -> {
            String cron = instance.cron();
            if (cron != null) {
                return Outcome.failed("it runs on a schedule only: " + cron, Fact.of("schedule", "none", cron));
            }
            return Judge.holds(
                    !instance.sleeps() && !live.status().equals("SLEEPING"),
                    "it sleeps while nobody asks it anything",
                    Fact.of("sleeps", instance.sleeps()));
        });
    }
}
