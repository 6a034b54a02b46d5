package dev.golive.testkit.railway;

import java.time.Instant;

/**
 * Who asks, and when.
 *
 * @param caller who
 * @param now when
 * @param seen as of when it is answered, which lies in the past where reads lag behind writes
 */
record Asking(Caller caller, Instant now, Instant seen) {}
