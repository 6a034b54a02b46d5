/**
 * What every provider with an HTTP API shares: one transport, one kind of problem, and the shape of its checks and
 * actions. For those who write a provider module; nobody who writes a checklist needs it.
 */
@NullMarked
package dev.golive.provider;

import org.jspecify.annotations.NullMarked;
