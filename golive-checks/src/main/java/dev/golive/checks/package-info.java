/**
 * Checks of the protocols that every service speaks. Each protocol has one entry: {@code Http}, {@code Dns},
 * {@code Tls}, {@code Tcp}.
 */
@NullMarked
package dev.golive.checks;

import org.jspecify.annotations.NullMarked;
