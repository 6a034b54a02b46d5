package dev.golive.aws.internal.apprunner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.golive.GoLiveException;
import dev.golive.Release;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.apprunner.AppRunnerPort.Operation;
import dev.golive.aws.internal.apprunner.AppRunnerPort.State;
import dev.golive.aws.internal.ecr.EcrPort;
import dev.golive.aws.internal.secretsmanager.SecretsPort;
import dev.golive.provider.ApiProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service as it was seen at one moment, with its operations, and what that means: what runs, what ran before, and
 * whether it can come back. App Runner keeps no history of configurations, so that golive remembers them: within one
 * session by itself, and beyond it in a secret of the user's.
 */
public final class Sight {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many configurations a secret holds; its text may have 64 KiB. */
    private static final int REMEMBERED = 5;

    private static final int SHOWN_OF_DIGEST = 12;

    private final Calls calls;
    private final AppRunnerPort port;
    private final State state;
    private final @Nullable String memory;
    private @Nullable List<Operation> operations;
    private @Nullable Release live;
    private String unknown = "";

    private Sight(Calls calls, AppRunnerPort port, State state, @Nullable String memory) {
        this.calls = calls;
        this.port = port;
        this.state = state;
        this.memory = memory;
    }

    /** Looks at a service, empty if there is none. */
    public static Optional<Sight> of(Calls calls, String name, @Nullable String memory) throws Exception {
        AppRunnerPort port = AppRunnerPort.of(calls);
        return port.service(name).map(state -> new Sight(calls, port, state, memory));
    }

    /** The way to the service. */
    public AppRunnerPort port() {
        return port;
    }

    /** The service as it is described. */
    public State state() {
        return state;
    }

    /** Its operations, the newest first. */
    public List<Operation> operations() {
        List<Operation> known = operations;
        if (known == null) {
            known = port.operations(state.arn());
            operations = known;
        }
        return known;
    }

    /** The operation that goes on, empty if none does. */
    public Optional<Operation> underWay() {
        return operations().stream().filter(Operation::isOpen).findFirst();
    }

    /** Where App Runner itself logs what it does with the service. */
    public String logGroup() {
        String arn = state.arn();
        return "/aws/apprunner/" + arn.substring(arn.lastIndexOf(":service/") + ":service/".length()) + "/service";
    }

    /** Whether something goes on that may change what runs. */
    public boolean isBusy() {
        return state.isBusy() || underWay().isPresent();
    }

    /** The newest operation that was to put something live, and has ended. */
    public Optional<Operation> deployment() {
        return operations().stream()
                .filter(operation -> operation.isDeployment() && !operation.isOpen())
                .findFirst();
    }

    /** When what runs was put live, as far as it is told. */
    private Instant deployedAt() {
        return operations().stream()
                .filter(operation -> operation.isDeployment() && operation.hasSucceeded())
                .map(Operation::startedAt)
                .findFirst()
                .orElse(state.updatedAt());
    }

    /**
     * What runs, told by its image and its configuration, so that it is the same release again after it was brought back.
     *
     * @throws ApiProblem if it cannot be told which image the tag stood for
     */
    public Release live() throws Exception {
        Optional<Release> known = liveIfKnown();
        if (known.isEmpty()) {
            throw ApiProblem.undecided(unknown);
        }
        return known.get();
    }

    /** What runs, empty if it cannot be told which image its tag stood for. */
    public Optional<Release> liveIfKnown() throws Exception {
        if (live == null && unknown.isEmpty()) {
            ImageName image = ImageName.of(state.configuration().image());
            String digest = image.isDigest() ? image.tag() : null;
            if (!image.isDigest() && image.isPrivate()) {
                Optional<EcrPort.Image> found = image(image);
                digest = found.map(EcrPort.Image::digest).orElse(null);
                unknown = whyUnknown(image, found);
            }
            if (unknown.isEmpty()) {
                Release known = release(state.configuration(), digest);
                live = known;
                calls.remember(key(known.id()), state.configuration());
            }
        }
        return Optional.ofNullable(live);
    }

    private String whyUnknown(ImageName image, Optional<EcrPort.Image> found) {
        if (found.isEmpty()) {
            return "the image " + image.repository() + ":" + image.tag()
                    + " that is configured is not in its repository, so that it cannot be told which one runs";
        } else if (found.get().pushedAt().isAfter(deployedAt())) {
            return "the tag " + image.tag() + " of " + image.repository() + " was pushed at "
                    + found.get().pushedAt()
                    + ", after the last deployment, so that it cannot be told which image runs";
        }
        return "";
    }

    /** Whether the tag that is configured stands for another image than the one that runs. */
    public boolean isOutrun() throws Exception {
        ImageName image = ImageName.of(state.configuration().image());
        if (image.isDigest() || !image.isPrivate()) {
            return false;
        }
        Optional<EcrPort.Image> found = image(image);
        return found.isPresent() && found.get().pushedAt().isAfter(deployedAt());
    }

    /** The image of a name in its repository, empty if there is none. */
    public Optional<EcrPort.Image> image(ImageName image) throws Exception {
        return calls.to(
                Service.ECR,
                image.region(),
                ecr -> EcrPort.of(ecr).image(image.account(), image.repository(), image.tag()));
    }

    private Release release(Configuration configuration, @Nullable String digest) {
        ImageName image = ImageName.of(configuration.image());
        String name = image.repository().substring(image.repository().lastIndexOf('/') + 1);
        String which = digest == null
                ? ":" + image.tag()
                : "@" + digest.replace("sha256:", "").substring(0, SHOWN_OF_DIGEST);
        String id = configuration.isOfImage() ? name + which : "code";
        return new Release(state.name(), id + "+" + configuration.fingerprint(), null, digest);
    }

    private String key(String release) {
        return state.arn() + " " + release;
    }

    // ---- what is remembered

    /**
     * The configuration of a release, with its image by digest; empty if nobody remembers it.
     */
    public Optional<Configuration> recall(Release release) throws Exception {
        Optional<Configuration> known = calls.remembered(key(release.id()), Configuration.class);
        if (known.isEmpty()) {
            for (JsonNode entry : entries()) {
                if (release.id().equals(entry.path("release").asText())) {
                    known = Optional.of(Configuration.read(entry.path("configuration")));
                }
            }
        }
        String digest = release.digest();
        return digest == null
                ? known
                : known.map(configuration -> configuration
                        .image(ImageName.of(configuration.image())
                                .digest(digest)
                                .identifier())
                        .withoutAutomaticDeployments());
    }

    /** What ran before what runs now, as far as it is remembered. */
    public Optional<Release> previous() throws Exception {
        String now = live().id();
        List<JsonNode> entries = entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            JsonNode entry = entries.get(i);
            String id = entry.path("release").asText();
            if (!id.isEmpty() && !id.equals(now)) {
                return Optional.of(new Release(
                        state.name(),
                        id,
                        null,
                        entry.path("digest").isTextual() ? entry.path("digest").asText() : null));
            }
        }
        return Optional.empty();
    }

    /** Keeps what runs, so that it can be brought back also by another process; what cannot be told cannot be kept. */
    public void keep() throws Exception {
        String secret = memory;
        Optional<Release> known = liveIfKnown();
        if (known.isEmpty() || secret == null) {
            return;
        }
        Release now = known.get();
        List<JsonNode> entries = new ArrayList<>(entries());
        entries.removeIf(entry -> now.id().equals(entry.path("release").asText()));
        ObjectNode entry = JSON.createObjectNode().put("release", now.id());
        if (now.digest() != null) {
            entry.put("digest", now.digest());
        }
        entry.set("configuration", state.configuration().json());
        entries.add(entry);
        ArrayNode newest = JSON.createArrayNode();
        entries.subList(Math.max(0, entries.size() - REMEMBERED), entries.size())
                .forEach(newest::add);
        calls.to(Service.SECRETS_MANAGER, calls.region(), secrets -> {
            SecretsPort.of(secrets).keep(secret, newest.toString());
            return secret;
        });
    }

    private List<JsonNode> entries() throws Exception {
        String secret = memory;
        if (secret == null) {
            return List.of();
        }
        Optional<String> text = calls.to(
                Service.SECRETS_MANAGER,
                calls.region(),
                secrets -> SecretsPort.of(secrets).text(secret));
        List<JsonNode> entries = new ArrayList<>();
        if (text.isPresent()) {
            try {
                JsonNode kept = JSON.readTree(text.get());
                kept.forEach(entries::add);
                if (kept.isArray() && entries.stream().allMatch(Sight::isEntry)) {
                    return entries;
                }
            } catch (JsonProcessingException e) {
                // its cause would show a part of the text
                entries.clear();
            }
            throw new GoLiveException("The secret " + secret + " does not hold what golive keeps in it");
        }
        return entries;
    }

    /** What golive has kept; anything else in the secret is somebody's, and is never replaced. */
    private static boolean isEntry(JsonNode entry) {
        return entry.path("release").isTextual() && entry.path("configuration").isObject();
    }
}
