/**
 * Fakes that speak the real protocols on loopback, virtual time, and help for tests of checks and checklists.
 *
 * <p>A fake is started by a test, scripted, and closed with the test; it listens on an ephemeral port of the loopback
 * interface and owns no timer.
 */
@NullMarked
package dev.golive.testkit;

import org.jspecify.annotations.NullMarked;
