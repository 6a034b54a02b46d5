/**
 * An AWS on loopback that speaks the services' real protocols. Needs the AWS SDK for Java 2 on the class path, of which
 * only the modules of those services that a test uses.
 */
@NullMarked
package dev.golive.testkit.aws;

import org.jspecify.annotations.NullMarked;
