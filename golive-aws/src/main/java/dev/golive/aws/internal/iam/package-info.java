/** What golive asks of IAM. */
@NullMarked
package dev.golive.aws.internal.iam;

import org.jspecify.annotations.NullMarked;
