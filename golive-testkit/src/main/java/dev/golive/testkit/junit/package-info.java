/**
 * What a test with JUnit 5 needs: fakes as parameters, a checklist as dynamic tests, and the contract that every check
 * keeps. Nothing here is needed by those who only want the fakes.
 *
 * <p>Works with JUnit Jupiter 5.10 and later.
 */
@NullMarked
package dev.golive.testkit.junit;

import org.jspecify.annotations.NullMarked;
