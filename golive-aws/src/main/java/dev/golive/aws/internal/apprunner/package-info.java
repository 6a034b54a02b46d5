/** What golive asks of App Runner. */
@NullMarked
package dev.golive.aws.internal.apprunner;

import org.jspecify.annotations.NullMarked;
