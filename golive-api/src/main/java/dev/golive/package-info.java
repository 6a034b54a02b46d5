/**
 * The go-live checklist as a value: what is asked, what was found, and the verdict.
 *
 * <p>Start at {@link dev.golive.Checklist} to say what must hold, at {@link dev.golive.GoLive} to run it, and at
 * {@link dev.golive.Report} to read what was found. {@link dev.golive.Check} and {@link dev.golive.CheckContext} are
 * for those who write checks of their own.
 */
@NullMarked
package dev.golive;

import org.jspecify.annotations.NullMarked;
