/**
 * When a launch is taken back: signals, the triggers on them, and the policy that says what follows.
 *
 * <p>Start at {@link dev.golive.rollback.RollbackPolicy}. A {@link dev.golive.rollback.Probe} or a
 * {@link dev.golive.rollback.MetricSource} is sampled by whoever watches; an
 * {@link dev.golive.rollback.Evaluation} judges the {@link dev.golive.rollback.Sample}s by the
 * {@link dev.golive.rollback.Trigger}s. Nothing here reads a clock, starts a thread or reaches the world: the same
 * samples always give the same judgement, so that what happened can be replayed.
 */
@NullMarked
package dev.golive.rollback;

import org.jspecify.annotations.NullMarked;
