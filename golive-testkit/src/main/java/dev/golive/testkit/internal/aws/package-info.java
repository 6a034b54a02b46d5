/** The wire protocols of AWS, from the side of the service. */
@NullMarked
package dev.golive.testkit.internal.aws;

import org.jspecify.annotations.NullMarked;
