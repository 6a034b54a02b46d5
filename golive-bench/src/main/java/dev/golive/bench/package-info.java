/** Benchmarks: the engine by JMH, the checks by whole processes. */
@NullMarked
package dev.golive.bench;

import org.jspecify.annotations.NullMarked;
