/** A plan tried out before the day: rehearsed, drilled, rolled back, and held against the page that it came from. */
@NullMarked
package dev.golive.testkit.rehearsal;

import org.jspecify.annotations.NullMarked;
