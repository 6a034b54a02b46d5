/** Asks a port what it is, and talks to what listens there. */
@NullMarked
package dev.golive.checks.internal.tcp;

import org.jspecify.annotations.NullMarked;
