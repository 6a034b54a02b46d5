package dev.golive.launch;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Capture;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Subject;
import dev.golive.rollback.MetricSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What plans are made of in tests that perform nothing. */
final class Parts {

    private Parts() {}

    /** A check that nobody examines. */
    record Asked(String sentence) implements Check {
        @Override
        public Outcome examine(CheckContext context) {
            throw new UnsupportedOperationException("a plan that is only looked at asks nothing");
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host("shop.example"));
        }
    }

    /** An action that nobody performs. */
    record Doing(String id, String sentence, Kind kind, boolean migratesSchema) implements Action {

        static Doing of(String id) {
            return new Doing(id, "perform " + id, Kind.REVERSIBLE, false);
        }

        static Doing destructive(String id) {
            return new Doing(id, "perform " + id, Kind.DESTRUCTIVE, false);
        }

        static Doing migration(String id) {
            return new Doing(id, "perform " + id, Kind.REVERSIBLE, true);
        }

        @Override
        public Observation observe(ActionContext context) {
            throw new UnsupportedOperationException("a plan that is only looked at observes nothing");
        }

        @Override
        public Receipt apply(ActionContext context) {
            throw new UnsupportedOperationException("a plan that is only looked at performs nothing");
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    /** A deployment that nobody performs. */
    record Deploying(Site component, String version) implements Deploy {
        @Override
        public Capture<Release> release() {
            return Capture.given("release of " + component.name(), Release.class);
        }

        @Override
        public String id() {
            return "deploy-" + component.name();
        }

        @Override
        public String sentence() {
            return "deploy " + component.name() + ":" + version;
        }

        @Override
        public Observation observe(ActionContext context) {
            throw new UnsupportedOperationException("a plan that is only looked at observes nothing");
        }

        @Override
        public Receipt apply(ActionContext context) {
            throw new UnsupportedOperationException("a plan that is only looked at performs nothing");
        }
    }

    /** A component of which nothing is asked but what needs no platform. */
    record Site(String name, Duration takes) implements Component, Component.Driver {

        static Site of(String name) {
            return new Site(name, Duration.ofSeconds(20));
        }

        Deploying deploy(String version) {
            return new Deploying(this, version);
        }

        @Override
        public Driver driver() {
            return this;
        }

        @Override
        public Optional<Release> live(CheckContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Release> previous(CheckContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome available(Release release, CheckContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> holds(CheckContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Action backTo(Release frozen) {
            return new Doing("back-" + name, "bring back " + frozen, Action.Kind.REVERSIBLE, false);
        }

        @Override
        public Optional<Duration> rollbackTakes() {
            return takes.isZero() ? Optional.empty() : Optional.of(takes);
        }

        @Override
        public String byHand(Release frozen) {
            return "console > " + name + " > rollback > " + frozen.id();
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(new Subject("platform", name));
        }
    }

    /** A channel in which nobody posts; the number tells two of one name apart. */
    record Room(String name, int number) implements Channel {
        static Room of(String name) {
            return new Room(name, 0);
        }

        @Override
        public Receipt post(String text, ActionContext context) {
            throw new UnsupportedOperationException();
        }
    }

    /** Requests that nobody counts. */
    record Requests(String id, Duration slot) implements MetricSource {
        @Override
        public Duration settlesAfter() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Counts between(Instant from, Instant to, CheckContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
