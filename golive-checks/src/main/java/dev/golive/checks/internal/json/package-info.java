/** Finds values in JSON documents: by pointer (RFC 6901) and by path (RFC 9535). */
@NullMarked
package dev.golive.checks.internal.json;

import org.jspecify.annotations.NullMarked;
