/**
 * What happens on launch day and after: the plan, the launch that carries it out, and what people do to it.
 *
 * <p>The engine is a pure function {@code (state, input, now) -> (state, events, effects)}. A shell journals the events,
 * performs the effects and feeds their results back as inputs, so that resuming after a crash, replaying a journal and
 * testing are one mechanism.
 */
@NullMarked
package dev.golive.launch;

import org.jspecify.annotations.NullMarked;
