/** What golive asks of ECR. */
@NullMarked
package dev.golive.aws.internal.ecr;

import org.jspecify.annotations.NullMarked;
