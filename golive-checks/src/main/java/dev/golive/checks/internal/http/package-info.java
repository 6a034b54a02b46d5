/** Fetches over HTTP/1.1 and HTTP/2, and judges what was fetched. The judging half opens no socket. */
@NullMarked
package dev.golive.checks.internal.http;

import org.jspecify.annotations.NullMarked;
