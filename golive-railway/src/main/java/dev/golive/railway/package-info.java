/** Checks, actions and components of Railway. */
@NullMarked
package dev.golive.railway;

import org.jspecify.annotations.NullMarked;
