/** What the checks of all protocols use. */
@NullMarked
package dev.golive.checks.internal;

import org.jspecify.annotations.NullMarked;
