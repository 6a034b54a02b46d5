/** The way to Railway: its documents, what they answer, and what errors mean. */
@NullMarked
package dev.golive.railway.internal;

import org.jspecify.annotations.NullMarked;
