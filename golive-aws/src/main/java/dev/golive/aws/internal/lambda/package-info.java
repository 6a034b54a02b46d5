/** What golive asks of Lambda. */
@NullMarked
package dev.golive.aws.internal.lambda;

import org.jspecify.annotations.NullMarked;
