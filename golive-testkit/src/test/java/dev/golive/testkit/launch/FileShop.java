package dev.golive.testkit.launch;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Conduct;
import dev.golive.Deploy;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A shop that lives in a file, outside of every process: each request is a line of it, takes effect a while after it
 * came, and is never taken for a repetition of another one. It does not stop when the process that asked is killed.
 */
final class FileShop implements Component {

    private static final Duration TAKES = Duration.ofMillis(300);

    /** What was asked for, and when. */
    record Request(String what, Instant at) {

        private boolean isOver(Instant now) {
            return !now.isBefore(at.plus(TAKES));
        }
    }

    private final Path file;
    private final TimeSource time;

    FileShop(Path file, TimeSource time) {
        this.file = file;
        this.time = time;
    }

    List<Request> requests() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(line -> line.split(" at "))
                .map(parts -> new Request(parts[0], Instant.parse(parts[1])))
                .toList();
    }

    private void request(String what) throws IOException {
        Files.writeString(
                file,
                what + " at " + time.now() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The release that is live, and since when. */
    private Request live() throws IOException {
        Instant now = time.now();
        return requests().stream()
                .filter(request -> request.what().startsWith("web ") && request.isOver(now))
                .reduce((before, after) -> after)
                .orElse(new Request("web 40", Instant.EPOCH));
    }

    private Release release(String id) {
        return Release.of("web", id);
    }

    @Override
    public String name() {
        return "web";
    }

    /** Red once the new release has been live for a while. */
    Check health() {
        return Check.that("the shop is healthy", context -> {
            Request live = live();
            boolean red = live.what().equals("web 41")
                    && time.now().isAfter(live.at().plus(TAKES).plusMillis(800));
            return red ? Outcome.failed("500") : Outcome.passed();
        });
    }

    Check serves(String id) {
        return Check.that("the shop serves " + id, context -> {
            String live = live().what();
            return live.equals("web " + id) ? Outcome.passed() : Outcome.failed("it serves " + live);
        });
    }

    Deploy deploy() {
        return new Putting("41");
    }

    /** Something that is done once and for all. */
    Action once(String what) {
        return new Doing(what);
    }

    @Override
    public Driver driver() {
        return new Driver() {
            @Override
            public Optional<Release> live(CheckContext context) throws Exception {
                return Optional.of(release(FileShop.this.live().what().substring("web ".length())));
            }

            @Override
            public Optional<Release> previous(CheckContext context) {
                return Optional.of(release("40"));
            }

            @Override
            public Outcome available(Release release, CheckContext context) {
                return Outcome.passed();
            }

            @Override
            public List<String> holds(CheckContext context) {
                return List.of();
            }

            @Override
            public Action backTo(Release frozen) {
                return new Putting(frozen.id());
            }

            @Override
            public String byHand(Release frozen) {
                return "write web " + frozen.id() + " into " + file.getFileName();
            }
        };
    }

    /** A line that is there, is coming, or has to be written. */
    private class Doing implements Action {
        final String what;

        Doing(String what) {
            this.what = what;
        }

        @Override
        public String id() {
            return what.replace(' ', '-');
        }

        @Override
        public String sentence() {
            return what + " is written";
        }

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Conduct conduct() {
            return Conduct.standard().observedEvery(Duration.ofMillis(50));
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            Instant now = time.now();
            for (Request request : requests()) {
                if (request.what().equals(what)) {
                    return request.isOver(now) ? Observation.atTarget(what) : Observation.underWay(what);
                }
            }
            return Observation.notAtTarget("nobody asked for " + what);
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            request(what);
            return Receipt.of(what);
        }
    }

    /** Puts a release live. */
    private final class Putting extends Doing implements Deploy {
        private final Capture<Release> release = Capture.given("release of web", Release.class);
        private final String target;

        Putting(String target) {
            super("web " + target);
            this.target = target;
        }

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Capture<Release> release() {
            return release;
        }

        @Override
        public Component component() {
            return FileShop.this;
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            Instant now = time.now();
            List<Request> all = requests();
            if (all.stream().anyMatch(request -> request.what().startsWith("web ") && !request.isOver(now))) {
                return Observation.underWay("a release is being put live");
            }
            return live().what().equals(what)
                    ? Observation.atTarget(what).yielding(FileShop.this.release(target))
                    : Observation.notAtTarget(live().what());
        }
    }
}
