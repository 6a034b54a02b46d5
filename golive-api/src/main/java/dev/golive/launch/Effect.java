package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import java.time.Instant;
import java.util.List;

/** Something to be done in the world. Its result comes back as an {@link Input} with the same key. */
sealed interface Effect {

    /** Under which the result is expected. */
    String key();

    /** A list that is run for a step. */
    record Listed(String step, Checklist list) {}

    /** Runs lists. */
    record Examine(String key, List<Listed> lists) implements Effect {}

    /** Looks whether an action is at its target. */
    record Observe(String key, String id, Action action) implements Effect {}

    /** Sends an action. */
    record Apply(String key, String id, Action action, String idempotencyKey) implements Effect {}

    /** Posts a text; {@code withHead} asks for the head of the journal behind it. */
    record Post(String key, Channel channel, String text, boolean withHead) implements Effect {}

    /** Posts a sign of life. */
    record Beat(String key, Channel channel, String text) implements Effect {}

    /** Takes a sample with a probe. */
    record Take(String key, Probe probe, Instant slot) implements Effect {}

    /** Asks a metric source for a slot. */
    record Measure(String key, MetricSource source, Instant from, Instant to) implements Effect {}

    /** Looks what is live. */
    record Look(String key, Component component) implements Effect {}
}
