/** The DNS client of the checks, and what is thought of its answers. Not exported. */
@NullMarked
package dev.golive.checks.internal.dns;

import org.jspecify.annotations.NullMarked;
