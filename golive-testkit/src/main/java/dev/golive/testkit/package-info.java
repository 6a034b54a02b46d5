/**
 * Fakes that speak the real protocols on loopback, virtual time, and help for tests of checks, checklists and launches.
 *
 * <p>A fake of a protocol is started by a test, scripted, and closed with the test; it listens on an ephemeral port of
 * the loopback interface. Fakes of components, actions and channels live in memory and need not be closed. None of them
 * owns a timer.
 */
@NullMarked
package dev.golive.testkit;

import org.jspecify.annotations.NullMarked;
