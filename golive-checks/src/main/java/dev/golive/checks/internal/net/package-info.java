/** The step that every protocol over TCP shares: a name becomes an address, an address a connection, with or without TLS. */
@NullMarked
package dev.golive.checks.internal.net;

import org.jspecify.annotations.NullMarked;
