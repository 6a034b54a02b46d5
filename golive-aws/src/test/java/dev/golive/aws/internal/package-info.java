@NullMarked
package dev.golive.aws.internal;

import org.jspecify.annotations.NullMarked;
