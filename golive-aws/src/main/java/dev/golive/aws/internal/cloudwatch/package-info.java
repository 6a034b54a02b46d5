/** What golive asks of CloudWatch. */
@NullMarked
package dev.golive.aws.internal.cloudwatch;

import org.jspecify.annotations.NullMarked;
