/** Programs that show golive at work. */
@NullMarked
package dev.golive.examples;

import org.jspecify.annotations.NullMarked;
