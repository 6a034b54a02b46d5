package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ProviderAction;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.LogPort;
import dev.golive.railway.internal.LogPort.Line;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Problems;
import dev.golive.railway.internal.ServicePort;
import dev.golive.time.Spans;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes what a service logged into a file, of every deployment that was there within the window, so that it outlives what
 * was rolled back.
 */
final class RailwayLogFile extends ProviderAction<Calls> {

    /** As many lines as are kept in memory at once. */
    private static final int MOST = 200_000;

    private final RailwayService service;
    private final Duration window;
    private final Path file;

    RailwayLogFile(RailwayService service, Duration window, Path file) {
        super(
                service.railway().place(),
                Kind.REVERSIBLE,
                "save the log of " + service + " of the last " + Spans.text(window) + " to " + file,
                service.railway()
                        .permissions(
                                Operation.SERVICES,
                                Operation.SERVICE_INSTANCE,
                                Operation.DEPLOYMENTS,
                                Operation.DEPLOYMENT_LOGS));
        this.service = service;
        this.window = window;
        this.file = file;
    }

    /** How the first line of a file begins that this very action has written. */
    private String head(ActionContext context) {
        return "# " + service + ", " + context.idempotencyKey();
    }

    @Override
    protected Observation look(Calls calls, ActionContext context) throws Exception {
        if (!Files.exists(file)) {
            return Observation.notAtTarget("there is no file " + file);
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("").startsWith(head(context) + ",")
                    ? Observation.atTarget("the log is in " + file)
                    : Observation.refused("there is a file " + file + " already, which is not written over");
        }
    }

    @Override
    protected Receipt send(Calls calls, ActionContext context) throws Exception {
        Instant to = context.time().now();
        Instant from = to.minus(window);
        ServicePort services = ServicePort.of(calls);
        String id = services.instance(service.name())
                .orElseThrow(() -> ApiProblem.undecided("there is no " + service))
                .serviceId();
        List<Deployment> there = within(services.deployments(id), from, to);
        List<String> text = new ArrayList<>();
        text.add(head(context) + ", " + from + " to " + to);
        for (Deployment one : there) {
            List<Line> lines = new ArrayList<>();
            String read = read(calls, one, from, to, lines, MOST - text.size());
            text.add("# " + one + read);
            lines.stream()
                    .sorted(Comparator.comparing(Line::at))
                    .map(line ->
                            line.at() + " " + (line.severity() == null ? "-" : line.severity()) + " " + line.message())
                    .forEach(text::add);
        }
        write(text);
        return new Receipt(file.toString(), Map.of("lines", Integer.toString(text.size() - 1 - there.size())));
    }

    /** Those that were there within a window, the oldest first: what came after one shows that it was over. */
    private static List<Deployment> within(List<Deployment> all, Instant from, Instant to) {
        List<Deployment> newestFirst = new ArrayList<>(all);
        newestFirst.sort(Comparator.comparing(Deployment::createdAt).reversed());
        List<Deployment> there = new ArrayList<>();
        Instant next = null;
        for (Deployment one : newestFirst) {
            Instant over = one.changedAt() != null ? one.changedAt() : next;
            boolean ended = one.stage() == Deployment.Stage.ENDED || one.stage() == Deployment.Stage.FAILED;
            if (one.createdAt().isBefore(to) && !(ended && over != null && over.isBefore(from))) {
                there.add(0, one);
            }
            next = one.createdAt();
        }
        return there;
    }

    /** Reads what there is; a log that is no longer kept must not keep the others from being saved. */
    private static String read(Calls calls, Deployment one, Instant from, Instant to, List<Line> lines, int most)
            throws InterruptedException {
        try {
            boolean all = LogPort.of(calls).read(Operation.DEPLOYMENT_LOGS, one.id(), from, to, null, line -> {
                lines.add(line);
                return lines.size() >= most;
            });
            return all ? "" : ", of which not all lines were read";
        } catch (ApiProblem e) {
            if (one.stage() == Deployment.Stage.LIVE || !Problems.isItsAnswer(e)) {
                throw e;
            }
            return ", of which Railway gives no log: " + e.why();
        }
    }

    /** Whole or not at all, and for its owner only where the file system knows owners. */
    private void write(List<String> text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = Files.createTempFile(folder, "golive", ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                for (String line : text) {
                    writer.write(line);
                    writer.write('\n');
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
