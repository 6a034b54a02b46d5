/** What golive asks of CloudFront. */
@NullMarked
package dev.golive.aws.internal.cloudfront;

import org.jspecify.annotations.NullMarked;
