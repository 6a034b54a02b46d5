/** What golive asks of Secrets Manager. */
@NullMarked
package dev.golive.aws.internal.secretsmanager;

import org.jspecify.annotations.NullMarked;
