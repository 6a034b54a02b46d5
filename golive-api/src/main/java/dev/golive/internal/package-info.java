/**
 * What several packages of this module need and nobody outside of it. Not exported.
 *
 * <p>This package depends on no other package of golive.
 */
@NullMarked
package dev.golive.internal;

import org.jspecify.annotations.NullMarked;
