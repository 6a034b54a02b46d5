/** What golive asks of ACM. */
@NullMarked
package dev.golive.aws.internal.acm;

import org.jspecify.annotations.NullMarked;
