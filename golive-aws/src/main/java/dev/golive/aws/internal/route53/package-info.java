/** What golive asks of Route 53. */
@NullMarked
package dev.golive.aws.internal.route53;

import org.jspecify.annotations.NullMarked;
