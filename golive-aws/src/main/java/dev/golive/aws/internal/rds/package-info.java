/** What golive asks of RDS. */
@NullMarked
package dev.golive.aws.internal.rds;

import org.jspecify.annotations.NullMarked;
