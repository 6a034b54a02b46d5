/** What golive asks of STS. */
@NullMarked
package dev.golive.aws.internal.sts;

import org.jspecify.annotations.NullMarked;
