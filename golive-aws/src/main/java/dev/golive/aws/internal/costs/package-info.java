/** What golive asks of Cost Explorer and Budgets. */
@NullMarked
package dev.golive.aws.internal.costs;

import org.jspecify.annotations.NullMarked;
