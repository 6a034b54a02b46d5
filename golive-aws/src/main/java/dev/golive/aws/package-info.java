/** Checks, actions and components of Amazon Web Services. */
@NullMarked
package dev.golive.aws;

import org.jspecify.annotations.NullMarked;
