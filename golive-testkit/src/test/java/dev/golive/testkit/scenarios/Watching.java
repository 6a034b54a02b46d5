package dev.golive.testkit.scenarios;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Component;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.rollback.Evaluation;
import dev.golive.rollback.Judgement;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.rollback.Sample;
import dev.golive.rollback.Trigger;
import dev.golive.rollback.Truth;
import dev.golive.testkit.SampleSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the scenarios share: a component, signals, and somebody who hands samples to an evaluation. */
final class Watching {

    static final Instant START = Instant.parse("2027-03-02T09:00:00Z");
    static final Duration HALF_MINUTE = Duration.ofSeconds(30);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Check HEALTHY = Check.that("the shop answers", context -> Outcome.passed());
    static final Probe HEALTH = Probe.of("health", HEALTHY).every(HALF_MINUTE);

    /** Asked by hand in the tests, so that it is never asked here. */
    record Metrics(String id, Duration slot, Duration settlesAfter) implements MetricSource {
        @Override
        public Counts between(Instant from, Instant to, CheckContext context) {
            return new Counts(0, 0, Map.of());
        }
    }

    static final MetricSource REQUESTS = new Metrics("requests", HALF_MINUTE, Duration.ZERO);
    static final MetricSource LATENCY = new Metrics("latency", MINUTE, Duration.ZERO);

    /** A component that a policy can name. */
    record Part(String name, Optional<Duration> takes) implements Component, Component.Driver {
        @Override
        public Driver driver() {
            return this;
        }

        @Override
        public Optional<Release> live(CheckContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<Release> previous(CheckContext context) {
            return Optional.empty();
        }

        @Override
        public Outcome available(Release release, CheckContext context) {
            return Outcome.unknown("nobody asked");
        }

        @Override
        public List<String> holds(CheckContext context) {
            return List.of();
        }

        @Override
        public Action backTo(Release frozen) {
            return new Named("bring " + name + " back to " + frozen.id());
        }

        @Override
        public Optional<Duration> rollbackTakes() {
            return takes;
        }

        @Override
        public String byHand(Release frozen) {
            return "deploy " + frozen.id();
        }
    }

    /** An action that a policy can name. */
    record Named(String sentence) implements Action {
        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Observation observe(ActionContext context) {
            throw new IllegalStateException("a policy performs nothing");
        }

        @Override
        public Receipt apply(ActionContext context) {
            throw new IllegalStateException("a policy performs nothing");
        }
    }

    static final Part API = new Part("api", Optional.empty());

    private Watching() {}

    static RollbackPolicy policy(Trigger... triggers) {
        RollbackPolicy.Builder builder = RollbackPolicy.automatic(API).verify(HEALTHY);
        for (Trigger trigger : triggers) {
            builder.when(trigger);
        }
        return builder.build();
    }

    static Evaluation armed(Trigger... triggers) {
        return Evaluation.of(policy(triggers)).armed(START);
    }

    static List<Sample> health(String notation) {
        return SampleSeries.of("health", START, HALF_MINUTE, notation).samples();
    }

    static List<Sample> requests(String notation) {
        return SampleSeries.of("requests", START, HALF_MINUTE, notation).samples();
    }

    static List<Sample> latency(String notation) {
        return SampleSeries.of("latency", START, MINUTE, notation).samples();
    }

    static Evaluation after(Evaluation before, List<Sample> samples) {
        Evaluation next = before;
        for (Sample sample : samples) {
            next = next.with(sample);
        }
        return next;
    }

    /** What the only trigger says after some samples. */
    static Truth truth(Trigger trigger, List<Sample> samples) {
        return only(after(armed(trigger), samples)).truth();
    }

    static Judgement only(Evaluation evaluation) {
        List<Judgement> all = evaluation.judgements();
        if (all.size() != 1) {
            throw new IllegalStateException("one trigger was expected: " + all);
        }
        return all.get(0);
    }

    /** How long after the start the only trigger fired first, if it did. */
    static Optional<Duration> firedAfter(Trigger trigger, List<Sample> samples) {
        Evaluation next = armed(trigger);
        for (Sample sample : samples) {
            next = next.with(sample);
            if (only(next).fires()) {
                return Optional.of(Duration.between(START, sample.startedAt()));
            }
        }
        return Optional.empty();
    }

    static Instant at(Duration afterStart) {
        return START.plus(afterStart);
    }
}
