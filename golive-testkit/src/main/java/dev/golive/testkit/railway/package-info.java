/** A Railway on loopback that speaks GraphQL as the real one does. Needs graphql-java and Jackson on the class path. */
@NullMarked
package dev.golive.testkit.railway;

import org.jspecify.annotations.NullMarked;
