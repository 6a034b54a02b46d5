/** Certificates and TLS connections: judging them, and looking at them. */
@NullMarked
package dev.golive.checks.internal.tls;

import org.jspecify.annotations.NullMarked;
