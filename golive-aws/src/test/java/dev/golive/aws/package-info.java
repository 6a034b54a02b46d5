@NullMarked
package dev.golive.aws;

import org.jspecify.annotations.NullMarked;
