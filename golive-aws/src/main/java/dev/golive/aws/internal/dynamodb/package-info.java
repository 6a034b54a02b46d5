/** What golive asks of DynamoDB. */
@NullMarked
package dev.golive.aws.internal.dynamodb;

import org.jspecify.annotations.NullMarked;
