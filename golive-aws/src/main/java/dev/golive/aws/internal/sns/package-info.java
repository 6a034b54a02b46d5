/** What golive asks of SNS. */
@NullMarked
package dev.golive.aws.internal.sns;

import org.jspecify.annotations.NullMarked;
