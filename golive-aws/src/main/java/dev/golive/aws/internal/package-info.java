/** The way to AWS: clients, retries, time limits and what errors mean. */
@NullMarked
package dev.golive.aws.internal;

import org.jspecify.annotations.NullMarked;
