/** What golive asks of CloudWatch Logs. */
@NullMarked
package dev.golive.aws.internal.logs;

import org.jspecify.annotations.NullMarked;
