/**
 * Clocks, waiting, spans, offsets and launch windows: everything golive knows about time.
 *
 * <p>This package depends on no other package of golive.
 */
@NullMarked
package dev.golive.time;

import org.jspecify.annotations.NullMarked;
