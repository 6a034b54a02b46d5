/** What golive asks of S3. */
@NullMarked
package dev.golive.aws.internal.s3;

import org.jspecify.annotations.NullMarked;
