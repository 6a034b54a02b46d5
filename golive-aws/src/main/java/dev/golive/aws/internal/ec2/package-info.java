/** What golive asks of EC2. */
@NullMarked
package dev.golive.aws.internal.ec2;

import org.jspecify.annotations.NullMarked;
